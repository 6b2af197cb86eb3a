"""Outlook: the pages and scripts that the service serves, and both manifests that an administrator rolls out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from string import Template
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from checker.addin.target import Target, addin_version
from checker.addin.webextension import as_json, zipped

_SCRIPTS = ("launchevent.js", "taskpane.js")
_PARTS = 4  # numbers of a version in the XML manifest

# Where a language's words go in the zh-cn.json of the unified manifest; a path there says which text it replaces.
_TRANSLATED: Mapping[str, str] = {
    "name.short": "name",
    "name.full": "name",
    "description.short": "short",
    "description.full": "description",
    "extensions[0].ribbons[0].tabs[0].groups[0].controls[0].label": "button",
    "extensions[0].ribbons[0].tabs[0].groups[0].controls[0].supertip.title": "button",
    "extensions[0].ribbons[0].tabs[0].groups[0].controls[0].supertip.description": "description",
}
_LOCALIZATION = "https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.Localization.schema.json"


def pack(files: Mapping[str, bytes], target: Target) -> Mapping[str, bytes]:
    """manifest.xml, presend.zip (the unified manifest), the pages with their settings, and the well-known file."""
    words = {language: _words(files[f"_locales/{language}/messages.json"]) for language in ("en", "zh_CN")}
    values = _values(target, words["en"], words["zh_CN"])
    served = {path: content for path, content in files.items() if not path.startswith(("_locales/", "manifest."))}
    return {
        **served,
        **{script: _with_settings(files[script], target) for script in _SCRIPTS},
        "manifest.xml": _filled(
            files["manifest.xml"].decode(), values | {"version": _long_version()}, _attribute
        ).encode(),
        "presend.zip": _unified(files, values, words["zh_CN"]),
        "microsoft-officeaddins-allowed.json": as_json({"allowed": [f"{values['base']}/launchevent.js"]}),
    }


def _unified(files: Mapping[str, bytes], values: Mapping[str, str], chinese: Mapping[str, str]) -> bytes:
    manifest = _filled(files["manifest.json"].decode(), values, _in_json)
    translated = {path: chinese[name] for path, name in _TRANSLATED.items()}
    return zipped(
        {
            "manifest.json": as_json(json.loads(manifest)),
            "zh-cn.json": as_json({"$schema": _LOCALIZATION, **translated}),
            "color.png": files["icon-192.png"],
            "outline.png": files["outline.png"],
        }
    )


def _values(target: Target, english: Mapping[str, str], chinese: Mapping[str, str]) -> dict[str, str]:
    """What the manifests are filled with. The id is the service's: two services are two add-ins, one stays one."""
    parts = urlsplit(target.url)
    base = f"{target.url}/addin/outlook"
    return {
        "id": str(uuid5(NAMESPACE_URL, base)),
        "version": addin_version(),
        "url": target.url,
        "base": base,
        "origin": f"{parts.scheme}://{parts.netloc}",
        "host": parts.netloc,
        **{f"{name}_en": text for name, text in english.items()},
        **{f"{name}_zh": text for name, text in chinese.items()},
    }


def _words(messages: bytes) -> dict[str, str]:
    read: dict[str, Any] = json.loads(messages)
    return {name: one["message"] for name, one in read.items()}


def _filled(text: str, values: Mapping[str, str], quoted: Callable[[str], str]) -> str:
    return Template(text).substitute({name: quoted(value) for name, value in values.items()})


def _attribute(value: str) -> str:
    return escape(value, {'"': "&quot;"})


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _with_settings(script: bytes, target: Target) -> bytes:
    """The script after a line that tells it its settings: classic Outlook loads one file."""
    settings = json.dumps(target.settings, ensure_ascii=True)
    return f"var presendSettings = {settings};\n".encode() + script


def _long_version() -> str:
    numbers = addin_version().split(".")
    return ".".join([*numbers, *["0"] * (_PARTS - len(numbers))])

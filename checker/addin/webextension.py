"""A browser extension from its bundle: manifest and settings for one service, zipped."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from checker.addin.target import Target, addin_version

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip knows: the same files give the same bytes


def extension(files: Mapping[str, bytes], target: Target) -> dict[str, bytes]:
    """The bundle's files, its manifest with version and the one host it may talk to, and settings.json."""
    manifest = json.loads(files["manifest.json"])
    manifest |= {"version": addin_version(), "host_permissions": [target.host_pattern]}
    return {**files, "manifest.json": as_json(manifest), "settings.json": as_json(target.settings)}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of files by path, in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_json(document: Any) -> bytes:
    """A JSON file for people to read."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()

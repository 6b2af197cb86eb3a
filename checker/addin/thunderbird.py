"""Thunderbird: the XPI, and the policy with which an administrator rolls it out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from checker.addin.target import Target
from checker.addin.webextension import as_json, extension, zipped

XPI = "presend.xpi"


def pack(files: Mapping[str, bytes], target: Target) -> Mapping[str, bytes]:
    """presend.xpi, and policies.json for Thunderbird's distribution folder."""
    identity = json.loads(files["manifest.json"])["browser_specific_settings"]["gecko"]["id"]
    return {XPI: zipped(extension(files, target)), "policies.json": as_json(_policies(identity, target))}


def _policies(identity: str, target: Target) -> Mapping[str, Any]:
    """Installs from the service itself; the settings arrive in the add-in's managed storage."""
    install = {"installation_mode": "force_installed", "install_url": f"{target.url}/addin/thunderbird/{XPI}"}
    settings = {identity: {**target.settings, "help": "", "key": ""}}
    return {"policies": {"ExtensionSettings": {identity: install}, "3rdparty": {"Extensions": settings}}}

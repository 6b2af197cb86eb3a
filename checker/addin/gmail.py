"""Gmail: the extension for Chrome, Edge and Chromium, and the policy with which an administrator rolls it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.addin.target import Target
from checker.addin.webextension import as_json, extension, zipped

ZIP = "presend-gmail.zip"
# The shop gives an extension its id when it is uploaded; an administrator writes it here, twice.
IDENTITY = "EXTENSION_ID"
_SHOP = "https://clients2.google.com/service/update2/crx"


def pack(files: Mapping[str, bytes], target: Target) -> Mapping[str, bytes]:
    """presend-gmail.zip, and policies.json for the browser's folder of managed policies."""
    return {ZIP: zipped(extension(files, target)), "policies.json": as_json(_policies(target))}


def _policies(target: Target) -> Mapping[str, Any]:
    """Installs for everybody; the settings arrive in the extension's managed storage."""
    install = {"installation_mode": "force_installed", "update_url": _SHOP}
    settings = {IDENTITY: {**target.settings, "help": "", "key": ""}}
    return {"ExtensionSettings": {IDENTITY: install}, "3rdparty": {"extensions": settings}}

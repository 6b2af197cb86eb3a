"""What the [service] table of presend.toml may say beyond types."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from checker.company import PolicyError

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s?#]+")
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
# key of [service] -> least and most; whole numbers
_WHOLE: Mapping[str, tuple[int, int]] = {"port": (0, 65535), "workers": (1, 64), "threads": (1, 64)}
_LEVELS = ("debug", "info", "warning", "error")


def check_service(table: Mapping[str, Any], source: str) -> None:
    """Raises PolicyError for the first value that is not allowed."""
    _Service(table, source).check()


class _Service:
    def __init__(self, table: Mapping[str, Any], source: str) -> None:
        self._table, self._source = table, source

    def check(self) -> None:
        for name, (least, most) in _WHOLE.items():
            value = self._table[name]
            if isinstance(value, float) or not least <= value <= most:
                self._refuse(name, value, f"it takes a whole number from {least} to {most}")
        for name in ("check_seconds", "request_seconds", "max_body_mb"):
            if not self._table[name] > 0:
                self._refuse(name, self._table[name], "it takes a number above 0")
        if self._table["log_level"] not in _LEVELS:
            self._refuse("log_level", self._table["log_level"], f"allowed: {', '.join(_LEVELS)}")
        self._check_names()
        self._check_issuer(self._table["jwt"])

    def _check_names(self) -> None:
        for origin in self._table["origins"]:
            if not _ORIGIN.fullmatch(origin):
                self._refuse("origins", origin, 'write it as a browser sends it: "https://addin.company.com"')
        for host in self._table["hosts"]:
            if not _HOST.fullmatch(host):
                self._refuse("hosts", host, 'write a name without scheme and port: "presend.company.com"')
        if self._table["redis"] and urlsplit(self._table["redis"]).scheme not in ("redis", "rediss", "unix"):
            raise PolicyError(self._source, "service.redis", 'takes a URL: "redis://host:6379/0"')
        if self._table["trusted_proxy"]:
            self._check_address(self._table["trusted_proxy"])

    def _check_address(self, address: str) -> None:
        try:
            ip_address(address)
        except ValueError:
            self._refuse("trusted_proxy", address, 'it takes the address that the proxy calls from: "127.0.0.1"')

    def _check_issuer(self, jwt: Mapping[str, str]) -> None:
        missing = [name for name in ("issuer", "audience", "jwks_url") if not jwt[name]]
        if 0 < len(missing) < 3:
            raise PolicyError(self._source, f"service.jwt.{missing[0]}", "is missing; all three keys, or none")
        if not missing:
            url = urlsplit(jwt["jwks_url"])
            local = url.hostname in ("localhost", "127.0.0.1", "::1")
            if not url.hostname or (url.scheme != "https" and not (local and url.scheme == "http")):
                self._refuse("jwt.jwks_url", jwt["jwks_url"], "it takes an https:// URL")

    def _refuse(self, name: str, value: Any, wanted: str) -> None:
        shown = json.dumps(value, ensure_ascii=False)
        raise PolicyError(self._source, f"service.{name}", f"{shown} is not allowed; {wanted}")

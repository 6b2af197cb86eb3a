"""For which service an add-in is packed, and under which policy."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from checker.company import Company
from checker.refusal import RefusalError

_NUMBERS = re.compile(r"\d+(?:\.\d+){0,3}")


class Target(NamedTuple):
    """A service as its clients reach it, and what they have to know of its policy."""

    url: str  # no slash at its end
    unavailable: str  # allow, confirm, block
    overridable: tuple[str, ...]

    @property
    def host_pattern(self) -> str:
        """The match pattern of the one host that an extension may talk to. Patterns know no port."""
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}/*"

    @property
    def settings(self) -> Mapping[str, Any]:
        """settings.json of an add-in: what counts where neither administrator nor user says otherwise."""
        return {"service": self.url, "unavailable": self.unavailable, "overridable": list(self.overridable)}


def target_of(url: str, company: Company) -> Target:
    """The target of an address. Raises RefusalError: it is no address, or mails would travel to it in the clear."""
    return Target(_address(url), company.unavailable, company.overridable)


def addin_version() -> str:
    """The installed version as mail clients want it: at most four numbers with dots."""
    found = _NUMBERS.match(version("presend"))
    return found.group() if found else "0"


def _address(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.username:
        raise RefusalError("--url: is no address of a service; write it like https://presend.company.com")
    if parts.scheme == "http" and not _is_here(host):
        raise RefusalError("--url: http would carry mails in the clear; allowed are https, and http to this machine")
    return url.strip().rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

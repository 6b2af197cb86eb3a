"""The tables of presend.toml that say how a door runs, and what [gate] may say beyond types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from checker.company import PolicyError, shown
from checker.service_table import check_service

DOORS = ("service", "gate", "watch", "store")  # tables that say how a door runs; no verdict depends on them
CHOICES: Mapping[str, tuple[str, ...]] = {
    "gate.tls": ("none", "starttls", "implicit"),
    "gate.upstream_tls": ("none", "starttls", "implicit"),
    "gate.block": ("refuse", "pass"),
    "gate.confirm": ("hold", "pass", "refuse"),
    "gate.unavailable": ("pass", "refuse"),
    "gate.replies": ("utf-8", "ascii"),
}
_LONGEST_IDLE = 1740.0  # seconds; a server may hang up after 30 minutes (RFC 2177)
_ACTIONS = ("block", "confirm", "unavailable")
_ADDRESS = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}")
_WHO = re.compile(r"@?(?:[^\s@]+@)?(?:[\w-]+\.)+[\w-]{2,}")


def check_doors(merged: Mapping[str, Any], source: str) -> None:
    """Raises PolicyError for the first value that is not allowed."""
    check_service(merged["service"], source)
    renew = merged["watch"]["renew_seconds"]
    if not 0 < renew <= _LONGEST_IDLE:
        raise PolicyError(source, "watch.renew_seconds", f"{renew} is not allowed; allowed: above 0, up to 1740")
    gate = merged["gate"]
    for name in ("listen", "upstream"):
        if gate[name] and not _ADDRESS.fullmatch(gate[name]):
            raise PolicyError(source, f"gate.{name}", f'{shown(gate[name])} is not allowed; write it as "host:port"')
    if gate["tls"] != "none" and not (gate["certificate"] and gate["certificate_key"]):
        raise PolicyError(source, "gate.certificate", "is needed for tls; name the PEM files of certificate and key")
    for exception in gate["exceptions"]:
        _check_exception(exception, source)


def _check_exception(value: Any, source: str) -> None:
    key = "gate.exceptions"
    if not isinstance(value, dict):
        raise PolicyError(source, key, 'takes tables, such as {recipients = ["b.com"], confirm = "pass"}')
    for name, wanted in value.items():
        if name in _ACTIONS:
            if wanted not in CHOICES[f"gate.{name}"]:
                allowed = ", ".join(CHOICES[f"gate.{name}"])
                raise PolicyError(source, f"{key}.{name}", f"{shown(wanted)} is not allowed; allowed: {allowed}")
        elif name in ("senders", "recipients"):
            _check_people(f"{key}.{name}", wanted, source)
        else:
            raise PolicyError(
                source, f"{key}.{name}", f"unknown key; allowed: senders, recipients, {', '.join(_ACTIONS)}"
            )


def _check_people(key: str, wanted: Any, source: str) -> None:
    if not isinstance(wanted, list) or not wanted:
        raise PolicyError(source, key, 'takes a list of addresses and domains, such as ["b.com", "li@c.cn"]')
    for one in wanted:
        if not isinstance(one, str) or not _WHO.fullmatch(one):
            raise PolicyError(source, key, f'{shown(one)} is no address and no domain; write "li@c.cn" or "c.cn"')

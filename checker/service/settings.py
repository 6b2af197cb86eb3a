"""The [service] table of presend.toml, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose tokens count: the `iss` and `aud` they must have, and where the issuer publishes its keys."""

    issuer: str
    audience: str
    jwks_url: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service answers. Sizes in bytes, times in seconds, rates in requests a minute (0 = no limit)."""

    host: str
    port: int
    workers: int
    threads: int  # of a worker
    hosts: tuple[str, ...]  # names that clients call it by, besides localhost
    origins: tuple[str, ...]  # of add-ins
    open_on_loopback: bool
    trusted_proxy: str  # its address; "" = none
    check_seconds: float
    request_seconds: float  # for a request to arrive
    most_bytes: int  # of a request's body
    per_address: float
    per_key: float
    redis: str  # URL; "" = none
    log_level: str
    jwt: Issuer | None


def settings_of(table: Mapping[str, Any]) -> Settings:
    """The settings of a [service] table that the policy has checked already."""
    return Settings(
        host=table["host"],
        port=int(table["port"]),
        workers=int(table["workers"]),
        threads=int(table["threads"]),
        hosts=tuple(table["hosts"]),
        origins=tuple(table["origins"]),
        open_on_loopback=table["open_on_loopback"],
        trusted_proxy=table["trusted_proxy"],
        check_seconds=float(table["check_seconds"]),
        request_seconds=float(table["request_seconds"]),
        most_bytes=int(table["max_body_mb"] * _MEGABYTE),
        per_address=float(table["per_address"]),
        per_key=float(table["per_key"]),
        redis=table["redis"],
        log_level=table["log_level"],
        jwt=Issuer(**table["jwt"]) if table["jwt"]["issuer"] else None,
    )

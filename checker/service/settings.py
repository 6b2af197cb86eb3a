"""The [service] table of presend.toml, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service answers. Sizes in bytes, times in seconds."""

    check_seconds: float
    most_bytes: int  # of a request's body


def settings_of(table: Mapping[str, Any]) -> Settings:
    """The settings of a [service] table that the policy has checked already."""
    return Settings(
        check_seconds=float(table["check_seconds"]),
        most_bytes=int(table["max_body_mb"] * _MEGABYTE),
    )

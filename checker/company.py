"""Who we are: the policy, people, domains, tags, thresholds. Pure values, read from bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Colleague(NamedTuple):
    """A row of people.csv."""

    email: str
    name: str
    title: str
    role: str
    manager: str  # e-mail of the manager
    timezone: str


class Partner(NamedTuple):
    """An allowed outside domain; topics empty = any."""

    domain: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Company:
    """The policy of presend.toml over default.toml, with the files that it names."""

    name: str = ""
    domains: tuple[str, ...] = ()
    partners: tuple[Partner, ...] = ()
    timezone: str = "Asia/Shanghai"
    archive: str = ""
    contacts: tuple[str, ...] = ()
    date_order: str = "ymd"
    people: tuple[Colleague, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = "auto"
    fail_on: str = "error"
    accept_incomplete: tuple[str, ...] = ()
    unavailable: str = "confirm"
    overridable: tuple[str, ...] = ("warning",)
    cc: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metrics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # topic -> tag texts, as in [tags]
    limits: Mapping[str, float] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # rule id -> options severity enabled when
    bindings: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    listings: Mapping[str, str] | None = None  # ASIN -> status, when a report is given

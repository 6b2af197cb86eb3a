"""Who we are: the policy, people, domains, tags, thresholds. Pure values, read from bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from checker.lazy import cached_property
from checker.seller_data import Inventory, Listings

Range = tuple[int, int]
Persons = Callable[[str], tuple[Range, ...]]  # finds the ranges of persons' names in a text

_WORD = re.compile(r"[a-z]+|[\u4e00-\u9fff]+")


class PolicyError(ValueError):
    """A policy, or a file that it names, that cannot be used: which file, which key or line, what is allowed."""

    def __init__(self, source: str, key: str, reason: str) -> None:
        super().__init__(f"{source}: {key}: {reason}" if key else f"{source}: {reason}")
        self.source = source
        self.key = key
        self.reason = reason


def shown(value: Any) -> str:
    """A value as the messages of PolicyError quote it."""
    return json.dumps(value, ensure_ascii=False, default=str)


class Colleague(NamedTuple):
    """A row of people.csv."""

    email: str
    name: str
    title: str
    role: str
    manager: str  # e-mail of the manager
    timezone: str


class Partner(NamedTuple):
    """An allowed outside domain, or one full address (a supplier's private box); topics empty = any."""

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
    override_minutes: float = 60
    cc: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metrics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # topic -> tag texts, as in [tags]
    limits: Mapping[str, float] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # rule id -> options severity enabled when
    bindings: tuple[Mapping[str, tuple[str, ...]], ...] = ()  # words, domains
    listings: Listings | None = None  # the reports, where they are given, readable and fresh
    inventory: Inventory | None = None
    rule_folders: tuple[str, ...] = ()  # [policy] rules, relative to the policy file
    listings_path: str = ""  # [data] paths, relative to the policy file
    inventory_path: str = ""
    max_report_age_days: float = 7
    nlp_model: str = ""  # [nlp] model: a name, or a path relative to the policy file
    persons: Persons | None = None  # that model, loaded
    doors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # [service] and others; no verdict needs them

    @cached_property
    def by_email(self) -> Mapping[str, Colleague]:
        """People by e-mail in lower case."""
        return {person.email.lower(): person for person in self.people}

    @cached_property
    def by_word(self) -> Mapping[str, tuple[Colleague, ...]]:
        """People by each word of name and address, lower case, and by what a Chinese name begins with (王, 王芳)."""
        found: dict[str, list[Colleague]] = {}
        for person in self.people:
            words = _WORD.findall(f"{person.name} {person.email.partition('@')[0]}".lower())
            heads = [word[:n] for word in words for n in (1, 2) if word > "\u3000"]
            for word in dict.fromkeys((*words, *heads)):
                found.setdefault(word, []).append(person)
        return {word: tuple(people) for word, people in found.items()}

"""Rules as loaded and findings as made: plain values, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from checker.reading import Place
from checker.text import Edit

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
Verdict = Literal["allow", "confirm", "block"]


class Both(NamedTuple):
    """One text in the two languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where, what is wrong, what to write instead. Texts hold sensitive words; render masks them."""

    rule: str
    severity: Severity
    place: Place
    message: Both
    suggestion: Both | None
    edits: tuple[Edit, ...]
    safe: bool
    data: Mapping[str, Any]  # the fact as rules see it
    fact: str  # the fact's ref, "deadlines/0"
    product: str | None
    waived: bool = False


class Incomplete(NamedTuple):
    """Something that was not looked at, and why: time, size, depth, encrypted, count."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome for one message."""

    verdict: Verdict
    language: str
    scenario: str
    notice: bool
    findings: tuple[Finding, ...]
    digest: str | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    defects: tuple[str, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    errors: tuple[str, ...] = ()  # crashed rules

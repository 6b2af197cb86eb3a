"""Rules as loaded and findings as made: plain values, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from checker.reading import Place
from checker.template import Blank, Template
from checker.text import Edit

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
Verdict = Literal["allow", "confirm", "block"]


class Both(NamedTuple):
    """One text in the two languages."""

    zh: str
    en: str


class Worded(NamedTuple):
    """A template in the two languages."""

    zh: Template
    en: Template


@dataclass(frozen=True, slots=True)
class Choice:
    """A template, or one per value of `by`; "else" serves every other value."""

    by: str | None
    cases: Mapping[str, Worded]

    def pick(self, value: object) -> Worded:
        """The template for a value of `by` (ignored without one). Raises KeyError: no case and no else."""
        if self.by is None:
            return self.cases["else"]
        case = str(value).lower() if isinstance(value, bool) else str(value)
        return self.cases[case] if case in self.cases else self.cases["else"]

    @property
    def expressions(self) -> tuple[str, ...]:
        """Every expression that the templates and `by` need."""
        blanks = [expression for worded in self.cases.values() for expression in expressions_of(worded)]
        return tuple(dict.fromkeys([*([self.by] if self.by else []), *blanks]))


def expressions_of(worded: Worded) -> tuple[str, ...]:
    """The expressions in the blanks of both languages."""
    return tuple(part.expression for template in worded for part in template if isinstance(part, Blank))


class PhraseEntry(NamedTuple):
    """Phrases of one meaning and the better words; edit False: advice only."""

    any: tuple[str, ...]
    suggest: str | None
    edit: bool


class Silence(NamedTuple):
    """Findings of the rules that match the glob are dropped where this rule fires: mail, product, overlap, sentence."""

    rules: str
    where: str


class Example(NamedTuple):
    """A partial draft over the envelope, as written (with its «» marks), and where it stands in the file."""

    draft: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file, checked but not compiled."""

    id: str
    path: str
    marks: Mapping[str, tuple[int, int]]  # key -> (line, column) in the file, for messages about the rule itself
    severity: Severity | Mapping[str, Severity]  # {outside: …, else: …}
    options: Mapping[str, Any]
    zones: tuple[str, ...]
    notice: bool
    let: Mapping[str, str]
    when: str | None
    each: str | None
    expect: str | None
    at: str | None
    message: Choice
    suggest: Choice | None
    edit: Choice | None
    safe: bool
    silences: tuple[Silence, ...]
    phrases: tuple[PhraseEntry, ...]
    unless: str | None
    why: Both
    source: str
    passes: tuple[Example, ...]
    fails: tuple[Example, ...]


class Finding(NamedTuple):
    """One fault: where, what is wrong, what to write instead. Masked when it leaves the engine, but for place."""

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
    suspect: bool  # about a fact of its own; False: about the mail as a whole
    words: str = ""  # the place's text, masked
    excerpt: tuple[str, str, str] = ("", "", "")  # its line before, the words, the line after, masked
    file: str | None = None  # the attachment's name, masked
    cell: str | None = None  # where in it: Sheet1!D3, page 2, slide 1; masked
    fingerprint: str | None = None
    waived: bool = False

    def __repr__(self) -> str:
        """Without the words."""
        return f"<Finding {self.rule} {self.severity} {self.fact}>"


class Incomplete(NamedTuple):
    """Something that was not looked at, and why: time, size, depth, encrypted, count."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, repr=False)
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
    asks: bool = False  # something is asked of the reader

"""What a run of checks found: the results that renderers write out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from checker.locate import InFile
from checker.rule import SEVERITIES, Both, Report, Rule, Severity


class Read(NamedTuple):
    """A figure as it was read, masked."""

    product: str | None
    metric: str
    value: Both
    words: str  # its clause up to the number, and the number
    where: Both
    reported: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One file's report, or why it could not be read."""

    path: str
    report: Report | None
    unreadable: str | None = None
    places: tuple[InFile, ...] = ()  # of the findings, in order, where a format asked for them
    figures: tuple[Read, ...] | None = None  # as read, where they were asked for


@dataclass(frozen=True, slots=True)
class Run:
    """All results of one command, in order, with notes on the run itself."""

    ruleset: str
    results: tuple[Result, ...]
    notes: tuple[Both, ...] = ()
    language: str | None = None  # of messages; None: each mail's own
    config: str | None = None  # the policy file in force
    fail_on: Severity = "error"  # the lowest severity that fails
    catalogue: tuple[Rule, ...] = ()  # the rules in force, for renderers that explain them

    @property
    def told(self) -> tuple[str, ...]:
        """The notes in the language of the whole run."""
        return tuple(note.zh if self.tongue == "zh" else note.en for note in self.notes)

    @property
    def tongue(self) -> str:
        """The language of what is said of all mails: that of the messages, and English where these have several."""
        languages = {self.language} if self.language else {r.report.language for r in self.results if r.report}
        return "zh" if languages == {"zh"} else "en"

    @property
    def counts(self) -> Counter[str]:
        """Results per verdict; unreadable ones are none."""
        return Counter(r.report.verdict for r in self.results if r.report)

    @property
    def severities(self) -> Counter[Severity]:
        """Findings per severity, waived ones left out."""
        return Counter(f.severity for r in self.results if r.report for f in r.report.findings if not f.waived)

    @property
    def rules(self) -> Mapping[str, int]:
        """Findings per rule."""
        return Counter(f.rule for r in self.results if r.report for f in r.report.findings)


@dataclass(frozen=True, slots=True)
class Look:
    """How text output may look: columns, colour."""

    width: int = 80
    colour: bool = False


Renderer = Callable[[Run, Look], str]


def fails(severity: Severity, run: Run) -> bool:
    """Whether a finding of that severity fails the run."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(run.fail_on)


def exit_code(run: Run) -> int:
    """0 nothing at or above run.fail_on, 1 findings, 2 unreadable input, 3 a rule crashed; the highest applies."""
    if any(r.report and r.report.errors for r in run.results):
        return 3
    if any(r.unreadable for r in run.results):
        return 2
    return int(any(run.severities[s] and fails(s, run) for s in SEVERITIES))

"""What is written to the store and read from it. Every moment has a zone; persons are keyed hashes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from checker.rule import Verdict

REASON_LIMIT = 200  # characters of a typed reason that are kept
FeedbackVerdict: TypeAlias = Literal["false-positive", "useful"]


class OverriddenFinding(NamedTuple):
    """A finding that its sender overrode, and the reason typed for it."""

    rule: str
    fingerprint: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """One check. counts: findings per rule, waived ones left out; overridden: how many findings were waived."""

    at: datetime
    door: str  # service, gate, drafts
    ruleset: str
    verdict: Verdict
    scenario: str
    counts: Mapping[str, int]
    sender: str  # keyed hash
    digest: str
    overridden: int
    seconds: float


@dataclass(frozen=True, slots=True)
class OverrideRecord:
    """One use of POST /v1/overrides: which findings of which mail, why, by whom (keyed hash), until when."""

    at: datetime
    digest: str
    ruleset: str
    findings: tuple[OverriddenFinding, ...]
    by: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """What a person (keyed hash) says of a finding."""

    at: datetime
    rule: str
    fingerprint: str
    verdict: FeedbackVerdict
    by: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A mail whose sender wants to be reminded. done: when it was settled."""

    digest: str
    due: datetime
    made: datetime
    done: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaiverRecord:
    """What an organisation lets pass: a glob of rule ids, or one fingerprint; who answers for it, why, until when."""

    id: int
    rule: str  # "" where a fingerprint is named
    fingerprint: str
    owner: str
    reason: str
    expires: datetime
    made: datetime
    ended: datetime | None = None

    @property
    def mark(self) -> str:
        """What it covers, as the engine takes it: the fingerprint, or the glob."""
        return self.fingerprint or self.rule

    def in_force(self, now: datetime) -> bool:
        """Neither expired nor ended at `now`."""
        return self.expires > now and (self.ended is None or self.ended > now)


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key of the service; the key itself is nowhere."""

    id: int
    name: str
    made: datetime
    revoked: datetime | None = None
    last_used: datetime | None = None


# What a door hands to the recorder.
Record: TypeAlias = CheckRecord | OverrideRecord | FeedbackRecord | FollowUp


class DayVerdicts(NamedTuple):
    """Checks of one day by verdict."""

    day: date
    allow: int
    confirm: int
    block: int


class RuleCount(NamedTuple):
    """How often a rule found something, in how many checks, and what people did and said of it."""

    rule: str
    findings: int
    checks: int
    overridden: int
    false_positives: int
    useful: int


class OverrideLine(NamedTuple):
    """One overridden finding, for a manager to read."""

    at: datetime
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stats:
    """What /stats shows of [since, until).

    days: every day, also those without a check, in the zone of `since`. rules: the most frequent first. overrides: the
    latest first, at most `OVERRIDE_LINES` of override_count. followups: those due before `until` and not done.
    """

    since: datetime
    until: datetime
    days: tuple[DayVerdicts, ...]
    rules: tuple[RuleCount, ...]
    overrides: tuple[OverrideLine, ...]
    override_count: int
    followups: tuple[FollowUp, ...]


OVERRIDE_LINES = 100

"""What is let pass: by the organisation (a waiver: glob of rule ids or fingerprint), or by the sender (an override)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from fnmatch import fnmatchcase

from checker import override
from checker.company import Company
from checker.rule import Finding


def marks(
    waivers: Iterable[str], token: str | None, *, key: bytes, digest: str, ruleset: str, now: datetime
) -> frozenset[str]:
    """What `engine.check` takes as waivers of one mail.

    waivers: globs and fingerprints in force for everybody. token: the draft's `override`. digest: the mail's.
    """
    return frozenset(waivers) | override.read(key, token, digest, ruleset, now)


def waived(finding: Finding, waivers: Collection[str]) -> bool:
    """Whether a finding is let pass: its fingerprint is named, or a glob matches its rule."""
    return lets_pass(waivers, finding.rule, finding.fingerprint)


def lets_pass(waivers: Collection[str], rule: str, fingerprint: str | None) -> bool:
    """The same for a finding of which only the rule's id and the fingerprint are known."""
    return fingerprint in waivers or any(fnmatchcase(rule, w) for w in waivers if "/" in w)


def overridable(finding: Finding, company: Company) -> bool:
    """Whether the policy lets a sender override it: [policy] overridable names its severity or its rule."""
    return finding.severity in company.overridable or finding.rule in company.overridable

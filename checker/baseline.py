"""Findings that are known already: how many of each a mailbox or an archive had when its baseline was made."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from checker.rule import Finding, Report, Verdict

VERSION = "1"
_PURPOSE = b"presend baseline"


class BaselineError(ValueError):
    """A baseline that cannot be used: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings by fingerprint; fingerprints mean something only under the key that they were made with."""

    key: str  # a hash of the key: tells another key, tells nothing of the key
    counts: Mapping[str, int]


def baseline_of(reports: Iterable[Report], key: bytes) -> Baseline:
    """The baseline of some reports, made with that key. Findings without a fingerprint are not in it."""
    return Baseline(_mark(key), Counter(f.fingerprint for r in reports for f in r.findings if f.fingerprint))


def written(baseline: Baseline) -> bytes:
    """The baseline as a file: JSON that holds hashes and counts, no word of a mail."""
    document = {"presend_baseline": VERSION, "key": baseline.key, "findings": dict(sorted(baseline.counts.items()))}
    return (json.dumps(document, indent=2) + "\n").encode()


def read_baseline(content: bytes, key: bytes) -> Baseline:
    """The baseline of a file. Raises BaselineError: it is none, or was made with another key."""
    try:
        document = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise BaselineError("is no baseline; `presend baseline PATH… --out FILE` makes one") from None
    if not isinstance(document, dict) or document.get("presend_baseline") != VERSION:
        raise BaselineError(f"is no baseline of version {VERSION}; `presend baseline PATH… --out FILE` makes one")
    if document.get("key") != _mark(key):
        raise BaselineError("was made with another secret; set PRESEND_SECRET to the one it was made with")
    return Baseline(document["key"], _counts(document.get("findings")))


def _counts(found: Any) -> dict[str, int]:
    if not isinstance(found, dict) or not all(type(n) is int and n > 0 for n in found.values()):
        raise BaselineError("findings: must hold a count, 1 or more, for each fingerprint")
    return dict(found)


def _mark(key: bytes) -> str:
    return hmac.new(key, _PURPOSE, hashlib.sha256).hexdigest()[:16]


class Known:
    """What is left of a baseline while reports are held against it, one after another: the next one more is new."""

    def __init__(self, baseline: Baseline, accept_incomplete: Collection[str] = ()) -> None:
        """accept_incomplete: the reasons that do not ask, as in the policy."""
        self._left = Counter(baseline.counts)
        self._accepted = accept_incomplete

    def waived(self, report: Report) -> Report:
        """The report with its known findings waived, and its verdict without them."""
        findings = tuple(f._replace(waived=True) if self._take(f) else f for f in report.findings)
        return replace(report, findings=findings, verdict=self._milder(report, findings))

    def _take(self, finding: Finding) -> bool:
        mark = finding.fingerprint
        if not mark or finding.waived or not self._left[mark]:
            return False
        self._left[mark] -= 1
        return True

    def _milder(self, report: Report, findings: Iterable[Finding]) -> Verdict:
        """The verdict without what is waived; a crashed rule or a part that was not looked at still asks."""
        left = {f.severity for f in findings if not f.waived}
        if "error" in left:
            return "block"
        asking = any(entry.why not in self._accepted for entry in report.incomplete)
        return "confirm" if "warning" in left or asking or report.errors else "allow"

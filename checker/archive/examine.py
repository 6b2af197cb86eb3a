"""The pure function of the audit: mails in, rows out, Arrow batch by Arrow batch; the same for every engine."""

from __future__ import annotations

import gc
import pickle
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pyarrow as pa

from checker.archive.raw import BYTE
from checker.archive.rows import BEFORE, CHECKED, QUARANTINED, ROW
from checker.budget import Budget
from checker.company import Company
from checker.compile import Ruleset, build
from checker.draft import from_draft
from checker.engine import check
from checker.facts.domains import within
from checker.facts.facts import Facts
from checker.facts.subject import read as read_subject
from checker.headers import read_text
from checker.identity import digest, keyed
from checker.load import RuleFile
from checker.masking import Masker
from checker.message import Message
from checker.mime import from_parts
from checker.parts import Part, scan
from checker.presidio_pack.recognizers import preload
from checker.reading import Reading
from checker.rule import Finding, Report

_NAME = 1.0  # second, for masking a name
_SUSPICIOUS = re.compile(r"\d{5}|@|[:=]")  # no sensitive value is without one of these
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


@dataclass(frozen=True)
class Job:
    """Everything that judging depends on besides the mails; it travels to every worker.

    now: when the run began, for mails without a Date. since: older mails are not judged. seconds: for one check.
    waivers: globs and fingerprints that the organisation lets pass. waived: fingerprints that senders overrode, by the
    digest of the mail.
    """

    company: Company
    rules: tuple[RuleFile, ...]
    only: str
    now: datetime
    key: bytes
    since: datetime | None = None
    pseudonyms: bool = False
    seconds: float = 10.0
    waivers: frozenset[str] = frozenset()
    waived: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def ruleset(self) -> Ruleset:
        """The rules under the policy, ready to run."""
        return build(self.rules, self.company, only=self.only)

    def packed(self) -> bytes:
        """The job for a worker."""
        return pickle.dumps(self)


def examine(batches: Iterable[pa.RecordBatch], packed_job: bytes) -> Iterator[pa.RecordBatch]:
    """Batches of RAW to batches of ROW, a row a mail. Nothing is raised for any mail."""
    examiner = _examiner(packed_job)
    for batch in batches:
        yield pa.RecordBatch.from_pylist([examiner.row(raw) for raw in batch.to_pylist()], schema=ROW)
        _set_aside()


def _set_aside() -> None:
    """What lives between two batches (rules, recognizers) lives on: collecting garbage need not look through all of it
    again with every few mails, which takes a tenth of the time."""
    gc.collect()
    gc.freeze()


@cache
def _examiner(packed_job: bytes) -> Examiner:
    """One warm examiner a process: compiling the rules takes longer than a hundred checks."""
    return Examiner(pickle.loads(packed_job))


class Examiner:
    """Judges mails for one job."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._ruleset = job.ruleset()
        preload()  # else it takes of the time of the first mail that needs it, more than all on a busy machine

    def row(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """The row of one mail."""
        content: bytes = raw["content"] or b""
        place = {name: raw[name] for name in ("source", "position", "sha256")} | {"name": self._shown(raw["name"])}
        row = {**place, "size": len(content), "ruleset": self._ruleset.hash}
        if raw["problem"] or not content.strip():
            return {**row, "status": QUARANTINED, "problem": raw["problem"] or "empty"}
        try:
            return {**row, **self._judged(content)}
        except Exception as error:  # the run goes on; the reason names the failure, never the mail
            return {**row, "status": QUARANTINED, "problem": f"cannot be checked ({type(error).__name__})"}

    def _shown(self, name: str) -> str:
        """Where a mail is, with the sensitive values of its file's name masked as those of an attachment's name are."""
        path, byte, offset = name.partition(BYTE)
        if not _SUSPICIOUS.search(path):
            return name
        named = from_draft({"attachments": [{"name": path, "size": 0}]})
        facts = Facts(named, self._job.company, self._job.now, self._ruleset.lexicon, Budget(_NAME, time.monotonic))
        return Masker(facts.sensitive).text(path) + byte + offset

    def _judged(self, content: bytes) -> dict[str, Any]:
        root, wrong = scan(content)
        message, job = from_parts(root, wrong), self._job
        seen = {**self._thread(root, message), **self._people(message)}
        if job.since and message.date and message.date < job.since:
            return {**seen, "status": BEFORE, "digest": digest(message, job.key)}
        budget = Budget(job.seconds, time.monotonic)
        overridden = job.waived.get(digest(message, job.key), frozenset()) if job.waived else frozenset()
        waivers = job.waivers | overridden
        report = check(
            message, self._ruleset, job.company, now=job.now, waivers=waivers, budget=budget, key=job.key, told=False
        )
        return {**seen, "status": CHECKED, **self._outcome(report)}

    def _hash(self, *parts: str) -> str:
        return keyed(self._job.key, *parts)

    def _thread(self, head: Part, message: Message) -> dict[str, Any]:
        """What ties mails to one another: identifiers and the subject's core, hashed. Tags stay brackets here."""
        ids = {name: _MESSAGE_ID.findall(read_text(head.raw(name) or b"")) for name in _LINKS}
        subject = read_subject(Reading(message, ()).subject, {})
        answered = ids["in-reply-to"] or ids["references"][-1:]
        return {
            "message_id": self._hash(ids["message-id"][0]) if ids["message-id"] else None,
            "answers": self._hash(answered[0]) if answered else None,
            "references": [self._hash(one) for one in ids["references"]],
            "thread": self._hash("subject", subject.core.casefold()) if subject.core else None,
            "reply": subject.prefix,
            "date": message.date.astimezone(UTC) if message.date else None,
        }

    def _people(self, message: Message) -> dict[str, Any]:
        company, sender = self._job.company, message.sender
        address = sender.address.lower() if sender else ""
        colleague = company.by_email.get(address)
        manager = company.by_email.get(colleague.manager.lower()) if colleague else None
        team = manager.name if manager else colleague.name if colleague else ""
        domain = sender.domain if sender else ""
        return {
            "sender": self._named(address),
            "sender_domain": domain,
            "ours": not company.domains or colleague is not None or within(domain, company.domains),
            "team": self._named(team),
            "domains": sorted({person.domain for person in message.recipients if person.domain}),
        }

    def _named(self, name: str) -> str:
        return f"P-{self._hash('person', name)[:8]}" if name and self._job.pseudonyms else name

    def _outcome(self, report: Report) -> dict[str, Any]:
        return {
            "verdict": report.verdict,
            "scenario": report.scenario,
            "notice": report.notice,
            "asks": report.asks,
            "due": _due(report),
            "language": report.language,
            "digest": report.digest,
            "incomplete": sorted({entry.why for entry in report.incomplete}),
            "errors": list(report.errors),
            "findings": [self._finding(finding) for finding in report.findings],
            "facts": list(_figures(report)),
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        rule = self._ruleset.rule(finding.rule)
        data = finding.data
        entry = data.get("phrase") if rule.phrases else None
        kind = data.get("kind") or data.get("problem") or data.get("metric")
        return {
            "rule": finding.rule,
            "severity": finding.severity,
            "fingerprint": finding.fingerprint,
            "waived": finding.waived,
            "place": finding.place.where,
            "kind": kind if isinstance(kind, str) else None,
            "term": rule.phrases[int(entry)].any[0] if isinstance(entry, float) else None,
            "numbers": [{"name": k, "value": v} for k, v in sorted(data.items()) if isinstance(v, float)],
        }


_LINKS = ("message-id", "in-reply-to", "references")


def _due(report: Report) -> datetime | None:
    """The last moment by which something was asked for."""
    asked = [one["due"] for one in report.facts.get("deadlines", ()) if one["asked"] and one["due"]]
    return max((datetime.fromisoformat(due).astimezone(UTC) for due in asked), default=None)


def _figures(report: Report) -> Iterator[dict[str, Any]]:
    """The figures of each product, as stated."""
    for line in report.facts.get("lines", ()):
        for value in line.values():
            if isinstance(value, dict) and "metric" in value and isinstance(value.get("value"), float):
                yield {"product": line["product"], **{name: value[name] for name in ("metric", "value", "unit")}}

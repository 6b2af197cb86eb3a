"""check: a message, a ruleset and a company give a report. The only place where facts meet rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any

from checker.budget import Budget
from checker.company import Company
from checker.compile import Ruleset
from checker.expressions import CrashError, run
from checker.facts.facts import Facts
from checker.findings import Said, counted, finding_of, hiding, masked
from checker.identity import digest, fingerprint
from checker.judge import Judge, lacking
from checker.masking import Masker
from checker.message import Aftermath, Message
from checker.rule import SEVERITIES, Finding, Report, Silence, Verdict
from checker.text import Edit
from checker.visible import Visible
from checker.waiving import waived

_SENTENCE_END = re.compile(r"[。！？!?;；\n]|\.(?=\s|$)")
# Defects that leave something unread: what, and why.
_UNREAD = {
    "smime-encrypted": ("body", "encrypted"),
    "smime-opaque": ("body", "encrypted"),
    "pgp-encrypted": ("body", "encrypted"),
    "body-cut": ("body", "size"),
    "subject-cut": ("subject", "size"),
    "headers-cut": ("headers", "size"),
}
_REPORTED = ("deadlines", "asins", "lines")


def check(
    message: Message,
    ruleset: Ruleset,
    company: Company,
    *,
    now: datetime,
    waivers: Collection[str] = (),
    budget: Budget | None = None,
    key: bytes | None = None,
    aftermath: Aftermath | None = None,
    told: bool = True,
) -> Report:
    """Judge one message. now: when it is sent, used where the mail has no Date. key: for digest and fingerprints.
    aftermath: what became of a mail that was sent, where an archive knows. told: False for who only counts: the
    findings are then without messages, suggestions, edits and words of the mail.

    waivers: fingerprints and globs of rule ids (checker.waiving); the verdict leaves out what they let pass.
    A crashed rule or a fact that was left out is reported; nothing is raised for any message.
    """
    facts = Facts(message, company, message.date or now, ruleset.lexicon, budget, aftermath)
    _leave_out_unread(message, facts.budget)
    visible = Visible(facts, ruleset.needs)
    mail = visible.values["mail"]
    masker = _masker(facts, visible)
    findings, crashes = _judge_all(ruleset, facts, visible, masker, told)
    findings = _one_edit_a_place(_in_order(_silenced(findings, ruleset)))
    mail_digest = digest(message, key) if key else None
    findings = [_known_again(f, mail_digest, key, waivers) for f in findings]
    findings = [_leaving(f, hiding(f.place, f.fact, visible, masker), masker, told) for f in findings]
    errors = (*visible.errors, *crashes)
    return Report(
        verdict=_verdict(findings, bool(errors) or _asks_for_a_look(facts.budget, company)),
        language=company.language if company.language != "auto" else mail["language"] or "zh",
        scenario=mail["scenario"],
        notice=mail["notice"],
        findings=tuple(findings),
        digest=mail_digest,
        facts={name: _reported(name, visible, masker) for name in _REPORTED},
        defects=tuple(dict.fromkeys(d.code for d in message.defects)),
        incomplete=tuple(entry._replace(what=masker.text(entry.what)) for entry in facts.budget.incomplete),
        errors=errors,
        asks=mail["asks"],
    )


def _leave_out_unread(message: Message, budget: Budget) -> None:
    for defect in message.defects:
        if defect.code in _UNREAD:
            budget.leave_out(*_UNREAD[defect.code])


def _asks_for_a_look(budget: Budget, company: Company) -> bool:
    """Whether something was left out that the company does not accept."""
    return any(entry.why not in company.accept_incomplete for entry in budget.incomplete)


def _known_again(finding: Finding, mail_digest: str | None, key: bytes | None, waivers: Collection[str]) -> Finding:
    """With its fingerprint, where there is a key, and whether it is let pass."""
    if key and mail_digest:
        finding = finding._replace(fingerprint=fingerprint(finding, mail_digest, key))
    return finding._replace(waived=True) if waivers and waived(finding, waivers) else finding


def _leaving(finding: Finding, hide: Masker, masker: Masker, told: bool) -> Finding:
    return masked(finding, hide, masker) if told else counted(finding, hide)


def _masker(facts: Facts, visible: Visible) -> Masker:
    """What hides the sensitive values of this mail; where they could not be read, everything is hidden."""
    failed = any(error.startswith("facts sensitive:") for error in visible.errors)
    return Masker((), blind=True) if failed else Masker(facts.secrets, unread=facts.searched.unread)


def _reported(name: str, visible: Visible, masker: Masker) -> list[Any]:
    return [masker.of(visible.behind[one["ref"]].place.span.of).data(one) for one in visible.values.get(name, [])]


def _judge_all(
    ruleset: Ruleset, facts: Facts, visible: Visible, masker: Masker, told: bool
) -> tuple[list[Finding], list[str]]:
    findings: list[Finding] = []
    errors: list[str] = []
    judges = _busy(ruleset, visible)
    activation = ruleset.environment.activation(_needed(judges, facts, visible))
    for judge in judges:
        if judge.needs & visible.left_out:
            facts.budget.leave_out(judge.rule.id, "time")
            continue
        try:
            rows = run(judge.program if told else judge.counting, activation)
            findings += _findings(judge, rows, visible, masker, told) if rows else ()
        except CrashError as crash:
            errors.append(f"{judge.rule.id}: {crash}")
    return findings, errors


def _busy(ruleset: Ruleset, visible: Visible) -> list[Judge]:
    """Those that may find something in this mail: most have nothing to look at."""
    notice, lacks = visible.values["mail"]["notice"], lacking(ruleset.musts, visible.values)
    phrased = {hit["rule"] for hit in visible.values.get("hits", ())}
    return [judge for judge in ruleset.judges if (judge.rule.notice or not notice) and not judge.idle(lacks, phrased)]


def _needed(judges: Iterable[Judge], facts: Facts, visible: Visible) -> dict[str, Any]:
    """The variables that they read."""
    names = frozenset[str]().union(*(judge.needs for judge in judges))
    values = {name: visible.values[name] for name in names}
    return {**values, "sent": facts.now.astimezone(UTC), "limits": _limits(facts.company)}


def _limits(company: Company) -> dict[str, float]:
    return {name: float(value) for name, value in company.limits.items()}


def _findings(
    judge: Judge, rows: Iterable[list[Any]], visible: Visible, masker: Masker, told: bool
) -> Iterator[Finding]:
    seen = set()
    for it_ref, at_ref, *columns in rows:
        at = visible.behind.get(at_ref)  # None: a fact that could not be read
        if at is not None and at.place.zone in judge.rule.zones and (it_ref, at_ref) not in seen:
            seen.add((it_ref, at_ref))
            said = _said(judge, columns, hiding(at.place, it_ref, visible, masker)) if told else None
            yield finding_of(judge, it_ref, at, said, visible)


def _said(judge: Judge, columns: list[Any], hide: Masker) -> Said:
    return Said(dict(zip(judge.columns, columns, strict=True)), hide)


def _silenced(findings: list[Finding], ruleset: Ruleset) -> list[Finding]:
    loud = [(f, s) for f in findings for s in ruleset.silences.get(f.rule, ())]
    if not loud:
        return findings
    return [f for f in findings if not any(_silences(by, s, f) for by, s in loud)]


def _silences(by: Finding, silence: Silence, other: Finding) -> bool:
    if by.rule == other.rule or not fnmatchcase(other.rule, silence.rules):
        return False
    if silence.where == "mail":
        return True
    if silence.where == "product":
        return by.product == other.product
    a, b = by.place.span, other.place.span
    if a.of is not b.of:
        return False
    if silence.where == "overlap":
        return a.start < b.end and b.start < a.end
    between = a.of.plain[min(a.end, b.end) : max(a.start, b.start)]
    return not _SENTENCE_END.search(between)


def _in_order(findings: list[Finding]) -> list[Finding]:
    """The severest first; within a severity as in the mail, the subject before the body."""
    return sorted(
        findings, key=lambda f: (SEVERITIES.index(f.severity), f.place.where != "subject", f.place.span.start)
    )


def _one_edit_a_place(findings: list[Finding]) -> list[Finding]:
    """Edits that overlap an earlier (severer) finding's are left out: the advice stays."""
    taken: list[Edit] = []
    kept = []
    for finding in findings:
        if any(_collide(a, b) for a in finding.edits for b in taken):
            kept.append(finding._replace(edits=(), safe=False))
        else:
            taken += finding.edits
            kept.append(finding)
    return kept


def _collide(a: Edit, b: Edit) -> bool:
    return a.part == b.part and ((a.start < b.end and b.start < a.end) or (a.start, a.end) == (b.start, b.end))


def _verdict(findings: Iterable[Finding], incomplete: bool) -> Verdict:
    found = {f.severity for f in findings if not f.waived}
    if "error" in found:
        return "block"
    return "confirm" if "warning" in found or incomplete else "allow"

"""POST /v1/overrides: findings that the sender lets pass, one by one, with a reason, for this draft as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated

from flask import Blueprint, Response, jsonify
from pydantic import Field, SkipValidation

from checker import override, waiving
from checker.masking import masked_note
from checker.message import Message
from checker.rule import Both, Finding, Report
from checker.service.bodies import fitting
from checker.service.callers import author, keep
from checker.service.checking import report_of
from checker.service.fix import chosen_findings, draft_of
from checker.service.models import Closed, Draft, Moment
from checker.service.problems import ProblemError
from checker.service.services import Services
from checker.store.records import REASON_LIMIT, OverriddenFinding, OverrideRecord

Reason = Annotated[str, Field(min_length=1, max_length=REASON_LIMIT, pattern=r"\S")]


class OverrideChoice(Closed):
    """A finding of the report by its id, and why it is let pass."""

    id: str
    reason: Reason


class OverrideRequest(Closed):
    """A draft that was checked, its report's digest, and the findings to let pass."""

    draft: SkipValidation[Draft]
    digest: str
    findings: list[OverrideChoice] = Field(min_length=1)


class Overridden(Closed):
    """The token to send back as the draft's `override`, until when it holds, and the ids of what it covers."""

    override: str
    expires: Moment
    findings: list[str]


def blueprint(services: Services) -> Blueprint:
    """The endpoint over the services."""
    pages = Blueprint("overrides", __name__)

    @pages.post("/v1/overrides")
    @services.api.operation(
        tag="check", takes=OverrideRequest, gives=Overridden, fails=(400, 403, 409, 413, 415, 422, 503)
    )
    def override_findings() -> Response:
        """Let findings pass, each with its reason, if the policy allows it; void once the draft changes.

        Findings of one rule on the same words are one fault: the answer lists every id that is covered. What the
        draft's own token covers stays covered.
        """
        wanted = fitting(OverrideRequest)
        message = draft_of(wanted.draft)
        reasons = {choice.id: choice.reason for choice in wanted.findings}
        chosen = chosen_findings(services, message, wanted.digest, list(reasons))
        _refuse_what_policy_holds(services, chosen)
        report = report_of(services, message)
        now = services.clock()
        expires = now + timedelta(minutes=services.setup.company.override_minutes)
        given = {
            f.fingerprint or "": _masked(services, message, why)
            for f, why in zip(chosen, reasons.values(), strict=True)
        }
        keep(services, _record(services, message, report, chosen, given, expires))
        token = _token(services, message, report, given, expires)
        covered = [str(n) for n, finding in enumerate(report.findings, 1) if finding.fingerprint in given]
        return jsonify({"override": token, "expires": expires.isoformat(timespec="seconds"), "findings": covered})

    return pages


def _refuse_what_policy_holds(services: Services, chosen: Iterable[Finding]) -> None:
    """Raises ProblemError 403, with the rules."""
    held = [f.rule for f in chosen if not waiving.overridable(f, services.setup.company)]
    if held:
        rules = ", ".join(dict.fromkeys(held))
        zh = f"公司规定不允许放行：{rules}。请改正，或联系管理员（[policy] overridable）。"
        en = f"The policy lets nobody override {rules}: correct it, or ask the administrator ([policy] overridable)."
        raise ProblemError("forbidden", Both(zh, en))


def _masked(services: Services, message: Message, reason: str) -> str:
    setup = services.setup
    return masked_note(reason.strip(), message, setup.company, setup.ruleset.lexicon, services.clock())


def _record(
    services: Services,
    message: Message,
    report: Report,
    chosen: Iterable[Finding],
    reasons: Mapping[str, str],
    expires: datetime,
) -> OverrideRecord:
    rules = {finding.fingerprint or "": finding.rule for finding in chosen}
    return OverrideRecord(
        at=services.clock(),
        digest=report.digest or "",
        ruleset=services.setup.ruleset.hash,
        findings=tuple(OverriddenFinding(rules[mark], mark, reason) for mark, reason in reasons.items()),
        by=author(services, message.sender.address if message.sender else report.digest or ""),
        expires=expires,
    )


def _token(services: Services, message: Message, report: Report, marks: Iterable[str], expires: datetime) -> str:
    digest, ruleset = report.digest or "", services.setup.ruleset.hash
    before = override.read(services.key, message.override, digest, ruleset, services.clock())
    return override.sign(services.key, digest, ruleset, {*marks, *before}, expires)

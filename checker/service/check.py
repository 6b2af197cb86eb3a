"""POST /v1/check: a draft in, the report out; what is remembered of it are figures and keyed hashes."""

from __future__ import annotations

import time
from collections import Counter

from flask import Blueprint, Response, jsonify

from checker.identity import person
from checker.message import Message
from checker.render.json import document
from checker.rule import Report as Outcome
from checker.service.checking import posted, report_of, run_of
from checker.service.models import Draft, Report
from checker.service.services import Services
from checker.store.records import CheckRecord

_DOOR = "service"


def blueprint(services: Services) -> Blueprint:
    """The endpoint over the services."""
    pages = Blueprint("check", __name__)

    @pages.post("/v1/check")
    @services.api.operation(tag="check", takes=Draft, gives=Report, fails=(400, 413, 415, 422, 503), eml=True)
    def check() -> Response:
        """Check a draft (draft JSON, or a mail as message/rfc822)."""
        began = time.perf_counter()
        message = posted()
        report = report_of(services, message)
        _remember(services, message, report, time.perf_counter() - began)
        return jsonify(document(run_of(services, report)))

    return pages


def _remember(services: Services, message: Message, report: Outcome, seconds: float) -> None:
    services.metrics.check(report)
    services.recorder.put(
        CheckRecord(
            at=services.clock(),
            door=_DOOR,
            ruleset=services.setup.ruleset.hash,
            verdict=report.verdict,
            scenario=report.scenario,
            counts=Counter(finding.rule for finding in report.findings if not finding.waived),
            sender=person(message.sender.address, services.key) if message.sender else "",
            digest=report.digest or "",
            overridden=sum(finding.waived for finding in report.findings),
            seconds=seconds,
        )
    )

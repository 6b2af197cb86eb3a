"""A mail checked for the service: the engine within the service's time, in the client's language."""

from __future__ import annotations

import time

from flask import request

from checker import waiving
from checker.budget import Budget
from checker.draft import from_draft
from checker.engine import check
from checker.identity import digest
from checker.message import Message
from checker.mime import from_eml
from checker.render.run import Result, Run
from checker.rule import Both, Report
from checker.service.bodies import EML, JSON, json_object, media_type
from checker.service.negotiation import language
from checker.service.problems import ProblemError
from checker.service.services import Services

PATH = "draft"  # of the result: the mail has no file
_STARTING = 2.0  # seconds that a check waits for a service that has just started


def posted() -> Message:
    """The mail of the request: MIME, or draft JSON. Raises ProblemError, DraftError."""
    if media_type(EML, JSON) == EML:
        return from_eml(request.get_data(cache=False))
    return from_draft(json_object())


def report_of(services: Services, message: Message) -> Report:
    """The report of a mail; what the time did not reach is listed in it. Raises ProblemError 503: still starting."""
    if not services.warmth.wait(_STARTING):
        raise ProblemError("unavailable", Both("服务正在启动。", "The service is starting."), retry_after=2)
    setup, now = services.setup, services.clock()
    return check(
        message,
        setup.ruleset,
        setup.company,
        now=now,
        waivers=waiving.marks(
            services.standing.waivers(),
            message.override,
            key=services.key,
            digest=digest(message, services.key),
            ruleset=setup.ruleset.hash,
            now=now,
        ),
        key=services.key,
        budget=Budget(services.settings.check_seconds, time.monotonic),
    )


def run_of(services: Services, report: Report) -> Run:
    """The report as a run of one mail, as every renderer takes it."""
    setup = services.setup
    return Run(setup.ruleset.hash, (Result(PATH, report),), setup.notes, language())

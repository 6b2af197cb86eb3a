"""POST /v1/feedback: what a person says of a finding. No word of the mail, and none of the person's own."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, jsonify
from pydantic import Field

from checker.rule import Both
from checker.service.bodies import fitting
from checker.service.callers import Kept, author, keep
from checker.service.models import Closed
from checker.service.problems import ProblemError
from checker.service.services import Services
from checker.store.records import FeedbackRecord, FeedbackVerdict

Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class Feedback(Closed):
    """A finding, by the report's words for it, and whether it was a false positive or of use."""

    rule: str
    fingerprint: Mark
    digest: Mark
    verdict: FeedbackVerdict


def blueprint(services: Services) -> Blueprint:
    """The endpoint over the services."""
    pages = Blueprint("feedback", __name__)
    rules = {rule.id for rule in services.setup.ruleset.rules}

    @pages.post("/v1/feedback")
    @services.api.operation(tag="feedback", takes=Feedback, gives=Kept, fails=(400, 404, 413, 415, 422, 503))
    def give_feedback() -> Response:
        """Report a finding as a false positive or as useful; a second report of it replaces the first."""
        given = fitting(Feedback)
        if given.rule not in rules:
            raise ProblemError("not-found", Both("没有这条规则。", "There is no such rule."))
        by = author(services, given.digest)
        keep(services, FeedbackRecord(services.clock(), given.rule, given.fingerprint, given.verdict, by))
        return jsonify({"status": "kept"})

    return pages

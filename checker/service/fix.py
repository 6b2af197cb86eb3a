"""POST /v1/fix: chosen findings of a draft applied; everything else in it stays."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, request

from checker.draft import from_draft
from checker.fix import apply_to_draft, apply_to_eml
from checker.message import DraftError, Message
from checker.mime import from_eml
from checker.rule import Both, Finding
from checker.service.bodies import EML, JSON, fitting, media_type
from checker.service.checking import report_of
from checker.service.models import Fixed, FixQuery, FixRequest
from checker.service.problems import FieldError, ProblemError, invalid
from checker.service.services import Services
from checker.text import Edit

Fix = TypeVar("Fix")


def blueprint(services: Services) -> Blueprint:
    """The endpoint over the services."""
    pages = Blueprint("fix", __name__)

    @pages.post("/v1/fix")
    @services.api.operation(
        tag="check", takes=FixRequest, query=FixQuery, gives=Fixed, fails=(400, 409, 413, 415, 422, 503), eml=True
    )
    def fix() -> Response:
        """Apply the edits of chosen findings to the draft that was checked.

        A mail (message/rfc822) has digest and finding in the query and comes back as a mail.
        """
        if media_type(JSON, EML) == EML:
            return _fixed_mail(services, request.get_data(cache=False))
        wanted = fitting(FixRequest)
        message = draft_of(wanted.draft)
        chosen = chosen_findings(services, message, wanted.digest, wanted.findings)
        fixed = _applied(lambda: apply_to_draft(dict(wanted.draft), _edits(chosen)))
        return jsonify({"draft": fixed, "applied": list(wanted.findings)})

    return pages


def draft_of(draft: Any) -> Message:
    """The mail of a body's `draft`. Raises ProblemError 422."""
    try:
        return from_draft(draft)
    except DraftError as error:
        path = "draft" if error.field == "draft" else f"draft.{error.field}"
        raise invalid([FieldError(path, error.reason)]) from None


def chosen_findings(services: Services, message: Message, digest: str, ids: Collection[str]) -> list[Finding]:
    """The findings of these ids in the mail of that digest. Raises ProblemError: 409 another mail, another report."""
    report = report_of(services, message)
    if not hmac.compare_digest((report.digest or "").encode(), digest.encode("utf-8", "replace")):
        why = Both("草稿在检查之后改过，请重新检查。", "The draft changed after its check; check it again.")
        raise ProblemError("conflict", why)
    by_id = {str(number): finding for number, finding in enumerate(report.findings, 1)}
    if not set(ids) <= set(by_id):
        why = Both(
            "这份报告没有这些编号，请重新检查。", "The report of this draft has no such findings; check it again."
        )
        raise ProblemError("conflict", why)
    return [by_id[one] for one in dict.fromkeys(ids)]


def _fixed_mail(services: Services, mail: bytes) -> Response:
    ids = request.args.getlist("finding")
    chosen = chosen_findings(services, from_eml(mail), request.args.get("digest", ""), ids)
    return Response(_applied(lambda: apply_to_eml(mail, _edits(chosen))), content_type=EML)


def _edits(chosen: Collection[Finding]) -> list[Edit]:
    return [edit for finding in chosen for edit in finding.edits]


def _applied(apply: Callable[[], Fix]) -> Fix:
    """What `apply` gives. Raises ProblemError 422: a signed mail, or a header of several entries."""
    try:
        return apply()
    except ValueError:
        raise invalid([FieldError("findings", "findings whose place can be edited; this one is signed")]) from None

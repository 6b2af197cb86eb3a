"""POST /v1/followups: remind of a mail by its digest; what it says is not kept."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from flask import Blueprint, Response, jsonify
from pydantic import Field

from checker.rule import Both
from checker.service.bodies import fitting
from checker.service.callers import Kept, keep
from checker.service.feedback import Mark
from checker.service.models import Closed
from checker.service.problems import FieldError, ProblemError, invalid
from checker.service.services import Services
from checker.store.records import FollowUp
from checker.store.store import StoreError

# RFC 3339 with its zone, day by day of the month; 29 February of a common year is refused below.
_DAY = r"((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)"
Due = Annotated[str, Field(pattern=rf"^2\d{{3}}-{_DAY}T{_TIME}$", examples=["2026-03-12T17:00:00+08:00"])]


class FollowUpRequest(Closed):
    """A mail by its digest, and when to be reminded of it; null: it is settled."""

    digest: Mark
    due: Due | None


def blueprint(services: Services) -> Blueprint:
    """The endpoint over the services."""
    pages = Blueprint("followups", __name__)

    @pages.post("/v1/followups")
    @services.api.operation(tag="feedback", takes=FollowUpRequest, gives=Kept, fails=(400, 413, 415, 422, 503))
    def follow_up() -> Response:
        """Ask to be reminded of a mail at `due`; null says that it is settled."""
        wanted = fitting(FollowUpRequest)
        if wanted.due is None:
            _settle(services, wanted.digest)
        else:
            keep(services, FollowUp(wanted.digest, _moment(wanted.due), services.clock()))
        return jsonify({"status": "kept"})

    return pages


def _settle(services: Services, digest: str) -> None:
    try:
        services.store.settle_followups(digest, services.clock())
    except StoreError:
        why = Both("数据库暂不可用。", "The database is not available at the moment.")
        raise ProblemError("unavailable", why, retry_after=10) from None


def _moment(due: str) -> datetime:
    try:
        return datetime.fromisoformat(due)
    except ValueError:
        raise invalid([FieldError("due", "a day that is in the calendar")]) from None

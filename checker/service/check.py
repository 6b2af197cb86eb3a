"""POST /v1/check: a draft in, the report out."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from checker.render.json import document
from checker.service.checking import posted, report_of, run_of
from checker.service.models import Draft, Report
from checker.service.services import Services


def blueprint(services: Services) -> Blueprint:
    """The endpoint over the services."""
    pages = Blueprint("check", __name__)

    @pages.post("/v1/check")
    @services.api.operation(tag="check", takes=Draft, gives=Report, fails=(400, 413, 415, 422, 503))
    def check() -> Response:
        """Check a draft (draft JSON, or a mail as message/rfc822)."""
        return jsonify(document(run_of(services, report_of(services, posted()))))

    return pages

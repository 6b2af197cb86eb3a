"""GET /healthz: the process answers. GET /readyz: it has loaded what a check needs."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from checker.rule import Both
from checker.service.access import open_to_all
from checker.service.models import Health, Readiness
from checker.service.problems import ProblemError
from checker.service.services import Services


def blueprint(services: Services) -> Blueprint:
    """The endpoints over the services."""
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    @services.api.operation(tag="probes", gives=Health)
    @open_to_all
    def healthz() -> Response:
        """Whether the process answers."""
        return jsonify(Health(status="ok").model_dump())

    @pages.get("/readyz")
    @services.api.operation(tag="probes", gives=Readiness, fails=(503,))
    @open_to_all
    def readyz() -> Response:
        """Whether checks are answered at their usual pace: what is loaded once is there."""
        if not services.warmth.wait(0):
            raise ProblemError("unavailable", Both("服务正在启动。", "The service is starting."), retry_after=2)
        return jsonify(Readiness(status="ready", records_queued=services.recorder.queued).model_dump())

    return pages

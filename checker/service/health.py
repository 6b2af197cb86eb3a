"""GET /healthz: the process answers."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from checker.service.models import Health
from checker.service.services import Services


def blueprint(services: Services) -> Blueprint:
    """The endpoint over the services."""
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    @services.api.operation(tag="health", gives=Health)
    def healthz() -> Response:
        """Whether the process answers."""
        return jsonify(Health(status="ok").model_dump())

    return pages

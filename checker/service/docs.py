"""GET /openapi.json, and GET /docs: the same for a reader. No script, nothing from another host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template

from checker.service.access import open_to_all
from checker.service.negotiation import language
from checker.service.problems import KINDS
from checker.service.services import Services


def blueprint(services: Services) -> Blueprint:
    """The endpoints over the services."""
    pages = Blueprint("docs", __name__, template_folder="templates")

    @pages.get("/openapi.json")
    @open_to_all
    def openapi() -> Response:
        return jsonify(services.api.document(current_app))

    @pages.get("/docs")
    @open_to_all
    def docs() -> str:
        document = services.api.document(current_app)
        return render_template(
            "docs.html",
            info=document["info"],
            operations=list(_operations(document)),
            kinds=KINDS,
            words=language() or "en",
        )

    return pages


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation with its method, path, and the names of the models that it takes and gives."""
    for path, methods in sorted(document["paths"].items()):
        for method, operation in methods.items():
            yield {"method": method.upper(), "path": path, **operation}

"""Every request counted and logged: method, route, status, milliseconds; an error that nobody expected: its place."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request

from checker.rule import Both
from checker.service.logs import place_of
from checker.service.problems import ProblemError, answer
from checker.service.services import Services

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def register(app: Flask, services: Services) -> None:
    """Register first: the time begins here."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        route, method = _route(), request.method if request.method in _METHODS else "other"
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        services.metrics.request(method, route, response.status_code, seconds)
        services.log.info(
            "request", method=method, route=route, status=response.status_code, ms=round(seconds * 1e3, 1)
        )
        return response

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        services.log.error("failed", route=_route(), **place_of(error))
        return answer(
            ProblemError("internal", Both("检查未能完成；请重试。", "It could not be done; please try again."))
        )


def _route() -> str:
    """The route's pattern: a path may hold anything."""
    return request.url_rule.rule if request.url_rule else "-"

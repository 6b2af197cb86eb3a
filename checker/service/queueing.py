"""A request that waited too long for a thread is refused at once: its client has gone, and others wait."""

from __future__ import annotations

import time

from flask import Flask, request

from checker.rule import Both
from checker.service.problems import ProblemError
from checker.service.server import RECEIVED

_PATIENCE = 2.0  # seconds: a client waits 3.5 in all, and a check may take 1.5


def register(app: Flask) -> None:
    """Register before anything that costs time."""

    @app.before_request
    def in_time() -> None:
        received = request.environ.get(RECEIVED)
        if received is not None and time.monotonic() - received > _PATIENCE:
            raise ProblemError("unavailable", Both("服务繁忙。", "The service is busy."), retry_after=5)

"""The log: one JSON line an event, made of names and numbers only. Nothing of a request's path, headers or body."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog

LEVELS: Mapping[str, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def logger(level: str, stream: TextIO | None = None) -> Any:
    """A logger of the service. level: of LEVELS."""
    return structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def place_of(error: BaseException) -> dict[str, str]:
    """Where an error was raised and its kind; its words may quote a mail and stay unsaid."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    at = f"{last.tb_frame.f_globals.get('__name__', '?')}:{last.tb_lineno}" if last else "?"
    return {"error": type(error).__name__, "at": at}


class Libraries(logging.Handler):
    """What libraries log, as a line that says which and where: their words may quote a request."""

    def __init__(self, log: Any) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record on without its words."""
        error = record.exc_info[1] if record.exc_info else None
        kind = {"error": type(error).__name__} if error else {}
        self._log.warning("library", logger=record.name, at=f"{record.module}:{record.lineno}", **kind)


def take_over(log: Any) -> None:
    """Have every library of this process log through `log` alone. For a process that is the service's own."""
    root = logging.getLogger()
    root.handlers[:] = [Libraries(log)]
    root.setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line a request under load

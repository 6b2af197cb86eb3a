"""A policy for doors that live long: the seller's reports are read again when they are exported anew, or age."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from checker.report_files import Shelf, with_reports
from checker.setup import Setup

_EVERY = 60.0  # seconds between two looks at the files


class CurrentSetup:
    """Gives the Setup in force. No check waits for a report: a new one is read in a thread, the last one counts so
    long. Rules and every other setting stay as they were at the start.
    """

    def __init__(self, setup: Setup, clock: Callable[[], datetime], every: float = _EVERY) -> None:
        """clock: what the age of reports is judged against. every: seconds between two looks at the files."""
        self._setup, self._clock, self._every = setup, clock, every
        self._shelf = Shelf()
        self._seen = self._state()
        self._next = time.monotonic() + every
        self._reading = threading.Lock()

    def now(self) -> Setup:
        """The policy with the reports as last read. Never raises, never waits."""
        if time.monotonic() >= self._next and self._reading.acquire(blocking=False):
            self._next = time.monotonic() + self._every
            threading.Thread(target=self._look, name="presend-reports", daemon=True).start()
        return self._setup

    def _look(self) -> None:
        try:
            state = self._state()
            if state != self._seen:
                company, notes = with_reports(self._setup.company, self._clock(), self._shelf)
                self._setup, self._seen = self._setup._replace(company=company, notes=notes), state
        finally:
            self._reading.release()

    def _state(self) -> tuple[Any, ...]:
        """What a report's use depends on: the day, by which its age counts, and the files' times and sizes."""
        company = self._setup.company
        paths = [Path(path) for path in (company.listings_path, company.inventory_path) if path]
        return self._clock().date(), *map(_stamp, paths)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size

"""The waivers in force as last read: a check asks no database, and one that is away changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from checker.store.records import WaiverRecord
from checker.store.store import Store, StoreError


class Standing:
    """Reads the waivers at the start, and again every few seconds in a daemon thread. The last ones read count.

    Make it in the process that uses it: a thread does not survive a fork.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime], every: float = 5.0) -> None:
        """every: seconds after which a waiver that was added or ended is known."""
        self._store, self._clock, self._every = store, clock, every
        self._waivers: tuple[WaiverRecord, ...] = ()
        self._closing = threading.Event()
        self._read()
        self._thread = threading.Thread(target=self._run, name="presend-waivers", daemon=True)
        self._thread.start()

    def waivers(self) -> frozenset[str]:
        """The globs of rule ids and the fingerprints that are let pass now. Never raises, never waits."""
        now = self._clock()
        return frozenset(waiver.mark for waiver in self._waivers if waiver.in_force(now))

    def close(self) -> None:
        """Read no more."""
        self._closing.set()
        self._thread.join(self._every)

    def _run(self) -> None:
        while not self._closing.wait(self._every):
            self._read()

    def _read(self) -> None:
        with suppress(StoreError):
            self._waivers = self._store.all_waivers()

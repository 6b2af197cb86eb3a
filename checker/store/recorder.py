"""Records on their way to the store: a check never waits for a database, whatever state that is in."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice

from checker.store.records import Record
from checker.store.store import RecordError, Store, StoreError

_AT_ONCE = 100  # records in one transaction
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0  # seconds between tries while the database is away
_PURGE_EVERY = 24 * 3600.0  # seconds


class Recorder:
    """A bounded queue and one daemon thread that writes it, tries again while the database is away, and purges.

    Make it in the process that uses it: a thread does not survive a fork.
    """

    def __init__(
        self,
        store: Store,
        limit: int = 1000,
        *,
        keep: timedelta | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        told: Callable[[int, int], None] = lambda _queued, _dropped: None,
    ) -> None:
        """limit: records that wait at most. keep: older ones are purged at the start and daily; None keeps all.

        told: is given `queued` and `dropped` whenever they may have changed, from any thread.
        """
        self._store, self._limit, self._keep, self._clock, self._told = store, limit, keep, clock, told
        self._waiting: deque[Record] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._away = False
        self._dropped = 0
        self._purge_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="presend-recorder", daemon=True)
        self._thread.start()

    @property
    def queued(self) -> int:
        """Records that wait to be written."""
        return len(self._waiting)

    @property
    def dropped(self) -> int:
        """Records that were lost since the start: past the limit, or not taken by the database."""
        return self._dropped

    def put(self, record: Record) -> bool:
        """Have a record written soon. False: too many are waiting, it is dropped. Never raises, never waits."""
        with self._changed:
            taken = not self._closing and len(self._waiting) < self._limit
            if taken:
                self._waiting.append(record)
                self._changed.notify()
            else:
                self._dropped += 1
            self._tell()
            return taken

    def keep(self, record: Record) -> bool:
        """Write a record now; queue it where the database is away. False: it was dropped. Never raises."""
        if not self._away:
            try:
                self._store.record([record])
                return True
            except StoreError:
                pass
        return self.put(record)

    def close(self, timeout: float = 5.0) -> None:
        """Write what waits, for so many seconds at most; what is left counts as dropped."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(timeout)
        with self._changed:
            self._dropped += len(self._waiting)
            self._waiting.clear()
            self._tell()

    def _tell(self) -> None:
        """Under the lock: the last one told is how it is."""
        self._told(len(self._waiting), self._dropped)

    def _run(self) -> None:
        pause = 0.0
        while self._wait(pause):
            try:
                self._write_some()
                self._purge()
                self._away, pause = False, 0.0
            except StoreError:
                self._away = True
                pause = min(max(pause * 2, _FIRST_WAIT), _LONGEST_WAIT)

    def _wait(self, pause: float) -> bool:
        """Until there is something to do. False: nothing is left and the recorder is being closed."""
        with self._changed:
            if pause:
                self._changed.wait_for(lambda: self._closing, pause)
                return not self._closing
            self._changed.wait_for(lambda: self._waiting or self._closing, max(self._purge_at - time.monotonic(), 0.0))
            return bool(self._waiting) or not self._closing

    def _write_some(self) -> None:
        with self._changed:
            batch = list(islice(self._waiting, _AT_ONCE))  # they stay queued, and counted, until they are written
        if not batch:
            return
        try:
            self._store.record(batch)
        except RecordError:
            self._write_each(batch)
            return
        self._written(len(batch))

    def _write_each(self, batch: list[Record]) -> None:
        """One by one, so that a record that the database does not take holds up no other."""
        for record in batch:
            try:
                self._store.record([record])
            except RecordError:
                with self._changed:
                    self._dropped += 1
            self._written(1)

    def _written(self, count: int) -> None:
        with self._changed:
            for _ in range(min(count, len(self._waiting))):
                self._waiting.popleft()
            self._tell()

    def _purge(self) -> None:
        if self._keep is not None and time.monotonic() >= self._purge_at:
            self._store.purge(self._clock() - self._keep)
        if time.monotonic() >= self._purge_at:
            self._purge_at = time.monotonic() + _PURGE_EVERY

"""Counters that several processes of one machine share: a small SQLite file that lives as long as the service."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from random import randrange
from threading import local

from limits.storage import Storage

_PATIENCE = 0.25  # seconds to wait for another process
_SWEEP = 1000  # a request in so many takes away counters whose time is over
_COUNT = """
INSERT INTO counters (key, count, until) VALUES (?, ?, ?)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN until <= ? THEN excluded.count ELSE count + excluded.count END,
    until = CASE WHEN until <= ? THEN excluded.until ELSE until END
RETURNING count
"""


class SqliteCounters(Storage):
    """A storage of the `limits` library. A connection a thread; nothing is flushed to disk, the counts may be lost."""

    STORAGE_SCHEME = None

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._threads = local()
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS counters (key TEXT PRIMARY KEY, count INTEGER, until REAL)")

    @property
    def base_exceptions(self) -> type[Exception]:
        """What fails here."""
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count up; a counter whose time is over begins anew. Gives the count."""
        now = time.time()
        with self._connection() as connection:
            if randrange(_SWEEP) == 0:
                connection.execute("DELETE FROM counters WHERE until <= ?", (now,))
            row = connection.execute(_COUNT, (key, amount, now + expiry, now, now)).fetchone()
        return int(row[0])

    def get(self, key: str) -> int:
        """The count; 0 when its time is over."""
        row = self._row(key)
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        """When the counter's time is over, in seconds since the epoch; now where there is none."""
        row = self._row(key)
        return float(row[1]) if row else time.time()

    def check(self) -> bool:
        """Whether the file can be read."""
        try:
            self._row("")
        except sqlite3.Error:
            return False
        return True

    def reset(self) -> int | None:
        """Forget every counter. Gives how many there were."""
        with self._connection() as connection:
            return connection.execute("DELETE FROM counters").rowcount

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with self._connection() as connection:
            connection.execute("DELETE FROM counters WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[int, float] | None:
        query = "SELECT count, until FROM counters WHERE key = ? AND until > ?"
        row: tuple[int, float] | None = self._connection().execute(query, (key, time.time())).fetchone()
        return row

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=_PATIENCE)
            connection.execute("PRAGMA synchronous = OFF")
            self._threads.connection = connection
        return connection

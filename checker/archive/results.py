"""The second stage of a run: joins over its parts, on disk. Parts alone are read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from importlib import resources
from itertools import islice
from pathlib import Path

from checker.archive.examine import Job
from checker.archive.followup import RULE, Waiting, overdue
from checker.archive.loading import load
from checker.archive.run import PARTS, WORK
from checker.compile import Ruleset
from checker.identity import keyed
from checker.waiving import lets_pass

_DATABASE = "joins.sqlite"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CACHE = 16 * 1024  # KiB of pages in memory, and of rows that are sorted before they go to a file
_WAITING_ROWS = 10_000  # requests that are judged at once
_WAITING = """
    SELECT asked.mail, (known_until.moment / 1000000 - asked.awaited / 1000000) / 3600.0,
        aftermath.followed_at IS NOT NULL, mails.digest
    FROM known_until CROSS JOIN asked CROSS JOIN aftermath USING (mail) CROSS JOIN mails ON mails.id = asked.mail
    WHERE aftermath.answered_at IS NULL AND known_until.moment > asked.awaited ORDER BY asked.rowid"""
# Of the findings with one fingerprint, as many are known as the baseline counts.
_KNOWN = """
    UPDATE findings SET waived = 1 WHERE rowid IN (
        SELECT number FROM (
            SELECT f.rowid AS number, baseline.count, row_number() OVER (
                PARTITION BY f.fingerprint ORDER BY m.source, m.position, f.place, f.kind, f.term, f.numbers
            ) AS nth
            FROM findings AS f JOIN baseline USING (fingerprint) JOIN mails AS m ON m.id = f.mail
        ) WHERE nth <= count
    )"""


@contextmanager
def joined(out: Path, job: Job, ruleset: Ruleset, known: Mapping[str, int]) -> Iterator[sqlite3.Connection]:
    """The database of a run whose parts are complete, with mails, findings, facts, aftermath and overdue as tables.

    job: when the run began and what is let pass. known: how many findings of a fingerprint the baseline has; they are
    waived.
    """
    work = out / WORK
    path = work / _DATABASE
    path.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _settle(connection, work)
            load(connection, work / PARTS, ruleset.hash)
            began = (job.now - _EPOCH) // timedelta(microseconds=1)
            connection.execute("CREATE TABLE begun AS SELECT ? AS moment", (began,))
            connection.executescript(resources.files("checker.archive").joinpath("joins.sql").read_text("utf-8"))
            _add_overdue(connection, job, ruleset)
            _waive(connection, known)
            yield connection
    finally:
        path.unlink(missing_ok=True)


def _settle(connection: sqlite3.Connection, work: Path) -> None:
    """No journal: after a crash the database is made anew from the parts. Files of sorts go beside it."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute(f"PRAGMA temp_store_directory = {_quoted(str(work.absolute()))}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _add_overdue(connection: sqlite3.Connection, job: Job, ruleset: Ruleset) -> None:
    """The requests that followup/unanswered finds fault with: SQL knows the hours, the rule what is too long."""
    connection.execute("CREATE TABLE overdue (mail INTEGER PRIMARY KEY, hours REAL)")
    waiting = connection.execute(_WAITING)
    while rows := list(islice(waiting, _WAITING_ROWS)):
        connection.execute("BEGIN")
        for late, severity in overdue(rows, ruleset):
            _add_late(connection, job, late, severity)
        connection.execute("COMMIT")


def _add_late(connection: sqlite3.Connection, job: Job, waiting: Waiting, severity: str) -> None:
    """The fingerprint is that of a fault of the whole mail (checker.identity)."""
    mail, hours, _, digest = waiting
    mark = keyed(job.key, RULE, digest, "")
    waived = lets_pass(job.waivers | job.waived.get(digest, frozenset()), RULE, mark)
    numbers = json.dumps([{"name": "hours", "value": hours}])
    connection.execute("INSERT INTO overdue VALUES (?, ?)", (mail, hours))
    connection.execute(
        "INSERT INTO findings (mail, rule, severity, fingerprint, waived, place, numbers) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (mail, RULE, severity, mark, waived, "own", numbers),
    )


def _waive(connection: sqlite3.Connection, known: Mapping[str, int]) -> None:
    connection.execute("CREATE TABLE baseline (fingerprint TEXT PRIMARY KEY, count INTEGER)")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO baseline VALUES (?, ?)", known.items())
    connection.execute("COMMIT")
    if known:
        connection.execute(_KNOWN)

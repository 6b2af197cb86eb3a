"""Records to rows of the tables, and rows to records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, delete, insert, select

from checker.store.records import (
    REASON_LIMIT,
    CheckRecord,
    FeedbackRecord,
    FollowUp,
    OverriddenFinding,
    OverrideRecord,
    Record,
)
from checker.store.schema import CHECKS, COUNTS, FEEDBACK, FOLLOWUPS, OVERRIDES

_T = TypeVar("_T")


def write(connection: Connection, record: Record) -> None:
    """Write a record of any kind."""
    _WRITERS[type(record)](connection, record)


def _write_check(connection: Connection, record: CheckRecord) -> None:
    names = ("at", "door", "ruleset", "verdict", "scenario", "sender", "digest", "overridden", "seconds")
    number = insert_row(connection, CHECKS, row_of(record, names))
    rows = [{"check_id": number, "rule": rule, "findings": n} for rule, n in sorted(record.counts.items()) if n]
    if rows:
        connection.execute(insert(COUNTS), rows)


def _write_override(connection: Connection, record: OverrideRecord) -> None:
    shared = {**row_of(record, ("at", "digest", "ruleset", "expires")), "person": record.by}
    rows = [{**shared, **_override(finding)} for finding in record.findings]
    connection.execute(insert(OVERRIDES), rows)


def _override(finding: OverriddenFinding) -> dict[str, str]:
    return {**finding._asdict(), "reason": finding.reason[:REASON_LIMIT]}


def _write_feedback(connection: Connection, record: FeedbackRecord) -> None:
    whose = (FEEDBACK.c.fingerprint == record.fingerprint, FEEDBACK.c.person == record.by)
    connection.execute(delete(FEEDBACK).where(*whose))
    row = row_of(record, ("at", "rule", "fingerprint", "verdict"))
    connection.execute(insert(FEEDBACK), {**row, "person": record.by})


def _write_followup(connection: Connection, record: FollowUp) -> None:
    connection.execute(delete(FOLLOWUPS).where(FOLLOWUPS.c.digest == record.digest, FOLLOWUPS.c.due == record.due))
    connection.execute(insert(FOLLOWUPS), row_of(record, ("digest", "due", "made", "done")))


_WRITERS: Mapping[type, Callable[[Connection, Any], None]] = {
    CheckRecord: _write_check,
    OverrideRecord: _write_override,
    FeedbackRecord: _write_feedback,
    FollowUp: _write_followup,
}


def row_of(record: object, names: Iterable[str]) -> dict[str, Any]:
    """What a record has under these names, which are columns."""
    return {name: getattr(record, name) for name in names}


def insert_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Write a row. Gives its number."""
    return int(connection.execute(insert(table).returning(table.c.id), row).scalar_one())


def all_records(connection: Connection, table: Table, kind: Callable[..., _T]) -> tuple[_T, ...]:
    """The records of all rows, in the order made."""
    rows = connection.execute(select(table).order_by(table.c.id))
    return tuple(record_of(row, kind) for row in rows)


def record_of(row: Row[Any], kind: Callable[..., _T]) -> _T:
    """A record of a row; the hash of a key stays behind."""
    return kind(**{name: value for name, value in row._mapping.items() if name != "hash"})

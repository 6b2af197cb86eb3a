"""Questions to the database of a run: rows by name, rows as they are, values by rank."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any


def records(connection: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    """The rows of a query by the names of its columns; all of them: for what is counted, not for what is listed."""
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def tuples(connection: sqlite3.Connection, query: str, *given: Any) -> Sequence[tuple[Any, ...]]:
    """The rows of a query; all of them."""
    return connection.execute(query, given).fetchall()


def hours_at(connection: sqlite3.Connection, waits: str, rank: int, given: Any) -> float:
    """The hours with a rank, counted from 1. waits: what follows FROM, with one mark for `given`."""
    return float(tuples(connection, f"SELECT hours FROM {waits} ORDER BY hours LIMIT 1 OFFSET {rank - 1}", given)[0][0])


def median_hours(connection: sqlite3.Connection, waits: str, count: int, given: Any) -> float | None:
    """The median of so many hours; None of none."""
    if not count:
        return None
    return sum(hours_at(connection, waits, rank, given) for rank in ((count + 1) // 2, count // 2 + 1)) / 2

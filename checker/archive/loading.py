"""The parts of a run into tables of SQLite: a row a mail, a row a finding, a row a fact; batch by batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.archive.columns import affinity, stored
from checker.archive.rows import ROW

_ROWS = 500  # mails read at once
_NESTED = ("findings", "facts")  # lists of records: tables of their own

MAIL: tuple[pa.Field, ...] = tuple(field for field in ROW if field.name not in _NESTED)
FINDING: tuple[pa.Field, ...] = tuple(ROW.field("findings").type.value_type)
FACT: tuple[pa.Field, ...] = tuple(ROW.field("facts").type.value_type)


def load(connection: sqlite3.Connection, parts: Path, ruleset: str) -> None:
    """Make and fill the tables mails, findings and facts; id and mail tie them. Rows of other rules are passed over."""
    connection.execute(f"CREATE TABLE mails (id INTEGER PRIMARY KEY, {_declared(MAIL)}, duplicate INTEGER DEFAULT 0)")
    connection.execute(f"CREATE TABLE findings (mail INTEGER, {_declared(FINDING)})")
    connection.execute(f"CREATE TABLE facts (mail INTEGER, {_declared(FACT)})")
    connection.execute("BEGIN")
    loaded = 0
    for batch in _batches(parts, ruleset):
        ids = range(loaded, loaded + batch.num_rows)
        _insert(connection, "mails", "id", MAIL, [ids, *(stored(batch[field.name]) for field in MAIL)])
        for table, fields in (("findings", FINDING), ("facts", FACT)):
            _insert(connection, table, "mail", fields, _flat(batch[table], fields, loaded))
        loaded += batch.num_rows
    connection.execute("COMMIT")


def names(fields: tuple[pa.Field, ...], table: str = "") -> str:
    """The columns in SQL, of a table where it is named."""
    before = f"{table}." if table else ""
    return ", ".join(f'{before}"{field.name}"' for field in fields)


def _declared(fields: tuple[pa.Field, ...]) -> str:
    return ", ".join(f'"{field.name}" {affinity(field.type)}' for field in fields)


def _batches(parts: Path, ruleset: str) -> Iterator[pa.RecordBatch]:
    for path in sorted(parts.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS, columns=ROW.names):
                yield batch.filter(pc.equal(batch["ruleset"], ruleset))


def _flat(lists: pa.ListArray, fields: tuple[pa.Field, ...], first: int) -> list[Any]:
    """The columns of the records in the lists, and before them whose they are. first: the id of the first list."""
    records = lists.flatten()
    return [
        pc.add(pc.list_parent_indices(lists), first).to_pylist(),
        *(stored(records.field(field.name)) for field in fields),
    ]


def _insert(
    connection: sqlite3.Connection, table: str, key: str, fields: tuple[pa.Field, ...], columns: list[Any]
) -> None:
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({key}, {names(fields)}) VALUES ({marks})"
    connection.executemany(statement, zip(*columns, strict=True))

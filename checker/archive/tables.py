"""messages.parquet, findings.parquet, facts.parquet: no text, nothing but kinds, numbers and keyed hashes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from checker.archive.columns import restored
from checker.archive.loading import FACT, FINDING, MAIL, names

_ROWS = 1024  # held as Python's objects at once
_BATCHES = 16  # of them are a row group
_UNTOLD = ("problem", "errors")  # of a mail: quarantine.csv tells the one, the other is for nobody
_MESSAGE = tuple(field for field in MAIL if field.name not in _UNTOLD)
_PLACE = (pa.field("source", pa.string()), pa.field("position", pa.int64()))
_ANSWER = (
    pa.field("duplicate", pa.bool_()),
    pa.field("answered_hours", pa.float64()),
    pa.field("followed", pa.bool_()),
)
_MESSAGES = f"""
    SELECT {names(_MESSAGE, "m")}, m.duplicate, (a.answered_at / 1000000 - a.sent_at / 1000000) / 3600.0,
        a.followed_at IS NOT NULL
    FROM mails AS m LEFT JOIN aftermath AS a ON a.mail = m.id
    WHERE m.status <> 'quarantined' ORDER BY m.source, m.position"""
_FINDINGS = f"""
    SELECT m.source, m.position, {names(FINDING, "f")}
    FROM mails AS m CROSS JOIN findings AS f ON f.mail = m.id
    ORDER BY m.source, m.position, f.rule, f.fingerprint, f.place, f.kind, f.term, f.numbers"""
_FACTS = f"""
    SELECT m.source, m.position, {names(FACT, "f")}
    FROM mails AS m CROSS JOIN facts AS f ON f.mail = m.id
    ORDER BY m.source, m.position, f.product, f.metric, f.value, f.unit"""


def write_tables(connection: sqlite3.Connection, out: Path) -> None:
    """Write the three files below `out`, in the order of the mails."""
    _write(connection, out / "messages.parquet", _MESSAGES, (*_MESSAGE, *_ANSWER))
    _write(connection, out / "findings.parquet", _FINDINGS, (*_PLACE, *FINDING))
    _write(connection, out / "facts.parquet", _FACTS, (*_PLACE, *FACT))


def _write(connection: sqlite3.Connection, path: Path, query: str, fields: tuple[pa.Field, ...]) -> None:
    draft = path.with_name(f".{path.name}")
    schema = pa.schema(fields)
    batches = _batches(connection.execute(query), schema)
    with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        while group := list(islice(batches, _BATCHES)):
            writer.write_table(pa.Table.from_batches(group), row_group_size=_BATCHES * _ROWS)
    draft.replace(path)


def _batches(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    left = iter(rows)
    while some := list(islice(left, _ROWS)):
        columns = [restored(values, kind) for values, kind in zip(zip(*some, strict=True), schema.types, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)

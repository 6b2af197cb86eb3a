"""Columns of Arrow as values that SQLite keeps, and back: moments as microseconds, lists and records as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: there are lists in every mail
_INTEGERS = (pa.types.is_integer, pa.types.is_boolean, pa.types.is_timestamp)


def affinity(kind: pa.DataType) -> str:
    """The type of SQLite that keeps values of an Arrow type."""
    if any(test(kind) for test in _INTEGERS):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"


def stored(column: pa.Array) -> list[Any]:
    """The values of a column as SQLite keeps them."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    if not pa.types.is_nested(column.type):
        return list(column.to_pylist())
    return [None if value is None else _JSON.encode(value) for value in column.to_pylist()]


def restored(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The column of which these are the stored values."""
    if pa.types.is_boolean(kind):
        return pa.array(values, pa.int8()).cast(kind)
    if pa.types.is_nested(kind):
        return pa.array([None if value is None else json.loads(value) for value in values], kind)
    return pa.array(values, kind)

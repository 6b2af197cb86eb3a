"""Parquet files that `presend ingest` wrote: mails in large files, for object stores and clusters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from checker.archive.raw import Raw, SourceError, readable

# A mail as it is read, before anything is known of it.
RAW = pa.schema(
    [
        ("source", pa.string()),
        ("position", pa.int64()),
        ("name", pa.string()),
        ("sha256", pa.string()),
        ("content", pa.large_binary()),
        ("problem", pa.string()),
    ]
)
_ROWS = 64  # rows decoded at once


@dataclass(frozen=True)
class Ingested:
    """One Parquet file of mails; a position is a row."""

    uri: str
    system: Any  # an fsspec file system
    path: str
    size: int
    stamp: str

    def mails(self, start: int) -> Iterator[Raw]:
        """A mail a row."""
        try:
            with self.system.open(self.path, "rb") as file:
                yield from self._rows(pq.ParquetFile(file), start)
        except SourceError:
            raise
        except Exception as error:  # each file system has errors of its own
            raise SourceError(self.uri, f"cannot be read further ({type(error).__name__})") from None

    def _rows(self, parquet: pq.ParquetFile, start: int) -> Iterator[Raw]:
        if not set(RAW.names) <= set(parquet.schema_arrow.names):
            raise SourceError(self.uri, "holds no mails; write such files with `presend ingest`")
        position = 0
        for batch in parquet.iter_batches(batch_size=_ROWS, columns=RAW.names):
            for row in batch.to_pylist():
                if position >= start:
                    yield _raw(row, position)
                position += 1


def _raw(row: dict[str, Any], position: int) -> Raw:
    origin = (row["source"], row["position"])
    return Raw(position, position + 1, row["name"], row["content"] or b"", row["problem"] or "", origin)


def raw_batch(source: str, mails: Iterable[Raw]) -> pa.RecordBatch:
    """Mails of one source as a batch of RAW; those that were ingested before keep the place that they had then."""
    rows = [
        {
            "source": mail.origin[0] if mail.origin else readable(source),
            "position": mail.origin[1] if mail.origin else mail.position,
            "name": readable(mail.name),
            "sha256": hashlib.sha256(mail.content).hexdigest(),
            "content": mail.content,
            "problem": mail.problem,
        }
        for mail in mails
    ]
    return pa.RecordBatch.from_pylist(rows, schema=RAW)

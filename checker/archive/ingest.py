"""Sources -> Parquet of mails: few large files instead of millions of small ones, which no object store lists fast."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from checker.archive.chunks import Chunk, chunks
from checker.archive.ingested import RAW, raw_batch
from checker.archive.raw import Source
from checker.refusal import RefusalError

_FILE = 128 * 1024 * 1024  # bytes of mail in a file, about


def ingest(sources: Iterable[Source], out: Path) -> tuple[int, int]:
    """Write the mails of all sources below `out`. Gives (mails, files). Raises RefusalError, SourceError."""
    if out.exists() and any(out.iterdir()):
        raise RefusalError(f"--out: {out} is not empty; name a new folder")
    out.mkdir(parents=True, exist_ok=True)
    target = _Target(out)
    for index, source in enumerate(sources):
        for chunk in chunks(index, source, lambda *_: None):
            if isinstance(chunk, Chunk):
                target.add(source.uri, chunk)
    target.close()
    return target.mails, target.files


class _Target:
    """The file at hand, and the next one when it is full."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._writer: pq.ParquetWriter | None = None
        self._size = 0
        self.mails = self.files = 0

    def add(self, uri: str, chunk: Chunk) -> None:
        """The mails of a chunk as one row group."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._draft, RAW, compression="zstd")
        self._writer.write_batch(raw_batch(uri, chunk.mails))
        self.mails += len(chunk.mails)
        self._size += sum(len(mail.content) for mail in chunk.mails)
        if self._size >= _FILE:
            self.close()

    @property
    def _draft(self) -> Path:
        return self._out / f".mails-{self.files:05d}.parquet"

    def close(self) -> None:
        """Finish the file at hand: it has its name only when it is whole."""
        if self._writer is not None:
            self._writer.close()
            self._draft.rename(self._out / self._draft.name.removeprefix("."))
            self._writer, self._size = None, 0
            self.files += 1

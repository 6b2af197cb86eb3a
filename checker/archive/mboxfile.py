"""An mbox file as a source: its mails by the offsets of their From lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checker.archive.mbox import split
from checker.archive.raw import BYTE, LARGEST, Raw, SourceError, why


@dataclass(frozen=True)
class MboxFile:
    """An mbox; a position is the offset of a From line."""

    uri: str
    system: Any  # an fsspec file system
    path: str
    size: int
    stamp: str

    def mails(self, start: int) -> Iterator[Raw]:
        """The mails from an offset on."""
        try:
            with self.system.open(self.path, "rb") as file:
                for piece in split(file, start):
                    problem = "" if piece.content is not None else f"larger than {LARGEST // 1024 // 1024} MB"
                    yield Raw(piece.start, piece.end, f"{self.path}{BYTE}{piece.start}", piece.content or b"", problem)
        except Exception as error:  # each file system has errors of its own
            raise SourceError(self.uri, why(error)) from None

"""How much of attached documents is read, counted over all attachments of a mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Refuse = Callable[[str, str], None]  # (what was left out, why: time size depth encrypted count)
Spent = Callable[[], bool]  # whether the time is over


@dataclass(slots=True)
class Allowance:
    """What may still be read. One object for a mail, so that many small files are no way around a limit."""

    unpacked: int = 80_000_000  # bytes out of archives and office files
    entries: int = 500  # files in archives
    characters: int = 4_000_000  # of text
    pages: int = 500  # of PDFs

    def take_bytes(self, count: int) -> bool:
        """Whether that many more bytes may be unpacked; if so they are counted."""
        if count > self.unpacked:
            return False
        self.unpacked -= count
        return True


LARGEST = 20_000_000  # bytes of one file
RATIO = 200  # unpacked to packed; real documents stay under 50
SMALL = 1_000_000  # bytes below which the ratio does not matter: a page of spaces packs well
DEPTH = 3  # archives and mails within one another

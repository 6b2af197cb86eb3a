"""mbox files of any size, split while they stream by: mboxo and mboxrd by their From lines, mboxcl by its lengths.

RFC 4155 leaves the format to habit. A line that begins with "From " starts a mail where a blank line (or the file's
start) stands before it and a header after it: "From what I hear" at the start of a paragraph does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from checker.archive.raw import LARGEST

_HEADER = re.compile(rb">?From |[!-9;-~]{1,76}:")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BLANK = (b"\n", b"\r\n")


class Piece(NamedTuple):
    """One mail of an mbox: the offset of its From line, where the next one's is, its bytes; None where too large."""

    start: int
    end: int
    content: bytes | None


def split(file: BinaryIO, start: int = 0, largest: int = LARGEST) -> Iterator[Piece]:
    """The mails of an mbox from the offset of a From line on. largest: bytes of a mail that are kept.

    What stands before the first From line is a mail too: a single mail that was named .mbox is read as one.
    """
    lines = _Lines(file, start)
    while (piece := _next(lines, largest)) is not None:
        yield piece


class _Lines:
    """The line at hand, the one that follows, and where the first of them stands."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self._go(offset)

    def _go(self, offset: int) -> None:
        self._file.seek(offset)
        self.offset = offset
        self.line = self._file.readline()
        self._following = self._file.readline()

    def advance(self) -> bytes:
        """The line at hand; the one that follows is then at hand."""
        line = self.line
        self.offset += len(line)
        self.line, self._following = self._following, self._file.readline()
        return line

    def starts_mail(self) -> bool:
        """Whether the line at hand, after a blank one, starts a mail."""
        return self.line.startswith(b"From ") and _HEADER.match(self._following) is not None

    def take(self, count: int) -> bytes | None:
        """The `count` bytes from here on, where the end or a From line follows them; else None, and nothing is read."""
        here = self.offset
        self._file.seek(here)
        body = self._file.read(count)
        self._go(here + len(body))
        while self.line in _BLANK:
            self.advance()
        if len(body) == count and (not self.line or self.starts_mail()):
            return body
        self._go(here)
        return None


def _next(lines: _Lines, largest: int) -> Piece | None:
    while lines.line in _BLANK:
        lines.advance()
    if not lines.line:
        return None
    start = lines.offset
    if lines.starts_mail():
        lines.advance()
    head = _head(lines, largest)
    length = _LENGTH.search(head)
    if length and int(length[1]) <= largest and (body := lines.take(int(length[1]))) is not None:
        return Piece(start, lines.offset, head + body)
    body, whole = _body(lines, largest - len(head))
    return Piece(start, lines.offset, head + _QUOTED.sub(rb"\1", body) if whole else None)


def _head(lines: _Lines, largest: int) -> bytes:
    """The header with the blank line after it."""
    kept: list[bytes] = []
    size = 0
    while lines.line and size < largest:
        kept.append(lines.advance())
        size += len(kept[-1])
        if kept[-1] in _BLANK:
            break
    return b"".join(kept)


def _body(lines: _Lines, largest: int) -> tuple[bytes, bool]:
    """The lines up to the next mail, without the blank line that the mbox put between; whether all were kept."""
    kept: list[bytes] = []
    size, blank = 0, True
    while lines.line and not (blank and lines.starts_mail()):
        blank = lines.line in _BLANK
        line = lines.advance()
        size += len(line)
        if size <= largest:
            kept.append(line)
    if kept and kept[-1] in _BLANK:
        kept.pop()
    return b"".join(kept), size <= largest

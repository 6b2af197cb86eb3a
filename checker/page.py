"""Readable text while it is laid out: white space collapses, blocks break lines, and all keeps its place."""

from __future__ import annotations

import re

from checker.markup import entity
from checker.text import Origin, Segment
from checker.wraps import is_wide

_WHITE = " \t\n\r\f"
# Inside a text: white space that collapses, entities, and NUL, which browsers drop.
_CHANGES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]|&(?=[#A-Za-z])|\x00+")
_CHANGES_PRESERVED = re.compile(r"&(?=[#A-Za-z])|\x00+")

Place = tuple[int, int]


class Page:
    """The text so far and what is pending: line breaks, and white space that shows only if text follows on its line."""

    def __init__(self, source: str) -> None:
        self.length = 0
        self.pieces: list[str] = []
        self._source = source
        self._segments: list[tuple[int, int, int, int]] = []  # readable start, end; source start, end
        self._last = ""
        self._newlines = 0
        self._space: Place | None = None
        self._in_line = False
        self._fresh = False  # a cell begins: blocks inside it break no line yet

    @property
    def text(self) -> str:
        """The readable text."""
        return "".join(self.pieces)

    def segments(self) -> tuple[Segment, ...]:
        """The segments of the readable text."""
        return tuple(Segment(a, b, Origin(c, d)) for a, b, c, d in self._segments)

    def line(self) -> None:
        """A block begins or ends: what follows stands on a line of its own."""
        self._space = None
        if self._in_line:
            self._newlines = max(self._newlines, 1)
            self._in_line = False

    def margin(self) -> None:
        """A blank line stands above what follows."""
        self.line()
        if self.length and not self._fresh:
            self._newlines = max(self._newlines, 2)

    def br(self) -> None:
        """A line break: ends the line, or leaves one blank."""
        self._space = None
        self._in_line = False
        if not self._fresh:
            self._newlines += 1

    def row(self) -> None:
        """A row of a table begins or ends."""
        self._space = None
        self._in_line = self._fresh = False
        self._newlines = 1 if self._last not in ("", "\n") else 0

    def cell(self, at: int, first: bool) -> None:
        """A cell begins: the first of a row on a new line, any other behind a tab. `at` is its place in the source."""
        if not first:
            self._newlines = 0
            self._synthetic("\t", at)
        elif self._newlines:
            self._flush(at)
        self._space = None
        self._in_line = False
        self._newlines = 0
        self._fresh = True

    def write(self, start: int, end: int) -> None:
        """A text of the source [start, end)."""
        source = self._source
        chunk = source[start:end]
        inner = chunk.lstrip(_WHITE)
        lead = len(chunk) - len(inner)
        if lead:
            self._white(start, start + lead)
            if not inner:
                return
        inner = inner.rstrip(_WHITE)
        first, last = start + lead, start + lead + len(inner)
        at = first
        for m in _CHANGES.finditer(source, first, last):
            if m[0] == "&":
                at = self._entity(at, m.start(), last)
                continue
            self._literal(at, m.start())
            at = m.end()
            if m[0][0] != "\x00":
                self._white(m.start(), at)
        self._literal(at, last)
        if last < end:
            self._white(last, end)

    def write_preserved(self, start: int, end: int) -> None:
        """A text whose line breaks and spaces show."""
        at = start
        for m in _CHANGES_PRESERVED.finditer(self._source, start, end):
            if m[0] == "&":
                at = self._entity(at, m.start(), end, preserved=True)
            else:
                self._literal(at, m.start())
                at = m.end()
        self._literal(at, end)

    def turn(self, pieces: list[int], old: str, new: str) -> None:
        """Put one synthetic character for another in these pieces."""
        for i in pieces:
            _, _, c, d = self._segments[i]
            if c == d and self.pieces[i][0] == old:
                self.pieces[i] = new * len(self.pieces[i])

    def _white(self, start: int, end: int) -> None:
        if self._in_line and self._space is None and self._last != " ":
            self._space = (start, end)

    def _entity(self, start: int, at: int, end: int, preserved: bool = False) -> int:
        """The entity at `at`, and the literal text from `start` before it. Where to go on: `start` if it is none."""
        chars, after = entity(self._source, at, end)
        if after == at + 1:
            return start
        self._literal(start, at)
        if chars and not preserved and chars in _WHITE:
            while after < end and self._source[after] in _WHITE:
                after += 1
            self._white(at, after)
        elif chars:
            self._put(chars, at, after)
        return after

    def _literal(self, start: int, end: int) -> None:
        if start < end:
            self._put(self._source[start:end], start, end)

    def _put(self, chars: str, start: int, end: int) -> None:
        if self._newlines or self._space is not None:
            self._flush(start, chars[0])
        self._add(chars, start, end)
        self._last = chars[-1]
        self._in_line = self._last != "\n"
        self._fresh = False

    def _flush(self, at: int, following: str = "") -> None:
        """Write what is pending before a character at `at` of the source."""
        if self._newlines:
            if self.length:
                self._synthetic("\n" * self._newlines, at)
            self._newlines = 0
        elif self._space is not None:
            start, end = self._space
            # A line break of the source between two Chinese characters is no space (CSS Text 3, 4.1.3).
            if not ("\n" in self._source[start:end] and is_wide(self._last) and is_wide(following)):
                self._add(" ", start, end)
        self._space = None

    def _synthetic(self, chars: str, at: int) -> None:
        self._add(chars, at, at)
        self._last = chars[-1]

    def _add(self, chars: str, start: int, end: int) -> None:
        after = self.length + len(chars)
        self._segments.append((self.length, after, start, end))
        self.pieces.append(chars)
        self.length = after

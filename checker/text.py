"""One readable part of a mail, tied character by character to its source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from checker.lazy import cached_property
from checker.normalise import Normal, normalise


class Origin(NamedTuple):
    """Where readable characters come from: a range of the source, or a cell of a sheet."""

    start: int
    end: int
    cell: str | None = None


class Segment(NamedTuple):
    """Readable characters [start, end) that come from one origin.

    Literal: as many characters as the origin. Collapsed (an entity, a run of spaces): one origin for the whole.
    Synthetic (a line break that a block element makes): an empty origin.
    """

    start: int
    end: int
    origin: Origin


class Edit(NamedTuple):
    """Replace source[start:end] of the part by text (already escaped for the part)."""

    part: str
    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        """Without the new words, which may hold old ones."""
        return f"<Edit {self.part} {self.start}-{self.end}>"


class Cell(NamedTuple):
    """A table cell as a range of the matching text; row and column from 0; spans from merged cells."""

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False


class Grid(NamedTuple):
    """A table: its range of the matching text and its cells in reading order."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Text:
    """A part as a person reads it (`plain`), as sent (`source`), and the segments between the two.

    part is the report's name: subject, from, to, cc, bcc, reply_to, html, text, attachment. Attachments have index
    and name; a sheet of a workbook has `sheet`. All offsets are code points. Extractors read `matching`, a normalised
    copy, and turn what they found into a `Span` with `place`.
    """

    part: str
    plain: str
    source: str
    segments: tuple[Segment, ...] = ()
    attachment: int | None = None
    name: str | None = None
    sheet: str | None = None
    tables: tuple[Grid, ...] = field(default=())

    def __repr__(self) -> str:
        """Without a word of the mail, which must not reach a log."""
        return f"<Text {self.part}, {len(self.plain)} characters>"

    def __post_init__(self) -> None:
        """Check the segments.

        Raises ValueError when they leave a gap, run backwards in the source or differ from it.
        """
        at = source = 0
        for start, end, (first, last, cell) in self.segments:
            if start != at or end <= start or last < first:
                raise ValueError(f"{self.part}: segments are not contiguous at {at}")
            at = end
            if cell is not None:
                continue
            if first < source or last > len(self.source):
                raise ValueError(f"{self.part}: origins are not ascending at {at}")
            source = last
            if 1 < last - first == end - start and self.plain[start:end] != self.source[first:last]:
                raise ValueError(f"{self.part}: a literal segment differs from its source at {at}")
        if at != len(self.plain):
            raise ValueError(f"{self.part}: segments end at {at} of {len(self.plain)}")

    @cached_property
    def _normal(self) -> Normal:
        body = self.part in ("text", "html")
        return normalise(self.plain, tabs=body or bool(self.tables), wrapped=self.part == "text")

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    @cached_property
    def matching(self) -> str:
        """The text that extractors read: full-width forms, spaces and line breaks normalised."""
        return self._normal.text

    @cached_property
    def folded(self) -> str:
        """`matching` in lower case, of the same length."""
        low = self.matching.lower()
        return (
            low
            if len(low) == len(self.matching)
            else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.matching)
        )

    def readable(self, start: int, end: int) -> tuple[int, int]:
        """The range of `plain` behind a range of `matching`; the end maps through the last character."""
        return self._normal.plain(start, end)

    def unchanged(self, start: int, end: int) -> bool:
        """Whether a range of `matching` follows `plain` character by character: no gap narrowed, no sign spelt out."""
        return self._normal.unchanged(start, end)

    def matching_at(self, plain_offset: int) -> int:
        """The offset in `matching` of a readable offset."""
        return self._normal.matching(plain_offset)

    def place(self, start: int, end: int) -> Span:
        """A Span from a range of `matching`."""
        return Span(self, *self.readable(start, end))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source range of a readable range; the end maps through the last character.

        Synthetic characters at either end are left out. An empty range is a place in the source behind the character
        before it. In a sheet the offsets are those of the origins.
        """
        touched = [
            _source(s, max(start, s.start), min(end, s.end)) for s in self._touched(start, end) if not _synthetic(s)
        ]
        if touched:
            return touched[0][0], touched[-1][1]
        gap = self._gap(start)
        return gap, gap

    def edits(self, start: int, end: int, new: str) -> tuple[Edit, ...]:
        """Edits that make readable [start, end) read `new`: one a segment, so that markup stays.

        The first edit carries `new`, the others delete. Synthetic characters stay. () in attachments, their names too,
        where nothing changes.
        """
        if self.part == "attachment":
            return ()
        words = escape(new, quote=False).replace("\n", "<br>") if self.part == "html" else new
        out: list[Edit] = []
        for segment in self._touched(start, end):
            if not _synthetic(segment):
                out.append(self._edit(segment, start, end, words))
                words = ""
        if not out and words:
            out.append(Edit(self.part, *self.span(start, start), words))
        return tuple(out)

    def cell_at(self, offset: int) -> str | None:
        """The sheet cell (as the origin names it) that a readable offset comes from."""
        return next((s.origin.cell for s in self._touched(offset, offset + 1)), None)

    def _edit(self, segment: Segment, start: int, end: int, words: str) -> Edit:
        first, last = _source(segment, max(start, segment.start), min(end, segment.end))
        if not _literal(segment):  # an entity of two characters, half of it replaced: the other half is written anew
            words = escape(self.plain[segment.start : start]) + words + escape(self.plain[end : segment.end])
        return Edit(self.part, first, last, words)

    def _touched(self, start: int, end: int) -> Iterator[Segment]:
        first = max(0, bisect_right(self._starts, start) - 1)
        return (s for s in self.segments[first : bisect_left(self._starts, end)] if s.start < end and s.end > start)

    def _gap(self, offset: int) -> int:
        """The source place of a readable offset: behind the character before it, else before the next that has one."""
        at = bisect_left(self._starts, offset) - 1
        for segment in reversed(self.segments[: at + 1]):
            if not _synthetic(segment):
                return _source(segment, segment.start, min(offset, segment.end))[1]
        return next((s.origin.start for s in self.segments[at + 1 :] if not _synthetic(s)), 0)


def _literal(segment: Segment) -> bool:
    return segment.end - segment.start == segment.origin.end - segment.origin.start


def _synthetic(segment: Segment) -> bool:
    return segment.origin.cell is None and segment.origin.start == segment.origin.end


def _source(segment: Segment, start: int, end: int) -> tuple[int, int]:
    """The source range of readable [start, end), which lies in the segment."""
    shift = segment.origin.start - segment.start
    return (start + shift, end + shift) if _literal(segment) else segment.origin[:2]


class Span(NamedTuple):
    """A readable range of a Text; what every fact and finding points with."""

    of: Text
    start: int
    end: int

    @property
    def words(self) -> str:
        """The readable words."""
        return self.of.plain[self.start : self.end]

    @property
    def cell(self) -> str | None:
        """Where in an attachment it stands, as a person finds it: Sheet1!D3, page 2."""
        cell = next((s.origin.cell for s in self.of.segments if s.end > self.start and s.origin.cell), None)
        return f"{self.of.sheet}!{cell}" if self.of.sheet and cell else cell


def literal(part: str, source: str, *, attachment: int | None = None, name: str | None = None) -> Text:
    """A Text that reads exactly as its source (subject, plain body, an attachment's name)."""
    segments = (Segment(0, len(source), Origin(0, len(source))),) if source else ()
    return Text(part, source, source, segments, attachment=attachment, name=name)

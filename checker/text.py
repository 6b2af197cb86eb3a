"""One readable part of a mail, tied character by character to its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


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


@dataclass(frozen=True, eq=False)
class Text:
    """A part as a person reads it (`plain`), as sent (`source`), and the segments between the two.

    part is the report's name: subject, from, to, cc, bcc, reply_to, html, text, attachment. Attachments have index and name; a
    sheet of a workbook has `sheet`. All offsets are code points. Extractors read `matching`, a normalised copy (see
    `matching`), and turn what they found into a `Span` with `place`.
    """

    part: str
    plain: str
    source: str
    segments: tuple[Segment, ...] = ()
    attachment: int | None = None
    name: str | None = None
    sheet: str | None = None
    tables: tuple[Grid, ...] = field(default=())

    @cached_property
    def matching(self) -> str:
        """The text that extractors read: full-width forms, spaces and line breaks normalised."""
        return self.plain

    @cached_property
    def folded(self) -> str:
        """`matching` in lower case, of the same length."""
        low = self.matching.lower()
        return low if len(low) == len(self.matching) else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.matching)

    def readable(self, start: int, end: int) -> tuple[int, int]:
        """The range of `plain` behind a range of `matching`; the end maps through the last character."""
        return start, end

    def matching_at(self, plain_offset: int) -> int:
        """The offset in `matching` of a readable offset."""
        return plain_offset

    def place(self, start: int, end: int) -> Span:
        """A Span from a range of `matching`."""
        return Span(self, *self.readable(start, end))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source range of a readable range; the end maps through the last character."""
        return start, end

    def edits(self, start: int, end: int, new: str) -> tuple[Edit, ...]:
        """Edits that make readable [start, end) read `new`: one a segment, so that markup stays."""
        return (Edit(self.part, start, end, new),)


class Span(NamedTuple):
    """A readable range of a Text; what every fact and finding points with."""

    of: Text
    start: int
    end: int

    @property
    def words(self) -> str:
        """The readable words."""
        return self.of.plain[self.start : self.end]


def literal(part: str, source: str, *, attachment: int | None = None, name: str | None = None) -> Text:
    """A Text that reads exactly as its source (subject, plain body, an attachment's name)."""
    segments = (Segment(0, len(source), Origin(0, len(source))),) if source else ()
    return Text(part, source, source, segments, attachment=attachment, name=name)

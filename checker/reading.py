"""How a Message is read: passages of one zone each, split into sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from checker.lazy import cached_property
from checker.message import Message
from checker.text import Grid, Span, Text

# A stop, then white space or the end: 1.5, B0.x and a.b@c stay whole. Not the stop of an abbreviation, of
# a number that begins a line, or of p.m. before what still belongs to the time (5 p.m. Friday, 5 p.m. PST).
_OF_A_TIME = (
    "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Beijing|China|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[A-Z]{2,4}(?![a-zA-Z])"
)
_STOP = (
    r"(?<!^\d)(?<!^\d\d)(?<![ (]No)(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!vs)(?<!e\.g)(?<!i\.e)(?<![ (]approx)(?<!^approx)"
    r"(?<!incl)(?<![ (]est)(?<![ap]\.m)\.(?=\s|$)"
    rf"|(?<=[ap]\.m)\.(?=\s*$|\s+(?!{_OF_A_TIME})[A-Z\u4e00-\u9fff])"
)
_SENTENCE_END = re.compile(r"[。！？!?;；\n]+|" + _STOP + r"|…{2,}", re.MULTILINE)
_CLAUSE_END = re.compile(r"[，,、。！？!?;；:：\n（）()]+|\.(?=\s|$)")


class Place(NamedTuple):
    """Where a fact stands. zone: own, quote, signature, disclaimer, hidden. where: subject, own, quote, table, sheet,
    header, attachment."""

    span: Span
    zone: str
    where: str

    @property
    def text(self) -> str:
        """The words as a person reads them."""
        return self.span.words


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Passage:
    """A range of a Text's matching text that lies in one zone. Search it with `pattern.finditer(*passage.window)`."""

    of: Text
    start: int
    end: int
    zone: str
    where: str

    @property
    def matching(self) -> str:
        """The passage's own matching text."""
        return self.of.matching[self.start : self.end]

    @property
    def window(self) -> tuple[str, int, int]:
        """(string, pos, endpos) for a compiled pattern: match offsets are then offsets of the whole matching text."""
        return self.of.matching, self.start, self.end

    def place(self, start: int, end: int) -> Place:
        """The Place of matching-text offsets (of the whole Text)."""
        return Place(self.of.place(start, end), self.zone, self.where)

    def sentences(self) -> Iterator[Passage]:
        """The passage cut at sentence ends and line breaks; empty ones left out."""
        return self._cut(_SENTENCE_END)

    def clauses(self) -> Iterator[Passage]:
        """The passage cut at commas, brackets and sentence ends."""
        return self._cut(_CLAUSE_END)

    def _cut(self, ends: re.Pattern[str]) -> Iterator[Passage]:
        text, at = self.of.matching, self.start
        for m in ends.finditer(text, self.start, self.end):
            if text[at : m.end()].strip():
                yield Passage(self.of, at, m.end(), self.zone, self.where)
            at = m.end()
        if text[at : self.end].strip():
            yield Passage(self.of, at, self.end, self.zone, self.where)


@dataclass(frozen=True, repr=False)
class Reading:
    """The passages of a message, by what they are."""

    message: Message
    sheets: tuple[Text, ...] = ()  # sheets of attached workbooks, opened by facts/sheets.py

    @cached_property
    def subject(self) -> Passage:
        """The whole subject."""
        text = self.message.subject
        return Passage(text, 0, len(text.matching), "own", "subject")

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """The whole body in order: prose of every zone, and tables as passages of their own (where = table)."""
        return tuple(_split(self.message))

    @cached_property
    def own(self) -> tuple[Passage, ...]:
        """What the sender wrote in this mail: prose and tables of the own zone."""
        return tuple(p for p in self.body if p.zone == "own")

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Own passages outside tables."""
        return tuple(p for p in self.own if p.where == "own")

    @cached_property
    def written(self) -> tuple[Passage, ...]:
        """Subject and own passages: what rules read unless they say otherwise."""
        return (self.subject, *self.own)

    @cached_property
    def signature(self) -> tuple[Passage, ...]:
        """The sender's signature."""
        return tuple(p for p in self.body if p.zone == "signature")

    @cached_property
    def quoted(self) -> tuple[Passage, ...]:
        """Quoted history."""
        return tuple(p for p in self.body if p.zone == "quote")

    @cached_property
    def cells(self) -> tuple[tuple[Passage, Grid], ...]:
        """Tables of the own text with their grids."""
        grids = self.message.body.tables
        return tuple((p, g) for p in self.own if p.where == "table" for g in grids if g.start == p.start)

    @cached_property
    def sheet_passages(self) -> tuple[Passage, ...]:
        """Sheets of attachments."""
        return tuple(Passage(t, 0, len(t.matching), "own", "sheet") for t in self.sheets)


def _split(message: Message) -> Iterator[Passage]:
    text = message.body
    for zone in message.zones:
        at = zone.start
        where = "quote" if zone.kind == "quote" else "own"
        for grid in text.tables:
            if not zone.start <= grid.start < zone.end:
                continue
            if at < grid.start:
                yield Passage(text, at, grid.start, zone.kind, where)
            yield Passage(text, grid.start, min(grid.end, zone.end), zone.kind, "table")
            at = max(at, min(grid.end, zone.end))
        if at < zone.end:
            yield Passage(text, at, zone.end, zone.kind, where)

"""Paragraphs and table rows put together to one Text, each with the place in the document that it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.text import Cell, Grid, Origin, Segment, Text


class Assembly:
    """A Text that grows line by line. Places are what a person finds them by: page 3, slide 2, line 14."""

    def __init__(self, attachment: int, name: str, room: int) -> None:
        """room: characters that may still be added; what is over is dropped and `full` says so."""
        self._attachment = attachment
        self._name = name
        self._room = room
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._tables: list[list[tuple[int, int, int, int]]] = []
        self._at = 0
        self.full = False

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._at

    def line(self, words: str, place: str) -> None:
        """A paragraph of its own."""
        self._add(words, place)
        self._add("\n", place)

    def table(self, rows: Sequence[Sequence[str]], place: str) -> None:
        """A table; its first row heads the columns."""
        cells = []
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                if c:
                    self._add("\t", place)
                start = self._at
                self._add(words.replace("\n", " ").replace("\t", " "), place)
                cells.append((start, self._at, r, c))
            self._add("\n", place)
        self._tables.append(cells)

    def text(self) -> Text | None:
        """What was put together; None: nothing but white space."""
        plain = "".join(self._parts)
        if not plain.strip():
            return None
        text = Text(
            "attachment",
            plain,
            "",
            tuple(self._segments),
            attachment=self._attachment,
            name=self._name,
            tables=(Grid(0, 0, ()),) if self._tables else (),  # a table keeps the tabs in the matching text
        )
        return replace(text, tables=tuple(_grid(text, cells) for cells in self._tables if cells))

    def _add(self, words: str, place: str) -> None:
        kept = words[: max(0, self._room - self._at)]
        self.full = self.full or len(kept) < len(words)
        if kept:
            self._parts.append(kept)
            self._segments.append(
                Segment(self._at, self._at + len(kept), Origin(self._at, self._at + len(kept), place))
            )
            self._at += len(kept)


def _grid(text: Text, cells: Sequence[tuple[int, int, int, int]]) -> Grid:
    placed = tuple(Cell(text.matching_at(a), text.matching_at(b), row, column) for a, b, row, column in cells)
    return Grid(placed[0].start, placed[-1].end, placed)

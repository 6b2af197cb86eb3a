"""The cells of a text's tables as words to search: each behind what heads its column or stands beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from checker.lazy import cached_property
from checker.text import Cell, Grid

_LONG_CELL = 300  # a cell beyond is prose: layout tables hold whole letters
_HEADINGS = 120  # cells at the head of a table among which the headings are
_LABEL = 16  # characters at most of a cell that labels the cell beside it


class Piece(NamedTuple):
    """A string to look in, the offset of its first own character, and by how much it is shifted against the text."""

    words: str
    own: int
    shift: int


class Tables:
    """The tables of a text, by offsets of its matching text."""

    def __init__(self, words: str, grids: tuple[Grid, ...]) -> None:
        self._starts = [g.start for g in grids]
        self._tables = [_Table(words, g) for g in grids]

    def holds(self, offset: int) -> bool:
        """Whether a cell stands at an offset: not in prose, nor in cells that hold prose."""
        return self._at(offset) is not None

    def piece(self, offset: int) -> Piece | None:
        """The cell of a number, behind its heading; None in prose."""
        found = self._at(offset)
        return found and found[0].headed(found[1])

    def pieces(self, offset: int) -> tuple[Piece, Iterator[Piece], Piece | None]:
        """The cell that holds an offset, those below if it is a heading, and the one beside if it may be a label."""
        found = self._at(offset)
        if found is None:
            raise ValueError(f"no cell at {offset}")
        table, number = found
        return table.headed(number), table.below(number), table.beside(number)

    def column(self, offset: int) -> str:
        """What heads the column of a cell, else its letter; "" in prose."""
        found = self._at(offset)
        return found[0].column(found[1]) if found else ""

    def _at(self, offset: int) -> tuple[_Table, int] | None:
        i = bisect_right(self._starts, offset) - 1
        number = None if i < 0 else self._tables[i].number(offset)
        return None if number is None else (self._tables[i], number)


class _Table:
    """One grid, with what is asked of it for every cell worked out once."""

    def __init__(self, words: str, grid: Grid) -> None:
        self._words = words
        self._end = grid.end
        self._cells = grid.cells

    @cached_property
    def _starts(self) -> list[int]:
        return [c.start for c in self._cells]

    @cached_property
    def _columns(self) -> dict[int, list[int]]:
        """Numbers of the cells of each column."""
        found: dict[int, list[int]] = {}
        for number, cell in enumerate(self._cells):
            found.setdefault(cell.column, []).append(number)
        return found

    @cached_property
    def _headings(self) -> dict[int, tuple[int, str]]:
        """The row and the words of what heads each column; "" where it is no heading."""
        found: dict[int, tuple[int, str]] = {}
        for top in self._cells[:_HEADINGS]:
            if top.column not in found:
                label = self._words[top.start : top.end].replace("\n", " ").strip()
                # A long first cell is a value, not a heading.
                is_heading = len(label) <= 2 * _LABEL and not label.isdigit()
                found[top.column] = (top.row, label if is_heading else "")
        return found

    def number(self, offset: int) -> int | None:
        """Which cell holds an offset; None outside and in cells that hold prose."""
        if offset >= self._end or not self._cells:
            return None
        n = max(0, bisect_right(self._starts, offset) - 1)
        cell = self._cells[n]
        return n if cell.start <= offset < cell.end <= cell.start + _LONG_CELL else None

    def headed(self, number: int) -> Piece:
        """A cell behind the heading of its column."""
        return self._behind(self._heading(number), number)

    def below(self, number: int) -> Iterator[Piece]:
        """The cells that a cell of the first row, or one marked as a heading, has below it."""
        cell = self._cells[number]
        if cell.row == self._cells[0].row or cell.header:
            yield from (self.headed(n) for n in self._columns[cell.column] if self._cells[n].row > cell.row)

    def beside(self, number: int) -> Piece | None:
        """The cell to the right of one that is a label (a form rather than a list)."""
        label = self._plain(self._cells[number]).strip()
        if len(label) > _LABEL or number + 1 == len(self._cells):
            return None
        same_row = self._cells[number + 1].row == self._cells[number].row
        return self._behind(label, number + 1) if same_row else None

    def column(self, number: int) -> str:
        """What heads the column of a cell, else its letter."""
        return self._heading(number).rstrip(": ") or _letter(self._cells[number].column)

    def _heading(self, number: int) -> str:
        cell = self._cells[number]
        row, label = self._headings.get(cell.column, (cell.row, ""))
        return label if row < cell.row else ""

    def _behind(self, label: str, number: int) -> Piece:
        head = f"{label.rstrip(': ')}: " if label else ""
        cell = self._cells[number]
        return Piece(head + self._plain(cell), len(head), cell.start - len(head))

    def _plain(self, cell: Cell) -> str:
        return self._words[cell.start : cell.end]


def _letter(column: int) -> str:
    """The letter of a column, as spreadsheets write it."""
    more, last = divmod(column, 26)
    return (_letter(more - 1) if more else "") + chr(65 + last)

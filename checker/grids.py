"""Tables while they are read: where each cell stands, and whether the table holds data or is there for the looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from checker.text import Cell, Grid

_LONGEST = 400  # characters; a cell of more is a column of a layout
_MOST_LINES = 8
_SPAN = 100  # a larger span is a trick to fill the memory


@dataclass(slots=True)
class OpenCell:
    """A cell in readable offsets, and the pieces of text that it holds."""

    start: int
    row: int
    column: int
    rows: int
    columns: int
    header: bool
    first_piece: int
    end: int = 0
    last_piece: int = 0


@dataclass(slots=True)
class OpenTable:
    """A table that is being read. tabs: the pieces that part its cells."""

    layout: bool
    nested: bool = False
    row: int = -1
    column: int = 0
    in_row: bool = False
    cells: list[OpenCell] = field(default_factory=list)
    tabs: list[int] = field(default_factory=list)
    open_cell: OpenCell | None = None
    _taken: list[tuple[int, int, int]] = field(default_factory=list)  # first column, after last column, rows up to

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.column = 0
        self.in_row = True
        self._taken = [taken for taken in self._taken if taken[2] > self.row]

    def begin_cell(self, start: int, piece: int, rows: int, columns: int, header: bool) -> None:
        """Begin a cell at a readable offset, behind cells that reach down from the rows above."""
        rows, columns = max(1, min(rows, 1000)), max(1, min(columns, _SPAN))
        for first, after, _ in sorted(self._taken):
            if first < self.column + columns and self.column < after:
                self.column = after
        self.open_cell = OpenCell(start, self.row, self.column, rows, columns, header, piece)
        if rows > 1 and self.column < _SPAN:
            self._taken.append((self.column, self.column + columns, self.row + rows))
        self.column += columns

    def end_cell(self, end: int, piece: int) -> None:
        """End the cell that is open, if one is."""
        if self.open_cell is not None:
            self.open_cell.end = max(end, self.open_cell.start)
            self.open_cell.last_piece = piece
            self.cells.append(self.open_cell)
            self.open_cell = None

    def is_data(self, plain: Callable[[OpenCell], str]) -> bool:
        """Whether the table holds data: two columns and rows or one row of three short cells, and no table inside."""
        words = [plain(cell).strip() for cell in self.cells]
        if self.nested or (self.layout and not any(cell.header for cell in self.cells)):
            return False
        if any(len(w) > _LONGEST or w.count("\n") > _MOST_LINES for w in words):
            return False
        filled: dict[int, int] = {}
        for cell, w in zip(self.cells, words, strict=True):
            filled[cell.row] = filled.get(cell.row, 0) + bool(w)
        wide = [n for n in filled.values() if n > 1]
        if len(wide) == 1 and len([n for n in filled.values() if n]) == 1:
            return wide[0] > 2 and max(map(len, words)) < 60
        return bool(wide)

    def grid(self, at: Callable[[int], int]) -> Grid:
        """The table as a Grid; `at` turns readable offsets into matching ones."""
        cells = tuple(Cell(at(c.start), at(c.end), c.row, c.column, c.rows, c.columns, c.header) for c in self.cells)
        return Grid(cells[0].start, cells[-1].end, cells)

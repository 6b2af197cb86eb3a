"""Cells that a table heading names: the column below it, or the cell beside it when the table reads sideways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.reading import Passage, Reading
from checker.text import Cell, Grid

_HEADING_ROWS = 5  # titles and notes stand above the heading row in sheets of everyday life


def grids(reading: Reading) -> Iterator[tuple[Passage, Grid]]:
    """Every table of the own text and of attached sheets, with the passage that it stands in."""
    yield from reading.cells
    for passage in reading.sheet_passages:
        for grid in passage.of.tables:
            yield passage, grid


def named_cells(text: str, grid: Grid, heading: re.Pattern[str], value: re.Pattern[str]) -> list[Cell]:
    """The cells of a table that a heading names, in reading order.

    text: the matching text that the grid's offsets count in. heading must match a whole cell. value: what the cell to
    the right of a heading in the first column looks like when the table reads sideways; else the heading names its
    column.
    """
    columns: dict[int, int] = {}  # column -> row of its heading
    beside = (-1, -1)
    found: list[Cell] = []
    for cell in grid.cells:
        words = text[cell.start : cell.end].strip()
        if (cell.row < _HEADING_ROWS or cell.column == 0) and heading.fullmatch(words):
            columns[cell.column] = cell.row
            beside = (cell.row, cell.columns) if cell.column == 0 else beside
        elif (cell.row, cell.column) == beside and value.match(words):
            columns.pop(0, None)
            found.append(cell)
        elif cell.row > columns.get(cell.column, cell.row):
            found.append(cell)
    return found

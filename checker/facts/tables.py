"""Tables of the own text, typed ones among them, and attached sheets."""

from __future__ import annotations

from checker.facts.kinds.attachments import Table
from checker.reading import Passage, Reading
from checker.text import Grid


def read(reading: Reading, typed: tuple[tuple[Passage, Grid], ...]) -> tuple[Table, ...]:
    """Every table: those of the own text (HTML, or typed with tabs, pipes or commas), then attached sheets."""
    found = [_table(passage, grid) for passage, grid in (*reading.cells, *typed)]
    found.sort(key=lambda table: table.place.span.start)
    for passage in reading.sheet_passages:
        found += [_table(passage, grid) for grid in passage.of.tables]
    return tuple(found)


def _table(passage: Passage, grid: Grid) -> Table:
    rows = {cell.row + n for cell in grid.cells for n in range(max(1, cell.rows))}
    columns = {cell.column + n for cell in grid.cells for n in range(max(1, cell.columns))}
    return Table(passage.place(grid.start, grid.end), float(len(rows)), float(len(columns)))

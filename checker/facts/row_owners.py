"""Whose a table's row is: the product that it names, else the one that the words above the table speak of."""

from __future__ import annotations

from checker.facts import columns
from checker.facts.belonging import Owners
from checker.reading import Passage
from checker.text import Grid


class RowOwners:
    """The products of a table's rows (columns, when it reads sideways)."""

    def __init__(self, owners: Owners, passage: Passage, grid: Grid) -> None:
        self._rows: dict[int, set[str]] = {}
        self._columns: dict[int, set[str]] = {}
        self._count = len({c.row for c in grid.cells})
        self._width = len({c.column for c in grid.cells})
        for cell in grid.cells:
            keys = {m.key for m in owners.mentions(passage.of, cell.start, max(cell.end, cell.start))}
            for row in range(cell.row, cell.row + max(1, cell.rows)) if keys else ():
                self._rows.setdefault(row, set()).update(keys)
            for column in range(cell.column, cell.column + max(1, cell.columns)) if keys else ():
                self._columns.setdefault(column, set()).update(keys)
        self._governing = owners.governing(passage, grid.start) if passage.where != "sheet" else None
        self._any = bool(self._rows)

    def of(self, value: columns.Value) -> str | None:
        """The product of a value's row or column."""
        names = (self._columns if value.sideways else self._rows).get(value.group, set())
        if len(names) == 1:
            return next(iter(names))
        single = self._width <= 2 if value.sideways else self._count <= 2
        return self._governing if not self._any and single else None

    def row(self, row: int) -> str | None:
        """The product that a row names, if it is one."""
        names = self._rows.get(row, set())
        return next(iter(names)) if len(names) == 1 else None

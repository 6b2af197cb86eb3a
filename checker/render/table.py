"""Rows for a terminal, aligned by the columns that a character takes there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size

_GAP = 2


def table(head: Sequence[str], rows: Iterable[Sequence[str]], width: int, *, widest: int) -> str:
    """A line a row under a head. The column number `widest` is cut with … where a line would pass `width`."""
    lines = [tuple(head), *map(tuple, rows)]
    sizes = [max(cell_len(line[i]) for line in lines) for i in range(len(head))]
    over = sum(sizes) + _GAP * (len(sizes) - 1) - width
    sizes[widest] = max(sizes[widest] - max(over, 0), cell_len(head[widest]))
    return "".join(_line(line, sizes) + "\n" for line in lines)


def _line(cells: Sequence[str], sizes: Sequence[int]) -> str:
    return (" " * _GAP).join(map(_fitted, cells, sizes)).rstrip()


def _fitted(text: str, size: int) -> str:
    return set_cell_size(text if cell_len(text) <= size else set_cell_size(text, size - 1) + "…", size)

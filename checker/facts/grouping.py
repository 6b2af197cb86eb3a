"""Figures that belong together: those of one product, of one row or column of a table, of one sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from checker.facts.kinds.figures import Figure
from checker.facts.sentences import SENTENCE_END
from checker.reading import Place
from checker.text import Cell, Grid

Group = list[Figure]
_HEADING_ROWS = 8
_HEADING_CELLS = 1000


def of_products(figures: Iterable[Figure]) -> Iterator[Group]:
    """Figures of one product in prose; of one row in tables and sheets, of one product in those that read sideways."""
    prose: dict[str | None, Group] = defaultdict(list)
    rows: dict[tuple[int, int, str | None], Group] = defaultdict(list)
    for figure in figures:
        if figure.place.where in ("table", "sheet"):
            rows[(*_row(figure.place), figure.product)].append(figure)
        else:
            prose[figure.product].append(figure)
    yield from prose.values()
    yield from _sideways(rows)


def _sideways(rows: dict[tuple[int, int, str | None], Group]) -> Iterator[Group]:
    """Rows as groups; where every row of a product holds one metric alone, the product's rows together."""
    by_product: dict[tuple[int, str | None], list[Group]] = defaultdict(list)
    for (text, _, product), group in rows.items():
        by_product[text, product].append(group)
    for groups in by_product.values():
        if len(groups) > 1 and all(len({f.metric for f in g}) == 1 for g in groups) and _differ(groups):
            yield [f for g in groups for f in g]
        else:
            yield from groups


def _differ(groups: list[Group]) -> bool:
    metrics = [g[0].metric for g in groups]
    return len(set(metrics)) == len(metrics)


def _row(place: Place) -> tuple[int, int]:
    of = place.span.of
    cell = _cell(place)
    if cell:
        return id(of), cell[0].start + cell[1].row
    return id(of), of.plain.rfind("\n", 0, place.span.start) + 1


def _cell(place: Place) -> tuple[Grid, Cell] | None:
    """The table and the cell that a place is in."""
    of = place.span.of
    at = of.matching_at(place.span.start)
    for grid in of.tables:
        if grid.start <= at < grid.end:
            n = bisect_right(grid.cells, at, key=lambda c: c.start)
            return (grid, grid.cells[n - 1]) if n else None
    return None


def heading(place: Place) -> str | None:
    """The folded words above a place in its column, of the first rows of its table; None outside of tables."""
    cell = _cell(place)
    if cell is None:
        return None
    of, (grid, own) = place.span.of, cell
    first = (c for c in grid.cells[:_HEADING_CELLS] if c.row < min(own.row, _HEADING_ROWS))
    above = [c for c in first if c.column <= own.column < c.column + max(1, c.columns)]
    return " ".join(of.folded[c.start : c.end] for c in above)


def of_places(figures: Iterable[Figure]) -> Iterator[Group]:
    """Figures of one sentence and product; in tables and sheets, of one row, or one column where they read sideways."""
    sentences: dict[tuple[int, int, str | None], Group] = defaultdict(list)
    cells: dict[tuple[int, int], list[tuple[Cell, Figure]]] = defaultdict(list)
    for figure in figures:
        of = figure.place.span.of
        cell = _cell(figure.place) if figure.place.where in ("table", "sheet") else None
        if cell:
            cells[id(of), cell[0].start].append((cell[1], figure))
        else:
            sentences[id(of), _sentence_start(figure.place), figure.product].append(figure)
    yield from sentences.values()
    for placed in cells.values():
        yield from _of_cells(placed)


def _sentence_start(place: Place) -> int:
    at = place.span.of.matching_at(place.span.start)
    text, start = place.span.of.matching, max(0, at - 600)
    ends = [m.end() for m in SENTENCE_END.finditer(text, start, at)]
    return ends[-1] if ends else start


def _of_cells(placed: list[tuple[Cell, Figure]]) -> Iterator[Group]:
    rows: dict[int, Group] = defaultdict(list)
    columns: dict[int, Group] = defaultdict(list)
    for cell, figure in placed:
        rows[cell.row].append(figure)
        columns[cell.column].append(figure)
    sideways = all(len({f.metric for f in group}) == 1 for group in rows.values()) and len(rows) > 1
    yield from (columns if sideways else rows).values()

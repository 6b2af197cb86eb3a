"""Figures of a table: its heading row (found, not assumed) or heading column says which metric each cell holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from checker.facts import metrics, numbers
from checker.facts.metric_headings import Column, column_of, is_heading
from checker.facts.numbers import Number
from checker.text import Cell, Grid

_HEADING_ROWS = 8
_TOTAL = re.compile(r"\s*(?:合计|总计|小计|共计|汇总|平均|均值|(?:sub|grand )?total|sum|average|avg)(?![a-z])")
# Beside cartons and units in each, what they come to.
_QUANTITY = re.compile(
    r"总数量?|总件数|总个数|合计(?:数量|件数)?|(?:发货|出货|装箱)?(?:数量|件数)"
    r"|total(?: units| qty| quantity| pcs)?|qty|quantity|units|pcs"
)
_NO_VALUE = re.compile(r"\s*(?:[-—/]+|n/?a|无|暂无|待定|tbd|tbc|null|#[a-z/0!?]+)?\s*")
_DATES = frozenset({"stockout_date", "arrival_date", "launch_date", "last_restock"})


class Value(NamedTuple):
    """A cell with its metric. number is None for dates, which the caller reads."""

    metric: str
    number: Number | None
    cell: Cell
    group: int  # cells of one product share it: the row, or the column in a table that reads sideways
    sideways: bool


def values(text: str, grid: Grid) -> Iterator[Value]:
    """The metrics' cells of a table. text: folded matching text that the grid's offsets count in."""
    rows = by_row(grid)
    head = _heading_row(text, rows)
    if head is None:
        yield from _beside(text, rows)
        return
    last, columns = head
    for r in sorted(rows):
        if r <= last or is_total(text, rows[r]):
            continue
        for cell in rows[r]:
            column = columns.get(cell.column)
            value = _value(text, cell, column, r, sideways=False) if column else None
            if value:
                yield value


def headings(text: str, grid: Grid) -> frozenset[str]:
    """The metrics that a table has a heading for."""
    rows = by_row(grid)
    head = _heading_row(text, rows)
    if head is None:
        return frozenset(
            c.metric for row in rows.values() for cell in row if (c := column_of(text[cell.start : cell.end]))
        )
    return frozenset(c.metric for c in head[1].values())


def by_row(grid: Grid) -> dict[int, list[Cell]]:
    """The cells of each row, by its number."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
    return rows


def _heading_row(text: str, rows: dict[int, list[Cell]]) -> tuple[int, dict[int, Column]] | None:
    """(last heading row, column -> metric): of the first rows the one with most headings; a second level joins it."""
    first = _most_headings(text, rows)
    below = [] if first is None else sorted(r for r in rows if r > first)
    if first is None or not below or _goes_sideways(text, rows, below):
        return None
    last = below[0] if _is_second_level(text, rows[first], rows[below[0]]) else first
    words: dict[int, str] = {}
    lowest: dict[int, str] = {}
    for r in dict.fromkeys((first, last)):
        for c in rows[r]:
            for column in range(c.column, c.column + max(1, c.columns)):
                words[column] = f"{words.get(column, '')} {text[c.start : c.end]}"
                lowest[column] = text[c.start : c.end]
    # 库存 over 在途: the lower level says more, where it names a metric by itself.
    found = {n: column_of(lowest[n]) or metric for n, said in words.items() if (metric := column_of(said))}
    if {"boxes", "per_box"} <= {c.metric for c in found.values()}:
        found |= {n: Column("total") for n, said in words.items() if _QUANTITY.fullmatch(said.strip(" *:#"))}
    return (last, found) if found else None


def _most_headings(text: str, rows: dict[int, list[Cell]]) -> int | None:
    """Of the first rows the one with most headings, two at least, one of them a metric's."""
    best, most = None, 1
    for r in sorted(rows)[:_HEADING_ROWS]:
        known = sum(is_heading(text[c.start : c.end]) for c in rows[r])
        if known > most and any(column_of(text[c.start : c.end]) for c in rows[r]):
            best, most = r, known
    return best


def _goes_sideways(text: str, rows: dict[int, list[Cell]], below: list[int]) -> bool:
    """Whether the rows below begin with headings too: 库存 | 105 | 200."""
    firsts = [c for r in below for c in rows[r] if c.column == 0]
    return len(firsts) > 1 and sum(column_of(text[c.start : c.end]) is not None for c in firsts) * 2 > len(firsts)


def _is_second_level(text: str, above: list[Cell], below: list[Cell]) -> bool:
    """Whether a row goes on with the headings above it, of which some are merged: 销量 over 近7天 and 近30天."""
    if not any(c.columns > 1 or c.rows > 1 for c in above):
        return False
    for cell in below:
        parent = next((c for c in above if c.column <= cell.column < c.column + max(1, c.columns)), None)
        if parent and column_of(f"{text[parent.start : parent.end]} {text[cell.start : cell.end]}"):
            return not text[cell.start : cell.end].strip().replace(".", "").replace(",", "").isdigit()
    return False


def is_total(text: str, row: list[Cell]) -> bool:
    """Whether a row is a total or an average of others."""
    return any(_TOTAL.match(text, c.start, c.end) for c in row[:2])


def _beside(text: str, rows: dict[int, list[Cell]]) -> Iterator[Value]:
    """A table that reads sideways: the value stands to the right of its heading."""
    for r in sorted(rows):
        column: Column | None = None
        for cell in rows[r]:
            known = column_of(text[cell.start : cell.end])
            if known:
                column = known
            elif column:
                value = _value(text, cell, column, cell.column, sideways=True)
                if value:
                    yield value


def cell_number(text: str, cell: Cell) -> Number | None:
    """The number of a cell that holds one alone, a remark in brackets aside; None for anything else."""
    words = text[cell.start : cell.end]
    # Of the cell alone: its neighbours in a line typed with commas are no part of the number.
    found = [n._replace(start=n.start + cell.start, end=n.end + cell.start) for n in numbers.find(words, 0, len(words))]
    if (
        not found
        or (len(found) > 1 and not text[found[0].end : cell.end].lstrip().startswith("("))
        or text[cell.start : found[0].start].strip(" ~≈约")
    ):
        return None
    return found[0]


def _value(text: str, cell: Cell, column: Column, group: int, *, sideways: bool) -> Value | None:
    words = text[cell.start : cell.end]
    if _NO_VALUE.fullmatch(words):
        return None
    if column.metric in _DATES:
        return Value(column.metric, None, cell, group, sideways)
    number, metric = cell_number(text, cell), column.metric
    if number is None:
        return None
    if metric == "stock" and number.unit == "days":
        metric = "dos"
    if number.unit and not metrics.fits(metric, number.unit):
        return None
    if column.days != 1.0:
        number = number._replace(
            value=number.value / column.days, high=number.high / column.days, precision=number.precision / column.days
        )
    return Value(metric, number, cell, group, sideways)

"""Total rows of tables and sheets, and what the cells above them come to."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.facts import columns
from checker.facts.headings import grids
from checker.facts.kinds.figures import Total
from checker.facts.numbers import Number
from checker.reading import Passage, Reading
from checker.text import Cell, Grid

_SUBTOTAL = re.compile(r"\s*(?:小计|sub-?total)")
_TOTAL = re.compile(r"\s*(?:合计|总计|共计|汇总|总和|(?:grand |sub-?)?totals?(?![a-z])|sum(?![a-z])|小计)")
# What may be added up: quantities and amounts.
_ADDS = re.compile(
    r"数量?|件|箱|库存|可售|在途|销量|金额|总额|费用?|花费|销售|货值|曝光|点击|订单|补货|采购|合计|重量|体积"
    r"|(?<![a-z])(?:qty|quantity|units?|pcs|amount|cost|fees?|stock|inventory|on hand|available|in transit|inbound"
    r"|order|spend|sales|sold|revenue|impressions|clicks|orders|cartons?|ctns?|boxes|total|weight|volume|value)(?![a-z])"
)
_NEVER_ADDS = re.compile(
    r"均|率|单价|售价|价格|天数|天\)|\(天|评分|排名|占比|百分比|编号|序号|单号|订单号|每箱|箱规|系数|规格|年龄|库龄|安全|周转|%"
    r"|(?<![a-z])(?:avg|average|mean|rate|ratio|price|days?|dos|rating|rank|share|no\.?|number|id|per|acos|roas|ctr|cvr|cpc"
    r"|size|safety|cover(?:age)?|daily)(?![a-z])"
)
# A table that does not show all of its rows, or shows some of them twice.
_NOT_ALL = re.compile(r"…|\.{3}|省略|部分|节选|前\s?\d+|top ?\d+|父体|parent|其中|of which|含以上")
_EMPTY = re.compile(r"\s*(?:[-—–/]+|n/?a|无)?\s*")
_COUNT_WORDS = re.compile(
    r"数量|件|箱|补货|采购|库存|可售|在途|销量|点击|曝光|订单|(?<![a-z])(?:qty|quantity|units?|pcs|clicks|orders)(?![a-z])"
)


class _Column(NamedTuple):
    """A column's heading, its cells by row, and its cells in total rows."""

    heading: str
    parts: dict[int, Number | None]  # None: empty
    totals: dict[int, tuple[Cell, Number]]


def read(reading: Reading, typed: tuple[tuple[Passage, Grid], ...]) -> tuple[Total, ...]:
    """Every cell of a total row whose column holds quantities or amounts, all of them readable, at least two."""
    found: list[Total] = []
    for passage, grid in (*grids(reading), *typed):
        found += _of_table(passage, grid)
    return tuple(found)


def _of_table(passage: Passage, grid: Grid) -> Iterator[Total]:
    text = passage.of.folded
    if not _TOTAL.search(text, grid.start, grid.end):
        return
    rows = columns.by_row(grid)
    summing = {r for r, row in rows.items() if any(_TOTAL.match(text, c.start, c.end) for c in row[:2])}
    head = _head(text, rows, summing)
    if head is None or not summing or _NOT_ALL.search(text, grid.start, grid.end):
        return
    left_out = {r for r, row in rows.items() if r not in summing and columns.is_total(text, row)}  # averages
    for column, heading in head[1].items():
        cells = [c for r in sorted(rows) if r > head[0] and r not in left_out for c in rows[r] if c.column == column]
        found = _column(text, heading, cells, summing)
        if found:
            subtotals = {r for r in summing if any(_SUBTOTAL.match(text, c.start, c.end) for c in rows[r][:2])}
            yield from _totals(passage, found, subtotals, head[0])


def _head(text: str, rows: dict[int, list[Cell]], summing: set[int]) -> tuple[int, dict[int, str]] | None:
    """(last heading row, column -> heading that may be added up): the row above the first one that holds numbers."""
    ordered = sorted(rows)
    first = next((r for r in ordered if sum(columns.cell_number(text, c) is not None for c in rows[r]) > 0), None)
    above = [r for r in ordered if first is not None and r < first and r not in summing]
    if not above:
        return None
    last = above[-1]
    headings = {c.column: text[c.start : c.end].strip() for c in rows[last]}
    return last, {n: words for n, words in headings.items() if _ADDS.search(words) and not _NEVER_ADDS.search(words)}


def _column(text: str, heading: str, cells: list[Cell], summing: set[int]) -> _Column | None:
    """A column whose cells can all be read and count the same thing."""
    parts: dict[int, Number | None] = {}
    totals: dict[int, tuple[Cell, Number]] = {}
    for cell in cells:
        number = columns.cell_number(text, cell)
        if cell.columns > 1 or (number is None and not _EMPTY.fullmatch(text, cell.start, cell.end)):
            return None
        if cell.row not in summing:
            parts[cell.row] = number
        elif number is not None:
            totals[cell.row] = (cell, number)
    numbers = [n for n in (*parts.values(), *(n for _, n in totals.values())) if n is not None]
    if len({n.unit for n in numbers if n.unit}) > 1 or any(
        n.unit in ("percent", "days") or n.high > n.value for n in numbers
    ):
        return None
    return _Column(heading, parts, totals)


def _totals(passage: Passage, column: _Column, subtotals: set[int], head: int) -> Iterator[Total]:
    ends = sorted(column.totals)
    for row, (_, number) in column.totals.items():
        before = max((r for r in ends if r < row), default=head)
        section = [n for r, n in column.parts.items() if before < r < row and n]
        every = [n for r, n in column.parts.items() if (r < row or row == min(ends)) and n]
        if row == min(ends) and not section:  # the total stands above what it counts
            section = every
        wanted = section if row in subtotals else every
        if len(wanted) < 2:
            continue
        sums = [_sum(section), _sum(every), sum(column.totals[r][1].value for r in ends if r < row and r in subtotals)]
        slack = _slack(column.heading, wanted, number)
        expected = next((s for s in sums if abs(s - number.value) <= slack), _sum(wanted))
        if _holds_its_own_total(wanted, number):
            continue
        yield Total(
            place=passage.place(number.start, number.end),
            heading=column.heading,
            parts=float(len(wanted)),
            value=number.value,
            expected=round(expected, 2),
            low_allowed=expected - slack,
            high_allowed=expected + slack,
        )


def _sum(numbers: list[Number]) -> float:
    return math.fsum(n.value for n in numbers)


def _slack(heading: str, parts: list[Number], total: Number) -> float:
    """How far rounding of what is shown can take the sum from the total: half a step each; counts are exact."""
    exact = _COUNT_WORDS.search(heading.lower()) is not None
    steps = [0.0 if exact and n.precision == 1 and not n.approximate else n.precision for n in (*parts, total)]
    about = sum(0.1 * n.value for n in (*parts, total) if n.approximate)
    return sum(steps) / 2 + about + 1e-6


def _holds_its_own_total(parts: list[Number], total: Number) -> bool:
    """A row that already is the sum of the others (a parent product) counts everything twice."""
    every = _sum(parts)
    return any(abs(2 * n.value - every) < 1e-6 and abs(n.value - total.value) < 1e-6 for n in parts)

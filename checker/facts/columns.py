"""Figures of a table: its heading row (found, not assumed) or heading column says which metric each cell holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from checker.facts import metrics, numbers
from checker.facts.numbers import Number
from checker.text import Cell, Grid

_HEADING_ROWS = 8
_LONGEST_HEADING = 40
_PRODUCT = re.compile(
    r"(?:父|子|产品|商品|平台|parent|child)?[ -]?(?:asins?|m?skus?|fnsku|品名|产品(?:名称)?|商品(?:名称)?|名称"
    r"|型号|款式|货号|款号|product|item|name|title|站点|仓库|marketplace)(?:编号|编码|号|1)?(?:\s*[/|、(].*)?"
)
_TOTAL = re.compile(r"\s*(?:合计|总计|小计|共计|汇总|平均|均值|(?:sub|grand )?total|sum|average|avg)(?![a-z])")
_WINDOW = re.compile(
    r"(?:近|过去|最近|前)?\s?(\d{1,3}|七|三十|十四)\s?(天|日|周|个?月|d(?![a-z])|-?days?|weeks?|months?)|(?:last"
    r"|past|previous|t|l)\s?-?(\d{1,3})(?: ?d(?:ays?)?)?(?![a-z])|(上|本|单)?(周|月)(?=销|度)|(weekly|monthly"
    r"|last week|last month)"
)
_SALES = re.compile(
    r"销量|销售(?!额|价)|售出|出单|单量|订单量|卖出|动销|(?<![a-z])(?:sales|sold|units|orders)(?![a-z])"
)
_AVERAGE = re.compile(r"均|每[天日]|/天|/日|(?<![a-z])(?:avg|average|mean|daily|per day|/ ?day|velocity)")
_AFTER_ORDER = re.compile(
    r"(?:补货|到货|入仓|采购|下单)后|after (?:order|restock|arrival|po|replenish)|含(?:本次)?补货"
)
_WITH_TRANSIT = re.compile(
    r"(?:含|加|包括?|和|\+)\s?在途|在途后|(?:incl\.?|including|with|\+) ?(?:inbound|in[- ]transit)"
)
_TARGET = re.compile(r"目标|标准|安全|target|goal|safety|minimum")
_COVERAGE = re.compile(
    r"(?:覆盖|备货|目标|计划|补货)(?:销售)?天数|(?<![a-z])(?:coverage|cover days|days to cover|target days)"
)
_CONVERSIONS = re.compile(r"(?:广告|总)?(?:订单|出单|成交)(?:数量|数|量)?|(?:ad |total )?orders|conversions")
_DIGIT = re.compile(r"\d")
_CARTONS = {
    "boxes": re.compile(
        r"(?:总|发货|装)?箱数量?|(?:(?:no\.?|number|qty) of |total )?(?:cartons?|ctns?|boxes|cases)(?: qty| count)?"
    ),
    "per_box": re.compile(
        r"每箱(?:数量?|件数|个数|装量?|装箱数)?|箱规|单箱(?:数量?|件数)|装箱数量?"
        r"|(?:units?|pcs|qty|quantity) ?(?:per|/) ?(?:carton|ctn|box|case)|(?:carton|case|box) (?:qty|quantity|pack)"
    ),
}
# Beside cartons and units in each, what they come to.
_QUANTITY = re.compile(
    r"总数量?|总件数|总个数|合计(?:数量|件数)?|(?:发货|出货|装箱)?(?:数量|件数)"
    r"|total(?: units| qty| quantity| pcs)?|qty|quantity|units|pcs"
)
_BY_BOX = re.compile(r"箱|carton|ctn|box")
_NO_VALUE = re.compile(r"\s*(?:[-—/]+|n/?a|无|暂无|待定|tbd|tbc|null|#[a-z/0!?]+)?\s*")
_DATES = frozenset({"stockout_date", "arrival_date", "launch_date", "last_restock"})


class Column(NamedTuple):
    """What a heading stands for: a metric, and the days over which its numbers were counted."""

    metric: str
    days: float = 1.0


class Value(NamedTuple):
    """A cell with its metric. number is None for dates, which the caller reads. last_row: of a merged product cell."""

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


def is_heading(words: str) -> bool:
    """Whether a folded cell reads like the name of a metric or product column."""
    return len(words) <= _LONGEST_HEADING and (
        column_of(words) is not None or _PRODUCT.fullmatch(words.strip()) is not None
    )


@lru_cache(maxsize=512)
def column_of(words: str) -> Column | None:
    """What a folded heading stands for, None when it names no metric."""
    words = re.sub(r"\s+", " ", words).strip(" *:#")
    if not words or len(words) > _LONGEST_HEADING:
        return None
    if _BY_BOX.search(words):
        return next((Column(metric) for metric, heading in _CARTONS.items() if heading.fullmatch(words)), None)
    if _DIGIT.search(words) and not (_WINDOW.search(words) and (_SALES.search(words) or _AVERAGE.search(words))):
        return None
    day = next(iter(metrics.day_labels(words, 0, len(words))), None)
    if (
        day
        and not re.search(r"天数|数量|次数|qty", words)
        and not (day.metric == "stockout_date" and re.search(r"率|损失", words))
    ):
        return Column(day.metric)
    if re.search(r"断货天数|缺货天数", words):
        return None
    window = _window(words)
    if window:
        return window
    if _COVERAGE.search(words) or (_AFTER_ORDER.search(words) and re.search(r"天|dos|days|cover", words)):
        return Column("coverage")
    if _WITH_TRANSIT.search(words) and re.search(r"天|dos|days|cover", words):
        return Column("dos")
    if _CONVERSIONS.fullmatch(words):
        return Column("conversions")
    names = [n.metric for n in metrics.labels(words, 0, len(words))]
    name = next((n for n in names if n not in ("hold", "support")), None)
    if name is None or name == "void" or (name in ("dos", "stock", "daily_sales") and _TARGET.search(words)):
        return None
    if name == "rating" and _TARGET.search(words):
        return Column("rating_to")
    if name == "stock" and re.search(r"(?<![a-z])days|天", words):
        return Column("dos")
    if name == "coverage" and re.fullmatch(r"(?:days? (?:of )?)?cover ?\(?(?:in )?(?:days?|d)?\)?|days cover", words):
        return Column("dos")
    if name == "in_transit" and re.search(r"(?<![a-z])days|天", words):
        return None
    return Column(name)


def _window(words: str) -> Column | None:
    m = _WINDOW.search(words)
    if not m or not _SALES.search(words):
        return None
    if _AVERAGE.search(words):
        return Column("daily_sales")
    count = m[1] or m[3]
    many = {"七": 7.0, "三十": 30.0, "十四": 14.0}.get(count or "") or (float(count) if count else 1.0)
    unit = m[2] or m[5] or m[6] or "d"
    return Column(
        "daily_sales",
        many
        * (7 if unit[0] == "w" or "周" in unit or "week" in unit else 30 if "月" in unit or "month" in unit else 1),
    )


def by_row(grid: Grid) -> dict[int, list[Cell]]:
    """The cells of each row, by its number."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
    return rows


def _heading_row(text: str, rows: dict[int, list[Cell]]) -> tuple[int, dict[int, Column]] | None:
    """(last heading row, column -> metric): of the first rows the one with most headings; a second level joins it."""
    best, most = None, 1
    for r in sorted(rows)[:_HEADING_ROWS]:
        known = sum(is_heading(text[c.start : c.end]) for c in rows[r])
        if known > most and any(column_of(text[c.start : c.end]) for c in rows[r]):
            best, most = r, known
    if best is None or not any(r > best for r in rows):
        return None
    below = next(r for r in sorted(rows) if r > best)
    # Sideways: the rows below begin with headings too (库存 | 105 | 200).
    firsts = [c for r in rows for c in rows[r] if r > best and c.column == 0]
    if len(firsts) > 1 and sum(column_of(text[c.start : c.end]) is not None for c in firsts) * 2 > len(firsts):
        return None
    words: dict[int, str] = {}
    last: dict[int, str] = {}
    levels = [best]
    if any(c.columns > 1 or c.rows > 1 for c in rows[best]) and _is_second_level(text, rows[best], rows[below]):
        levels.append(below)
    for r in levels:
        for c in rows[r]:
            for column in range(c.column, c.column + max(1, c.columns)):
                words[column] = f"{words.get(column, '')} {text[c.start : c.end]}"
                last[column] = text[c.start : c.end]
    # 库存 over 在途: the lower level says more, where it names a metric by itself.
    found = {column: column_of(last[column]) or metric for column, said in words.items() if (metric := column_of(said))}
    if {"boxes", "per_box"} <= {c.metric for c in found.values()}:
        found |= {column: Column("total") for column, said in words.items() if _QUANTITY.fullmatch(said.strip(" *:#"))}
    return (levels[-1], found) if found else None


def _is_second_level(text: str, above: list[Cell], below: list[Cell]) -> bool:
    """Whether a row goes on with the headings above it: 销量 over 近7天 and 近30天."""
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

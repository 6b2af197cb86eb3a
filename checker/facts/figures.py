"""Figures: every quantity of the subject, the own text, its tables and attached sheets, with metric and product."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from checker.facts import columns, dates, metrics, text_tables
from checker.facts.belonging import Owners
from checker.facts.contexts import counts_order_in, orders
from checker.facts.dayscope import nearest
from checker.facts.headings import grids
from checker.facts.kinds import Asin, Figure, Identifier
from checker.facts.metrics import Label
from checker.facts.numbers import Number, may_hold
from checker.facts.statements import Statement, statements
from checker.reading import Passage, Reading
from checker.text import Grid, Text

# 105\uff0c200 is a list, 1\uff0c500 one number.
_LONGEST_SENTENCE = 1000
_MOST_FIGURES = 2000  # of a passage of prose; rules look at far fewer
_WIDE_COMMA = re.compile(r"(?<=\d),(?=\d)(?!(?<!\d\d\d,)\d{3}(?!\d))")
_BARE_DAY = re.compile(
    r"(?<![\d./$¥€£-])(\d{1,2})[/.](\d{1,2})(?![\d/%]|\.\d|\s?(?:天|件|个|周|星|分|小时|万|元|k|w|days?|weeks?"
    r"|units?|pcs|stars?))"
)
_SENTENCE_END = re.compile(r"[。！？!?;；\n]|\.(?=\s|$)|…{2,}")
_COMMA = re.compile(r"[,;。\n]")

_TO_DAY = re.compile(
    r"(?:[\s:=~\"(（)—-]|\([^()]{0,14}\)|是|为|在|于|大概|大约|约|预计|预估|可能|将|会|定|到|至|计划|暂定|仍|还"
    r"|目前|已|经|推迟|延后?|提前|改|调整|更新|顺延|最早|最晚|最迟|时间|日期|日|点"
    r"|(?:is|are|was|on|by|around|about|expected|projected|estimated|now|currently|date|to|will|be|as|of|at|in"
    r"|the|for|early|late|mid|approximately|before|soon|set|scheduled|planned"
    r"|moved|changed|from|our|stock|inventory|we|it|us|until|till|again|fba|warehouse|delayed|revised)(?![a-z]))*"
)
_FROM_DAY = re.compile(
    r"(?:[\s,)]|\([^()]{0,8}\)|前后|左右|那天|当天|以?前|之前|附近|就|会|将|要|可能|预计|面临|全面|开始|完全"
    r"|彻底|出现|即|便|也|全部|基本|库存|才能?|可以?|能|货[物柜]?|该?产品|重新|正式|方可|到|的"
    r"|(?:the|we|it|this|stock|inventory|will|would|be|are|is|going|to|likely|at|our|current|asin|fba|product"
    r"|for|projected|expected|estimated|as)(?![a-z]))*"
)
_NO_STOCKOUT = re.compile(
    r"(?:避免|防止|以免|免得|不会|不至于|未|已经?|曾|上次|刚|从未|(?<![a-z])(?:avoid(?:ing)?|prevent(?:ing)?|not"
    r"|never|already|was|were|went|had))\s*(?:出现|发生|再次|any |the |a |going |be |been |of )*$"
)
_BY = re.compile(r"\s?(?:以?前(?!后)|之前)")
_BY_BEFORE = re.compile(r"(?<![a-z])(?:before|by|no later than)\s*$|(?:最晚|最迟|不晚于)\s*$")
_ABOUT = re.compile(r"\s?(?:左右|前后|上下)")
_ABOUT_BEFORE = re.compile(r"(?:约|大概|大约|~|(?<![a-z])(?:around|about|approx\.?|approximately|roughly|circa))\s*$")
# Said of orders as well as of the stock: 可卖到5月10日, lasts until 10 May.
_LAST_TO = re.compile(r"到|last|until|till")
_COARSE = re.compile(r"底|初|中|旬|周(?![一二三四五六日天末])|week|end of|early|mid|late|month")


def read(
    reading: Reading, asins: tuple[Asin, ...], skus: tuple[Identifier, ...], now: datetime, date_order: str
) -> tuple[Figure, ...]:
    """Every figure that the sender gives, in order of place: subject, own text with its tables, sheets.

    now: when the mail is sent; days are reckoned from it. Quoted history is not read.
    """
    reader = _Reader(Owners(reading, asins, skus), now, date_order)
    found: list[Figure] = []
    for passage in reading.written:
        if passage.where != "table":
            found += islice(reader.prose(passage), _MOST_FIGURES)
    for passage, grid in grids(reading):
        found += reader.table(passage, grid)
    order = {id(p.of): n for n, p in enumerate((reading.subject, *reading.own[:1], *reading.sheet_passages))}
    return tuple(sorted(found, key=lambda f: (order.get(id(f.place.span.of), 0), f.place.span.start)))


class _Reader:
    """Reads passages with one set of owners and one date of sending."""

    def __init__(self, owners: Owners, now: datetime, date_order: str) -> None:
        self.owners, self.now, self.order = owners, now, date_order
        self._texts: dict[int, str] = {}

    def prose(self, passage: Passage) -> Iterator[Figure]:
        """Figures of running text; tables typed in it are read as tables."""
        text = self._text(passage.of)
        if not may_hold(text, passage.start, passage.end):
            return
        typed = text_tables.find(passage)
        for grid in typed:
            yield from self.table(Passage(passage.of, grid.start, grid.end, passage.zone, "table"), grid)
        for start, end in _sentences(text, passage.start, passage.end, typed):
            yield from self._sentence(passage, text, start, end)

    def table(self, passage: Passage, grid: Grid) -> Iterator[Figure]:
        """Figures of a table's cells, and of sentences that stand in cells."""
        text = passage.of.folded
        owners = _RowOwners(self.owners, passage, grid)
        read: set[tuple[int, int]] = set()
        for value in columns.values(text, grid):
            read.add((value.cell.row, value.cell.column))
            owner = owners.of(value)
            if value.number is not None:
                yield self._figure(passage, value.metric, value.number, owner, reported=False)
            else:
                yield from self._day_cell(passage, value, owner)
        for cell in grid.cells:
            if (cell.row, cell.column) not in read and cell.end - cell.start > 7 and passage.where != "sheet":
                for start, end in _sentences(text, cell.start, cell.end, ()):
                    yield from self._sentence(passage, text, start, end, owners.row(cell.row))

    def _text(self, of: Text) -> str:
        """Folded matching text in which a full-width comma between digits does not read as one of thousands."""
        if id(of) not in self._texts:
            text = of.folded
            if "\uff0c" in of.plain or "\u3001" in of.plain:
                text = _WIDE_COMMA.sub(
                    lambda m: "," if of.plain[of.readable(m.start(), m.end())[0]] == "," else "、", text
                )
            self._texts[id(of)] = text
        return self._texts[id(of)]

    def _sentence(
        self, passage: Passage, text: str, start: int, end: int, owner: str | None = None
    ) -> Iterator[Figure]:
        if not may_hold(text, start, end):
            return
        codes = tuple((m.start, m.end) for m in self.owners.mentions(passage.of, start, end))
        used: set[int] = set()
        for said in statements(text, start, end, codes):
            used.add(said.number.start)
            metric, number, day, unit = said.metric, said.number, None, ""
            if metric == "stockout_days":
                unit, metric, day = (
                    "days",
                    "stockout_date",
                    self.now.date() + timedelta(days=round(min(number.value, 3000))),
                )
                number = number._replace(precision=number.value if number.approximate else number.precision)
            for product in (owner,) if owner else self.owners.of_statement(passage, start, end, said):
                yield self._figure(passage, metric, number, product, reported=said.reported, day=day, unit=unit)
        names = metrics.day_labels(text, start, end)
        if names:
            yield from self._days(passage, text, (start, end), names, owner, used)

    def _days(
        self,
        passage: Passage,
        text: str,
        sentence: tuple[int, int],
        names: Iterable[Label],
        owner: str | None,
        used: set[int],
    ) -> Iterator[Figure]:
        """Days beside the name of a date: 预计断货时间 3月17日, 将于3/17断货."""
        start, end = sentence
        moments = [
            m
            for m in dates.find(Passage(passage.of, start, end, passage.zone, passage.where), self.now, self.order)
            if m.day is not None and m.dated and not any(m.start <= u < m.end for u in used)
        ]
        moments = sorted([*moments, *self._bare_days(text, sentence, moments)], key=lambda m: m.start)
        taken: set[int] = set()
        for name in names:
            moment = _moment_of(text, name, [m for m in moments if m.start not in taken])
            if moment is None or moment.day is None:
                continue
            before = text[start : name.start]
            if name.metric == "stockout_date" and (
                _NO_STOCKOUT.search(_COMMA.split(before)[-1])
                or _NO_STOCKOUT.search(text[start : moment.start])
                or counts_order_in(text, start, name.start)
                or (_LAST_TO.search(text, name.start, name.end) and orders(text, start, name.start))
                or (moment.day < self.now.date() and not moment.explicit_year)
            ):
                continue
            taken.add(moment.start)
            number = self._day_number(text, moment)
            said = Statement(name.metric, number, False)
            for product in (owner,) if owner else self.owners.of_statement(passage, start, end, said):
                yield self._figure(passage, name.metric, number, product, reported=False, day=moment.day)

    def _bare_days(self, text: str, sentence: tuple[int, int], moments: list[dates.Moment]) -> Iterator[dates.Moment]:
        """3/17 and 3.17, which are days only because the name of a date stands beside them."""
        for m in _BARE_DAY.finditer(text, *sentence):
            if any(k.start < m.end() and m.start() < k.end for k in moments):
                continue
            month, day = int(m[1]), int(m[2])
            if self.order == "dmy" and "/" in m[0]:
                month, day = day, month
            if 1 <= month <= 12 and 1 <= day <= 31:
                found = nearest(month, day, self.now.date())
                yield dates.Moment(m.start(), m.end(), found, None, None, None, relative=False, explicit_year=False)

    def _day_number(self, text: str, moment: dates.Moment) -> Number:
        days = float((moment.day - self.now.date()).days) if moment.day else 0.0
        ahead = text[max(0, moment.start - 14) : moment.start]
        precision = 1.0
        if _BY.match(text, moment.end) or _BY_BEFORE.search(ahead):
            precision = max(days, 3.0)
        elif _COARSE.search(text, moment.start, moment.end):
            precision = 10.0
        elif _ABOUT.match(text, moment.end) or _ABOUT_BEFORE.search(ahead):
            precision = 3.0
        return Number(moment.start, moment.end, days, days, precision, precision > 1, "date")

    def _day_cell(self, passage: Passage, value: columns.Value, owner: str | None) -> Iterator[Figure]:
        cell = Passage(passage.of, value.cell.start, value.cell.end, passage.zone, passage.where)
        moments = [m for m in dates.find(cell, self.now, self.order) if m.day is not None]
        moments = moments or list(self._bare_days(passage.of.folded, (cell.start, cell.end), []))
        if moments and moments[0].day is not None:
            number = self._day_number(passage.of.folded, moments[0])
            yield self._figure(passage, value.metric, number, owner, reported=False, day=moments[0].day)

    def _figure(
        self,
        passage: Passage,
        metric: str,
        number: Number,
        product: str | None,
        *,
        reported: bool,
        day: date | None = None,
        unit: str = "",
    ) -> Figure:
        return Figure(
            place=passage.place(number.start, number.end),
            metric=metric,
            value=number.value,
            high=number.high,
            unit=unit or "date" if day else number.unit or _UNIT.get(metric, ""),
            precision=number.precision,
            approximate=number.approximate,
            product=product,
            reported=reported,
            date=day.isoformat() if day else None,
        )


_UNIT = {
    "stock": "units", "daily_sales": "units_per_day", "dos": "days", "order": "units", "in_transit": "units",
    "coverage": "days", "acos": "percent", "rating": "stars", "rating_to": "stars",
}  # fmt: skip


class _RowOwners:
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


def _sentences(text: str, start: int, end: int, left_out: tuple[Grid, ...]) -> Iterator[tuple[int, int]]:
    at = start
    for stop in (*(m.end() for m in _SENTENCE_END.finditer(text, start, end)), end):
        if stop - at > 1 and not any(g.start <= at < g.end for g in left_out):
            # What goes on for ever is no sentence, and reading one takes the square of its length.
            while stop - at > _LONGEST_SENTENCE:
                cut = max(
                    text.rfind(",", at + 1, at + _LONGEST_SENTENCE), text.rfind(" ", at + 1, at + _LONGEST_SENTENCE)
                )
                cut = cut + 1 if cut > 0 else at + _LONGEST_SENTENCE
                yield at, cut
                at = cut
            yield at, stop
        at = stop


def _moment_of(text: str, name: Label, moments: list[dates.Moment]) -> dates.Moment | None:
    """The day that a label speaks of: the one behind it, of a change (from … to …) the last, else the one before it."""
    behind = [m for m in moments if m.start >= name.end and m.start - name.end <= 40]
    if behind and _TO_DAY.fullmatch(text, name.end, behind[0].start):
        if len(behind) > 1 and re.fullmatch(
            r"[^\d,。;]{0,12}(?:到|至|为|to|→|->)\s*", text[behind[0].end : behind[1].start]
        ):
            return behind[1]
        return behind[0]
    before = [m for m in moments if m.end <= name.start and name.start - m.end <= 40]
    if before and _FROM_DAY.fullmatch(text, before[-1].end, name.start):
        return before[-1]
    inside = [m for m in moments if m.start < name.end and m.end > name.start]
    return inside[0] if inside else None

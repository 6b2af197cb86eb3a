"""Figures: every quantity of the subject, the own text, its tables and attached sheets, with metric and product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from checker.budget import Budget, in_time
from checker.facts import columns, metrics
from checker.facts.bare_numbers import may_hold
from checker.facts.belonging import Owners
from checker.facts.headings import grids
from checker.facts.kinds.figures import Figure
from checker.facts.named_days import Calendar
from checker.facts.numbers import Number
from checker.facts.row_owners import RowOwners
from checker.facts.sentence import Statement
from checker.facts.sentences import sentences
from checker.facts.statements import statements
from checker.reading import Passage, Reading
from checker.text import Grid, Text

_MOST_FIGURES = 2000  # of a passage of prose; rules look at far fewer
_WIDE_COMMA = re.compile(r"(?<=\d),(?=\d)(?!(?<!\d\d\d,)\d{3}(?!\d))")


def read(
    reading: Reading,
    typed: tuple[tuple[Passage, Grid], ...],
    owners: Owners,
    now: datetime,
    date_order: str,
    budget: Budget,
) -> tuple[Figure, ...]:
    """Every figure that the sender gives, in order of place: subject, own text with its tables, sheets.

    typed: the tables that stand in the prose. now: when the mail is sent; days are reckoned from it. Quoted history is
    not read.
    """
    reader = _Reader(owners, typed, now, date_order)
    found: list[Figure] = []
    for passage in reading.written:
        if passage.where != "table":
            found += islice(reader.prose(passage), _MOST_FIGURES)
    for passage, grid in grids(reading):
        found += in_time(reader.table(passage, grid), budget, "figures")
    order = {id(p.of): n for n, p in enumerate((reading.subject, *reading.own[:1], *reading.sheet_passages))}
    return tuple(sorted(found, key=lambda f: (order.get(id(f.place.span.of), 0), f.place.span.start)))


class _Reader:
    """Reads passages with one set of owners and one date of sending."""

    def __init__(self, owners: Owners, typed: tuple[tuple[Passage, Grid], ...], now: datetime, date_order: str) -> None:
        self.typed = typed
        self.owners, self.today, self.calendar = owners, now.date(), Calendar(now, date_order)
        self._texts: dict[int, str] = {}

    def prose(self, passage: Passage) -> Iterator[Figure]:
        """Figures of running text; tables typed in it are read as tables."""
        text = self._text(passage.of)
        if not may_hold(text, passage.start, passage.end):
            return
        typed = [t for t in self.typed if t[0].of is passage.of and passage.start <= t[1].start < passage.end]
        for table, grid in typed:
            yield from self.table(table, grid)
        for start, end in sentences(text, passage.start, passage.end, tuple(grid for _, grid in typed)):
            yield from self._sentence(passage, text, start, end)

    def table(self, passage: Passage, grid: Grid) -> Iterator[Figure]:
        """Figures of a table's cells, and of sentences that stand in cells."""
        text = passage.of.folded
        owners = RowOwners(self.owners, passage, grid)
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
                for start, end in sentences(text, cell.start, cell.end, ()):
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
                    self.today + timedelta(days=round(min(number.value, 3000))),
                )
                number = number._replace(precision=number.value if number.approximate else number.precision)
            for product in (owner,) if owner else self.owners.of_statement(passage, start, end, said):
                yield self._figure(passage, metric, number, product, reported=said.reported, day=day, unit=unit)
        names = metrics.day_labels(text, start, end)
        if not names:
            return
        sentence = Passage(passage.of, start, end, passage.zone, passage.where)
        for metric, day, number in self.calendar.beside(sentence, text, names, used):
            said = Statement(metric, number, False)
            for product in (owner,) if owner else self.owners.of_statement(passage, start, end, said):
                yield self._figure(passage, metric, number, product, reported=False, day=day)

    def _day_cell(self, passage: Passage, value: columns.Value, owner: str | None) -> Iterator[Figure]:
        cell = Passage(passage.of, value.cell.start, value.cell.end, passage.zone, passage.where)
        found = self.calendar.in_cell(cell, value.metric)
        if found:
            yield self._figure(passage, found.metric, found.number, owner, reported=False, day=found.day)

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

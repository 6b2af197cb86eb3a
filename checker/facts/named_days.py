"""Days beside the name of a date: 预计断货时间 3月17日, 将于3/17断货, ETA 28 March."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from checker.facts import dates
from checker.facts.contexts import counts_order_in, orders
from checker.facts.dayscope import nearest
from checker.facts.metrics import Label
from checker.facts.numbers import Number
from checker.reading import Passage

_BARE_DAY = re.compile(
    r"(?<![\d./$¥€£-])(\d{1,2})[/.](\d{1,2})(?![\d/%]|\.\d|\s?(?:天|件|个|周|星|分|小时|万|元|k|w|days?|weeks?"
    r"|units?|pcs|stars?))"
)
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
_NO_ARRIVAL = re.compile(
    r"会议?(?![计])|例会|面谈|电话会|培训|截止|付款|deadline|(?<![a-z])(?:meeting|call|webinar|training|payment|invoice)(?![a-z])"
)
_BY = re.compile(r"\s?(?:以?前(?!后)|之前)")
_BY_BEFORE = re.compile(r"(?<![a-z])(?:before|by|no later than)\s*$|(?:最晚|最迟|不晚于)\s*$")
_ABOUT = re.compile(r"\s?(?:左右|前后|上下)")
_ABOUT_BEFORE = re.compile(r"(?:约|大概|大约|~|(?<![a-z])(?:around|about|approx\.?|approximately|roughly|circa))\s*$")
# Said of orders as well as of the stock: 可卖到5月10日, lasts until 10 May.
_LAST_TO = re.compile(r"到|last|until|till")
_COARSE = re.compile(r"底|初|中|旬|周(?![一二三四五六日天末])|week|end of|early|mid|late|month")


class NamedDay(NamedTuple):
    """A day that a date's name speaks of: the metric, the day, and its distance from the mail as a number."""

    metric: str
    day: date
    number: Number


class Calendar:
    """Finds days, reckoned from the mail's own. order: how 3/4 is read, ymd, mdy or dmy."""

    def __init__(self, now: datetime, order: str) -> None:
        self.now, self.order = now, order

    def beside(self, passage: Passage, text: str, names: Iterable[Label], used: set[int]) -> Iterator[NamedDay]:
        """The days of the passage, a sentence of the text, beside names of dates. used: where bound numbers start."""
        start, end = passage.start, passage.end
        moments = [
            m
            for m in dates.find(passage, self.now, self.order)
            if m.day is not None and m.dated and not any(m.start <= u < m.end for u in used)
        ]
        moments = sorted([*moments, *self._bare_days(text, (start, end), moments)], key=lambda m: m.start)
        taken: set[int] = set()
        for name in names:
            moment = _moment_of(text, name, [m for m in moments if m.start not in taken])
            if moment is None or moment.day is None or not self._forecasts(text, start, name, moment):
                continue
            taken.add(moment.start)
            yield NamedDay(name.metric, moment.day, self._number(text, moment))

    def in_cell(self, cell: Passage, metric: str) -> NamedDay | None:
        """The first day of a table's cell."""
        text = cell.of.folded
        moments = [m for m in dates.find(cell, self.now, self.order) if m.day is not None]
        moments = moments or list(self._bare_days(text, (cell.start, cell.end), []))
        if not moments or moments[0].day is None:
            return None
        return NamedDay(metric, moments[0].day, self._number(text, moments[0]))

    def _forecasts(self, text: str, start: int, name: Label, moment: dates.Moment) -> bool:
        """Whether a day is what is expected: no stock-out that is past, avoided or reckoned with an order."""
        if name.metric == "arrival_date":
            return not _NO_ARRIVAL.search(text, start, name.start)
        if name.metric != "stockout_date":
            return True
        return not (
            _NO_STOCKOUT.search(_COMMA.split(text[start : name.start])[-1])
            or _NO_STOCKOUT.search(text[start : moment.start])
            or counts_order_in(text, start, name.start)
            or (_LAST_TO.search(text, name.start, name.end) and orders(text, start, name.start))
            or (moment.day is not None and moment.day < self.now.date() and not moment.explicit_year)
        )

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

    def _number(self, text: str, moment: dates.Moment) -> Number:
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

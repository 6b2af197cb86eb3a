"""What days are reckoned from, and the small sums that all kinds of days share."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from checker.facts.spots import Run

_BACK, _AHEAD = timedelta(days=92), timedelta(days=272)  # a day without a year: nearest within -3 and +9 months


class Day(NamedTuple):
    """A day found: offsets of the matching text and what it says. kind: date, weekday, relative, span (48小时内)."""

    start: int
    end: int
    day: date
    kind: str
    time: time | None = None
    weekday: int | None = None
    year: bool = False


class Scope(NamedTuple):
    """What a day is reckoned from: the folded text, that with capitals, the moment of sending, the order, digits, and
    where words stand that days are written with, by kind."""

    text: str
    raw: str
    start: int
    end: int
    sent: datetime
    order: str
    runs: list[Run]
    signs: Mapping[str, list[int]]

    def before(self, at: int, width: int = 14) -> str:
        return self.text[max(self.start, at - width) : at]

    def after(self, at: int, width: int = 8) -> str:
        return self.text[at : min(self.end, at + width)]

    @property
    def today(self) -> date:
        return self.sent.date()


_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "俩": 2}
_WORDS = {
    "a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "couple of": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5,
    "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "twenty-four": 24, "forty-eight": 48,
}  # fmt: skip
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
CN = "[一二两三四五六七八九十]{1,3}"
# What stands before an English day written short or in small letters.
EN_CUE = re.compile(
    r"(?:by|on|before|until|till?|due|next|this|coming|eod|cob|ddl|deadline|for|from|is|[(,:/|\d])\s?$|(?:^|\n|\t)\s*$"
)


def nearest(month: int, day: int, sent: date) -> date | None:
    """The day without a year that lies between 3 months back and 9 months ahead of `sent`; None if there is none."""
    for year in (sent.year, sent.year + 1, sent.year - 1):
        found = day_of(year, month, day)
        if found and -_BACK <= found - sent <= _AHEAD:
            return found
    return None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has none."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def whole(m: re.Match[str], day: date | None, *, year: bool = False) -> Day | None:
    """A match that says a day of the calendar."""
    return Day(m.start(), m.end(), day, "date", year=year) if day else None


def in_month(first: date, part: str) -> date:
    """月初 and 上旬 end on the 10th, 中旬 on the 20th, the rest on the last day."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    if "初" in part or "上" in part or "early" in part:
        return first.replace(day=10)
    return first.replace(day=20) if "中" in part or "mid" in part else last


def number(words: str) -> float | None:
    """The value of 3, 0.5, 两, 十二, 二十, 半, three; None if it is no number."""
    if words[0].isdigit():
        return float(words)
    if words in _WORDS:
        return float(_WORDS[words])
    if words == "半":
        return 0.5
    if words == "十":
        return 10.0
    if any(c not in _NUMBERS for c in words):
        return None
    tens, ten, ones = words.rpartition("十")
    value = _NUMBERS.get(tens, 1) * 10 if ten else 0
    return float(value + (_NUMBERS[ones] if ones else 0)) if len(ones) <= 1 else None


def weekend_of(day: date) -> date:
    """The Friday of the week of `day`; its Sunday when Friday is over."""
    return day + timedelta(days=(5 if day.isoweekday() <= 5 else 7) - day.isoweekday())

"""The charts of /stats as geometry: rectangles in a box that the browser stretches. The numbers stand in tables too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from checker.store.records import DayVerdicts

HEIGHT = 100.0  # of the daily chart's box; a day is one unit wide
_GAP = 0.24  # of a day's width, left free
_STEPS = (1, 2, 5)
_UPWARDS = ("block", "confirm", "allow")


class Bar(NamedTuple):
    """A rectangle of a chart and the verdict that it stands for."""

    x: float
    y: float
    width: float
    height: float
    kind: str


class Days(NamedTuple):
    """The daily chart: its width in days, its bars, the numbers of its scale from the top, and the days to name."""

    width: int
    bars: tuple[Bar, ...]
    scale: tuple[int, ...]
    named: tuple[date, ...]


def days_chart(days: Sequence[DayVerdicts]) -> Days:
    """Checks a day, one bar a day, the verdicts upon each other."""
    top = round_above(max((_total(day) for day in days), default=0))
    bars = tuple(bar for i, day in enumerate(days) for bar in _stack(i, day, top))
    named = tuple(days[i].day for i in sorted({0, len(days) // 2, len(days) - 1})) if days else ()
    return Days(len(days), bars, (top, top // 2, 0) if top % 2 == 0 else (top, 0), named)


def _stack(i: int, day: DayVerdicts, top: int) -> list[Bar]:
    bars, y = [], HEIGHT
    for kind in _UPWARDS:
        height = HEIGHT * getattr(day, kind) / top
        y -= height
        if height:
            bars.append(Bar(i + _GAP / 2, round(y, 3), 1 - _GAP, round(height, 3), kind))
    return bars


def _total(day: DayVerdicts) -> int:
    return day.allow + day.confirm + day.block


def round_above(most: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … that is no less than `most`."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power >= most:
                return step * power
        power *= 10


def share(count: int, most: int) -> float:
    """The width of a bar, of 100, where `most` fills it."""
    return round(100 * count / most, 2) if most else 0.0

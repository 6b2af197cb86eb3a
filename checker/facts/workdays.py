"""Working days of the People's Republic of China: public holidays off, make-up weekends on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache


def is_working(day: date) -> bool:
    """Whether offices in the PRC work on `day`.

    By the State Council's yearly notices, as the package chinese-calendar carries them; Monday to Friday in years
    that it does not know yet.
    """
    weekends_worked, holidays, last = _calendar()
    if day.year <= last:
        return day in weekends_worked or (day.isoweekday() <= 5 and day not in holidays)
    return day.isoweekday() <= 5


@cache
def _calendar() -> tuple[frozenset[date], frozenset[date], int]:
    """Weekend days that are worked, week days that are not, and the last year that is known."""
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415  only mails with a deadline pay for it

    return frozenset(workdays), frozenset(holidays), max(day.year for day in holidays)


def following(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working(day):
        day += timedelta(days=1)
    return day


def after(day: date, count: int) -> date:
    """The count-th working day after `day`; `day` itself for 0. At most a year is counted."""
    for _ in range(min(count, 366)):
        day = following(day)
    return day


def left(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`: 0 on the same day, negative when `end` lies before `start`."""
    if end < start:
        return -left(end, start)
    span = min((end - start).days, 366)
    return sum(is_working(start + timedelta(days=i)) for i in range(1, span + 1))

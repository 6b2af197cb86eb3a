"""What stock, daily sales and orders come to: days of supply, days covered, the day of the stock-out.

Bounds hold every value that rounding of the stated members allows: a quotient rounded either way at the precision
stated, members that are themselves approximate, ranges.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from checker.facts.kinds.figures import Expected, Figure

_LEAST_STEP = 0.01  # what spreadsheets hold behind the digits shown
_LEAST_VAGUENESS = 0.1  # of an approximate value: 约15件 may be 14 or 16
_WIDEST_ROUNDING = 0.2  # of a round value: 十个 may be nine or eleven, and not five
# A table pasted from a spreadsheet shows its averages rounded: by half a unit, and by no more than this part of them.
_SHOWN_ROUNDED = 0.15
_LONGEST = 3650.0  # days; beyond that dates are nonsense


class Range(NamedTuple):
    """What a figure may stand for."""

    low: float
    high: float


class Members(NamedTuple):
    """One way to read a product's stock and daily sales, and the days of supply they come to."""

    stock: Figure | None
    daily: Figure | None
    value: float
    days: Range
    moving: bool = False  # what is in transit is in it


def spread(figure: Figure) -> Range:
    """The values that a figure may stand for: itself, its range, or what 约, 1.2万 or a bound leave open."""
    slack = 0.0
    if figure.approximate:
        slack = max(figure.precision, _LEAST_VAGUENESS * figure.value)
    elif figure.precision > 1 or (figure.precision < 1 and figure.metric == "daily_sales"):
        slack = min(figure.precision, _WIDEST_ROUNDING * figure.value) / 2
    return Range(max(0.0, figure.value - slack), figure.high + slack)


def ways(stocks: Iterable[Figure], dailies: Iterable[Figure], moving: Iterable[Figure]) -> Iterator[Members]:
    """Every sensible pairing of stock and daily sales; all stock together and with what is in transit among them."""
    stocks, dailies = list(stocks), [d for d in dailies if d.value > 0]
    for daily in dailies:
        for stock in stocks:
            yield _members(stock, daily, [stock])
        if len(stocks) > 1:
            yield _members(stocks[0], daily, stocks)
        for extra in moving:
            for stock in stocks:
                yield _members(stock, daily, [stock, extra])._replace(moving=True)


def with_order(
    stocks: Iterable[Figure], dailies: Iterable[Figure], orders: Iterable[Figure], moving: Iterable[Figure]
) -> Iterator[Members]:
    """Every pairing of stock and daily sales with an order, with and without what is in transit."""
    stocks, orders, moving = list(stocks), list(orders), list(moving)
    for daily in dailies:
        for stock in stocks if daily.value > 0 else ():
            for order in orders:
                yield _members(stock, daily, [stock, order])
                if moving:
                    yield _members(stock, daily, [stock, order, *moving])


def _members(stock: Figure, daily: Figure, together: list[Figure]) -> Members:
    low = sum(spread(s).low for s in together)
    high = sum(spread(s).high for s in together)
    sold = _daily(daily)
    total = sum(s.value for s in together)
    return Members(stock, daily, total / daily.value, Range(low / sold.high, high / max(sold.low, 1e-9)))


def _daily(daily: Figure) -> Range:
    """Daily sales with the averages that people round: 14.29 is written 14, or 14.3."""
    low, high = spread(daily)
    if 0 < daily.precision < 1 and not daily.approximate:
        low, high = min(low, math.floor(daily.value) or low), max(high, math.ceil(daily.value))
        low, high = max(low, daily.value * 0.9), min(high, daily.value * 1.1)
    elif daily.place.where == "table" and daily.precision == 1:
        slack = min(0.5, _SHOWN_ROUNDED * daily.value)
        low, high = daily.value - slack, daily.value + slack
    return Range(max(low, 0.2 * daily.value), high)


def rounded(days: Range, step: float) -> Range:
    """The range rounded down and up to a step."""
    step = max(step, _LEAST_STEP)
    return Range(math.floor(days.low / step + 1e-9) * step, math.ceil(days.high / step - 1e-9) * step)


def allowed(members: Members, dos: Figure | None) -> Range:
    """The days of supply that may be stated for members, at the precision of the figure that states them."""
    exact = _exact(members)
    step = dos.precision if dos and not dos.approximate else 1.0
    if exact or step >= 1:
        # Members that were rounded themselves give a value that is rounded to the nearest, not either way.
        middle = rounded(Range(members.value, members.value), step)
        near = Range(_round(members.days.low, step), _round(members.days.high, step))
        low, high = min(middle.low, near.low), max(middle.high, near.high)
    else:
        low, high = rounded(members.days, step)
    if dos and dos.approximate:
        slack = max(dos.precision, _LEAST_VAGUENESS * dos.value)
        low, high = low - slack, high + slack
    return Range(low - 1e-6, high + 1e-6)


def _exact(members: Members) -> bool:
    return members.days.high - members.days.low < 1e-9


def _round(value: float, step: float) -> float:
    step = max(step, _LEAST_STEP)
    return math.floor(value / step + 0.5) * step


def fits(members: Members, dos: Figure) -> bool:
    """Whether a stated number of days agrees with members."""
    low, high = allowed(members, dos)
    return dos.value <= high and dos.high >= low


def dates_agree(members: Members, stated: Figure) -> bool:
    """Whether a stated stock-out day (value: days from the mail's) is that of the members, a day more or less."""
    slack = 1 + (stated.precision if stated.approximate else 0)
    return math.floor(members.days.low) - slack <= stated.value <= math.ceil(members.days.high) + slack


def expected(
    members: Members | None,
    dos: Figure | None,
    stockout: Members | None,
    stated: Figure | None,
    plan: tuple[Figure | None, Figure | None, list[Figure]],
    today: date,
) -> Expected:
    """What the arithmetic gives.

    plan: order, coverage, what is in transit. stockout: members that date it; stated: the date.
    """
    low, high = allowed(members, dos) if members else (None, None)
    covered, covered_high, quantity = _covered(members, *plan)
    day, first, last = _stockout(stockout, stated, today)
    return Expected(
        dos=members.value if members else None,
        dos_low=low,
        dos_high=high,
        covered=covered,
        covered_high=covered_high,
        order=quantity,
        stockout=day,
        stockout_from=first,
        stockout_to=last,
    )


def _covered(
    members: Members | None, order: Figure | None, coverage: Figure | None, moving: list[Figure]
) -> tuple[float | None, float | None, float | None]:
    if members is None or members.daily is None:
        return None, None, None
    daily, sold = members.daily.value, _daily(members.daily)
    coming = [] if members.moving else moving
    have = members.value * daily + sum(f.value for f in coming)
    most = members.days.high * sold.low + sum(spread(f).high for f in coming)
    quantity = max(0.0, float(math.ceil(coverage.value * daily - have - 1e-9))) if coverage else None
    if order is None:
        return None, None, quantity
    high = float(math.ceil((most + spread(order).high) / max(sold.low, 1e-9) - 1e-9))
    if coverage and coverage.approximate:
        high += max(1.0, _LEAST_VAGUENESS * coverage.value)
    return (have + order.value) / daily, high, quantity


def _stockout(members: Members | None, stated: Figure | None, today: date) -> tuple[str | None, str | None, str | None]:
    if members is None or members.value > _LONGEST:
        return None, None, None
    slack = 1 + (stated.precision if stated and stated.approximate else 0)
    first = math.floor(members.days.low + 1e-9) - slack
    last = math.ceil(min(members.days.high, _LONGEST) - 1e-9) + slack
    return tuple((today + timedelta(days=int(d))).isoformat() for d in (members.value + 1e-9, first, last))  # type: ignore[return-value]

"""How fast requests were answered: those that follow the guide against the others, with confidence intervals."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from checker.archive.queries import hours_at, median_hours, tuples

_Z = 1.959964  # of the normal distribution, for 95 %
_SHORTEST = 1 / 60  # hours: clocks of two servers differ by a minute


class Responses(NamedTuple):
    """How fast requests of one kind were answered. Hours; low and high bound the median with 95 % confidence."""

    asked: int
    answered: int
    median: float | None
    low: float | None
    high: float | None
    log_mean: float | None
    log_variance: float | None


class Spread(NamedTuple):
    """How many values there are, their mean, and their variance as a sample; None where there are too few."""

    number: int
    mean: float | None
    variance: float | None


def responses(connection: sqlite3.Connection) -> dict[str, Any]:
    """Requests that follow the guide (nothing was found that asks or blocks) against those that do not."""
    connection.execute(f"""
        CREATE TABLE waits AS
        SELECT verdict = 'allow' AS follow,
            max((answered_at / 1000000 - sent_at / 1000000) / 3600.0, {_SHORTEST}) AS hours
        FROM aftermath JOIN mails ON mails.id = aftermath.mail""")
    groups = {"follow": _group(connection, follow=True), "break": _group(connection, follow=False)}
    found = {name: group._asdict() for name, group in groups.items()}
    return {**found, "faster": faster(groups["follow"], groups["break"])}


def _group(connection: sqlite3.Connection, *, follow: bool) -> Responses:
    asked = tuples(connection, "SELECT count(*) FROM waits WHERE follow = ?", follow)[0][0]
    answered = "waits WHERE follow = ? AND hours IS NOT NULL"
    spread = spread_of(
        math.log(hours) for (hours,) in connection.execute(f"SELECT hours FROM {answered} ORDER BY hours", (follow,))
    )
    ranks = median_ranks(spread.number)
    bounds = [hours_at(connection, answered, rank, follow) for rank in ranks] if ranks else [None, None]
    median = median_hours(connection, answered, spread.number, follow)
    return Responses(asked, spread.number, median, bounds[0], bounds[1], spread.mean, spread.variance)


def spread_of(values: Iterable[float]) -> Spread:
    """Count, mean and variance in one pass (Welford)."""
    count, mean, squares = 0, 0.0, 0.0
    for value in values:
        count += 1
        step = value - mean
        mean += step / count
        squares += step * (value - mean)
    return Spread(count, mean if count else None, squares / (count - 1) if count > 1 else None)


def median_ranks(count: int) -> tuple[int, int] | None:
    """Ranks (from 1) of the sorted values that bound their median with 95 % confidence; None for fewer than six.

    The number of values below the median is binomial, taken as normal (Conover, Practical Nonparametric Statistics).
    """
    if count < 6:
        return None
    half = _Z * math.sqrt(count) / 2
    low = max(1, math.floor(count / 2 - half))
    return low, min(count, count + 1 - low)


def faster(follow: Responses, other: Responses) -> dict[str, float] | None:
    """By which share answers to `follow` come faster, with 95 % bounds; None where there are fewer than ten of either.

    A ratio of geometric means: times to answer are close to log-normal. Variances may differ (Welch).
    """
    if min(follow.answered, other.answered) < 10 or follow.log_mean is None or other.log_mean is None:
        return None
    difference = follow.log_mean - other.log_mean
    error = math.sqrt((follow.log_variance or 0) / follow.answered + (other.log_variance or 0) / other.answered)
    share, low, high = (1 - math.exp(difference + z * error) for z in (0.0, _Z, -_Z))
    return {"share": share, "low": low, "high": high}

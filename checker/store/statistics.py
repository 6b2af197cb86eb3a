"""What /stats shows, asked of the tables in a handful of grouped queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, func, select, type_coerce

from checker.store.records import OVERRIDE_LINES, DayVerdicts, FollowUp, OverrideLine, RuleCount, Stats
from checker.store.schema import CHECKS, COUNTS, FEEDBACK, FOLLOWUPS, OVERRIDES

_QUARTER = 15 * 60 * 1_000_000  # microseconds: every zone's midnight is a whole quarter of an hour


def stats(connection: Connection, since: datetime, until: datetime) -> Stats:
    """Figures of [since, until); days are those of since's zone."""
    lines, count = _overrides(connection, since, until)
    return Stats(
        since=since,
        until=until,
        days=_days(connection, since, until),
        rules=_rules(connection, since, until),
        overrides=lines,
        override_count=count,
        followups=due(connection, until),
    )


def due(connection: Connection, now: datetime) -> tuple[FollowUp, ...]:
    """Follow-ups that are due at `now` and not done, the oldest first."""
    columns = (FOLLOWUPS.c.digest, FOLLOWUPS.c.due, FOLLOWUPS.c.made, FOLLOWUPS.c.done)
    open_ones = select(*columns).where(FOLLOWUPS.c.due <= now, FOLLOWUPS.c.done.is_(None)).order_by(FOLLOWUPS.c.due)
    return tuple(FollowUp(*row) for row in connection.execute(open_ones))


def _days(connection: Connection, since: datetime, until: datetime) -> tuple[DayVerdicts, ...]:
    """Grouped by quarters of an hour in the database, by days here: databases do not agree on zones."""
    quarter = (type_coerce(CHECKS.c.at, BigInteger) // _QUARTER).label("quarter")
    grouped = (
        select(quarter, CHECKS.c.verdict, func.count())
        .where(_within(CHECKS.c.at, since, until))
        .group_by("quarter", CHECKS.c.verdict)
    )
    counted: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for number, verdict, checks in connection.execute(grouped):
        counted[_day(int(number) * _QUARTER, since.tzinfo)][verdict] += checks
    days = ((day, counted[day]) for day in _every_day(since, until))
    return tuple(DayVerdicts(day, of["allow"], of["confirm"], of["block"]) for day, of in days)


def _day(microseconds: int, zone: tzinfo | None) -> date:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).astimezone(zone).date()


def _every_day(since: datetime, until: datetime) -> list[date]:
    last = (until.astimezone(since.tzinfo) - timedelta(microseconds=1)).date()
    return [since.date() + timedelta(days=n) for n in range((last - since.date()).days + 1)]


def _rules(connection: Connection, since: datetime, until: datetime) -> tuple[RuleCount, ...]:
    found = (
        select(COUNTS.c.rule, func.sum(COUNTS.c.findings), func.count())
        .join(CHECKS, CHECKS.c.id == COUNTS.c.check_id)
        .where(_within(CHECKS.c.at, since, until))
        .group_by(COUNTS.c.rule)
    )
    counts = {rule: (int(findings), checks) for rule, findings, checks in connection.execute(found)}
    overridden = _by_rule(connection, OVERRIDES, since, until)
    wrong = _by_rule(connection, FEEDBACK, since, until, FEEDBACK.c.verdict == "false-positive")
    useful = _by_rule(connection, FEEDBACK, since, until, FEEDBACK.c.verdict == "useful")
    rules = [
        RuleCount(rule, *counts.get(rule, (0, 0)), overridden[rule], wrong[rule], useful[rule])
        for rule in counts.keys() | overridden.keys() | wrong.keys() | useful.keys()
    ]
    return tuple(sorted(rules, key=lambda r: (-r.findings, r.rule)))


def _by_rule(
    connection: Connection, table: Any, since: datetime, until: datetime, *conditions: ColumnElement[bool]
) -> Counter[str]:
    grouped = (
        select(table.c.rule, func.count()).where(_within(table.c.at, since, until), *conditions).group_by(table.c.rule)
    )
    return Counter({str(rule): int(count) for rule, count in connection.execute(grouped)})


def _overrides(connection: Connection, since: datetime, until: datetime) -> tuple[tuple[OverrideLine, ...], int]:
    within = _within(OVERRIDES.c.at, since, until)
    columns = (OVERRIDES.c.at, OVERRIDES.c.rule, OVERRIDES.c.reason)
    latest = select(*columns).where(within).order_by(OVERRIDES.c.at.desc(), OVERRIDES.c.id).limit(OVERRIDE_LINES)
    lines = tuple(OverrideLine(*row) for row in connection.execute(latest))
    return lines, connection.execute(select(func.count()).select_from(OVERRIDES).where(within)).scalar_one()


def _within(moment: Any, since: datetime, until: datetime) -> ColumnElement[bool]:
    return (moment >= since) & (moment < until)  # type: ignore[no-any-return]

"""Times by which something is asked, the open and the vague ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checker.facts import asked_limits, asking, dates, headings, hurry, limits, proposals, workdays
from checker.facts.asking import Ask
from checker.facts.dates import Moment
from checker.facts.kinds.asks import Deadline
from checker.reading import Passage, Place, Reading

_END_OF_DAY = time(23, 59, 59)
_ANY = re.compile(r"\S")


def read(
    reading: Reading, now: datetime, timezone: str, date_order: str, asks: asking.Asks | None = None
) -> tuple[Deadline, ...]:
    """The deadlines of subject and own text, in reading order.

    now: when the mail is sent. timezone: the company's, IANA. date_order: ymd, mdy, dmy. asks: what the mail asks,
    where it is known already. Limits of others and our own plans are given too, with `asked` False.
    """
    sent = _sent(reading, now, timezone)
    asks = asking.read(reading) if asks is None else asks
    asking_at_all = any(found for _, found in asks)
    found: list[Deadline] = []
    for passage, own_asks in asks:
        if passage.where == "table":
            found += _of_table(passage, reading, sent, date_order)
            continue
        found += _of_prose(passage, dates.find(passage, sent, date_order), own_asks, sent, asking_at_all)
        found += [_bare(passage.place(a, b), placeholder=True) for a, b in hurry.find_open(passage)]
        vague = hurry.find_vague(passage, own_asks)
        found += [_bare(passage.place(v.start, v.end), vague=True, soft=v.soft) for v in vague]
    return tuple(sorted(found, key=lambda d: (d.place.where != "subject", d.place.span.start)))


def _sent(reading: Reading, now: datetime, company_zone: str) -> datetime:
    """When the mail is sent, in the sender's zone: that of its Date, unless that is plain UTC as servers write it."""
    if reading.message.date is not None and now.utcoffset():
        return now
    zone = _zone(company_zone)
    return now.astimezone(zone) if zone and now.tzinfo else now


def _zone(name: str) -> tzinfo | None:
    """The zone of an IANA name or +hh:mm."""
    if name[:1] in ("+", "-"):
        minutes = int(name[1:3]) * 60 + int(name[4:6])
        return timezone(timedelta(minutes=minutes if name[0] == "+" else -minutes)) if minutes < 1440 else None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _of_prose(
    passage: Passage, moments: tuple[Moment, ...], asks: tuple[Ask, ...], sent: datetime, asking_at_all: bool
) -> Iterator[Deadline]:
    text = passage.of.folded
    for moment in moments:
        c = limits.clause(passage, moment.start, moment.end)
        if _is_past(moment, sent) and limits.is_as_of(c):
            continue
        if limits.is_label(c.before, text[moment.end : moment.end + 60]):
            yield _deadline(passage, moment, sent, asked=True)
        elif limits.is_limit(moment, c, text[moment.start : moment.end]):
            labelled = limits.on_labelled_line(text, passage.start, moment.start)
            asked = labelled or asked_limits.is_asked(moment, c, asks, asking_at_all)
            yield _deadline(passage, moment, sent, asked=asked)
        elif (moment.day is None or moment.day >= sent.date()) and (
            proposals.is_proposed(c, text[moment.end : moment.end + 60])
            or asked_limits.is_asked_on(moment, c, asks, text)
        ):
            yield _deadline(passage, moment, sent, asked=True)
        elif _wrong(moment):
            yield _deadline(passage, moment, sent, asked=False)


def _is_past(moment: Moment, sent: datetime) -> bool:
    """By its day, or by its hour of today."""
    if moment.day is None or moment.day != sent.date():
        return moment.day is not None and moment.day < sent.date()
    return moment.time is not None and moment.zone is None and moment.time <= sent.time()


def _wrong(moment: Moment) -> bool:
    """A weekday is written that the day does not have: worth telling wherever it stands."""
    return bool(moment.day and moment.weekday_stated and moment.weekday_stated != moment.day.isoweekday())


def _of_table(passage: Passage, reading: Reading, sent: datetime, order: str) -> Iterator[Deadline]:
    """Dates in cells that 截止时间 or Deadline heads."""
    moments = dates.find(passage, sent, order)
    if not moments:
        return
    text = passage.of.matching
    heading = _HEADING
    for grid in (g for p, g in reading.cells if p is passage):
        for cell in headings.named_cells(text, grid, heading, _ANY):
            for moment in moments:
                if cell.start <= moment.start and moment.end <= cell.end:
                    yield _deadline(passage, moment, sent, asked=True)


_HEADING = re.compile(
    r"(?:需|要求|期望|最[晚迟])?\s?(?:" + limits.LABEL.pattern + r")\s?(?:\(.{0,12}\))?\s?:?", re.IGNORECASE
)


def _deadline(passage: Passage, moment: Moment, sent: datetime, *, asked: bool) -> Deadline:
    day = moment.day or sent.date()
    hours = moment.span and moment.time is not None
    zone = _zone(moment.zone) if moment.zone else sent.tzinfo
    working = workdays.is_working(day)
    return Deadline(
        place=passage.place(moment.start, moment.end),
        due=datetime.combine(day, moment.time or _END_OF_DAY, zone or sent.tzinfo).isoformat(timespec="seconds"),
        day=day.isoformat(),
        has_time=moment.time is not None and not hours,
        has_zone=moment.zone is not None,
        vague=False,
        soft=False,
        placeholder=False,
        weekday=float(day.isoweekday()),
        weekday_stated=None if moment.weekday_stated is None else float(moment.weekday_stated),
        working_day=working,
        next_working_day=None if working else workdays.following(day).isoformat(),
        working_days_left=float(workdays.left(_today(sent, zone), day)),
        asked=asked,
    )


def _today(sent: datetime, zone: tzinfo | None) -> date:
    return sent.astimezone(zone).date() if zone and sent.tzinfo else sent.date()


def _bare(place: Place, *, vague: bool = False, soft: bool = False, placeholder: bool = False) -> Deadline:
    """A deadline that gives no day."""
    return Deadline(
        place=place,
        due=None,
        day=None,
        has_time=False,
        has_zone=False,
        vague=vague,
        soft=soft,
        placeholder=placeholder,
        weekday=None,
        weekday_stated=None,
        working_day=True,
        next_working_day=None,
        working_days_left=None,
        asked=True,
    )

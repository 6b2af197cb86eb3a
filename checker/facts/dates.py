"""Days and times of a passage: the pieces that days.py and clock.py find, joined into moments."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from checker.facts import clock, days, spots
from checker.facts.clock import Hour
from checker.facts.dayscope import Day
from checker.reading import Passage


class Moment(NamedTuple):
    """A day or a time that the text names; start and end are offsets of the matching text of `passage.of`.

    zone: IANA name or +hh:mm, as named in the text. relative: reckoned from the day of sending (明天, 48小时内).
    A time without a day has the day on which it comes next.
    """

    start: int
    end: int
    day: date | None
    time: time | None
    zone: str | None
    weekday_stated: int | None  # ISO weekday, 1 = Monday, when one is written beside a day
    relative: bool
    explicit_year: bool
    span: bool = False  # a length of time from now: 48小时内, within 3 working days
    dated: bool = True  # False: only a time was written
    weekday_only: bool = False  # the day was told by its weekday alone


_GAP = re.compile(r"[ ]?(?:[,(/|~@的]|,? ?(?:at|on|by|before|of|the|around|\))){0,2}[ ]?\(?\)?[ ]?")
_RANGE = re.compile(r" ?(?:[-~–—至到]|to|until) ?")
_DUE = re.compile(r"by|before")  # between two days: the slot is one day, to be confirmed by another
_SIGNS = (*days.SIGNS, *clock.SIGNS)
_WIDEST_GAP = 10
_WIDEST_CELL = 40  # blanks that a typed table sets before a word
_EVENING = ("晚", "tonight", "evening")


def find(passage: Passage, sent: datetime, date_order: str = "ymd") -> tuple[Moment, ...]:
    """The moments of a passage in reading order, none overlapping another.

    sent: when the mail is sent, with its zone: what 明天 and days without a year are reckoned from. date_order: how
    3/4 and 3/4/2026 are read: ymd, mdy or dmy.
    """
    pieces = _pieces(passage, sent, date_order)
    if not pieces:
        return ()
    return tuple(m for group in _groups(pieces, passage) if (m := _moment(group, passage, sent)) is not None)


def _pieces(passage: Passage, sent: datetime, order: str) -> list[Day | Hour]:
    """Days and hours in order; of those that overlap the first, then the longest, stays."""
    within = (passage.start, passage.end)
    runs = spots.digit_runs(passage.of.folded, *within)
    signs = spots.by_kind(passage.of.folded, _SIGNS, *within)
    found: list[Day | Hour] = [*days.scan(passage, sent, order, runs, signs)]
    found += clock.scan(passage, _offset(sent), runs, signs)
    found.sort(key=lambda p: (p.start, -p.end))
    kept: list[Day | Hour] = []
    for piece in found:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _slot(piece: Day | Hour) -> str:
    if isinstance(piece, Day):
        return "weekday" if piece.kind == "weekday" else "day"
    return "part" if piece.kind == "loose" else piece.kind


def _groups(pieces: list[Day | Hour], passage: Passage) -> list[list[Day | Hour]]:
    """Neighbours that say one moment together: 周四(3/12)17:00. Of a range the end counts."""
    text = passage.of.folded
    groups: list[list[Day | Hour]] = []
    for i, piece in enumerate(pieces):
        if not groups:
            groups.append([piece])
            continue
        gap = text[groups[-1][-1].end : piece.start]
        slots = {_slot(p) for p in groups[-1]}
        if "day" in slots and "," in gap and _leads_a_day(i, pieces, text):
            groups.append([piece])  # “not today, Friday 13 March is fine”
            continue
        if len(gap) <= _WIDEST_GAP and _slot(piece) in slots and _RANGE.fullmatch(gap):
            groups[-1] = [*(p for p in groups[-1] if _slot(p) != _slot(piece)), piece]
        elif len(gap) <= _WIDEST_GAP and _slot(piece) not in slots and _joins(text, piece, groups[-1]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _leads_a_day(i: int, pieces: list[Day | Hour], text: str) -> bool:
    """Whether a weekday stands right in front of a day: Friday 13 March."""
    if _slot(pieces[i]) != "weekday" or i + 1 == len(pieces) or _slot(pieces[i + 1]) != "day":
        return False
    return _GAP.fullmatch(text[pieces[i].end : pieces[i + 1].start]) is not None


def _joins(text: str, piece: Day | Hour, group: list[Day | Hour]) -> bool:
    gap = text[group[-1].end : piece.start]
    if any(isinstance(p, Day) and p.kind == "span" for p in (*group, piece)):
        return False
    two_days = isinstance(piece, Day) and any(isinstance(p, Day) for p in group)
    if two_days and (_DUE.search(gap) or ("|" in gap and not _fills_cell(text, group[0].start))):
        return False
    return _GAP.fullmatch(gap) is not None


def _fills_cell(text: str, start: int) -> bool:
    """Whether nothing stands before `start` in its cell of a typed table."""
    return text[max(0, start - _WIDEST_CELL) : start].rstrip(" ")[-1:] in ("", "|", "\n")


def _moment(group: list[Day | Hour], passage: Passage, sent: datetime) -> Moment | None:
    if all(isinstance(p, Hour) and p.kind == "loose" for p in group):
        return None
    day = _of_day(group)
    hour = next((p for p in group if isinstance(p, Hour) and p.kind == "time"), None)
    start, end, zone = _zone(passage, group, sent)
    at = _time(passage, day, hour)
    stated = next((p.weekday for p in group if isinstance(p, Day) and p.weekday), None)
    only_weekday = day is not None and day.kind == "weekday"
    return Moment(
        start,
        _closed(passage, start, end),
        day.day if day else _next(hour, at, sent),
        at,
        zone,
        stated,
        relative=day is None or day.kind != "date",
        explicit_year=day is not None and day.year,
        span=day is not None and day.kind == "span",
        dated=day is not None,
        weekday_only=only_weekday,
    )


def _of_day(group: list[Day | Hour]) -> Day | None:
    """The piece that says the day: a date before 明天 before a weekday alone."""
    days_said = [p for p in group if isinstance(p, Day)]
    return min(days_said, key=lambda d: d.kind == "weekday", default=None)


def _time(passage: Passage, day: Day | None, hour: Hour | None) -> time | None:
    if hour is None:
        return day.time if day else None
    said = passage.of.folded[day.start : day.end] if day else ""
    return clock.evening(hour) if said.endswith(_EVENING) else hour.time


def _next(hour: Hour | None, at: time | None, sent: datetime) -> date:
    """The day of a time without one: today, or tomorrow when it is over."""
    if hour is None or at is None or at >= sent.time():
        return sent.date()
    return sent.date() + timedelta(days=1)


def _zone(passage: Passage, group: list[Day | Hour], sent: datetime) -> tuple[int, int, str | None]:
    """Where the moment starts and ends with the zone that is named with it."""
    text = passage.of.folded
    start, end = min(p.start for p in group), max(p.end for p in group)
    hours = [p for p in group if isinstance(p, Hour)]
    if hours and hours[0].zone:
        return start, end, hours[0].zone
    after = clock.zone_after(text, passage.of.matching, end, passage.end, _offset(sent))
    if after:
        return start, after[1], after[0]
    if not hours:
        return start, end, None
    before = clock.zone_before(text, start, passage.start)
    return (before[1], end, before[0]) if before else (start, end, None)


def _offset(sent: datetime) -> float:
    """The sender's hours ahead of UTC."""
    offset = sent.utcoffset()
    return offset.total_seconds() / 3600 if offset is not None else 8.0


def _closed(passage: Passage, start: int, end: int) -> int:
    """The end with the bracket that the moment opened: 3月12日(周四)."""
    text = passage.of.matching
    inside = text[start:end]
    return end + 1 if inside.count("(") > inside.count(")") and text[end : min(end + 1, passage.end)] == ")" else end

"""English days reckoned from today: tomorrow, next Tuesday, by Fri, end of week, mid-April."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from checker.facts import spots
from checker.facts.dayscope import EN_CUE, MONTH, MONTHS, Day, Scope, in_month, nearest, weekend_of

_WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
_EN_DAY = re.compile(
    r"(?P<rel>day after tomorrow|today|tonight|this (?:morning|afternoon|evening)|tomorrow|tmrw?|tmw|tomorow|tommorow"
    r"|tomorro"
    r"|2moro|yesterday|same day)(?![a-z])"
    rf"|(?P<which>next|this|coming|last)?\s?(?<![a-z])(?P<wd>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?"
    rf"|sun)(?P<full>day)?(?![a-z])"
    rf"|(?P<eo>(?:the )?end of (?:the |this |next )?(?:week|month|year)|(?<![a-z])eow|(?<![a-z])eom)(?![a-z])"
    rf"|(?P<span>(?<![a-z])(?:this|next) (?:week|month))(?!(?:'s)?[a-z]|end)"
    rf"|(?P<part>(?<![a-z])(?:end of|mid|middle of|early|late)[\s-](?P<em>{MONTH}))"
)
# What every match holds: most mails lack most of them.
_KEYS = (
    "day", "tomor", "tommor", "tmr", "tmw", "2mor", "tonight", "this ", "week", "month", "year", "eow", "eom",
    "end of", "mid", "early",
    "late ", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
)  # fmt: skip
_RECURRING = re.compile(r"(?:every|each)\s?$")
_EN_CUE_AFTER = re.compile(
    r"\.?,?\s?(?:\d|eod|cob|eob|morning|afternoon|evening|noon|night|[),\n]|[ap]m|" + MONTH + ")"
)


def scan(s: Scope) -> Iterator[Day]:
    """Every relative day in the scope."""
    near = [k for k in _KEYS if k in s.text]
    if not near:
        return
    at = spots.words(s.text, near, s.start, s.end)
    for m in spots.search(_EN_DAY, s.text, at, (s.start, s.end, 22, 32)):
        found = _en_day(m, s)
        if found:
            yield found


def _en_day(m: re.Match[str], s: Scope) -> Day | None:
    if m.start() > s.start and s.text[m.start()].isalnum() and not spots.starts_word(s.text, m.start()):
        return None
    if m["rel"]:
        days = {"d": 2, "y": -1, "s": 0}.get(m["rel"][0], 0 if m["rel"] in ("today", "tonight") else 1)
        days = 0 if m["rel"].startswith("this") else days
        return Day(m.start(), m.end(), s.today + timedelta(days=days), "relative")
    if m["wd"]:
        return _en_weekday(m, s)
    if m["part"]:
        first = nearest(MONTHS[m["em"][:3]], 1, s.today)
        return Day(m.start(), m.end(), in_month(first, m["part"]), "relative") if first else None
    words = m["eo"] or m["span"]
    if not _whole_span(m, s):
        return None
    return Day(m.start(), m.end(), _end_of(words, s.today), "relative")


def _whole_span(m: re.Match[str], s: Scope) -> bool:
    """`this week` and `next month` count only as times by which: “this week's sales” is none."""
    return bool(m["eo"]) or s.text[m.end() : m.end() + 1] not in ("'", "\u2019")


def _end_of(words: str, today: date) -> date:
    if "year" in words:
        return date(today.year, 12, 31)
    if "month" in words or words == "eom":
        first = today.replace(day=1)
        return in_month((first + timedelta(days=31)).replace(day=1) if "next" in words else first, "end")
    return today + timedelta(days=12 - today.isoweekday()) if "next" in words else weekend_of(today)


def _en_weekday(m: re.Match[str], s: Scope) -> Day | None:
    wd, which = _WEEKDAYS[m["wd"][:3]], m["which"]
    start = m.start() if which else m.start("wd")
    before = s.before(start)
    if _RECURRING.search(before):
        return None
    if not m["full"]:
        capital = s.raw[m.start("wd")].isupper()
        cued = which or EN_CUE.search(before) or (capital and _EN_CUE_AFTER.match(s.after(m.end(), 12)))
        if not cued or (not capital and m["wd"] in ("sat", "sun", "wed") and not which):
            return None
    monday = s.today - timedelta(days=s.today.isoweekday() - 1)
    day = monday + timedelta(days=wd - 1, weeks={"next": 1, "last": -1}.get(which or "", 0))
    if which not in ("next", "last") and day < s.today:
        day += timedelta(weeks=1)
    return Day(start, m.end(), day, "weekday", weekday=wd)

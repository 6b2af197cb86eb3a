"""English days reckoned from today: tomorrow, next Tuesday, by Fri, end of week, mid-April."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from checker.facts import spots
from checker.facts.dayscope import EN_CUE, MONTH, MONTHS, Day, Scope, in_month, nearest, weekend_of

_WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
_NAMED = re.compile(
    r"(?:day after tomorrow|today|tonight|this (?:morning|afternoon|evening)|tomorrow|tmrw?|tmw|tom+or+ow?|2moro"
    r"|yesterday|same day)(?![a-z])"
)
_WEEKDAY = re.compile(r"(?P<wd>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?P<full>day)?(?![a-z])")
_WHICH = re.compile(r"(?<![a-z])(?P<which>next|this|coming|last)\s$")
_PERIOD = re.compile(
    r"(?P<end>(?:the )?end of (?:the )?(?:this |next )?(?:week|month|year)|eow|eom)(?![a-z])"
    r"|(?P<span>(?<![a-z])(?:this|next) (?:week|month))(?!'|\u2019|[a-z])"
)
_PART = re.compile(rf"(?P<part>end of|mid|middle of|early|late)[\s-](?P<em>{MONTH})")
# The day in full, as dictation writes it: march twenty fourth, the tenth of april.
_TENTHS = "first second third fourth fifth sixth seventh eighth ninth".split()  # noqa: SIM905
_TEENTHS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()  # noqa: SIM905
)
_ORDINALS = {
    word: n
    for n, word in enumerate(
        [*_TENTHS, *_TEENTHS, "twentieth", *(f"twenty {w}" for w in _TENTHS), "thirtieth", "thirty first"], 1
    )
}
_ORDINAL = "|".join(sorted((word.replace(" ", "[ -]") for word in _ORDINALS), key=len, reverse=True))
_SPOKEN = re.compile(rf"(?P<em>{MONTH}) (?:the )?(?P<ed>{_ORDINAL})(?![a-z])|(?P<fd>{_ORDINAL}) of (?P<fm>{MONTH})")
# What every match holds: most mails lack most of them.
_NAMED_KEYS = (
    "today", "tonight", "tomor", "tommor", "tmr", "tmw", "2moro", "yesterday", "same day", "morning", "afternoon",
    "evening",
)  # fmt: skip
SIGNS = (
    ("named day", _NAMED_KEYS),
    ("weekday", tuple(_WEEKDAYS)),
    ("period", ("week", "month", "of the year", "eow", "eom")),
    ("spoken day", ("rst", "second", "third", "rth", "fth", "nth", "eth", "ghth", "xth")),
    ("part of a month", ("end of", "mid", "middle of", "early", "late ")),
)
_RECURRING = re.compile(r"(?:every|each)\s?$")
_EN_CUE_AFTER = re.compile(
    r"\.?,?\s?(?:\d|eod|cob|eob|morning|afternoon|evening|noon|night|[),\n]|[ap]m|" + MONTH + ")"
)

# thu is ok, fri your time: a day put to the reader, small letters or not.
_EN_OFFER_AFTER = re.compile(
    r"\.? (?:(?:is|would be|will be) (?:ok|fine|good|great|enough)|(?:ur|your) (?:local )?time)(?![a-z])"
)


def scan(s: Scope) -> Iterator[Day]:
    """Every relative day in the scope."""
    for m in spots.search(_NAMED, s.text, s.signs["named day"], (s.start, s.end, 10, 16)):
        if spots.starts_word(s.text, m.start()):
            yield Day(m.start(), m.end(), s.today + timedelta(days=_named(m.group())), "relative")
    for at in s.signs["weekday"]:
        day = _weekday_at(at, s)
        if day:
            yield day
    for m in spots.search(_PERIOD, s.text, s.signs["period"], (s.start, s.end, 21, 12)):
        if spots.starts_word(s.text, m.start()):
            yield Day(m.start(), m.end(), _end_of(m.group(), s.today), "relative")
    yield from _spoken(s)
    for at in s.signs["part of a month"]:
        part = _PART.match(s.text, at, s.end) if spots.starts_word(s.text, at) else None
        first = nearest(MONTHS[part["em"][:3]], 1, s.today) if part else None
        if part and first:
            yield Day(at, part.end(), in_month(first, part["part"]), "relative")


def _spoken(s: Scope) -> Iterator[Day]:
    """Days whose number is a word. May and march are words of their own too: they need a cue, or a day of two words."""
    for m in spots.search(_SPOKEN, s.text, s.signs["spoken day"], (s.start, s.end, 24, 20)):
        month, number = m["em"] or m["fm"], re.sub("-", " ", m["ed"] or m["fd"])
        doubtful = month in ("may", "march", "mar") and m["em"] and " " not in number
        if not spots.starts_word(s.text, m.start()) or (doubtful and not EN_CUE.search(s.before(m.start()))):
            continue
        day = nearest(MONTHS[month[:3]], _ORDINALS[number], s.today)
        if day:
            yield Day(m.start(), m.end(), day, "date")


def _named(words: str) -> int:
    """Days from today to 'tomorrow', 'tonight', 'yesterday' and their like."""
    if words.startswith(("to", "tm", "2")):
        return 0 if words in ("today", "tonight") else 1
    return {"d": 2, "y": -1}.get(words[0], 0)


def _end_of(words: str, today: date) -> date:
    if "year" in words:
        return date(today.year, 12, 31)
    if "month" in words or words == "eom":
        first = today.replace(day=1)
        return in_month((first + timedelta(days=31)).replace(day=1) if "next" in words else first, "end")
    return today + timedelta(days=12 - today.isoweekday()) if "next" in words else weekend_of(today)


def _weekday_at(at: int, s: Scope) -> Day | None:
    """The weekday whose name begins at `at`; written short or in small letters it needs a cue beside it."""
    m = _WEEKDAY.match(s.text, at, s.end) if spots.starts_word(s.text, at) else None
    if m is None:
        return None
    head = _WHICH.search(s.text, max(s.start, at - 8), at)
    which, start = (head["which"], head.start()) if head else ("", at)
    before = s.before(start)
    if _RECURRING.search(before) or not (m["full"] or which or _cued(m, before, s)):
        return None
    wd = _WEEKDAYS[m["wd"][:3]]
    monday = s.today - timedelta(days=s.today.isoweekday() - 1)
    day = monday + timedelta(days=wd - 1, weeks={"next": 1, "last": -1}.get(which, 0))
    if which not in ("next", "last") and day < s.today:
        day += timedelta(weeks=1)
    return Day(start, m.end(), day, "weekday", weekday=wd)


def _cued(m: re.Match[str], before: str, s: Scope) -> bool:
    """Whether Fri or fri stands where a day does: behind “by”, before a date or a time."""
    capital = s.raw[m.start()].isupper()
    if not capital and m["wd"] in ("sat", "sun", "wed") and not before.endswith(("by ", "before ", "b4 ")):
        return False
    after = s.after(m.end(), 16)
    return bool(EN_CUE.search(before) or (capital and _EN_CUE_AFTER.match(after)) or _EN_OFFER_AFTER.match(after))

"""Lengths of time from now: 48小时内, 3个工作日内, within 24 hours, in two days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from checker.facts import spots, workdays
from checker.facts.dayscope import CN, Day, Scope, number

SIGNS = (("within zh", ("内",)), ("within en", ("in ",)))
_LONGEST = 400  # days that a relative time may lie ahead
_ZH_WITHIN = re.compile(
    rf"(?P<n>\d{{1,3}}(?:\.5)?|{CN}|半)\s?个?\s?(?P<u>工作日|自然日|小时|钟头|天|日|周|星期|礼拜|月|分钟|h(?:rs?"
    rf"|ours?)?|days?)\s?(?:之|以)?内"
)
_EN_WITHIN = re.compile(
    r"(?<![a-z])(?:within|in)\s(?:the\s)?(?:next\s|coming\s)?(?P<n>\d{1,3}|[a-z]{1,6}(?:-[a-z]{5})?|a couple of)[\s-]?"
    r"(?P<w>(?:working|business|calendar|work)\s)?(?P<u>days?|hours?|hrs?|h|weeks?|minutes?|mins?)(?![a-z-])(?!\sof\s)"
)
_PAST_WINDOW = re.compile(
    r"(?:过去|最近|近|前|上|这|过往|历史)\s?$|(?:past|last|previous|sold|sales?|used|spent)[a-z0-9 ]{0,16}$"
)


def scan(s: Scope) -> Iterator[Day]:
    """Every length of time in the scope, as the day (and time) at its end."""
    for sign, pattern, before, behind in (("within zh", _ZH_WITHIN, 14, 1), ("within en", _EN_WITHIN, 4, 40)):
        found = spots.search(pattern, s.text, s.signs[sign], (s.start, s.end, before, behind))
        yield from filter(None, (_within(m, s) for m in found))


def _within(m: re.Match[str], s: Scope) -> Day | None:
    """48小时内, 3个工作日内, within 24 hours: the end of the span."""
    count = number(m["n"])
    unit = m["u"].rstrip("s")
    before = s.before(m.start(), 24)
    if m["n"] == "the" and (unit != m["u"] or not m.group().startswith("within")):
        return None  # “in the weeks after”
    if count is None or before[-1:] == "第" or (before[-1:] in "-~至到" and before) or _PAST_WINDOW.search(before):
        return None
    if before[-1:].isascii() and before[-1:].isalnum():
        return None
    clock = _CLOCK_UNITS.get(unit)
    if clock:
        moment = s.sent + clock * count
        return Day(m.start(), m.end(), moment.date(), "span", moment.timetz().replace(tzinfo=None))
    if count > _LONGEST:
        return None
    day = _ahead(s.today, unit if "w" not in m.re.groupindex or not m["w"] or "cal" in m["w"] else "工作日", count)
    return Day(m.start(), m.end(), day, "span")


_CLOCK_UNITS = {
    "小时": timedelta(hours=1), "钟头": timedelta(hours=1), "h": timedelta(hours=1), "hr": timedelta(hours=1),
    "hour": timedelta(hours=1), "分钟": timedelta(minutes=1), "minute": timedelta(minutes=1),
    "min": timedelta(minutes=1),
}  # fmt: skip
_DAY_UNITS = {"周": 7, "星期": 7, "礼拜": 7, "week": 7, "月": 30}


def _ahead(today: date, unit: str, count: float) -> date:
    if unit == "工作日":
        return workdays.after(today, int(count))
    return today + timedelta(days=round(count * _DAY_UNITS.get(unit, 1)))

"""Times of day and time zones as people write them: 下午5点半, 17:00, 5 p.m., noon, EOD, 北京时间, PST, GMT+8."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import time
from typing import NamedTuple

from checker.facts import spots
from checker.facts.spots import Run
from checker.reading import Passage


class Hour(NamedTuple):
    """A time of day found, in offsets of the matching text.

    kind: time; part (EOD, 下班); loose (上午: counts beside a day only).
    """

    start: int
    end: int
    kind: str
    time: time | None = None
    half: str = ""  # "said" when the half of the day is, "" when the hour may be meant either way
    zone: str | None = None


_CN_HOURS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"十一": 11, "十二": 12, "两": 2}
_HALVES = "凌晨|清晨|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚间|早|晚"
_AMPM = r"(?:[ap]\.m\.|[ap]m(?![a-z]))"
_CLOCK = re.compile(
    rf"(?<![\d.:/-])(?P<h>[01]?\d|2[0-4])(?:"
    rf"(?:[:\u2236](?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:%]))(?:\s?(?P<ap>{_AMPM}))?"
    rf"|(?:[.](?P<m2>[0-5]\d))?\s?(?P<ap2>{_AMPM})|\s?o'?\s?clock"
    r"|\s?(?P<dian>[点时])(?P<m3>半|一刻|三刻|\s?[0-5]?\d\s?分?(?![\d.%]))?(?P<z>整|钟)?)"
)
_CN_CLOCK = re.compile(
    rf"(?P<half>(?<![今明后昨当])(?:{_HALVES}))?(?P<h>十[一二]?|[一二两三四五六七八九])点(?P<m3>半|一刻"
    rf"|三刻)?(?P<z>整|钟)?(?![^\W\d_]*?[个条])"
)
_HALF_BEFORE = re.compile(rf"(?<![今明后昨当])(?:{_HALVES})\s?$")
_PART = re.compile(
    r"(?P<part>下班|收工|(?<![a-z])(?:(?:the )?(?:end|close) of (?:the )?(?:business(?: day)?|play|working day|day"
    r"|today)|eod|eob|cob)(?![a-z]))"
    r"|(?P<noon>(?:中午|正午)(?=\s?(?:之|以)?前|$)|(?<![a-z])(?:noon|midday)(?![a-z]))|(?P<mid>午夜"
    r"|(?<![a-z])midnight(?![a-z]))"
    r"|(?P<loose>上午|下午|中午|早上|晚上|傍晚|(?<![a-z])(?:morning|afternoon|evening|night)(?![a-z]))"
)
_PARTS_EN = ("eod", "eob", "cob", "end of", "close of", "noon", "midday", "midnight", "morning", "evening", "night")
SIGNS = (("hour", ("点",)), ("part of a day", (*_PARTS_EN, "下班", "收工", "午", "早上", "晚上", "傍晚")))
_HOUR_AFTER = re.compile(r"\s?(?:之前|以前|前(?![\d/])|左右|截止|之?后)")
_DAY_BEFORE = re.compile("[今明后昨当][晚早天日]$|[一二三四五六日号]$")
# 第5点, 以下3点, 提升2点: points of a list or of a percentage.
_COUNTED = re.compile(r"(?:第|以下|如下|下列|这|共|有|的|提升|提高|下降|涨|跌|个|百分之|\.)\s?$")

_PACIFIC, _EASTERN, _LONDON = "America/Los_Angeles", "America/New_York", "Europe/London"
_ZONES = {
    "北京": "Asia/Shanghai", "中国": "Asia/Shanghai", "国内": "Asia/Shanghai", "深圳": "Asia/Shanghai",
    "东八区": "Asia/Shanghai",
    "香港": "Asia/Hong_Kong", "美西": _PACIFIC, "太平洋": _PACIFIC, "洛杉矶": _PACIFIC, "美东": _EASTERN,
    "东部": _EASTERN,
    "纽约": _EASTERN, "美中": "America/Chicago", "英国": _LONDON, "伦敦": _LONDON, "德国": "Europe/Berlin",
    "欧洲": "Europe/Berlin",
    "法国": "Europe/Paris", "日本": "Asia/Tokyo", "东京": "Asia/Tokyo", "新加坡": "Asia/Singapore",
    "beijing": "Asia/Shanghai", "china": "Asia/Shanghai", "shanghai": "Asia/Shanghai", "shenzhen": "Asia/Shanghai",
    "bjt": "Asia/Shanghai", "hkt": "Asia/Hong_Kong", "pacific": _PACIFIC, "la": _PACIFIC, "seattle": _PACIFIC,
    "eastern": _EASTERN,
    "new york": _EASTERN, "london": _LONDON, "uk": _LONDON, "german": "Europe/Berlin", "japan": "Asia/Tokyo",
    "pst": _PACIFIC, "pdt": _PACIFIC, "pt": _PACIFIC, "est": _EASTERN, "edt": _EASTERN, "et": _EASTERN,
    "cdt": "America/Chicago",
    "mst": "America/Denver", "mdt": "America/Denver", "bst": _LONDON, "cet": "Europe/Berlin", "cest": "Europe/Berlin",
    "jst": "Asia/Tokyo", "sgt": "Asia/Singapore", "gmt": "UTC", "utc": "UTC", "ist": "Asia/Kolkata",
    "aest": "Australia/Sydney",
    "los angeles": _PACIFIC, "us pacific": _PACIFIC, "us west coast": _PACIFIC, "california": _PACIFIC,
    "us eastern": _EASTERN, "us east coast": _EASTERN, "us": _PACIFIC, "美国": _PACIFIC, "西雅图": _PACIFIC,
    "us central": "America/Chicago", "chicago": "America/Chicago", "hong kong": "Asia/Hong_Kong",
    "berlin": "Europe/Berlin", "germany": "Europe/Berlin", "central european": "Europe/Berlin",
    "paris": "Europe/Paris", "tokyo": "Asia/Tokyo", "singapore": "Asia/Singapore",
    # Whose it is, is said, and not where that is: the last place on earth where it is that time, so that none is past.
    **dict.fromkeys(
        ("当地", "你那边", "您那边", "你们", "贵方", "你方", "your", "ur", "your local", "local"), "-12:00"
    ),
}  # fmt: skip
_ZH_ZONE = (
    "(?:北京|中国|国内|深圳|香港|美西|太平洋|洛杉矶|西雅图|美国|美东|东部|纽约|美中|英国|伦敦|德国|欧洲|法国|日本|东京"
    "|新加坡|当地|[你您]那边|你们|贵方|你方)(?:标准)?时间|东八区"
)
_EN_ZONE = (
    r"(?:beijing|china|shanghai|shenzhen|hong kong|pacific|la|los angeles|seattle|california|eastern|new york|chicago"
    r"|us(?: (?:pacific|eastern|central|west coast|east coast))?|london|uk|german|germany|berlin|central european|paris"
    r"|japan|tokyo|singapore|your(?: local)?|ur|local|our|my)(?: standard)? time(?![a-z])"
)
_SHORT_ZONE = r"(?:bjt|hkt|pst|pdt|pt|est|edt|et|cst|cdt|mst|mdt|bst|cet|cest|jst|sgt|ist|aest)(?![a-z])"
_OFFSET = r"(?:gmt|utc)(?:\s?(?P<sign>[+-])\s?(?P<oh>\d{1,2})(?::?(?P<om>\d\d))?)?(?![a-z\d])"
_ZONE = re.compile(rf"\s?\(?\s?(?P<name>{_ZH_ZONE}|{_EN_ZONE}|{_SHORT_ZONE}|{_OFFSET})\)?")
_ZONE_BEFORE = re.compile(rf"(?P<name>{_ZH_ZONE})\s?的?$|(?<![a-z])(?P<yours>your|ur)(?: local)? $")
_ZONE_PLACE = re.compile(r"(?:标准)?时间$|(?: standard)? time$")


def scan(passage: Passage, offset_hours: float, runs: list[Run], signs: Mapping[str, list[int]]) -> Iterator[Hour]:
    """Every time of day in the passage, in no order, overlaps included.

    offset_hours: the sender's from UTC, which settles what CST is. runs: the passage's digits. signs: where the words
    of SIGNS stand.
    """
    for hour in _scan(passage, runs, signs):
        zone = zone_after(passage.of.folded, passage.of.matching, hour.end, passage.end, offset_hours)
        if zone:
            yield hour._replace(end=zone[1], zone=zone[0])
            continue
        before = zone_before(passage.of.folded, hour.start, passage.start)
        yield hour._replace(start=before[1], zone=before[0]) if before else hour


_AFTER = frozenset(":\u2236.点时apo'")  # what stands behind the digits of an hour, spaces left out


def _scan(passage: Passage, runs: list[Run], signs: Mapping[str, list[int]]) -> Iterator[Hour]:
    text, start, end = passage.of.folded, passage.start, passage.end
    done = start
    for at, _, after in runs:
        m = _CLOCK.match(text, at, end) if at >= done and after in _AFTER else None
        found = _clock(m, text, start) if m else None
        if found:
            yield found
            done = found.end
    yield from filter(None, map(_cn_clock, spots.search(_CN_CLOCK, text, signs["hour"], (start, end, 4, 5))))
    yield from map(_part, spots.search(_PART, text, signs["part of a day"], (start, end, 2, 26)))


def _clock(m: re.Match[str], text: str, floor: int) -> Hour | None:
    begin = m.start()
    half = _HALF_BEFORE.search(text, max(floor, begin - 3), begin)
    word = half.group().strip() if half else ""
    minute = m["m"] or m["m2"] or ""
    ap = m["ap"] or m["ap2"]
    if m["dian"] and not _is_hour(m, text, floor, word):
        return None
    if ap and not 1 <= int(m["h"]) <= 12 and not minute:
        return None
    if m["dian"] and m["m3"]:
        minute = _minutes(m["m3"])
    said = ap[0] + "m" if ap else word
    found = _time(m["h"], int(minute or 0), said)
    open_half = not said and not m["h"].startswith("0")
    return Hour(half.start() if half else begin, m.end(), "time", found, "" if open_half else "said")


def _is_hour(m: re.Match[str], text: str, floor: int, half: str) -> bool:
    """5点 is an hour beside 下午, 半, 钟 or 前, or behind a day; not a point of a list or a percentage."""
    before = text[max(floor, m.start() - 4) : m.start()]
    if half or m["z"] or (m["m3"] and not m["m3"].strip().isdigit()):
        return True
    if _COUNTED.search(before) or text.startswith(("点", "建", "意", "个"), m.end()):
        return bool(_HOUR_AFTER.match(text, m.end()) and not _COUNTED.search(before))
    behind_day = before.rstrip().endswith(("天", "日", "号", "一", "二", "三", "四", "五", "六", "晚", "早", ")"))
    return bool(m["m3"] or behind_day or _HOUR_AFTER.match(text, m.end()))


def _cn_clock(m: re.Match[str]) -> Hour | None:
    """五点半: only with a half of the day, a minute, 整/钟 or 前 beside it (一点 is also “a bit”)."""
    after = _HOUR_AFTER.match(m.string, m.end())
    behind_day = _DAY_BEFORE.search(m.string, max(0, m.start() - 2), m.start())
    if not (m["half"] or m["m3"] or m["z"] or after or behind_day):
        return None
    if m["h"] == "一" and not m["half"] and not m["z"] and not m["m3"]:
        return None
    if m["half"] in ("早", "晚") and m["h"] == "一":
        return None  # 早一点: a bit earlier
    found = _time(str(_CN_HOURS[m["h"]]), int(_minutes(m["m3"] or "")), m["half"] or "")
    return Hour(m.start(), m.end(), "time", found, "said" if m["half"] else "")


def _minutes(words: str) -> str:
    named = {"半": "30", "一刻": "15", "三刻": "45"}.get(words.strip())
    return named or "".join(c for c in words if c.isdigit()) or "0"


def _time(hours: str, minute: int, half: str) -> time:
    """The time; an hour from 1 to 6 without 上午/am and without a leading 0 is in the afternoon."""
    hour = int(hours)
    if half in ("pm", "下午", "午后", "傍晚", "晚上", "晚间", "晚"):
        hour = 24 if hour == 12 and half.startswith("晚") else hour + 12 if hour < 12 else hour
    elif half in ("中午", "正午"):
        hour = hour + 12 if hour < 4 else hour
    elif half == "am":
        hour %= 12
    elif not half and not hours.startswith("0") and 1 <= hour <= 6:
        hour += 12
    return time(23, 59, 59) if hour >= 24 else time(hour, min(minute, 59))


def _part(m: re.Match[str]) -> Hour:
    if m["part"]:
        return Hour(m.start(), m.end(), "part")
    if m["loose"]:
        return Hour(m.start(), m.end(), "loose")
    return Hour(m.start(), m.end(), "time", time(12) if m["noon"] else time(23, 59, 59), "said")


def evening(hour: Hour) -> time | None:
    """The time when the day said 今晚 or tonight: 8点 is 20:00."""
    if hour.time is None or hour.half or not 1 <= hour.time.hour < 12:
        return hour.time
    return hour.time.replace(hour=hour.time.hour + 12)


def zone_after(text: str, raw: str, at: int, end: int, offset_hours: float) -> tuple[str, int] | None:
    """The zone named at `at` and where its words end. offset_hours: the sender's, which settles CST."""
    m = _ZONE.match(text, at, end)
    if m is None:
        return None
    words = raw[m.start("name") : m.end("name")]
    if len(words) == 2 and not words.isupper():
        return None
    closed = m.end() if "(" in m.group() or not m.group().endswith(")") else m.end() - 1
    return _zone(m, offset_hours), closed


def zone_before(text: str, at: int, start: int) -> tuple[str, int] | None:
    """The zone named right before `at` (北京时间3月12日) and where its words start."""
    m = _ZONE_BEFORE.search(text, max(start, at - 10), at)
    return (_ZONES[_ZONE_PLACE.sub("", m["name"] or m["yours"])], m.start()) if m else None


def _zone(m: re.Match[str], offset_hours: float) -> str:
    name = m["name"]
    if m["sign"]:
        return f"{m['sign']}{int(m['oh']):02d}:{m['om'] or '00'}"
    if name in ("our time", "my time"):
        hours, minutes = divmod(round(abs(offset_hours) * 60), 60)
        return f"{'-' if offset_hours < 0 else '+'}{hours:02d}:{minutes:02d}"
    if name == "cst":
        return "Asia/Shanghai" if offset_hours == 8 else "America/Chicago"
    return _ZONES[_ZONE_PLACE.sub("", name)]

"""Days written out: 3月12日, 2026-03-12, 3/12, 12 Mar, March 12th, 12号前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from checker.facts import spots
from checker.facts.dayscope import EN_CUE, MONTH, MONTHS, Day, Scope, day_of, in_month, nearest, number, whole

SIGNS = (("month or day", ("月", "号")),)
_VERBS = ("may", "MAY", "march")  # in small letters a verb, unless “by” or the like stands before
_TO = r"\s*(?:[-~–—至到]|to|and)\s*"

# One scan that starts at digits; the alternatives in the order in which they are tried.
_NUMERIC = re.compile(
    r"(?:"
    r"(?P<y>20\d\d)\s*(?:年\s*|(?P<sep>[-/.]))(?P<ym>\d{1,2})(?(sep)(?P=sep)"
    r"|\s*月\s*)(?P<yd>\d{1,2})(?![\d%])(?:\s?[日号])?"
    r"|(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})(?![\d%月])(?:\s?[日号])?"
    rf"(?:{_TO}(?:(?P<m2>\d{{1,2}})\s?月\s?)?(?P<d2>\d{{1,2}})\s?[日号])?"
    r"|(?P<mm>\d{1,2})\s?月(?P<mp>份?(?:[初底末]|[上中下]旬|(?:之|以)?前(?!\d)))"
    rf"|(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO}(?P<ed2>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?)?[\s-]?(?:of\s)?(?P<em>{MONTH})(?:\.(?=\s20))?"
    r"(?:[\s,-]{1,2}(?P<ey>20\d\d)(?!\d))?"
    r"|(?P<a>\d{1,2})(?P<s3>[/.-])(?P<b>\d{1,2})(?P=s3)(?P<c>20\d\d)(?![\d%/-]|\.\d)"
    r"|(?P<p>\d{1,2})/(?P<q>\d{1,2})(?![\d%/]|\.\d|-(?!\d{1,2}/\d))(?:\s?[日号])?"
    r"|(?P<p2>\d{1,2})[.-](?P<q2>\d{1,2})(?![\d%/-]|\.\d)(?:\s?[日号])?"
    r"|(?P<c8>20\d{6})(?![\d-])"
    r"|(?P<dd>\d{1,2})\s?[号日](?!(?![到入进送][仓库])\w*(?:仓|店|楼|线|链接|库|机|门|内|均))"
    r")"
)
_HAO = re.compile(
    "(?<![一二三四五六七八九十百第])(?:(?P<zm>[一二三四五六七八九十]{1,2})月)?(?P<zd>[一二三四五六七八九十]{1,3})(?:号"
    "|(?<=月...)日|(?<=月..)日|(?<=月.)日|(?:(?<=月...)|(?<=月..)|(?<=月.))(?=前后|左右|断货))"
)
_MONTH_BEFORE = re.compile(rf"{MONTH}\.?\s?$")
_MONTH_FIRST = re.compile(
    rf"(?P<em>{MONTH})\.?\s?(?P<ed>\d{{1,2}})(?!\d|[.:]\d|%)(?:st|nd|rd|th)?"
    rf"(?:{_TO}(?:{MONTH}\.?\s?)?(?P<ed2>\d{{1,2}})(?!\d|[.:]\d)(?:st|nd|rd|th)?)?(?:,?\s(?P<ey>20\d\d)(?!\d))?"
)
# What stands beside a bare 3/12 or 3.12 that is a day.
_CUE_BEFORE = re.compile(
    r"(?:前|于|在|到|至|自|从|截[止至]|截|日期|时间|预计|最[晚迟]|不晚于|节点|显示|改[为成]|变[为成]|date|by|on|before|due|from|eta|since"
    r"|till?|until|ddl|deadline"
    r"|eod|cob|周[一二三四五六日天]|星期[一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun|[a-z]+day|[(\t\n|]"
    r"|\d/\d{1,2}\s?[-~–—至到])[\s:(,是为]*$"
)
_CUE_AFTER = re.compile(
    r"\s?(?:之?前|以前|到|发|断|上午|下午|早|晚|中午|\d{1,2}[:点]\d?|\(?(?:周|星期|礼拜)[一二三四五六日天]|\(?(?:mon"
    r"|tue|wed|thu|fri|sat|sun)"
    r"|eod|cob|eob|[ap]m|\d{1,2}\s?[ap]m|下班|补货|入仓|截止|开船|起飞|抵|[\t|]|\s?[-~–—至到]\s?\d{1,2}/\d)"
)
_DOT_BEFORE = re.compile(
    r"(?:截[止至]|日期|时间|最[晚迟]|不晚于|节点|date|ddl|deadline|due|eta|etd|到[港仓货]|[改推]到|显示|预计)[\s:(是为在于写的]*$"
)
_DOT_AFTER = re.compile(
    r"\s?(?:日?(?:之|以)?前(?!\d)|\(?(?:周|星期)[一二三四五六日天]\)?|下班|[日号]|(?:上午|下午|晚上|中午)\s?\d)"
)
_NO_DOT = re.compile(
    r"(?:评分|星级?|版本?|售?价|rating|version|ver|v|acos|ctr|占比|¥|\$|第)[\s:.]*(?:由|从|到|至|提到|提升到)?\s*$"
)
_GLUED = re.compile(r"[a-z0-9/#_$¥]$|(?<!\d)-$|(?<![/\d]\d)(?<!/)\d-$")
_LONE = re.compile(r"(?:^|[\n\t|])\s*$")
_LONE_END = re.compile(r"\s*(?:$|[\n\t|])")
_FRACTION = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (24, 7)})
_ONE_DAY_BEFORE = re.compile(r"(?:本月|这个?月|下个?月|[于在]|截[止至]|最[晚迟]|到|至|下单|预计)\s?$")
# 25号断, 18号就能到: what happens to stock and goods on a day.
_HAPPENS = (
    r"[就会要得能才]*(?:[断空没](?=[,。;!\s]|了|$)|断货|售罄|卖[完光]"
    r"|到(?=[,。;!\s货港仓厂齐]|$)|[入进送]仓|[发出交]货|开船|装柜|提货|完工)"
)
_ONE_DAY_AFTER = re.compile(
    rf"\s?(?:(?:之|以)?前|下班|上午|下午|早|晚|中午|截止|\d{{1,2}}[点:]|\((?:周|星期)|(?:左右|前后)?{_HAPPENS})"
)


_AFTER = frozenset("年月日号/.-–~—至到stnrjfmado")  # what stands behind the digits of a day, spaces left out


def scan(s: Scope) -> Iterator[Day]:
    """Every day written out in the scope."""
    done = s.start
    for at, end, after in s.runs:
        if at < done:
            continue
        m = _NUMERIC.match(s.text, at, s.end) if after in _AFTER or end - at == 8 else None
        found = (_numeric(m, s) if m else None) or _month_first(at, s)
        if found:
            yield found
            done = found.end
    in_words = spots.search(_HAO, s.text, s.signs["month or day"], (s.start, s.end, 4, 6))
    yield from filter(None, (_zh_numerals(m, s) for m in in_words))


def _month_first(at: int, s: Scope) -> Day | None:
    """March 12th: the month stands before the digits."""
    before = s.text[max(s.start, at - 2) : at]
    if not (before[-1:].isalpha() or (before[-1:] in (" ", ".") and (before[:1].isalpha() or before[:1] == "."))):
        return None
    head = _MONTH_BEFORE.search(s.text, max(s.start, at - 11), at)
    m = _MONTH_FIRST.match(s.text, head.start(), s.end) if head else None
    return _english(m, s) if m else None


def _numeric(m: re.Match[str], s: Scope) -> Day | None:
    if m["y"]:
        return whole(m, day_of(int(m["y"]), int(m["ym"]), int(m["yd"])), year=True)
    if m["d"]:
        return whole(m, nearest(int(m["m2"] or m["m"]), int(m["d2"] or m["d"]), s.today))
    if m["mm"]:
        return _part_of_month(m, int(m["mm"]), m["mp"], s)
    if m["em"]:
        return _english(m, s)
    if m["c"]:
        return whole(m, _year_last(int(m["a"]), int(m["b"]), int(m["c"]), s.order, s.today), year=True)
    if m["p"]:
        return _slash(m, int(m["p"]), int(m["q"]), s)
    if m["p2"]:
        return _dotted(m, int(m["p2"]), int(m["q2"]), s)
    if m["c8"]:
        return _compact(m, s)
    return _day_of_month(m, int(m["dd"]), s)


def _year_last(a: int, b: int, year: int, order: str, today: date) -> date | None:
    """12/03/2026: as the order says; under ymd, which does not tell, whichever lies nearer to the day of sending."""
    by_month, by_day = day_of(year, a, b), day_of(year, b, a)
    if order == "ymd" and by_month and by_day:
        return min(by_month, by_day, key=lambda d: abs((d - today).days))
    return (by_day or by_month) if order == "dmy" else (by_month or by_day)


def _slash(m: re.Match[str], p: int, q: int, s: Scope) -> Day | None:
    month, day = (q, p) if s.order == "dmy" else (p, q)
    found = nearest(month, day, s.today)
    before, after = s.before(m.start()), s.after(m.end())
    if (
        not found
        or _GLUED.search(before)
        or (after[:1].isascii() and after[:1].isalpha() and not _CUE_AFTER.match(after))
    ):
        return None
    lone = _LONE.search(before) and _LONE_END.match(after)
    strong = bool(_CUE_AFTER.match(after) or _CUE_BEFORE.search(before))
    if (p, q) in _FRACTION and not re.match(r"\s?(?:之|以)?前", after) and not _DOT_BEFORE.search(before):
        strong = strong and (p, q) != (24, 7) and bool(re.search(r"(?:by|before|due|于|在)\s?$", before))
    return whole(m, found) if strong or lone else None


def _dotted(m: re.Match[str], p: int, q: int, s: Scope) -> Day | None:
    before, after = s.before(m.start()), s.after(m.end())
    if before[-1:].isascii() and (before[-1:].isalnum() or before[-1:] in "-_$/#+") and before:
        return None
    if _NO_DOT.search(before) or not (_DOT_AFTER.match(after) or _DOT_BEFORE.search(before)):
        return None
    return whole(m, nearest(p, q, s.today))


def _compact(m: re.Match[str], s: Scope) -> Day | None:
    if not (_DOT_BEFORE.search(s.before(m.start())) or re.match(r"(?:之|以)?前", s.after(m.end()))):
        return None
    digits = m["c8"]
    return whole(m, day_of(int(digits[:4]), int(digits[4:6]), int(digits[6:])), year=True)


def _day_of_month(m: re.Match[str], day: int, s: Scope) -> Day | None:
    """12号 alone: this month's when it is still to come, else next month's."""
    before, after = s.before(m.start()), s.after(m.end())
    if (before[-1:].isascii() and before[-1:].isalnum()) or before.endswith(("第", "月", "-", "每月")):
        return None
    if not (_ONE_DAY_AFTER.match(after) or _ONE_DAY_BEFORE.search(before)):
        return None
    if before.endswith(("本月", "这月", "这个月", "下月", "下个月")):
        return None  # the relative pattern takes it whole
    year, month = s.today.year, s.today.month
    if day < s.today.day:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return whole(m, day_of(year, month, day))


def _zh_numerals(m: re.Match[str], s: Scope) -> Day | None:
    day = int(number(m["zd"]) or 0)
    if not m["zm"]:
        return _day_of_month(m, day, s)
    return whole(m, nearest(int(number(m["zm"]) or 0), day, s.today))


def _english(m: re.Match[str], s: Scope) -> Day | None:
    if m.start() and m.start() > s.start and s.text[m.start() - 1].isalnum() and s.text[m.start() - 1].isascii():
        return None
    name = s.raw[m.start("em") : m.end("em")]
    if name in _VERBS and not (EN_CUE.search(s.before(m.start())) and m.start("em") < m.start("ed")):
        return None
    month, day = MONTHS[name[:3].lower()], int(m["ed2"] or m["ed"])
    if m["ey"]:
        return whole(m, day_of(int(m["ey"]), month, day), year=True)
    return whole(m, nearest(month, day, s.today))


def _part_of_month(m: re.Match[str], month: int, part: str, s: Scope) -> Day | None:
    first = nearest(month, 1, s.today)
    if not first or s.before(m.start(), 1) in ("个", "/", "-"):
        return None
    end = m.end()
    if part.endswith("前"):  # 4月前: before April begins; 前 itself is no part of the day
        end -= 2 if part[-2:] in ("之前", "以前") else 1
        return Day(m.start(), end, first - timedelta(days=1), "relative")
    return Day(m.start(), end, in_month(first, part), "relative")

"""Days as people write them in Chinese and English: 3月12日, 下周五, Mar 12, next Tuesday, within 3 working days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from checker.facts import workdays
from checker.reading import Passage

_BACK, _AHEAD = timedelta(days=92), timedelta(days=275)  # a day without a year: nearest within -3 and +9 months
_LONGEST = 400  # days that a relative time may lie ahead


class Day(NamedTuple):
    """A day found: offsets of the matching text and what it says. kind: date, weekday, relative, span (48小时内)."""

    start: int
    end: int
    day: date
    kind: str
    time: time | None = None
    weekday: int | None = None
    year: bool = False


class _Scope(NamedTuple):
    """What a day is reckoned from: the folded text, the text with capitals, the moment of sending, the order of 3/4."""

    text: str
    raw: str
    start: int
    end: int
    sent: datetime
    order: str

    def before(self, at: int, width: int = 14) -> str:
        return self.text[max(self.start, at - width) : at]

    def after(self, at: int, width: int = 8) -> str:
        return self.text[at : min(self.end, at + width)]

    @property
    def today(self) -> date:
        return self.sent.date()


_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "俩": 2, "半": 0}
_WORDS = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": 1, "an": 1, "the": 1, "couple of": 2, "a couple of": 2, "twelve": 12, "fourteen": 14, "twenty-four": 24,
    "forty-eight": 48,
}  # fmt: skip
_MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_WEEKDAYS = {d: i for i, d in enumerate("mon tue wed thu fri sat sun".split(), 1)}
_ZH_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7, "末": 7} | {str(i): i for i in range(1, 8)}

_CN = "[一二两三四五六七八九十]{1,3}"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_TO = r"\s*(?:[-~–—至到]|to|and)\s*"

# One scan that starts at digits; the alternatives in the order in which they are tried.
_NUMERIC = re.compile(
    r"(?<![\d.])(?:"
    r"(?P<y>20\d\d)\s*(?:年\s*|(?P<sep>[-/.]))(?P<ym>\d{1,2})(?(sep)(?P=sep)|\s*月\s*)(?P<yd>\d{1,2})(?![\d%])(?:\s?[日号])?"
    r"|(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})(?![\d%月])(?:\s?[日号])?"
    rf"(?:{_TO}(?:(?P<m2>\d{{1,2}})\s?月\s?)?(?P<d2>\d{{1,2}})\s?[日号])?"
    r"|(?P<mm>\d{1,2})\s?月(?P<mp>份?(?:[初底末]|[上中下]旬|(?:之|以)?前(?!\d)))"
    rf"|(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO}(?P<ed2>\d{{1,2}})(?:st|nd|rd|th)?)?[\s-]?(?:of\s)?(?P<em>{_MONTH})(?:\.(?=\s20))?"
    r"(?:[\s,-]{1,2}(?P<ey>20\d\d)(?!\d))?"
    r"|(?P<a>\d{1,2})(?P<s3>[/.-])(?P<b>\d{1,2})(?P=s3)(?P<c>20\d\d)(?![\d%/.-])"
    r"|(?P<p>\d{1,2})/(?P<q>\d{1,2})(?![\d%/]|\.\d|-(?!\d{1,2}/\d))(?:\s?[日号])?"
    r"|(?P<p2>\d{1,2})[.-](?P<q2>\d{1,2})(?![\d%/-]|\.\d)(?:\s?[日号])?"
    r"|(?P<c8>20\d{6})(?![\d-])"
    r"|(?P<dd>\d{1,2})\s?[号日](?!\w*(?:仓|店|楼|线|链接|库|机|门|内|均))"
    r")"
)
_HAO = re.compile(
    "(?<![一二三四五六七八九十百第])(?:(?P<zm>[一二三四五六七八九十]{1,2})月)?(?P<zd>[一二三四五六七八九十]{1,3})(?:号|(?<=月...)日|(?<=月..)日|(?<=月.)日)"
)
_MONTH_FIRST = re.compile(
    rf"(?P<em>{_MONTH})\.?\s?(?P<ed>\d{{1,2}})(?!\d|[.:]\d|%)(?:st|nd|rd|th)?"
    rf"(?:{_TO}(?:{_MONTH}\.?\s?)?(?P<ed2>\d{{1,2}})(?!\d|[.:]\d)(?:st|nd|rd|th)?)?(?:,?\s(?P<ey>20\d\d)(?!\d))?"
)
_ZH_RELATIVE = re.compile(
    r"(?P<rel>大后天|(?<![之以今明])后天|今[天日晚早]|明[天日晚早](?!星)|(?<![提之以])前天|昨[天日晚]|当[天日](?=内|下班|之内|回|答))"
    r"|(?P<week>上上|下下|上|下|本|这)?个?(?P<noun>周|星期|礼拜)(?P<wd>[一二三四五六日天末1-7])"
    r"(?![次个天条款种份批周年月%\d]|(?<=日)[均销]|(?<=末)尾)"
    r"|(?P<wk>本|这|下下|下)个?(?:周|星期|礼拜)(?![一二三四五六日天末1-7期转年])"
    r"|(?P<mon>本|这|下|当)个?月(?P<end>份?[初底末]|份?[上中下]旬|份?之?内|份?之?前|(?P<dom>\d{1,2})\s?[号日])"
    r"|(?P<bare>月[底末](?!线)|年[底末]|年内)"
    r"|节前|(?P<fest>五一|国庆|元旦)(?:节|假期|放假)?(?:之|以)?前"
)
_ZH_WITHIN = re.compile(
    rf"(?P<n>\d{{1,3}}(?:\.5)?|{_CN}|半)\s?个?\s?(?P<u>工作日|自然日|小时|钟头|天|日|周|星期|礼拜|月|分钟|h(?:rs?|ours?)?|days?)\s?(?:之|以)?内"
)
_EN_DAY = re.compile(
    r"(?P<rel>day after tomorrow|today|tonight|this (?:morning|afternoon|evening)|tomorrow|tmrw?|tmw|tomorow|tommorow|tomorro"
    r"|2moro|yesterday|same day)(?![a-z])"
    rf"|(?P<which>next|this|coming|last)?\s?(?<![a-z])(?P<wd>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?P<full>day)?(?![a-z])"
    rf"|(?P<eo>(?:the )?end of (?:the |this |next )?(?:week|month|year)|(?<![a-z])eow|(?<![a-z])eom)(?![a-z])"
    rf"|(?P<span>(?<![a-z])(?:this|next) (?:week|month))(?!(?:'s)?[a-z]|end)"
    rf"|(?P<part>(?<![a-z])(?:end of|mid|middle of|early|late)[\s-](?P<em>{_MONTH}))"
)
_EN_WITHIN = re.compile(
    r"(?<![a-z])(?:within|in)\s(?:the\s)?(?:next\s|coming\s)?(?P<n>\d{1,3}|[a-z]{1,6}(?:-[a-z]{5})?|a couple of)[\s-]?"
    r"(?P<w>(?:working|business|calendar|work)\s)?(?P<u>days?|hours?|hrs?|h|weeks?|minutes?|mins?)(?![a-z-])(?!\sof\s)"
)
_EN_GATES = ("day", "tom", "tmr", "tmw", "2moro", "tonight", "week", "month", "year", "eow", "eom", "this ")
_EN_SHORT = re.compile(r"(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)")
_MID_GATES = ("end of", "mid", "early", "late")
_ZH_GATE = re.compile("[周期拜月年]|[今明后昨前当][天日晚早]|节前|前")

# What stands beside a bare 3/12 or 3.12 that is a day.
_CUE_BEFORE = re.compile(
    r"(?:前|于|在|到|至|自|从|截[止至]|截|日期|时间|预计|最[晚迟]|不晚于|节点|date|by|on|before|due|from|eta|since|till?|until|ddl|deadline"
    r"|eod|cob|周[一二三四五六日天]|星期[一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun|[a-z]+day|[(\t\n|]|\d/\d{1,2}\s?[-~–—至到])[\s:(,是为]*$"
)
_CUE_AFTER = re.compile(
    r"\s?(?:之?前|以前|到|发|断|上午|下午|早|晚|中午|\d{1,2}[:点]\d?|\(?(?:周|星期|礼拜)[一二三四五六日天]|\(?(?:mon|tue|wed|thu|fri|sat|sun)"
    r"|eod|cob|eob|[ap]m|\d{1,2}\s?[ap]m|下班|补货|入仓|截止|开船|起飞|抵|[\t|]|\s?[-~–—至到]\s?\d{1,2}/\d)"
)
_DOT_BEFORE = re.compile(r"(?:截[止至]|日期|时间|最[晚迟]|不晚于|节点|date|ddl|deadline|due|预计)[\s:(是为在于]*$")
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
_ONE_DAY_AFTER = re.compile(r"\s?(?:(?:之|以)?前|下班|上午|下午|早|晚|中午|截止|\d{1,2}[点:]|\((?:周|星期))")
_PAST_WINDOW = re.compile(
    r"(?:过去|最近|近|前|上|这|过往|历史)\s?$|(?:past|last|previous|sold|sales?|used|spent)[a-z0-9 ]{0,16}$"
)
_RECURRING = re.compile(r"(?:每个?|单|隔|各|逢|every|each)\s?$|[一两几双单\d]$")
_EN_CUE = re.compile(
    r"(?:by|on|before|until|till?|due|next|this|coming|eod|cob|ddl|deadline|for|from|is|[(,:/|\d])\s?$|(?:^|\n|\t)\s*$"
)
_EN_CUE_AFTER = re.compile(
    r"\.?,?\s?(?:\d|eod|cob|eob|morning|afternoon|evening|noon|night|[),\n]|[ap]m|" + _MONTH + ")"
)


def scan(passage: Passage, sent: datetime, order: str) -> Iterator[Day]:
    """Every day of the passage, in no order, overlaps included. sent: with its zone; order: ymd, mdy or dmy."""
    scope = _Scope(passage.of.folded, passage.of.matching, passage.start, passage.end, sent, order)
    for pattern, build in _patterns(scope.text):
        for m in pattern.finditer(scope.text, scope.start, scope.end):
            found = build(m, scope)
            if found is not None:
                yield found


_Build = Callable[["re.Match[str]", _Scope], "Day | None"]


def _patterns(text: str) -> Iterator[tuple[re.Pattern[str], _Build]]:
    yield _NUMERIC, _numeric
    if not text.isascii():
        if _ZH_GATE.search(text):
            yield _ZH_RELATIVE, _zh_relative
        if "内" in text:
            yield _ZH_WITHIN, _within
        if "月" in text or "号" in text:
            yield _HAO, _zh_numerals
    if any(m in text for m in _MONTHS):
        yield _MONTH_FIRST, _english
    if any(w in text for w in _EN_GATES) or any(w in text for w in _MID_GATES) or _EN_SHORT.search(text):
        yield _EN_DAY, _en_day
    if "within" in text or "in " in text:
        yield _EN_WITHIN, _within


# -- absolute days


def nearest(month: int, day: int, sent: date) -> date | None:
    """The day without a year that lies between 3 months back and 9 months ahead of `sent`; None if there is none."""
    for year in (sent.year, sent.year + 1, sent.year - 1):
        found = _date(year, month, day)
        if found and -_BACK <= found - sent <= _AHEAD:
            return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _numeric(m: re.Match[str], s: _Scope) -> Day | None:
    if m["y"]:
        return _whole(m, _date(int(m["y"]), int(m["ym"]), int(m["yd"])), year=True)
    if m["d"]:
        return _whole(m, nearest(int(m["m2"] or m["m"]), int(m["d2"] or m["d"]), s.today))
    if m["mm"]:
        return _part_of_month(m, int(m["mm"]), m["mp"], s)
    if m["em"]:
        return _english(m, s)
    if m["c"]:
        return _whole(m, _year_last(int(m["a"]), int(m["b"]), int(m["c"]), s.order, s.today), year=True)
    if m["p"]:
        return _slash(m, int(m["p"]), int(m["q"]), s)
    if m["p2"]:
        return _dotted(m, int(m["p2"]), int(m["q2"]), s)
    if m["c8"]:
        return _compact(m, s)
    return _day_of_month(m, int(m["dd"]), s)


def _whole(m: re.Match[str], day: date | None, *, year: bool = False) -> Day | None:
    return Day(m.start(), m.end(), day, "date", year=year) if day else None


def _year_last(a: int, b: int, year: int, order: str, today: date) -> date | None:
    """12/03/2026: as the order says; under ymd, which does not tell, whichever lies nearer to the day of sending."""
    by_month, by_day = _date(year, a, b), _date(year, b, a)
    if order == "ymd" and by_month and by_day:
        return min(by_month, by_day, key=lambda d: abs((d - today).days))
    return (by_day or by_month) if order == "dmy" else (by_month or by_day)


def _slash(m: re.Match[str], p: int, q: int, s: _Scope) -> Day | None:
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
    return _whole(m, found) if strong or lone else None


def _dotted(m: re.Match[str], p: int, q: int, s: _Scope) -> Day | None:
    before, after = s.before(m.start()), s.after(m.end())
    if before[-1:].isascii() and (before[-1:].isalnum() or before[-1:] in "-_$/#+") and before:
        return None
    if _NO_DOT.search(before) or not (_DOT_AFTER.match(after) or _DOT_BEFORE.search(before)):
        return None
    return _whole(m, nearest(p, q, s.today))


def _compact(m: re.Match[str], s: _Scope) -> Day | None:
    if not (_DOT_BEFORE.search(s.before(m.start())) or re.match(r"(?:之|以)?前", s.after(m.end()))):
        return None
    digits = m["c8"]
    return _whole(m, _date(int(digits[:4]), int(digits[4:6]), int(digits[6:])), year=True)


def _day_of_month(m: re.Match[str], day: int, s: _Scope) -> Day | None:
    """12号 alone: this month's when it is still to come, else next month's."""
    before, after = s.before(m.start()), s.after(m.end())
    if before[-1:].isascii() and before[-1:].isalnum() or before.endswith(("第", "月", "-", "每月")):
        return None
    if not (_ONE_DAY_AFTER.match(after) or _ONE_DAY_BEFORE.search(before)):
        return None
    if before.endswith(("本月", "这月", "这个月", "下月", "下个月")):
        return None  # the relative pattern takes it whole
    year, month = s.today.year, s.today.month
    if day < s.today.day:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return _whole(m, _date(year, month, day))


def _zh_numerals(m: re.Match[str], s: _Scope) -> Day | None:
    day = int(number(m["zd"]) or 0)
    if not m["zm"]:
        return _day_of_month(m, day, s)
    return _whole(m, nearest(int(number(m["zm"]) or 0), day, s.today))


def _english(m: re.Match[str], s: _Scope) -> Day | None:
    if m.start() and m.start() > s.start and s.text[m.start() - 1].isalnum() and s.text[m.start() - 1].isascii():
        return None
    name = s.raw[m.start("em") : m.end("em")]
    if name.lower() == "may" and name == "may" or (m.start("em") > m.start("ed") and name == "MAY"):
        return None
    month, day = _MONTHS[name[:3].lower()], int(m["ed2"] or m["ed"])
    if m["ey"]:
        return _whole(m, _date(int(m["ey"]), month, day), year=True)
    return _whole(m, nearest(month, day, s.today))


def _part_of_month(m: re.Match[str], month: int, part: str, s: _Scope) -> Day | None:
    first = nearest(month, 1, s.today)
    if not first or s.before(m.start(), 1) in ("个", "/", "-"):
        return None
    end = m.end()
    if part.endswith("前"):  # 4月前: before April begins; 前 itself is no part of the day
        end -= 2 if part[-2:] in ("之前", "以前") else 1
        return Day(m.start(), end, first - timedelta(days=1), "relative")
    return Day(m.start(), end, _in_month(first, part), "relative")


def _in_month(first: date, part: str) -> date:
    """月初 and 上旬 end on the 10th, 中旬 on the 20th, the rest on the last day."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    if "初" in part or "上" in part or "early" in part:
        return first.replace(day=10)
    return first.replace(day=20) if "中" in part or "mid" in part else last


# -- relative days


def number(words: str) -> float | None:
    """The value of 3, 0.5, 两, 十二, 二十, 半, three; None if it is no number."""
    if words[0].isdigit():
        return float(words)
    if words in _WORDS:
        return float(_WORDS[words])
    if words == "半":
        return 0.5
    if words == "十":
        return 10.0
    if any(c not in _NUMBERS for c in words):
        return None
    tens, ten, ones = words.rpartition("十")
    value = _NUMBERS.get(tens, 1) * 10 if ten else 0
    return float(value + (_NUMBERS[ones] if ones else 0)) if len(ones) <= 1 else None


def weekend_of(day: date) -> date:
    """The Friday of the week of `day`; its Sunday when Friday is over."""
    return day + timedelta(days=(5 if day.isoweekday() <= 5 else 7) - day.isoweekday())


def _zh_relative(m: re.Match[str], s: _Scope) -> Day | None:
    if m["rel"]:
        return _named_day(m, s)
    if m["wd"]:
        return _zh_weekday(m, s)
    if m["wk"]:
        weeks = {"本": 0, "这": 0, "下": 1, "下下": 2}[m["wk"]]
        return _end_of_week(m, s, weeks)
    if m["mon"]:
        return _zh_month(m, s)
    if m["fest"]:
        return _festival(m, s)
    if not m["bare"] or re.search(r"[个\d本这下当每今去]$", s.before(m.start(), 1)):
        return None
    last = date(s.today.year, 12, 31) if m["bare"][0] == "年" else _in_month(s.today.replace(day=1), "底")
    return Day(m.start(), m.end(), last, "relative")


_ZH_OFFSETS = {"今": 0, "明": 1, "后天": 2, "大后天": 3, "昨": -1, "前天": -2, "当": 0}


def _named_day(m: re.Match[str], s: _Scope) -> Day | None:
    name = m["rel"]
    days = _ZH_OFFSETS.get(name, _ZH_OFFSETS.get(name[0], 0))
    return Day(m.start(), m.end(), s.today + timedelta(days=days), "relative")


def _zh_weekday(m: re.Match[str], s: _Scope) -> Day | None:
    which, wd = m["week"], _ZH_WEEKDAYS[m["wd"]]
    if not which and (_RECURRING.search(s.before(m.start(), 2)) or (m["wd"].isdigit() and m["noun"] != "周")):
        return None
    monday = s.today - timedelta(days=s.today.isoweekday() - 1)
    if m["wd"] == "末" and re.match("(?:之|以)?前", s.after(m.end(), 2)):
        wd = 5  # before the weekend
    weeks = {"本": 0, "这": 0, "下": 1, "下下": 2, "上": -1, "上上": -2, None: 0}[which]
    day = monday + timedelta(days=wd - 1, weeks=weeks)
    if not which and day < s.today:
        day += timedelta(weeks=1)
    stated = None if m["wd"] == "末" else wd
    return Day(m.start(), m.end(), day, "relative" if stated is None else "weekday", weekday=stated)


def _end_of_week(m: re.Match[str], s: _Scope, weeks: int) -> Day | None:
    after = s.after(m.end(), 3)
    if re.match("(?:之|以)?前", after):  # 下周前: before that week begins
        weeks -= 1
    day = weekend_of(s.today) if weeks == 0 else s.today + timedelta(days=5 - s.today.isoweekday(), weeks=weeks)
    return Day(m.start(), m.end(), day, "relative") if weeks >= 0 else None


def _zh_month(m: re.Match[str], s: _Scope) -> Day | None:
    first = s.today.replace(day=1)
    if m["mon"] == "下":
        first = (first + timedelta(days=31)).replace(day=1)
    if m["dom"]:
        return _whole(m, _date(first.year, first.month, int(m["dom"])))
    if m["end"].endswith("前"):
        end = m.start("end")
        return Day(m.start(), end, first - timedelta(days=1), "relative") if m["mon"] == "下" else None
    return Day(m.start(), m.end(), _in_month(first, m["end"]), "relative")


def _festival(m: re.Match[str], s: _Scope) -> Day | None:
    """五一前: the eve of the feast."""
    month, day = {"五一": (5, 1), "国庆": (10, 1), "元旦": (1, 1)}[m["fest"]]
    feast = nearest(month, day, s.today)
    return Day(m.start(), m.end("fest"), feast - timedelta(days=1), "relative") if feast else None


def _within(m: re.Match[str], s: _Scope) -> Day | None:
    """48小时内, 3个工作日内, within 24 hours: the end of the span."""
    count = number(m["n"])
    unit = m["u"].rstrip("s")
    before = s.before(m.start(), 24)
    if count is None or before[-1:] == "第" or before[-1:] in "-~至到" and before or _PAST_WINDOW.search(before):
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
    "hour": timedelta(hours=1), "分钟": timedelta(minutes=1), "minute": timedelta(minutes=1), "min": timedelta(minutes=1),
}  # fmt: skip
_DAY_UNITS = {"周": 7, "星期": 7, "礼拜": 7, "week": 7, "月": 30}


def _ahead(today: date, unit: str, count: float) -> date:
    if unit == "工作日":
        return workdays.after(today, int(count))
    return today + timedelta(days=round(count * _DAY_UNITS.get(unit, 1)))


def _en_day(m: re.Match[str], s: _Scope) -> Day | None:
    if (
        m.start() > s.start
        and s.text[m.start()].isalnum()
        and s.text[m.start() - 1].isascii()
        and s.text[m.start() - 1].isalnum()
    ):
        return None
    if m["rel"]:
        days = {"d": 2, "y": -1, "s": 0}.get(m["rel"][0], 0 if m["rel"] in ("today", "tonight") else 1)
        days = 0 if m["rel"].startswith("this") else days
        return Day(m.start(), m.end(), s.today + timedelta(days=days), "relative")
    if m["wd"]:
        return _en_weekday(m, s)
    if m["part"]:
        first = nearest(_MONTHS[m["em"][:3]], 1, s.today)
        return Day(m.start(), m.end(), _in_month(first, m["part"]), "relative") if first else None
    words = m["eo"] or m["span"]
    if not _whole_span(m, s):
        return None
    return Day(m.start(), m.end(), _end_of(words, s.today), "relative")


def _whole_span(m: re.Match[str], s: _Scope) -> bool:
    """`this week` and `next month` count only as times by which: “this week's sales” is none."""
    return bool(m["eo"]) or s.text[m.end() : m.end() + 1] not in ("'", "\u2019")


def _end_of(words: str, today: date) -> date:
    if "year" in words:
        return date(today.year, 12, 31)
    if "month" in words or words == "eom":
        first = today.replace(day=1)
        return _in_month((first + timedelta(days=31)).replace(day=1) if "next" in words else first, "end")
    return today + timedelta(days=12 - today.isoweekday()) if "next" in words else weekend_of(today)


def _en_weekday(m: re.Match[str], s: _Scope) -> Day | None:
    wd, which = _WEEKDAYS[m["wd"][:3]], m["which"]
    start = m.start() if which else m.start("wd")
    before = s.before(start)
    if _RECURRING.search(before):
        return None
    if not m["full"]:
        capital = s.raw[m.start("wd")].isupper()
        cued = which or _EN_CUE.search(before) or (capital and _EN_CUE_AFTER.match(s.after(m.end(), 12)))
        if not cued or (not capital and m["wd"] in ("sat", "sun", "wed") and not which):
            return None
    monday = s.today - timedelta(days=s.today.isoweekday() - 1)
    day = monday + timedelta(days=wd - 1, weeks={"next": 1, "last": -1}.get(which or "", 0))
    if which not in ("next", "last") and day < s.today:
        day += timedelta(weeks=1)
    return Day(start, m.end(), day, "weekday", weekday=wd)

"""Chinese days reckoned from today: 明天, 本周五, 下周一, 月底, 五一前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from checker.facts import spots
from checker.facts.dayscope import Day, Scope, day_of, in_month, nearest, weekend_of, whole

_ZH_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7, "末": 7} | {str(i): i for i in range(1, 8)}
_ZH_RELATIVE = re.compile(
    r"(?P<rel>大后天|(?<![之以今明])后天|今[天日晚早]|明[天日晚早](?!星)|(?<![提之以])前天(?!气)|昨[天日晚]"
    r"|当[天日](?=内|下班|之内|回|答))"
    r"|(?P<week>上上|下下|上|下|本|这)?个?(?P<noun>周|星期|礼拜)(?P<wd>[一二三四五六日天末]|[1-7](?!\d))"
    r"(?![次个天条款种份批周年月%]|(?<=日)[均销]|(?<=末)尾)"
    r"|(?P<wk>本|这|下下|下)个?(?:周|星期|礼拜)(?![一二三四五六日天末1-7期转年])"
    r"|(?P<mon>本|这|下|当)个?月(?P<end>份?[初底末]|份?[上中下]旬|份?之?内|份?之?前|(?P<dom>\d{1,2})\s?[号日])"
    r"|(?P<bare>月[底末](?!线)|年[底末]|年内)"
    r"|节前|(?P<fest>五一|国庆|元旦)(?:节|假期|放假)?(?:之|以)?前"
)
# One character that every match holds, cheap to find.
_SPOT = re.compile(
    "[今明后昨前当周拜期月年节五国元](?:(?=[天日晚早一二三四五六末底内初前份上中下庆旦1-7])|(?<=[本这下当个]周)"
    "|(?<=星期)|(?<=礼拜)|(?<=[本这下当个]月))"
)
_RECURRING = re.compile(r"(?:每个?|单|隔|各|逢)\s?$|[一两几双单\d]$")


def scan(s: Scope) -> Iterator[Day]:
    """Every relative day in the scope."""
    if s.text.isascii():
        return
    near = [m.start() for m in _SPOT.finditer(s.text, s.start, s.end)]
    for m in spots.search(_ZH_RELATIVE, s.text, near, (s.start, s.end, 4, 12)):
        found = _zh_relative(m, s)
        if found:
            yield found


def _zh_relative(m: re.Match[str], s: Scope) -> Day | None:
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
    last = date(s.today.year, 12, 31) if m["bare"][0] == "年" else in_month(s.today.replace(day=1), "底")
    return Day(m.start(), m.end(), last, "relative")


_ZH_OFFSETS = {"今": 0, "明": 1, "后天": 2, "大后天": 3, "昨": -1, "前天": -2, "当": 0}


def _named_day(m: re.Match[str], s: Scope) -> Day | None:
    name = m["rel"]
    days = _ZH_OFFSETS.get(name, _ZH_OFFSETS.get(name[0], 0))
    return Day(m.start(), m.end(), s.today + timedelta(days=days), "relative")


def _zh_weekday(m: re.Match[str], s: Scope) -> Day | None:
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


def _end_of_week(m: re.Match[str], s: Scope, weeks: int) -> Day | None:
    after = s.after(m.end(), 3)
    if re.match("(?:之|以)?前", after):  # 下周前: before that week begins
        weeks -= 1
    day = weekend_of(s.today) if weeks == 0 else s.today + timedelta(days=5 - s.today.isoweekday(), weeks=weeks)
    return Day(m.start(), m.end(), day, "relative") if weeks >= 0 else None


def _zh_month(m: re.Match[str], s: Scope) -> Day | None:
    first = s.today.replace(day=1)
    if m["mon"] == "下":
        first = (first + timedelta(days=31)).replace(day=1)
    if m["dom"]:
        return whole(m, day_of(first.year, first.month, int(m["dom"])))
    if m["end"].endswith("前"):
        end = m.start("end")
        return Day(m.start(), end, first - timedelta(days=1), "relative") if m["mon"] == "下" else None
    return Day(m.start(), m.end(), in_month(first, m["end"]), "relative")


def _festival(m: re.Match[str], s: Scope) -> Day | None:
    """五一前: the eve of the feast."""
    month, day = {"五一": (5, 1), "国庆": (10, 1), "元旦": (1, 1)}[m["fest"]]
    feast = nearest(month, day, s.today)
    return Day(m.start(), m.end("fest"), feast - timedelta(days=1), "relative") if feast else None

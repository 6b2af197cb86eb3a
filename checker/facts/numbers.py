"""Numbers as people write them, with unit, precision and vagueness: 1,200 · 1.2万 · 一千二百 · 15-20件 · about 1.2k · $15.99.

Everything here reads folded matching text: half width, lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CN_STEPS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_EN_SMALL = {
    w: i
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
} | {
    w: 10 * i for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}  # fmt: skip
_EN_STEPS = {"hundred": 100, "thousand": 1000}
_SCALES = {"万": 10_000, "w": 10_000, "千": 1000, "k": 1000, "百万": 1_000_000, "m": 1_000_000, "亿": 100_000_000}
_CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD", "美金": "USD", "刀": "USD",
    "¥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY",
    "€": "EUR", "eur": "EUR", "欧元": "EUR", "欧": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP",
    "jpy": "JPY", "日元": "JPY", "円": "JPY", "ca$": "CAD", "c$": "CAD", "cad": "CAD", "加元": "CAD",
    "au$": "AUD", "a$": "AUD", "aud": "AUD", "澳元": "AUD", "mxn": "MXN", "inr": "INR", "sek": "SEK", "pln": "PLN",
}  # fmt: skip

_PREFIX = r"us\$|ca\$|c\$|au\$|a\$|\$|¥|€|£|(?<![a-z])(?:usd|eur|gbp|rmb|cny|jpy|cad|aud|mxn|inr|sek|pln)|人民币|美元"
_WORDS = "|".join(sorted([*_EN_SMALL, *_EN_STEPS], key=len, reverse=True))
_PIECE = r"(?:件|个|单|台|套|只|双|条|瓶|盒|包|支|把|pcs\.?|pieces?|units?|orders?|sales|ea)"
# First those that look like a metric's unit and are none.
_UNIT = "|".join(
    f"(?P<{name}>{pattern})"
    for name, pattern in (
        (
            "other",
            r"个?工作日|(?:business|working|calendar)[ -]days?|个?小时|分钟|钟头|kg|公斤|千克|cm|mm|mb|gb|ml|cbm|立方"
            r"|人|名|位|款|家|票|柜|折|号|楼|点(?!击)|岁|倍|页|行|列|项|年|轮|批|度|"
            r"个(?:人|asin|sku|产品|问题|款|站点|变体|链接|柜|地方|方案|部分|百分点|点|客户|买家|评价|差评|评论|关键词|广告)"
            r"|条(?:差评|评价|评论|好评|留言|广告|记录)|(?:reviews?|ratings|asins?|skus?|hours?|hrs?|minutes?|mins?|am|pm|people"
            r"|years?|yrs?|th|st|nd|rd|x|oz|lbs?|inch(?:es)?|items? on|percentage points)(?![a-z])",
        ),
        (
            "units_per_day",
            rf"{_PIECE}?\s*(?:/|每|per |a |an |one |each |every )\s*(?:天|日(?![均销单期产])|day(?![a-z])|d(?![a-z]))"
            rf"|{_PIECE}\s*(?:一天|(?:daily|a ?day)(?![a-z]))",
        ),
        ("days", r"天(?!猫|津|河)|日(?![均销期单常元本产内报历程])|-?days?(?![a-z])|d(?![a-z])"),
        ("weeks", r"周(?![转末一二三四五六日天报年期边])|个?星期(?![一二三四五六日天])|个?礼拜|-?weeks?(?![a-z])"),
        ("months", r"个月|-?months?(?![a-z])"),
        ("percent", r"%|percent(?![a-z])|pct(?![a-z])"),
        ("stars", r"颗?星(?!期)|[- ]?stars?(?![a-z])"),
        ("points", r"分(?![钟别之析销批类配享成布])"),
        ("boxes", r"箱|(?:cartons?|ctns?|boxes|cases?)(?![a-z])"),
        ("times", r"次"),
        (
            "money",
            r"美元|美金|刀|人民币|元|块钱?|欧元|英镑|日元|円|加元|澳元|(?:usd|rmb|cny|eur|gbp|jpy|cad|aud)(?![a-z])",
        ),
        ("units", rf"{_PIECE}(?![a-z])"),
    )
)
_ASCII = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"\s?(?:百万|万|千|亿|[kwm](?![a-z0-9]))"
_PATTERN = (
    r"(?:(?P<about>大约|大概|约莫|约|将近|接近|差不多|近|~|≈|(?<![a-z])(?:about|around|approx(?:\.|imately)?|roughly|nearly|"
    r"almost|circa|some|ca\.))\s*)?"
    rf"(?:(?P<currency>{_PREFIX})\s?)?"
    rf"(?:(?<![\d.])(?<!\d,)(?P<ascii>{_ASCII})(?P<scale>{_SCALE})?(?P<plus>\+|多|余(?!下))?"
    r"(?P<range>)"
    r"|(?P<chinese>百分之[一二三四五六七八九十百零点]+|[〇零一二两三四五六七八九十百千万]+(?P<few>[多余几来])?(?=\s?(?:件|天|周|个?星期|个?礼拜"
    r"|个月|星|箱|单|台|套|个(?!人|别|性|体))))"
    rf"|(?P<half>半)(?=个月)|(?<![a-z])(?P<words>(?:{_WORDS})(?:(?: and |[ -])(?:{_WORDS}))*|an?)(?=[ -]{_PIECE}|[ -](?:days?|"
    r"weeks?|months?|stars?)(?![a-z])))"
    rf"(?:\s*(?:(?:more|further|extra|additional) )?(?:{_UNIT}))?(?P<after>\s?(?:左右|上下|or so(?![a-z])))?"
)
_NUMBER = re.compile(
    _PATTERN.replace(
        "(?P<range>)",
        rf"(?:\s?(?:[-–—~至到]|to(?= ))\s?(?:{_PREFIX})?(?P<upper>{_ASCII})(?P<upper_scale>{_SCALE})?(?![-/.:]?\d))?",
    )
)
_SINGLE = re.compile(_PATTERN.replace("(?P<range>)", "(?P<upper>(?!))?(?P<upper_scale>(?!))?"))
_FROM = re.compile(r"(?:从|由|(?<![a-z])from)\s?$")
# Dates and clock times; a quotient such as 105/15 is read elsewhere.
_DATES = re.compile(
    r"\d{2,4}\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?[日号])?|(?<!\d)\d{1,2}\s?月\s?\d{1,2}\s?[日号]?|(?<!\d)\d{1,2}\s?月(?:份|底|初|中)?"
    r"|(?<![\d.])\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?![\d.])|(?<![\d:])\d{1,2}:\d{2}(?::\d\d)?(?![\d:])|(?<!\d)\d{1,2}\s?号"
    r"|(?<![\d./])\d{1,4}/\d{1,4}(?![\d/])|(?<!\d)20\d\d-\d\d?(?!\d)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?!\d)(?:,? 20\d\d)?"
    r"|(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?(?:,? 20\d\d)?"
)
_BOXED = re.compile(
    rf"(?P<boxes>\d+)\s?(?:箱|cartons?|ctns?|boxes|cases?)\s?(?:[,(]?\s?(?:[x×*]|每箱|of|一箱|@)\s?)(?P<each>\d+)\s?(?:{_PIECE})?"
    r"(?:\s?(?:/|每|per |a )\s?(?:箱|carton|box|case))?"
)
_QUOTIENT = re.compile(
    r"(?P<stock>\d[\d,]*)\s?(?:件|units?|pcs)?\s?[/÷]\s?(?P<daily>\d+(?:\.\d+)?)\s?(?:件|units?|pcs)?(?:/天|/day|/d)?\s?[=≈]\s?(?=[约~]?\d)"
)
_CODE = re.compile(r"[a-z_]")


class Number(NamedTuple):
    """A number of a text. Offsets are those of the text searched and cover currency, number and unit.

    unit: units, units_per_day, days (weeks and months are turned into days), percent, stars, points, boxes, times, other, "",
    or a currency code. precision: the step of the last digit written. A range has value < high.
    """

    start: int
    end: int
    value: float
    high: float
    precision: float
    approximate: bool
    unit: str


def find(text: str, start: int, end: int, codes: tuple[tuple[int, int], ...] = ()) -> tuple[Number, ...]:
    """The numbers of text[start:end] in order, without dates, clock times and parts of names or codes.

    text is folded matching text; codes are ranges (ASINs, SKUs) that hold no numbers.
    """
    taken = [*codes, *((m.start(), m.end()) for m in _DATES.finditer(text, start, end))]
    boxed = [_boxed(m) for m in _BOXED.finditer(text, start, end)] if _may_be_boxed(text, start, end) else []
    taken += [(n.start, n.end) for n in boxed]
    found = [n for n in _plain(text, start, end) if not any(a < n.end and n.start < b for a, b in taken)]
    return tuple(sorted([*boxed, *found]))


def quotient(text: str, start: int, end: int) -> tuple[Number, Number] | None:
    """Stock and daily sales of the first written division (105/15 = 7), or None."""
    if "=" not in text[start:end] and "≈" not in text[start:end]:
        return None
    m = _QUOTIENT.search(text, start, end)
    if not m:
        return None
    stock, daily = (_exact(m, g, "units") for g in ("stock", "daily"))
    return (stock, daily) if stock.value > daily.value > 0 else None


def amount(text: str) -> Number | None:
    """The number that a table cell holds, or None when it holds none or more than one."""
    found = find(text, 0, len(text))
    return found[0] if len(found) == 1 else None


def chinese(words: str) -> tuple[float, float]:
    """Value and step of a Chinese number: 一千二百 -> 1200, 100. 二五 -> 25, 1 (digits in a row)."""
    if not any(c in _CN_STEPS for c in words):
        return float("".join(str(_CN_DIGITS[c]) for c in words)), 1.0
    total = section = digit = 0
    step = 1
    for c in words:
        if c in _CN_DIGITS:
            # The 5 of 两百五 means fifty, of 两百零五 five.
            digit, step = _CN_DIGITS[c], 1 if c in "零〇" else max(step // 10, 1)
        elif _CN_STEPS[c] >= 10_000:
            total, section, digit, step = (total + section + digit) * _CN_STEPS[c], 0, 0, _CN_STEPS[c]
        else:
            section, digit, step = section + (digit or 1) * _CN_STEPS[c], 0, _CN_STEPS[c]
    return float(total + section + digit * step), float(step)


def english(words: str) -> tuple[float, float]:
    """Value and step of an English number: two hundred and five -> 205, 1. "a" is one."""
    total = current = 0
    step = 1
    for word in re.split(r" and |[ -]", words):
        if word in _EN_STEPS:
            current, step = (current or 1) * _EN_STEPS[word], _EN_STEPS[word]
            if step == 1000:
                total, current = total + current, 0
        else:
            value = _EN_SMALL.get(word, 1)
            current, step = current + value, 10 if value >= 20 else 1
    return float(total + current), float(step)


def _may_be_boxed(text: str, start: int, end: int) -> bool:
    return any(text.find(w, start, end) >= 0 for w in ("箱", "carton", "ctn", "box", "case"))


def _boxed(m: re.Match[str]) -> Number:
    value = float(m["boxes"]) * float(m["each"])
    return Number(m.start(), m.end(), value, value, 1.0, False, "units")


def _exact(m: re.Match[str], group: str, unit: str) -> Number:
    value, precision = _ascii(m[group], None)
    return Number(m.start(group), m.end(group), value, value, precision, False, unit)


def _plain(text: str, start: int, end: int) -> Iterator[Number]:
    at = start
    while m := _NUMBER.search(text, at, end):
        if m["upper"] and _is_change(text, start, m):
            # 从20到15, $29.99 to $24.99: two numbers, no range.
            m = _SINGLE.match(text, m.start(), end) or m
        if not _part_of_code(text, m):
            yield _number(text, m)
        at = max(m.end(), at + 1)


def _is_change(text: str, start: int, m: re.Match[str]) -> bool:
    low, high = _ascii(m["ascii"], m["scale"])[0], _ascii(m["upper"], m["upper_scale"])[0]
    falls = high <= low and not (m["upper_scale"] and not m["scale"])
    return falls or _FROM.search(text[max(start, m.start() - 6) : m.start()]) is not None


def _part_of_code(text: str, m: re.Match[str]) -> bool:
    """Whether the digits continue a word or code: B0…, x-15, 15abc, 3-in-1; a label may stand before (DOS7天): told later."""
    if not m["ascii"]:
        return False
    last = m.end("upper") if m["upper"] else max(m.end("ascii"), m.end("scale"), m.end("plus"))
    rest = text[max(last, m.end()) :][:2]
    if not _unit(m) and rest and (_CODE.match(rest[0]) or (rest[0] in "-#/" and rest[1:].isalnum())):
        return True
    first = m.start("ascii")
    return (
        not m["currency"] and text[first - 1 : first] in ("_", "#", "-", "/") and text[first - 2 : first - 1].isalnum()
    )


def _number(text: str, m: re.Match[str]) -> Number:
    value, precision = _value(m)
    high = value
    if m["upper"]:
        high, upper_precision = _ascii(m["upper"], m["upper_scale"])
        if m["upper_scale"] and not m["scale"] and value < 1000:
            value *= high / float(m["upper"].replace(",", ""))
        high = max(value, high)
        precision = max(precision, upper_precision)
    unit = _unit(m)
    about = bool(m["about"] or m["after"] or m["plus"] or m["few"]) and not (m["about"] == "近" and unit == "days")
    times = {"days": 1, "weeks": 7, "months": 30}.get(unit, 1)
    if times > 1:
        about, unit = about or times == 30, "days"
    start = next(m.start(g) for g in ("currency", "ascii", "chinese", "half", "words") if m[g])
    end = m.start("after") if m["after"] else m.end()
    step = precision * times if times == 7 else precision
    return Number(
        start, len(text[:end].rstrip()) if end != m.end() else end, value * times, high * times, step, about, unit
    )


def _value(m: re.Match[str]) -> tuple[float, float]:
    if m["ascii"]:
        return _ascii(m["ascii"], m["scale"])
    if m["half"]:
        return 0.5, 1.0
    if m["words"]:
        return english(m["words"])
    words: str = m["chinese"].rstrip("多余几来")
    if words.startswith("百分之"):
        whole, _, decimals = words[3:].partition("点")
        return chinese(whole)[0] + (chinese(decimals)[0] / 10 ** len(decimals) if decimals else 0), 1.0
    return chinese(words)


def _ascii(digits: str, scale: str | None) -> tuple[float, float]:
    factor = _SCALES[scale.strip()] if scale else 1
    decimals = len(digits.partition(".")[2])
    return float(digits.replace(",", "")) * factor, factor / 10.0**decimals


def _unit(m: re.Match[str]) -> str:
    if m["currency"]:
        return _CURRENCIES[m["currency"]]
    if m["chinese"] and m["chinese"].startswith("百分之"):
        return "percent"
    if m["half"] or m["months"]:
        return "months"
    if m["money"]:
        return _CURRENCIES[m["money"]]
    names = ("other", "units_per_day", "days", "weeks", "percent", "stars", "points", "boxes", "times", "units")
    return next((name for name in names if m[name]), "")

"""Numbers as people write them, with unit, precision and vagueness: 1,200件 · 1.2万 · 一千二百件 · about $1.2k.

Everything here reads folded matching text: half width, lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.facts.numerals import EN_WORDS, chinese, chinese_percent, chinese_range, digits, english
from checker.facts.spots import holds

_CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD", "美金": "USD", "刀": "USD",
    "¥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY",
    "€": "EUR", "eur": "EUR", "欧元": "EUR", "欧": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP", "镑": "GBP",
    "jpy": "JPY", "日元": "JPY", "円": "JPY", "ca$": "CAD", "c$": "CAD", "cad": "CAD", "加元": "CAD",
    "au$": "AUD", "a$": "AUD", "aud": "AUD", "澳元": "AUD", "mxn": "MXN", "inr": "INR", "sek": "SEK", "pln": "PLN",
}  # fmt: skip

_PREFIX = r"us\$|ca\$|c\$|au\$|a\$|\$|¥|€|£|(?<![a-z])(?:usd|eur|gbp|rmb|cny|jpy|cad|aud|mxn|inr|sek|pln)|人民币|美元"
_PIECE = r"(?:件|个|单|台|套|只|双|条|瓶|盒|包|支|把|pcs\.?|pieces?|units?|orders?|sales|ea)"
# First those that look like a metric's unit and are none.
_UNITS = "|".join(
    f"(?P<{name}>{pattern})"
    for name, pattern in (
        (
            "other",
            r"个?工作日|(?:business|working|calendar)[ -]days?|个?小时|分钟|钟头|kg|公斤|千克|cm|mm|mb|gb|ml|cbm|立方"
            r"|人|名|位|款|家|票|柜|折|号|楼|点(?!击)|岁|倍|页|行|列|项|年|轮|批|度|"
            r"个(?:人|asin|sku|产品|问题|款|站点|变体|链接|柜|地方|方案|部分|百分点|点|客户|买家|评价|差评|评论"
            r"|关键词|广告)"
            r"|条(?:差评|评价|评论|好评|留言|广告|记录)|(?:reviews?|ratings|asins?|skus?|hours?|hrs?|minutes?"
            r"|mins?|am|pm|people"
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
            r"美元|美金|刀|人民币|元|块钱?|欧元|欧(?![洲盟])|英?镑|日元|円|加元|澳元|(?:usd|rmb|cny|eur|gbp|jpy|cad|aud)(?![a-z])",
        ),
        ("units", rf"{_PIECE}(?![a-z])"),
    )
)
_UNIT = re.compile(rf"\s*(?:(?:more|further|extra|additional) )?(?:{_UNITS})")
_AFTER = re.compile(r"\s?(?:左右|上下|or so(?![a-z]))")
_ABOUT = re.compile(
    r"(?P<word>大约|大概|约莫|约|将近|接近|差不多|近|~|≈|(?<![a-z])(?:about|abt|around|ard|approx(?:\.|imately)?|roughly"
    r"|nearly|almost|circa|some|ca\.))\s*$"
)
_CURRENCY = re.compile(rf"(?:{_PREFIX})\s?$")

_ASCII = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?!\d)(?:\.\d{1,9}(?!\d))?"
_SCALE = r"\s?(?:百万|万|千|亿|[kwm](?![a-z0-9]))"
_DIGITS = re.compile(
    rf"(?P<ascii>{_ASCII})(?P<scale>{_SCALE})?(?P<plus>\+|多|余(?!下))?"
    rf"(?P<range>\s?(?:[-–—~至到]|to(?= ))\s?(?:{_PREFIX})?(?P<upper>{_ASCII})(?P<upper_scale>{_SCALE})?(?![-/.:]?\d))?"
)
_COUNTED = (
    r"(?=\s?(?:件|天|周|个?星期|个?礼拜|个月|星|箱"
    r"|单|台|套|条|只|双|盒|瓶|包|支|把|元|块|刀|欧|英?镑|美[元金]|个(?!人|别|性|体)))"
)
_CHINESE = re.compile(
    rf"(?P<percent>百分之[一二三四五六七八九十百零点]{{1,9}})|(?P<cn>[〇零一二三四五六七八九十百千万两]{{1,12}})("
    rf"?P<few>[多余几来])?{_COUNTED}"
    # Dictated without a unit: acos二十六, 库存两百
    r"|(?<![月第期周])(?P<bare>(?:[一二两三四五六七八九][百千])?(?:[一二三四五六七八九]十[一二三四五六七八九]?|十[一二三四五六七八九])"
    r"|[一二两三四五六七八九][百千])(?=\s?(?:[,。;!\n]|$))"
    rf"|(?P<short>[一二两三四五六七八九][百千万][一二三四五六七八九])(?![〇零一二三四五六七八九十百千万亿点])|半(?=个月)"
)
_ENGLISH = re.compile(
    rf"(?<![a-z])(?P<en>(?:{EN_WORDS})(?:(?: and |[ -])(?:{EN_WORDS}))*|an?)(?=[ -](?:more "
    rf"|further )?(?:{_PIECE}|days?|weeks?|months?|stars?|(?:a|per|each|every) day)(?![a-z]))"
    rf"|(?<![a-z])(?P<many>(?:{EN_WORDS}) (?:hundred|thousand)(?:(?: and |[ -])(?:{EN_WORDS}))*)(?![a-z-])"
)
_ENGLISH_UNITS = (
    " unit",
    " pcs",
    " piece",
    " day",
    "-day",
    " week",
    "-week",
    " month",
    " star",
    "-star",
    " hundred",
    " thousand",
)
# Begins with one class of characters, which `re` finds quickly; what must not stand before it is looked at behind it.
_BEGIN = re.compile(
    r"[\d〇零一二三四五六七八九十百千万两半]"
    r"(?:(?<=\d)(?<![\d.].)(?<!\d,.)|(?<=[^\d半])(?<![〇零一二三四五六七八九十百千万两].)|(?<=半))"
)
_BEGIN_ASCII = re.compile(r"[0-9](?<![\d.].)(?<!\d,.)")

# What begins with digits and is no number: dates, clock times; a quotient such as 105/15 is read elsewhere.
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"\d{2,4}\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?[日号])?|\d{1,2}\s?月\s?\d{1,2}\s?[日号]?"
    r"|\d{1,2}\s?月(?:份|底|初|中)?"
    r"|\d{1,4}(?P<by>[-/.])\d{1,2}(?P=by)\d{1,4}(?![\d.])|\d{1,2}:\d{2}(?::\d\d)?(?![\d:])|\d{1,2}\s?号"
    rf"|\d{{1,4}}/\d{{1,4}}(?![\d/])|20\d\d-\d\d?(?!\d)|\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?: of)? {_MONTHS}(?:,? 20\d\d)?(?![a-z])"
)
_MONTH_BEFORE = re.compile(rf"(?<![a-z]){_MONTHS} $")
_BOX_WORDS = ("箱", "carton", "ctn", "box", "case")
BOXED = re.compile(
    rf"(?P<boxes>\d{{1,6}})\s?(?:箱|cartons?|ctns?|boxes|cases?)\s?(?:[,(]?\s?(?:[x×*]|每箱|of|一箱"
    rf"|@)\s?)(?P<each>\d{{1,6}})\s?(?:{_PIECE})?"
    r"(?:\s?(?:/|每|per |a )\s?(?:箱|carton|box|case))?"
)
_QUOTIENT = re.compile(
    r"(?<![\d,.])(?P<stock>\d[\d,]{0,12})\s?(?:件|units?|pcs)?\s?[/÷]\s?(?P<daily>\d{1,6}(?:\.\d{1,4})?)\s?(?:件"
    r"|units?|pcs)?(?:/天|/day|/d)?\s?[=≈]"
    r"\s?(?=[约~]?\d)"
)
_FROM = re.compile(r"(?:从|由|(?<![a-z])from)\s?$")
_CODE = re.compile(r"[a-z_]")


class Number(NamedTuple):
    """A number of a text. Offsets are those of the text searched and cover currency, number and unit.

    unit: units, units_per_day, days (weeks and months are turned into days), percent, stars, points, boxes, times,
    other, "", or a currency code. precision: the step of the last digit written. A range has value < high.
    """

    start: int
    end: int
    value: float
    high: float
    precision: float
    approximate: bool
    unit: str


class _Core(NamedTuple):
    """The number itself, before currency, unit and 约 are looked at."""

    start: int
    end: int
    value: float
    high: float
    precision: float
    vague: bool
    percent: bool = False


def find(text: str, start: int, end: int, codes: tuple[tuple[int, int], ...] = ()) -> tuple[Number, ...]:
    """The numbers of text[start:end] in order, without dates, clock times and parts of names or codes.

    text is folded matching text; codes are ranges (ASINs, SKUs) that hold no numbers.
    """
    boxes = holds(text, _BOX_WORDS, start, end)
    begins = [m.start() for m in _begin(text).finditer(text, start, end)]
    if holds(text, _ENGLISH_UNITS, start, end):
        begins = sorted([*begins, *(m.start() for m in _ENGLISH.finditer(text, start, end))])
    found: list[Number] = []
    done = start
    for at in begins:
        if at < done:
            continue
        skip = _skipped(text, start, at, end, codes)
        if skip:
            done = skip
            continue
        boxed = BOXED.match(text, at, end) if boxes and text[at].isdigit() else None
        if boxed:
            found.append(_product(boxed))
            done = boxed.end()
            continue
        for core in _cores(text, start, at, end):
            number = _dressed(text, start, core, end)
            done = number.end
            if not _part_of_code(text, start, number, core):
                found.append(number)
    return tuple(found)


def may_hold(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] can hold a number at all; cheap."""
    return _begin(text).search(text, start, end) is not None or (
        holds(text, _ENGLISH_UNITS, start, end) and _ENGLISH.search(text, start, end) is not None
    )


def _begin(text: str) -> re.Pattern[str]:
    """Where numbers may begin; a text without Chinese is read faster."""
    return _BEGIN_ASCII if text.isascii() else _BEGIN


def quotient(text: str, start: int, end: int) -> tuple[Number, Number] | None:
    """Stock and daily sales of the first written division (105/15 = 7), or None."""
    if text.find("=", start, end) < 0 and text.find("≈", start, end) < 0:
        return None
    m = _QUOTIENT.search(text, start, end)
    if not m:
        return None
    stock, daily = (_exact(m, g) for g in ("stock", "daily"))
    return (stock, daily) if stock.value > daily.value > 0 else None


def _skipped(text: str, start: int, at: int, end: int, codes: tuple[tuple[int, int], ...]) -> int:
    """Where what begins here and is no number ends: a code, a date; else 0."""
    for a, b in codes:
        if a <= at < b:
            return b
    if not text[at].isdigit():
        return 0
    date = _DATE.match(text, at, end)
    if date:
        return date.end()
    if (text[at - 1 : at] == " " and text[at - 2 : at - 1].isalpha()) or text[at - 2 : at] == ". ":
        m = _MONTH_BEFORE.search(text[max(start, at - 12) : at])
        if m:
            return at + 1
    return 0


def _product(m: re.Match[str]) -> Number:
    value = float(m["boxes"]) * float(m["each"])
    return Number(m.start(), m.end(), value, value, 1.0, False, "units")


def _exact(m: re.Match[str], group: str) -> Number:
    value, precision = digits(m[group], None)
    return Number(m.start(group), m.end(group), value, value, precision, False, "units")


def _cores(text: str, start: int, at: int, end: int) -> Iterator[_Core]:
    """The numbers that begin here: one, or both ends of a change (从20到15)."""
    if text[at].isdigit():
        m = _DIGITS.match(text, at, end)
        if m:
            yield from _of_digits(text, start, m)
    elif text[at].isascii():
        m = _ENGLISH.match(text, at, end)
        if m:
            value, step = english(m["en"] or m["many"])
            yield _Core(at, m.end(), value, value, step, False)
    else:
        m = _CHINESE.match(text, at, end)
        if m and m["percent"]:
            value = chinese_percent(m["percent"])
            yield _Core(at, m.end(), value, value, 1.0, False, percent=True)
        elif m and m["cn"] and (pair := chinese_range(m["cn"])):
            yield _Core(at, m.end(), *pair, vague=bool(m["few"]))
        elif m:
            words = m["cn"] or m["short"] or m["bare"]
            value, step = chinese(words) if words else (0.5, 1.0)
            yield _Core(at, m.end(), value, value, step, bool(m["few"]))


def _of_digits(text: str, start: int, m: re.Match[str]) -> Iterator[_Core]:
    value, step = digits(m["ascii"], m["scale"])
    if not m["range"]:
        yield _Core(m.start(), m.end(), value, value, step, bool(m["plus"]))
        return
    high, upper_step = digits(m["upper"], m["upper_scale"])
    if m["upper_scale"] and not m["scale"] and high and value < 1000:
        value *= high / float(m["upper"].replace(",", ""))  # 1-2万
    if high > value and not _FROM.search(text[max(start, m.start() - 6) : m.start()]):
        yield _Core(m.start(), m.end(), value, high, max(step, upper_step), bool(m["plus"]))
        return
    # 从20到15, $29.99 to $24.99: two numbers, no range.
    yield _Core(m.start(), m.start("range"), value, value, step, bool(m["plus"]))
    yield _Core(m.start("upper"), m.end(), high, high, upper_step, False)


def _dressed(text: str, start: int, core: _Core, end: int) -> Number:
    """The number with the currency before it, its unit, and whether 约, 左右, + make it approximate."""
    ahead = text[max(start, core.start - 16) : core.start]
    currency = _CURRENCY.search(ahead) if ahead and (ahead[-1] in "$¥€£ 币元" or ahead[-1].isalpha()) else None
    first = core.start - (len(currency[0]) if currency else 0)
    behind = _UNIT.match(text, core.end, end)
    unit = _unit(core, currency, behind)
    last = behind.end() if behind else core.end
    about = _ABOUT.search(ahead, 0, len(ahead) - (len(currency[0]) if currency else 0))
    vague = core.vague or _AFTER.match(text, last, end) is not None
    vague = vague or (about is not None and not (about["word"] == "近" and unit in ("days", "weeks", "months")))
    times = {"weeks": 7, "months": 30}.get(unit, 1)
    # Nobody says 二十天 of 24 days, though 两百件 may be 210.
    step = 1.0 if unit == "days" and core.precision == 10 and not vague else core.precision
    step = step * times if times == 7 else step
    return Number(
        first, last, core.value * times, core.high * times, step, vague or times == 30, "days" if times > 1 else unit
    )


def _unit(core: _Core, currency: re.Match[str] | None, behind: re.Match[str] | None) -> str:
    if currency:
        return _CURRENCIES[currency[0].strip()]
    if core.percent:
        return "percent"
    if not behind:
        return ""
    name = str(behind.lastgroup)
    return _CURRENCIES[behind[name]] if name == "money" else name


def _part_of_code(text: str, start: int, number: Number, core: _Core) -> bool:
    """Whether digits continue a word or code: x-15, 15abc, 3-in-1. Letters right before are told later (DOS7天)."""
    if not text[core.start].isdigit():
        return False
    rest = text[number.end : number.end + 2]
    if (
        not number.unit
        and rest
        and not text.startswith("/dos", number.end)
        and (_CODE.match(rest[0]) or (rest[0] in "-#/" and rest[1:].isalnum() and rest[1:].isascii()))
    ):
        return True
    before = text[max(start, core.start - 2) : core.start]
    return number.start == core.start and before[-1:] in ("_", "#", "-", "/") and before[:-1].isalnum()

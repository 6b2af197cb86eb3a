"""Numbers as people write them, with unit, precision and vagueness: 1,200件 · 1.2万 · 一千二百件 · about $1.2k.

Everything here reads folded matching text: half width, lower case.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.facts.bare_numbers import Bare, bare_at, beginnings
from checker.facts.numerals import digits
from checker.facts.spots import holds
from checker.facts.units import CURRENCIES, CURRENCY, PIECE, UNIT

_AFTER = re.compile(r"\s?(?:左右|上下|or so(?![a-z]))")
_ABOUT = re.compile(
    r"(?P<word>大约|大概|约莫|约|将近|接近|差不多|近|~|≈|(?<![a-z])(?:about|abt|around|ard|approx(?:\.|imately)?|roughly"
    r"|nearly|almost|circa|some|ca\.))\s*$"
)

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
    rf"|@)\s?)(?P<each>\d{{1,6}})\s?(?:{PIECE})?"
    r"(?:\s?(?:/|每|per |a )\s?(?:箱|carton|box|case))?"
)
_QUOTIENT = re.compile(
    r"(?<![\d,.])(?P<stock>\d[\d,]{0,12})\s?(?:件|units?|pcs)?\s?[/÷]\s?(?P<daily>\d{1,6}(?:\.\d{1,4})?)\s?(?:件"
    r"|units?|pcs)?(?:/天|/day|/d)?\s?[=≈]"
    r"\s?(?=[约~]?\d)"
)
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


def find(text: str, start: int, end: int, codes: tuple[tuple[int, int], ...] = ()) -> tuple[Number, ...]:
    """The numbers of text[start:end] in order, without dates, clock times and parts of names or codes.

    text is folded matching text; codes are ranges (ASINs, SKUs) that hold no numbers.
    """
    boxes = holds(text, _BOX_WORDS, start, end)
    found: list[Number] = []
    done = start
    for at in beginnings(text, start, end):
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
        for bare in bare_at(text, start, at, end):
            number = _dressed(text, start, bare, end)
            done = number.end
            if not _part_of_code(text, start, number, bare):
                found.append(number)
    return tuple(found)


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


def _dressed(text: str, start: int, bare: Bare, end: int) -> Number:
    """The number with the currency before it, its unit, and whether 约, 左右, + make it approximate."""
    ahead = text[max(start, bare.start - 16) : bare.start]
    currency = CURRENCY.search(ahead) if ahead and (ahead[-1] in "$¥€£ 币元" or ahead[-1].isalpha()) else None
    first = bare.start - (len(currency[0]) if currency else 0)
    behind = UNIT.match(text, bare.end, end)
    unit = _unit(bare, currency, behind)
    last = behind.end() if behind else bare.end
    about = _ABOUT.search(ahead, 0, len(ahead) - (len(currency[0]) if currency else 0))
    vague = bare.vague or _AFTER.match(text, last, end) is not None
    vague = vague or (about is not None and not (about["word"] == "近" and unit in ("days", "weeks", "months")))
    times = {"weeks": 7, "months": 30}.get(unit, 1)
    # Nobody says 二十天 of 24 days, though 两百件 may be 210.
    step = 1.0 if unit == "days" and bare.precision == 10 and not vague else bare.precision
    step = step * times if times == 7 else step
    return Number(
        first, last, bare.value * times, bare.high * times, step, vague or times == 30, "days" if times > 1 else unit
    )


def _unit(bare: Bare, currency: re.Match[str] | None, behind: re.Match[str] | None) -> str:
    if currency:
        return CURRENCIES[currency[0].strip()]
    if bare.percent:
        return "percent"
    if bare.yuan and (not behind or behind.lastgroup != "money"):
        return "CNY"
    if not behind:
        return ""
    name = str(behind.lastgroup)
    return CURRENCIES[behind[name]] if name == "money" else name


def _part_of_code(text: str, start: int, number: Number, bare: Bare) -> bool:
    """Whether digits continue a word or code: x-15, 15abc, 3-in-1. Letters right before are told later (DOS7天)."""
    if not text[bare.start].isdigit():
        return False
    rest = text[number.end : number.end + 2]
    if (
        not number.unit
        and rest
        and not text.startswith("/dos", number.end)
        and (_CODE.match(rest[0]) or (rest[0] in "-#/" and rest[1:].isalnum() and rest[1:].isascii()))
    ):
        return True
    before = text[max(start, bare.start - 2) : bare.start]
    return number.start == bare.start and before[-1:] in ("_", "#", "-", "/") and before[:-1].isalnum()

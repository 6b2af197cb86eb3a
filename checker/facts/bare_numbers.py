"""Numbers by themselves, before a currency, a unit or 约 is looked at: 1,200 · 1.2万 · 一千二百 · two hundred · 20-30.

Everything here reads folded matching text: half width, lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.facts.numerals import EN_WORDS, chinese, chinese_percent, chinese_range, digits, english
from checker.facts.spots import holds
from checker.facts.units import PIECE, PREFIX

_ASCII = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?!\d)(?:\.\d{1,9}(?!\d))?"
_SCALE = r"\s?(?:百万|万|千|亿|[kwm](?![a-z0-9]))"
_DIGITS = re.compile(
    rf"(?P<ascii>{_ASCII})(?P<scale>{_SCALE})?(?P<plus>\+|多|余(?!下))?"
    rf"(?P<range>\s?(?:[-–—~至到]|to(?= ))\s?(?:{PREFIX})?(?P<upper>{_ASCII})(?P<upper_scale>{_SCALE})?(?![-/.:]?\d))?"
)
_COUNTED = (
    r"(?=\s?(?:件|天|周|个?星期|个?礼拜|个月|星|箱"
    r"|单|台|套|条|只|双|盒|瓶|包|支|把|元|块|刀|欧|英?镑|美[元金]|个(?!人|别|性|体)))"
)
_CHINESE = re.compile(
    rf"(?P<percent>百分之[一二三四五六七八九十百零点]{{1,9}})|(?P<cn>[〇零一二三四五六七八九十百千万两]{{1,12}})("
    rf"?P<few>[多余几来])?(?!(?<=[百千][二三四五六七八九]一)天){_COUNTED}"
    # Dictated without a unit: acos二十六, 库存两百
    r"|(?<![月第期周])(?P<bare>(?:[一二两三四五六七八九][百千])?(?:[一二三四五六七八九]十[一二三四五六七八九]?|十[一二三四五六七八九])"
    r"|[一二两三四五六七八九][百千])(?=\s?(?:[,。;!\n]|一天|每天|日均|$)|\s)"
    rf"|(?P<short>[一二两三四五六七八九][百千万][一二三四五六七八九])(?!(?!一天)[〇零一二三四五六七八九十百千万亿点])|半(?=个月)"
)
# 三块九毛九, 24块9, 九毛: yuan and their tenths as people say them; 三块钱 and 两块电池 are others.
_DIGIT = "[一二三四五六七八九1-9]"
_SPOKEN = re.compile(
    rf"(?:(?P<yuan>[一二三四五六七八九十百两]{{1,5}}|\d{{1,4}})块(?P<jiao>{_DIGIT})(?:毛(?P<fen>{_DIGIT})?|(?P<more>{_DIGIT}))?"
    rf"|(?P<mao>{_DIGIT})毛(?P<li>{_DIGIT})?)(?![一二三四五六七八九十百千万\d]|\s?[件个天箱台套只]|利|重|巾|绒|衣|孔|病|坯)"
)
_ENGLISH = re.compile(
    rf"(?<![a-z])(?P<en>(?:{EN_WORDS})(?:(?: and |[ -])(?:{EN_WORDS}))*|an?)(?=[ -](?:more "
    rf"|further )?(?:{PIECE}|days?|weeks?|months?|stars?|(?:a|per|each|every) day)(?![a-z]))"
    rf"|(?<![a-z])(?P<many>(?:{EN_WORDS}) (?:hundred|thousand)(?:(?: and |[ -])(?:{EN_WORDS}))*)(?![a-z-])"
)
_ENGLISH_UNITS = (
    *(" unit", " pcs", " piece", " day", "-day", " week", "-week", " month", " star", "-star"),
    *(" hundred", " thousand"),
)
_MONEY_NEAR = re.compile("[块毛]")
_FROM = re.compile(r"(?:从|由|(?<![a-z])from)\s?$")
# Begins with one class of characters, which `re` finds quickly; what must not stand before it is looked at behind it.
_BEGIN = re.compile(
    r"[\d〇零一二三四五六七八九十百千万两半]"
    r"(?:(?<=\d)(?<![\d.].)(?<!\d,.)|(?<=[^\d半])(?<![〇零一二三四五六七八九十百千万两].)|(?<=半))"
)
_BEGIN_ASCII = re.compile(r"[0-9](?<![\d.].)(?<!\d,.)")


class Bare(NamedTuple):
    """The number itself, before currency, unit and 约 are looked at."""

    start: int
    end: int
    value: float
    high: float
    precision: float
    vague: bool
    percent: bool = False
    yuan: bool = False  # or the same number of another currency, which follows


def beginnings(text: str, start: int, end: int) -> list[int]:
    """Where numbers may begin in text[start:end], in order."""
    begins = [m.start() for m in _begin(text).finditer(text, start, end)]
    if holds(text, _ENGLISH_UNITS, start, end):
        begins = sorted([*begins, *(m.start() for m in _ENGLISH.finditer(text, start, end))])
    return begins


def may_hold(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] can hold a number at all; cheap."""
    return _begin(text).search(text, start, end) is not None or (
        holds(text, _ENGLISH_UNITS, start, end) and _ENGLISH.search(text, start, end) is not None
    )


def _begin(text: str) -> re.Pattern[str]:
    """Where numbers may begin; a text without Chinese is read faster."""
    return _BEGIN_ASCII if text.isascii() else _BEGIN


def bare_at(text: str, start: int, at: int, end: int) -> Iterator[Bare]:
    """The numbers that begin here: one, or both ends of a change (从20到15)."""
    spoken = _SPOKEN.match(text, at, end) if _MONEY_NEAR.search(text, at, min(end, at + 7)) else None
    if spoken:
        value = _spoken(spoken)
        yield Bare(at, spoken.end(), value, value, 0.01, False, yuan=True)
    elif text[at].isdigit():
        m = _DIGITS.match(text, at, end)
        if m:
            yield from _of_digits(text, start, m)
    elif text[at].isascii():
        m = _ENGLISH.match(text, at, end)
        if m:
            value, step = english(m["en"] or m["many"])
            yield Bare(at, m.end(), value, value, step, False)
    else:
        m = _CHINESE.match(text, at, end)
        if m and m["percent"]:
            value = chinese_percent(m["percent"])
            yield Bare(at, m.end(), value, value, 1.0, False, percent=True)
        elif m and m["cn"] and (pair := chinese_range(m["cn"])):
            yield Bare(at, m.end(), *pair, vague=bool(m["few"]))
        elif m:
            words = m["cn"] or m["short"] or m["bare"]
            value, step = chinese(words) if words else (0.5, 1.0)
            yield Bare(at, m.end(), value, value, step, bool(m["few"]))


def _spoken(m: re.Match[str]) -> float:
    whole = m["yuan"] or "0"
    tenths, cents = m["jiao"] or m["mao"], m["fen"] or m["more"] or m["li"] or "0"
    parts = [float(words) if words.isdigit() else chinese(words)[0] for words in (whole, tenths, cents)]
    return round(parts[0] + parts[1] / 10 + parts[2] / 100, 2)


def _of_digits(text: str, start: int, m: re.Match[str]) -> Iterator[Bare]:
    value, step = digits(m["ascii"], m["scale"])
    if not m["range"]:
        yield Bare(m.start(), m.end(), value, value, step, bool(m["plus"]))
        return
    high, upper_step = digits(m["upper"], m["upper_scale"])
    if m["upper_scale"] and not m["scale"] and high and value < 1000:
        value *= high / float(m["upper"].replace(",", ""))  # 1-2万
    if high > value and not _FROM.search(text[max(start, m.start() - 6) : m.start()]):
        yield Bare(m.start(), m.end(), value, high, max(step, upper_step), bool(m["plus"]))
        return
    # 从20到15, $29.99 to $24.99: two numbers, no range.
    yield Bare(m.start(), m.start("range"), value, value, step, bool(m["plus"]))
    yield Bare(m.start("upper"), m.end(), high, high, upper_step, False)

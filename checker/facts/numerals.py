"""The value of a written number and the step of its last digit: 1,200 · 1.2万 · 一千二百 · two hundred and five."""

from __future__ import annotations

import math
import re

_CN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CN_STEPS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_SMALL = {w: i for i, w in enumerate(_SMALL.split())} | {w: 10 * i for i, w in enumerate(_TENS.split(), 2)}
_EN_STEPS = {"hundred": 100, "thousand": 1000}
_SCALES = {
    "万": 10_000, "w": 10_000, "千": 1000, "k": 1000, "百万": 1_000_000, "m": 1_000_000, "亿": 100_000_000,
}  # fmt: skip
EN_WORDS = "|".join(sorted([*_EN_SMALL, *_EN_STEPS], key=len, reverse=True))


def digits(written: str, scale: str | None) -> tuple[float, float]:
    """Value and step of digits with commas and a decimal point, times a scale (万, k): 1.2, 万 -> 12000, 1000."""
    factor = _SCALES[scale.strip()] if scale else 1
    decimals = len(written.partition(".")[2])
    return float(written.replace(",", "")) * factor, factor / 10.0**decimals


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


def chinese_range(words: str) -> tuple[float, float, float] | None:
    """Low, high and step of two neighbouring digits: 两三 -> 2, 3, 1. 三四十 -> 30, 40, 10. None for other words."""
    pair, steps = words[:2], words[2:]
    if len(pair) < 2 or any(c not in _CN_DIGITS for c in pair) or any(c not in _CN_STEPS for c in steps):
        return None
    low, high = (_CN_DIGITS[c] for c in pair)
    if high - low != 1 or low == 0:
        return None
    step = float(math.prod(_CN_STEPS[c] for c in steps))
    return low * step, high * step, step


def chinese_percent(words: str) -> float:
    """百分之三十五点五 -> 35.5."""
    whole, _, decimals = words.removeprefix("百分之").partition("点")
    return chinese(whole)[0] + (chinese(decimals)[0] / 10 ** len(decimals) if decimals else 0)


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

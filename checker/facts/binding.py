"""Which name a number belongs to: the one before it (库存:105件), else the one behind it (105 units left)."""

from __future__ import annotations

import re

from checker.facts import glue, metrics
from checker.facts.metrics import Label
from checker.facts.numbers import Number
from checker.facts.sentence import Sentence

_OF = re.compile(r"\s*of(?![a-z])")
_ALONE = re.compile(r"\s*(?:[,，。;、)\n]|$|\.\s)")


def name_before(s: Sentence, number: Number) -> Label | None:
    for name in reversed(s.names):
        if name.end > number.start:
            continue
        if name in s.used_names and _bracketed(s, name, number):
            continue
        if name.metric == "hold" and _only_connects(s, name, number):
            continue
        if name.mode == "a" or name in s.used_names:
            return None
        if not s.connected(glue.CONNECT, name.end, number.start):
            return None
        if metrics.fits(name.metric, number.unit) and not _needs_unit(s, name, number):
            return name
        return None
    return None


def _only_connects(s: Sentence, name: Label, number: Number) -> bool:
    """ROAS只有2.4, 库存只剩30件: 只有 behind another name adds none of its own."""
    for other in reversed(s.names):
        if other.end <= name.start:
            return (
                other not in s.used_names
                and other.mode != "a"
                and s.connected(glue.CONNECT, other.end, number.start)
                and metrics.fits(other.metric, number.unit)
            )
    return False


def _bracketed(s: Sentence, name: Label, number: Number) -> bool:
    """Whether the label stands in a bracket that closes before the number: DOS(库存105/日均15)=7天."""
    closing = s.text.find(")", name.end, number.start)
    return closing >= 0 and s.text.find("(", name.end, closing) < 0


def _needs_unit(s: Sentence, name: Label, number: Number) -> bool:
    """A verb alone (下单, order) goes with a number of units; a noun (补货数量) with any."""
    if name.metric not in ("order", "hold", "coverage") or number.unit:
        return False
    told = any(n.metric in ("stock", "dos", "daily_sales", "support") for n in s.names)
    if name.metric == "hold":
        return not told
    if name.metric == "order" and (told or ":" in s.text[name.end : number.start]):
        return not _ALONE.match(s.text, number.end)
    words = s.text[name.start : name.end]
    return not re.search(r"数|量|qty|quantity|units|size|amount|days", words)


def name_behind(s: Sentence, number: Number) -> Label | None:
    for name in s.names:
        if name.start <= number.start or name.mode == "b" or name in s.used_names:
            continue
        if name.start > number.end and not _leads_to(s, number, name):
            return None
        if not metrics.fits(name.metric, number.unit) or _takes_next(s, name, number):
            return None
        if not number.unit and not s.text[name.start].isascii():
            return None
        return name
    return None


def _leads_to(s: Sentence, number: Number, name: Label) -> bool:
    """Whether nothing but glue stands between: 105 units left, 105 units of B08XYZ1234 left."""
    if _OF.match(s.text, number.end):
        return s.connected(glue.FOLLOW, number.end, name.start)
    return glue.FOLLOW.fullmatch(s.text, number.end, name.start) is not None


def _takes_next(s: Sentence, name: Label, number: Number) -> bool:
    """Whether a label behind the number has a number of its own (105件 日均15件)."""
    after = next((n for n in s.numbers if n.start >= name.end and n.start > number.start), None)
    return (
        after is not None
        and after.start not in s.used_numbers
        and s.connected(glue.CONNECT, name.end, after.start)
        and metrics.fits(name.metric, after.unit)
        and name.metric != "rating"
    )


def continues_code(s: Sentence, number: Number, name: Label | None) -> bool:
    """Digits glued to letters are a code (X20, A4), but for a label (DOS7天)."""
    glued = number.start > s.start and s.text[number.start - 1].isascii() and s.text[number.start - 1].isalpha()
    return glued and s.text[number.start].isdigit() and not (name and name.end == number.start)


def changed(s: Sentence, number: Number, name: Label | None = None) -> tuple[Number, Number | None]:
    """(new, old) where the text says 从20件降到15件, $29.99 → $24.99; else (number, None)."""
    after = next((n for n in s.numbers if n.start >= number.end), None)
    if (
        after is None
        or not (metrics.fits(name.metric, after.unit) if name else after.unit == number.unit != "")
        or (after.unit == "days") != (number.unit == "days")
        or not glue.CHANGE.fullmatch(s.text, number.end, after.start)
    ):
        return number, None
    return after, number

"""Cartons of a sentence: how many, how many units in each, and what they come to: 10箱×35件, 共350件.

All functions read folded matching text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.facts.numbers import BOXED, Number
from checker.facts.sentence import Sentence

_BOX = r"(?:箱|cartons?|ctns?|box(?:es)?|cases?)(?![a-z])"
_EACH_AHEAD = re.compile(
    r"(?:每箱|单箱|一箱|箱规|装箱(?:数|量)|per (?:carton|box|case)|carton (?:qty|size))[^\d,;。\n]{0,8}$"
)
_EACH_BEHIND = re.compile(rf"\s?(?:/|每|per |a |an |in each |each |in every )\s?{_BOX}|\s?一箱")
_TOTAL_AHEAD = re.compile(
    r"(?:共计?|合计|总计|总共|一共|总数量?|总件数|总量"
    r"|(?<![a-z])(?:total(?:l?ing)?(?: of| qty| quantity| units)?|altogether))"
    r"[\s:=为是约]*$|[=≈]\s?$"
)
_TOTAL_BEHIND = re.compile(r"\s?(?:in total|in all|altogether|total)(?![a-z])")
# Where the last carton is not full or others are added, the product is no total.
_PARTIAL = re.compile(
    r"尾箱|最后一箱|末箱|零头|散[件货装]|另(?!外请)|外加|再加|余下|剩余|混装|不满|不足一箱|样品|备品"
    r"|(?<![a-z])(?:last (?:carton|box|case)|partial|remainder|plus|loose|mixed|extra|spare|samples?)(?![a-z])"
)


def is_packed(text: str, number: Number) -> bool:
    """Whether a number counts cartons: 10箱, or 10箱×35件 as a whole."""
    return number.unit == "boxes" or (number.unit == "units" and BOXED.match(text, number.start) is not None)


def read(s: Sentence) -> None:
    """Bind the cartons, the units in each and the total of a sentence that packs one thing in one way."""
    boxes, each = _packed(s)
    if len(boxes) != 1 or len(each) != 1:
        return
    composed = any(n.start == boxes[0].start and n.unit == "units" for n in s.numbers)
    for metric, number in (("boxes", boxes[0]), ("per_box", each[0])):
        s.keep(metric, number)
    if composed:
        s.used_numbers.discard(boxes[0].start)  # the product of the two may be what is ordered
    totals = [n for n in s.numbers if n.unit in ("units", "") and n.start > each[0].start and _is_total(s, n)]
    if len(totals) == 1 and not _PARTIAL.search(s.text, s.start, s.end):
        s.keep("total", totals[0])


def _packed(s: Sentence) -> tuple[list[Number], list[Number]]:
    boxed = list(_boxed(s))
    if boxed and not any(n.unit == "boxes" for n in s.numbers):
        return [b for b, _ in boxed], [e for _, e in boxed]
    boxes = [n for n in s.numbers if n.unit == "boxes"]
    each = [n for n in s.numbers if n.unit in ("units", "") and _is_each(s, n)] if boxes else []
    return boxes, each


def _boxed(s: Sentence) -> Iterator[tuple[Number, Number]]:
    for m in BOXED.finditer(s.text, s.start, s.end):
        boxes, each = float(m["boxes"]), float(m["each"])
        yield (
            Number(m.start("boxes"), m.end("boxes"), boxes, boxes, 1.0, False, "boxes"),
            Number(m.start("each"), m.end("each"), each, each, 1.0, False, "units"),
        )


def _is_each(s: Sentence, number: Number) -> bool:
    ahead = s.text[max(s.start, number.start - 24) : number.start]
    return bool(_EACH_AHEAD.search(ahead) or _EACH_BEHIND.match(s.text, number.end, s.end))


def _is_total(s: Sentence, number: Number) -> bool:
    ahead = s.text[max(s.start, number.start - 24) : number.start]
    return bool(_TOTAL_AHEAD.search(ahead) or _TOTAL_BEHIND.match(s.text, number.end, s.end))

"""Shapes of sensitive values, and how the characters around a match weigh: checksum, label, business label.

A `Shape` is shared by the cheap scan (`candidates`) and by the Presidio pack (`recognizers`), so that they agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Range = tuple[int, int]
THRESHOLD = 0.5
_LIFT = 0.45  # what a label before the value adds
_BEFORE = 64  # characters looked at before a match; labels in lists of numbers stand far in front
_AFTER = 14


def whole(match: re.Match[str]) -> Range | None:
    """The group `value` if the pattern has one, else the whole match."""
    return match.span("value") if "value" in match.re.groupindex else match.span()


class Shape(NamedTuple):
    """One form of one kind.

    score: of the bare form once `accept` holds (it gives the value's range, or None to refuse).
    context: a label that lifts it. cleared: a business label (运单, SKU, invoice …) before it takes it away.
    words: key words in lower case of which one stands in it; none = found by its digits.
    around: how far before the key word the match may begin and behind it end; (0, 0) = it begins with the key word.
    digits: fewest and most digits of a form without key word. country: ISO code of its country.
    more: a further value of a list behind the same label (护照 E12345678、E87654321), matched where the last one ends.
    """

    kind: str
    family: str
    pattern: re.Pattern[str]
    score: float
    accept: Callable[[re.Match[str]], Range | None] = whole
    context: re.Pattern[str] | None = None
    cleared: bool = True
    words: tuple[str, ...] = ()
    around: Range = (0, 0)
    digits: Range = (7, 40)
    country: str | None = None
    more: re.Pattern[str] | None = None


class Hit(NamedTuple):
    """A value in a text, with its score from 0 to 1."""

    start: int
    end: int
    score: float


# Labels of numbers that are nobody's: parcels, goods, papers, counts. Up to the value there are only
# number words and other codes.
_BUSINESS = re.compile(
    r"(?:运单|快递|单号|单编号|物流|订单|追踪|跟踪|提单|柜号|箱号|封条|铅封|船期|航次|货柜|集装箱|货号|款号|品号|批次|批号|型号|编码|条码|条形码|商品码|税号|纳税人"
    r"|信用代码|注册号|执照|发票|合同|采购单|工单|案例|流水|交易号|凭证|编号|序列号|订舱|报关|版本|时间戳|货件|入库单|数量|库存|销量|金额|销售额"
    r"|曝光|点击量|浏览量|会话|链接"
    r"|(?<![A-Za-z])(?i:tracking|waybill|awb|b/?l|bol|bill of lading|m?sku|asin|fnsku|ean|upc|gtin"
    r"|isbn|mpn|p\.?o\.?"
    r"|invoice|hs ?code|hs|lot|batch|model|part|order|shipment|container|booking|case|ticket|ref(?:erence)?|serial"
    r"|s/n|sn|version|build|timestamp"
    r"|id|qty|quantity|units|impressions|clicks|sessions|sales|revenue|item|product|listing|barcode|transaction"
    r"|confirmation|vat|eori|tax)"
    r"s?(?![A-Za-z]))"
    r"(?:[A-Za-z]*+\d[A-Za-z0-9]*+|(?<![A-Za-z])(?i:numbers?|nos?|num|id|code|is|are|was|were|and|or|the|new"
    r"|old)(?![A-Za-z])"
    r"|[ ,、;/&#:=|()\[\]\"“”.*_\t-]|[号码编为是的如下分别和与及共新旧原])*+$"
)
_SENTENCE = re.compile(r"[。！？!?]|(?<!No)(?<!no)(?<!NO)(?<!Tel)(?<!tel)(?<!Mr)(?<!Ms)\.\s|\n(?=[^\n]*\S)")
_CLAUSE = re.compile(r"[\n,;。]")
_QUANTITY = re.compile(
    r"\s{0,2}(?:件|个(?!人)|套|箱|台(?!湾)|元|万|美元|美金|次|pcs|units?|USD|RMB|CNY|kg|impressions|sessions)(?![A-Za-z])",
    re.I,
)
_BUSINESS_AFTER = re.compile(r"\s?\(?(?:运单|快递单|单号|订单|物流单|货号|tracking|SKU|PO)", re.I)


def head(text: str, start: int, floor: int = 0) -> str:
    """The words before a value that may label it: its sentence, or a line above that is short or ends in a colon."""
    words = text[max(floor, start - _BEFORE) : start]
    line = words.rfind("\n")
    if line >= 0 and not words[line + 1 :].strip():
        above = words[:line].rpartition("\n")[2].rstrip()
        words = above + " " if above.endswith(":") or len(above) <= 12 else ""
    ends = [m.end() for m in _SENTENCE.finditer(words)]
    return words[ends[-1] :] if ends else words


def weigh(shape: Shape, text: str, start: int, end: int, floor: int = 0) -> float:
    """The score of a value by what stands around it; 0 when a business label is the nearest one."""
    before, after = head(text, start, floor), _CLAUSE.split(text[end : end + _AFTER], maxsplit=1)[0]
    label = _last(shape.context, before) if shape.context else -1
    behind = shape.context is not None and shape.context.search(after) is not None
    if shape.cleared and not behind:
        business = _BUSINESS.search(before)
        if (business and business.start() > label) or _QUANTITY.match(after) or _BUSINESS_AFTER.match(after):
            return 0.0
    return min(1.0, shape.score + _LIFT) if label >= 0 or behind else shape.score


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((m.start() for m in pattern.finditer(words)), default=-1)


def find(shape: Shape, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
    """Values of a shape in text[start:end] that its check accepts, weighed; those without context as well."""
    matches = shape.pattern.finditer(text, start, len(text) if end is None else end)
    return [hit for match in matches for hit in _hits(shape, match)]


def find_at(shape: Shape, text: str, start: int, end: int, floor: int = 0) -> list[Hit]:
    """The value whose key word stands at text[start:end]. floor: where the search for earlier key words has ended."""
    lead, reach = shape.around
    if not lead:
        at = shape.pattern.match(text, start)
        return list(_hits(shape, at)) if at else []
    found: list[Hit] = []
    for match in shape.pattern.finditer(text, max(floor, start - lead), min(len(text), end + reach)):
        if match.start() > start:
            break
        if match.end() > start:
            found += _hits(shape, match)
    return found


def _hits(shape: Shape, match: re.Match[str] | None) -> Iterator[Hit]:
    """The value of a match, and those listed behind it."""
    while match is not None and (span := shape.accept(match)) is not None:
        yield Hit(*span, weigh(shape, match.string, *span))
        match = shape.more.match(match.string, span[1]) if shape.more else None

"""Identifiers that a label before them or the heading of a table names: SKU, tracking and shipment numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.facts.headings import named_cells
from checker.facts.nearby import merged
from checker.facts.spots import by_kind
from checker.reading import Passage
from checker.text import Cell, Grid

_EDGE = r"(?<![A-Za-z0-9])"
_IS = r"\s*(?:[:=#]+|是|为|is|are)?\s*[\"'“「【\[(]?\s*"
_NUMBER = r"(?:编号|编码|号码|单号|号|码|ID|No\.?|number|#)?"
_SKU_LABEL = r"(?:M|Seller[ -]?|Merchant[ -]?|卖家|商家|店铺|本地|产品|平台)?[ _-]?SKUs?"
_SKU_NAMED = re.compile(
    rf"{_EDGE}(?:{_SKU_LABEL}(?:编号|编码|号|码|ID)?|(?:货号|款号|品号|产品编号|商品编号|产品编码|商品编码)"
    r"|item (?:no\.?|number|code))"
    rf"(?:\s*[/|]\s*(?:ASIN|FNSKU))?{_IS}(?P<value>[A-Za-z0-9][A-Za-z0-9._/+-]*[A-Za-z0-9])",
    re.IGNORECASE,
)
_CARRIER = (
    "(?:顺丰|德邦|中通|圆通|申通|韵达|百世|极兔|京东|邮政|跨越|安能|壹米滴答|EMS|UPS|DHL|FedEx|USPS|DPD|GLS)"
    "(?:速运|速递|快递|快运|物流|国际)?"
)
_TRACKING_NAMED = re.compile(
    rf"(?:{_CARRIER}\s?的?单号|(?:运单|快递单?|物流单|物流追踪|追踪|跟踪|提单|主单|分单|空运单|海运单|货柜|集装箱|柜|箱|派送单"
    r"|面单)(?:编号|号码|单号|号)"
    rf"|{_EDGE}(?:tracking|waybill|AWB|MAWB|HAWB|MBL|HBL|B/?L|bill of lading|container|BOL"
    rf"|PRO(?=\s*(?:号|单号|No|number|#))"
    rf"|booking(?=\s*(?:号|单号|No|number|#)))\s*{_NUMBER}|{_EDGE}(?:booking|your|carrier|forwarder|job) ref(?:erence)?"
    r"|(?:订舱|转单|作业)(?:单?号|编号)|(?:货代|承运商|贵司|物流商?)(?:的)?(?:业务|内部)?参考(?:编?号)?|SO(?=号)号)"
    rf"(?:\s*\([^()\n]{{0,12}}\))?{_IS}(?P<value>[A-Z0-9](?:[A-Z0-9*-]|(?<=\d) (?=\d)){{4,28}}[A-Z0-9])",
    re.IGNORECASE,
)
_SHIPMENT_NAMED = re.compile(
    rf"(?:(?:货件|入库单|入仓|货件单)(?:编号|号码|ID|号)|{_EDGE}shipment\s*(?:ID|No\.?|number|#))"
    rf"{_IS}(?P<value>[A-Z0-9][A-Z0-9-]{{4,20}}[A-Z0-9])",
    re.IGNORECASE,
)
# Kind, words near which alone the label can stand (a plain search is far cheaper), and the label with its value.
_SKU_SIGNS = ("sku", "货号", "款号", "品号", "品编", "item no", "item num", "item code")
_TRACKING_SIGNS = (
    *("单号", "单编号", "单号码", "跟踪", "追踪", "柜", "集装箱", "箱号", "tracking", "waybill", "awb", "mbl", "hbl"),
    *("b/l", "lading", "container", "bol", "pro号", "pro 号", "pro单", "pro no", "pro num", "pro#", "pro #", "booking"),
    *("订舱", "转单", "作业", "参考", "so号", " ref"),
)
_SHIPMENT_SIGNS = ("货件", "入库单", "入仓", "shipment")
_LABELS = (
    ("sku", _SKU_SIGNS, _SKU_NAMED),
    ("tracking", _TRACKING_SIGNS, _TRACKING_NAMED),
    ("shipment", _SHIPMENT_SIGNS, _SHIPMENT_NAMED),
)
_LABEL_SIGNS = tuple((kind, signs) for kind, signs, _ in _LABELS)
_LABEL_BEFORE, _LABEL_BEHIND = 16, 80  # characters round a sign that hold label and value
_NEXT = re.compile(r"\s*(?:[,、;/&]|和|与|及|以及|and)\s*(?P<value>[A-Za-z0-9][A-Za-z0-9._+-]*[A-Za-z0-9])")
_DATE = re.compile(r"20\d\d([-/.]?)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])$")
_QUANTITY_BEHIND = re.compile(r"\s*(?:件|个|款|种|台|套|箱|pcs|units?|pieces|天|days?)", re.IGNORECASE)
_SKU_HEADING = re.compile(
    rf"(?:{_SKU_LABEL}(?:编号|编码|号|码|ID)?|货号|款号|品号|产品编号|商品编号|产品编码|商品编码|item ?(?:no\.?"
    r"|number|code)"
    r"|ASINs?\s*[/|&或、]\s*M?SKUs?|M?SKUs?\s*[/|&或、]\s*ASINs?)(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
_TRACKING_HEADING = re.compile(
    r"(?:运单|快递单?|物流单|物流追踪|追踪|跟踪|提单|主单|分单|货柜|集装箱|柜|箱)(?:编号|号码|单号|号)"
    r"|(?:tracking|waybill|AWB|B/?L|bill of lading|container)\s*(?:ID|No\.?|number|#)?",
    re.IGNORECASE,
)
_SIDEWAYS = re.compile(r"[A-Z0-9]+(?:[-_][A-Z0-9]+)+$|[A-Z]{0,4}\d{7,}$")
_CELL_VALUE = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff ._/+#&()-]{1,39}")
_NO_VALUE = re.compile(
    r"(?:合计|总计|小计|共计|备注|待定|无|n/?a|tbd|tbc|none|(?:sub|grand )?total|sum)\b.*", re.IGNORECASE
)
_ASIN_LIKE = re.compile(r"[Bb][0O](?=\w*\d)\w{7,9}")

Found = tuple[str, int, int]  # kind, and the range of the matching text


def by_label(passage: Passage) -> Iterator[Found]:
    """The values behind labels in prose: SKU: LT-BK-001、LT-BK-002, 运单号 1Z…."""
    text, start, end = passage.window
    signs = by_kind(passage.of.folded, _LABEL_SIGNS, start, end)
    for kind, _, pattern in _LABELS:
        for low, high in merged(signs[kind], _LABEL_BEFORE, _LABEL_BEHIND, start, end):
            for m in pattern.finditer(text, low, high):
                yield from _named(kind, m, end)


def _named(kind: str, m: re.Match[str], limit: int) -> Iterator[Found]:
    """The value behind a label, and those that a list goes on with up to the limit."""
    text = m.string
    start, end = m.span("value")
    if kind == "sku" and "asin" in m[0].lower() and _ASIN_LIKE.fullmatch(m["value"]):
        return
    while _is_value(kind, text, start, end):
        yield kind, start, end
        more = _NEXT.match(text, end, limit)
        if more is None:
            return
        start, end = more.span("value")


def _is_value(kind: str, text: str, start: int, end: int) -> bool:
    value = text[start:end]
    if not any(c.isdigit() for c in value) and not (kind == "sku" and "-" in value and value.isupper()):
        return False
    if kind != "sku":
        return sum(c.isdigit() for c in value) >= 4 and not _DATE.match(value)
    if value.isdigit():
        return len(value) >= 5 and not _QUANTITY_BEHIND.match(text, end)
    return len(value) >= 3 and not _DATE.match(value) and any(c.isalpha() for c in value) and not _is_measure(value)


def _is_measure(value: str) -> bool:
    return re.fullmatch(r"[\d.]+[a-z]{1,5}", value) is not None  # 120pcs, 30days


def by_heading(passage: Passage, grid: Grid) -> Iterator[Found]:
    """The cells of a table of the passage that its headings name."""
    for kind, heading in (("sku", _SKU_HEADING), ("tracking", _TRACKING_HEADING)):
        for cell in named_cells(passage.of.matching, grid, heading, _SIDEWAYS):
            yield from _cell_value(kind, passage.of.matching, cell)


def _cell_value(kind: str, text: str, cell: Cell) -> Iterator[Found]:
    words = text[cell.start : cell.end]
    value = words.strip()
    if _CELL_VALUE.fullmatch(value) and not _NO_VALUE.fullmatch(value) and not _ASIN_LIKE.fullmatch(value):
        start = cell.start + words.index(value)
        yield kind, start, start + len(value)

"""Numbers that name a thing: SKUs, Amazon orders, shipments, tracking, bill-of-lading and container numbers, FNSKUs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.facts.headings import grids, named_cells
from checker.facts.kinds.products import Identifier
from checker.facts.nearby import merged
from checker.facts.spots import by_kind, words
from checker.reading import Passage, Reading
from checker.text import Cell, Grid

_EDGE = r"(?<![A-Za-z0-9])"
_NO_MORE = r"(?![A-Za-z0-9])"
_IS = r"\s*(?:[:=#]+|是|为|is|are)?\s*[\"'“「【\[(]?\s*"
_NUMBER = r"(?:编号|编码|号码|单号|号|码|ID|No\.?|number|#)?"

# Forms that say what they are. FBA15...: Seller Central, "shipment ID", with a box suffix U000001. Order ids: 3-7-7
# digits, digital orders D01-. Containers: ISO 6346. Letters before ten digits or more: carriers and shipping lines.
_FORMS = re.compile(
    rf"{_EDGE}(?:"
    r"(?P<shipment>FBA(?=[A-Z]*\d)[0-9A-Z]{6,20}|STAR-(?=[A-Z0-9]*\d)[A-Z0-9]{8,14})"
    r"|(?P<order>(?:(?<![\d*]-)[\d*]{3}|[DSP]01)[-–][\d*]{7}[-–][\d*]{7}(?!-?\d))"
    r"|(?P<tracking>1Z(?: ?[0-9A-Z]){16}|[A-Z]{3}[UJZ][ -]?\d{6}[ -]?\d|[A-Z]{4}\d{7,12}|[A-Z]{2}\d{9}[A-Z]{2}"
    r"|(?:SF|YT|JD[A-Z]{0,2}|JT|ST|ZT|TBA|LP|DPK)\d{10,18}|9[2345]\d{20})"
    r"|(?P<fnsku>X00(?=[0-9A-Z]*\d)[0-9A-Z]{7}))" + _NO_MORE
)
_LONG_NUMBER = re.compile(r"[0-9][0-9]{5}")
_FORM_WORDS = ("FBA", "X00", "STAR-", "1Z", "*******")
_FORM_BEFORE, _FORM_BEHIND = 16, 48

_SKU_LABEL = r"(?:M|Seller[ -]?|Merchant[ -]?|卖家|商家|店铺|本地|产品|平台)?[ _-]?SKUs?"
_SKU_NAMED = re.compile(
    rf"{_EDGE}(?:{_SKU_LABEL}(?:编号|编码|号|码|ID)?|(?:货号|款号|品号|产品编号|商品编号|产品编码|商品编码)"
    r"|item (?:no\.?|number|code))"
    rf"(?:\s*[/|]\s*(?:ASIN|FNSKU))?{_IS}(?P<value>{{value}})".replace(
        "{value}", r"[A-Za-z0-9][A-Za-z0-9._/+-]*[A-Za-z0-9]"
    ),
    re.IGNORECASE,
)
_TRACKING_NAMED = re.compile(
    r"(?:(?:运单|快递单?|物流单|物流追踪|追踪|跟踪|提单|主单|分单|空运单|海运单|货柜|集装箱|柜|箱|派送单"
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
    *(
        "b/l",
        "lading",
        "container",
        "bol",
        "pro号",
        "pro 号",
        "pro单",
        "pro no",
        "pro num",
        "pro#",
        "pro #",
        "booking",
        "订舱",
        "转单",
        "作业",
        "参考",
        "so号",
        " ref",
    ),
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

# A SKU nobody labels: three hyphenated parts and more (LT-BK-001), or two beside an ASIN or goods.
_SKU_SHAPE = re.compile(
    r"(?P<value>[A-Z](?<![A-Za-z0-9._/@-].)[A-Z]{0,5}\d{0,4}(?:-[A-Z0-9]{1,8}){1,4})(?![A-Za-z0-9_@-]"
    r"|[./][A-Za-z0-9])"
)
_NO_SKU = re.compile(
    r"(?:PO|PI|CI|INV|SO|WO|QC|RMA|HS|ISO|GB|EN|ASTM|UL|IP|FCC|CASE|TICKET|TK|ID|REF|NO|FY|CY|Q[1-4]|H[12]|W\d+"
    r"|COVID|SARS|DDP|DDU|FOB|CIF|HTTP|"
    r"UTF|GMT|UTC|USB|HDMI|RJ|DC|AC|BL|STAR|AMZ|AWD|LTL|FTL|[A-Z]{3}\d)-"
)
_OTHER_NUMBER_BEFORE = re.compile(
    r"(?:合同|发票|采购单|订单|单据|工单|票据|协议|案例|税号|型号|报告|批次|批号|航班|船名|航次|标准|证书|单号|编号"
    r"|invoice|contract|PO|order|case|ticket|ref(?:erence)?|model|batch|lot|flight|voyage|report|patent|certificate)"
    r"(?:编号|号码|号|ID|No\.?|number)?[\s:#(]*$",
    re.IGNORECASE,
)
_GOODS_BEHIND = re.compile(
    r"\s*[\"”」)】]?\s*(?:的)?\s*(?:当前|目前|现有?|FBA)*\s*(?:库存|断货|补货|日均|日销|可售|还剩|只剩|仅剩|这款"
    r"|该款|采购|下单|缺货|销量|差评|评分|广告|listing"
    r"|(?:is|was|are)? ?(?:out of stock|running|restock|stock|inventory|has \d|sells?|selling|DOS))",
    re.IGNORECASE,
)
_GOODS_BEFORE = re.compile(
    r"(?:产品|商品|款|补货|采购|下单|断货|】|\]|product|item|restock(?:ing)?|reorder|replenish|stock of|units of"
    r"|pcs of)[\s:\"“(-]*$",
    re.IGNORECASE,
)
_ASIN_BEFORE = re.compile(r"(?<![A-Za-z0-9])B0[A-Z0-9]{8}\s*[(/|,、]\s*$")

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
_MOST_REPEATED = 60  # values looked for again; a longer list comes from a sheet and prose does not repeat it


_Found = tuple[str, int, int]  # kind, and the range of the matching text


def read(reading: Reading) -> tuple[Identifier, ...]:
    """Every identifier in the subject, the own text and attached sheets, in order of passage and place, none twice.

    A SKU counts when it is labelled (SKU, MSKU, 货号 …), stands in a column headed so, or has a shape that nothing else
    has; once known it is found wherever it is repeated. Tracking numbers are told by label or by their carrier's form.
    """
    passages = (*reading.written, *reading.sheet_passages)
    shelf = _Shelf()
    for passage in passages:
        shelf.keep(passage, _by_label(passage))
        shelf.keep(passage, _by_form(passage))
    for passage, grid in grids(reading):
        shelf.keep(passage, _by_heading(passage, grid))
    for passage in passages:
        shelf.keep(passage, _by_shape(passage))
    _find_again(passages, shelf)
    order = {(id(p.of)): n for n, p in reversed(list(enumerate(passages)))}
    return tuple(sorted(shelf.found, key=lambda i: (order[id(i.place.span.of)], i.place.span.start)))


class _Shelf:
    """Identifiers found so far; the first to claim a place keeps it."""

    def __init__(self) -> None:
        self.found: list[Identifier] = []
        self._taken: set[tuple[int, str, int]] = set()

    def keep(self, passage: Passage, hits: Iterable[_Found]) -> None:
        for kind, start, end in hits:
            edges = {(id(passage.of), "start", start), (id(passage.of), "end", end)}
            if edges.isdisjoint(self._taken):
                self._taken |= edges
                self.found.append(Identifier(passage.place(start, end), kind, passage.of.matching[start:end]))


def _by_form(passage: Passage) -> Iterator[_Found]:
    text, start, end = passage.window
    at = {m.start() for m in _LONG_NUMBER.finditer(text, start, end)}
    at.update(words(text, _FORM_WORDS, start, end))
    for low, high in merged(sorted(at), _FORM_BEFORE, _FORM_BEHIND, start, end):
        for m in _FORMS.finditer(text, low, high):
            yield str(m.lastgroup), *m.span()


def _by_label(passage: Passage) -> Iterator[_Found]:
    text, start, end = passage.window
    signs = by_kind(passage.of.folded, _LABEL_SIGNS, start, end)
    for kind, _, pattern in _LABELS:
        for low, high in merged(signs[kind], _LABEL_BEFORE, _LABEL_BEHIND, start, end):
            for m in pattern.finditer(text, low, high):
                yield from _named(kind, m, end)


def _named(kind: str, m: re.Match[str], limit: int) -> Iterator[_Found]:
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


def _by_heading(passage: Passage, grid: Grid) -> Iterator[_Found]:
    for kind, heading in (("sku", _SKU_HEADING), ("tracking", _TRACKING_HEADING)):
        for cell in named_cells(passage.of.matching, grid, heading, _SIDEWAYS):
            yield from _cell_value(kind, passage.of.matching, cell)


def _cell_value(kind: str, text: str, cell: Cell) -> Iterator[_Found]:
    words = text[cell.start : cell.end]
    value = words.strip()
    if _CELL_VALUE.fullmatch(value) and not _NO_VALUE.fullmatch(value) and not _ASIN_LIKE.fullmatch(value):
        start = cell.start + words.index(value)
        yield kind, start, start + len(value)


def _by_shape(passage: Passage) -> Iterator[_Found]:
    text = passage.of.matching
    if "-" not in text:
        return
    for m in _SKU_SHAPE.finditer(*passage.window):
        if _looks_like_sku(text, passage.start, m):
            yield "sku", *m.span("value")


def _looks_like_sku(text: str, start: int, m: re.Match[str]) -> bool:
    value = m["value"]
    if not any(c.isdigit() for c in value) or _NO_SKU.match(value):
        return False
    before = text[max(start, m.start() - 24) : m.start()]
    if _ASIN_BEFORE.search(before):
        return True
    if _OTHER_NUMBER_BEFORE.search(before):
        return False
    return value.count("-") >= 2 or bool(_GOODS_BEHIND.match(text, m.end()) or _GOODS_BEFORE.search(before))


def _find_again(passages: Iterable[Passage], shelf: _Shelf) -> None:
    """Further mentions of the SKUs known by now."""
    known = {i.value for i in shelf.found if i.kind == "sku" and not i.value.isdigit()}
    if not 0 < len(known) <= _MOST_REPEATED:
        return
    any_of = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    again = re.compile(rf"(?<![A-Za-z0-9-])(?:{any_of})(?![A-Za-z0-9-])")
    for passage in passages:
        shelf.keep(passage, (("sku", *m.span()) for m in again.finditer(*passage.window)))

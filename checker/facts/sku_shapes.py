"""SKUs that nobody labels, told by their shape and the words round them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.reading import Passage

# Three hyphenated parts and more (LT-BK-001), or two beside an ASIN or goods.
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


def find(passage: Passage) -> Iterator[tuple[int, int]]:
    """The ranges of the matching text that hold one."""
    text = passage.of.matching
    if "-" not in text:
        return
    for m in _SKU_SHAPE.finditer(*passage.window):
        if _looks_like_sku(text, passage.start, m):
            yield m.span("value")


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

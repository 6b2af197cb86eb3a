"""What should have stood in a blank of a template: a deadline, an ASIN, a name, a metric."""

from __future__ import annotations

import re

_METRIC = re.compile(
    r"(?P<stockout_date>断货|售罄|stock-?out|run out|out of stock)|(?P<arrival_date>到货|到港|到仓|抵达|入仓|ETA"
    r"|arriv)|(?P<launch_date>上架|上线|launch|go live)"
    r"|(?P<dos>DOS|可售天数|库存天数|周转天数|days of supply)|(?P<daily_sales>日均|日销|均销|销量均值|daily sales"
    r"|sales per day|units per day|per day|/day)"
    r"|(?P<coverage>覆盖|够卖|可卖|cover)|(?P<order>补货|采购|下单|订购|下达|restock|order|replenish)|(?P<stock>库存"
    r"|可售|剩余|仅剩|还剩|stock|inventory)"
    r"|(?P<acos>ACOS)|(?P<budget>预算|budget)|(?P<spend>花费|支出|spend)|(?P<rating>评分|星级|rating)|(?P<price>售价"
    r"|价格|单价|定价|price)"
    r"|(?P<tracking>运单号?|提单号?|柜号|tracking|B/L)|(?P<shipment>货件|shipment)|(?P<ctr>CTR|点击率)|(?P<cvr>CVR"
    r"|转化率)|(?P<roas>ROAS)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，,、。！!?;；\n()]|\. ")
_DUE_BEHIND = re.compile(
    r"\s*(?:[日号点月]|下班|上午|下午)*\s*(?:之前|以前|前(?!后|台|端|置)|截止|内(?:回复|确认|完成))"
)
_DUE_BEFORE = re.compile(
    r"(?:截止(?:日期|时间)?|期限|deadline|due|before|by|no later than|until)\s*(?:is|on|at|为|是|:|the)*\s*$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?:Dear|Hi|Hello|Hey|尊敬的|亲爱的|致|Regards,|Best,|Thanks,)\s*$", re.IGNORECASE)
_NAME_BEHIND = re.compile(r"\s*(?:您好|你好|经理|总(?!计|数|共)|先生|女士|小姐|老师|同学|部门?负责人)")
_ASIN_BEFORE = re.compile(r"(?:ASIN|SKU)(?:码|编号|号)?\s*[:为是]?\s*$", re.IGNORECASE)
_IS_DATE = re.compile(r"日期|时间|日子|date|time|deadline|weekday|截止", re.IGNORECASE)


def meaning(kind: str, inner: str, before: str, behind: str) -> tuple[str, str | None]:
    """What should stand there, from its own words and those around it in the same clause."""
    near = _CLAUSE.split(before)[-1]
    after = _CLAUSE.split(behind)[0]
    dated = kind == "date" or bool(_IS_DATE.search(near if kind == "lines" else inner))
    if kind == "asin" or re.search(r"ASIN|SKU", inner, re.IGNORECASE) or _ASIN_BEFORE.search(near):
        return "asin", None
    if re.search(
        r"姓名|名字|称呼|(?<!product )(?<!product_)\bname\b|尊称", inner, re.IGNORECASE
    ) or _NAME_BEFORE.search(before):
        return "name", None
    if _NAME_BEHIND.match(behind):
        return "name", None
    metric = _metric(inner, near, after)
    if metric and (dated == metric.endswith("_date") or not _DUE_BEHIND.match(behind)):
        return "metric", metric
    due = _DUE_BEHIND.match(behind) or _DUE_BEFORE.search(before) or re.search("deadline|截止", inner, re.IGNORECASE)
    return ("deadline", None) if due or dated else ("other", None)


def _metric(inner: str, near: str, after: str) -> str | None:
    """The metric named in the blank, else the last one before it in its clause, else the first behind it."""
    for words, last in ((inner, True), (near, True), (after, False)):
        found = [str(m.lastgroup) for m in _METRIC.finditer(words)]
        if found:
            return found[-1] if last else found[0]
    return None

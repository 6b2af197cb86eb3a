"""Forms of a sentence that are read as a whole: sales of a stretch of days, days until the stock-out.

近7天共售出105件, sold 105 units in the last 7 days, 7天后断货, will run out in 7 days. All functions read folded
matching text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from checker.facts.contexts import clause_before, is_compared
from checker.facts.numbers import Number

_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半|one|two|three|four|seven|thirty)?"
_WINDOW_BEFORE = re.compile(
    rf"(?:近|过去|最近|前|上|这)?\s?{_N}\s?个?(?P<u>天|日|周|星期|月)(?:内|里|以来|来|的)?\s?(?:总共|一共|总|共"
    rf"|累计|合计|实际|大概|大约|约|差不多|能|可以|平均)*"
    r"(?:总?销量|总?销售量|销售数量|卖了|卖出了?|卖|售出了?|销售了?|销售|销|出单量?|出了|单量|订单量?"
    r"|出货量?)(?:总计|合计|总共|一共|共计|共|总量)?"
    r"|(?<![均a-z])(?:销量|销售量|售出|出单量?|单量)\s?\(?\s?(?:近|过去|最近|前)\s?(?P<n5>\d{1,2})\s?[天日](?:内)?\)?"
    r"|(?<![a-z])(?<!daily )(?<!average )(?<!avg )(?<!avg\. )(?:(?:unit |total )?sales|units sold|sold),? (?:in "
    r"|over |for |during )?(?:the )?(?:last|past|previous) (?P<n6>\d{1,2}) days"
    r"|(?<![a-z])(?:(?:last|past|previous|trailing) )?(?P<n2>\d{1,3}|seven|thirty)?[- ]?(?P<u2>day|week"
    r"|month)s?['’]? (?:total )?(?:unit )?(?:sales|units sold|sold)(?![a-z])"
    r"|(?<![a-z])(?:last|past|previous) (?P<n7>\d{1,3}|seven|thirty) days(?=: ?\d+ (?:units |pcs )?sold)"
    r"|(?<![a-z])(?P<u3>weekly|monthly) (?:unit )?sales(?![a-z])|(?<![a-z])(?:t|l)(?P<n4>7|14"
    r"|30)d?(?: sales)?(?![a-z\d])"
)
_DAILY_BEFORE = re.compile(r"(?<![a-z])(?:daily|avg|average|mean|per day|a day|velocity)(?![a-z])[^,;]*$")
_WINDOW_CUE = re.compile(
    r"[天日周期月][^,。;\n]{0,10}?[销售卖单出]|[销售单量出]\s?\(?(?:近|过去|最近|前)|day|week|month|[tl](?:7|14"
    r"|30)(?![\da-z]{2})"
)
_WINDOW_AFTER = re.compile(
    r"\s*(?:units?|pcs|pieces|orders)?\s*(?:were |was )?(?P<sold>sold )?(?:in|over|during|within|for"
    r"|across)? ?(?:the )?(?:last|past|previous|trailing) (?P<n>\d{1,3}|seven|thirty|two)? ?(?P<u>day|week"
    r"|month)s?(?![a-z])"
)
_NOT_PAST = re.compile(r"(?:未来|接下来|后续|后面|覆盖|满足|支撑|支持|next|coming|cover)\s*(?:至少|约)?$")
_WINDOW_GLUE = re.compile(
    r"(?:[\s:=~≈了]|是|为|共|有|约|大概|合计|达|到|仅|只|\([^()\n]{0,12}\)|(?:were|was|is|of|about|only"
    r"|total)(?![a-z]))*"
)
_DAYS_OF = {
    "天": 1,
    "日": 1,
    "day": 1,
    "周": 7,
    "星期": 7,
    "week": 7,
    "weekly": 7,
    "月": 30,
    "month": 30,
    "monthly": 30,
}
_COUNTS = {
    "一": 1,
    "two": 2,
    "one": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "three": 3,
    "四": 4,
    "four": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "seven": 7,
    "十": 10,
    "十四": 14,
    "三十": 30,
    "thirty": 30,
    "半": 0.5,
}
_RUN_OUT = r"(?:断货|卖断|售罄|卖完|缺货|卖光|卖空|售完|脱销|断档|耗尽|没货|清空|[断空没](?=了))"
_OUT_BEHIND = re.compile(
    rf"(?P<in>(?:左右|后|内|之后|以后|之内|以内|就|会|将|要|可能|预计|全面|开始|即|便|也|可|能|面临|全部|彻底"
    # in 12 days (on 22 March): the day in brackets, or the days in brackets behind it
    rf"|基本|库存|\([^()\n\d]{{0,4}}\d[^()\n]{{0,10}}\)|\)|\s)*){_RUN_OUT}"
    r"|\s?(?:until|till|before|to|away from) (?:we |it |they )?(?:are |is |go |hit )?(?:stock[- ]?outs?"
    r"|stocking out|run(?:ning|s)? out|oos|out of stock|we run)"
)
_OUT_BEFORE = re.compile(
    rf"(?:{_RUN_OUT}(?:时间|日期)?|(?<![a-z])(?:run|runs|running|sell|sells|stock|stocks|be|go"
    rf"|goes) out(?: of (?:stock|inventory|units|it))?|(?<![a-z])(?:stock[- ]?out|oos|out of stock|depleted))"
    r"\s*(?:again |completely )?(?:预计|大概|约|大约|还有|还剩|只有|只剩|仅剩|仅有|就在|不到|仅|剩|在|:|is "
    r"|expected |(?:in|within|after) (?:about |around |less than |approximately |roughly |only |just )?|\s|~)+$"
)
_SOLD_AHEAD = re.compile(r"(?:sold|sales(?: of)?|shipped)[a-z :]{0,16}$")
_SOON_AHEAD = re.compile(r"(?:预计|约|还有|大概|再过|过|会在|将在|可能|速度|销速|节奏|来看|推算|计算)\s*$")
_WITHIN_BEHIND = re.compile(r"\s?(?:左右)?\s?(?:内|之内|以内)")
_WITHIN_AHEAD = re.compile(r"within|less than|不到")

Connected = Callable[[re.Pattern[str], int, int], bool]  # whether a pattern bridges a range, names left out


def may_span(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] can give the sales of a stretch of days; cheap."""
    return _WINDOW_CUE.search(text, start, end) is not None


def sales_of_days(
    text: str, start: int, end: int, numbers: tuple[Number, ...], connected: Connected
) -> Iterator[tuple[Number, Number, tuple[int, int]]]:
    """(sales of a day, the number written, the range of its label) for every stretch of past days with its sales."""
    if not may_span(text, start, end):
        return
    for m in _WINDOW_BEFORE.finditer(text, start, end):
        count = m["n"] or m["n2"] or m["n4"] or m["n5"] or m["n6"] or m["n7"]
        unit = m["u"] or m["u2"] or m["u3"] or "天"
        if (not count and unit in ("天", "日", "day")) or _NOT_PAST.search(text[start : m.start()]):
            continue
        number = next((n for n in numbers if n.start >= m.end()), None)
        if number and number.unit in ("units", "") and connected(_WINDOW_GLUE, m.end(), number.start):
            yield from _of_a_day(text, start, number, (_length(count, unit), m.span()))
    for number in numbers:
        behind = _WINDOW_AFTER.match(text, number.end, end) if number.unit in ("units", "") else None
        if behind and (behind["sold"] or _sold_ahead(text, start, number)):
            yield from _of_a_day(text, start, number, (_length(behind["n"], behind["u"]), (number.end, behind.end())))


def _sold_ahead(text: str, start: int, number: Number) -> bool:
    sold = _SOLD_AHEAD.search(text[start : number.start])
    return sold is not None and not _DAILY_BEFORE.search(text, start, number.start)


def _length(count: str | None, unit: str) -> float:
    many = float(count) if count and count.isascii() and count.isdigit() else _COUNTS.get(count or "一", 1.0)
    return many * _DAYS_OF[unit]


def _of_a_day(
    text: str, start: int, number: Number, stretch: tuple[float, tuple[int, int]]
) -> Iterator[tuple[Number, Number, tuple[int, int]]]:
    days, label = stretch
    if days <= 0 or is_compared(clause_before(text, start, label[0])):
        return
    value, high, precision = number.value / days, number.high / days, number.precision / days
    yield number._replace(value=value, high=high, precision=precision, unit="units_per_day"), number, label


def days_to_stockout(text: str, start: int, end: int, numbers: tuple[Number, ...]) -> Iterator[Number]:
    """The days until the stock-out; approximate where it is said to come within them."""
    for number in numbers:
        if number.unit != "days":
            continue
        ahead = text[max(start, number.start - 24) : number.start]
        if _OUT_BEFORE.search(ahead) or _runs_out(_OUT_BEHIND.match(text, number.end, end), ahead):
            within = _WITHIN_BEHIND.match(text, number.end, end) or _WITHIN_AHEAD.search(ahead)
            yield number._replace(approximate=number.approximate or within is not None)


def _runs_out(behind: re.Match[str] | None, ahead: str) -> bool:
    """7天卖完 alone is no forecast; 7天后卖完 and 预计7天卖完 are."""
    if behind is None:
        return False
    return bool(behind["in"] is None or behind["in"].strip() or _SOON_AHEAD.search(ahead))

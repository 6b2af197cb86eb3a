"""Numbers without a name of their own, named by the sentence: by division, parallel or subject."""

from __future__ import annotations

import re

from checker.facts import glue
from checker.facts.meaning import speaks_of_ads
from checker.facts.numbers import Number, quotient
from checker.facts.sentence import Sentence, Statement

_ORDERS = re.compile(r"单|orders?")
_HAS = re.compile(
    r"\s?(?:\([^()\n]{0,40}\)|\([a-z]{2}\))?\s?(?:(?:currently |now |still |only |we )?(?:has|have|had|holds?"
    r"|is (?:down )?(?:at|to))"
    r"(?: only| just| now| still| about| around| currently)*|(?:目前|现在|当前|现|还|仅|只|就)*[有剩](?:下|约"
    r"|大约)?)\s?"
)
_AT_PRICE = re.compile(r"(?<![a-z])(?:at|for)\s?$")
_SELLING = re.compile(
    r"上架|上线|开售|首发|开卖|上新|售卖|(?<![a-z])(?:launch(?:es|ed|ing)?|go(?:es|ing)? live|list(?:ed|ing)?"
    r"|sells?|sold|retails?|priced?|on sale)(?![a-z])"
)
_NO_PRICE = re.compile(
    r"出价|竞价|预算|运费|费用|花费|成本|退款|赔|(?<![a-z])(?:bids?|budget|cpc|fees?|cost|spend|refund|credit"
    r"|invoice|shipping)(?![a-z])"
)
_A_TERM = re.compile(r"\s?(?:左右)?(?:内|之内|以内|后|前|的?(?:交期|时效))")  # 7天内: a time to act in, no stock


def read_quotient(s: Sentence) -> None:
    pair = quotient(s.text, s.start, s.end)
    if pair and any(n.metric in ("dos", "support", "stock", "daily_sales") for n in s.names):
        s.keep("stock", pair[0])
        s.keep("daily_sales", pair[1])
        result = next((n for n in s.numbers if n.start > pair[1].end), None)
        if result and result.unit in ("days", "") and "=" in s.text[pair[1].end : result.start] + "=":
            s.keep("dos", result)


def converted(s: Sentence, number: Number) -> bool:
    """960 clicks brought 48 orders: orders in a sentence that counts clicks."""
    return _ORDERS.search(s.text, number.start, number.end) is not None and speaks_of_ads(s)


def held_by_product(s: Sentence, number: Number) -> bool:
    """B0… has 210 units, sells 14 a day: what a product has, where the sentence goes on with sales or days."""
    code = max((b for _, b in s.codes if b <= number.start), default=-1)
    if code < 0 or not _HAS.fullmatch(s.text, code, number.start):
        return False
    stop = min((a for a, _ in s.codes if a >= number.end), default=s.end)
    rest = [n for n in s.names if number.end <= n.start < stop]
    return not any(n.metric in ("stock", "hold", "in_transit", "order") for n in rest) and (
        any(n.metric in ("daily_sales", "dos", "support") for n in rest)
        or any(n.unit == "units_per_day" and number.end <= n.start < stop for n in s.numbers)
    )


def asked_for(s: Sentence, number: Number) -> bool:
    """launches on 23 March at $34.99: an amount of money in a sentence that sells."""
    clause = s.clause_before(number.start)
    return bool(
        _AT_PRICE.search(clause) and _SELLING.search(s.text, s.start, number.start) and not _NO_PRICE.search(clause)
    )


def explains_days(s: Sentence, number: Number) -> bool:
    """The first number in the bracket behind days of supply: 只有7天(105件, 日均15件)."""
    if number.unit != "units":
        return False
    opening = s.text.rfind("(", s.start, number.start)
    days = next((s.number.end for s in s.found if s.metric == "dos"), -1)
    return opening >= 0 and not s.text[opening + 1 : number.start].strip() and opening - days in (0, 1)


def divide(s: Sentence) -> None:
    """The amount without a name that, divided by the daily sales, gives the days: US: 300 units, 20/day, DOS 15.

    And the days without a name that the stock gives: 105 left, 15/day, 7 days.
    """
    by_metric = {m: [s.number for s in s.found if s.metric == m] for m in ("stock", "daily_sales", "dos")}
    if [len(by_metric[m]) for m in by_metric] == [1, 1, 0]:
        _divided(s, by_metric["stock"][0], by_metric["daily_sales"][0])
    if by_metric["stock"] or len(by_metric["daily_sales"]) != 1 or len(by_metric["dos"]) != 1:
        return
    daily, dos = by_metric["daily_sales"][0], by_metric["dos"][0]
    for number in s.numbers:
        free = number.start not in s.used_numbers and number.unit in ("units", "")
        if free and number.value > daily.value > 0 and abs(number.value / daily.value - dos.value) < 1:
            s.keep("stock", number)
            return


def _divided(s: Sentence, stock: Number, daily: Number) -> None:
    for number in s.numbers:
        free = number.start not in s.used_numbers and number.unit == "days" and number.start > stock.end
        if free and daily.value > 0 and abs(stock.value / daily.value - number.value) < 1:
            if not _A_TERM.match(s.text, number.end, s.end):
                s.keep("dos", number)
            return


def carry_over(s: Sentence) -> None:
    """库存: B0A 105件, B0B 200件: the label goes on for the products that follow."""
    if len(s.codes) < 2:
        return
    last: Statement | None = None
    for number in s.numbers:
        code = max((b for _, b in s.codes if b <= number.start), default=0)
        own = next((s for s in s.found if s.number.start == number.start), None)
        if own:
            last = own if own.label[1] <= code and code else None
        elif (
            last
            and number.start not in s.used_numbers
            and number.unit == last.number.unit
            and code > last.number.end
            and s.connected(glue.CONNECT, code, number.start)
        ):
            s.keep(last.metric, number, last.label)

"""What a metric's name and its context make of a number: stock or days of supply, level or difference, or no figure."""

from __future__ import annotations

import re

from checker.facts import contexts
from checker.facts.metrics import Label
from checker.facts.numbers import Number
from checker.facts.sentence import Sentence

_WANTED = re.compile(r"(?:需要?|要|(?<![a-z])(?:needs?|wants?|require))\s*$")
_NOT_A_SPAN = re.compile(
    r"\s?(?:左右)?\s?(?:内(?!的?(?:销|需|用))|之内|以内|后|之后|以后|前|之前|未|没|无|以来|一次|一批|的?(?:交期"
    r"|货期|账期|时效)|(?:in advance|later|earlier|before|after|ago|prior|lead)(?![a-z]))"
)
_DONE = re.compile(
    r"(?:已经?|刚|昨[天日]|上[周次月回批]|之前|此前|前[天日]|曾|(?<![a-z])(?:already|last|previous(?:ly)?"
    r"|earlier|have|has|had|was|were|we['’]ve)(?: \w+)?)\s*(?:安排|经|向\S{0,6}|跟\S{0,6}|给\S{0,6}){0,2}$"
)


def resolved(s: Sentence, name: Label, number: Number, gap: str) -> str | None:
    """The metric that the label and its context give, None for what is no figure."""
    if name.metric == "void":
        return "void"
    before = s.clause_before(min(name.start, number.start))
    metric = _by_unit(s, name, number, before)
    follows = s.text[number.end : number.end + 12]
    if metric == "dos" and _WANTED.search(before[-10:]) and any(n.metric == "order" for n in s.names):
        return "coverage"
    if metric in ("stock", "dos", "daily_sales", "support") and (
        contexts.is_norm(gap, before, follows, days=number.unit == "days")
        or contexts.is_compared(before[-30:])
        or contexts.is_compared(gap)
    ):
        return None
    if metric not in ("order", "coverage") and contexts.is_target(before):
        return None
    if metric in ("dos", "coverage") and number.unit == "days" and _NOT_A_SPAN.match(follows):
        return None
    if gap and metric in ("stock", "daily_sales", "dos", "rating", "price") and contexts.is_difference(gap):
        return None
    if metric == "rating" and not 0 < number.value <= 5:
        return None
    return metric


def _by_unit(s: Sentence, name: Label, number: Number, before: str) -> str:
    days = number.unit == "days"
    ordered = _order_stands_before(s, name.start) or (days and _speaks_of_order(s, name, number))
    if name.metric in ("support", "coverage") or (name.metric == "order" and days):
        own_stock = re.search(r"库存|现货|可售|在库|(?<![a-z])(?:stock|inventory|on hand|units left)", before)
        if name.metric == "order":
            return "coverage"
        if _names_cover(s, name) and not (ordered or contexts.orders_quantity(s.sentence_before())):
            return "dos"
        if ordered or re.search(r"(?:补货|到货|加上|入仓|上架)后?|(?<![a-z])(?:with|after)(?![a-z])", before):
            return "coverage"
        return "dos" if name.metric == "support" or own_stock else "coverage"
    if name.metric in ("stock", "hold", "safety_stock") and days:
        if name.metric == "safety_stock":
            return "safety_stock"
        return "coverage" if ordered and name.start > number.start else "dos"
    if name.metric == "dos" and (ordered or re.search(r"(?:补货|到货|加上|入仓)后", before)):
        return "coverage"
    if name.metric == "hold":
        return "stock"
    if name.metric == "order" and _DONE.search(before):
        return "in_transit" if re.search(r"已|already|have|has", before[-14:]) else "void"
    return name.metric


def _names_cover(s: Sentence, name: Label) -> bool:
    """Cover: 7 days, cover is 7 days: the noun."""
    return (
        name.metric == "coverage"
        and s.text[name.start : name.end] in ("cover", "coverage")
        and re.match(r"\s?(?::|=|is |now )", s.text[name.end : name.end + 5]) is not None
    )


def _speaks_of_order(s: Sentence, name: Label, number: Number) -> bool:
    """Whether the days count an order in: by the words since the last figure, or by going on from one."""
    since = max((s.number.end for s in s.found if s.number.end <= name.start), default=s.start)
    if contexts.counts_order(s.text, since, contexts.clause_end(s.text, number.end, s.end)):
        return True
    spanning = name.metric in ("support", "coverage")
    goes_on = contexts.goes_on_from(s.text, s.start, s.end, spanning=spanning)
    return goes_on and contexts.orders_quantity(s.sentence_before())


def _order_stands_before(s: Sentence, at: int) -> bool:
    """Whether an order is what the words speak of: its label is nearer than one of stock, or 这样, that would."""
    if contexts.is_then(s.text, s.start, at):
        return True
    for name in reversed(s.names):
        if name.end <= at and name.metric in ("order", "stock", "hold", "daily_sales"):
            return name.metric == "order"
    return False


def bounded(s: Sentence, number: Number, gap: str) -> Number:
    """不足100件, over 30 days: the value is a bound, so its precision is all of it."""
    if contexts.is_bound(gap, s.text[number.end : number.end + 4]):
        return number._replace(approximate=True, precision=max(number.value, number.precision))
    return number

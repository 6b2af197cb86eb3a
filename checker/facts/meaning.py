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
    r"|货期|账期|时效)|to (?!cover|last|sell|go)(?=[a-z])"
    r"|(?:in advance|later|earlier|before|after|ago|prior|lead)(?![a-z]))"
)
_DONE = re.compile(
    r"(?:已经?|刚|昨[天日]|上[周次月回批]|之前|此前|前[天日]|曾|(?<![a-z])(?:already|last|previous(?:ly)?"
    r"|earlier|have|has|had|was|were|we['’]ve)(?: \w+)?)\s*(?:安排|经|向\S{0,6}|跟\S{0,6}|给\S{0,6}){0,2}$"
)
_LEVELS = frozenset({"acos", "roas", "ctr", "cvr", "cpc", "rating", "dos", "stock"})
_IN_ADS_ONLY = {"deals": "conversions"}  # names that count something else elsewhere
_AD_COUNTS = frozenset({"clicks", "impressions", "ctr", "cvr", "cpc", "acos", "conversions"})
_STOCK = frozenset({"stock", "daily_sales", "dos", "support", "in_transit"})
_STOCK_WORDS = re.compile(r"库存|日均|日销|销量|可售|在库|断货|(?<![a-z])(?:stock|inventory|units|dos|sells?)(?![a-z])")
_VAGUELY = re.compile(r"大概|大约|约|差不多|(?<![a-z])(?:about|around|roughly|approximately)(?![a-z])")


def resolved(s: Sentence, name: Label, number: Number, gap: str) -> str | None:
    """The metric that the label and its context give, None for what is no figure."""
    if name.metric == "void":
        return "void"
    before = s.clause_before(min(name.start, number.start))
    metric = _by_unit(s, name, number, before)
    if metric in _IN_ADS_ONLY and not speaks_of_ads(s):
        return None
    metric = _IN_ADS_ONLY.get(metric, metric)
    follows = s.text[number.end : number.end + 12]
    if metric == "dos" and _WANTED.search(before[-10:]) and any(n.metric == "order" for n in s.names):
        return "coverage"
    if metric in ("stock", "dos", "daily_sales", "support") and (
        contexts.is_norm(gap, before, follows, days=number.unit == "days")
        or contexts.is_compared(before[-30:])
        or contexts.is_compared(gap)
    ):
        return None
    if metric not in ("order", "coverage") and (
        contexts.is_target(before) or (metric in _LEVELS and _wished(s, name, gap))
    ):
        return "rating_to" if metric == "rating" else None
    if name.metric == "hold" and number.unit == "days" and not _speaks_of_stock(s):
        return None
    if metric == "stock" and contexts.is_makers(before):
        return "void"
    if metric == "order" and gap.startswith(("了", "过")):
        return "void"
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
        return "in_transit" if _in_transit_before(s, name) else "stock"
    if name.metric == "order" and s.text.startswith("订单", name.start) and speaks_of_ads(s):
        return "conversions"
    if name.metric == "order" and _DONE.search(before):
        return "in_transit" if re.search(r"已|already|have|has", before[-14:]) else "void"
    return name.metric


def speaks_of_ads(s: Sentence) -> bool:
    """Whether the sentence counts clicks or views: its orders are those that the ads brought."""
    return any(n.metric in _AD_COUNTS for n in s.names)


def _speaks_of_stock(s: Sentence) -> bool:
    """Whether this sentence or the one before is about stock, so that days left are days of supply."""
    return any(n.metric in _STOCK for n in s.names) or bool(_STOCK_WORDS.search(s.sentence_before()))


def _in_transit_before(s: Sentence, name: Label) -> bool:
    """海运途中还有500套: what is left of the goods under way."""
    return any(n.metric == "in_transit" and n.end <= name.start and name.start - n.end <= 4 for n in s.names)


def _wished(s: Sentence, name: Label, gap: str) -> bool:
    """把ACOS降到25%, 希望评分回到4.5, bring the ACOS down to 25%: what is to be reached, no level."""
    return bool(contexts.is_wish(s.clause_before(name.start)) and contexts.is_change(gap))


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


def bounded(s: Sentence, name: Label, number: Number, gap: str) -> Number:
    """不足100件, over 30 days: the value is a bound, so its precision is all of it."""
    if number.unit == "" and s.text.startswith("week", name.start):
        number = number._replace(
            value=number.value * 7, high=number.high * 7, precision=number.precision * 7, unit="days"
        )
    if _VAGUELY.search(s.text, max(s.start, name.start - 4), number.start):
        number = number._replace(approximate=True)
    if contexts.is_bound(gap, s.text[number.end : number.end + 4]):
        return number._replace(approximate=True, precision=max(number.value, number.precision))
    return number

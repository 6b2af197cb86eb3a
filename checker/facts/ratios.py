"""Stated ratios beside the two figures that make them: ACOS, ROAS, CTR, conversion rate, cost per click."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.facts import grouping
from checker.facts.arithmetic import Range, spread
from checker.facts.grouping import Group
from checker.facts.kinds.figures import Figure, Ratio
from checker.facts.units import MONEY


class _Quotient(NamedTuple):
    """over / under * times is the ratio."""

    over: str
    under: str
    times: float


_QUOTIENTS = {
    "acos": _Quotient("spend", "sales", 100),
    "roas": _Quotient("sales", "spend", 1),
    "ctr": _Quotient("clicks", "impressions", 100),
    "cvr": _Quotient("conversions", "clicks", 100),
    "cpc": _Quotient("spend", "clicks", 1),
}
_COUNTS = frozenset({"clicks", "impressions", "conversions"})
_LEAST_STEP = 0.01
_UNBOUNDED = 1e12
_APPROXIMATE = 0.1  # how far 约 and about reach
# A sentence that speaks of several stretches of time, or of visits instead of clicks, does not say what goes with what.
_STRETCH = re.compile(
    r"[上本这]{1,2}个?[周月]|昨[天日]|今[天日]|前[天日]|(?:近|过去|最近|前)\s?[\d一二三七两十]+\s?[天日周]|\d{1,2}月(?!\d)"
    r"|(?<![a-z])(?:yesterday|today|(?:last|this|past|previous) (?:\d+ )?(?:days?|weeks?|months?))(?![a-z])"
)
_VISITS = re.compile(r"访客|会话|流量|浏览|(?<![a-z])(?:sessions?|visits?|page views?|unit session)(?![a-z])")
_OF_ADS = re.compile(
    r"广告|推广|投放|活动|归因|(?<![a-z])(?:ads?|ppc|sp|sb|sd|campaigns?|attributed|advertising|keywords?)(?![a-z])"
)
_OF_ALL = re.compile(
    r"总|店铺|整体|全店|自然|(?<![a-z])(?:total|gross|overall|organic|account|store|revenue|gmv)(?![a-z])"
)


def read(figures: tuple[Figure, ...]) -> tuple[Ratio, ...]:
    """Every ratio that stands in one sentence, table row or column with the only two figures that can make it.

    Where several figures might be meant, and where a mail's only ones stand in different sentences about different
    stretches of time, there is none.
    """
    own = [f for f in figures if not f.reported]
    found = [r for group in grouping.of_places(own) for r in _of_group(group)]
    told = {id(r.place) for r in found}
    found += [r for r in _across(own) if id(r.place) not in told]
    return tuple(found)


def _of_group(group: Group) -> Iterator[Ratio]:
    if len(_stretches(group)) > 1:
        return
    for metric, quotient in _QUOTIENTS.items():
        stated, over, under = (_only(group, m) for m in (metric, quotient.over, quotient.under))
        if stated and over and under:
            ratio = _ratio(stated, over, under, quotient)
            if ratio:
                yield ratio


def _across(figures: Iterable[Figure]) -> Iterator[Ratio]:
    """Of the prose about one product: a figure a line (花费:… / 销售额:… / ACOS:…), each metric once in the mail."""
    by_product: dict[str | None, Group] = defaultdict(list)
    for figure in figures:
        if figure.place.where == "own":
            by_product[figure.product].append(figure)
    for group in by_product.values():
        yield from _of_group(group)


def _only(group: Group, metric: str) -> Figure | None:
    """The figure of a metric, None where there are several different ones."""
    of = [f for f in group if f.metric == metric]
    return of[0] if of and len({(f.value, f.high, f.unit) for f in of}) == 1 else None


def _stretches(group: Group) -> set[str]:
    """The stretches of time that the sentences of a group's figures speak of."""
    return {m[0] for f in group if f.place.where == "own" for m in _STRETCH.finditer(_around(f))}


def _around(figure: Figure) -> str:
    """The sentence that a figure stands in."""
    return "".join(_halves(figure))


def _halves(figure: Figure) -> tuple[str, str]:
    """The sentence that a figure stands in, up to the figure and from it on."""
    of = figure.place.span.of
    text, at = of.folded, of.matching_at(figure.place.span.start)
    start = max(text.rfind(c, max(0, at - 300), at) for c in "。;\n") + 1
    ends = [e for c in "。;\n" if (e := text.find(c, at, at + 300)) >= 0]
    return text[max(start, at - 300) : at], text[at : min(ends, default=min(len(text), at + 300))]


def _ratio(stated: Figure, over: Figure, under: Figure, quotient: _Quotient) -> Ratio | None:
    currencies = {f.unit for f in (over, under) if f.unit in MONEY}
    if under.value <= 0 or len(currencies) > 1 or (stated.metric == "cvr" and _VISITS.search(_around(stated))):
        return None
    exact = over.value / under.value * quotient.times
    value, high, step = _in_its_unit(stated, exact, quotient)
    low, top = _allowed(over, under, quotient.times, stated, step)
    if "sales" in (quotient.over, quotient.under) and _maybe_of_all(over, under):
        # Sales that may be all of the product's are at least those of its ads: the ratio can only lie on one side.
        low, top = (low, _UNBOUNDED) if quotient.under == "sales" else (0.0, top)
    return Ratio(
        place=stated.place,
        metric=stated.metric,
        over=over,
        under=under,
        value=value,
        high=high,
        expected=_written(exact, step, percent=quotient.times > 1),
        low_allowed=low,
        high_allowed=top,
        product=stated.product,
    )


def _in_its_unit(stated: Figure, exact: float, quotient: _Quotient) -> tuple[float, float, float]:
    """Value, high and step, of a rate as a percentage: a sheet's 0.41 and 41 may both be 41 %."""
    if quotient.times > 1 and (stated.unit != "percent" or stated.place.where == "sheet"):
        times = min((1.0, 100.0), key=lambda t: abs(stated.value * t - exact))
        return stated.value * times, stated.high * times, stated.precision * times
    return stated.value, stated.high, stated.precision


def _allowed(over: Figure, under: Figure, times: float, stated: Figure, step: float) -> Range:
    """The values that may be stated: the quotient of what the members may stand for, rounded either way."""
    top, bottom = _spread(over), _spread(under)
    low = top.low / max(bottom.high, 1e-9) * times
    high = top.high / max(bottom.low, 1e-9) * times
    step = max(step, _LEAST_STEP)
    low, high = math.floor(low / step + 1e-6) * step, math.ceil(high / step - 1e-6) * step
    slack = max(step, _APPROXIMATE * stated.value) if stated.approximate else 0.0
    return Range(low - slack - 1e-6, high + slack + 1e-6)


def _spread(figure: Figure) -> Range:
    """What a member may stand for; an amount of money may have been rounded to the digits shown."""
    low, high = spread(figure)
    if figure.metric in _COUNTS or figure.approximate or figure.precision > 1:
        return Range(low, high)
    return Range(max(0.0, low - figure.precision / 2), high + figure.precision / 2)


def _maybe_of_all(over: Figure, under: Figure) -> bool:
    """Whether the sales may be all of the product's: 总销售额, or sales that stand before spend and words of ads."""
    sales, spend = (over, under) if over.metric == "sales" else (under, over)
    heading = grouping.heading(sales.place)
    before = _halves(sales)[0] if heading is None else heading
    near = before[-16:].rpartition(",")[2] if heading is None else heading
    if _OF_ADS.search(near):
        return False
    named_first = sales.place.span.start < spend.place.span.start
    return bool(_OF_ALL.search(near)) or (named_first and not _OF_ADS.search(before))


def _written(value: float, step: float, *, percent: bool) -> str:
    digits = min(2, max(0, round(-math.log10(step)))) if step > 0 else 2
    digits = max(digits, 1 if percent else 2)
    return f"{value:,.{digits}f}%" if percent else f"{value:,.{digits}f}"

"""The vocabulary of metrics: how people name stock, sales, days of supply, orders, ratings, prices and dates.

All patterns read folded matching text. A label's mode says on which side of its number it may stand: "b" before
(库存:105件), "a" after (105 units left), "" either. Metrics that only the context can tell apart have own names here:
support (能卖, 覆盖: days of supply or coverage of an order), hold (剩, left: stock or days of supply) and void (a label
whose number is no figure: lead time, MOQ, stock turn).
"""

from __future__ import annotations

from typing import NamedTuple

from checker.facts.ad_words import LABELS as AD_LABELS
from checker.facts.day_words import LABELS as DAY_LABELS
from checker.facts.scanner import Scanner
from checker.facts.stock_words import LABELS as STOCK_LABELS
from checker.facts.units import MONEY

_W = r"(?<![a-z])"
_E = r"(?![a-z])"

# In order of precedence where two begin at the same character.
_LABELS: tuple[tuple[str, str, str], ...] = (
    *STOCK_LABELS,
    *AD_LABELS,
    (
        "rating",
        "",
        r"评分|星级|平均(?=\s?[1-5]\.\d\s?[分星])|(?:平均|综合|店铺|产品|商品)?评级|(?:listing|产品|商品)?(?:分数|得分)|评价(?:为|是|只有|掉到"
        r"|降到)?"
        rf"|{_W}(?:(?:star|average|overall|product|review) )?rating(?!s){_E}|{_W}(?:rated|review score|score){_E}",
    ),
    ("cost", "b",
        rf"(?:采购|产品|单位|生产|出厂|含税)?(?:成本价?|进价|进货价|采购价|出厂价|拿货价|供货价)|底价"
        rf"|{_W}(?:unit |purchase |landed )?costs?{_E}|{_W}(?:exw|fob)(?: price)?{_E}"),
    (
        "price",
        "",
        r"(?:建议|当前|目前|拟定|计划|上架|促销|活动|优惠|折后|原|现|新|目标|标准|划线)?(?:(?:首发|上新|上架"
        r"|开售|挂牌|日常|限时|券后|前台|页面)价|零售价|售价|价格|定价|标价|单价|秒杀价|会员价|促销价|活动价"
        r"|优惠价|折后价|原价|现价|新价|到手价)|(?:调|改|降|涨|提)价"
        rf"|{_W}(?:(?:list|sale|selling|retail|unit|current|new|launch|target|deal|promo(?:tional)?|regular"
        rf"|sales) )?(?:price|pricing)d?(?: at)?{_E}|{_W}(?:msrp|rrp|priced at|selling at|sells (?:at|for)){_E}",
    ),
    ("stars", "", rf"差评|中评|好评|留评|{_W}(?:reviews?|feedback){_E}"),
    ("deals", "", rf"出单(?:数|量)?(?!价)|订单(?=[:为共有是]{{0,2}}\s?\d)|{_W}orders{_E}"),
    ("total", "b", rf"合计|总计|共计|总额|总金额|{_W}(?:grand )?total(?: amount)?{_E}"),
)  # fmt: skip


class Label(NamedTuple):
    """A metric's name in the text."""

    start: int
    end: int
    metric: str
    mode: str


_LABEL = Scanner((f"{metric} {mode}", pattern) for metric, mode, pattern in _LABELS)
_DAY_LABEL = Scanner(DAY_LABELS)

_UNITS: dict[str, frozenset[str]] = {
    "stock": frozenset({"units", "days", ""}),
    "hold": frozenset({"units", "days", ""}),
    "daily_sales": frozenset({"units", "units_per_day", ""}),
    "dos": frozenset({"days", ""}),
    "support": frozenset({"days"}),
    "coverage": frozenset({"days", ""}),
    "in_transit": frozenset({"units", ""}),
    "safety_stock": frozenset({"units", "days", ""}),
    "order": frozenset({"units", "days", ""}),
    "per_box": frozenset({"units", ""}),
    "void": frozenset({"units", "units_per_day", "days", "percent", "other", "boxes", "times", "", *MONEY}),
    "acos": frozenset({"percent", ""}),
    "ctr": frozenset({"percent", ""}),
    "cvr": frozenset({"percent", ""}),
    "roas": frozenset({"other", ""}),
    "impressions": frozenset({"times", "units", ""}),
    "clicks": frozenset({"times", "units", ""}),
    "rating": frozenset({"stars", "points", ""}),
    "stars": frozenset({"stars"}),
    "conversions": frozenset({"units", "times", ""}),
    "deals": frozenset({"units", "times", ""}),
    "boxes": frozenset({"boxes", ""}),
    "total": frozenset({"units", "", *MONEY}),
}
_MONEY_UNITS = frozenset({"", *MONEY})


def fits(metric: str, unit: str) -> bool:
    """Whether a number with that unit can be a value of the metric."""
    return unit in _UNITS.get(metric, _MONEY_UNITS)


def labels(text: str, start: int, end: int) -> tuple[Label, ...]:
    """The metric names in text[start:end], in order."""
    found = _LABEL.finditer(text, start, end)
    return tuple(Label(f.start, f.end, metric, mode) for f in found for metric, _, mode in [f.name.partition(" ")])


def day_labels(text: str, start: int, end: int) -> tuple[Label, ...]:
    """The names of dates (stock-out, launch, arrival, last restock) in text[start:end], in order."""
    return tuple(Label(f.start, f.end, f.name, "") for f in _DAY_LABEL.finditer(text, start, end))

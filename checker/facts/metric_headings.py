"""What the heading of a column or row stands for: a metric, and the days over which it was counted."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from checker.facts import metrics

_LONGEST_HEADING = 40
_PRODUCT = re.compile(
    r"(?:父|子|产品|商品|平台|parent|child)?[ -]?(?:asins?|m?skus?|fnsku|品名|产品(?:名称)?|商品(?:名称)?|名称"
    r"|型号|款式|货号|款号|product|item|name|title|站点|仓库|marketplace)(?:编号|编码|号|1)?(?:\s*[/|、(].*)?"
)
_WINDOW = re.compile(
    r"(?:近|过去|最近|前)?\s?(\d{1,3}|七|三十|十四)\s?(天|日|周|个?月|d(?![a-z])|-?days?|weeks?|months?)|(?:last"
    r"|past|previous|t|l)\s?-?(\d{1,3})(?: ?d(?:ays?)?)?(?![a-z])|(上|本|单)?(周|月)(?=销|度)|(weekly|monthly"
    r"|last week|last month)"
)
_SALES = re.compile(
    r"销量|销售(?!额|价)|售出|出单|单量|订单量|卖出|动销|(?<![a-z])(?:sales|sold|units|orders)(?![a-z])"
)
_AVERAGE = re.compile(r"均|每[天日]|/天|/日|(?<![a-z])(?:avg|average|mean|daily|per day|velocity)|/ ?d(?:ay)?(?![a-z])")
_A_DAY = re.compile(r"(?:avg\.?|average|mean|units|pcs|qty|sold|件|均)? ?(?:/|per|a) ?(?:day|d|天|日)(?: ?\([^()]*\))?")
_AFTER_ORDER = re.compile(
    r"(?:补货|到货|入仓|采购|下单)后|after (?:order|restock|arrival|po|replenish)|含(?:本次)?补货"
)
_WITH_TRANSIT = re.compile(
    r"(?:含|加|包括?|和|\+)\s?在途|在途后|(?:incl\.?|including|with|\+) ?(?:inbound|in[- ]transit)"
)
_TARGET = re.compile(r"目标|标准|安全|target|goal|safety|minimum")
_COVERAGE = re.compile(
    r"(?:覆盖|备货|目标|计划|补货)(?:销售)?天数|(?<![a-z])(?:coverage|cover days|days to cover|target days)"
)
_CONVERSIONS = re.compile(r"(?:广告|总)?(?:订单|出单|成交)(?:数量|数|量)?|(?:ad |total )?orders|conversions")
_DAYS_OF_STOCK = re.compile(r"天|dos|days|cover")
_IN_DAYS = re.compile(r"(?<![a-z])days|天")
_DAYS_COVER = re.compile(r"(?:days? (?:of )?)?cover ?\(?(?:in )?(?:days?|d)?\)?|days cover")
_DIGIT = re.compile(r"\d")
_CARTONS = {
    "boxes": re.compile(
        r"(?:总|发货|装)?箱数量?|(?:(?:no\.?|number|qty) of |total )?(?:cartons?|ctns?|boxes|cases)(?: qty| count)?"
    ),
    "per_box": re.compile(
        r"每箱(?:数量?|件数|个数|装量?|装箱数)?|箱规|单箱(?:数量?|件数)|装箱数量?"
        r"|(?:units?|pcs|qty|quantity) ?(?:per|/) ?(?:carton|ctn|box|case)|(?:carton|case|box) (?:qty|quantity|pack)"
    ),
}
_BY_BOX = re.compile(r"箱|carton|ctn|box")


class Column(NamedTuple):
    """What a heading stands for: a metric, and the days over which its numbers were counted."""

    metric: str
    days: float = 1.0


def is_heading(words: str) -> bool:
    """Whether a folded cell reads like the name of a metric or product column."""
    return len(words) <= _LONGEST_HEADING and (
        column_of(words) is not None or _PRODUCT.fullmatch(words.strip()) is not None
    )


@lru_cache(maxsize=512)
def column_of(words: str) -> Column | None:
    """What a folded heading stands for, None when it names no metric."""
    words = re.sub(r"\s+", " ", words).strip(" *:#")
    if not words or len(words) > _LONGEST_HEADING:
        return None
    if _BY_BOX.search(words):
        return next((Column(metric) for metric, heading in _CARTONS.items() if heading.fullmatch(words)), None)
    if _DIGIT.search(words) and not (_WINDOW.search(words) and (_SALES.search(words) or _AVERAGE.search(words))):
        return None
    if _A_DAY.fullmatch(words):
        return Column("daily_sales")
    day = next(iter(metrics.day_labels(words, 0, len(words))), None)
    if (
        day
        and not re.search(r"天数|数量|次数|qty", words)
        and not (day.metric == "stockout_date" and re.search(r"率|损失", words))
    ):
        return Column(day.metric)
    if re.search(r"断货天数|缺货天数", words):
        return None
    return _window(words) or _of_days(words) or _labelled(words)


def _of_days(words: str) -> Column | None:
    """覆盖天数, 补货后可售天数, DOS incl. inbound; and the orders of ads."""
    if _COVERAGE.search(words) or (_AFTER_ORDER.search(words) and _DAYS_OF_STOCK.search(words)):
        return Column("coverage")
    if _WITH_TRANSIT.search(words) and _DAYS_OF_STOCK.search(words):
        return Column("dos")
    return Column("conversions") if _CONVERSIONS.fullmatch(words) else None


def _labelled(words: str) -> Column | None:
    """By the metric's name as prose has it; a target is no figure of what is."""
    names = [n.metric for n in metrics.labels(words, 0, len(words))]
    name = next((n for n in names if n not in ("hold", "support")), None)
    if name is None or name == "void" or (name in ("dos", "stock", "daily_sales") and _TARGET.search(words)):
        return None
    if name == "rating" and _TARGET.search(words):
        return Column("rating_to")
    if name in ("stock", "in_transit") and _IN_DAYS.search(words):
        return Column("dos") if name == "stock" else None
    if name == "coverage" and _DAYS_COVER.fullmatch(words):
        return Column("dos")
    return Column(name)


def _window(words: str) -> Column | None:
    m = _WINDOW.search(words)
    if not m or not _SALES.search(words):
        return None
    if _AVERAGE.search(words):
        return Column("daily_sales")
    count = m[1] or m[3]
    many = {"七": 7.0, "三十": 30.0, "十四": 14.0}.get(count or "") or (float(count) if count else 1.0)
    unit = m[2] or m[5] or m[6] or "d"
    days = 7 if unit[0] == "w" or "周" in unit or "week" in unit else 30 if "月" in unit or "month" in unit else 1
    return Column("daily_sales", many * days)

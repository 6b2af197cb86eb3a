"""Message templates: words with {expression} or {expression|filter} in them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, NamedTuple

FILTERS = ("metrics", "count")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_METRICS = {
    "stock": ("当前库存", "stock"),
    "daily_sales": ("日均销量", "daily sales"),
    "dos": ("库存天数（DOS）", "days of supply (DOS)"),
    "stockout_date": ("预计断货时间", "expected stock-out date"),
    "spend": ("广告花费", "ad spend"),
    "sales": ("销售额", "sales"),
    "acos": ("ACOS", "ACOS"),
    "roas": ("ROAS", "ROAS"),
    "ctr": ("点击率（CTR）", "CTR"),
    "cvr": ("转化率（CVR）", "CVR"),
    "cpc": ("单次点击花费（CPC）", "CPC"),
    "budget": ("预算", "budget"),
    "rating": ("评分（星级）", "rating"),
    "shipment": ("货件编号", "shipment number"),
    "tracking": ("运单号或提单号", "tracking or bill-of-lading number"),
    "arrival_date": ("到货日期", "date of arrival"),
    "price": ("价格", "price"),
    "launch_date": ("上架日期", "launch date"),
    "order": ("采购数量", "order quantity"),
    "coverage": ("覆盖天数", "days to cover"),
    "in_transit": ("在途数量", "units in transit"),
    "last_restock": ("上次进货时间", "last restock"),
    "safety_stock": ("安全库存", "safety stock"),
    "impressions": ("曝光量", "impressions"),
    "clicks": ("点击量", "clicks"),
    "conversions": ("广告订单数", "ad orders"),
    "rating_to": ("评分变为", "rating, changed to"),
    "stars": ("评价星级", "stars of a review"),
    "cost": ("成本", "cost"),
    "boxes": ("箱数", "cartons"),
    "per_box": ("每箱数量", "units per carton"),
    "total": ("总数量", "total"),
}


class TemplateError(ValueError):
    """Braces that do not match, or an unknown filter."""


class Blank(NamedTuple):
    """One {…} of a template."""

    expression: str
    filter: str | None


Template = tuple[str | Blank, ...]


def parse(template: str) -> Template:
    """Words and blanks in order; {{ and }} are braces. Raises TemplateError."""
    parts: list[str | Blank] = []
    words, at = "", 0
    while at < len(template):
        char = template[at]
        if template.startswith(("{{", "}}"), at):
            words, at = words + char, at + 2
        elif char == "{":
            end = _closing(template, at)
            parts += [words, _blank(template[at + 1 : end])]
            words, at = "", end + 1
        elif char == "}":
            raise TemplateError(f"a }} without its {{ in “{template}”")
        else:
            words, at = words + char, at + 1
    return tuple(part for part in (*parts, words) if part)


def _closing(template: str, start: int) -> int:
    depth, quote = 0, ""
    for at in range(start, len(template)):
        char = template[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "{}":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return at
    raise TemplateError(f"a {{ without its }} in “{template}”")


def _blank(inner: str) -> Blank:
    expression, bar, name = inner.rpartition("|")
    if not bar or expression.endswith("|"):
        return Blank(inner.strip(), None)
    if name.strip() not in FILTERS:
        raise TemplateError(f"unknown filter |{name.strip()}; allowed: {', '.join(FILTERS)}")
    return Blank(expression.strip(), name.strip())


def fill(template: Template, values: dict[str, Any], language: str) -> str:
    """The template with its blanks replaced: moments, numbers and lists as a person of that language writes them."""
    return "".join(
        part if isinstance(part, str) else _written(values[part.expression], part.filter, language) for part in template
    )


def _written(value: Any, by: str | None, language: str) -> str:
    if by == "metrics":
        return written([metric_name(v, language) for v in (value if isinstance(value, list) else [value])], language)
    if by == "count":
        return written(float(len(value)), language)
    return written(value, language)


def metric_name(metric: str, language: str) -> str:
    """A metric as people call it."""
    return _METRICS.get(metric, (metric, metric.replace("_", " ")))[0 if language == "zh" else 1]


def written(value: Any, language: str) -> str:
    """A value in words: 3月12日 17:00 / 12 Mar 17:00, numbers without .0, lists with 、 or commas."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ("、" if language == "zh" else ", ").join(written(v, language) for v in value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{round(value, 2):,.2f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"
    text = str(value)
    if _MOMENT.fullmatch(text):
        return _moment(datetime.fromisoformat(text), language)
    return _day(date.fromisoformat(text), language) if _DAY.fullmatch(text) else text


def _moment(moment: datetime, language: str) -> str:
    day = _day(moment.date(), language)
    # 23:59:59 stands for a day without a time.
    return day if (moment.hour, moment.minute, moment.second) == (23, 59, 59) else f"{day} {moment:%H:%M}"


def _day(day: date, language: str) -> str:
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day.day} {_MONTHS[day.month - 1]}"

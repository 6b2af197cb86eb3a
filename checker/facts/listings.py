"""What the seller's reports say of the products in a mail: the status of a listing, the stock that Amazon holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.facts.exclusion import is_rivals
from checker.facts.headings import grids
from checker.facts.kinds.figures import Figure, Holding
from checker.facts.kinds.products import Asin, Product
from checker.reading import Place, Reading
from checker.seller_data import QUANTITIES, Inventory, Listings, Stock

if TYPE_CHECKING:
    from checker.facts.facts import Facts

_CONFUSED = str.maketrans("OI", "01")
_CLAUSE_END = re.compile(r"[,，、。！？!?;；\n]")
# Stock that Amazon does not hold: no report tells of it.
_ELSEWHERE = re.compile(
    r"国内|本地|海外仓|工厂|厂里|厂家|供应商|自发货|自有仓|我们仓|公司仓|中转|第三方|三方仓|在途|(?:义乌|深圳|东莞|广州|宁波)仓|fbm|3pl"
    r"|overseas|supplier|factory|domestic|local|our (?:own )?warehouse|in china|walmart|ebay|shopify|temu"
)
# Stock of another time, or as it should be.
_ANOTHER_TIME = re.compile(
    r"上周|上月|上个月|昨[天日]|前天|去年|之前|以前|当时|上次|原来|原有|曾|月初|期初|补货后|到货后|入仓后|补到|增至|降到"
    r"|预计|将|届时|低于|不足|不到|少于|超过|高于|维持|保持|目标|至少|应|如果|若|安全"
    r"|(?<![a-z])(?:last (?:week|month|year)|yesterday|previous(?:ly)?|was|were|had|used to|will|would|after|once|if"
    r"|below|under|less than|fewer than|over|above|more than|at least|keep|maintain|target|should|minimum|safety)"
    r"(?![a-z])"
)
_REACH = 60  # characters of a figure's clause that are read on each side
_HEADING_ROWS = 6
_ABOUT = 0.1  # how far 约 and about reach


def with_status(asins: tuple[Asin, ...], listings: Listings | None) -> tuple[Asin, ...]:
    """The status of each well-formed ASIN; and O or I unmasked where only the one with 0 or 1 is a product of ours."""
    held = listings.status if listings is not None else {a.value: "" for a in asins if a.valid}
    first = {a.value: a.place for a in reversed(asins)}
    out: list[Asin] = []
    for asin in (replace(a, first=first[a.value] is a.place) for a in asins):
        digits = asin.value.translate(_CONFUSED)
        if asin.valid and digits != asin.value and digits in held and (listings is None or asin.value not in held):
            problem = "letter_o" if "O" in asin.value[1:] else "letter_i"
            out.append(replace(asin, valid=False, problem=problem, corrected=digits))
        elif asin.valid and listings is not None and not is_rivals(_before(asin)):
            out.append(replace(asin, listing=held.get(asin.value, "unknown")))
        else:
            out.append(asin)
    return tuple(out)


def _before(asin: Asin) -> str:
    span = asin.place.span
    return span.of.plain[max(0, span.start - 24) : span.start]


def products_with_status(
    products: tuple[Product, ...], asins: Iterable[Asin], listings: Listings | None
) -> tuple[Product, ...]:
    """The status of each product: its ASIN's, else that of its SKU where the report holds it."""
    if listings is None:
        return products
    known = {a.value: a.listing for a in asins if a.listing}

    def status(product: Product) -> str:
        offer = listings.offers.get(product.key.upper()) if product.kind == "sku" else None
        return offer.status if offer else known.get(product.key, "")

    return tuple(replace(p, listing=status(p)) for p in products)


def read_holdings(facts: Facts) -> tuple[Holding, ...]:
    """The stock figures of products that the inventory report holds, each with the quantities that it was held against.

    Left out: stock in other places and at other times, what the sender reports from somebody else, and the parts of a
    product's stock where another figure of it is found in the report. A report that has grown too old by the time of
    the mail tells nothing.
    """
    inventory = facts.company.inventory
    if inventory is None or _days_since(facts, inventory) > facts.company.max_report_age_days:
        return ()
    found: dict[str, list[Holding]] = {}
    for figure, product in _claims(facts):
        rows = inventory.rows.get(product.upper())
        if rows:
            found.setdefault(product, []).append(_holding(facts, figure, product, rows))
    return tuple(h for group in found.values() for h in _whole(group))


def _whole(group: list[Holding]) -> list[Holding]:
    """Those that matched; where none did, the one that stands first stands for all."""
    return [h for h in group if h.matched] or group[:1]


def _claims(facts: Facts) -> Iterator[tuple[Figure, str]]:
    named = [p.key for p in facts.products if not p.excluded]
    for figure in facts.figures:
        product = figure.product or (named[0] if len(named) == 1 else None)
        counted = figure.metric == "stock" and figure.unit in ("units", "") and not figure.reported
        if counted and product and _is_at_amazon_now(facts.reading, figure.place):
            yield figure, product


def _is_at_amazon_now(reading: Reading, place: Place) -> bool:
    """Whether neither the clause of a figure nor the headings of its column say otherwise."""
    of = place.span.of
    start, end = of.matching_at(place.span.start), of.matching_at(place.span.end)
    if place.where in ("table", "sheet"):
        before, behind = _headings(reading, place, start), ""
    else:
        before = _CLAUSE_END.split(of.folded[max(0, start - _REACH) : start])[-1]
        behind = _CLAUSE_END.split(of.folded[end : end + _REACH])[0]
    return not (_ELSEWHERE.search(before + behind) or _ANOTHER_TIME.search(before))


def _headings(reading: Reading, place: Place, at: int) -> str:
    """The words that stand above a cell of a table."""
    for passage, grid in grids(reading):
        if passage.of is place.span.of and grid.start <= at < grid.end:
            cell = next((c for c in reversed(grid.cells) if c.start <= at), None)
            above = [c for c in grid.cells if cell and c.column == cell.column and c.row < min(cell.row, _HEADING_ROWS)]
            return " ".join(passage.of.folded[c.start : c.end] for c in above)
    return ""


def _holding(facts: Facts, figure: Figure, product: str, rows: tuple[Stock, ...]) -> Holding:
    sums = {q: _sum(rows, q) for q in QUANTITIES}
    low, high = _bounds(facts, figure, product)
    tried = ((q, amount) for q in QUANTITIES for amount in _amounts(rows, q))
    matched = next((q for q, amount in tried if low <= amount <= high), None)
    return Holding(figure.place, product, figure.value, matched, skus=len(rows), **sums)


def _sum(rows: Iterable[Stock], quantity: str) -> float | None:
    amounts = [a for row in rows if (a := getattr(row, quantity)) is not None]
    return float(sum(amounts)) if amounts else None


def _amounts(rows: tuple[Stock, ...], quantity: str) -> Iterator[float]:
    """What a product's stock may be: of all its SKUs, of all with a SKU in several rows counted once, of each one."""
    for group in (rows, tuple({row.sku: row for row in rows}.values()), *((row,) for row in rows)):
        amount = _sum(group, quantity)
        if amount is not None:
            yield amount


def _bounds(facts: Facts, figure: Figure, product: str) -> tuple[float, float]:
    """The amounts in the report that the figure may stand for: its rounding, 约, and what was sold since the report."""
    slack = figure.precision / 2 if figure.precision > 1 else 0.0
    if figure.approximate:
        slack = max(slack, figure.precision, _ABOUT * figure.high)
    return figure.value - slack, figure.high + slack + _sold_since(facts, product)


def _sold_since(facts: Facts, product: str) -> float:
    inventory = facts.company.inventory
    days = _days_since(facts, inventory) if inventory else 0
    if days <= 0:
        return 0.0
    daily = [f.high for f in facts.figures if f.metric == "daily_sales" and f.product in (product, None)]
    return max(daily) * (days + 1) if daily else float("inf")


def _days_since(facts: Facts, inventory: Inventory) -> int:
    """Days from the report to the mail, by the calendar; 0 where it is of the same day, later, or of unknown age."""
    if inventory.dated is None:
        return 0
    return max((facts.now.date() - inventory.dated.astimezone(facts.now.tzinfo).date()).days, 0)

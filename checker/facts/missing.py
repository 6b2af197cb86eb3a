"""Metrics that the scenario needs and that stand neither in subject and own text nor in tables and sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checker.facts import columns, handover
from checker.facts.given_metrics import OF_A_SHIPMENT, given_or_asked, has
from checker.facts.kinds.figures import Missing
from checker.facts.kinds.products import Product
from checker.facts.sheets import is_sheet
from checker.reading import Place

if TYPE_CHECKING:
    from checker.facts.facts import Facts

_BY_ASIN = ("ads", "review")  # whose SKU-like codes are names of campaigns and the like
_ORDERED = re.compile(
    r"交期|交货|出货|生产进度|大货|验货|尾款|定金|装柜|提货|盖[^,。]{0,2}章|回签|(?<![a-z])(?:delivery|production|inspection|deposit"
    r"|invoice|pick[- ]?up)"
)
_PO = re.compile(r"(?<![a-z])(?:po|purchase order)(?![a-z])|采购单|采购订单|合同")
_STOCK_TALK = re.compile(
    r"库存|断货|卖完|售罄|日均|日销|补货(?!单)|dos(?![a-z])|可售|(?<![a-z])(?:stock|inventory|restock|sold out"
    r"|run out|units left)"
)


def read(facts: Facts) -> tuple[Missing, ...]:
    """What is missing: one Missing for the mail when all its products lack the same, else one a product.

    A product that stands only in a sheet is judged by the sheet's columns, without the stock-out date. A short reply
    needs only what its thread does not hold. A metric that is asked for, or for which a template blank stands, is not
    missing, nor is a tracking number before the goods are with a carrier.
    Nothing is, where a sheet is attached that could not be read.
    """
    needed = facts.mail.metrics_needed
    if not needed or (_unread_sheet(facts) and not _half_told(facts, needed)) or _follows_up_an_order(facts):
        return ()
    if _not_shipped_yet(facts):
        return ()
    if facts.mail.short_reply:
        # The thread, of which the mail may show a part only, holds what its products need.
        needed = tuple(m for m in needed if m not in OF_A_SHIPMENT)
    given = given_or_asked(facts, needed)
    needed = tuple(m for m in needed if m not in given)
    if not needed:
        return ()
    products = [p for p in facts.products if not p.excluded and not p.sheet_only]
    if facts.mail.scenario in _BY_ASIN and any(p.kind == "asin" for p in products):
        products = [p for p in products if p.kind == "asin"]
    if facts.mail.short_reply:
        return _of_products(facts, _new_in_thread(facts, products), needed)
    return _of_products(facts, products, needed) if products else _of_sheets(facts, needed)


def _not_shipped_yet(facts: Facts) -> bool:
    """A mail that no tag calls logistics, on goods that are to be handed over: there is no shipment to tell of."""
    tagged = any(t.topic == "logistics" for t in facts.subject.tags)
    return facts.mail.scenario == "logistics" and not tagged and not facts.shipments and handover.is_to_come(facts.asks)


def _new_in_thread(facts: Facts, products: list[Product]) -> list[Product]:
    """The products that neither the subject of the thread nor its quoted mails name."""
    if not facts.reading.quoted:
        return []
    words = "\n".join(p.matching for p in (facts.reading.subject, *facts.reading.quoted)).upper()
    return [p for p in products if p.key.upper() not in words and p.place.text.upper() not in words]


def _of_products(facts: Facts, products: list[Product], needed: tuple[str, ...]) -> tuple[Missing, ...]:
    lacks = [(p, tuple(m for m in needed if m in OF_A_SHIPMENT or not has(facts, p.key, m))) for p in products]
    lacks = [(p, missing) for p, missing in lacks if missing]
    if len(products) > 1 and len(lacks) == len(products) and len({missing for _, missing in lacks}) == 1:
        found = [_missing(facts, facts.subject.place, lacks[0][1], None)]
    else:
        found = []
        shared: set[str] = set()
        for product, missing in lacks:
            # What a shipment lacks is told once.
            found.append(_missing(facts, product.place, tuple(m for m in missing if m not in shared), product.key))
            shared |= OF_A_SHIPMENT & set(missing)
    return tuple(m for m in found if m is not None)


def _of_sheets(facts: Facts, needed: tuple[str, ...]) -> tuple[Missing, ...]:
    """The mail names no product in its text: its sheets' columns are what counts, or there is nothing at all."""
    alone = [p for p in facts.products if p.sheet_only and not p.excluded]
    place: Place = facts.subject.place
    if alone:
        place = alone[0].place
        headed = {
            metric
            for passage in facts.reading.sheet_passages
            for grid in passage.of.tables
            for metric in columns.headings(passage.of.folded, grid)
        }
        needed = tuple(m for m in needed if m not in headed and m != "stockout_date")
    needed = tuple(m for m in needed if m in OF_A_SHIPMENT or not has(facts, None, m))
    found = _missing(facts, place, needed, None)
    return (found,) if found else ()


def _missing(facts: Facts, place: Place, missing: tuple[str, ...], product: str | None) -> Missing | None:
    blank = tuple(m for m in missing if any(b.metric == m for b in facts.blanks if b.place.zone == "own"))
    missing = tuple(m for m in missing if m not in blank)
    return Missing(place, missing, product, blank) if missing else None


def _follows_up_an_order(facts: Facts) -> bool:
    """A mail on an order that is already placed (its delivery, inspection, payment), with no word about stock."""
    if facts.mail.scenario != "restock":
        return False
    words = "\n".join(p.matching.lower() for p in facts.reading.own)
    return bool(_ORDERED.search(words) and _PO.search(words)) and not _STOCK_TALK.search(words)


def _half_told(facts: Facts, needed: tuple[str, ...]) -> bool:
    """An ads mail that gives some of its few figures in the text gives them there, and a report as proof."""
    return facts.mail.scenario == "ads" and any(f.metric in needed and f.place.where == "own" for f in facts.figures)


def _unread_sheet(facts: Facts) -> bool:
    """A sheet that could not be opened: the figures may stand in it."""
    read_ones = {sheet.attachment for sheet in facts.reading.sheets}
    return any(is_sheet(a.name.plain) and a.index not in read_ones for a in facts.message.attachments)

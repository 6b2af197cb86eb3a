"""What the seller's own reports say: listings with their status, stock with its quantities. Pure values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

# From the best to the worst: an ASIN with several offers is what its best offer is.
STATUSES = ("active", "restricted", "suppressed", "incomplete", "inactive")
QUANTITIES = ("fulfillable", "warehouse", "total")


class Offer(NamedTuple):
    """A row of the All Listings report. status: one of STATUSES."""

    asin: str
    sku: str
    name: str
    status: str


class Stock(NamedTuple):
    """A row of the FBA Inventory report, in units; None: the report has no such column.

    fulfillable: can be sold now; warehouse: with the unsellable and the reserved; total: with what is inbound.
    """

    asin: str
    sku: str
    name: str
    fulfillable: int | None
    warehouse: int | None
    total: int | None


@dataclass(frozen=True, repr=False)
class Listings:
    """The All Listings report. digest: of its content; dated: when it was exported, None where that is not known."""

    status: Mapping[str, str]  # by ASIN
    offers: Mapping[str, Offer]  # by SKU in capitals
    digest: str = ""
    dated: datetime | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"Listings({self.digest})"

    @classmethod
    def of(cls, offers: Iterable[Offer], digest: str) -> Listings:
        """From rows. Of several offers of one ASIN or SKU the best counts."""
        status: dict[str, str] = {}
        by_sku: dict[str, Offer] = {}
        rank = {name: n for n, name in enumerate(STATUSES)}
        for offer in offers:
            known = status.get(offer.asin)
            if known is None or rank[offer.status] < rank[known]:
                status[offer.asin] = offer.status
            sku = offer.sku.upper()
            if sku and (sku not in by_sku or rank[offer.status] < rank[by_sku[sku].status]):
                by_sku[sku] = offer
        return cls(status, by_sku, digest)

    @classmethod
    def stated(cls, table: Mapping[str, str]) -> Listings:
        """From the `listings` of a rule's example: ASIN or SKU -> status."""
        offers = [Offer(name if _is_asin(name) else "", name, "", status) for name, status in table.items()]
        return cls.of(offers, _digest_of(table))


@dataclass(frozen=True, repr=False)
class Inventory:
    """The FBA Inventory report: rows by ASIN and by SKU in capitals. digest, dated: as of Listings."""

    rows: Mapping[str, tuple[Stock, ...]]
    digest: str = ""
    dated: datetime | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"Inventory({self.digest})"

    @classmethod
    def of(cls, rows: Iterable[Stock], digest: str) -> Inventory:
        """From rows; a row is found by its ASIN and by its SKU."""
        found: dict[str, tuple[Stock, ...]] = {}
        for row in rows:
            sku = row.sku.upper()
            for name in (row.asin, sku) if sku != row.asin else (sku,):
                if name:
                    found[name] = (*found.get(name, ()), row)
        return cls(found, digest)

    @classmethod
    def stated(cls, table: Mapping[str, Any]) -> Inventory:
        """From the `inventory` of a rule's example: ASIN or SKU -> {fulfillable, warehouse, total}, or a list."""
        rows = []
        for name, value in table.items():
            for n, amounts in enumerate(value if isinstance(value, list) else [value]):
                numbers = (int(amounts[q]) if q in amounts else None for q in QUANTITIES)
                rows.append(Stock(name if _is_asin(name) else "", amounts.get("sku", f"{name}-{n}"), "", *numbers))
        return cls.of(rows, _digest_of(table))


def _is_asin(name: str) -> bool:
    return len(name) == 10 and name.isalnum()


def _digest_of(table: Mapping[str, Any]) -> str:
    return hashlib.sha256(repr(sorted(table.items())).encode()).hexdigest()

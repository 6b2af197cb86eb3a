"""What is known of a product before its mail is written: from the reports, from what was given, by arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta

from checker.company import Company

COVER = 30  # days that an order covers where none are given
_LONGEST = 3650  # days of supply beyond which a date says nothing


def known_of(asin: str, given: Mapping[str, str], company: Company, today: date) -> dict[str, str]:
    """Field -> value, for each field that is known; dates as ISO days. given wins over the reports.

    Raises ValueError where a figure that is reckoned with is no number: the name of the field.
    """
    known = {"asin": asin, **_reported(asin, company), **given}
    if "stock" in known and "daily" in known:
        stock, daily = (_number(known, field) for field in ("stock", "daily"))
        if daily > 0 and stock / daily < _LONGEST:
            days = math.floor(stock / daily)
            known.setdefault("dos", str(days))
            known.setdefault("stockout", (today + timedelta(days=days)).isoformat())
            cover = _number({"coverage": str(COVER)} | known, "coverage")
            if cover * daily > stock:
                known.setdefault("order", str(math.ceil(cover * daily - stock)))
                known.setdefault("coverage", str(COVER))
    return known


def _number(known: Mapping[str, str], field: str) -> float:
    try:
        value = float(known[field].replace(",", ""))
    except ValueError:
        raise ValueError(field) from None
    if not math.isfinite(value) or value < 0:
        raise ValueError(field)
    return value


def _reported(asin: str, company: Company) -> dict[str, str]:
    rows = company.inventory.rows.get(asin, ()) if company.inventory else ()
    found: dict[str, str] = {}
    if rows:
        found["stock"] = str(sum(row.fulfillable or 0 for row in rows))
        found |= {"sku": rows[0].sku} if len(rows) == 1 and rows[0].sku else {}
        found |= {"name": rows[0].name} if rows[0].name else {}
    elif company.listings:
        offers = [o for o in company.listings.offers.values() if o.asin == asin]
        if offers:
            found |= {"sku": offers[0].sku} if len(offers) == 1 else {}
            found |= {"name": offers[0].name} if offers[0].name else {}
    return found

"""The shapes of the facts about products and the numbers that name them."""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading import Place


@dataclass(frozen=True, slots=True, repr=False)
class Asin:
    """A token given as an ASIN (labelled, or standing alone and like one)."""

    place: Place
    value: str  # as written, normalised to half width
    valid: bool
    problem: str | None  # short, long, letter_o, letter_i, lower, fullwidth, check_digit, fnsku, characters
    corrected: str | None
    listing: str  # active, inactive, incomplete, suppressed, restricted, unknown (not in the report), "" (no report)
    first: bool = True  # the first mention of this value in the mail


@dataclass(frozen=True, slots=True, repr=False)
class Identifier:
    """A SKU, Amazon order id or shipment (FBA…, tracking, bill of lading, container) number."""

    place: Place
    kind: str  # sku, order, shipment (FBA15…), tracking (carrier, B/L, container), fnsku
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class Product:
    """A product that the mail names, with every mention joined. place is the first mention."""

    place: Place
    key: str  # the ASIN where known, else the SKU
    kind: str  # asin, sku
    excluded: bool  # named only to be left out (这次不用动)
    sheet_only: bool
    in_subject: bool
    in_own: bool  # own text, tables included
    in_sheet: bool
    metrics: tuple[str, ...]  # names of the metrics known of it
    listing: str = ""  # as of Asin, of its ASIN, else of its SKU; a SKU that the report lacks has none

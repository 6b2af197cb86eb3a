"""The shapes of the facts about figures.

A value's bounds, low and high, hold everything that rounding of what is written allows.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading import Place


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A quantity with its metric. `high` differs from `value` for ranges only. precision: the last digit's step
    (30 -> 1, 30.0 -> 0.1, 1.2万 -> 1000)."""

    place: Place
    metric: str  # stock daily_sales dos stockout_date (value: days from the mail) order coverage last_restock
    #              in_transit safety_stock spend sales acos roas ctr cvr cpc impressions clicks budget rating
    #              rating_to stars (of one review) conversions price cost boxes per_box total
    value: float
    high: float
    unit: str  # units, units_per_day, days, percent, date, a currency code, stars, ""
    precision: float
    approximate: bool
    product: str | None  # key of the product it belongs to
    reported: bool  # somebody else's figure (你表里写 9 天, buyer says)
    date: str | None  # ISO day for date metrics (stockout_date, arrival_date, launch_date, last_restock)


@dataclass(frozen=True, slots=True, repr=False)
class Holding:
    """A stock figure of a product that the inventory report holds, and what the report says. place: the figure's."""

    place: Place
    product: str
    stated: float
    matched: str | None  # fulfillable, warehouse or total; None: the figure is none of them
    fulfillable: float | None  # of all its SKUs together, in units; None: the report has no such column
    warehouse: float | None
    total: float | None
    skus: float  # how many rows of the report are this product's


@dataclass(frozen=True, slots=True, repr=False)
class Vague:
    """A quantity in words (快卖完了, a lot), with or without a figure beside it."""

    place: Place
    figure_beside: bool


@dataclass(frozen=True, slots=True, repr=False)
class Expected:
    """What the arithmetic gives for a line; None where a member is missing. Bounds hold every value that rounding
    of the stated members allows."""

    dos: float | None
    dos_low: float | None
    dos_high: float | None
    covered: float | None  # days that stock + order (+ what is in transit, where stated) last
    covered_high: float | None  # the same at its longest: rounding, approximate members
    order: float | None  # order quantity that covers the claimed days, rounded up
    stockout: str | None  # ISO day: mail's date + stock / daily sales
    stockout_from: str | None  # one day of tolerance each way, and rounding
    stockout_to: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """The figures of one product, from prose, one table row or one sheet row."""

    place: Place
    product: str | None
    stock: Figure | None
    daily_sales: Figure | None
    dos: Figure | None
    stockout: Figure | None
    order: Figure | None
    coverage: Figure | None
    in_transit: Figure | None
    excluded: bool
    expected: Expected


@dataclass(frozen=True, slots=True, repr=False)
class Missing:
    """Metrics that the scenario needs and that the mail nowhere has: of one product, or of the mail (product None)."""

    place: Place  # the product's first mention, or the subject
    metrics: tuple[str, ...]  # none that a template blank stands for
    product: str | None
    blank: tuple[str, ...]  # needed too, but a template blank stands where they should be


@dataclass(frozen=True, slots=True, repr=False)
class Ratio:
    """A stated ratio of advertising beside the two figures that make it: ACOS is spend divided by sales."""

    place: Place  # the stated ratio
    metric: str  # acos roas ctr cvr cpc
    over: Figure
    under: Figure
    value: float  # as stated; a percentage as its number (41 for 41% and for a sheet's 0.41)
    high: float
    expected: str  # over / under as it should be written, at the precision stated: 41.0%, 2.4
    low_allowed: float
    high_allowed: float
    product: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Total:
    """A cell of a total row, and what the cells above it come to."""

    place: Place  # the cell
    heading: str  # its column's
    parts: float  # how many cells were added up
    value: float
    expected: float
    low_allowed: float
    high_allowed: float


@dataclass(frozen=True, slots=True, repr=False)
class Packing:
    """A stated quantity beside the cartons and the units in each that make it."""

    place: Place  # the quantity
    boxes: Figure
    per_box: Figure
    value: float
    high: float
    expected: float
    low_allowed: float
    high_allowed: float
    product: str | None

"""Lines: the figures of one product brought together, from prose, a table row or a sheet row, and what they come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from checker.budget import Budget, in_time
from checker.facts import arithmetic, grouping, numbers
from checker.facts.arithmetic import Members
from checker.facts.kinds.figures import Expected, Figure, Line
from checker.facts.kinds.products import Product

_INPUTS = ("stock", "daily_sales", "in_transit")
_CLAIMS = ("dos", "stockout_date", "order", "coverage")
_Group = list[Figure]


def read(figures: tuple[Figure, ...], products: tuple[Product, ...], now: datetime, budget: Budget) -> tuple[Line, ...]:
    """A line per product with figures in prose, per table row and per sheet row, in order of place.

    A product for which several days of supply, dates or plans are stated (two marketplaces, say) has a line for each.
    Figures that the sender reports from somebody else are left out. now: the mail's date, from which stock-out days
    are reckoned.
    """
    own = [f for f in figures if not f.reported]
    excluded = {p.key for p in products if p.excluded}
    named = {p.key for p in products}
    by_product: dict[str | None, _Group] = defaultdict(list)
    for figure in own:
        by_product[figure.product].append(figure)
    found: list[Line] = []
    shared = _shared_stockouts(own)
    for group in in_time(grouping.of_products(own), budget, "lines"):
        product = group[0].product
        # Several products and a figure of none: whose stock would it be divided by?
        open_owner = product is None and group[0].place.where in ("own", "subject") and len(named) > 1
        joiner = _Joiner(group, by_product[product] if product else [], shared, now.date(), lone=not open_owner)
        found += joiner.lines(product, excluded=product in excluded)
    return tuple(found)


def _shared_stockouts(figures: list[Figure]) -> _Group:
    """The only stock-out date of a mail with several products: it may be the earliest of all."""
    dates = [f for f in figures if f.metric == "stockout_date" and f.place.where in ("own", "subject")]
    products = {f.product for f in figures if f.metric in ("stock", "daily_sales", "dos") and f.product}
    if len({f.date for f in dates}) != 1 or len(products) < 2:
        return []
    return [f for f in figures if f.metric in ("stock", "daily_sales", "dos")]


class _Joiner:
    """The figures of one group, with those that the rest of the mail gives for the same product."""

    def __init__(self, group: _Group, elsewhere: _Group, shared: _Group, today: date, *, lone: bool) -> None:
        self.group, self.shared, self.today, self.lone = group, shared, today, lone
        self.inputs = {m: _unlike([f for f in group if f.metric == m]) for m in _INPUTS}
        for metric in _INPUTS:
            if not self.inputs[metric]:
                self.inputs[metric] = _unlike([f for f in elsewhere if f.metric == metric])
        self.claims = {m: _unlike([f for f in group if f.metric == m]) for m in _CLAIMS}
        self._part_coverage()
        if not self.inputs["stock"] and not self.claims["dos"]:
            self.claims_elsewhere = [f for f in elsewhere if f.metric == "dos"]
        else:
            self.claims_elsewhere = []

    def _part_coverage(self) -> None:
        """Stated days that the stock does not last, but stock and order together do, speak of the order."""
        orders, moving = self.claims["order"], self.inputs["in_transit"]
        if not orders or not self.claims["dos"]:
            return
        alone = list(arithmetic.ways(self.inputs["stock"], self.inputs["daily_sales"], moving))
        joined = list(arithmetic.with_order(self.inputs["stock"], self.inputs["daily_sales"], orders, moving))
        for dos in self.claims["dos"]:
            fit = [any(arithmetic.fits(m, dos) for m in found) for found in (alone, joined)]
            if fit == [False, True]:
                self.claims = self.claims | {"dos": [d for d in self.claims["dos"] if d is not dos]}

    def lines(self, product: str | None, *, excluded: bool) -> Iterator[Line]:
        claims = self.claims
        for n in range(max(1, len(claims["dos"]), len(claims["coverage"]), len(claims["stockout_date"]))):
            yield self._line(product, n, excluded=excluded)

    def _line(self, product: str | None, n: int, *, excluded: bool) -> Line:
        dos, coverage, stockout = (_nth(self.claims[m], n) for m in ("dos", "coverage", "stockout_date"))
        order = _nearest(self.claims["order"], coverage or dos) if n == 0 or coverage else None
        anchor = dos or coverage or stockout or self.group[0]
        members = self._members(dos, anchor) if self.lone else None
        basis = members or (self._from_dos(dos) if self.lone else None)
        plan = (order, coverage, self.inputs["in_transit"])
        return Line(
            place=(dos or stockout or self.group[0]).place,
            product=product,
            stock=_shown(members.stock if members else None, self.inputs["stock"], anchor),
            daily_sales=_shown(members.daily if members else None, self.inputs["daily_sales"], anchor),
            dos=dos,
            stockout=stockout,
            order=order,
            coverage=coverage,
            in_transit=_nearest(self.inputs["in_transit"], anchor),
            excluded=excluded,
            expected=self._expected(members, basis, dos, stockout, plan),
        )

    def _expected(
        self,
        members: Members | None,
        basis: Members | None,
        dos: Figure | None,
        stockout: Figure | None,
        plan: tuple[Figure | None, Figure | None, _Group],
    ) -> Expected:
        dated = self._dated(basis, stockout)
        found = arithmetic.expected(basis if plan[1] else members, dos, dated, stockout, plan, self.today)
        if members is None and basis is not None:
            # Reckoned from the stated days of supply: they cannot be held against themselves.
            return replace(found, dos=None, dos_low=None, dos_high=None)
        return found

    def _members(self, dos: Figure | None, anchor: Figure) -> Members | None:
        """The reading of the members that agrees with the stated days, else the one nearest to them in the text."""
        stocks = sorted(self.inputs["stock"], key=lambda f: _distance(f, anchor))
        dailies = sorted(self.inputs["daily_sales"], key=lambda f: _distance(f, anchor))
        found = list(arithmetic.ways(stocks, dailies, self.inputs["in_transit"]))
        if not found:
            return None
        if dos and dos.place.where != "sheet":
            found += arithmetic.ways(_unnamed(dos, stocks, dailies), dailies, ())
        return next((m for m in found if dos and arithmetic.fits(m, dos)), found[0])

    def _from_dos(self, dos: Figure | None) -> Members | None:
        """Stock reckoned from the stated days of supply, where no stock is stated."""
        dos = dos or next(iter(self.claims_elsewhere), None)
        if dos is None:
            return None
        daily = next((d for d in self.inputs["daily_sales"] if d.value > 0), None)
        low, high = arithmetic.spread(dos)
        return Members(None, daily, dos.value, arithmetic.Range(low, high + 1))

    def _dated(self, basis: Members | None, stockout: Figure | None) -> Members | None:
        """The members that date the stock-out: of several readings one that agrees with the date."""
        if stockout is None:
            return basis
        options = [basis] if basis else []
        if self.lone:
            options += arithmetic.ways(self.inputs["stock"], self.inputs["daily_sales"], self.inputs["in_transit"])
        earliest = self._earliest()
        if earliest:
            options.append(earliest)
        agreeing = (m for m in options if arithmetic.dates_agree(m, stockout))
        return next(agreeing, options[0] if options else None)

    def _earliest(self) -> Members | None:
        """The product of the mail that runs out first, when one date is stated for all."""
        by_product: dict[str | None, _Group] = defaultdict(list)
        for figure in self.shared:
            by_product[figure.product].append(figure)
        found: list[Members] = []
        for group in by_product.values():
            stocks, dailies = ([f for f in group if f.metric == m] for m in ("stock", "daily_sales"))
            found += list(arithmetic.ways(stocks[:1], dailies[:1], ()))
        return min(found, key=lambda m: m.value, default=None)


def _unnamed(dos: Figure, stocks: _Group, dailies: _Group) -> _Group:
    """The other quantities of the sentence that states the days, each as a stock: 早上库存120件, 现在105件, DOS 7天."""
    of = dos.place.span.of
    near = [f for f in stocks if f.place.span.of is of and f.place.where == dos.place.where != "table"]
    if not near:
        return []
    at, text = of.matching_at(dos.place.span.start), of.folded
    start = max((text.rfind(c, max(0, at - 300), at) for c in "。;\n"), default=-1) + 1
    end = min((e for c in "。;\n" if (e := text.find(c, at)) >= 0), default=len(text))
    known = {f.value for f in (*near, *dailies, dos)}  # at one a day, the days themselves would fit
    return [
        replace(near[0], value=n.value, high=n.high, precision=n.precision, approximate=n.approximate)
        for n in numbers.find(text, start, min(end, at + 300))
        if n.unit in ("units", "") and n.value not in known
    ]


def _unlike(figures: _Group) -> _Group:
    """Figures of different value: what is said twice counts once, in the body before the subject."""
    ordered = sorted(figures, key=lambda f: f.place.where == "subject")
    kept: dict[tuple[float, float, str | None], Figure] = {}
    for figure in ordered:
        kept.setdefault((figure.value, figure.high, figure.date), figure)
    return list(kept.values())


def _nth(figures: _Group, n: int) -> Figure | None:
    return figures[n] if n < len(figures) else None


def _distance(figure: Figure, anchor: Figure) -> float:
    if figure.place.span.of is not anchor.place.span.of:
        return 1e9
    return abs(figure.place.span.start - anchor.place.span.start)


def _nearest(figures: _Group, anchor: Figure | None) -> Figure | None:
    if anchor is None:
        return next(iter(figures), None)
    return min(figures, key=lambda f: _distance(f, anchor), default=None)


def _shown(chosen: Figure | None, figures: _Group, anchor: Figure) -> Figure | None:
    return chosen or _nearest(figures, anchor)

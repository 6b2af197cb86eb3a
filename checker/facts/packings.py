"""Quantities beside the cartons and the units in each that make them: 10箱, 每箱35件, 共350件."""

from __future__ import annotations

from collections.abc import Iterator

from checker.facts import grouping
from checker.facts.arithmetic import spread
from checker.facts.grouping import Group
from checker.facts.kinds.figures import Figure, Packing

_MEMBERS = ("boxes", "per_box", "total")


def read(figures: tuple[Figure, ...]) -> tuple[Packing, ...]:
    """Every sentence or table row that states cartons, units in each and their quantity, each of them once."""
    own = [f for f in figures if not f.reported]
    return tuple(p for group in grouping.of_places(own) for p in _of_group(group))


def _of_group(group: Group) -> Iterator[Packing]:
    members = [[f for f in group if f.metric == m] for m in _MEMBERS]
    if any(len(of) != 1 for of in members):
        return
    boxes, each, total = (of[0] for of in members)
    lows, highs = zip(*(spread(f) for f in (boxes, each)), strict=True)
    stated = spread(total)
    yield Packing(
        place=total.place,
        boxes=boxes,
        per_box=each,
        value=stated.low,
        high=stated.high,
        expected=boxes.value * each.value,
        low_allowed=lows[0] * lows[1] - 1e-6,
        high_allowed=highs[0] * highs[1] + 1e-6,
        product=total.product,
    )

"""Products: every product that the mail names, its ASIN and SKU mentions joined."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from checker.facts.asins import key_of, read_asins
from checker.facts.exclusion import left_out, may_leave_out
from checker.facts.headings import grids
from checker.facts.kinds.figures import Figure
from checker.facts.kinds.products import Asin, Identifier, Product
from checker.reading import Place, Reading
from checker.text import Grid, Text

__all__ = ["keys", "read_asins", "read_products"]

# What may stand between an ASIN and the SKU of the same product.
_BETWEEN = re.compile(
    r"[\s(/,:;、|\[【\uff08\uff0c\uff1a\uff0f-]*(?:M?SKU|卖家SKU|货号|款号|对应|即|ASIN)?(?:编号|编码|码"
    r"|号)?[\s:=\uff1a是为]*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。;!?！？；\n]|\.(?=\s|$)")
_REACH = 120  # characters of its sentence that are read on each side of a product


class _Mention(NamedTuple):
    alias: str  # key of the ASIN or SKU, in capitals
    kind: str
    place: Place


def read_products(
    reading: Reading, asins: tuple[Asin, ...], skus: tuple[Identifier, ...], figures: tuple[Figure, ...]
) -> tuple[Product, ...]:
    """The products named in subject, own text, tables and sheets, each once, in order of their first mention.

    An ASIN and a SKU are one product when they share a table row, stand side by side, or are the only ones of the
    mail. A malformed token counts as a product named. Quoted history is not read.
    """
    mentions = _mentions(reading, asins, skus)
    key_for = _joined(reading, mentions)
    grouped: dict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[key_for[mention.alias]].append(mention)
    known = _metrics(figures, key_for)
    out_of_it = _left_out(mentions, key_for)
    return tuple(_product(key, of, key in out_of_it, known) for key, of in grouped.items())


def keys(reading: Reading, asins: tuple[Asin, ...], skus: tuple[Identifier, ...]) -> Mapping[str, str]:
    """The key of each product by any of its names (ASIN or SKU, in capitals)."""
    return _joined(reading, _mentions(reading, asins, skus))


def _product(key: str, mentions: list[_Mention], excluded: bool, known: Mapping[str, tuple[str, ...]]) -> Product:
    places = [m.place for m in mentions]
    in_subject = any(p.where == "subject" for p in places)
    in_sheet = any(p.where == "sheet" for p in places)
    in_own = any(p.where in ("own", "table") for p in places)
    return Product(
        place=places[0],
        key=key,
        kind="asin" if any(m.kind == "asin" for m in mentions) else "sku",
        excluded=excluded and not in_subject,
        sheet_only=in_sheet and not in_subject and not in_own,
        in_subject=in_subject,
        in_own=in_own,
        in_sheet=in_sheet,
        metrics=known.get(key, ()),
    )


def _mentions(reading: Reading, asins: tuple[Asin, ...], skus: tuple[Identifier, ...]) -> list[_Mention]:
    order = {id(p.of): n for n, p in enumerate((reading.subject, *reading.body[:1], *reading.sheet_passages))}
    found = [_Mention(key_of(a), "asin", a.place) for a in asins]
    found += [_Mention(s.value.upper(), "sku", s.place) for s in skus]
    return sorted(found, key=lambda m: (order.get(id(m.place.span.of), 0), m.place.span.start))


def _metrics(figures: tuple[Figure, ...], key_for: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Metric names by product key; a figure without a product belongs to the only one of the mail."""
    only = next(iter(key_for.values())) if len(set(key_for.values())) == 1 else ""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for figure in figures:
        name = (figure.product or only).upper()
        found[key_for.get(name, name)][figure.metric] = None
    return {key: tuple(metrics) for key, metrics in found.items()}


def _joined(reading: Reading, mentions: list[_Mention]) -> dict[str, str]:
    """alias -> key; the SKUs that belong to an ASIN have its key."""
    key_for = {m.alias: m.alias for m in mentions}
    asins = {m.alias for m in mentions if m.kind == "asin"}
    skus = {m.alias for m in mentions if m.kind == "sku"} - asins
    if not asins or not skus:
        return key_for
    if len(asins) == len(skus) == 1:
        return {**key_for, skus.pop(): next(iter(asins))}
    for group in (*_rows(reading, mentions), *_neighbours(mentions)):
        owners = {m.alias for m in group if m.kind == "asin"}
        if len(owners) == 1:
            owner = owners.pop()
            for m in group:
                if m.alias in skus and key_for[m.alias] == m.alias:
                    key_for[m.alias] = owner
    return key_for


def _rows(reading: Reading, mentions: list[_Mention]) -> Iterator[list[_Mention]]:
    """Mentions that share a row of a table or sheet."""
    found: dict[tuple[int, int, int], list[_Mention]] = defaultdict(list)
    tables: dict[int, list[tuple[Grid, list[int]]]] = defaultdict(list)
    for passage, grid in grids(reading):
        tables[id(passage.of)].append((grid, [c.start for c in grid.cells]))
    for m in mentions:
        if m.place.where not in ("table", "sheet"):
            continue
        of: Text = m.place.span.of
        at = of.matching_at(m.place.span.start)
        for grid, starts in tables[id(of)]:
            if grid.start <= at < max(grid.end, grid.start + 1) and starts:
                row = grid.cells[max(0, bisect_right(starts, at) - 1)].row
                found[id(of), grid.start, row].append(m)
    yield from found.values()


def _neighbours(mentions: list[_Mention]) -> Iterator[list[_Mention]]:
    """An ASIN and a SKU with nothing but a bracket or a label between them."""
    for one, two in pairwise(mentions):
        a, b = one.place.span, two.place.span
        if (
            one.kind != two.kind
            and a.of is b.of
            and 0 < b.start - a.end < 24
            and _BETWEEN.fullmatch(a.of.plain, a.end, b.start)
        ):
            yield [one, two]


def _left_out(mentions: list[_Mention], key_for: Mapping[str, str]) -> set[str]:
    """Keys of the products of which every mention in prose, or else in tables, leaves them out."""
    texts = {id(of): of for m in mentions if m.place.where != "subject" for of in (m.place.span.of,)}
    texts = {key: of for key, of in texts.items() if may_leave_out(of.folded)}
    if not texts:
        return set()
    verdicts: dict[str, list[bool]] = defaultdict(list)
    for n, m in enumerate(mentions):
        if m.place.where == "subject":
            continue
        out = id(m.place.span.of) in texts and left_out(*_around(mentions, n))
        if out or m.place.where == "own":
            verdicts[key_for[m.alias]].append(out)
    return {key for key, said in verdicts.items() if all(said)}


def _around(mentions: list[_Mention], n: int) -> tuple[str, str]:
    """The words of its sentence before a mention, and behind it up to the next product that is not of the same list."""
    place = mentions[n].place
    of = place.span.of
    start, end = of.matching_at(place.span.start), of.matching_at(place.span.end)
    before = _SENTENCE.split(of.matching[max(0, start - _REACH) : start])[-1]
    limit = end + _REACH
    at = end
    for other in mentions[n + 1 :]:
        if other.place.span.of is not of or other.place.span.start > place.span.start + _REACH:
            break
        next_start = of.matching_at(other.place.span.start)
        if not re.fullmatch(r"\s*(?:[、,/&(]|和|与|及|以及|and|SKU|[:])*\s*", of.matching[at:next_start]):
            limit = next_start
            break
        at = of.matching_at(other.place.span.end)
    return before, _SENTENCE.split(of.matching[end:limit])[0]

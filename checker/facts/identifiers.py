"""Numbers that name a thing: SKUs, Amazon orders, shipments, tracking, bill-of-lading and container numbers, FNSKUs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.facts import sku_shapes
from checker.facts.headings import grids
from checker.facts.kinds.products import Identifier
from checker.facts.named_identifiers import Found, by_heading, by_label
from checker.facts.nearby import merged
from checker.facts.spots import words
from checker.reading import Passage, Reading

_EDGE = r"(?<![A-Za-z0-9])"
_NO_MORE = r"(?![A-Za-z0-9])"
# Forms that say what they are. FBA15...: Seller Central, "shipment ID", with a box suffix U000001. Order ids: 3-7-7
# digits, digital orders D01-. Containers: ISO 6346. Letters before ten digits or more: carriers and shipping lines.
_FORMS = re.compile(
    rf"{_EDGE}(?:"
    r"(?P<shipment>FBA(?=[A-Z]*\d)[0-9A-Z]{6,20}|STAR-(?=[A-Z0-9]*\d)[A-Z0-9]{8,14})"
    r"|(?P<order>(?:(?<![\d*]-)[\d*]{3}|[DSP]01)[-–][\d*]{7}[-–][\d*]{7}(?!-?\d))"
    r"|(?P<tracking>1Z(?: ?[0-9A-Z]){16}|[A-Z]{3}[UJZ][ -]?\d{6}[ -]?\d|[A-Z]{4}\d{7,12}|[A-Z]{2}\d{9}[A-Z]{2}"
    r"|(?:SF|YT|JD[A-Z]{0,2}|JT|ST|ZT|TBA|LP|DPK)\d{10,18}|9[2345]\d{20})"
    r"|(?P<fnsku>X00(?=[0-9A-Z]*\d)[0-9A-Z]{7}))" + _NO_MORE
)
_LONG_NUMBER = re.compile(r"[0-9][0-9]{5}")
_FORM_WORDS = ("FBA", "X00", "STAR-", "1Z", "*******")
_FORM_BEFORE, _FORM_BEHIND = 16, 48
_MOST_REPEATED = 60  # values looked for again; a longer list comes from a sheet and prose does not repeat it


def read(reading: Reading) -> tuple[Identifier, ...]:
    """Every identifier in the subject, the own text and attached sheets, in order of passage and place, none twice.

    A SKU counts when it is labelled (SKU, MSKU, 货号 …), stands in a column headed so, or has a shape that nothing else
    has; once known it is found wherever it is repeated. Tracking numbers are told by label or by their carrier's form.
    """
    passages = (*reading.written, *reading.sheet_passages)
    shelf = _Shelf()
    for passage in passages:
        shelf.keep(passage, by_label(passage))
        shelf.keep(passage, _by_form(passage))
    for passage, grid in grids(reading):
        shelf.keep(passage, by_heading(passage, grid))
    for passage in passages:
        shelf.keep(passage, (("sku", *span) for span in sku_shapes.find(passage)))
    _find_again(passages, shelf)
    order = {(id(p.of)): n for n, p in reversed(list(enumerate(passages)))}
    return tuple(sorted(shelf.found, key=lambda i: (order[id(i.place.span.of)], i.place.span.start)))


class _Shelf:
    """Identifiers found so far; the first to claim a place keeps it."""

    def __init__(self) -> None:
        self.found: list[Identifier] = []
        self._taken: set[tuple[int, str, int]] = set()

    def keep(self, passage: Passage, hits: Iterable[Found]) -> None:
        for kind, start, end in hits:
            edges = {(id(passage.of), "start", start), (id(passage.of), "end", end)}
            if edges.isdisjoint(self._taken):
                self._taken |= edges
                self.found.append(Identifier(passage.place(start, end), kind, passage.of.matching[start:end]))


def _by_form(passage: Passage) -> Iterator[Found]:
    text, start, end = passage.window
    at = {m.start() for m in _LONG_NUMBER.finditer(text, start, end)}
    at.update(words(text, _FORM_WORDS, start, end))
    for low, high in merged(sorted(at), _FORM_BEFORE, _FORM_BEHIND, start, end):
        for m in _FORMS.finditer(text, low, high):
            yield str(m.lastgroup), *m.span()


def _find_again(passages: Iterable[Passage], shelf: _Shelf) -> None:
    """Further mentions of the SKUs known by now."""
    known = {i.value for i in shelf.found if i.kind == "sku" and not i.value.isdigit()}
    if not 0 < len(known) <= _MOST_REPEATED:
        return
    any_of = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    again = re.compile(rf"(?<![A-Za-z0-9-])(?:{any_of})(?![A-Za-z0-9-])")
    for passage in passages:
        shelf.keep(passage, (("sku", *m.span()) for m in again.finditer(*passage.window)))

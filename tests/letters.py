"""Letters for tests of single extractors: a draft over the envelope of the examples, and sheets made of rows."""

from dataclasses import replace
from typing import Any

import yaml

from checker.budget import Budget
from checker.draft import from_draft
from checker.examples import ENVELOPE
from checker.facts.identifiers import read as read_identifiers
from checker.facts.listings import with_status
from checker.facts.products import read_asins, read_products
from checker.reading import Reading
from checker.seller_data import Listings
from checker.text import Cell, Grid, Text, literal


def cases(path: str) -> list[Any]:
    """The list in tests/cases/<path>.yaml; half of what it says in Chinese must have full-width punctuation."""
    from pathlib import Path

    words = (Path(__file__).parent / "cases" / f"{path}.yaml").read_text(encoding="utf-8")
    assert "\\uff" in words
    return yaml.load(words, yaml.CSafeLoader)


def letter(text: str = "", *, sheets: tuple[Text, ...] = (), **draft: Any) -> Reading:
    """The reading of a draft over the envelope."""
    return Reading(from_draft({**ENVELOPE, "text": text, **draft}), sheets)


def sheet(*rows: list[str]) -> Text:
    """An attached sheet with these rows."""
    cells, at = [], 0
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            cells.append(Cell(at, at + len(words), r, c))
            at += len(words) + 1
    plain = "\n".join("\t".join(row) for row in rows)
    made = literal("attachment", plain, attachment=0, name="a.xlsx")
    return replace(made, sheet="Sheet1", tables=(Grid(0, len(plain), tuple(cells)),))


def asins_of(reading: Reading, listings: Listings | None = None):
    """The ASINs of a reading."""
    return with_status(read_asins(reading, read_identifiers(reading), Budget()), listings)


def products_of(reading: Reading, figures: tuple[Any, ...] = ()):
    """The products of a reading."""
    skus = tuple(i for i in read_identifiers(reading) if i.kind == "sku")
    return read_products(reading, asins_of(reading), skus, figures)

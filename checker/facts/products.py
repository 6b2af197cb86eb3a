"""Stub: to be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from checker.budget import Budget
from checker.company import Company
from checker.facts.kinds import Asin, Figure, Identifier, Product
from checker.message import Attachment, Message
from checker.reading import Passage, Place, Reading
from checker.text import Span, Text


def read_asins(reading: Reading, identifiers: tuple[Identifier, ...], listings: Mapping[str, str] | None) -> tuple[Asin, ...]:
    return ()


def read_products(reading: Reading, asins: tuple[Asin, ...], skus: tuple[Identifier, ...], figures: tuple[Figure, ...]) -> tuple[Product, ...]:
    return ()

"""Stub: to be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from checker.budget import Budget
from checker.company import Company
from checker.facts.kinds import Blank, Figure, Identifier, Line, Mail, Missing, Product
from checker.message import Attachment, Message
from checker.reading import Passage, Place, Reading
from checker.text import Span, Text


def read(figures: tuple[Figure, ...], products: tuple[Product, ...], now: datetime) -> tuple[Line, ...]:
    return ()


def read_missing(mail: Mail, reading: Reading, products: tuple[Product, ...], figures: tuple[Figure, ...], shipments: tuple[Identifier, ...], blanks: tuple[Blank, ...]) -> tuple[Missing, ...]:
    return ()

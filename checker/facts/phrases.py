"""Stub: to be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from checker.budget import Budget
from checker.company import Company
from checker.facts.kinds import Deadline, Figure, Hit
from checker.message import Attachment, Message
from checker.reading import Passage, Place, Reading
from checker.text import Span, Text


class Lexicon:
    """All phrases of a ruleset in one automaton."""


def read(lexicon: Lexicon, reading: Reading, deadlines: tuple[Deadline, ...], figures: tuple[Figure, ...]) -> tuple[Hit, ...]:
    return ()

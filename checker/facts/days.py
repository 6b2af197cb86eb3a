"""Days as people write them in Chinese and English: 3月12日, 下周五, Mar 12, next Tuesday, within 3 working days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from checker.facts import en_days, spans, written_days, zh_days
from checker.facts.dayscope import Day, Scope
from checker.facts.spots import Run, Signs
from checker.reading import Passage

SIGNS: Signs = (*written_days.SIGNS, *en_days.SIGNS, *spans.SIGNS)


def scan(
    passage: Passage, sent: datetime, order: str, runs: list[Run], signs: Mapping[str, list[int]]
) -> Iterator[Day]:
    """Every day of the passage, in no order, overlaps included.

    sent: with its zone; order: ymd, mdy or dmy; runs: the passage's digits; signs: where the words of SIGNS stand.
    """
    scope = Scope(passage.of.folded, passage.of.matching, passage.start, passage.end, sent, order, runs, signs)
    yield from written_days.scan(scope)
    yield from zh_days.scan(scope)
    yield from en_days.scan(scope)
    yield from spans.scan(scope)

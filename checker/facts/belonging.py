"""Which product a figure belongs to: the nearest in its sentence, or that of its heading, the subject, the mail."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from checker.facts.asins import key_of
from checker.facts.kinds.products import Asin, Identifier
from checker.facts.products import keys
from checker.facts.sentence import Statement
from checker.facts.sentences import SENTENCE_END
from checker.reading import Passage, Reading
from checker.text import Text

_LIST = re.compile(
    r"\s*(?:\([^()\n]{0,24}\))?\s*(?:[、,/&;+]|和|与|及|以及|跟|and|,\s*and)\s*(?:asin|sku)?[\s:]*", re.IGNORECASE
)
# A closing line speaks of all products before it, not of the last.
_OF_ALL = re.compile(
    r"\s*(?:[-*•·]\s*)?(?:请|麻烦|烦请|以上|综上|上述|合计|总计|共计|总共|汇总|两款|三款|(?:please|pls|could you"
    r"|total|in total|overall|both|all)(?![a-z]))"
)
_OF = re.compile(r"\)?\s?(?:的\s?|(?:of|for) (?:the )?)(?:asin|sku)?\s?:?\s?")


class Mention(NamedTuple):
    """A product named in a text: offsets of the matching text, and the product's key."""

    start: int
    end: int
    key: str


class Owners:
    """Answers whose a figure is."""

    def __init__(self, reading: Reading, asins: tuple[Asin, ...], skus: tuple[Identifier, ...]) -> None:
        key_for = keys(reading, asins, skus)
        self._by_text: dict[int, list[Mention]] = defaultdict(list)
        prose: set[str] = set()
        written: set[str] = set()
        every: set[str] = set()
        for alias, place in (*((key_of(a), a.place) for a in asins), *((s.value.upper(), s.place) for s in skus)):
            span, key = place.span, key_for.get(alias, alias)
            start, end = span.of.matching_at(span.start), span.of.matching_at(span.end)
            self._by_text[id(span.of)].append(Mention(start, max(start, end), key))
            every.add(key)
            if place.where != "sheet":
                written.add(key)
            if place.where in ("own", "table"):
                prose.add(key)
        for found in self._by_text.values():
            found.sort()
        in_subject = {m.key for m in self._by_text.get(id(reading.subject.of), ())}
        self._fallback = _only(prose) or (
            None if prose else _only(in_subject) or _only(every - in_subject if not in_subject else set())
        )
        self._single = _only(written or every)
        self._tables: Mapping[int, tuple[tuple[int, int], ...]] = {
            id(p.of): tuple((g.start, g.end) for g in p.of.tables) for p in reading.own[:1]
        }

    def mentions(self, of: Text, start: int, end: int) -> list[Mention]:
        """The products named in a range of a text's matching text."""
        found = self._by_text.get(id(of), [])
        return found[bisect_left(found, Mention(start, 0, "")) : bisect_left(found, Mention(end, 0, ""))]

    def of_statement(self, passage: Passage, start: int, end: int, said: Statement) -> tuple[str | None, ...]:
        """The products of a statement in the sentence [start, end): one, several (each), or None when that is open."""
        if self._single:
            return (self._single,)
        near = self.mentions(passage.of, start, end)
        names = list(dict.fromkeys(m.key for m in near))
        if said.turn and len(names) == 1:
            return (None,)  # one of several values, of products named earlier
        if len(names) == 1:
            return (names[0],)
        owner = self._attributed(passage, near, said)
        if owner:
            return (owner,)
        if not names:
            if said.turn or _OF_ALL.match(passage.of.folded, start):
                return (self._fallback,)
            return (self.governing(passage, start),)
        if said.every:
            return tuple(names)
        if said.turn:
            before = list(dict.fromkeys(m.key for m in near if m.end <= said.number.start)) or names
            return (before[said.turn - 1] if said.turn <= len(before) else None,)
        return (_nearest(passage.of.matching, near, said.number.start),)

    def _attributed(self, passage: Passage, near: list[Mention], said: Statement) -> str | None:
        """库存105件的B0…, 105 units of B0…: the product behind the figure."""
        if said.turn or said.every:
            return None
        text = passage.of.folded
        return next(
            (m.key for m in near if m.start >= said.number.end and _OF.fullmatch(text, said.number.end, m.start)), None
        )

    def governing(self, passage: Passage, at: int) -> str | None:
        """The product that the words before `at` speak of: of the last sentence that names any, if it names one."""
        if self._single:
            return self._single
        tables = self._tables.get(id(passage.of), ())
        before = [m for m in self.mentions(passage.of, 0, at) if not any(a <= m.start < b for a, b in tables)]
        if not before or passage.where == "subject":
            return self._fallback
        last = before[-1]
        text = passage.of.matching
        ends = [m.end() for m in SENTENCE_END.finditer(text, max(0, last.start - 400), last.start)]
        begin = ends[-1] if ends else max(0, last.start - 400)
        return _only({m.key for m in before if m.start >= begin})


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def _nearest(text: str, near: list[Mention], at: int) -> str | None:
    before = [m for m in near if m.start < at]
    if not before:
        return near[0].key
    last = before[-1]
    # A、B库存105件: of both together, so of neither.
    if len(before) > 1 and before[-2].key != last.key and _LIST.fullmatch(text, before[-2].end, last.start):
        return None
    return last.key

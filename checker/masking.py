"""The one way in which words of a mail reach a report: sensitive values masked, whatever rule or fact quotes them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import takewhile
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from checker.company import Company
from checker.draft import from_draft
from checker.facts.facts import Facts
from checker.facts.kinds.words import Sensitive
from checker.facts.lexicon import Lexicon
from checker.lazy import cached_property
from checker.message import Message
from checker.text import Span, Text

_SIDE = 60  # characters of a line shown on either side of the words


class _Spot(NamedTuple):
    """A range that is masked, and its mask."""

    start: int
    end: int
    masked: str


class Masker:
    """Replaces every sensitive value of a mail, as written and normalised, in any text or nested data."""

    def __init__(self, sensitive: Iterable[Sensitive], *, unread: Iterable[Text] = (), blind: bool = False) -> None:
        """blind: hide every text, where what is sensitive could not be told. unread: parts of which it could not."""
        self.blind = blind
        self._unread = frozenset(map(id, unread))
        self._spots: dict[int, list[_Spot]] = {}
        self._pairs: dict[str, str] = {}
        for fact in sensitive:
            if not (fact.own_signature or fact.addressee):
                self._add(fact)
        for spots in self._spots.values():
            spots.sort()

    def _add(self, fact: Sensitive) -> None:
        span, words = fact.place.span, fact.place.text
        self._spots.setdefault(id(span.of), []).append(_Spot(span.start, span.end, fact.masked))
        for form in (words, unicodedata.normalize("NFKC", words), words.replace(" ", ""), words.casefold()):
            if form.strip():
                self._pairs[form] = fact.masked

    @cached_property
    def _automaton(self) -> Any:
        """All values at once: a sheet may hold tens of thousands, and a report quotes thousands of words."""
        return AhoCorasick(list(self._pairs))

    @cached_property
    def _masks(self) -> list[str]:
        return list(self._pairs.values())

    def of(self, *parts: Text) -> Masker:
        """The masker for words drawn from these parts: one that hides everything, where one is not searched whole."""
        return Masker((), blind=True) if any(id(part) in self._unread for part in parts) else self

    def text(self, words: str) -> str:
        """The words with every sensitive value masked."""
        if self.blind:
            return "…"
        return _covered(words, self._found(words)) if self._pairs else words

    def blacked(self, words: str) -> str:
        """The words with every sensitive value blacked out: for a line that shows its mask beside it."""
        if not self._pairs:
            return words
        return _covered(words, [spot._replace(masked="█" * (spot.end - spot.start)) for spot in self._found(words)])

    def _found(self, words: str) -> list[_Spot]:
        matches = self._automaton.find_matches_as_indexes(words, overlapping=True)
        return sorted(_Spot(start, end, self._masks[number]) for number, start, end in matches)

    def data(self, value: Any) -> Any:
        """The same for the texts of nested dicts and lists."""
        if not (self._pairs or self.blind):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.data(one) for key, one in value.items()}
        return [self.data(one) for one in value] if isinstance(value, (list, tuple)) else value

    def excerpt(self, span: Span) -> tuple[str, str, str]:
        """The line of a span: what stands before it, its words, what stands after."""
        plain = span.of.plain
        start = max(plain.rfind("\n", 0, span.start) + 1, span.start - _SIDE)
        line_end = plain.find("\n", span.end)
        end = min(len(plain) if line_end < 0 else line_end, span.end + _SIDE)
        before = self._overlay(span.of, start, span.start)
        return (
            before.lstrip(),
            self._overlay(span.of, span.start, span.end),
            self._overlay(span.of, span.end, end).rstrip(),
        )

    def _overlay(self, of: Text, start: int, end: int) -> str:
        """Readable [start, end) with sensitive spans masked; one that is only cut by the range shows as its mask."""
        spots, parts, at = self._spots.get(id(of), []), [], start
        first = bisect_left(spots, start, key=lambda spot: spot.start)
        for spot in (*spots[max(0, first - 1) : first], *takewhile(lambda spot: spot.start < end, spots[first:])):
            if spot.end > at:
                parts += [of.plain[at : max(at, spot.start)], spot.masked]
                at = min(spot.end, end)
        return self.text("".join(parts) + of.plain[at:end])


def _covered(words: str, spots: Iterable[_Spot]) -> str:
    """The words with the spots, in order, covered. Of those that overlap the longest shows its mask, the rest stars."""
    parts: list[str] = []
    at = 0
    for cluster in _clusters(spots):
        low, high = cluster[0].start, max(spot.end for spot in cluster)
        longest = max(cluster, key=lambda spot: spot.end - spot.start)
        parts += [words[at:low], "*" * (longest.start - low), longest.masked, "*" * (high - longest.end)]
        at = high
    return "".join(parts) + words[at:]


def _clusters(spots: Iterable[_Spot]) -> Iterator[list[_Spot]]:
    cluster: list[_Spot] = []
    for spot in spots:
        if cluster and spot.start >= max(one.end for one in cluster):
            yield cluster
            cluster = []
        cluster.append(spot)
    if cluster:
        yield cluster


def masked_note(note: str, message: Message, company: Company, lexicon: Lexicon, now: datetime) -> str:
    """A note that a person typed about a mail, with the sensitive values of both masked."""
    own = Facts(from_draft({"text": note}), company, now, lexicon)
    return Masker((*Facts(message, company, now, lexicon).secrets, *own.secrets)).text(note)

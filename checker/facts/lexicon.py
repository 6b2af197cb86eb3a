"""Phrases of all rules in one automaton: what is looked for, and where it stands in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise, product
from math import prod
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from checker.facts.spots import automaton
from checker.text import Text, literal

_GAP = re.compile(r"\s*(?:…|\.{3})+\s*")
# (a|b|): one of several words, or none. Each way of saying it becomes a phrase of its own.
_CHOICE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")
MOST_WAYS = 4000
# Up to six characters of the same clause; a full stop ends one only before white space, so that 1.5 may stand in a gap.
_FILLING = r"(?:[^,，。!！?？;；\n.]|\.(?!\s|$)){0,6}"
# Between Latin words six characters are hardly one: some four words.
_LATIN_FILLING = _FILLING.replace("{0,6}", "{0,24}")
_BESIDE = "a-z0-9\u00c0-\u024f"
_LATIN = re.compile(f"[{_BESIDE}]")
_REACH = 24
# Of one text. Ordinary mails have a handful, and rules see 500 hits.
MOST_LITERALS = 20_000
MOST_MATCHES = 2000


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a rule: the rule's id, the index of the entry that it belongs to, the words with … for gaps."""

    rule: str
    index: int
    text: str


class PhraseError(ValueError):
    """A phrase that can never match, or that would match anywhere."""

    def __init__(self, phrase: Phrase, reason: str) -> None:
        super().__init__(f"“{phrase.text}” {reason}")
        self.phrase = phrase
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: matching-text offsets."""

    rule: str
    index: int
    start: int
    end: int


class _Pattern(NamedTuple):
    """A phrase made ready: the literal that the automaton finds, and what must stand before and behind it."""

    phrase: Phrase
    anchor: str
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    reach: int  # characters that `before` may span


@dataclass(frozen=True)
class Lexicon:
    """All phrases of a ruleset in one automaton."""

    patterns: Mapping[int, tuple[_Pattern, ...]] = field(default_factory=dict)  # literal's number -> its phrases
    automaton: AhoCorasick | None = None

    def find(self, text: Text) -> list[Match]:
        """Every phrase in the text, in order; within a rule the leftmost-longest of those that overlap."""
        if self.automaton is None:
            return []
        # Of the same length: a phrase may run over a line break, and apostrophes are straight or curled.
        low = text.folded.replace("\n", " ").replace("\u2019", "'")
        found: list[tuple[str, int, int, int]] = []
        for number, start, end in islice(self.automaton.find_matches_as_indexes(low, overlapping=True), MOST_LITERALS):
            found += self._verified(number, low, text.folded, (start, end))
            if len(found) >= MOST_MATCHES:
                break
        return sorted(_longest(sorted(found)), key=lambda m: (m.start, m.end, m.rule))

    def _verified(self, number: int, low: str, lines: str, at: tuple[int, int]) -> Iterator[tuple[str, int, int, int]]:
        start, end = at
        if not _free(low, start, end):
            return
        for pattern in self.patterns[number]:
            first, last = start, end
            if pattern.before:
                m = pattern.before.search(lines, max(0, start - pattern.reach), start)
                if not m:
                    continue
                first = m.start()
            if pattern.behind:
                m = pattern.behind.match(lines, end)
                if not m:
                    continue
                last = m.end()
            yield pattern.phrase.rule, first, -last, pattern.phrase.index


def _free(low: str, start: int, end: int) -> bool:
    """Whether a literal that begins or ends with a Latin letter or a digit is not part of a longer word."""
    head = start > 0 and _LATIN.match(low[start]) and _LATIN.match(low[start - 1])
    tail = end < len(low) and _LATIN.match(low[end - 1]) and _LATIN.match(low[end])
    return not (head or tail)


def _longest(found: Iterable[tuple[str, int, int, int]]) -> Iterator[Match]:
    """found: (rule, start, -end, index), sorted. Of phrases that overlap in a rule the first and longest stays; of two
    alike the one that the rule names first."""
    rule, reached = "", 0
    for its_rule, start, end, index in found:
        if its_rule != rule:
            rule, reached = its_rule, 0
        if start >= reached:
            reached = -end
            yield Match(rule, index, start, -end)


def compile_lexicon(phrases: Iterable[Phrase]) -> Lexicon:
    """One automaton for the phrases of all rules. Raises PhraseError: empty, only gaps, single characters."""
    by_literal: dict[str, list[_Pattern]] = {}
    for phrase in phrases:
        for pattern in _patterns(phrase):
            by_literal.setdefault(pattern.anchor, []).append(pattern)
    if not by_literal:
        return Lexicon()
    return Lexicon({i: tuple(patterns) for i, patterns in enumerate(by_literal.values())}, automaton(list(by_literal)))


# The same phrases come again with every policy that is read: in a service, in tests of rules.
@lru_cache(maxsize=10_000)
def _patterns(phrase: Phrase) -> tuple[_Pattern, ...]:
    """A phrase for each way of saying its longest piece; the other pieces are patterns with choices in them."""
    pieces = _pieces(phrase)
    # The longest literal is the rarest; a Chinese character says as much as two letters.
    at = max(range(len(pieces)), key=lambda i: (min(map(_weight, pieces[i])), -i)) if len(pieces) > 1 else 0
    gaps = [_filling(left, right) for left, right in pairwise(pieces)]
    before = "".join(_either(ways) + gap for ways, gap in zip(pieces[:at], gaps[:at], strict=True))
    behind = "".join(gap + _either(ways) for gap, ways in zip(gaps[at:], pieces[at + 1 :], strict=True))
    left = re.compile(before + r"\Z") if before else None
    right = re.compile(behind) if behind else None
    reach = sum(max(map(len, ways)) + _REACH for ways in pieces[:at])
    return tuple(_Pattern(phrase, anchor, left, right, reach) for anchor in pieces[at])


def _either(ways: Iterable[str]) -> str:
    return "(?:" + "|".join(map(_bounded, ways)) + ")"


def _filling(left: list[str], right: list[str]) -> str:
    return _LATIN_FILLING if _LATIN.match(left[0][-1]) and _LATIN.match(right[0][0]) else _FILLING


def _weight(piece: str) -> int:
    return sum(2 if c > "\u2e80" else 1 for c in piece)


def _pieces(phrase: Phrase) -> list[list[str]]:
    """The words between the gaps of a phrase, each in every way of saying it: “(你|你们)又(漏|忘)” has four."""
    words = " ".join(literal("phrase", phrase.text).folded.replace("\u2019", "'").split())
    pieces = [_ways(phrase, piece) for piece in _GAP.split(words) if piece]
    if not words:
        raise PhraseError(phrase, "is empty")
    if not pieces:
        raise PhraseError(phrase, "has nothing but gaps")
    if max(min(map(len, ways)) for ways in pieces) < 2:
        raise PhraseError(phrase, "has no two characters in a row: it would match anywhere")
    if not any(c.isalnum() for ways in pieces for way in ways for c in way):
        raise PhraseError(phrase, "has no letter or character: marks alone are no phrase")
    return pieces


def _ways(phrase: Phrase, piece: str) -> list[str]:
    parts = _CHOICE.split(piece)  # words, a choice, words, …
    if prod(part.count("|") + 1 for part in parts[1::2]) > MOST_WAYS:
        raise PhraseError(phrase, f"has more than {MOST_WAYS} ways of saying it")
    options = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    ways = [" ".join("".join(way).split()) for way in product(*options)]
    if not all(ways):
        raise PhraseError(phrase, "has a part that may be missing altogether")
    return ways


def _bounded(piece: str) -> str:
    """A literal as a pattern, with word edges beside Latin letters and digits."""
    words = re.escape(piece).replace(r"\ ", r"\s+").replace("'", "['\u2019]")
    head = f"(?<![{_BESIDE}])" if _LATIN.match(piece[0]) else ""
    tail = f"(?![{_BESIDE}])" if _LATIN.match(piece[-1]) else ""
    return head + words + tail

"""Where costly patterns are worth trying: cheap searches for the few words that every match must hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

_WORD = re.compile(r"[a-z0-9]")
_TABULAR = 3000  # keys
_MOST = 5000  # spots of one word in a passage; a mail with more repeats itself


def automaton(keys: Sequence[str]) -> AhoCorasick:
    """All keys as one automaton, which reads a text once: a search of each, or one pattern of all, takes longer. A
    table of every state and character takes half the time; for the lexicon's phrases it would take 70 MB."""
    return AhoCorasick(keys, implementation=Implementation.DFA if len(keys) < _TABULAR else None)


@lru_cache(maxsize=256)
def _automaton(keys: tuple[str, ...]) -> AhoCorasick:
    return automaton(keys)


def words(text: str, keys: tuple[str, ...], start: int, end: int) -> list[int]:
    """Where one of the keys stands in text[start:end], in order."""
    found = _automaton(keys).find_matches_as_indexes(text[start:end], overlapping=True)
    return sorted(start + at for _, at, _ in islice(found, _MOST))


Signs = tuple[tuple[str, tuple[str, ...]], ...]  # kinds of words, each with its keys


def by_kind(text: str, signs: Signs, start: int, end: int) -> dict[str, list[int]]:
    """Where the words of each kind stand in text[start:end], in order: one reading of the text for all kinds."""
    words_of_all, kinds = _kinds(signs)
    found: dict[str, list[int]] = {kind: [] for kind, _ in signs}
    matches = words_of_all.find_matches_as_indexes(text[start:end], overlapping=True)
    for number, at, _ in sorted(islice(matches, _MOST), key=itemgetter(1)):
        for kind in kinds[number]:
            found[kind].append(start + at)
    return found


@lru_cache(maxsize=16)
def _kinds(signs: Signs) -> tuple[AhoCorasick, tuple[tuple[str, ...], ...]]:
    """All keys as one automaton, and the kinds of each."""
    of: dict[str, list[str]] = {}
    for kind, keys in signs:
        for key in keys:
            of.setdefault(key, []).append(kind)
    return automaton(list(of)), tuple(map(tuple, of.values()))


def holds(text: str, keys: tuple[str, ...], start: int = 0, end: int | None = None) -> bool:
    """Whether one of the keys stands in text[start:end]."""
    return bool(_automaton(keys).find_matches_as_indexes(text[start:end], overlapping=True))


def present(text: str, keys: tuple[str, ...]) -> set[str]:
    """Those of the keys that stand in the text."""
    return {keys[n] for n, _, _ in _automaton(keys).find_matches_as_indexes(text, overlapping=True)}


def search(
    pattern: re.Pattern[str], text: str, spots: Iterable[int], window: tuple[int, int, int, int]
) -> Iterator[re.Match[str]]:
    """Matches of a pattern around the spots, none overlapping another.

    window: passage start and end, how far before a spot a match may begin, and how far behind it may reach.
    """
    start, end, before, behind = window
    done = start
    for spot in spots:
        if spot < done:
            continue
        m = pattern.search(text, max(done, spot - before), min(end, spot + behind))
        if m is not None and m.end() > spot:
            yield m
            done = m.end()


def starts_word(text: str, at: int) -> bool:
    """Whether no Latin letter or digit stands right before `at`."""
    return at == 0 or _WORD.match(text, at - 1) is None


def ends_sentence(text: str, stop: int) -> bool:
    """Whether the point right before `stop` ends a sentence: not that of 3.5, no. 3, Mr. Zhou or approx. 20."""
    if stop < len(text) and not text[stop].isspace():
        return False
    return _ABBREVIATED.search(text, max(0, stop - 8), stop + 2) is None


_ABBREVIATED = re.compile(
    r"(?<![a-z])(?:no\.\s\d|(?:mr|mrs|ms|dr|vs|approx|incl|excl|qty|pcs|st|e\.g|i\.e|etc)\.\s(?=.)|(?:co|ltd"
    r"|inc)\.,?\s?[a-z])"
)


class Run(NamedTuple):
    """A run of digits that may begin a day or a time; `after`: the character behind it, or behind the space there."""

    start: int
    end: int
    after: str


def digit_runs(text: str, start: int, end: int) -> list[Run]:
    """Runs of one, two, four or eight ASCII digits that stand behind no decimal point."""
    spans = (m.span() for m in islice(_DIGITS.finditer(text, start, end), _MOST))
    return [
        Run(a, b, text[b + 1 : b + 2] if text[b : b + 1] == " " else text[b : b + 1])
        for a, b in spans
        if b - a in _LENGTHS and text[a - 1 : a] != "."
    ]


_DIGITS = re.compile(r"[0-9][0-9]*")
_LENGTHS = frozenset({1, 2, 4, 8})

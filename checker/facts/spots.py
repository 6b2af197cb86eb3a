"""Where costly patterns are worth trying: cheap searches for the few words that every match must hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[a-z0-9]")
_MOST = 5000  # spots of one word in a passage; a mail with more repeats itself


def words(text: str, keys: Iterable[str], start: int, end: int) -> list[int]:
    """Where one of the keys stands in text[start:end], in order. A plain search of each is faster than one pattern."""
    found: list[int] = []
    for key in keys:
        at = text.find(key, start, end)
        while at >= 0 and len(found) < _MOST:
            found.append(at)
            at = text.find(key, at + len(key), end)
    found.sort()
    return found


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


def digit_runs(text: str, start: int, end: int) -> list[int]:
    """Where runs of ASCII digits begin, those behind a decimal point left out."""
    return [m.start() for m in _DIGITS.finditer(text, start, end) if m.start() == 0 or text[m.start() - 1] != "."]


_DIGITS = re.compile(r"[0-9][0-9]*")

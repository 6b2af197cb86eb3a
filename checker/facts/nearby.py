"""Stretches of a text around signal words, so that costly patterns read a hundred characters and not the whole mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.facts.spots import words

_MOST = 40  # spots that are looked at in prose; a mail that says one word more often says nothing new


def snippets(text: str, folded: str, signs: tuple[str, ...], before: int, behind: int) -> Iterator[str]:
    """The words around each occurrence of a sign (the first forty), overlapping ones as one.

    folded: the text in lower case, of the same length; signs: in lower case. before, behind: how many characters of
    each side.
    """
    found = words(folded, signs, 0, len(folded))[:_MOST]
    return (text[start:end] for start, end in merged(found, before, behind, 0, len(text)))


def merged(at: Iterable[int], before: int, behind: int, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Ranges of so many characters around each of the spots (in order), within [low, high), overlapping ones as one."""
    start = end = -1
    for spot in at:
        if end >= 0 and spot - before > end:
            yield start, end
            start = -1
        start = max(low, spot - before) if start < 0 else start
        end = min(high, spot + behind)
    if end >= 0:
        yield start, end

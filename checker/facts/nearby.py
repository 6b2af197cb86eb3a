"""Stretches of a text around signal words, so that costly patterns read a hundred characters and not the whole mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_MOST = 40  # spots that are looked at in prose; a mail that says one word more often says nothing new


def snippets(text: str, folded: str, signs: Sequence[str], before: int, behind: int) -> Iterator[str]:
    """The words around each occurrence of a sign (the first forty), overlapping ones as one.

    folded: the text in lower case, of the same length; signs: in lower case. before, behind: how many characters of
    each side.
    """
    found = sorted(spots(folded, signs, 0, len(folded), _MOST))[:_MOST]
    return (text[start:end] for start, end in merged(found, before, behind, 0, len(text)))


def spots(folded: str, signs: Sequence[str], start: int, end: int, most: int | None = None) -> Iterator[int]:
    """Where the signs stand in folded[start:end], sign by sign, at most `most` of each."""
    for sign in signs:
        at = folded.find(sign, start, end)
        count = 0
        while at >= 0 and count != most:
            yield at
            count += 1
            at = folded.find(sign, at + len(sign), end)


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

"""Snippets of a text around signal words, so that costly patterns read a hundred characters and not the whole mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_MOST = 40  # occurrences that are looked at; a mail that says one word more often says nothing new


def snippets(text: str, folded: str, signs: Sequence[str], before: int, behind: int) -> Iterator[str]:
    """The characters around each occurrence of a sign.

    folded: the text in lower case, of the same length; signs: in lower case. before, behind: how many characters of
    each side. Overlapping snippets are given as one.
    """
    spots = sorted(spot for sign in signs for spot in _spots(folded, sign))[:_MOST]
    start = end = -1
    for spot in spots:
        if spot - before > end:
            if end >= 0:
                yield text[max(0, start) : end]
            start = spot - before
        end = spot + behind
    if end >= 0:
        yield text[max(0, start) : end]


def _spots(folded: str, sign: str) -> Iterator[int]:
    at = folded.find(sign)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = folded.find(sign, at + len(sign))

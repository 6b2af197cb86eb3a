"""The sentences of a text, as far as figures are concerned: what goes on for ever is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.text import Grid

_LONGEST = 1000
# Patterns that begin with one class of characters are searched several times faster than a choice of two.
SENTENCE_END = re.compile(r"[。！？!?;；\n.](?:(?<!\.)|(?=\s|$))")
_END = re.compile(r"[。！？!?;；\n.…](?:(?<![.…])|(?<=\.)(?=\s|$)|(?<=…)…+)")


def sentences(text: str, start: int, end: int, left_out: tuple[Grid, ...]) -> Iterator[tuple[int, int]]:
    """The sentences of text[start:end] in order; none that begins in one of the grids left out."""
    at = start
    for stop in (*(m.end() for m in _END.finditer(text, start, end)), end):
        if stop - at > 1 and not any(g.start <= at < g.end for g in left_out):
            # What goes on for ever is no sentence, and reading one takes the square of its length.
            while stop - at > _LONGEST:
                cut = max(text.rfind(",", at + 1, at + _LONGEST), text.rfind(" ", at + 1, at + _LONGEST))
                cut = cut + 1 if cut > 0 else at + _LONGEST
                yield at, cut
                at = cut
            yield at, stop
        at = stop

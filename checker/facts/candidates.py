"""The cheap first pass over a text: what could be sensitive in it, told by digits, key words and checksums.

Most mails have nothing that survives here, and then Presidio is never loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from checker.facts.spots import automaton
from checker.facts.table_cells import Piece, Tables
from checker.presidio_pack.shape import THRESHOLD, Hit, Shape, find, find_at
from checker.presidio_pack.shapes import SHAPES
from checker.reading import Passage
from checker.text import Text

_NUMBERS = tuple(s for s in SHAPES if not s.words)
# Seven digits and more with single spaces, hyphens or brackets between; not joined to a letter. Dates are left out.
_RUN = re.compile(
    r"[0-9](?=[0-9 .()\u2010\u2011–-]{6})(?:(?<![0-9A-Za-z].)|(?<=[Ii][Dd].))(?!0?\d{1,3}[-/.]\d\d?[-/.]\d\d?(?![\d-]))"
    r"[0-9](?:[ .\u2010\u2011–-]?[0-9()]){5,}(?:[ -]?[0-9Xx()])*"
)
_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d?-\d\d?|[01]\d[0-3]\d)(?: \d\d?)?|\d\d?[-.]\d\d?[-.]20\d\d")
_AROUND = 8  # +, 00, brackets and D01- stand before the first free digit
_CONTEXT = 80  # characters before and behind a value that are handed on with it


class Candidate(NamedTuple):
    """A value that survived its check and its context. start and end count in the matching text. `context` is what
    Presidio is asked about, `at` the value's offset there; a table cell stands behind its heading. column: of a table,
    what heads it or its letter; "" in prose."""

    shape: Shape
    start: int
    end: int
    score: float
    context: str
    at: int
    column: str = ""

    def __repr__(self) -> str:
        """Without the words."""
        return f"<{self.shape.kind} {self.start}-{self.end}>"


class Found(NamedTuple):
    """A candidate and the passage in which it stands."""

    candidate: Candidate
    passage: Passage

    @property
    def value(self) -> str:
        """Its words, normalised."""
        return self.passage.of.matching[self.candidate.start : self.candidate.end]

    @property
    def is_contact(self) -> bool:
        """Whether a person is reached by it."""
        return self.candidate.shape.kind in ("phone", "landline", "email", "im", "address")


@cache
def _automaton() -> tuple[Any, tuple[tuple[Shape, ...], ...]]:
    """All key words as one automaton, and the shapes of each."""
    shapes: dict[str, list[Shape]] = {}
    for shape in SHAPES:
        for word in shape.words:
            shapes.setdefault(word, []).append(shape)
    return automaton(list(shapes)), tuple(map(tuple, shapes.values()))


def _never() -> bool:
    return False


def scan(text: Text, over: Callable[[], bool] = _never) -> tuple[Candidate, ...]:
    """Every value of a text that survives, in order, none overlapping another.

    over: asked before each number, key word and cell below a heading; once it says yes, the rest is left out.
    """
    tables = Tables(text.matching, text.tables)
    found = list(_scan(text, tables, over))
    return tuple(Candidate(*one[:6], tables.column(one.start)) for one in _best(found)) if found else ()


def _scan(text: Text, tables: Tables, over: Callable[[], bool]) -> Iterator[Candidate]:
    prose = Piece(text.matching, 0, 0)
    for run in _RUN.finditer(text.matching):
        if over():
            return
        if not _DATE.fullmatch(run[0]):
            yield from _numbers(tables.piece(run.start()) or prose, run)
    key_words, shapes = _automaton()
    ends: dict[int, int] = {}
    words = key_words.find_matches_as_indexes(text.folded, overlapping=True)
    # The longest first of those that begin together, so that 采购成本 is not read as 成本.
    for number, start, end in sorted(words, key=lambda w: (w[1], -w[2])):
        if over():
            return
        in_cells = tables.holds(start)
        for shape in shapes[number]:
            if in_cells:
                yield from _in_cells(shape, tables, start, over)
            elif start >= (floor := ends.get(id(shape), 0)):
                hits = find_at(shape, prose.words, start, end, floor)
                ends[id(shape)] = hits[-1].end if hits else start + 1
                yield from _candidates(shape, prose, hits)


def _in_cells(shape: Shape, tables: Tables, start: int, over: Callable[[], bool]) -> Iterator[Candidate]:
    """Where the value of a key word in a table may stand: its cell, those below a heading, the one beside a label."""
    own, below, beside = tables.pieces(start)
    yield from _candidates(shape, own, find(shape, own.words))
    listed = False
    for piece in below:
        if over():
            return
        for one in _candidates(shape, piece, find(shape, piece.words)):
            listed = True
            yield one
    # What heads a list says nothing about the next heading.
    if beside is not None and not listed:
        yield from _candidates(shape, beside, find(shape, beside.words))


def _numbers(piece: Piece, run: re.Match[str]) -> Iterator[Candidate]:
    """Every shape of digits within one run. A run without separators is one number, with + or 00 before it perhaps."""
    low, high = run.start() - piece.shift, run.end() - piece.shift
    digits = sum(map(str.isdigit, run[0]))
    for shape in _NUMBERS:
        fewest, most = shape.digits
        if fewest <= digits and (digits <= most or digits < high - low):
            hits = find(shape, piece.words, max(0, low - _AROUND), min(high + _AROUND, len(piece.words)))
            yield from _candidates(shape, piece, hits)


def _candidates(shape: Shape, piece: Piece, hits: list[Hit]) -> Iterator[Candidate]:
    for hit in hits:
        if hit.score >= THRESHOLD and hit.end > piece.own:
            start = max(hit.start, piece.own)
            low, high = max(0, hit.start - _CONTEXT), hit.end + _CONTEXT
            words = piece.words[low:high]
            yield Candidate(shape, start + piece.shift, hit.end + piece.shift, hit.score, words, hit.start - low)


def _best(found: list[Candidate]) -> list[Candidate]:
    """In order and without overlaps: the better score first, then the longer, then the earlier shape."""
    kept: list[Candidate] = []
    cluster: list[Candidate] = []
    end = 0
    for one in sorted(found, key=lambda c: c.start):
        if cluster and one.start >= end:
            kept += _winners(cluster)
            cluster = []
        cluster.append(one)
        end = max(end, one.end)
    return kept + _winners(cluster)


@cache
def _ranks() -> dict[int, int]:
    return {id(shape): i for i, shape in enumerate(SHAPES)}


def _winners(cluster: list[Candidate]) -> list[Candidate]:
    ranks = _ranks()
    won: list[Candidate] = []
    for one in sorted(cluster, key=lambda c: (-c.score, c.start - c.end, ranks[id(c.shape)])):
        if all(one.end <= other.start or one.start >= other.end for other in won):
            won.append(one)
    return sorted(won, key=lambda c: c.start)

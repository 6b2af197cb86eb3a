"""The cheap first pass over a text: what could be sensitive in it, told by digits, key words and checksums.

Most mails have nothing that survives here, and then Presidio is never loaded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from checker.presidio_pack.shape import THRESHOLD, Hit, Shape, find, find_at
from checker.presidio_pack.shapes import SHAPES
from checker.text import Cell, Grid, Text

_NUMBERS = tuple(s for s in SHAPES if not s.words)
# Seven digits and more with single spaces, hyphens or brackets between; not joined to a letter. Dates are left out.
_RUN = re.compile(
    r"[0-9](?=[0-9 .()\u2010\u2011–-]{6})(?:(?<![0-9A-Za-z].)|(?<=[Ii][Dd].))(?!0?\d{1,3}[-/.]\d\d?[-/.]\d\d?(?![\d-]))"
    r"[0-9](?:[ .\u2010\u2011–-]?[0-9()]){5,}(?:[ -]?[0-9Xx()])*"
)
_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d?-\d\d?|[01]\d[0-3]\d)(?: \d\d?)?|\d\d?[-.]\d\d?[-.]20\d\d")
_AROUND = 8  # +, 00, brackets and D01- stand before the first free digit
_CONTEXT = 80  # characters before and behind a value that are handed on with it
_LONG_CELL = 300  # a cell beyond is prose: layout tables hold whole letters
_HEADINGS = 120  # cells at the head of a table among which the headings are
_LABEL = 16  # characters at most of a cell that labels the cell beside it


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


class _Piece(NamedTuple):
    """A string to look in, the offset of its first own character, and by how much it is shifted against the text."""

    words: str
    own: int
    shift: int


@cache
def _automaton() -> tuple[Any, tuple[tuple[Shape, ...], ...]]:
    """All key words as one automaton, and the shapes of each."""
    shapes: dict[str, list[Shape]] = {}
    for shape in SHAPES:
        for word in shape.words:
            shapes.setdefault(word, []).append(shape)
    return AhoCorasick(list(shapes)), tuple(map(tuple, shapes.values()))


def scan(text: Text) -> tuple[Candidate, ...]:
    """Every value of a text that survives, in order, none overlapping another."""
    tables = _Tables(text.matching, text.tables)
    found = list(_scan(text, tables))
    return tuple(one._replace(column=tables.column(one.start)) for one in _best(found)) if found else ()


def _scan(text: Text, tables: _Tables) -> Iterator[Candidate]:
    prose = _Piece(text.matching, 0, 0)
    for run in _RUN.finditer(text.matching):
        if not _DATE.fullmatch(run[0]):
            yield from _numbers(tables.piece(run.start()) or prose, run)
    automaton, shapes = _automaton()
    ends: dict[int, int] = {}
    words = automaton.find_matches_as_indexes(text.folded, overlapping=True)
    # The longest first of those that begin together, so that 采购成本 is not read as 成本.
    for number, start, end in sorted(words, key=lambda w: (w[1], -w[2])):
        pieces = tables.pieces(start)
        for shape in shapes[number]:
            if pieces is not None:
                for piece in pieces:
                    yield from _candidates(shape, piece, find(shape, piece.words))
            elif start >= (floor := ends.get(id(shape), 0)):
                hits = find_at(shape, prose.words, start, end, floor)
                ends[id(shape)] = hits[-1].end if hits else start + 1
                yield from _candidates(shape, prose, hits)


def _numbers(piece: _Piece, run: re.Match[str]) -> Iterator[Candidate]:
    """Every shape of digits within one run. A run without separators is one number, with + or 00 before it perhaps."""
    low, high = run.start() - piece.shift, run.end() - piece.shift
    digits = sum(map(str.isdigit, run[0]))
    for shape in _NUMBERS:
        fewest, most = shape.digits
        if fewest <= digits and (digits <= most or digits < high - low):
            hits = find(shape, piece.words, max(0, low - _AROUND), min(high + _AROUND, len(piece.words)))
            yield from _candidates(shape, piece, hits)


def _candidates(shape: Shape, piece: _Piece, hits: list[Hit]) -> Iterator[Candidate]:
    for hit in hits:
        if hit.score >= THRESHOLD and hit.end > piece.own:
            start = max(hit.start, piece.own)
            low, high = max(0, hit.start - _CONTEXT), hit.end + _CONTEXT
            words = piece.words[low:high]
            yield Candidate(shape, start + piece.shift, hit.end + piece.shift, hit.score, words, hit.start - low)


class _Tables:
    """The cells of a text's tables behind their headings."""

    def __init__(self, words: str, grids: tuple[Grid, ...]) -> None:
        self.words = words
        self.grids = grids
        self.starts = [g.start for g in grids]
        self.cells: dict[int, list[int]] = {}

    def at(self, offset: int) -> tuple[Grid, int] | None:
        """The table at an offset and the index of its cell; None in prose and in cells that hold prose."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0 or offset >= self.grids[i].end or not self.grids[i].cells:
            return None
        cells = self.grids[i].cells
        if i not in self.cells:
            self.cells[i] = [c.start for c in cells]
        n = max(0, bisect_right(self.cells[i], offset) - 1)
        return (self.grids[i], n) if cells[n].start <= offset < cells[n].end <= cells[n].start + _LONG_CELL else None

    def piece(self, offset: int) -> _Piece | None:
        """The cell of a number, behind its heading; None in prose."""
        found = self.at(offset) if self.starts else None
        return found and self._headed(found[0], found[0].cells[found[1]])

    def pieces(self, offset: int) -> list[_Piece] | None:
        """Where the value of a key word may stand: its cell, the cells below a heading, the one beside a label; None in
        prose."""
        found = self.at(offset) if self.starts else None
        if found is None:
            return None
        grid, number = found
        cell = grid.cells[number]
        if cell.row == grid.cells[0].row or cell.header:
            below = [c for c in grid.cells if c.column == cell.column and c.row > cell.row]
            pieces = [self._headed(grid, c) for c in (cell, *below)]
        else:
            pieces = [self._headed(grid, cell)]
        beside = self._beside(grid, number)
        return [*pieces, beside] if beside else pieces

    def column(self, offset: int) -> str:
        """What heads the column of a cell, else its letter; "" in prose."""
        found = self.at(offset) if self.starts else None
        if found is None:
            return ""
        cell = found[0].cells[found[1]]
        return self._heading(found[0], cell).rstrip(": ") or _letter(cell.column)

    def _headed(self, grid: Grid, cell: Cell) -> _Piece:
        """A cell behind the heading of its column."""
        return self._behind(self._heading(grid, cell), cell)

    def _heading(self, grid: Grid, cell: Cell) -> str:
        top = next((c for c in grid.cells[:_HEADINGS] if c.column == cell.column), None)
        label = "" if top is None or top.row >= cell.row else self.words[top.start : top.end].replace("\n", " ").strip()
        # A long first cell is a value, not a heading.
        return label if len(label) <= 2 * _LABEL and not label.isdigit() else ""

    def _beside(self, grid: Grid, number: int) -> _Piece | None:
        """The cell to the right of one that is a label (a form rather than a list)."""
        cell = grid.cells[number]
        label = self.words[cell.start : cell.end].strip()
        following = grid.cells[number + 1 : number + 2]
        if len(label) > _LABEL or not following or following[0].row != cell.row:
            return None
        return self._behind(label, following[0])

    def _behind(self, label: str, cell: Cell) -> _Piece:
        head = f"{label.rstrip(': ')}: " if label else ""
        return _Piece(head + self.words[cell.start : cell.end], len(head), cell.start - len(head))


def _letter(column: int) -> str:
    """The letter of a column, as spreadsheets write it."""
    more, last = divmod(column, 26)
    return (_letter(more - 1) if more else "") + chr(65 + last)


def _best(found: list[Candidate]) -> list[Candidate]:
    """In order and without overlaps: the better score first, then the longer, then the earlier shape."""
    ranks = {id(shape): i for i, shape in enumerate(SHAPES)}
    kept: list[Candidate] = []
    cluster: list[Candidate] = []
    for one in sorted(found, key=lambda c: c.start):
        if cluster and one.start >= max(c.end for c in cluster):
            kept += _winners(cluster, ranks)
            cluster = []
        cluster.append(one)
    return kept + _winners(cluster, ranks)


def _winners(cluster: list[Candidate], ranks: dict[int, int]) -> list[Candidate]:
    won: list[Candidate] = []
    for one in sorted(cluster, key=lambda c: (-c.score, c.start - c.end, ranks[id(c.shape)])):
        if all(one.end <= other.start or one.start >= other.end for other in won):
            won.append(one)
    return sorted(won, key=lambda c: c.start)

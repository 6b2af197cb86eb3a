"""Tables typed as text: rows whose cells are parted by tabs, pipes, commas or spaces, in plain-text mails."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.facts.metric_headings import is_heading
from checker.reading import Passage, Reading
from checker.text import Cell, Grid, Text

_WIDE = "  "  # two blanks or more, in the text as written: columns lined up by hand
_SEPARATORS = ("\t", "|", _WIDE, ",", " ")
_DIGIT = re.compile(r"\d")
_FARTHEST_ROW = 5  # lines below a heading row: rules and empty lines may stand between
_RULE = re.compile(r"[\s|+:=_-]+")
_FEWEST_HEADINGS = 2
_MOST_ROWS = 500
_LONGEST_HEADING_LINE = 160


def read(reading: Reading) -> tuple[tuple[Passage, Grid], ...]:
    """The typed tables of the own text, each with a passage of its own, in order of place."""
    return tuple(
        (Passage(prose.of, grid.start, grid.end, prose.zone, "table"), grid)
        for prose in reading.prose
        for grid in find(prose)
    )


def find(passage: Passage) -> tuple[Grid, ...]:
    """The typed tables of a passage of prose, with cells in offsets of its matching text.

    A heading row of at least three cells, two of which name a metric or product, and rows with as many cells below it.
    """
    lines = list(_lines(passage)) if _DIGIT.search(passage.of.folded, passage.start, passage.end) else []
    figures = [_DIGIT.search(passage.of.folded, *line) is not None for line in lines]
    found: list[Grid] = []
    at = 0
    while at < len(lines):
        below = figures[at + 1 : at + 1 + _FARTHEST_ROW]
        rows = _rows(passage.of, lines[at : at + _MOST_ROWS], below) if any(below) else []
        if len(rows) > 1:
            found.append(_grid(rows))
            at += 1
            while at < len(lines) and lines[at][0] < found[-1].end:
                at += 1
        else:
            at += 1
    return tuple(found)


def _lines(passage: Passage) -> Iterator[tuple[int, int]]:
    text, at = passage.of.matching, passage.start
    while at < passage.end:
        end = text.find("\n", at, passage.end)
        end = passage.end if end < 0 else end
        yield at, end
        at = end + 1


def _rows(of: Text, lines: list[tuple[int, int]], figures_below: list[bool]) -> list[list[tuple[int, int]]]:
    """The cells of a table that begins in the first line. figures_below: whether the lines below it hold a digit."""
    start, end = lines[0]
    if not 5 < end - start < 400:
        return []
    text = of.folded
    line = text[start:end]
    for separator in _SEPARATORS:
        if separator == _WIDE:
            if not any(figures_below[:2]):
                continue
            cells = _wide_cells(of, start, end)
            if len(cells) < 3:
                continue
        elif line.count(separator) < 2 or not _may_go_on(text, line, lines, separator):
            continue
        else:
            cells = _cells(of, start, end, separator)
        known = sum(is_heading(text[a:b]) for a, b in cells)
        fewest = len(cells) - 1 if separator == " " else len(cells) // 2
        if len(cells) > 2 and known >= max(_FEWEST_HEADINGS, fewest) and not any(text[a:b].isdigit() for a, b in cells):
            return [cells, *_below(of, lines[1:], separator, len(cells))]
    return []


def _may_go_on(text: str, line: str, lines: list[tuple[int, int]], separator: str) -> bool:
    """For commas and spaces, which prose is full of: a short line, and one below it with as many and with digits."""
    if separator in "\t|":
        return True
    below = next((text[a:b] for a, b in lines[1:3] if a < b), "")
    return (
        len(line) <= _LONGEST_HEADING_LINE
        and below.count(separator) == line.count(separator)
        and _DIGIT.search(below) is not None
    )


def _below(of: Text, lines: list[tuple[int, int]], separator: str, width: int) -> Iterator[list[tuple[int, int]]]:
    text, blank = of.folded, False
    for start, end in lines:
        if not text[start:end].strip():
            # One empty line between rows is how some clients paste them.
            if blank:
                return
            blank = True
            continue
        if _RULE.fullmatch(text, start, end):
            continue
        cells = _cells(of, start, end, separator)
        if len(cells) != width and not (separator in "\t|" and 2 <= len(cells) <= width):
            return
        if not _DIGIT.search(text, start, end):
            return
        blank = False
        yield cells


def _wide_cells(of: Text, start: int, end: int) -> list[tuple[int, int]]:
    """Cells parted by gaps of two blanks or more. Matching text holds one blank for each gap; the source tells."""
    text = of.folded
    found, at = [], start
    if of.unchanged(start, end):
        return [(start, end)] if start < end else []
    blank = text.find(" ", start, end)
    while blank >= 0:
        a, b = of.readable(blank, blank + 1)
        if b - a > 1 and blank > at:
            found.append((at, blank))
            at = blank + 1
        blank = text.find(" ", blank + 1, end)
    return [*found, (at, end)] if at < end else found


def _cells(of: Text, start: int, end: int, separator: str) -> list[tuple[int, int]]:
    text = of.folded
    if separator == _WIDE:
        return _wide_cells(of, start, end)
    if separator == "|":
        line = text[start:end]
        start += len(line) - len(line.lstrip(" |"))
        end -= len(line) - len(line.rstrip(" |")) if line.rstrip().endswith("|") else 0
    cells, at = [], start
    for part in text[start:end].split(separator):
        lead = len(part) - len(part.lstrip())
        cells.append((at + lead, at + max(lead, len(part.rstrip()))))
        at += len(part) + 1
    return [c for c in cells if c[0] < c[1]] if separator == " " else cells


def _grid(rows: list[list[tuple[int, int]]]) -> Grid:
    cells = tuple(Cell(a, b, r, c, header=r == 0) for r, row in enumerate(rows) for c, (a, b) in enumerate(row))
    return Grid(cells[0].start, max(c.end for c in cells), cells)

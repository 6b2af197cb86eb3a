"""The same words in the plain copy of an HTML body, so that an edit covers both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from checker.text import Edit, Text

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CONTEXT = 12  # characters without white space that tell one place from another


class _Change(NamedTuple):
    """Readable [start, end) of the HTML becomes `words`."""

    start: int
    end: int
    words: str


def copy_edits(html: Text, plain: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits of the plain copy for edits of the HTML, where the words stand there at the corresponding place, once."""
    found: list[Edit] = []
    for change in _changes(html, edits):
        place = (
            _insertion(html.plain, plain, change) if change.start == change.end else _place(html.plain, plain, change)
        )
        if place and all(place[1] <= e.start or e.end <= place[0] for e in found):
            found.append(Edit("text", *place, change.words))
    return tuple(found)


def _changes(html: Text, edits: Sequence[Edit]) -> Iterator[_Change]:
    """Edits joined that a person reads as one: only tags lie between them."""
    held: _Change | None = None
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        start, end = _readable(html, edit)
        words = unescape(_BREAK.sub("\n", edit.text))
        if held and not html.plain[held.end : start].strip():
            held = _Change(held.start, max(held.end, end), held.words + words)
        else:
            if held:
                yield held
            held = _Change(start, end, words)
    if held:
        yield held


def _readable(html: Text, edit: Edit) -> tuple[int, int]:
    """The readable range of a source range."""
    touched = [s for s in html.segments if s.origin.start < edit.end and s.origin.end > edit.start]
    if not touched:
        before = [s for s in html.segments if s.origin.end <= edit.start and s.origin.end > s.origin.start]
        at = before[-1].end if before else 0
        return at, at
    first, last = touched[0], touched[-1]
    literal = [s.end - s.start == s.origin.end - s.origin.start for s in (first, last)]
    start = first.start + max(0, edit.start - first.origin.start) if literal[0] else first.start
    end = last.end - max(0, last.origin.end - edit.end) if literal[1] else last.end
    return start, end


def _place(read: str, plain: str, change: _Change) -> tuple[int, int] | None:
    words = read[change.start : change.end].strip()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    here, there = ([m.span() for m in pattern.finditer(text)] for text in (read, plain))
    if len(there) == len(here):
        nth = sum(end <= change.start for _, end in here)
        return there[nth] if nth < len(there) else None
    alike = [s for s in there if _before(plain, s[0]) == _before(read, change.start)]
    alike = alike or [s for s in there if _behind(plain, s[1]) == _behind(read, change.end)]
    return alike[0] if len(alike) == 1 else None


def _insertion(read: str, plain: str, change: _Change) -> tuple[int, int] | None:
    before, behind = _before(read, change.start), _behind(read, change.end)
    if not before or not behind:
        return None
    pattern = re.compile(r"\s*".join(map(re.escape, before)) + r"(\s*)" + r"\s*".join(map(re.escape, behind)))
    places = [m.start(1) for m in pattern.finditer(plain)]
    return (places[0], places[0]) if len(places) == 1 else None


def _before(text: str, at: int) -> str:
    return "".join(text[max(0, at - 3 * _CONTEXT) : at].split())[-_CONTEXT:]


def _behind(text: str, at: int) -> str:
    return "".join(text[at : at + 3 * _CONTEXT].split())[:_CONTEXT]

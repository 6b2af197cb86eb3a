"""Hits: the phrases of rules in the text, with who is to act, and whether they are meant."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from checker.facts.actors import read_actor
from checker.facts.kinds.asks import Deadline
from checker.facts.kinds.figures import Figure
from checker.facts.kinds.words import Hit
from checker.facts.lexicon import Lexicon, Match, Phrase, PhraseError, compile_lexicon
from checker.facts.manner import is_negated, is_quoted, is_soft
from checker.reading import Passage, Place, Reading
from checker.text import Span, Text

__all__ = ["Lexicon", "Phrase", "PhraseError", "compile_lexicon", "read"]

MOST_HITS = 600  # rules see 500; what is beyond is only counted
_REVIEW = re.compile(
    "评论|评价|差评|留言|原文|原话|译文|标题|买家|客户|review|comment|feedback|title|customer|buyer|message"
)
_AROUND = 240  # characters of a sentence that are looked at, each side of the phrase
_SENTENCE_END = re.compile(r"[。！？!?;；\n\t]|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[，,。！？!?;；:：\n\t（）()—–]|\.(?=\s|$)| - ")


def read(
    lexicon: Lexicon, reading: Reading, deadlines: tuple[Deadline, ...], figures: tuple[Figure, ...]
) -> tuple[Hit, ...]:
    """The phrases of all rules in subject and body, the own text first. () without phrases."""
    if lexicon.automaton is None:
        return ()
    passages = sorted((reading.subject, *reading.body), key=lambda p: p.zone != "own")
    definite = [d.place.span for d in deadlines if d.due is not None and not d.vague and not d.placeholder]
    marks = _Marks(tuple(definite), tuple(f.place.span for f in figures))
    return tuple(islice((_hit(p, m, marks) for p, m in _found(lexicon, passages)), MOST_HITS))


class _Marks(NamedTuple):
    """Where definite deadlines and figures stand."""

    deadlines: tuple[Span, ...]
    figures: tuple[Span, ...]


def _found(lexicon: Lexicon, passages: list[Passage]) -> Iterator[tuple[Passage, Match]]:
    matches: dict[Text, list[Match]] = {}
    for passage in passages:
        if passage.of not in matches:
            matches[passage.of] = lexicon.find(passage.of)
        for match in matches[passage.of]:
            if passage.start <= match.start and match.end <= passage.end:
                yield passage, match


def _hit(passage: Passage, match: Match, marks: _Marks) -> Hit:
    low = passage.of.folded
    sentence = _bounds(_SENTENCE_END, low, passage, match)
    clause = _bounds(_CLAUSE_END, low, passage, match)
    line = max(passage.start, match.start - _AROUND), min(passage.end, match.end + _AROUND)
    words = low[match.start : match.end]
    before, after = low[sentence[0] : match.start], low[match.end : sentence[1]]
    return Hit(
        place=passage.place(match.start, match.end),
        rule=match.rule,
        phrase=float(match.index),
        sentence=passage.of.matching[slice(*sentence)].strip(),
        actor=read_actor(before, words, after),
        negated=is_negated(low[clause[0] : match.start]),
        quoted=is_quoted(low[line[0] : match.start], words, low[match.end : line[1]]) or _in_review(passage, match),
        figure=_holds(passage.place(*clause), marks.figures),
        deadline=_holds(passage.place(*sentence), marks.deadlines),
        soft=is_soft(words, low[slice(*sentence)]),
    )


def _bounds(ends: re.Pattern[str], text: str, passage: Passage, match: Match) -> tuple[int, int]:
    """Where the sentence or clause around a match begins and ends; marks in the phrase itself belong to it."""
    start = max(passage.start, match.start - _AROUND)
    for m in ends.finditer(text, start, match.start):
        start = m.end()
    behind = ends.search(text, match.end, min(passage.end, match.end + _AROUND))
    stop = behind.end() if behind else min(passage.end, match.end + _AROUND)
    return start, match.end if ends.match(text, match.end - 1) else stop


def _in_review(passage: Passage, match: Match) -> bool:
    """Whether the phrase stands in a table under, or in a row that begins with, a title such as 评论内容 or Review."""
    if passage.where != "table":
        return False
    cells = next((grid.cells for grid in passage.of.tables if grid.start == passage.start), ())
    at = bisect_right(cells, match.start, key=lambda cell: cell.start) - 1
    if at < 0:
        return False
    here = cells[at]
    titles = [c for c in takewhile(lambda c: c.row == cells[0].row, cells) if c.column == here.column]
    titles += islice((c for c in reversed(cells[: at + 1]) if c.row == here.row and c.column == 0), 1)
    return any(c is not here and _REVIEW.search(passage.of.folded, c.start, c.end) for c in titles)


def _holds(place: Place, spans: tuple[Span, ...]) -> bool:
    here = place.span
    return any(s.of is here.of and s.start < here.end and here.start < s.end for s in spans)

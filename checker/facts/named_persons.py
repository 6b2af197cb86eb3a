"""Names that a person model finds beside what leads to a person: an order, a postal address, a telephone.

A model errs too often to decide alone (F of 0.68 to 0.74 for the published Chinese ones), so it is asked only about the
words around a value that is a leak already, and people of the mail and the company are no news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.budget import Budget
from checker.company import Company, Persons
from checker.facts.candidates import Candidate
from checker.presidio_pack.shape import Range, Shape
from checker.reading import Passage

ANCHORS = frozenset({"order", "address", "phone"})
MODEL_NAME = Shape("name", "contact", re.compile(r"(?!)"), 0.6)
_REACH = 100  # characters between a name and what it stands beside
_MOST = 40  # anchors of a passage around which the model is asked: a list of thousands is told by its columns
_LATIN = re.compile(
    r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’.-]*(?: [A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’.-]*){1,3}"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,8})*(?<![工总姐哥嫂叔姨])")
_WORD = re.compile(r"[a-z\u00c0-\u024f]+|[\u4e00-\u9fff]+")
_BLANK_LINE = re.compile(r"\n\s*\n")


def beside(
    passage: Passage, anchors: Iterable[Candidate], persons: Persons, known: frozenset[str], budget: Budget
) -> Iterator[Candidate]:
    """Names near the anchors in a passage, each once, in order. known: `words_of` the people who are no news."""
    text = passage.of.matching
    found: set[Range] = set()
    for anchor in sorted(anchors, key=lambda one: one.start)[:_MOST]:
        if budget.spent():
            budget.leave_out("names", "time")
            return
        low, high = _window(passage, anchor)
        for start, end in persons(text[low:high]):
            at, to = low + start, low + end
            if (at, to) not in found and _is_near(text, (at, to), anchor) and _is_news(text[at:to], known):
                found.add((at, to))
                yield Candidate(MODEL_NAME, at, to, MODEL_NAME.score, text[at:to], 0)


def people_words(names: Iterable[str], company: Company) -> frozenset[str]:
    """The words of the names of a mail's people and of the company's: what greets and signs is nobody's secret."""
    every = [*names, company.name, *(person.name for person in company.people)]
    return frozenset(word for name in every for word in _WORD.findall(name.lower()))


def _window(passage: Passage, anchor: Candidate) -> Range:
    """The lines within reach of an anchor: a model reads whole lines better than pieces."""
    text = passage.of.matching
    low, high = max(passage.start, anchor.start - _REACH), min(passage.end, anchor.end + _REACH)
    line, end = text.rfind("\n", max(passage.start, low - _REACH), low), text.find("\n", high, high + _REACH)
    return (line + 1 if line >= 0 else low), (min(end, passage.end) if end >= 0 else high)


def _is_near(text: str, name: Range, anchor: Candidate) -> bool:
    """Beside the anchor, not in it, and no blank line between."""
    start, end = (name[1], anchor.start) if name[1] <= anchor.start else (anchor.end, name[0])
    return 0 <= end - start <= _REACH and not _BLANK_LINE.search(text, start, end)


def _is_news(name: str, known: frozenset[str]) -> bool:
    """A full name (Sam, 张工 are none) of which not every word is one of the known people's."""
    if not (_LATIN.fullmatch(name) or _CHINESE.fullmatch(name)):
        return False
    return not all(_is_known(word, known) for word in _WORD.findall(name.lower()))


def _is_known(word: str, known: frozenset[str]) -> bool:
    return word in known or (word > "\u3000" and any(word in one or one in word for one in known if one > "\u3000"))

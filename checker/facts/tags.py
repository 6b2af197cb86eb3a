"""What a subject tag means: the policy's list, compounds of it (紧急补货), and the nearest known tag."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from checker.facts.topics import topic_of

_SLIP, _ALIKE = 0.8, 0.5  # ratios of difflib: a slip of the pen (Invoice and Notice have 0.77); one character of two
# Words of the trade that say something else than the known tag of one other character: 退货 is not meant as 补货.
_WORDS = frozenset(["退货", "换货", "退款", "催款", "报价", "询价", "议价", "索赔", "理赔", "采样"])
_REMEMBERED = 500  # tags
_JOINT = r"[\s/|、,·\-—_:&+]*"


def _spelt(word: str) -> str:
    if not word[-1].isascii():
        return re.escape(word)
    return rf"{re.escape(word)}{'s?' if len(word) > 3 else ''}(?![a-z])"


class Known(NamedTuple):
    """A known tag in the words of a tag: the tag as the policy writes it and its topic."""

    text: str
    topic: str


class TagList:
    """The policy's tags, ready for reading subjects."""

    def __init__(self, tags: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        self._known = {
            text.casefold(): Known(text, "" if topic == "general" else topic) for topic, texts in tags for text in texts
        }
        words = sorted(self._known, key=len, reverse=True)
        any_tag = "|".join(_spelt(w) for w in words) or r"(?!)"
        self._word = re.compile(any_tag)
        self._meant: dict[str, str | None] = {}  # people write the same wrong tag again and again
        self._compound = re.compile(rf"{_JOINT}(?:(?:{any_tag}){_JOINT})+")

    def read(self, value: str) -> tuple[Known, ...]:
        """The known tags that the words of a tag are made of; none when anything else stands in it."""
        folded = value.casefold().strip()
        if folded in self._known:
            return (self._known[folded],)
        parts = [p for p in re.split(r"[\s/|、,·—_:&+-]+", folded) if p in self._known]
        if parts:
            return tuple(self._known[p] for p in parts)
        if not self._compound.fullmatch(folded):
            return ()
        words = (m.group() for m in self._word.finditer(folded))
        return tuple(self._known.get(w) or self._known[w.removesuffix("s")] for w in words)

    def nearest(self, value: str) -> str | None:
        """The known tag that was probably meant: one slip away, of the same meaning, or of one other character."""
        folded = value.casefold().strip()
        if folded in (known := self._meant):
            return known[folded]
        meant = self._nearest(folded)
        # Never emptied, but exchanged: another thread may be reading it.
        self._meant = {**(known if len(known) < _REMEMBERED else {}), folded: meant}
        return meant

    def _nearest(self, folded: str) -> str | None:
        close = difflib.get_close_matches(folded, self._known, n=3, cutoff=_ALIKE)
        if close and difflib.SequenceMatcher(None, close[0], folded).ratio() >= _SLIP:
            return self._known[close[0]].text
        topic = topic_of(folded)
        ascii_only = folded.isascii()
        for known in self._known.values():
            if known.topic == topic != "" and known.text.isascii() == ascii_only:
                return known.text
        if ascii_only or folded in _WORDS:
            return None
        return next((self._known[c].text for c in close if not c.isascii()), None)


@lru_cache(maxsize=8)
def tag_list(tags: tuple[tuple[str, tuple[str, ...]], ...]) -> TagList:
    """The TagList of a policy, made once per policy."""
    return TagList(tags)


def of_policy(tags: Mapping[str, tuple[str, ...]]) -> TagList:
    """The TagList of the policy's [tags] (topic -> tag texts)."""
    return tag_list(tuple(tags.items()))

"""Where the sender's own words speak of an attachment, and whether they promise one with this very mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from checker.facts import mentions_en, mentions_zh
from checker.facts.kinds.attachments import Mention
from checker.reading import Passage, Reading

_END = re.compile(r"[。!?;\n\t]|\.(?=\s|$)|…{2}")
_NEAR = 70  # characters of a sentence that are looked at each side
_MOST = 500  # rules see no more of a kind
_REPLY = re.compile(r"\s*(?:re|aw|fwd?|回复|答复|回覆|转发)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)


def read_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Every mention in the subject (of a new mail) and the sender's own text, passage by passage."""
    answers = bool(reading.message.reply or _REPLY.match(reading.subject.matching))
    passages = reading.own if answers else reading.written
    found = (mention for passage in passages for mention in _in_passage(passage, answers))
    return tuple(islice(found, _MOST))


def _in_passage(passage: Passage, answers: bool) -> Iterator[Mention]:
    folded = passage.of.folded
    for start, end in mentions_zh.find(*passage.window):
        before, after = _around(passage, start, end)
        words = passage.of.matching[start:end]
        promised = mentions_zh.promised(words, before, after, answers=answers)
        if promised is not None:
            yield Mention(passage.place(start, end), promised and not _quoted(before))
    for start, end in mentions_en.find(folded, passage.start, passage.end):
        before, after = _around(passage, start, end)
        promised = mentions_en.promised(folded[start:end], before, after, answers=answers)
        yield Mention(passage.place(start, end), promised and not _quoted(before))


def _around(passage: Passage, start: int, end: int) -> tuple[str, str]:
    """The sentence before a mention and behind it, in lower case."""
    text = passage.of.folded
    before = text[max(passage.start, start - _NEAR) : start]
    after = text[end : min(passage.end, end + _NEAR)]
    stop = _END.search(after)
    begin = max((end.end() for end in _END.finditer(before)), default=0)
    return before[begin:], after[: stop.end()] if stop else after


def _quoted(before: str) -> bool:
    """Inside quotation marks: somebody else's words, or words spoken about."""
    opened = any(before.count(left) > before.count(right) for left, right in ("“”", "「」"))
    return opened or before.count('"') % 2 == 1

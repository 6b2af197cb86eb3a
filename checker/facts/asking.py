"""Where the text asks the reader to do something: 请…, 能否…, please …, Confirm …, a question."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from checker.facts import acts, askwords, orders, spots
from checker.reading import Passage, Reading


class Ask(NamedTuple):
    """Something asked. start..end: from the asking word to the end of its clause, within sentence_start..sentence_end.

    kind: asked (请, please), order (bare imperative), question.
    """

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    kind: str
    verb: str
    object: str
    specific: bool
    claim: bool

    def __repr__(self) -> str:
        """Without the words."""
        return f"<Ask {self.kind} {self.start}-{self.end}>"


Asks = tuple[tuple[Passage, tuple[Ask, ...]], ...]

# A full stop counts before white space only, see _sentences.
_SENTENCE_END = re.compile("[。！？!?;；\n\t.]")
# A comma within a number or a moment (1,200; Thursday, 12 March, 18:00) ends no clause.
_OF_MOMENT = (
    r"(?:\d{1,2}(?::\d\d| ?[ap]\.?m| (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|20\d\d(?!\d)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d)"
)
_CLAUSE_END = re.compile(rf"[,;|:](?:(?<!:)|(?<!\d:)|(?!\d))(?!(?<=\d,)\d{{3}}(?!\d))(?!(?<=[a-z\d],) {_OF_MOMENT})")
# 请尽快处理, 把主图换成附件这张: what to do stands behind the empty word.
_GOES_ON = re.compile(r"\s*(?:尽快|马上|今天|明天|先|并|同时|也)?[把将]")
_ANSWER = re.compile(r"\s*(?:re|aw|sv|antw|fwd?|fw|回复|答复|回覆|转发|转寄)\s*(?:\[\d+\])?\s*:")
_REACH = 200  # characters to either side that a sentence may take: nobody writes longer ones
_MOST = 500  # asks of a passage: rules see no more
_WANTED = ("盼", "望", "i need", "we need", "need", "your ", "look", "grateful for")  # an answer or a thing, no act
_ANNOUNCES = ("action ", "what ", "thing", "point", "item", "here")  # asking words that a list may follow
_BULLET = re.compile(
    r"\s*(?:[-*•·>]+\s*|[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-e])\s?[.、)](?!\d)\s*|[①-⑩]\s*)+"
)
_POLITE_END = re.compile(
    r"(?:好|怎么样|身体|最近|近来|周末|假期)[^?]{0,6}吗\??$|how are you|how(?:'s| is) (?:it|everything)|hope (?:you"
    r"|this)|right\?$|isn'?t it|对吧|是吧"
)
_QUESTION_WORD = re.compile(
    r"(?:吗|呢|没有|不)[\s~]*$|请问|什么时候|何时|几号|多久|多少|哪[天个些]|为什么|为何|怎么|是否|有没有|能不能"
    r"|(?<![a-z])(?:when|what|which|where|why|how|who|is|are|do|does|did|can|could|has|have|will|would|should|shall"
    r"|may|any|let['’]?s|works for you)(?![a-z])"
)
_QUOTE = re.compile(r"[“\"「『][^”\"」』\n]{0,200}[”\"」』]")


def read(reading: Reading) -> Asks:
    """What subject and own text ask of the reader, by passage. The subject of an answer is the thread's own."""
    answer = _ANSWER.match(reading.subject.of.folded)
    return tuple((passage, find(passage)) for passage in (reading.own if answer else reading.written))


def find(passage: Passage) -> tuple[Ask, ...]:
    """What a passage asks of its reader, at most one ask for a clause."""
    if passage.zone != "own":
        return ()
    return tuple(islice(_asks(passage), _MOST))


def _asks(passage: Passage) -> Iterator[Ask]:
    text = passage.of.folded
    en = spots.words(text, askwords.EN_KEYS, passage.start, passage.end)
    zh = [] if text.isascii() else [m.start() for m in askwords.ZH_SPOT.finditer(text, passage.start, passage.end)]
    for start, end in _sentences(text, passage.start, passage.end):
        near = (_between(zh, start, end), _between(en, start - 1, end))
        yield from _in_sentence(text, start, end, near)


def _between(marks: list[int], start: int, end: int) -> list[int]:
    return marks[bisect_left(marks, start) : bisect_left(marks, end)] if marks else marks


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _SENTENCE_END.finditer(text, start, end):
        stop = m.end()
        if m.group() == "." and stop < end and not spots.ends_sentence(text, stop):
            continue
        if stop - at > 1:
            yield at, stop
        at = stop
    if end - at > 1:
        yield at, end


def _in_sentence(text: str, start: int, end: int, marks: tuple[list[int], list[int]]) -> Iterator[Ask]:
    bullet = _BULLET.match(text, start, end)
    head = bullet.end() if bullet else start
    while head < end and text[head].isspace():
        head += 1
    asking = "?" in text[max(start, end - 4) : end] or _ends_asking(text, start, end)
    if not (asking or marks[0] or marks[1] or orders.may_stand(text, head, end)):
        return
    done = head
    for a, b in _clauses(text, head, end):
        if a < done:
            continue
        here = (_between(marks[0], a, b), _between(marks[1], a - 1, b))
        near, far = max(start, a - _REACH), min(end, b + _REACH)
        ask = _marked(text, near, a, b, far, here) or _order(text, near, a, b, far, head=a == head)
        if ask and ask.start >= done:
            done = ask.end
            yield ask
    if asking and done == head:
        yield from _question(text, head, end)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _CLAUSE_END.finditer(text, start, end):
        yield at, m.start()
        at = m.end()
    yield at, end


def _quoted(text: str, start: int, at: int, end: int) -> bool:
    """Whether `at` stands between quotation marks of the same sentence."""
    if not any(q in text[start:at] for q in '“"「『'):
        return False
    return any(q.start() < at < q.end() for q in _QUOTE.finditer(text, start, min(end + 40, len(text))))


def _marked(text: str, start: int, a: int, b: int, end: int, marks: tuple[list[int], list[int]]) -> Ask | None:
    """An ask by an asking word in the clause a..b of the sentence start..end."""
    m = askwords.first(text, start, a, b, marks)
    if m is None or _quoted(text, start, m.start(), end):
        return None
    if text[b : b + 1] == "," and text[m.end() : b].endswith(("前", "内")):
        b = _next_clause_end(text, b, end)  # 请在周四前, 把PO发我
    if m.group().startswith(_ANNOUNCES) and text[b : b + 1] == ":":
        b = end  # “Action required: …”, “What I'd like from you: …”: what follows is meant
    trailing = not text[m.end() : b].strip(" \n\t.。!?~")  # “confirm it today please”: the whole clause asks
    if trailing:
        if not text[a : m.start()].strip():  # “… by Thursday, please.”: the clause before asks
            a = max((stop.end() for stop in _CLAUSE_END.finditer(text, start, max(start, a - 1))), default=start)
        begin = _stripped(text, a, m.start())
        return _ask(text, begin, b, start, end, "asked", begin)
    ask = _ask(text, m.start(), b, start, end, "asked", m.end())
    if not ask.specific and _GOES_ON.match(text, b + 1, end):
        b = _next_clause_end(text, b, end)
        ask = _ask(text, m.start(), b, start, end, "asked", m.end())
    return ask


def _next_clause_end(text: str, b: int, end: int) -> int:
    """Where the clause behind the one that ends at b ends."""
    return next((stop.start() for stop in _CLAUSE_END.finditer(text, b + 1, end)), end)


def _stripped(text: str, a: int, b: int) -> int:
    return a + len(text[a:b]) - len(text[a:b].lstrip(" \t\n"))


def _order(text: str, start: int, a: int, b: int, end: int, *, head: bool) -> Ask | None:
    begin = orders.first(text, start, a, b, head=head)
    if begin is None or _quoted(text, start, begin, end):
        return None
    return _ask(text, begin, b, start, end, "order", begin)


def _ends_asking(text: str, start: int, end: int) -> bool:
    return not text.isascii() and text[max(start, end - 6) : end].rstrip("~。. \n\t").endswith(("吗", "呢"))


def _question(text: str, start: int, end: int) -> Iterator[Ask]:
    words = text[start:end].strip()
    if (
        len(words) < 4
        or _POLITE_END.search(words)
        or askwords.tells_third(words[:20])
        or _quoted(text, start, end - 2, end)
    ):
        return
    if not text.isascii() or _QUESTION_WORD.search(words):
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        yield Ask(
            begin, start + len(text[start:end].rstrip()), start, end, "question", "answer", words[:40], True, False
        )


def _ask(text: str, begin: int, b: int, start: int, end: int, kind: str, rest: int) -> Ask:
    stop = begin + len(text[begin:b].rstrip(" \t\n。.!?！？;；"))
    act = acts.read(text[rest:stop], text[start:begin])
    if text[begin:rest].startswith(_WANTED):
        act = act._replace(specific=True)  # an answer or a thing is wanted: that is concrete
    claim = acts.CLAIM.search(text, start, end) is not None
    return Ask(begin, max(stop, begin + 1), start, end, kind, act.verb, act.object, act.specific, claim)

"""Whether background, request and time are there in substance."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.facts import limits
from checker.facts.kinds.asks import Deadline, Request
from checker.facts.kinds.mail import Structure
from checker.facts.spots import holds
from checker.reading import Passage, Place, Reading

_HEADING = re.compile(
    r"(?:^|\n)\s*(?:[-*•#【(\[]|\d[.、])?\s*(?:[sbar]\s?[-:.(]\s?)?"
    r"(?P<name>situation|background|assessment|recommendation|现状|情况|背景|评估|分析|建议)"
    r"(?:说明|描述|介绍| summary)?\s?[】)\]]?\s?(?::|-|\n|$)"
)
_NAMES_OF_PARTS = (
    *("situation", "background", "assessment", "recommendation"),
    *("现状", "情况", "背景", "评估", "分析", "建议"),
)
_PARTS = {
    "现状": "situation",
    "情况": "situation",
    "背景": "background",
    "评估": "assessment",
    "分析": "assessment",
    "建议": "recommendation",
}
_CUT = re.compile(r"[。！？!?;；\n\t,:.](?:(?<!\.)|(?=\s|$))")
# Words that carry no background: greetings, thanks, wishes, offers of contact, what a line is about.
_COURTESY = re.compile(
    r"您好|你好|大家好|早上好|下午好|晚上好|hello|(?<![a-z])(?:hi|hey|dear|thanks?|thank you|regards"
    r"|best(?=,| wishes| regards|\s*$)|cheers"
    r"|sincerely|good (?:morning|afternoon|day|evening)|hope (?:you|this)|looking forward)(?![a-z])"
    r"|谢谢|感谢|多谢|辛苦|祝|顺颂|此致|敬礼|如有|若有|随时联系|期待|盼复|麻烦了|拜托|合作愉快|打扰|冒昧|我是"
    r"|this is [a-z]+ from|if you have any|any questions|feel free|let (?:me|us) know|please find|attached is"
    r"|请?(?:见|查收|查看|参阅|详见)附件|知悉|see attach"
)
_QUESTION = re.compile(
    r"什么|[哪几谁]|多少|多久|怎么|是否|是不是|能否|可否|吗|呢|(?<![a-z])(?:how|what|when|which|who|why|can|could|will|would|is|are|do|does|did|any)(?![a-z])"
)
_ABOUT = re.compile(r"^\s*(?:关于|有关|主题|re:|about|regarding|subject)")
_CAUSE = re.compile(r"因为|由于|鉴于|因(?=[^此而])|because|due to|since the|as the|owing to")
_NO_SUBSTANCE = re.compile(
    r"[^\u4e00-\u9fffa-z]|[年月日号点时分前内周之以请您你的了吧]|(?<![a-z])(?:asin|sku|fba|b0[a-z0-9]{4,10}|am|pm|by"
    r"|the|a|on|at)(?![a-z])"
)
_LATIN_WORD = re.compile(r"(?<![a-z0-9])[a-z]{2,}(?![a-z0-9])")
_NUMBER = re.compile(
    r"(?<![a-z0-9])\d+(?:[.,]\d+)*\s?(?:%|件|个|天|箱|套|台|usd|\$|元|万|k|pcs|units?|days?|星|单|/|kg|cbm)"
)
_NAMES = re.compile(r"(?<![a-z0-9])(?=[a-z0-9]*[a-z])[a-z0-9-]{5,}")
_DATED = re.compile(r"\d\s?[/月]\s?\d{1,2}(?!\d|[日号]?\s?(?:之|以)?[前内])")
_LONG = 80  # characters of a dictated line that greets and tells in one breath
_LEAST_CHINESE, _LEAST_LATIN = 4, 4  # characters and words that a statement has at least


def read(reading: Reading, requests: tuple[Request, ...], deadlines: tuple[Deadline, ...]) -> Structure:
    """The parts of background, request and time that the own text has; a vague or open time counts as time."""
    headings = _headings(reading.prose)
    return Structure(
        place=_whole(reading),
        background=bool(headings & {"situation", "background"}) or _has_background(reading, requests),
        request=bool(requests),
        timeline=any(d.asked for d in deadlines),
        sbar=len(headings) >= 3,
    )


def _whole(reading: Reading) -> Place:
    """All of the own text, without the white space around it; the subject when nothing is written."""
    if not reading.own:
        return reading.subject.place(reading.subject.start, reading.subject.end)
    passage = next((p for p in reading.own if p.matching.strip()), reading.own[0])
    words = passage.matching
    start = passage.start + len(words) - len(words.lstrip())
    return passage.place(start, max(start, passage.start + len(words.rstrip())))


def _headings(prose: Iterable[Passage]) -> set[str]:
    named = (p for p in prose if holds(p.of.folded, _NAMES_OF_PARTS, p.start, p.end))
    return {_PARTS.get(m["name"], m["name"]) for p in named for m in _HEADING.finditer(p.of.folded, p.start, p.end)}


def _has_background(reading: Reading, requests: tuple[Request, ...]) -> bool:
    """A table, or a statement of fact beside what is asked."""
    return any(p.where == "table" for p in reading.own) or any(_states(p, requests) for p in reading.prose)


def _states(passage: Passage, requests: tuple[Request, ...]) -> bool:
    """Whether something is stated between what is asked, or a cause given within."""
    text, at = passage.of.folded, passage.start
    asked = sorted(_asked(r) for r in requests if r.place.span.of is passage.of)
    for start, end in asked:
        if passage.start <= start < passage.end:
            if _CAUSE.search(text, start, end) or _any_statement(text, at, start):
                return True
            at = max(at, end)
    return _any_statement(text, at, passage.end)


def _asked(request: Request) -> tuple[int, int]:
    """Where it is asked: of a question what stands behind its last comma, for what leads up to it may tell facts."""
    span = request.place.span
    start, end = span.of.matching_at(span.start), span.of.matching_at(span.end)
    comma = span.of.folded.rfind(",", start, end) if request.verb == "answer" else -1
    return (start if comma < 0 or _QUESTION.search(span.of.folded, start, comma) else comma + 1), end


def _any_statement(text: str, start: int, end: int) -> bool:
    at = start
    for m in _CUT.finditer(text, start, end):
        if _is_statement(text[at : m.start()]):
            return True
        at = m.end()
    return _is_statement(text[at:end])


def _is_statement(clause: str) -> bool:
    """Whether a clause tells something: not a courtesy, a label of a time or a product's name."""
    courteous = len(clause) < _LONG and _COURTESY.search(clause)
    if len(clause) < 3 or courteous or _ABOUT.match(clause) or limits.LABEL.match(clause.lstrip()):
        return False
    if _NUMBER.search(clause) and not limits.BY_AFTER.search(clause):
        return True
    chinese = sum(1 for c in _NO_SUBSTANCE.sub("", clause) if c > "z")
    if chinese >= 2 and clause.rstrip().endswith("了"):  # 断货了
        return True
    if chinese == _LEAST_CHINESE - 1 and (_NAMES.search(clause) or _DATED.search(clause)):
        return True  # B08XYZ1234被跟卖, 3/16能交货
    return chinese >= _LEAST_CHINESE or len(_LATIN_WORD.findall(clause)) >= _LEAST_LATIN

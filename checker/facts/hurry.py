"""Times in words (尽快, ASAP) and times left open (XX前): where the reader is given no day to go by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from checker.facts import limits, spots
from checker.facts.asking import Ask
from checker.reading import Passage


class Vague(NamedTuple):
    """尽快 or ASAP asked of the reader. soft: softened, or polite in itself."""

    start: int
    end: int
    soft: bool


_SOFT_ZH = (
    "(?:(?:有空|得空|有时间|空闲)了?(?:的时候|时|的话|之?余)?|(?<=[您你])方便(?=[,的时看回确])(?:的时候|时|的话)?"
    "|(?<=[,。])空了(?:的时候)?|闲下来(?:的时候|时|了)?|忙完(?:了|后|之后)?(?=[回发给看批审定签弄处再,])|抽个?时间(?=[看回发确弄处,])"
    "|(?:过两天|改天|回头)(?=[发给回])|时间[您你](?:来)?定|慢慢来"
    "|手头(?:没那么忙|不那么忙|不忙|松|空|闲)[^,。]{0,5}(?:的时候|时|了|的话)?|不(?:那么)?忙(?:的时候|时|的话)"
    "|方便(?:的时候|时(?!间)|的话)|不着?急|抽空|闲暇时?)"
)
_SOFT_EN = (
    r"(?:when(?:ever)? (?:you|u) (?:have|get|find) (?:time|a (?:moment|minute|chance|sec)|some time)"
    r"|when(?:ever)? (?:it(?:'s| is) )?(?:convenient|you(?:'re| are) free|you can|possible)"
    r"|(?:once|when) (?:things|it|work) (?:calms?|slows?|quiets?|settles?|quietens?) down(?: a (?:bit|little))?"
    r"|at your (?:earliest |soonest )?(?:convenience|convenient time)|no (?:rush|hurry)"
    r"|whenever (?:it )?suits(?: you)?"
    r"|(?:once|as soon as) (?:you|u) (?:have|get|find) (?:time|a (?:moment|minute|chance|sec))"
    r"|at some (?:point|time)(?! in| on| of)|when (?:you|u) get around to (?:it|this)"
    r"|any ?time is (?:fine|ok|good)|if you (?:have|get) (?:time|a moment|a chance))"
)
_HARD_ZH = (
    "(?:越快越好|越早越好|越[快早][给发回]我?越好|早一点(?=[给发回])|尽可能快|尽快|尽早|尽速|从速|抓紧(?:时间)?|赶紧|赶快|马上|立马|立即|立刻|火速|第一时间|近期"
    "|(?<![尽加赶很更较最不凉愉飞轻极])快(?=点?(?:处理|看|查|回|发|弄|搞|安排|确认|补|解决)(?:一?下)?)|近日|早日|早点|及时|速(?=回|复|处|办)|这两天|这几天|过几天)"
)
_HARD_EN = (
    r"(?:as (?:soon|quick(?:ly)?|early|fast) as (?:possible|you can|u can)|asap|a\.s\.a\.p\.?|soon(?:est)?|shortly"
    r"|urgently|immediately|right away|right now|at once|promptly|quickly|in due course|without delay"
    r"|at the (?:very )?earliest(?! (?:on|in|by|possible date))|in a timely (?:manner|fashion)"
    r"|(?:the )?sooner (?:the better|is better|rather than later))"
)
_VAGUE = re.compile(
    rf"(?P<soft>{_SOFT_ZH}|(?<![a-z]){_SOFT_EN}(?![a-z]))(?:,?\s?(?:请|麻烦)?{_HARD_ZH})?|(?P<hard>{_HARD_ZH}"
    rf"|(?<![a-z]){_HARD_EN}(?![a-z]))"
)
_MOST = 20  # words of hurry in a sentence: more say no more
_NEXT = 40  # characters that such words take
# Words that may stand in a sentence of their own, away from what is asked.
_APART_KEYS = (
    "有空",
    "得空",
    "手头",
    "忙的时候",
    "有时间",
    "方便",
    "不急",
    "尽快",
    "越快",
    "asap",
    "sooner",
    "when you",
    "whenever",
    "convenience",
    "no rush",
    "any time",
)
_NOT = re.compile(
    r"(?:不用|不必|无需|无须|不需要?|不要求|别|并非|不是|no need to|not|don'?t|doesn'?t have to be"
    r"|needn'?t)[^,。]{0,6}$"
)
_NOT_TIME = re.compile(r"(?:方便)(?=的话?(?:说|讲)|吗|我|大家|后续|查)|近期(?=的|销|内?销|内?日)")
_SELF = re.compile(
    r"(?<![给发回告诉帮])(?:我们|我方|我司|我(?!要|需|等|希)|这边)[^,。]{0,8}$|(?:会|将|已|正在?)\s?$|(?<![a-z])(?:i"
    r"|we|it|they|he|she|which|that)(?:'ll| will|'m| am|'re| are| is| have| can| could| might| may)[^,.]{0,16}$"
    r"|(?<![a-z])(?:will|is|are|was|because|since|expected to)(?: be| \w+)? [^,.]{0,12}$"
)
_SOFTENER = re.compile(rf"{_SOFT_ZH}|{_SOFT_EN}|(?:if possible|方便的话|如果可以|可以的话)")

_X = r"(?:[x×○●〇_＿*?]{1,8}|\.{3,}|…+|某)"
_OPEN = re.compile(
    rf"(?:(?<![a-z0-9]){_X}\s?年\s?)?(?<![a-z0-9])(?:{_X}\s?月\s?(?:{_X}|\d{{1,2}})\s?[日号]"
    rf"|\d{{1,2}}\s?月\s?{_X}\s?[日号]|{_X}\s?[/]\s?{_X}(?![a-z0-9])|周{_X}|星期{_X}"
    r"|(?:[x×○●〇]{2,4}|[_＿]{1,8})(?:\s?[日号点时])?(?=\s?(?:之|以)?前))"
    rf"(?:\s?{_X}\s?[:点时]\s?(?:{_X})?)?"
    r"|(?<=by )(?:x{2,}|_{2,}|tbd|\?{2,})(?![a-z])"
    r"|(?:截止(?:时间|日期)|deadline|ddl|due(?: date)?|回复时间)\s?[:\t]\s?(?P<tbd>tbd|待定|x{2,}|_{2,})"
)
_BRACKET = re.compile(
    r"[\[<{【《]{1,2}\s?(?:日期|时间|截止(?:时间|日期)|date|time|deadline|day|due date|xx"
    r"|yyyy-mm-dd|mm/dd|dd/mm)\s?[\]>}】》]{1,2}"
)
_OPEN_KEYS = ("xx", "by __", ":_", ": _", "tbd", "by ??")
_ZH_OPEN_KEYS = (
    "x月", "x日", "月x", "周x", "×", "○", "●", "〇", "_月", "月_", "*月", "某", "待定", "…月", "...月", "月..", "月…",
    "_前", "_日",
)  # fmt: skip
_BRACKET_KEYS = ("[", "<", "{", "【", "《")


def find_vague(passage: Passage, asks: tuple[Ask, ...]) -> Iterator[Vague]:
    """Vague times that are asked of the reader: in a sentence that asks, or alone in another (“ASAP!”)."""
    text, done = passage.of.folded, passage.start
    if not asks:
        return
    windows = [(ask.sentence_start, ask.sentence_end) for ask in asks]
    apart = islice(spots.words(text, _APART_KEYS, passage.start, passage.end), _MOST)
    windows += [(at - 2, at + _NEXT) for at in apart]
    for start, end in sorted(windows):
        for m in islice(_VAGUE.finditer(text, max(done, start), min(passage.end, end)), _MOST):
            if not _NOT_TIME.match(text, m.start()) and _wanted(m, passage, asks):
                yield Vague(m.start(), m.end(), _is_soft(m, passage))
        done = max(done, end)


def _wanted(m: re.Match[str], passage: Passage, asks: tuple[Ask, ...]) -> bool:
    c = limits.clause(passage, m.start(), m.end())
    if _NOT.search(c.before):
        return False
    own = [a for a in asks if a.start < c.end and a.end > c.start]
    if own:
        after_mark = own[0].start <= m.start()
        return (own[0].kind != "question" or bool(m["soft"])) and not _SELF.search(
            c.before[max(0, own[0].start - c.start) if after_mark else 0 :]
        )
    if m["soft"] and _TO_READER.fullmatch(c.before) and not _THINGS.search(c.after):
        return True
    if _SELF.search(c.before) or not _ALONE.fullmatch(c.before + c.after):
        return False
    return any(c.sentence_start <= a.start < c.sentence_end for a in asks) or (m["hard"] is not None and bool(asks))


_TO_READER = re.compile(r"\s*(?:等|就|也|都|看|哪天|什么时候|[您你]们?|[,\s])*")
_THINGS = re.compile(r"(?:联系|来电|打扰|(?<![回发给诉])我|we |i )")
_ALONE = re.compile(
    r"(?:请|麻烦|要|需|,|的?时候?|的话|也行|即可|就行|最好|谢谢|哈|哦|啊|thanks?|thank you|please|pls|very|is fine"
    r"|would be (?:really |much |very )?(?:great|lovely|nice|good|perfect|ideal|helpful|appreciated)|is better"
    r"|(?:timeline|time|when|deadline|时间|截止时间|期限) ?:"
    r"|再?[回发给]我(?:一声|一下|个信)?|就好|也可以|都行|都可以"
    r"|[\s!.~。:-])*"
)


def _is_soft(m: re.Match[str], passage: Passage) -> bool:
    if m["soft"]:
        return True
    c = limits.clause(passage, m.start(), m.end())
    return _SOFTENER.search(passage.of.folded, c.sentence_start, c.sentence_end) is not None


def find_open(passage: Passage) -> Iterator[tuple[int, int]]:
    """Times left open: XX前, X月X日, [date], 截止时间: 待定."""
    text = passage.of.folded
    for at in _spots(_BRACKET_KEYS, passage):
        m = _BRACKET.match(text, at, passage.end)
        if m and _is_time(m, passage):
            yield m.span()
    keys = _OPEN_KEYS if text.isascii() else (*_OPEN_KEYS, *_ZH_OPEN_KEYS)
    for m in spots.search(_OPEN, text, _spots(keys, passage), (passage.start, passage.end, 16, 24)):
        if m["tbd"] or _is_time(m, passage):
            yield m.start("tbd") if m["tbd"] else m.start(), m.end()


def _spots(keys: tuple[str, ...], passage: Passage) -> list[int]:
    return spots.words(passage.of.folded, keys, passage.start, passage.end)


def _is_time(m: re.Match[str], passage: Passage) -> bool:
    """Whether 前 or “by” beside the blank says that a time stands for it."""
    before = m.string[max(passage.start, m.start() - 14) : m.start()]
    return bool(limits.BY_AFTER.match(m.string, m.end()) or _TIME_BEFORE.search(before))


_TIME_BEFORE = re.compile(r"(?:by|before|于|在|截止|:)\s?$")

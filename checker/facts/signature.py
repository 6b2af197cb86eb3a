"""The signature: whether it says who writes, in what position, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from checker.facts.kinds.mail import Signature
from checker.facts.kinds.people import Person
from checker.facts.names import CHINESE_NAME, latin_words
from checker.reading import Passage, Place, Reading

_TAIL = 8  # lines of own text that may be a signature no zone was found for
_LONG = 60  # a longer line is a sentence, not a signature's line
_MOST = 40  # lines of a signature zone that are read, and
_WIDEST = 200  # characters of each: pictures' texts and pasted pages are no signature
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[。?？]|[a-z]{2}\.(?:\s|$)|[请您你](?!好)|\b(?:please|you|your)\b", re.IGNORECASE)
_SEGMENTS = re.compile(r"[\s|/,;:·•\-\u2013\u2014_()\[\]【】「」<>~*]+")
_COMPANY = re.compile(
    r"[^\s|,;:/]*(?:公司|集团|工厂|商行)"
    r"|[A-Z][\w&.' -]*(?:Co\.?,?\s*Ltd|Ltd|Inc|LLC|Limited|GmbH|Corp|Group)(?![a-z])\.?"
)
_CHINESE_TITLE = re.compile(
    r"助理|专员|经理|主管|总监|主任|[组部店课科院处]长|工程师|会计|出纳|跟单|设计师|美工|代表|总裁|董事|创始人|负责人|顾问"
    r"|实习生|管理员|文员|秘书|买手|法务|律师"
    # Also names of departments and firms: there they are no title.
    r"|(?:运营|采购|财务|物流|客服|销售|业务|市场|推广|人事|行政|仓管|仓储|质检|产品|广告|投手|外贸|编辑|翻译)"
    r"(?!部|中心|团队|组|有限|公司|集团)"
)
_TITLES = frozenset(
    "assistant manager specialist executive director supervisor coordinator lead leader head officer buyer purchaser "  # noqa: SIM905
    "merchandiser engineer analyst accountant consultant representative intern president founder associate designer "
    "planner administrator operator clerk secretary ceo coo cfo cto vp owner partner".split()
)
# A title on their own, but not in front of Department, Team or Co.
_FIELD = re.compile(
    r"(?<![a-z])(?:operations?|logistics|sales|marketing|purchasing|procurement|sourcing|finance|accounting)"
    r"(?![a-z]|\s+(?:dep|team|cent|group|co(?![a-z])))"
)
_WORD = re.compile(r"[a-z]+")
_CJK = re.compile("[\u4e00-\u9fff]")
_CONTACT = re.compile(
    r"(?<![a-z0-9])x[. ]?\d{3,5}(?!\d)"
    r"|[\w.+%-]{1,64}@[\w-]+\.\w|\+?\d[\d\s()*.-]{5,25}[\d*]|(?:ext|分机|短号|内线)\W{0,3}\d{2,}|\d{2,}\s?(?:分机|短号)"
    r"|(?:微信|wechat|wx|weixin|qq|skype|whatsapp|teams|line|飞书|钉钉|企微|企业微信)(?:号|id)?\s*[:#]?\s*"
    r"[A-Za-z0-9+][\w.+-]{3,}",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?|\d{1,2}:\d\d(?::\d\d)?")
_CAPITALISED = re.compile(r"[A-Z][a-z'-]+(?:[ .]+[A-Z][A-Za-z'-]*){0,3}|[A-Z]{2,}[ ,]+[A-Z][a-z]+")
# Courtesies and words that begin with a surname's character or a capital and are no names.
_NO_NAME = re.compile(
    r"谢谢|祝|安好|多谢|此致|敬礼|顺颂|商祺|高级|文员|管理|关于|方便|[省市县区路街]$|电话|邮箱|手机|地址|部$"
    r"|(?<![A-Za-z])(?:regards?|thanks?|thank|best|kind|sincerely|cheers|yours|faithfully|warm|many|looking|sent|from|hi|hello"
    r"|dear|mobile|phone|tel|email|address|china|shenzhen|department|dept|team|all|note|wechat)(?![A-Za-z])",
    re.IGNORECASE,
)


class _Block(NamedTuple):
    """The lines that may be the signature, with the place to point at."""

    lines: tuple[str, ...]
    place: Place
    zoned: bool


def read(reading: Reading, sender: Person) -> Signature:
    """What the signature says: that of the signature zone together with the last lines of the own text.

    present: there is a signature zone, or the own text ends with a name beside a title or a contact.
    """
    block = _block(reading)
    lines = tuple(_DATE.sub(" ", line) for line in block.lines)
    spelt = (*latin_words(sender.name), *latin_words(sender.address.partition("@")[0]))
    own = frozenset(word for word in spelt if len(word) > 2)
    name = any(_has_name(line, sender, own) for line in lines)
    title = any(_has_title(line) and _has_title(_COMPANY.sub(" ", line)) for line in lines)
    contact = any(_CONTACT.search(line) for line in lines)
    return Signature(block.place, block.zoned or (name and (title or contact)), name, title, contact)


def _block(reading: Reading) -> _Block:
    tail = _tail(reading.prose)
    lines = tuple(m[2] for m in tail)
    zoned = [p for p in reading.signature if p.matching.strip()]
    if zoned:
        cells = (line.strip() for p in zoned for line in re.split(r"[\n\t]", p.matching[: _MOST * _WIDEST]))
        below = tuple(line[:_WIDEST] for line in cells if line)
        return _Block(lines[-2:] + below[:_MOST], zoned[0].place(*_trimmed(zoned[0])), zoned=True)
    if tail:
        last = tail[-1]
        return _Block(lines, last[3].place(last[0], last[1]), zoned=False)
    return _Block((), _end(reading), zoned=False)


def _tail(prose: Iterable[Passage]) -> list[tuple[int, int, str, Passage]]:
    """The last short lines of the own text, in order: (start, end, line, passage)."""
    found: list[tuple[int, int, str, Passage]] = []
    for passage in reversed(tuple(prose)):
        start = max(passage.start, passage.end - _TAIL * _LONG * 2)
        for m in reversed(list(_LINE.finditer(passage.of.matching, start, passage.end))):
            line = m[0].strip()
            if not line:
                continue
            if len(found) == _TAIL or len(line) > _LONG or _SENTENCE.search(line):
                return found[::-1]
            at = m.start() + m[0].index(line[0])
            found.append((at, at + len(line), line, passage))
    return found[::-1]


def _trimmed(passage: Passage) -> tuple[int, int]:
    text = passage.matching
    start = passage.start + len(text) - len(text.lstrip())
    return start, max(start, passage.end - (len(text) - len(text.rstrip())))


def _end(reading: Reading) -> Place:
    """The last line of the own text; the subject where there is none."""
    for passage in reversed(reading.own):
        start, end = _trimmed(passage)
        if end > start:
            return passage.place(max(start, passage.of.matching.rfind("\n", start, end) + 1), end)
    return reading.subject.place(reading.subject.start, reading.subject.end)


def _has_title(line: str) -> bool:
    low = line.lower()
    if not _TITLES.isdisjoint(_WORD.findall(low)) or _FIELD.search(low):
        return True
    return _CJK.search(line) is not None and _CHINESE_TITLE.search(line) is not None


def _has_name(line: str, sender: Person, own: frozenset[str]) -> bool:
    """own: the words of the sender's name and address."""
    if sender.name and sender.name.lower() in line.lower() and "@" not in sender.name:
        return True
    segments = [s for s in _SEGMENTS.split(line) if s]
    if _CJK.search(line) and any(
        CHINESE_NAME.fullmatch(s) and not _NO_NAME.search(s) and not _has_title(s) for s in segments
    ):
        return True
    return _has_latin_name(line, segments, own)


def _has_latin_name(line: str, segments: Iterable[str], own: frozenset[str]) -> bool:
    if any(s.lower() in own for s in segments) and "@" not in line:
        return True
    parts = [part.strip() for part in re.split(r"[|/,\t(]|\s-\s", _COMPANY.sub(" ", line)) if part.strip()]
    return any(_CAPITALISED.fullmatch(p) and not _NO_NAME.search(p) and not _has_title(p) for p in parts)

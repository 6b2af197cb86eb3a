"""机密, 内部, internal only: where a mail says that it is not for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from checker.facts.kinds.words import Mark
from checker.message import Attachment
from checker.reading import Passage, Place, Reading

_HEAD = 240  # characters of own text in which a heading may stand
_MOST = 50  # marks that are told of one mail
_REACH = 60  # characters on each side of a trigger word that an order may take
# One of these stands in every mark; looking for them costs next to nothing.
_TRIGGERS = (
    "密",
    "内部",
    "外传",
    "外发",
    "外泄",
    "转发",
    "对外",
    "confidential",
    "internal",
    "forward",
    "extern",
    "outside",
)
# Said as an order, these are marks wherever they stand.
_INTERNAL_ORDERS = (
    r"(?:请勿|切勿|勿|不得|严禁|禁止|不要|不可)(?:对外)?"
    r"(?:外传|外发|外泄|转发给?(?:外部|公司以外)|对外(?:转发|发送|泄露|公开))"
    r"|(?:请勿|切勿|严禁|禁止)转发(?=[\s,。!;)】\]]|$)"
    r"|(?:仅|只|限)[限供在]?(?:公司|我司|团队|部门)?内部(?:使用|参考|传阅|查看|交流|资料|人员|流通|讨论)|仅限内部"
    r"|内部(?:使用|资料|文件)[,、 ]*(?:请勿|严禁|不得)\S{0,4}"
    r"|(?:for\s+)?(?:company\s+)?internal\s+(?:use\s+only|only|use)(?![A-Za-z])|internal[- ]only"
    # forward a parcel, a shipment: no mark
    r"|(?:do\s+not|don't|not\s+to\s+be)\s+forward(?:ed)?(?=\s*(?:[,.!;)\]]|$)|\s+(?:this|to\s+any|outside|extern))"
    r"|(?:do\s+not|don't|not\s+to\s+be)\s+(?:share|distribute)d?\s+(?:this\s+)?(?:externally|outside)"
    r"|not\s+for\s+(?:external|outside|further)\s+(?:use|distribution|circulation|release)|internal\s+eyes\s+only"
)
_CONFIDENTIAL_ORDERS = (
    r"(?:请|务必|注意|需要?|内容|全程)(?:注意|严格|务必|予以)?保密(?![协合条义承制措])|严格保密"
    r"|(?:keep|treat)\s+(?:this|it|the)\s*(?:\w+\s+){0,3}(?:strictly\s+)?(?:as\s+)?confidential"
)
_ORDERS = re.compile(
    rf"(?P<internal>{_INTERNAL_ORDERS})|(?P<confidential>{_CONFIDENTIAL_ORDERS})", re.IGNORECASE | re.MULTILINE
)
# As a heading: in brackets, alone, or in front of a colon.
_LABEL = (
    r"(?P<finance>财务(?:机密|保密|秘密)|薪资保密|financial(?:ly)?\s+confidential)"
    r"|(?P<confidential>(?:公司|商业|高度)?(?:机密|绝密|秘密|保密)(?:文件|资料|信息|邮件|数据|报价)?"
    r"|(?:strictly|highly|private\s+(?:and|&)|company|privileged\s+(?:and|&))?\s*confidential)"
    r"|(?P<internal>(?:公司)?内部(?:资料|文件|使用|邮件|数据|机密|参考|专用)?"
    r"|(?:company\s+)?internal(?:\s+(?:document|use|data|memo))?)"
)
_BRACKETED = re.compile(rf"[\[【(<「]\s*(?:{_LABEL})\s*[\]】)>」]", re.IGNORECASE)
_LEADING = re.compile(rf"^[\s*#!]*(?:{_LABEL})\s*(?=[:!*。|]|\s-|$|\n)", re.IGNORECASE | re.MULTILINE)
_STATED = re.compile(
    r"(?:邮件|内容|数据|附件|资料|信息|文件|报价|表格?)(?:均|都)?(?:为|是|属于?|涉及|含有?|包含)"
    r"(?:公司|商业|我司)?"
    r"(?P<confidential>机密|绝密|保密)(?!性)"
    r"|(?:e-?mail|message|information|content|data|file|attachment|report|it|this)s?\s+(?:is|are|remains?)\s+"
    r"(?P<confidential2>(?:strictly |highly )?confidential)(?![A-Za-z])",
    re.IGNORECASE,
)
_IN_NAME = re.compile(
    r"(?P<confidential>机密|绝密|保密(?!协议|合同|条款|承诺)|(?<![A-Za-z])confidential(?![A-Za-z]))"
    r"|(?P<internal>内部(?=[_\-.()\[\]【】\s]|资料|文件|使用|报价|成本|底价|数据|机密|专用|参考|版|$)"
    r"|(?<![A-Za-z])internal(?=[_\-. ](?:only|use|docs?|document|data|costs?|pric\w*|copy|memo|confidential)"
    r"|\.\w{2,5}$|[)\]]))",
    re.IGNORECASE,
)
# What stands before a mark and takes it back: 非机密, not confidential; and our own promise to keep it.
_NEGATED = re.compile(
    r"(?:非|不涉及?|不属于|不是|无需|不用|不必|不含|没有|解除|取消|脱|去掉|已解)\s*(?:公司|商业)?$"
    r"|\bwe(?:'ll|\s+will)?\s*$|\b(?:not|non|no\s+longer|isn't|aren't|un)[\s-]*(?:\w+\s)?$",
    re.IGNORECASE,
)


def read(reading: Reading) -> tuple[Mark, ...]:
    """Marks in subject, head of the own text and attachment names, and orders such as 请勿外传 anywhere.

    A non-disclosure agreement, an internal meeting or a standard footer is no mark.
    """
    found = list(_headings(reading.subject, reading.subject.end)) if _may_mark(reading.subject) else []
    for index, passage in enumerate(reading.own):
        if _may_mark(passage):
            found += _headings(passage, min(passage.end, passage.start + (0 if index else _HEAD)))
            found += islice(_orders(passage), _MOST)
    found += [mark for attachment in reading.message.attachments for mark in _in_name(attachment)]
    return tuple({(id(m.place.span.of), m.place.span.start): m for m in reversed(found)}.values())[::-1]


def _may_mark(passage: Passage) -> bool:
    low = passage.of.folded
    return any(low.find(word, passage.start, passage.end) >= 0 for word in _TRIGGERS)


def _headings(passage: Passage, end: int) -> Iterator[Mark]:
    text, start, _ = passage.window
    for pattern in (_BRACKETED, _LEADING, _STATED):
        for m in pattern.finditer(text, start, end):
            yield from _mark(passage, m)
    if passage.where == "subject":
        yield from _orders(passage)


def _orders(passage: Passage) -> Iterator[Mark]:
    for start, end in _around(passage):
        for m in _ORDERS.finditer(passage.of.matching, start, end):
            yield from _mark(passage, m)


def _around(passage: Passage) -> Iterator[tuple[int, int]]:
    """Ranges round the first trigger words: an order is short, a mail may be long."""
    low, seen = passage.of.folded, 0
    at = sorted({i for word in _TRIGGERS for i in islice(_finds(low, word, passage.start, passage.end), _MOST)})
    for i in at[:_MOST]:
        start, end = max(passage.start, seen, i - _REACH), min(passage.end, i + _REACH)
        if end > start:
            yield start, end
        seen = end


def _finds(text: str, word: str, start: int, end: int) -> Iterator[int]:
    while (start := text.find(word, start, end)) >= 0:
        yield start
        start += len(word)


def _mark(passage: Passage, m: re.Match[str]) -> Iterator[Mark]:
    kind = m.lastgroup or ""
    start, end = m.span(kind)
    if not _NEGATED.search(m.string, max(passage.start, start - 12), start):
        yield Mark(passage.place(start, end), kind.rstrip("2"))


def _in_name(attachment: Attachment) -> Iterator[Mark]:
    for m in _IN_NAME.finditer(attachment.name.matching):
        kind = m.lastgroup or ""
        if not _NEGATED.search(m.string, max(0, m.start() - 8), m.start()):
            yield Mark(Place(attachment.name.place(*m.span(kind)), "own", "attachment"), kind)

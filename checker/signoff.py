"""Where the sender's words end: signatures and disclaimers, told from last paragraphs that still ask for something."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.cards import asks, is_whole, may_be_card, says_who, tells

Range = tuple[int, int]

_TAIL = 4000  # characters at the end in which a signature and a disclaimer are looked for
_LONGEST = 500  # of a line, as much is read
_DELIMITER = re.compile(r"-{2,3} ?|[-_=*\u2014\u2500]{6,}")
_MOBILE = re.compile(
    r"(?:发自|来自|从|寄自|發自|傳送自)我的 ?\S.{0,30}|发自 ?(?:\w+邮箱|Outlook|新浪|网易).{0,20}"
    r"|从 ?(?:Windows|Outlook).{0,20}发送|(?:Get|获取|下载) ?(?:适用于 .{0,12}的 ?)?Outlook.{0,20}"
    r"|Sent (?:from|via) (?:my |Mail for |Outlook|the all|Yahoo|Foxmail|NetEase).{0,40}"
    r"|Sent from .{0,12}(?:iPhone|iPad|Android|Huawei|Xiaomi|Galaxy).{0,20}",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:祝[^,。?!\n]{0,14}|顺[祝颂頌]\S{0,8}|此致|敬礼|敬上|此致敬礼|商祺|[顺时]?[祺安]|谨启|致礼"
    r"|(?:非常|十分|万分)?(?:感谢|谢谢|多谢|感恩)(?:您|你|大家)?的?(?:配合|支持|理解|帮助|协助|关注)?"
    r"|(?:先?(?:感谢|谢谢|多谢)|辛苦|有劳|麻烦|拜托)(?:[您你]们?|大家|各位|[一-鿿]{1,2}[总哥姐工])?(?:费心)?[了啦哈啊~]*"
    r"|(?:with )?(?:(?:best|kind|warm|kindest|warmest|many|yours)[ ,]+)?"
    r"(?:regards|wishes|thanks|thank you|thx|cheers|sincerely|faithfully|truly|respectfully|cordially)"
    r"(?: (?:and|&) (?:best |kind |warm )?regards| so much| very much| a lot| in advance)?"
    r"|(?:thanks|tks)?[ ,/&+]*(?:b\.? ?r\.?|b\.? ?rgds|rgds|best)|all the best|take care)[ ,.!~。\u2764-]*",
    re.IGNORECASE,
)
# fmt: off
_DISCLAIMER_HINTS = (
    "邮件", "声明", "提示", "郵件", "电邮", "信息", "环保", "环境", "confident", "disclaim", "intended",
    "notice", "print", "tree",
)
# fmt: on
# 本邮件仅供知悉 is the writer's own word, and says that nothing is asked.
_NOT_ASKED = (
    r"(?!(?:大家|各位|您|你们?|贵司|内部|团队)?(?:知悉|知晓|悉知|周知|了解|备案|备查|存档|同步"
    r"|参考(?![^。\n]{0,20}(?:不构成|不代表|不作为))))"
)
# Of words in lower case.
_DISCLAIMER = re.compile(
    r"(?:免责声明|保密(?:声明|提示|条款|须知)|法律声明|保密及免责"
    r"|disclaimer|confidentiality(?: notice)?|legal notice)[ *]*(?::|$)"
    rf"|[本此该這](?:电子)?(?:邮件|郵件|信息|电邮)[^。\n]{{0,60}}(?:机密|保密|機密|专有|特权"
    rf"|(?:仅供|仅限|仅为|只供){_NOT_ASKED})"
    r"|(?:this|the (?:information|contents?)|information)(?: contained| transmitted)?(?: in| of| by)?(?: this)? ?"
    r"(?:e-?mail|message|communication|transmission)[^\n]{0,200}(?:confidential|privileged|proprietary|virus"
    r"|intended(?! (?:as |to (?!be ))))"
    r"|(?:if )?you (?:are not|have received) (?:the intended|this (?:e-?mail|message))"
    r"|如果?[您你]?并?(?:非|不是|误收|错误)[^。\n]{0,20}(?:收件人|收件者|邮件)"
    r"|consider the environment|think before you print|save a tree|打印[^\n]{0,12}[前时][^\n]{0,12}环[境保]",
)


class _Line(NamedTuple):
    """A line that is not blank: its place with the line break, its words, and whether a blank line stands above."""

    start: int
    end: int
    words: str
    apart: bool

    @property
    def low(self) -> str:
        """The words in lower case."""
        return self.words.lower()


class Signoff(NamedTuple):
    """Where the signature and the disclaimer of a range stand; empty ranges where there is none."""

    signature: Range
    disclaimer: Range


def sign_off(text: str, start: int, end: int) -> Signoff:
    """The signature and the disclaimer at the end of the sender's words, a range of the matching text."""
    whole = start
    if end - start > _TAIL:
        start = text.find("\n", end - _TAIL, end) + 1 or end
    lines = _lines(text, start, end)
    tail = text[start:end].lower()
    told = any(hint in tail for hint in _DISCLAIMER_HINTS)
    disclaimer = _disclaimer(lines, end, whole) if told else (end, end)
    if disclaimer[0] < disclaimer[1]:
        lines = [line for line in lines if line.start < disclaimer[0]]
    return Signoff(_signature(lines) if lines else (end, end), disclaimer)


def is_card(text: str, start: int, end: int) -> bool:
    """Whether a range that a mail program calls a signature is one: people write whole mails inside it."""
    lines = _lines(text, start, end)
    return len(lines) <= 20 and not any(asks(line.words) for line in lines if not _DISCLAIMER.search(line.low))


def _lines(text: str, start: int, end: int) -> list[_Line]:
    out = []
    at, apart = start, True
    for line in text[start:end].splitlines(keepends=True):
        words = line[:_LONGEST].strip()
        if words:
            out.append(_Line(at, at + len(line), words, apart))
        apart = not words
        at += len(line)
    return out


def _disclaimer(lines: list[_Line], end: int, whole: int) -> Range:
    """The last paragraphs, from the first line that reads like a disclaimer; not the first line of the mail."""
    for i in range(max(0, len(lines) - 12), len(lines)):
        line = lines[i]
        first = line.start == whole or i == 0
        if first or not _DISCLAIMER.search(line.low) or (len(line.words) <= 16 and i + 1 == len(lines)):
            continue
        if all(_goes_on(later) for later in lines[i + 1 :]):
            return line.start, end
    return end, end


def _goes_on(line: _Line) -> bool:
    """Whether a line below a disclaimer's first may belong to it."""
    return _DISCLAIMER.search(line.low) is not None or len(line.words) > 40 or not asks(line.words)


def _signature(lines: list[_Line]) -> Range:
    last = lines[-1].end
    stop = len(lines)
    while stop and _MOBILE.fullmatch(lines[stop - 1].words):
        stop -= 1
    mobile = (lines[stop].start, last) if stop < len(lines) else (last, last)
    if stop == 0:
        return mobile
    for i in range(max(0, stop - 16), stop):
        if _DELIMITER.fullmatch(lines[i].words):
            below = lines[i + 1 : stop]
            if lines[i].words.startswith("--") and len(lines[i].words) < 4 and not any(asks(b.words) for b in below):
                return lines[i].start, last
            if below and _is_card_block(below):
                return lines[i].start, last
    return _closed(lines, stop, last) or _card_at_end(lines, stop, last) or mobile


def _closed(lines: list[_Line], stop: int, last: int) -> Range | None:
    """A closing line and the card below it. What follows the card (a postscript) is the sender's own."""
    for i in range(stop - 1, max(-1, stop - 16), -1):
        if len(lines[i].words) > 40 or not _CLOSING.fullmatch(lines[i].words):
            continue
        after = i + 1
        while after < stop and may_be_card(lines[after].words) and after - i <= 12:
            after += 1
        if after > i + 1:
            if _told(lines[i + 1 : after]) and stop - after < 7 and not any(asks(b.words) for b in lines[after:stop]):
                after = stop
            first = i
            while first > 0 and _CLOSING.fullmatch(lines[first - 1].words):
                first -= 1
            return lines[first].start, last if after == stop else lines[after].start
    return None


def _card_at_end(lines: list[_Line], stop: int, last: int) -> Range | None:
    """A card without a closing line: a name first, then title or contact data, apart from the text above."""
    first = stop
    while first > 0 and stop - first < 10 and may_be_card(lines[first - 1].words):
        first -= 1
    for i in range(first, stop):
        if i and lines[i - 1].words.endswith(":"):
            return None  # contact data that the mail itself announces
        whole = i == stop - 1 and is_whole(lines[i].words)
        if whole or ((lines[i].apart or i == first) and says_who([line.words for line in lines[i:stop]])):
            return lines[i].start, last
    return None


def _is_card_block(lines: list[_Line]) -> bool:
    words = [line.words for line in lines]
    return len(words) <= 10 and all(map(may_be_card, words)) and says_who(words)


def _told(lines: list[_Line]) -> bool:
    """Whether a card says more than a name."""
    return any(tells(line.low) for line in lines)

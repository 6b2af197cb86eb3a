"""Where the sender's words end: signatures and disclaimers, told from last paragraphs that still ask for something."""

from __future__ import annotations

import re
from typing import NamedTuple

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
# From here on all patterns read words in lower case, which `re` does faster than it ignores case.
# What makes a line contact data.
_CONTACT = re.compile(
    r"(?<![a-z])(?:tel|phone|mob(?:ile)?|cell|fax|e-?mail|mail|skype|wechat|whatsapp|web(?:site)?|add(?:ress)?|addr"
    r"|office)\s?[.:]\s?\S|(?<![a-z])(?:[tmpefwa] ?[.:]|[tmpf]) ?[+(\d]"
    r"|(?:电\s?话|手\s?机|座\s?机|联系方式|传\s?真|邮\s?箱|邮\s?编|地\s?址|网\s?址|网\s?站|微\s?信|钉\s?钉|qq|分机)号?(?:\s?:|\s(?=[\w+(]))"
    r"|[\w.+-]{1,60}@[\w-]+\.[\w.]+|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|(?<![\d-])(?:\+\d{1,3}[- ]?)?\(?0\d{2,3}\)?[- ]?\d{7,8}(?!\d)"
    r"|\+\d{1,3}[ -]?\(?\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}|www\.\w|https?://"
    r"|(?<![a-z])(?:room|rm\.?|suite|floor|building|bldg\.?|road|rd\.|street) ?\w{0,6}[\d,]"
    r"|[省市][^,。]{1,12}[区县镇][^,。]{1,20}[路道街号楼室]",
)
# What holds nothing of these is none, and most lines of prose hold nothing of them.
_MAY_BE_CONTACT = re.compile(r"[:@\d+(,]|\.\s?\S|qq\s|[^\x00-\x7f]")
_TITLE = re.compile(
    r"运营|助理|经理|主管|专员|总监|采购|销售|客服|物流|财务|法务|行政|人事|部长|总裁|董事|工程师|负责人|组长|店长"
    r"|公司|集团|有限|事业部|部门|[一-鿿]{2,6}部$|贸易|科技"
    r"|(?<![a-z])(?:assistant|manager|director|specialist|officer|coordinator|engineer|buyer|sales|operations?|logistics"
    r"|purchas\w+|procurement|executive|supervisor|head of|lead|analyst|department|dept|co\.,? ?ltd|inc|llc|gmbh|ltd"
    r"|limited|corp|team|founder|ceo|coo|cfo|vp)(?![a-z])",
)
_NAME = re.compile(
    r"[一-鿿·]{2,4}(?: ?[(]?[A-Za-z]+(?: [A-Za-z]+){0,2}[)]?)?"
    r"|[A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}(?: ?[(]?[一-鿿]{2,4}[)]?)?|[a-z]{2,12}"
)
_CHINESE_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_DATED = re.compile(r"\d{2,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,4}日?")
_LABELLED = re.compile(r"[^\s:]{1,8}:")
# What a card never says: requests, data, promises, postscripts.
_BUSINESS = re.compile(
    r"[?]|请|烦|需要|务必|能否|是否|可否|回复|确认|附件|截[止至]|补货|库存|日均|销量|订单|断货|货件|另外|另:|又及|备注|注意"
    r"|如有|如需|如果|我们|已经|\d\s?(?:件|天|台|箱|套|pcs|units|%|美元|元)|\d{1,2}月\d{1,2}[日号]"
    r"|(?<![a-z0-9])(?:please|pls|kindly|could|can|would|will|need|attached|attachment|let me know"
    r"|p\.?\s?s(?:[.:]|\s)|asin|sku"
    r"|fba|dos|deadline|by (?:mon|tue|wed|thu|fri)\w*|we|i|you)(?![a-z0-9])|(?<![a-z0-9])b0[a-z0-9]{8}(?![a-z0-9])",
)
_TALK = re.compile("[我你吧吗哈]|您(?!好)|了(?!解)")  # 周经理 你看这样行不: a title that begins a sentence
_REQUEST = re.compile(
    r"[?]|请|烦请|麻烦|能否|是否|可否|需要|尽快"
    r"|(?<![a-z])(?:please|pls|kindly|could you|can you|let me know)(?![a-z])",
)
# What signatures and disclaimers say that sounds like a request.
_NO_REQUEST = re.compile(
    r"随时.{0,4}联系|联系(?:我|方式)|保持联系|关注我们|feel free|contact (?:me|us)|reach (?:me|us)|follow us"
    r"|请.{0,12}(?:删除|通知发|勿|销毁)|(?:please|kindly).{0,20}(?:delete|notify|destroy|disregard|consider)",
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
    return len(lines) <= 20 and not any(_asks(line.words) for line in lines if not _DISCLAIMER.search(line.low))


def _asks(words: str) -> bool:
    words = words.lower()
    if len(words) < 7 or _NO_REQUEST.search(words):
        return False
    return _REQUEST.search(words) is not None or (_BUSINESS.search(words) is not None and not _is_contact(words))


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
    return _DISCLAIMER.search(line.low) is not None or len(line.words) > 40 or not _asks(line.words)


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
            if lines[i].words.startswith("--") and len(lines[i].words) < 4 and not any(_asks(b.words) for b in below):
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
        while after < stop and _card_line(lines[after].words) and after - i <= 12:
            after += 1
        if after > i + 1:
            if _told(lines[i + 1 : after]) and stop - after < 7 and not any(_asks(b.words) for b in lines[after:stop]):
                after = stop
            first = i
            while first > 0 and _CLOSING.fullmatch(lines[first - 1].words):
                first -= 1
            return lines[first].start, last if after == stop else lines[after].start
    return None


def _card_at_end(lines: list[_Line], stop: int, last: int) -> Range | None:
    """A card without a closing line: a name first, then title or contact data, apart from the text above."""
    first = stop
    while first > 0 and stop - first < 10 and _card_line(lines[first - 1].words):
        first -= 1
    for i in range(first, stop):
        if i and lines[i - 1].words.endswith(":"):
            return None  # contact data that the mail itself announces
        if (lines[i].apart or i == first) and _says_who([line.words for line in lines[i:stop]]):
            return lines[i].start, last
    return None


def _is_card_block(lines: list[_Line]) -> bool:
    words = [line.words for line in lines]
    return len(words) <= 10 and all(map(_card_line, words)) and _says_who(words)


def _says_who(words: list[str]) -> bool:
    """Whether lines that could stand on a card are one: a name first, then title or contact data."""
    first, *rest = re.split(r"\s*[|/\u00b7\u2022\uff5c,\t]\s*|\s{2,}", words[0])
    name, _, title = first.partition(" ")
    if _CHINESE_NAME.fullmatch(name) and _TITLE.match(title.lower()):  # 王芳 运营助理
        first, rest = name, [title, *rest]
    named = _NAME.fullmatch(first.strip("-\u2014 ")) is not None and not _LABELLED.match(words[0])
    told = [w.lower() for w in rest + words[1:]]
    return named and any(_tells(w) for w in told)


def _told(lines: list[_Line]) -> bool:
    """Whether a card says more than a name."""
    return any(_tells(line.low) for line in lines)


def _tells(low: str) -> bool:
    """Whether a line holds contact data or a title."""
    return _is_contact(low) or _TITLE.search(low) is not None


def _is_contact(low: str) -> bool:
    return _MAY_BE_CONTACT.search(low) is not None and _CONTACT.search(low) is not None


def _card_line(words: str) -> bool:
    """A short line that could stand on a card."""
    if len(words) > 100 or words[-1] in "。?;" or words.count(" ") > 11:
        return False
    if _DATED.fullmatch(words):
        return True
    low = words.lower()
    if _tells(low):
        talk = len(words) > 24 and _TALK.search(words)
        return "。" not in words and not talk and not _REQUEST.search(low)
    return len(words) <= 40 and not _BUSINESS.search(low) and not words.endswith(("。", ";", ","))

"""What the lines of a business card at the end of a mail look like: name, title, contact data, and nothing asked."""

from __future__ import annotations

import re

# All but names read words in lower case, which `re` does faster than it ignores case.
# What makes a line contact data.
_CONTACT = re.compile(
    r"(?<![a-z])(?:tel|phone|mob(?:ile)?|cell|fax|e-?mail|mail|skype|wechat|whatsapp|web(?:site)?|add(?:ress)?|addr"
    r"|office)\s?[.:]\s?\S|(?<![a-z])(?:[tmpefwa] ?[.:]|[tmpf]) ?[+(\d]"
    r"|(?:电\s?话|手\s?机|座\s?机|联系方式|传\s?真|邮\s?箱|邮\s?编|地\s?址|网\s?址|网\s?站|微\s?信|钉\s?钉|qq|分机)号?(?:\s?:|\s(?=[\w+(]))"
    r"|[\w.+-]{1,60}@[\w-]+\.[\w.]+|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|(?<![\d-])(?:\+\d{1,3}[- ]?)?\(?0\d{2,3}\)?[- ]?\d{3,4}[- ]?\d{4}(?!\d)"
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
_LONGEST_TITLE = 12  # characters, the firm's name before it included
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


def may_be_card(words: str) -> bool:
    """Whether a short line could stand on a card."""
    if len(words) > 100 or words[-1] in "。?;" or words.count(" ") > 11:
        return False
    if _DATED.fullmatch(words):
        return True
    low = words.lower()
    if tells(low):
        talk = len(words) > 24 and _TALK.search(words)
        return "。" not in words and not talk and not _REQUEST.search(low)
    return len(words) <= 40 and not _BUSINESS.search(low) and not words.endswith(("。", ";", ","))


def says_who(words: list[str]) -> bool:
    """Whether lines that could stand on a card are one: a name first, then title or contact data."""
    first, *rest = re.split(r"\s*[|/\u00b7\u2022\uff5c,\t]\s*|\s{2,}", words[0])
    name, _, title = first.partition(" ")
    if _CHINESE_NAME.fullmatch(name) and _is_title(title.lower()):  # 王芳 运营助理, 王芳 蓝途运营助理
        first, rest = name, [title, *rest]
    named = _NAME.fullmatch(first.strip("-\u2014 ")) is not None and not _LABELLED.match(words[0])
    told = [w.lower() for w in rest + words[1:]]
    return named and any(tells(w) for w in told)


def _is_title(low: str) -> bool:
    title = _TITLE.search(low)
    return title is not None and (title.start() == 0 or (len(low) <= _LONGEST_TITLE and not _TALK.search(low)))


def is_whole(words: str) -> bool:
    """Whether one line is a card by itself: name, title and contact data."""
    low = words.lower()
    return says_who([words]) and _is_contact(low) and _TITLE.search(low) is not None


def tells(low: str) -> bool:
    """Whether a line holds contact data or a title."""
    return _is_contact(low) or _TITLE.search(low) is not None


def _is_contact(low: str) -> bool:
    return _MAY_BE_CONTACT.search(low) is not None and _CONTACT.search(low) is not None


def asks(words: str) -> bool:
    """Whether a line asks for something, or speaks of business at least, as no card does."""
    words = words.lower()
    if len(words) < 7 or _NO_REQUEST.search(words):
        return False
    return _REQUEST.search(words) is not None or (_BUSINESS.search(words) is not None and not _is_contact(words))

"""Shapes of ways to reach a person: mail addresses, messengers, number plates."""

from __future__ import annotations

import re

from checker.presidio_pack.number_forms import END, in_link
from checker.presidio_pack.shape import Range, Shape

# Mailboxes of a function (RFC 2142 and habit), not of a person; on a free-mail domain they are somebody's all the same.
_ROLES = re.compile(
    r"(?:no-?_?reply|do-?not-?reply|info|support|services?|sales|contact|help|hello|admin|office|billing|invoices?"
    r"|accounts?|accounting|finance"
    r"|hr|jobs|careers|press|media|marketing|legal|privacy|abuse|postmaster|webmaster|hostmaster|mailer-daemon"
    r"|security|team|news(?:letter)?"
    r"|notifications?|alerts?|orders?|returns?|customer-?_?(?:service|care|support)|cs|kefu|service-?_?cn|logistics"
    r"|shipping|warehouse|booking|ops"
    r"|operations?|purchas(?:e|ing)|procurement|compliance|feedback|enquir(?:y|ies)|inquir(?:y|ies)|git|archive|all"
    r"|staff|seller-?[a-z-]+"
    r"|(?:your|my|user|name|first|last|firstname|lastname|email|someone|x{2,}|\*+)(?:[._-]?(?:name|email|mail|x+))?)",
    re.IGNORECASE,
)
_FREE_MAIL = re.compile(
    r"(?:qq|foxmail|163|126|yeah|sina|sohu|139|189|aliyun|gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail"
    r"|icloud|me|proton|protonmail|gmx|aol|web)\.",
    re.IGNORECASE,
)
_FILE_ENDINGS = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "webp",
        "css",
        "js",
        "html",
        "htm",
        "php",
        "ico",
        "pdf",
        "xlsx",
        "docx",
        "csv",
        "zip",
    ]
)
_NO_MAILBOX = re.compile(r"(?:cid:|message-id:\s*<?|references:\s*<?|in-reply-to:\s*<?|://[^\s@]*)$", re.IGNORECASE)


def is_role(address: str) -> bool:
    """Whether an address is a function's mailbox (info@, no-reply@) or a template's blank (your.name@)."""
    local, _, domain = address.rpartition("@")
    return _ROLES.fullmatch(local) is not None and not (_FREE_MAIL.match(domain) and len(set(local.lower())) > 1)


def _email(match: re.Match[str]) -> Range | None:
    local, _, domain = match[0].rpartition("@")
    before = match.string[max(0, match.start() - 80) : match.start()]
    if domain.rpartition(".")[2].lower() in _FILE_ENDINGS or is_role(match[0]) or _NO_MAILBOX.search(before):
        return None
    return None if re.fullmatch(r"[xX*._-]+", local) else match.span()


_NO_HANDLE = re.compile(
    r"(?:please|groups?|messages?|service|official|account|channels?|updates?|number|contact|wechat|notice|moments"
    r"|payment?|business|scan|public"
    r"|mini\w*|work|team|user|name|same|below|above|phone|mobile|email|address|n/a|none|x+)",
    re.IGNORECASE,
)


def _handle(match: re.Match[str]) -> Range | None:
    """A WeChat or similar name: with a digit or _ in it, or behind a plain label and followed by no further word."""
    value, label = match["value"], match.group()[: match.start("value") - match.start()]
    before = match.string[max(0, match.start() - 2) : match.start()]
    if (
        before.endswith("企业")
        or in_link(match)
        or _NO_HANDLE.fullmatch(value)
        or re.fullmatch(r"B0[A-Z0-9]{8}", value)
    ):
        return None
    plain = not any(c.isdigit() or c == "_" for c in value)
    labelled = re.search(r"[:=是为]|号|(?i:ID)", label)
    follows = re.match(r" [A-Za-z]", match.string[match.end("value") :][:2])
    if plain and (not labelled or follows):
        return None
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return match.span("value") if labelled or mixed or not follows else None


_IS = r"\s*(?:[:=]|是|为|(?i:is))?\s*"
MESSENGERS = (
    Shape(
        "im",
        "contact",
        re.compile(
            r"(?:微信|(?<![A-Za-z])(?i:we ?chat|weixin|vx|wx|v信|加[v微](?=[:号]| )))"
            r"\s*(?:账号|号码?|(?i:id|no\.?|number|account))?"
            rf"{_IS}[(\"“]?(?P<value>[A-Za-z][A-Za-z0-9_-]{{5,19}})(?![A-Za-z0-9_@.-]|:)"
        ),
        0.85,
        _handle,
        cleared=False,
        words=("微信", "wechat", "we chat", "weixin", "vx", "wx", "v信", "加v", "加微"),
    ),
    Shape(
        "im",
        "contact",
        re.compile(
            rf"(?<![A-Za-z@.])(?i:qq)\s*(?:号码?|(?i:id|no\.?|number))?{_IS}(?P<value>[1-9]\d{{4,10}})(?![\d@]"
            rf"|\s?[万人元件%年月])"
        ),
        0.85,
        cleared=False,
        words=("qq",),
    ),
    Shape(
        "im",
        "contact",
        re.compile(
            r"(?<![A-Za-z])(?i:whatsapp)\s*(?:号码?|(?i:no\.?"
            r"|number))?\s*[:=]?\s*(?P<value>[1-9]\d{2,3}[ -]?\d{3,4}[ -]?\d{3,6})" + END
        ),
        0.85,
        cleared=False,
        words=("whatsapp",),
    ),
    Shape(
        "im",
        "contact",
        re.compile(
            r"(?<![A-Za-z])(?i:skype|telegram|line id|kakao(?:talk)?)\s*(?:号|(?i:id|name|handle))?\s*[:=]\s*@?"
            r"(?P<value>(?:live:)?[A-Za-z](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){3,31})(?![A-Za-z0-9_@]| [a-z])"
        ),
        0.85,
        cleared=False,
        words=("skype", "telegram", "line id", "kakao"),
    ),
)
EMAILS = (
    Shape(
        "email",
        "contact",
        re.compile(
            r"[A-Za-z0-9_](?<![A-Za-z0-9._%+'-].)[A-Za-z0-9._%+'-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}(?![A-Za-z0-9-])"
        ),
        0.9,
        _email,
        cleared=False,
        words=("@",),
        around=(64, 90),
    ),
)

# GA 36: province, authority letter, five characters, six for electric cars.
_PLATE = (
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z] ?[·•.-]? ?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
)
PLATES = (
    Shape(
        "plate",
        "contact",
        re.compile(
            rf"(?:车牌|车号|牌照|车辆|司机|(?i:licen[cs]e plate|plate (?:no\.?|number)|truck"
            rf"|driver))[^\n。]{{0,30}}?(?P<value>{_PLATE}){END}"
        ),
        0.85,
        cleared=False,
        words=(
            "车牌",
            "车号",
            "牌照",
            "车辆",
            "司机",
            "license plate",
            "licence plate",
            "plate no",
            "plate num",
            "truck",
            "driver",
        ),
        country="cn",
    ),
    Shape(
        "plate",
        "contact",
        re.compile(rf"车[^\n。,;]{{0,8}}?(?P<value>{_PLATE}){END}"),
        0.85,
        cleared=False,
        words=("车",),
        country="cn",
    ),
    Shape(
        "plate",
        "contact",
        re.compile(
            rf"(?i:licen[cs]e plate|(?:number|registration) plate)(?: (?:no\.?|number))?\s*(?::|#|(?i:is))\s*"
            rf"(?P<value>(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9](?:[ -]?[A-Z0-9]){{4,7}}){END}"
        ),
        0.85,
        words=("license plate", "licence plate", "number plate", "registration plate"),
    ),
)

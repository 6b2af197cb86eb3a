"""Shapes of a person's numbers: identity documents and telephones."""

from __future__ import annotations

import re

from checker.presidio_pack import checksums
from checker.presidio_pack.shape import Range, Shape, whole

# A first digit with no letter, digit or underscore joined to it. Written behind the digit so that the search can skip.
_FREE = r"(?<![A-Za-z0-9].)(?<![A-Za-z0-9]_.)"
_END = r"(?![A-Za-z0-9])"
_SEPARATORS = re.compile(r"[\s\u2010\u2011\u2013-]")
_REACHED_BY_LINK = ("tel:", "wa.me/", "phone=", "whatsapp")
_TOLL_FREE = re.compile(r"(?:1)?(?:800|888|877|866|855|844|833|822|400|900)|44800|44808|86400|86800|61[1]?800")
_THOUSANDS = re.compile(r"\+\d{1,3}(?: \d{3})+")


def compact(value: str) -> str:
    """The value without spaces and hyphens."""
    return _SEPARATORS.sub("", value)


def in_link(match: re.Match[str]) -> bool:
    """Whether the value is part of a web address (a page's or a product's number)."""
    before = match.string[max(0, match.start() - 200) : match.start()]
    link = before[max(before.rfind("://"), before.rfind("www.")) :]
    if len(link) < 2 or not link.isascii() or " " in link or "\n" in link:
        return False
    return ("://" in link or "www." in link) and not link.lower().endswith(_REACHED_BY_LINK)


def _resident(match: re.Match[str]) -> Range | None:
    return match.span() if checksums.resident_id(compact(match[0])) else None


def _resident_15(match: re.Match[str]) -> Range | None:
    return match.span() if checksums.resident_id_15(match[0]) else None


def _hkid(match: re.Match[str]) -> Range | None:
    return match.span("value") if checksums.hkid(re.sub(r"[()\s]", "", match["value"])) else None


def _document(match: re.Match[str]) -> Range | None:
    value, label = match["value"], match.string[match.start() : match.start("value")]
    goods = _GOODS.search(label)
    return match.span("value") if not goods and sum(c.isdigit() for c in value) >= 6 and len(set(value)) > 3 else None


# A cover for passports and its SKU.
_GOODS = re.compile(
    r"货号|款号|型号|运单|订单|批次|夹|套|包|(?i:sku|asin|model|lot|order|item|tracking|style|cover|holder|case)"
)
_ID_CARD = re.compile(r"身份证|证件|(?i:\bID card|identity card|resident id|national id|ID no)")
# Words between a document's name and its number: no digits, no other sentence.
_BETWEEN = r"[^\n\d。！？!?]{0,30}?(?<![A-Za-z0-9])"

IDENTITY = (
    Shape(
        "resident_id",
        "identity",
        re.compile(
            rf"[1-8](?:{_FREE}|(?<=[Ii][Dd].))(?:\d{{16}}[\dXx]"
            rf"|(?<!\d[ -].)\d(?:[ -]?\d){{15}}[ -]?[\dXx](?![ -]\d)){_END}",
        ),
        1.0,
        _resident,
        cleared=False,
        digits=(17, 18),
        country="cn",
    ),
    Shape(
        "resident_id",
        "identity",
        re.compile(rf"[1-8]{_FREE}\d{{14}}{_END}"),
        0.3,
        _resident_15,
        _ID_CARD,
        cleared=False,
        digits=(15, 15),
        country="cn",
    ),
    Shape(
        "passport",
        "identity",
        re.compile(rf"(?:护照|(?i:passport)){_BETWEEN}(?P<value>[A-Za-z]{{1,2}}\d{{7,8}}|\d{{9}}){_END}"),
        0.85,
        _document,
        cleared=False,
        words=("护照", "passport"),
    ),
    Shape(
        "permit",
        "identity",
        re.compile(
            rf"(?:通行证|回乡证|台胞证|(?i:travel permit|return permit)){_BETWEEN}"
            rf"(?P<value>[A-Za-z][A-Za-z]?\d{{7,10}}|\d{{8}}(?:\d{{2}})?){_END}"
        ),
        0.85,
        _document,
        cleared=False,
        words=("通行证", "回乡证", "台胞证", "travel permit", "return permit"),
        country="cn",
    ),
    Shape(
        "permit",
        "identity",
        re.compile(
            rf"(?:身份证|(?i:HKID|Hong Kong ID)){_BETWEEN}"
            rf"(?P<value>[A-Za-z]{{1,2}}\d{{6}} ?(?:\([0-9A]\)|[0-9A])){_END}"
        ),
        0.9,
        _hkid,
        cleared=False,
        words=("身份证", "hkid", "hong kong id"),
        country="hk",
    ),
    Shape(
        "permit",
        "identity",
        re.compile(rf"(?:澳门|(?i:Macau?o?)).{{0,24}}?(?P<value>[1578]\d{{6}}\([0-9]\)){_END}"),
        0.9,
        cleared=False,
        words=("澳门", "macau", "macao"),
        country="mo",
    ),
    Shape(
        "driving_licence",
        "identity",
        re.compile(
            rf"(?:驾驶证|驾照|(?i:driver'?s? licen[cs]e|driving licen[cs]e)){_BETWEEN}"
            rf"(?P<value>[A-Za-z0-9]{{8,18}}){_END}"
        ),
        0.85,
        _document,
        cleared=False,
        words=("驾驶证", "驾照", "driver", "driving licen"),
    ),
    Shape(
        "ssn",
        "identity",
        re.compile(
            rf"(?i:(?<![A-Za-z])SSN|social security(?: number| no\.?| #)?){_BETWEEN}"
            rf"(?P<value>(?!000|666|9)\d{{3}}[- ]?(?!00)\d{{2}}[- ]?(?!0000)\d{{4}}){_END}(?!-)"
        ),
        0.85,
        whole,
        words=("ssn", "social security"),
        country="us",
    ),
    Shape(
        "ssn",
        "identity",
        re.compile(rf"(?!000|666|9)\d{_FREE}\d{{2}}-(?!00)\d{{2}}-(?!0000)\d{{4}}{_END}(?!-)"),
        0.3,
        whole,
        re.compile(r"(?i:(?<![A-Za-z])SSN|social security)"),
        digits=(9, 9),
        country="us",
    ),
    Shape(
        "itin",
        "identity",
        re.compile(rf"(?i:(?<![A-Za-z])ITIN){_BETWEEN}(?P<value>9\d{{2}}[- ]?[5-9]\d[- ]?\d{{4}}){_END}(?!-)"),
        0.85,
        whole,
        words=("itin",),
        country="us",
    ),
    Shape(
        "nino",
        "identity",
        re.compile(
            rf"(?i:national insurance|(?<![A-Za-z])NINO|(?<![A-Za-z])NI (?:no\.?|number)){_BETWEEN}"
            rf"(?P<value>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]){_END}"
        ),
        0.85,
        whole,
        words=("national insurance", "nino", "ni number", "ni no"),
        country="gb",
    ),
)

_TELEPHONE = re.compile(
    r"电话|手机|座机|固话|致电|来电|回电|拨打|打给|请打|联系|联络|号码|微信|传真|☎|📞|(?<![A-Za-z])(?i:tel|phone|telephone|mobile|mob|cell|cellphone|call|contact"
    r"|whatsapp|wechat|fax|text|ring)"
    r"(?:ed)?(?![A-Za-z])"
)
_PUBLIC = re.compile(
    r"(?:热线|客服电话|服务电话|总机|前台|(?i:hotline|customer service|customer support|toll[- ]free|switchboard"
    r"|helpline))[^\n\d]{0,16}$"
)


def _telephone(match: re.Match[str]) -> Range | None:
    """A number that a person answers: no hotline, no part of a link."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    return None if in_link(match) or _PUBLIC.search(before) else match.span()


def _international(match: re.Match[str]) -> Range | None:
    digits = re.sub(r"\D", "", match[0])
    if not 9 <= len(digits) <= 15 or _TOLL_FREE.match(digits) or _THOUSANDS.fullmatch(match[0]) or len(set(digits)) < 3:
        return None
    return _telephone(match)


def _american(match: re.Match[str]) -> Range | None:
    return None if _TOLL_FREE.match(re.sub(r"\D", "", match[0])) else _telephone(match)


_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_CHINA = r"(?:\(?(?:\+|00)86\)?[ -]?|\(86\)[ -]?|86[ -])"
PHONES = (
    Shape(
        "phone",
        "contact",
        re.compile(
            rf"(?:(?<![A-Za-z0-9]){_CHINA}|(?<![A-Za-z0-9_+])(?<![A-Za-z0-9][-.]))1[3-9](?:\d{{9}}"
            rf"|\d[ -]\d{{4}}[ -]?\d{{4}}|\d{{5}}[ -]\d{{4}}"
            r"|\d{2}[ -]\d{3}[ -]\d{4})(?![A-Za-z0-9@_])(?!-\d|\.\d)"
        ),
        0.6,
        _telephone,
        _TELEPHONE,
        digits=(11, 15),
        country="cn",
    ),
    Shape(
        "phone",
        "contact",
        re.compile(rf"8{_FREE}61[3-9]\d{{9}}{_END}"),
        0.3,
        _telephone,
        _TELEPHONE,
        digits=(13, 13),
        country="cn",
    ),
    Shape(
        "landline",
        "contact",
        re.compile(
            rf"(?:\({_AREA}\)[ -]?|(?<![A-Za-z0-9+])(?<!\d[-.]){_AREA}[- ]"
            rf"|(?<![A-Za-z0-9])\(?(?:\+|00)86\)?[ -]?\(?0?\)?(?:10|2\d|[3-9]\d\d)\)?[ -]?)"
            rf"[2-8]\d{{2,3}}[ -]?\d{{4}}(?:(?:-|转"
            rf"|ext\.? ?)\d{{1,6}})?"
            rf"{_END}(?!-\d)"
        ),
        0.6,
        _telephone,
        _TELEPHONE,
        digits=(10, 20),
        country="cn",
    ),
    Shape(
        "landline",
        "contact",
        re.compile(rf"0{_FREE}(?:10|2\d|[3-9]\d\d)[2-8]\d{{6,7}}{_END}"),
        0.3,
        _telephone,
        _TELEPHONE,
        digits=(10, 12),
        country="cn",
    ),
    Shape(
        "phone",
        "contact",
        re.compile(r"\+(?<![A-Za-z0-9].)[1-9]\d{0,3}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]?\d{1,11}){1,5}(?![A-Za-z0-9@%])"),
        0.6,
        _international,
        _TELEPHONE,
        digits=(8, 15),
    ),
    Shape(
        "phone",
        "contact",
        re.compile(rf"\((?<![A-Za-z0-9].)[2-9]\d{{2}}\)[ -]?[2-9]\d{{2}}[ .-]\d{{4}}{_END}"),
        0.6,
        _american,
        _TELEPHONE,
        digits=(10, 10),
        country="us",
    ),
    Shape(
        "phone",
        "contact",
        re.compile(
            rf"(?:1[ .-])?[2-9](?<![A-Za-z0-9+(].)(?<![\d][-./].)\d{{2}}([ .-]?)[2-9]\d{{2}}\1\d{{4}}{_END}(?!-\d)"
        ),
        0.3,
        _american,
        _TELEPHONE,
        digits=(10, 11),
        country="us",
    ),
    # National forms with the leading zero: 020 7946 0958, 07700 900123, 0912-345-678, 090-1234-5678.
    Shape(
        "phone",
        "contact",
        re.compile(rf"0{_FREE}\d{{1,4}}[ -]\d{{3,4}}[ -]?\d{{3,4}}{_END}(?![ -]?\d)"),
        0.3,
        _telephone,
        _TELEPHONE,
        digits=(9, 12),
    ),
)

"""Shapes of telephone numbers at which a person answers."""

from __future__ import annotations

import re

from checker.presidio_pack.invoice_data import in_invoice_data
from checker.presidio_pack.number_forms import END, FREE, in_link
from checker.presidio_pack.shape import Range, Shape

_TOLL_FREE = re.compile(r"(?:1)?(?:800|888|877|866|855|844|833|822|400|900)|44800|44808|86400|86800|61[1]?800")
_THOUSANDS = re.compile(r"\+\d{1,3}(?: \d{3})+")
_TELEPHONE = re.compile(
    r"电话|手机|座机|固话|致电|来电|回电|拨打|打给|请打|联系|联络|号码|微信|传真|☎|📞|(?<![A-Za-z])(?i:tel|phone|telephone|mobile|mob|cell|cellphone|call|contact"
    r"|whatsapp|wechat|fax|text|ring)"
    r"(?:ed)?(?![A-Za-z])"
)
_PUBLIC = re.compile(
    r"(?:热线|(?:客服|服务|值班|报修|物业|应急)电话|总机|前台|(?i:hotline|customer service|customer support"
    r"|toll[- ]free|switchboard|helpline|duty (?:phone|line|desk)|front desk|reception(?! of)))[^\n\d,;。]{0,16}$"
)


def _telephone(match: re.Match[str]) -> Range | None:
    """A number that a person answers: no hotline, no part of a link."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    return None if in_link(match) or _PUBLIC.search(before) else match.span()


def _landline(match: re.Match[str]) -> Range | None:
    """A telephone that is not a firm's in its invoice data."""
    return None if in_invoice_data(match.string, match.start()) else _telephone(match)


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
        re.compile(rf"8{FREE}61[3-9]\d{{9}}{END}"),
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
            rf"{END}(?!-\d)"
        ),
        0.6,
        _landline,
        _TELEPHONE,
        digits=(10, 20),
        country="cn",
    ),
    Shape(
        "landline",
        "contact",
        re.compile(rf"0{FREE}(?:10|2\d|[3-9]\d\d)[2-8]\d{{6,7}}{END}"),
        0.3,
        _landline,
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
        re.compile(rf"\((?<![A-Za-z0-9].)[2-9]\d{{2}}\)[ -]?[2-9]\d{{2}}[ .-]\d{{4}}{END}"),
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
            rf"(?:1[ .-])?[2-9](?<![A-Za-z0-9+(].)(?<![\d][-./].)\d{{2}}([ .-]?)[2-9]\d{{2}}\1\d{{4}}{END}(?!-\d)"
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
        re.compile(rf"0{FREE}(?<!\d[ -].)\d{{1,4}}[ -]\d{{3,4}}[ -]?\d{{3,4}}{END}(?![ -]?\d)"),
        0.3,
        _landline,
        _TELEPHONE,
        digits=(9, 12),
    ),
)

"""Shapes of the numbers of identity documents."""

from __future__ import annotations

import re

from checker.presidio_pack import checksums
from checker.presidio_pack.number_forms import END, FREE, compact
from checker.presidio_pack.shape import Range, Shape, whole


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


def _more(value: str) -> re.Pattern[str]:
    """The next document of a list: nothing but a comma or and between them."""
    return re.compile(rf"\s?(?:[、,;/&]|和|与|及|and(?![A-Za-z]))\s?(?P<value>{value}){END}")


_PASSPORT = r"[A-Za-z]{1,2}\d{7,8}|\d{9}"
_PERMIT = r"[A-Za-z][A-Za-z]?\d{7,10}|\d{8}(?:\d{2})?"

IDENTITY = (
    Shape(
        "resident_id",
        "identity",
        re.compile(
            rf"[1-8](?:{FREE}|(?<=[Ii][Dd].))(?:\d{{16}}[\dXx]"
            rf"|(?<!\d[ -].)\d(?:[ -]?\d){{15}}[ -]?[\dXx](?![ -]\d)){END}",
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
        re.compile(rf"[1-8]{FREE}\d{{14}}{END}"),
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
        re.compile(rf"(?:护照|(?i:passport)){_BETWEEN}(?P<value>{_PASSPORT}){END}"),
        0.85,
        _document,
        cleared=False,
        words=("护照", "passport"),
        more=_more(_PASSPORT),
    ),
    Shape(
        "permit",
        "identity",
        re.compile(
            rf"(?:通行证|回乡证|台胞证|(?i:travel permit|return permit)){_BETWEEN}"
            rf"(?P<value>{_PERMIT}){END}"
        ),
        0.85,
        _document,
        cleared=False,
        words=("通行证", "回乡证", "台胞证", "travel permit", "return permit"),
        country="cn",
        more=_more(_PERMIT),
    ),
    Shape(
        "permit",
        "identity",
        re.compile(
            rf"(?:身份证|(?i:HKID|Hong Kong ID)){_BETWEEN}"
            rf"(?P<value>[A-Za-z]{{1,2}}\d{{6}} ?(?:\([0-9A]\)|[0-9A])){END}"
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
        re.compile(rf"(?:澳门|(?i:Macau?o?)).{{0,24}}?(?P<value>[1578]\d{{6}}\([0-9]\)){END}"),
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
            rf"(?P<value>[A-Za-z0-9]{{8,18}}){END}"
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
            rf"(?P<value>(?!000|666|9)\d{{3}}[- ]?(?!00)\d{{2}}[- ]?(?!0000)\d{{4}}){END}(?!-)"
        ),
        0.85,
        whole,
        words=("ssn", "social security"),
        country="us",
    ),
    Shape(
        "ssn",
        "identity",
        re.compile(rf"(?!000|666|9)\d{FREE}\d{{2}}-(?!00)\d{{2}}-(?!0000)\d{{4}}{END}(?!-)"),
        0.3,
        whole,
        re.compile(r"(?i:(?<![A-Za-z])SSN|social security)"),
        digits=(9, 9),
        country="us",
    ),
    Shape(
        "itin",
        "identity",
        re.compile(rf"(?i:(?<![A-Za-z])ITIN){_BETWEEN}(?P<value>9\d{{2}}[- ]?[5-9]\d[- ]?\d{{4}}){END}(?!-)"),
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
            rf"(?P<value>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]){END}"
        ),
        0.85,
        whole,
        words=("national insurance", "nino", "ni number", "ni no"),
        country="gb",
    ),
)

"""The tokens given as ASINs: labelled, in a column headed ASIN, standing alone and like one, or in a product link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from checker.budget import Budget, in_time
from checker.facts.asin_form import judge, well_formed
from checker.facts.headings import grids, named_cells
from checker.facts.kinds.products import Asin, Identifier
from checker.facts.nearby import merged
from checker.facts.spots import words
from checker.reading import Passage, Reading
from checker.text import Grid

_IS = r"\s*(?:[:=]|是|为|is|are|-(?=[Bb]))?\s*[\"'“「【\[(《]?\s*"
_TOKEN = r"[A-Za-z0-9]{6,14}(?![A-Za-z0-9])"
_PIECES = r"[Bb][A-Za-z0-9]{1,8}(?:[ ._-][A-Za-z0-9]{2,8}){1,3}(?![A-Za-z0-9])"  # B08-XYZ-1234, B08 XYZ 1234
_LABELLED = re.compile(
    r"(?<![A-Za-z])(?P<or_sku>SKU\s*[/|&或、及和]\s*)?(?P<label>ASIN|ISBN(?:-?10)?)s?(?:编号|编码|号码|码|号|ID)?"
    r"(?P<also>\s*[/"
    rf"|&或、及和]\s*M?SKU)?(?:\s*\([^()\n]{{0,12}}\))?{_IS}(?=(?P<pieces>{_PIECES})?)(?P<value>{_TOKEN}"
    r"|(?=[Bb])[A-Za-z0-9]+)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s*(?:[,、;/&]|和|与|及|以及|and)\s*(?P<value>(?:[Bb][0Oo]|X00)[A-Za-z0-9]{6,10}(?![A-Za-z0-9]))")
_LABEL_BEFORE, _LABEL_BEHIND = 12, 64  # characters round the word ASIN that hold label and value
_QUANTITY = re.compile(r"\s?(?:件|个|台|套|箱|天|units?|pcs|pieces|days?)", re.IGNORECASE)
_ALONE = re.compile(r"(?<![A-Za-z0-9@%])[Bb][0O][A-Za-z0-9]{7,9}(?![A-Za-z0-9@])")
_URL = re.compile(
    r"(?:https?://|www\.|(?<![A-Za-z0-9.])amazon\.[a-z]{2,3})[^\s<>\"'\u3000-\u303f\u4e00-\u9fff]*", re.IGNORECASE
)
_IN_URL = re.compile(
    r"[/?&](?i:(?<=/)(?:dp/|gp/product/|product-reviews/|d/)|(?<=[?&])asin=)(?P<value>[A-Za-z0-9]{10})(?![A-Za-z0-9])"
)
_OTHER_LABEL = re.compile(
    r"(?:SKUs?|货号|款号|品号|运单|快递单?|提单|柜号|箱号|货件|型号|批号|批次|序列号|发票号?|合同号?|单号|编号|密码"
    r"|验证码|UPC|EAN|条码"
    r"|(?:采购单|订单|PO)(?:编号|号码?|\s?No\.?|\s?number|\s?#|(?=\s*[:#]))|model|serial|S/N|lot|batch|tracking|B/L"
    r"|invoice|code|token|password)"
    r"(?:编号|编码|号码|号|码|ID|\s?No\.?|\s?number)?\s*[:=#是为]*\s*[\"“(\[]?$",
    re.IGNORECASE,
)
_ASIN_BEFORE = re.compile(r"ASINs?(?:编号|编码|号码|码|号)?\s*[:=#是为]*\s*[\"“(\[]?$", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:(?:父|子|产品|商品|平台|Parent|Child|Amazon|亚马逊)?[ -]?ASINs?(?:编号|编码|号码|码|号|1)?"
    r"|ASINs?\s*[/|&或、]\s*M?SKUs?|M?SKUs?\s*[/|&或、]\s*ASINs?)(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
_SIDEWAYS = re.compile(r"(?:[Bb][0O]|X00)[A-Za-z0-9 -]{6,}$")
_CELL_TOKEN = re.compile(rf"(?<![A-Za-z0-9-])(?:{_PIECES}|{_TOKEN})(?!-)")
_FULLWIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")

_Candidate = tuple[int, int, bool]  # range of the matching text; whether it is labelled


def read_asins(reading: Reading, identifiers: tuple[Identifier, ...], budget: Budget) -> tuple[Asin, ...]:
    """Every token given as an ASIN in the subject, the own text and attached sheets, in order, well formed or not.

    identifiers: numbers of other kinds, which are no candidates. What the listings report says is not known yet.
    """
    taken = {(id(i.place.span.of), i.place.span.start) for i in identifiers if i.kind != "fnsku"}
    columns: dict[int, list[_Candidate]] = defaultdict(list)
    for passage, grid in grids(reading):
        columns[id(passage)] += _in_columns(passage, grid)
    found: list[Asin] = []
    for passage in (*reading.written, *reading.sheet_passages):
        candidates = {c[0]: c for c in (*_alone(passage), *_labelled(passage), *columns[id(passage)])}
        urls = {c[0]: c for c in _linked(passage)}
        for at in in_time(sorted({**candidates, **urls}), budget, "asins"):
            asin = _asin(passage, *(urls.get(at) or candidates[at]), linked=at in urls)
            if asin and (id(passage.of), asin.place.span.start) not in taken:
                found.append(asin)
    return tuple(found)


def key_of(asin: Asin) -> str:
    """The product key of a mention: the corrected ASIN where that is certain, else as written, in capitals."""
    return (asin.corrected or asin.value).upper()


def _labelled(passage: Passage) -> Iterator[_Candidate]:
    text, low, limit = passage.window
    at = words(passage.of.folded, ("asin", "isbn"), low, limit)
    near = merged(at, _LABEL_BEFORE, _LABEL_BEHIND, low, limit)
    for m in (m for reach in near for m in _LABELLED.finditer(text, *reach)):
        start, end = m.span("value")
        isbn = m["label"].upper().startswith("ISBN")
        if (m["or_sku"] or m["also"] or isbn) and not _fits(m["value"], isbn=isbn):
            continue
        if joined := _joined_end(text, m):
            end = joined
        elif _hyphenated(text, start, end):
            continue
        while True:
            yield start, end, True
            more = _NEXT.match(text, end, limit)
            if more is None or _hyphenated(text, *more.span("value")):
                break
            start, end = more.span("value")


def _joined_end(text: str, m: re.Match[str]) -> int:
    """The end of an ASIN written in groups (B08 XYZ 1234), 0 when the value is whole or no groups make one."""
    if not m["pieces"] or well_formed(m["value"]):
        return 0
    start, end = m.span("pieces")
    while end > start:
        if judge(text[start:end], labelled=True) and not _QUANTITY.match(text, end):
            return end
        end = max(text.rfind(joint, start, end) for joint in " ._-")
    return 0


def _fits(value: str, *, isbn: bool) -> bool:
    """Behind a label that may mean another number too, only what looks like an ASIN (or ten digits) is given as one."""
    return bool(re.fullmatch(r"\d{9}[\dXx]", value)) if isbn else value[:2].upper() in ("B0", "BO", "X0")


def _hyphenated(text: str, start: int, end: int) -> bool:
    """Part of a longer number (LT-B08XYZ1234, B08XYZ1234-NEW), not beside a word (Restock-B08XYZ1234)."""
    before, behind = re.search(r"([A-Za-z0-9]+)([-_.])$", text[max(0, start - 24) : start]), None
    if end < len(text) and text[end] in "-_":
        behind = re.match(r"([-_])([A-Za-z0-9]+)", text[end : end + 24])
    if before and not _is_word(before[1], before[2]):
        return True
    return bool(behind and not _is_word(behind[2], behind[1]))


def _is_word(part: str, joint: str) -> bool:
    return any(c.islower() for c in part) or (joint == "_" and part.isdigit()) or part in ("ASIN", "FBA", "URGENT")


def _alone(passage: Passage) -> Iterator[_Candidate]:
    text = passage.of.matching
    if "B0" not in text and "b0" not in text and "BO" not in text:
        return
    urls = (
        [m.span() for m in _URL.finditer(*passage.window)]
        if "amazon." in text or "://" in text or "www." in text
        else []
    )
    for m in _ALONE.finditer(*passage.window):
        start, end = m.span()
        if any(a <= start < b for a, b in urls) or _hyphenated(text, start, end):
            continue
        before = text[max(passage.start, start - 18) : start]
        if _ASIN_BEFORE.search(before) or not _OTHER_LABEL.search(before):
            yield start, end, False


def _linked(passage: Passage) -> Iterator[_Candidate]:
    """ASINs in the addresses of Amazon's product pages, where small letters do no harm."""
    if "/" not in passage.of.matching:
        return
    for m in _IN_URL.finditer(*passage.window):
        yield *m.span("value"), True


def _in_columns(passage: Passage, grid: Grid) -> Iterator[_Candidate]:
    text = passage.of.matching
    for cell in named_cells(text, grid, _HEADING, _SIDEWAYS):
        for m in _CELL_TOKEN.finditer(text, cell.start, cell.end):
            yield *m.span(), True


def _asin(passage: Passage, start: int, end: int, labelled: bool, *, linked: bool) -> Asin | None:
    value, place = passage.of.matching[start:end], passage.place(start, end)
    if linked:
        upper = value.upper()
        return Asin(place, upper, True, None, None, "") if well_formed(upper) else None
    form = judge(value, labelled=labelled)
    if form is None:
        return None
    wide = _FULLWIDTH.search(place.text) is not None
    if wide and (form.valid or form.corrected):
        return Asin(place, value, False, "fullwidth", form.corrected or value, "")
    return Asin(place, value, *form, "")

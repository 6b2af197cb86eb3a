"""Word and PowerPoint files (ECMA-376): every paragraph and table that travels, notes, comments and deletions too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from checker.documents.archive import member
from checker.documents.assembly import Assembly
from checker.documents.limits import Allowance, Refuse

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_SLIDE = re.compile(r"ppt/(?:slides/slide|notesSlides/notesSlide|comments/comment)(\d+)\.xml")
# A document has no document type; one that has declares entities to blow up (billion laughs).
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class XmlError(ValueError):
    """XML that is broken or declares a document type."""


def is_office(names: frozenset[str]) -> bool:
    """Whether an archive with these names is a Word or PowerPoint file."""
    return "word/document.xml" in names or "ppt/presentation.xml" in names


def read_office(content: bytes, names: frozenset[str], out: Assembly, allowance: Allowance, refuse: Refuse) -> None:
    """The words of a document into `out`. refuse is called with "" as what, for the document itself."""
    for name in sorted(names, key=_order):
        slide = _SLIDE.fullmatch(name)
        if not slide and not _WORD_PARTS.fullmatch(name):
            continue
        data = member(content, name, allowance, lambda _, why: refuse("", why))
        if data is None:
            continue
        try:
            root = parse_xml(data)
        except XmlError:
            refuse("", "size")
            continue
        _blocks(root, out, f"slide {slide[1]}" if slide else name[5:-4])


def _order(name: str) -> tuple[str, int]:
    number = re.search(r"(\d+)\.xml$", name)
    return name.rstrip("0123456789.xml"), int(number[1]) if number else 0


def parse_xml(data: bytes) -> ElementTree.Element:
    """The root of an XML document without document type. Raises XmlError."""
    wide = b"\0" in data[:200]  # UTF-16, the only other encoding that XML readers must know
    if _DOCTYPE.search(data.decode("utf-16" if wide else "utf-8", "replace")):
        raise XmlError("a document type")
    try:
        return ElementTree.fromstring(data)  # no document type, so no entities
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise XmlError("broken") from error


def _blocks(root: ElementTree.Element, out: Assembly, place: str) -> None:
    """Paragraphs and tables in order, tables within cells as part of their cell."""
    stack = [iter(root)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in (f"{_WORD}tbl", f"{_DRAWING}tbl"):
            out.table(
                [[_cell(c) for c in row if c.tag.endswith("}tc")] for row in element.iter() if _is_row(row)], place
            )
        elif element.tag in (f"{_WORD}p", f"{_DRAWING}p"):
            out.line(_words(element), place)
            stack.append(_boxes(element))
        else:
            stack.append(iter(element))


def _is_row(element: ElementTree.Element) -> bool:
    return element.tag in (f"{_WORD}tr", f"{_DRAWING}tr")


def _boxes(paragraph: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Text boxes anchored in a paragraph: paragraphs within it, which `_words` leaves out."""
    return (box for box in paragraph.iter(f"{_WORD}txbxContent"))


def _cell(cell: ElementTree.Element) -> str:
    return " ".join(filter(None, (_words(p).strip() for p in cell.iter() if p.tag in (f"{_WORD}p", f"{_DRAWING}p"))))


def _words(paragraph: ElementTree.Element) -> str:
    """The runs of a paragraph joined: a word cut in several runs is one word again."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = element.tag.rpartition("}")[2]
        if name in ("t", "delText", "instrText"):
            parts.append(element.text or "")
        elif name in ("tab", "ptab"):
            parts.append("\t")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name != "txbxContent":
            stack.append(iter(element))
    return "".join(parts)

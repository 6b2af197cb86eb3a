"""HTML to the text that a person sees, tied to its source while it is parsed."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.clients import Attributes, Look, look
from checker.elements import BLOCK, CELLS, FAR, ITEMS, SPACED, SPECIAL, VOID, Element, closed_by
from checker.grids import OpenCell, OpenTable
from checker.markup import Attribute, Token, attributes, tokens
from checker.normalise import normalise
from checker.page import Page
from checker.sections import Range, Sections
from checker.text import Origin, Segment, Text

# A style sheet that leaves paragraphs without a margin, as Outlook's and Foxmail's do.
_STYLE_NO_MARGIN = re.compile(
    r"(?<![\w.#-])p\s*(?:,[^{}]{0,200})?\{[^}]{0,300}?margin(?:-top|-bottom)?\s*:\s*0", re.IGNORECASE
)
_SPOKEN = frozenset(["title", "alt", "aria-label", "placeholder", "value", "summary"])
_HIDES = re.compile(r"(?:title|alt|aria-label|placeholder|value|summary|data-[\w-]+|href)\s*=", re.IGNORECASE)
_TELLING = re.compile(r"[\d@]|[^\x00-\x7f]")
_OFFICE = re.compile(r"<xml|<style|^\[if [^\]]*\]><!|^<!\[endif\]|^\s*(?:Start|End)Fragment\s*$|^\s*$", re.IGNORECASE)


class Html(NamedTuple):
    """What an HTML part says. Ranges are offsets of the matching text, ascending and apart."""

    text: Text
    hidden: tuple[Text, ...]
    quotes: tuple[Range, ...]
    signatures: tuple[Range, ...]
    invisible: tuple[Range, ...]


def parse_html(source: str) -> Html:
    """The readable text of an HTML part with its exact map, and what its structure says. Never raises on any input."""
    reader = _Reader(source)
    for token in tokens(source):
        reader.take(token)
    return reader.finish()


class _Reader:
    """The state while a part is read: the page, the open elements and tables."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page(source)
        self.sections = Sections()
        self.stack: list[Element] = []
        self.tables: list[OpenTable] = []
        self.data: list[OpenTable] = []
        self.hidden: list[Text] = []
        self.looks: dict[tuple[str, str], Look] = {}  # programs write the same attributes again and again
        self.pre = 0
        self.tight = False  # paragraphs have no margins

    def take(self, token: Token) -> None:
        """One token."""
        kind, name, start, end = token
        if kind == "text":
            (self.page.write_preserved if self.pre else self.page.write)(start, end)
        elif kind == "open":
            self._open(name, start, end)
        elif kind == "close":
            self._close(name)
        elif kind == "style":
            self.tight = self.tight or _STYLE_NO_MARGIN.search(self.source, start, end) is not None
        elif not _OFFICE.search(self.source[start:end]):
            self._hide(start, end)

    def finish(self) -> Html:
        """What was read."""
        while self.tables:
            self._end_table()
        self._pop_to(0)
        self.sections.finish(self.page.length)
        plain = self.page.text
        self.data.sort(key=lambda table: table.cells[0].start)
        at = normalise(plain, tabs=True, wrapped=False).matching if self.data else int
        grids = tuple(table.grid(at) for table in self.data)
        text = Text("html", plain, self.source, self.page.segments(), tables=grids)
        return Html(
            text,
            tuple(self.hidden),
            _ranges(text, self.sections.quotes(plain)),
            _ranges(text, self.sections.signatures),
            _ranges(text, self.sections.invisible),
        )

    def _open(self, name: str, start: int, end: int) -> None:
        seen = self._look(name, start, end)
        spaced = False
        if name in BLOCK:
            spaced = name in SPACED and not (self.tight and name == "p") and not seen.close
            self._open_block(name, seen, spaced)
        elif name in CELLS:
            self._open_cell(name, start, end)
        elif name == "br":
            self.page.br()
        mark = self.sections.open(name, seen, self.page.length)
        if name not in VOID:
            self.pre += seen.preserved
            self.stack.append(Element(name, mark, seen.preserved, spaced))
        elif mark is not None:
            self.sections.close(name, mark, self.page.length)

    def _look(self, name: str, start: int, end: int) -> Look:
        """What an element says; what its attributes hide is kept."""
        words = self.source[start:end]
        if _HIDES.search(words):
            self._hide_attributes(attributes(self.source, start, end))
        found = self.looks.get((name, words))
        if found is None:
            found = look(name, attributes(self.source, start, end))
            self.looks[name, words] = found
        return found

    def _open_block(self, name: str, seen: Look, spaced: bool) -> None:
        self._close_implied(name)
        if name == "table":
            if self.tables:
                self.tables[-1].nested = True
            self.tables.append(OpenTable(layout=seen.layout))
        elif name == "tr" and self.tables:
            self._end_cell()
            self.page.row()
            self.tables[-1].next_row()
            return
        if spaced:
            self.page.margin()
        else:
            self.page.line()

    def _close_implied(self, name: str) -> None:
        """A block ends an open paragraph, an item the item before it, a row or cell the one before it."""
        for at in range(len(self.stack) - 1, max(-1, len(self.stack) - FAR), -1):
            open_name = self.stack[at].name
            if open_name == "p" or (open_name == name and name in ITEMS) or (name in CELLS and open_name in CELLS):
                self._pop_to(at)
                if open_name != "p":
                    return
            elif open_name in SPECIAL and not (name == "tr" and open_name in CELLS):
                return

    def _close(self, name: str) -> None:
        if name == "br":
            self.page.br()
            return
        at = closed_by(self.stack, name)
        if at >= 0:
            self._pop_to(at)
        if name in CELLS or (name == "tr" and self.tables):
            self._end_cell()
            if name == "tr":
                self.page.row()
        elif name == "table" and self.tables:
            self._end_table()
        elif name in BLOCK:
            self.page.line()

    def _pop_to(self, at: int) -> None:
        while len(self.stack) > at:
            name, mark, pre, spaced = self.stack.pop()
            self.pre -= pre
            if spaced:
                self.page.margin()
            if mark is not None:
                self.sections.close(name, mark, self.page.length)

    def _open_cell(self, name: str, at: int, end: int) -> None:
        self._close_implied(name)
        if not self.tables:
            self.page.line()
            return
        table = self.tables[-1]
        self._end_cell()
        if table.row < 0:
            self.page.row()
            table.next_row()
        first = table.column == 0
        self.page.cell(at, first)
        if not first:
            table.tabs.append(len(self.page.pieces) - 1)
        attrs = attributes(self.source, at, end)
        spans = (_number(attrs.get("rowspan")), _number(attrs.get("colspan")))
        table.begin_cell(self.page.length, len(self.page.pieces), *spans, header=name == "th")

    def _end_cell(self) -> None:
        if self.tables:
            self.tables[-1].end_cell(self.page.length, len(self.page.pieces))

    def _end_table(self) -> None:
        table = self.tables.pop()
        table.end_cell(self.page.length, len(self.page.pieces))
        self.page.row()
        if table.cells and table.is_data(self._words):
            self.data.append(table)
            for cell in table.cells:  # a row of data is one line
                self.page.turn(list(range(cell.first_piece, cell.last_piece)), "\n", " ")
        else:
            self.page.turn(table.tabs, "\t", "\n")

    def _words(self, cell: OpenCell) -> str:
        return "".join(self.page.pieces[cell.first_piece : cell.last_piece])

    def _hide_attributes(self, attrs: Attributes) -> None:
        for name, (value, start, end) in attrs.items():
            if name in _SPOKEN:
                if value.strip():
                    self._hide(start, end)
            elif name == "href" and value[:7].lower() == "mailto:":
                self._hide(start + 7, end)
            elif name.startswith("data-") and _TELLING.search(value):
                self._hide(start, end)

    def _hide(self, start: int, end: int) -> None:
        if start < end:
            segments = (Segment(0, end - start, Origin(start, end)),)
            self.hidden.append(Text("html", self.source[start:end], self.source, segments))


def _number(attribute: Attribute | None) -> int:
    digits = attribute.value.strip()[:4] if attribute else ""
    return int(digits) if digits.isascii() and digits.isdigit() else 1


def _ranges(text: Text, found: list[Range]) -> tuple[Range, ...]:
    """Readable ranges as matching ones: ascending, joined where they touch, without the line breaks at their edges."""
    out: list[Range] = []
    for first, last in sorted(found):
        start, end = first, last
        while start < end and text.plain[start] in "\n\t":
            start += 1
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple((text.matching_at(a), text.matching_at(b)) for a, b in out)

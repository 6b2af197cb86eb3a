"""What stands in attached documents, also in those within archives and mails: passages that sensitive rules read.

Workbooks that are attached themselves are in `sheets`, which figures need as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from checker.budget import Budget
from checker.charsets import decode
from checker.documents.archive import entries, names_of, unpacked_size
from checker.documents.assembly import Assembly
from checker.documents.limits import DEPTH, LARGEST, Allowance
from checker.documents.office import is_office, read_office
from checker.documents.pdf import read_pdf
from checker.facts.broken_files import check_file
from checker.facts.formats import extension_of, kind_of
from checker.facts.sheets import is_sheet, open_sheets
from checker.html import parse_html
from checker.message import Attachment, Message
from checker.mime import from_eml
from checker.reading import Passage
from checker.text import Text, literal

# Cards and calendars carry contacts on purpose; signatures and pictures have no words.
_NOT_READ = frozenset("vcf ics p7s p7m asc sig svg css js".split())  # noqa: SIM905
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MAILS = frozenset({"eml", "mht", "mhtml"})
_BOOK = re.compile(r"xl/workbook\.(?:xml|bin)|content\.xml")


class _File(NamedTuple):
    """A file to read: of which attachment, by which name (archive/entry), how deep within others."""

    number: int
    name: str
    content: bytes
    depth: int

    def __repr__(self) -> str:
        """Without name and content."""
        return f"<_File {self.number}, {len(self.content)} bytes>"


class _Opened(NamedTuple):
    """A Text with the zone in which it is judged, and where it stands: attachment or sheet."""

    text: Text
    zone: str = "own"
    where: str = "attachment"


def open_documents(attachments: tuple[Attachment, ...], budget: Budget) -> tuple[Passage, ...]:
    """The readable parts of attached txt, html, docx, pptx, pdf, eml, and of everything in zip archives, in order.

    What is over a limit, encrypted or out of time is noted in budget. Nothing is raised for any bytes.
    """
    reader = _Reader(budget)
    found: list[Passage] = []
    for one in attachments:
        name = one.name.plain
        if one.content is None:
            continue
        named = name if not one.nested or name.lower().endswith(".eml") else f"{name}.eml"
        file = _File(one.index, named, one.content, 0)
        found += (Passage(text, 0, len(text.matching), zone, where) for text, zone, where in reader.read(file))
    return tuple(found)


class _Reader:
    """What is left of the limits while the attachments of one mail are read."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.allowance = Allowance()

    def read(self, file: _File) -> Iterator[_Opened]:
        """The Texts of one file and of those within it."""
        extension, kind = extension_of(file.name), kind_of(file.content[:2048])
        if extension in _NOT_READ or not file.content:
            return
        if self.budget.spent():
            self.budget.leave_out(file.name, "time")
        elif len(file.content) > LARGEST:
            if kind in ("zip", "pdf", "text", "html"):
                self.budget.leave_out(file.name, "size")
        elif kind == "zip":
            yield from self._zip(file)
        elif kind == "pdf":
            yield from self._assembled(
                file, lambda out: read_pdf(file.content, out, self.allowance, self._refuse(file), self.budget.spent)
            )
        elif kind == "ole":
            yield from self._book(file)
        elif kind in ("text", "html"):
            yield from self._words(file, extension, kind)

    def _zip(self, file: _File) -> Iterator[_Opened]:
        names = names_of(file.content)
        if is_office(names):
            yield from self._assembled(
                file, lambda out: read_office(file.content, names, out, self.allowance, self._refuse(file))
            )
        elif any(_BOOK.fullmatch(name) for name in names):
            yield from self._book(file)
        elif file.depth >= DEPTH:
            self.budget.leave_out(file.name, "depth")
        else:
            for name, content in entries(file.content, file.name, self.allowance, self.budget.leave_out):
                if self.budget.spent():
                    self.budget.leave_out(file.name, "time")
                    return
                inner = _File(file.number, f"{file.name}/{name}", content, file.depth + 1)
                yield _Opened(literal("attachment", inner.name, attachment=file.number, name=inner.name))
                yield from self.read(inner)

    def _book(self, file: _File) -> Iterator[_Opened]:
        """A workbook within an archive; one that is attached itself is open already."""
        if check_file(file.name, file.content).problem == "password":
            self.budget.leave_out(file.name, "encrypted")
        elif file.depth or not is_sheet(file.name):
            yield from self._sheets(file, file.name if is_sheet(file.name) else f"{file.name}.xlsx")

    def _sheets(self, file: _File, name: str) -> Iterator[_Opened]:
        inner = Attachment(
            file.number, literal("attachment", name, attachment=file.number, name=name), len(file.content), None, False,
            file.content,
        )  # fmt: skip
        if not self.allowance.take_bytes(unpacked_size(file.content)):
            self.budget.leave_out(file.name, "size")
            return
        for text in open_sheets((inner,), self.budget):
            yield _Opened(text, where="sheet")

    def _words(self, file: _File, extension: str, kind: str) -> Iterator[_Opened]:
        if extension in _MAILS:
            yield from self._mail(file)
        elif kind == "html" or extension in ("html", "htm"):
            yield from self._page(file)
        elif extension in ("csv", "tsv"):
            if file.depth:
                yield from self._sheets(file, file.name)
        elif _is_table(file.content):
            yield from self._sheets(file, f"{file.name}.tsv")
        else:
            yield from self._assembled(file, lambda out: _lines(_decoded(file.content), out))

    def _page(self, file: _File) -> Iterator[_Opened]:
        page = parse_html(_decoded(file.content))
        for text in (page.text, *page.hidden):
            yield from self._assembled(file, partial(_copy, text))

    def _mail(self, file: _File) -> Iterator[_Opened]:
        """A mail in an attachment is read as quoted history: its writer's signature is his own."""
        if file.depth >= DEPTH:
            self.budget.leave_out(file.name, "depth")
            return
        message = from_eml(file.content)
        for text in _texts(message):
            yield from (one._replace(zone="quote") for one in self._assembled(file, partial(_copy, text)))
        for one in message.attachments:
            if one.content is not None:
                yield from self.read(_File(file.number, f"{file.name}/{one.name.plain}", one.content, file.depth + 1))

    def _assembled(self, file: _File, fill: Callable[[Assembly], None]) -> Iterator[_Opened]:
        out = Assembly(file.number, file.name, self.allowance.characters)
        fill(out)
        self.allowance.characters -= out.length
        if out.full:
            self.budget.leave_out(file.name, "size")
        text = out.text()
        if text is not None:
            yield _Opened(text)

    def _refuse(self, file: _File) -> Callable[[str, str], None]:
        return lambda _, why: self.budget.leave_out(file.name, why)


def _texts(message: Message) -> tuple[Text, ...]:
    return (message.subject, message.body, *message.hidden)


def _decoded(content: bytes) -> str:
    """UTF-16 by its mark, else UTF-8 where it is valid, else GB 18030."""
    return content.decode("utf-16", "replace") if content[:2] in _UTF16 else decode(content, None).text


def _is_table(content: bytes) -> bool:
    """Tab-separated rows, as Amazon's reports come in .txt: two first lines of as many tabs, at least two."""
    first, second, *_ = (*content[:20_000].splitlines(), b"", b"")
    return first.count(b"\t") >= 2 and first.count(b"\t") == second.count(b"\t")


def _lines(words: str, out: Assembly) -> None:
    for number, line in enumerate(words.splitlines(), 1):
        out.line(line, f"line {number}")
        if out.full:
            return


def _copy(text: Text, out: Assembly) -> None:
    """A Text of HTML or of a mail, its data tables as tables."""
    at = 0
    for grid in text.tables:
        start, end = text.readable(grid.start, grid.end) if grid.end > grid.start else (at, at)
        if start < at or not grid.cells:
            continue
        _lines(text.plain[at:start], out)
        rows: dict[int, list[str]] = {}
        for cell in grid.cells:
            words = text.matching[cell.start : cell.end]
            rows.setdefault(cell.row, []).append(words)
        out.table(list(rows.values()), "table")
        at = end
    _lines(text.plain[at:], out)

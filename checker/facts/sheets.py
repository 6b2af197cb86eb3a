"""Attached workbooks and CSV files as Texts: one a sheet, cells joined by tabs, with the cell names as origins."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from checker.budget import Budget, Pace
from checker.charsets import decode_file
from checker.message import Attachment
from checker.text import Cell, Grid, Origin, Segment, Text

_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_TABLES = (".csv", ".tsv", ".txt")
_MOST_BYTES = 20_000_000  # of a file
_MOST_UNPACKED = 80_000_000  # of a zipped workbook: a bomb unpacks to more
_MOST_SHEETS = 30
_MOST_ROWS = 5_000  # of a sheet
_MOST_COLUMNS = 120
_MOST_CELLS = 100_000  # of all sheets
_MOST_CHARACTERS = 500  # of a cell
_SEARCHING = 0.00002  # seconds that a cell takes once it is read: to be placed, and searched for sensitive data
_BREAKS = re.compile(r"\s+")
_DELIMITERS = "\t,;|"


def is_sheet(name: str) -> bool:
    """Whether a file of that name may hold tables that open_sheets reads."""
    return name.lower().strip().endswith((*_BOOKS, *_TABLES[:2]))


def open_sheets(attachments: tuple[Attachment, ...], budget: Budget) -> tuple[Text, ...]:
    """The sheets of attached xlsx, xls, ods, csv and tsv files in order, hidden ones too, each with one Grid.

    A broken or password-protected file gives none: the attachment rules tell of it. What is over the limits is noted in
    budget as left out for its size.
    """
    found: list[Text] = []
    cells = _MOST_CELLS
    for attachment in attachments:
        name = attachment.name.plain
        if attachment.content is None or attachment.nested or not is_sheet(name):
            continue
        if budget.spent():
            budget.leave_out(name, "time")
            break
        for title, rows in _open(attachment.content, name, budget):
            sheet = _sheet(attachment, title, _within(rows, name, cells, budget))
            if sheet is not None:
                cells -= len(sheet.tables[0].cells)
                found.append(sheet)
    return tuple(found)


def _open(content: bytes, name: str, budget: Budget) -> Iterator[tuple[str | None, Iterable[Sequence[Any]]]]:
    if len(content) > _MOST_BYTES:
        budget.leave_out(name, "size")
    elif name.lower().strip().endswith(_BOOKS) or content.startswith(b"PK\x03\x04"):
        yield from _book(content, name, budget)
    else:
        yield None, _delimited(content)


def _book(content: bytes, name: str, budget: Budget) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
    # Imported here: a mail without a workbook does not pay for it.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    if _unpacked(content) > _MOST_UNPACKED:
        budget.leave_out(name, "size")
        return
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names[:_MOST_SHEETS]:
            if budget.spent():
                budget.leave_out(name, "time")
                return
            yield title, _from_first(book.get_sheet_by_name(title))
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile):
        return
    if len(book.sheet_names) > _MOST_SHEETS:
        budget.leave_out(name, "size")


def _from_first(sheet: Any) -> Sequence[Sequence[Any]]:
    """Rows from A1 on, so that row and column numbers are those of the cells' names."""
    if sheet.total_height * sheet.total_width > 40 * _MOST_CELLS:
        return list(sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS + 1))
    return list(sheet.to_python(skip_empty_area=False))


def _unpacked(content: bytes) -> int:
    if not content.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return sum(entry.file_size for entry in book.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return 0


def _delimited(content: bytes) -> list[list[str]]:
    text = decode_file(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[list[str]] = []
    try:
        for row in rows:
            found.append(row)
            if len(found) > _MOST_ROWS:
                break
    except csv.Error:
        pass
    return found


def _within(rows: Iterable[Sequence[Any]], name: str, cells: int, budget: Budget) -> Iterator[Sequence[Any]]:
    pace = Pace(budget, reserve=_SEARCHING)
    for number, row in enumerate(rows):
        if pace.over(len(row)):
            budget.leave_out(name, "time")
            return
        cells -= sum(1 for value in row if value not in (None, ""))
        if number >= _MOST_ROWS or cells < 0 or any(v not in (None, "") for v in row[_MOST_COLUMNS:]):
            budget.leave_out(name, "size")
        if number >= _MOST_ROWS or cells < 0:
            return
        yield row[:_MOST_COLUMNS]


def _sheet(attachment: Attachment, title: str | None, rows: Iterable[Sequence[Any]]) -> Text | None:
    parts: list[str] = []
    segments: list[Segment] = []
    places: list[tuple[int, int, int, int]] = []
    at = 0

    def add(words: str, cell: str | None) -> None:
        nonlocal at
        if words:
            parts.append(words)
            segments.append(Segment(at, at + len(words), Origin(at, at + len(words), cell)))
            at += len(words)

    for r, row in enumerate(rows):
        name = ""
        for c, value in enumerate(_trimmed(row)):
            words, name = _words(value), f"{_letters(c)}{r + 1}"
            # Tab and line break belong to the cell before them, so that every character has an origin.
            if c:
                add("\t", name)
            places.append((at, at + len(words), r, c))
            add(words, name)
        add("\n", name or f"A{r + 1}")
    if not any(end > start for start, end, _, _ in places):
        return None
    return _with_grid(_text(attachment, title, "".join(parts), tuple(segments)), places)


def _text(attachment: Attachment, title: str | None, plain: str, segments: tuple[Segment, ...]) -> Text:
    # A table, even an empty one, keeps the tabs in the matching text.
    return Text(
        "attachment",
        plain,
        "",
        segments,
        attachment=attachment.index,
        name=attachment.name.plain,
        sheet=title,
        tables=(Grid(0, 0, ()),),
    )


def _with_grid(text: Text, places: Iterable[tuple[int, int, int, int]]) -> Text:
    cells = tuple(Cell(text.matching_at(a), text.matching_at(b), row, column) for a, b, row, column in places)
    return replace(text, tables=(Grid(0, len(text.matching), cells),))


def _trimmed(row: Sequence[Any]) -> Sequence[Any]:
    last = max((i for i, value in enumerate(row) if value not in (None, "")), default=-1)
    return row[: last + 1]


def _words(value: Any) -> str:
    """A cell as Excel shows it, near enough: numbers without .0, days as ISO dates, one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return _BREAKS.sub(" ", str(value)).strip()[:_MOST_CHARACTERS]


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

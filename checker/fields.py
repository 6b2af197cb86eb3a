"""The header fields of a part as byte ranges, as far as a person's mail has them."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.message import Defect

# Postfix reads 100 kB of a field (header_size_limit), Exim refuses a mail with 1 MB of headers; real ones have 20 kB.
MOST_HEADERS = 256_000  # bytes, of all parts together: fields behind them are not read
MOST_FIELD = 100_000  # bytes of one field

# Printable ASCII but the colon, as RFC 5322 and stdlib's parser have it; a line that starts with white space goes on.
_FIELD = re.compile(rb"([!-9;-~]+):([^\r\n]*(?:(?:\r\n|\n|\r)[ \t][^\r\n]*)*)(?:\r\n|\n|\r|\Z)")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_BLANK = re.compile(rb"\r\n|\n|\r")
_BLANK_LINE = re.compile(rb"(?:\n|\r(?!\n))(?:\r\n|\n|\r)")
_FIELD_END = re.compile(rb"(?:\r\n|\n|\r(?!\n))(?![ \t])")


class Field(NamedTuple):
    """A header field: its name in lower case, its lines [start, end), its value [value, stop) without the line end.

    What is longer than MOST_FIELD is cut: the rest of its value stands in [stop, end).
    """

    name: str
    start: int
    end: int
    value: int
    stop: int


class Head(NamedTuple):
    """The header of a part: its fields, where its body starts, and how many of its bytes were read as fields."""

    fields: tuple[Field, ...]
    body: int
    read: int


def read_fields(data: bytes, start: int, end: int, most: int, defects: list[Defect]) -> Head:
    """The header that starts there, of which at most so many bytes are read.

    The body starts behind the blank line, or at the first line that is no field.
    """
    fields: list[Field] = []
    at, read = start, 0
    while at < end and read < most:
        if field := _field(data, at, end, defects):
            fields.append(field)
            behind = field.end
        elif data.startswith(b"From ", at) or (not fields and data[at] in b" \t"):
            behind = _LINE.match(data, at, end).end()  # type: ignore[union-attr]
        else:
            break
        read += min(behind - at, MOST_FIELD)
        at = behind
    return Head(tuple(fields), _body(data, at, end, read < most, defects), read)


def _body(data: bytes, at: int, end: int, ended: bool, defects: list[Defect]) -> int:
    """Where the body starts, if the fields were read as far as `at`. ended: whether they end there."""
    if at == end:
        return end
    if blank := _BLANK.match(data, at, end):
        return blank.end()
    if ended:
        defects.append(Defect("separator-missing"))
        return at
    defects.append(Defect("headers-cut"))
    behind = _BLANK_LINE.search(data, at - 1, end)
    return behind.end() if behind else end


def _field(data: bytes, at: int, end: int, defects: list[Defect]) -> Field | None:
    """The field that starts there, read as far as MOST_FIELD; None where none does."""
    m = _FIELD.match(data, at, min(end, at + MOST_FIELD))
    if m is None:
        return None
    behind = m.end()
    if behind == at + MOST_FIELD:  # it may go on
        line_end = _FIELD_END.search(data, m.end(2), end)
        behind = line_end.end() if line_end else end
        if m.end(2) < (line_end.start() if line_end else end):
            defects.append(Defect("headers-cut"))
    return Field(m[1].decode("ascii").lower(), at, behind, m.start(2), m.end(2))

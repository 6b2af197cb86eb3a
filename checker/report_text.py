"""The bytes of an exported report -> its header and its rows: charset, delimiter and quotes as offices leave them."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_SAMPLE = 200_000  # bytes that are looked at to tell a charset
_MOST_LINES = 60  # that one quoted cell may run over
_FILLER = re.compile(r"[\s\-_.\u30fb]+")
_LATIN = "À-ÖØ-öø-ÿ\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2122®©°²³´·½¼×€£"
# What text in a charset is made of, where it was really written in it. Order: the one that wins a tie first.
_NATURAL = {
    "utf-8": re.compile(r"[^\x00-\x7f\x80-\x9f\ufffd]"),
    "gb18030": re.compile("[\u4e00-\u9fa5\u3000-\u3011\uff01-\uff5e\u2014\u2018-\u201d\u2026\u00b7\u00d7\u2103]"),
    "cp932": re.compile("[\u3041-\u3093\u30a1-\u30f6\u30fb\u30fc\u4e00-\u9fa5\u3000-\u3011\uff01-\uff5e]"),
    # Latin accents stand alone among plain letters; two in a row are halves of something else.
    "cp1252": re.compile(f"(?<![^\\x00-\\x7f])[{_LATIN}](?![^\\x00-\\x7f])"),
}


class Rows(NamedTuple):
    """A report as text: the names of its columns, and its rows (a row may be shorter or longer than the header)."""

    header: list[str]
    rows: Iterator[list[str]]


def heading(words: str) -> str:
    """A column's name without case, spaces, hyphens and quotes: `Seller SKU`, `seller-sku` are one."""
    return _FILLER.sub("", words.strip().strip('"')).lower()


def cell(words: str) -> str:
    """A cell without the quotes that a spreadsheet program put round it."""
    words = words.strip()
    if '"' not in words:
        return words
    return words[1:-1].replace('""', '"') if len(words) > 1 and words[0] == words[-1] == '"' else words


def read(content: bytes, known: Collection[str]) -> Rows:
    """Header and rows of a report. known: headings that such a report has, which tell its charset too.

    A row whose quotes do not close is cut at every delimiter. Nothing is raised: an unknown header is the caller's.
    """
    lines = _lines(_decoded(content, known))
    first = next((n for n, line in enumerate(lines) if line.strip() and not line.lower().startswith("sep=")), 0)
    if not lines:
        return Rows([], iter(()))
    delimiter = max("\t,;", key=lines[first].count)
    header = lines[first].split(delimiter)
    return Rows([heading(h) for h in header], _records(lines, first + 1, delimiter, len(header)))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n") if "\n" in text else text.split("\r")


def _decoded(content: bytes, known: Collection[str]) -> str:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content.decode(codec, "replace")
    if b"\0" in content[:2]:
        return content.decode("utf-16-be" if content[0] == 0 else "utf-16-le", "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode(_charset(content, known), "replace")


def _charset(content: bytes, known: Collection[str]) -> str:
    """The charset in which the header names known columns; where several do, the one whose text looks natural."""
    header = content.partition(b"\n")[0]
    sample = b"\n".join(line for line in content[:_SAMPLE].split(b"\n")[:-1] if not line.isascii()) or content
    delimiters = re.compile("[\t,;\r]")

    def fit(codec: str) -> tuple[int, float]:
        names = delimiters.split(header.decode(codec, "replace"))
        return sum(heading(name) in known for name in names), _natural(sample, codec)

    return max(_NATURAL, key=fit)


def _natural(sample: bytes, codec: str) -> float:
    """Which share of the characters beyond ASCII is what people write in this charset."""
    text = sample.decode(codec, "replace")
    beyond = sum(c > "\x7f" for c in text)
    found = _NATURAL[codec].findall(text)
    if codec == "gb18030":  # its rare characters are other charsets' common ones
        found = [c for c in found if c.encode("gb2312", "ignore")]
    return len(found) / beyond if beyond else 1.0


def _records(lines: list[str], at: int, delimiter: str, width: int) -> Iterator[list[str]]:
    while at < len(lines):
        line = lines[at]
        cells = line.split(delimiter)
        if len(cells) == width and (delimiter == "\t" or '"' not in line):
            at += 1
        else:
            cells, taken = _quoted(lines, at, delimiter, width)
            at += taken
        yield cells


def _quoted(lines: list[str], at: int, delimiter: str, width: int) -> tuple[list[str], int]:
    """The row that begins at a line, with its quotes read, over as many lines as a quoted cell takes."""
    joined = lines[at]
    if '"' not in joined:
        return joined.split(delimiter), 1
    for taken in range(1, min(_MOST_LINES, len(lines) - at) + 1):
        joined = "\n".join(lines[at : at + taken])
        try:
            cells = next(csv.reader([joined], delimiter=delimiter, strict=joined.count('"') % 2 == 0))
        except csv.Error:
            continue
        fits = len(cells) == width and not (delimiter == "\t" and any("\t" in c for c in cells))
        if fits or (taken == 1 and joined.count('"') % 2 == 0):
            return cells, taken
    bare = lines[at].replace('"', "")
    return bare.split(delimiter), 1

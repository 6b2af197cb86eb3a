"""Edits inside one encoded text of a mail: lines that are not touched keep their bytes."""

from __future__ import annotations

import base64
import binascii
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from checker.charsets import codec_of, decode, stateless, writable
from checker.parts import Part
from checker.text import Edit

_LINES = re.compile(rb"[^\n]*\n|[^\n]+\Z")
_SOFT = re.compile(rb"=(?:\r[^\n]*)?\n\Z")  # a soft line break, as binascii reads it
_CHARSET = re.compile(rb"(charset\*?\s*=\s*)(?:\"[^\"]*\"|[^;\s]+)", re.IGNORECASE)
_EIGHT_BIT = "8bit"


class Change(NamedTuple):
    """Bytes [start, end) of the mail become `new`."""

    start: int
    end: int
    new: bytes


class _Wanted(NamedTuple):
    """The text that a part should have, and what must change beside it: "" keeps."""

    text: str
    codec: str
    charset: str
    encoding: str


def edit_string(source: str, edits: Sequence[Edit]) -> str:
    """The source with the edits applied. Raises ValueError when they overlap or lie outside."""
    out, at = [], 0
    for i, edit in enumerate(ordered := sorted(edits, key=lambda e: (e.start, e.end))):
        same_place = i > 0 and edit[1:3] == ordered[i - 1][1:3]
        if not at <= edit.start <= edit.end <= len(source) or same_place:
            raise ValueError(f"{edit.part}: edits overlap or lie outside the part")
        out += [source[at : edit.start], edit.text]
        at = edit.end
    return "".join(out) + source[at:]


def rewrite(part: Part, edits: Sequence[Edit]) -> list[Change]:
    """The changes that make the part's text read as edited. Edits count in the text with LF line ends.

    A character that the charset lacks turns the part into UTF-8, its Content-Type with it.
    """
    read = decode(part.content[0], part.parameters.get("charset"))
    edit_string(read.text.replace("\r\n", "\n"), edits)  # checks them
    moved = _with_line_ends(read.text, edits, _line_end(part))
    wanted = _wanted(part, read.text, read.codec, moved)
    if wanted.charset or wanted.encoding:
        body = _encode_all(part, wanted)
        return [*_header_changes(part, wanted), Change(part.body, part.end, body)]
    return [Change(part.body, part.end, _encode_touched(part, read.codec, moved, wanted))]


def _line_end(part: Part) -> bytes:
    """The line end of the mail around the part."""
    head = part.data[part.start : part.body] or part.sent
    return b"\r\n" if b"\r\n" in head or b"\n" not in head else b"\n"


def _with_line_ends(text: str, edits: Sequence[Edit], line_end: bytes) -> list[Edit]:
    """Edits that count in the LF text, moved to the text as it is."""
    ends = [m.start() - i for i, m in enumerate(re.finditer("\r\n", text))]  # places of the LF in the LF text
    new_line = "\r\n" if ends or (line_end == b"\r\n" and "\n" not in text) else "\n"

    def moved(at: int) -> int:
        return at + bisect_right(ends, at - 1)

    return [
        Edit(e.part, moved(e.start), moved(e.end), e.text.replace("\r\n", "\n").replace("\n", new_line)) for e in edits
    ]


def _wanted(part: Part, text: str, codec: str, edits: Sequence[Edit]) -> _Wanted:
    label = part.parameters.get("charset")
    edited = edit_string(text, edits)
    added = "".join(e.text for e in edits)
    if added.isascii() and stateless(codec):
        return _Wanted(edited, codec, "", "")
    plain = part.content[0].isascii() and codec_of(label) is None
    charset = "" if _can(added, "ascii" if plain else writable(label, codec)) and _can(edited, codec) else "utf-8"
    codec = charset or codec
    seven = part.encoding not in ("base64", "quoted-printable", _EIGHT_BIT, "binary") and part.content[0].isascii()
    encoding = "quoted-printable" if seven and not edited.encode(codec).isascii() else ""
    if part.encoding.startswith(("x-uu", "uu")):
        encoding = "base64"
    return _Wanted(edited, codec, charset, encoding)


def _can(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeError:
        return False
    return True


def _encode_all(part: Part, wanted: _Wanted) -> bytes:
    content = wanted.text.encode(wanted.codec, "surrogatepass" if wanted.codec == "utf-8" else "replace")
    return _transfer(part, wanted.encoding or part.encoding, content)


def _transfer(part: Part, encoding: str, content: bytes) -> bytes:
    if encoding == "base64":
        return _wrapped(part, content)
    return _quoted(content, _line_end(part)) if encoding == "quoted-printable" else content


def _encode_touched(part: Part, codec: str, edits: Sequence[Edit], wanted: _Wanted) -> bytes:
    """Only the lines that an edit touches are written anew; everything where the lines cannot be told apart."""
    coded = part.encoding == "quoted-printable"
    content = part.content[0]
    units = _logical_lines(part.sent) if coded else _LINES.findall(content)
    plain = [binascii.a2b_qp(unit) for unit in units] if coded else units
    texts = [_lenient(unit, codec) for unit in plain] if stateless(codec) else []
    if b"".join(plain) != content or "".join(texts) != _lenient(content, codec):
        return _encode_all(part, wanted)
    starts = [0, *accumulate(len(text) for text in texts)]
    for first, last, inside in reversed(_touched(starts, edits)):
        base = starts[first]
        shifted = [Edit(e.part, e.start - base, e.end - base, e.text) for e in inside]
        new = edit_string("".join(texts[first:last]), shifted).encode(codec, "replace")
        units[first:last] = [_quoted(new, _line_end(part)) if coded else new]
    return _wrapped(part, b"".join(units)) if part.encoding == "base64" else b"".join(units)


def _logical_lines(sent: bytes) -> list[bytes]:
    """Lines of quoted-printable, each with the lines that its soft breaks lead to."""
    units, open_ = [b""], False
    for line in _LINES.findall(sent):
        if open_ or not units[-1]:
            units[-1] += line
        else:
            units.append(line)
        open_ = line.endswith(b"\n") and _SOFT.search(line[line.rfind(b"=") :]) is not None
    return units


def _lenient(data: bytes, codec: str) -> str:
    return data.decode(codec, "replace")


def _touched(starts: Sequence[int], edits: Sequence[Edit]) -> list[tuple[int, int, list[Edit]]]:
    """(first unit, behind the last, edits) in order; edits that share a unit go together."""
    groups: list[tuple[int, int, list[Edit]]] = []
    most = max(1, len(starts) - 1)
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        first = min(bisect_right(starts, edit.start) - 1, most - 1)
        last = min(max(first, bisect_right(starts, max(edit.start, edit.end - 1)) - 1), most - 1) + 1
        if groups and first < groups[-1][1]:
            before = groups.pop()
            groups.append((before[0], max(before[1], last), [*before[2], edit]))
        else:
            groups.append((first, last, [edit]))
    return groups


def _wrapped(part: Part, content: bytes) -> bytes:
    """Base64 at the width of the part's own lines, with its line ends and the white space around it."""
    sent = part.sent
    lines = sent.split()
    longest = max((len(line) for line in lines), default=76)
    width = longest if len(lines) > 1 or longest > 76 else 76
    lead = sent[: len(sent) - len(sent.lstrip())]
    trail = sent[len(sent.rstrip()) :] if lines else b""
    line_end = b"\r\n" if b"\r\n" in sent else b"\n" if b"\n" in sent else _line_end(part)
    coded = base64.b64encode(content)
    if len(lines) == 1 and longest > 76:
        return lead + coded + trail
    return lead + line_end.join(coded[i : i + width] for i in range(0, len(coded), width)) + trail


def _quoted(content: bytes, line_end: bytes) -> bytes:
    """Quoted-printable; line ends stay, everything else that needs it is coded (RFC 2045, 6.7)."""
    out = []
    for line in re.findall(rb"[^\n]*\n|[^\n]+\Z", content):
        end = b"\r\n" if line.endswith(b"\r\n") else b"\n" if line.endswith(b"\n") else b""
        coded = binascii.b2a_qp(line[: len(line) - len(end)], istext=False)
        out.append(coded.replace(b"=\n", b"=" + line_end) + end)
    return b"".join(out)


def _header_changes(part: Part, wanted: _Wanted) -> list[Change]:
    changes, added, end = [], b"", _line_end(part)
    if wanted.charset:
        field = next((f for f in part.fields if f.name == "content-type"), None)
        if field:
            value = part.data[field.value : field.stop]
            new = _CHARSET.sub(rb'\1"utf-8"', value, count=1)
            changes.append(Change(field.value, field.stop, new if new != value else value + b'; charset="utf-8"'))
        else:
            added += b'Content-Type: text/plain; charset="utf-8"' + end
    if wanted.encoding:
        field = next((f for f in part.fields if f.name == "content-transfer-encoding"), None)
        if field:
            changes.append(Change(field.value, field.stop, b" " + wanted.encoding.encode()))
        else:
            added += b"Content-Transfer-Encoding: " + wanted.encoding.encode() + end
    return [*changes, *([Change(at := _fields_end(part), at, added)] if added else [])]


def _fields_end(part: Part) -> int:
    return part.fields[-1].end if part.fields else part.start

"""The MIME tree of a mail as byte ranges: what stdlib's parser sees, but saying where everything stands.

Ranges let a fix leave every other byte alone, and no part is copied before it is wanted. A test holds the tree against
stdlib's over thousands of mails.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from checker.fields import MOST_HEADERS, Field, read_fields
from checker.headers import decode_base64, read_parameters
from checker.lazy import cached_property
from checker.message import Defect

DEEPEST = 30  # nested multiparts; real mail has five
MOST_PARTS = 2_000

_CLOSE = re.compile(rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")


@dataclass(frozen=True, repr=False)
class Part:
    """A part of a mail: header lines [start, body), content [body, end) as sent."""

    data: bytes
    start: int
    body: int
    end: int
    fields: tuple[Field, ...]
    default: str
    children: tuple[Part, ...] = ()

    @cached_property
    def _named(self) -> dict[str, list[Field]]:
        named: dict[str, list[Field]] = {}
        for field in self.fields:
            named.setdefault(field.name, []).append(field)
        return named

    def raw(self, name: str) -> bytes | None:
        """The first field of that name, as sent."""
        return next(iter(self.all_raw(name)), None)

    def all_raw(self, name: str) -> list[bytes]:
        """Every field of that name, as sent."""
        return [self.data[field.value : field.stop] for field in self._named.get(name, ())]

    @cached_property
    def _content_type(self) -> tuple[str, dict[str, str]]:
        raw = self.raw("content-type")
        if raw is None:
            return self.default, {}
        kind, parameters = read_parameters(raw)
        return (kind if kind.count("/") == 1 else "text/plain"), parameters

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """inline, attachment or "", and the parameters."""
        raw = self.raw("content-disposition")
        return read_parameters(raw) if raw is not None else ("", {})

    @property
    def type(self) -> str:
        """type/subtype in lower case; what stdlib says where it is absent or none."""
        return self._content_type[0]

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the Content-Type."""
        return self._content_type[1]

    @property
    def filename(self) -> str:
        """The file's name by either header; "" without one."""
        return (self.disposition[1].get("filename") or self.parameters.get("name") or "").strip()

    @cached_property
    def encoding(self) -> str:
        """The transfer encoding in lower case: base64, quoted-printable, 7bit, 8bit, x-uuencode …"""
        raw = self.raw("content-transfer-encoding")
        return "7bit" if raw is None else raw.decode("ascii", "replace").partition(";")[0].strip().lower()

    @property
    def sent(self) -> bytes:
        """The content as sent, still encoded."""
        return self.data[self.body : self.end]

    @cached_property
    def content(self) -> tuple[bytes, str]:
        """The content without its transfer encoding, and a defect code or ""."""
        if self.encoding == "base64":
            decoded, broken = decode_base64(self.sent)
            return decoded, "base64-broken" if broken else ""
        if self.encoding == "quoted-printable":
            return binascii.a2b_qp(self.sent), ""
        if self.encoding in ("x-uuencode", "uuencode", "x-uue"):
            return _uudecode(self.sent)
        return self.sent, ""

    def leaves(self) -> Iterator[Part]:
        """The parts that hold content, in order. A nested message is one of them."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass
class _Left:
    """What may still be read of a mail: parts, and bytes of headers."""

    parts: int = MOST_PARTS
    headers: int = MOST_HEADERS


class Layout(NamedTuple):
    """What the leaves are for: the text that is read, its plain copy, the files, and further texts among them."""

    html: Part | None
    plain: Part | None
    files: tuple[Part, ...]


def scan(data: bytes) -> tuple[Part, tuple[Defect, ...]]:
    """The tree of a mail and what is wrong with its form. Any bytes are a mail; never raises."""
    defects: list[Defect] = []
    root = _scan(data, 0, len(data), "text/plain", 0, defects, _Left())
    return root, tuple(dict.fromkeys(defects))


def layout(root: Part) -> Layout:
    """Which leaves are the body: the first inline text, and in the same multipart/alternative its other version."""
    chosen: dict[str, Part] = {}
    group: list[Part | None] = []
    files: list[Part] = []
    for leaf, alternative in _with_alternative(root, None):
        textual = leaf.type in ("text/html", "text/plain") or leaf.type.startswith("multipart/")
        if not textual or leaf.disposition[0] == "attachment" or leaf.filename:
            files.append(leaf)
        elif not chosen or (alternative is not None and alternative is group[0] and leaf.type not in chosen):
            chosen["text/html" if leaf.type == "text/html" else "text/plain"] = leaf
            group.append(alternative)
        elif leaf.sent.strip():
            files.append(leaf)
    return Layout(chosen.get("text/html"), chosen.get("text/plain"), tuple(files))


def _with_alternative(part: Part, outer: Part | None) -> Iterator[tuple[Part, Part | None]]:
    if not part.children:
        yield part, outer
    inner = part if outer is None and part.type == "multipart/alternative" else outer
    for child in part.children:
        yield from _with_alternative(child, inner)


def _scan(data: bytes, start: int, end: int, default: str, depth: int, defects: list[Defect], left: _Left) -> Part:
    head = read_fields(data, start, end, left.headers, defects)
    left.headers -= head.read
    part = Part(data, start, head.body, end, head.fields, default)
    if not part.type.startswith("multipart/"):
        return part
    left.parts -= 1
    boundary = part.parameters.get("boundary", "").rstrip()
    if not boundary:
        defects.append(Defect("boundary-missing"))
        return part
    if depth >= DEEPEST or left.parts <= 0:
        defects.append(Defect("too-deep"))
        return part
    ranges = list(_ranges(data, head.body, end, boundary.encode("utf-8", "replace"), defects))
    if not ranges:
        defects.append(Defect("boundary-unused"))
        return part
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    kept = ranges[: max(0, left.parts)]
    left.parts -= len(kept)
    if len(kept) < len(ranges):
        defects.append(Defect("too-many-parts"))
    children = tuple(_scan(data, a, b, default, depth + 1, defects, left) for a, b in kept)
    return Part(data, start, head.body, end, head.fields, part.default, children)


def _ranges(data: bytes, start: int, end: int, boundary: bytes, defects: list[Defect]) -> Iterator[tuple[int, int]]:
    """The parts between boundary lines; the line end before a boundary belongs to it."""
    mark, at, opened = b"--" + boundary, start, -1
    while (found := data.find(mark, at, end)) >= 0:
        at = found + len(mark)
        line = _CLOSE.match(data, at, end)
        if line is None or (found > start and data[found - 1] not in b"\r\n"):
            continue
        if 0 <= opened < found:  # boundary lines in a row are one
            yield opened, max(opened, _before_line_end(data, found))
        if line[1]:
            return
        opened = at = line.end()
    if opened >= 0:
        defects.append(Defect("close-boundary-missing"))
        yield opened, end


def _before_line_end(data: bytes, at: int) -> int:
    return at - 2 if data[at - 2 : at] == b"\r\n" else at - 1


def _uudecode(sent: bytes) -> tuple[bytes, str]:
    lines = iter(sent.splitlines())
    decoded = b""
    if not any(line.startswith(b"begin ") for line in lines):
        return sent, "uuencode-broken"
    for line in lines:
        if line.strip() in (b"end", b"`", b""):
            break
        try:
            decoded += binascii.a2b_uu(line)
        except binascii.Error:
            return sent, "uuencode-broken"
    return decoded, ""

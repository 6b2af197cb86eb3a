"""Address headers as people write them: names in any script, semicolons, Chinese commas, groups, bare names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.message import Address
from checker.text import Span, Text, literal

_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|\([^()]*\)|<[^<>]*>|\uff1c[^\uff1c\uff1e]*\uff1e|\uff08[^\uff08\uff09]*\uff09|[,;\uff0c\uff1b\u3001\r\n]'
)
_SEPARATORS = frozenset(",;\uff0c\uff1b\u3001\r\n")
_BARE = re.compile(
    r"[^\s,;<>()\[\]\"\uff0c\uff1b\u3001\uff1c\uff1e\uff08\uff09]+@[^\s,;<>()\"\uff0c\uff1b\u3001\uff1c\uff1e\uff08\uff09]+"
)
_ANGLE = re.compile(r"[<\uff1c]\s*([^<>\uff1c\uff1e]*?)\s*[>\uff1e]")
_GROUP = re.compile(r'\s*[^:\uff1a@<>"\uff1c]{0,100}[:\uff1a]')


def read_field(header: str, value: str) -> tuple[Text, tuple[Address, ...]]:
    """The Text of a header field as sent, and its mailboxes."""
    text = literal(header, value)
    return text, tuple(_mailboxes(header, text, 0, len(value)))


def read_list(header: str, entries: Sequence[str]) -> tuple[Text, tuple[Address, ...]]:
    """The same for a draft's list: joined by ", ", and an entry with one address is one mailbox, commas or not."""
    text, found, at = literal(header, ", ".join(entries)), [], 0
    for entry in entries:
        end = at + len(entry)
        single = entry.count("@") == 1 and entry.rstrip().endswith((">", "\uff1e"))
        found += [_mailbox(header, text, at, end)] if single else list(_mailboxes(header, text, at, end))
        at = end + 2
    return text, tuple(found)


def _mailboxes(header: str, text: Text, start: int, end: int) -> Iterator[Address]:
    for a, b in _entries(text.plain, start, end):
        group = _GROUP.match(text.plain, a, b)
        begin = group.end() if group else a
        if text.plain[begin:b].strip():
            yield _mailbox(header, text, begin, b)


def _entries(value: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges between separators; a second address without a separator starts an entry of its own."""
    at = closed = start
    for token in _TOKEN.finditer(value, start, end):
        if token[0] in _SEPARATORS:
            yield at, token.start()
            at = closed = token.end()
        elif token[0][0] in "<\uff1c":
            if closed > at:
                yield at, closed
                at = closed
            closed = token.end()
    yield at, end


def _mailbox(header: str, text: Text, start: int, end: int) -> Address:
    words = text.plain[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    whole = Span(text, start, end)
    if angles := list(_ANGLE.finditer(text.plain, start, end)):
        m = angles[-1]
        name = _name(text.plain[start : m.start()]) or _name(text.plain[m.end() : end])
        return Address(header, name, m[1], whole, Span(text, m.start(1), m.end(1)))
    if bare := _BARE.search(text.plain, start, end):
        rest = text.plain[start : bare.start()] + text.plain[bare.end() : end]
        return Address(
            header, _name(rest.strip().strip("()\uff08\uff09")), bare[0], whole, Span(text, bare.start(), bare.end())
        )
    return Address(header, _name(text.plain[start:end]), "", whole, whole)


def _name(words: str) -> str:
    """A display name without the quotes and escapes of its syntax."""
    words = words.strip()
    if len(words) > 1 and words[0] == words[-1] == '"':
        return re.sub(r"\\(.)", r"\1", words[1:-1]).strip()
    return words.strip("'\u2018\u2019").strip()

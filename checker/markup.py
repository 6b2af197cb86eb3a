"""HTML as a stream of tokens with their exact places, read as browsers read it: nothing raises, nothing recurses.

The standard library's parser gives lines and columns, and no places inside attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

# A quote mark counts only behind an equals sign. Possessive, so that a tag without an end is given up in one pass.
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s/=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']\S*))?)?""")
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)")
# What these hold is no text of the mail.
_RAW_END = {
    name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in ("style", "script", "title", "template")
}


class Token(NamedTuple):
    """kind: text, open, close, style (what a style element holds), comment, lost (a tag that never ends).

    start and end are its place; for `open` those of the attributes, for a comment those of its inside.
    """

    kind: str
    name: str
    start: int
    end: int


class Attribute(NamedTuple):
    """A value as written, and its place in the source."""

    value: str
    start: int
    end: int


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a source, in order."""
    at, text, size = 0, 0, len(source)
    while (mark := source.find("<", at)) >= 0:
        tag = _TAG.match(source, mark)
        if tag is None and _begins_text(source, mark):
            at = mark + 1
            continue
        if mark > text:
            yield Token("text", "", text, mark)
        if tag is None:
            token, at = _odd(source, mark, size)
        else:
            token, at = _tag(source, tag, size)
        text = at
        if token is not None:
            yield token
    if text < size:
        yield Token("text", "", text, size)


def _begins_text(source: str, mark: int) -> bool:
    after = source[mark + 1 : mark + 2]
    return not (after in ("!", "?", "/") or (after.isascii() and after.isalpha()))


def _tag(source: str, tag: re.Match[str], size: int) -> tuple[Token | None, int]:
    name = tag[2].lower()
    if tag[1]:
        return Token("close", name, tag.start(), tag.end()), tag.end()
    if name not in _RAW_END:
        return Token("open", name, *tag.span(3)), tag.end()
    end = _RAW_END[name].search(source, tag.end())
    stop = end.start() if end else size
    return Token("style", name, tag.end(), stop) if name == "style" else None, stop


def _odd(source: str, mark: int, size: int) -> tuple[Token | None, int]:
    """What a "<" begins that begins no tag, and where to go on."""
    if source.startswith("<!--", mark):
        return _comment(source, mark, size)
    after = source[mark + 1 : mark + 2]
    if after in ("!", "?") or (after == "/" and not source[mark + 2 : mark + 3].isalpha()):
        end = source.find(">", mark)
        return None, size if end < 0 else end + 1
    return Token("lost", "", mark, size), size


def _comment(source: str, mark: int, size: int) -> tuple[Token, int]:
    start = mark + 4
    for empty in (">", "->"):
        if source.startswith(empty, start):
            return Token("comment", "", start, start), start + len(empty)
    end = source.find("-->", start)
    if end < 0:
        return Token("comment", "", start, size), size
    return Token("comment", "", start, end), end + 3


def attributes(source: str, start: int, end: int) -> dict[str, Attribute]:
    """The attributes in a range of the source by their names in lower case; of two of one name the first holds."""
    found: dict[str, Attribute] = {}
    for m in _ATTRIBUTE.finditer(source, start, end):
        group = m.lastindex or 1
        place = m.span(group) if group > 1 else (m.end(), m.end())
        found.setdefault(m[1].lower(), Attribute(source[slice(*place)], *place))
    return found


def entity(source: str, at: int, end: int) -> tuple[str, int]:
    """What the entity at `at` stands for and where it ends; ("&", at + 1) when there is none.

    Names of old need no semicolon (&ltZ is <Z), as in browsers.
    """
    m = _ENTITY.match(source, at, end)
    if m is None:
        return "&", at + 1
    name = m[0][1:]
    if name[0] == "#":
        return unescape(m[0]), m.end()
    for size in range(min(len(name), 33), 1, -1):
        if name[:size] in html5:
            return html5[name[:size]], at + 1 + size
    return "&", at + 1

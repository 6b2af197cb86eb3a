"""Ranges of a page that its structure marks: quoted history, signatures, what is not shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.clients import Look

Range = tuple[int, int]

_LABEL = re.compile(r"^[ \t\xa0]*\*?[^\s:\uff1a][^:\uff1a\n]{0,24}[:\uff1a]", re.MULTILINE)
_FORWARDED = re.compile(r"^\s*-{5,}\s*[^\n]{2,40}?\s*-{5,}\s*$", re.MULTILINE)

_MOST = 500  # candidates looked at


class Mark(NamedTuple):
    """What an open element marks, where it began, and the state before it."""

    kind: str
    start: int
    hid: bool
    zero_font: bool
    quotes_before: int


@dataclass(slots=True)
class Sections:
    """The ranges so far, in readable offsets."""

    signatures: list[Range] = field(default_factory=list)
    invisible: list[Range] = field(default_factory=list)
    _quotes: list[Range] = field(default_factory=list)
    _maybe: list[tuple[str, int, int]] = field(default_factory=list)  # gmail or line, start, end
    _from: list[tuple[str, int, int]] = field(default_factory=list)  # from or line, start, end
    _open_from: list[tuple[str, int]] = field(default_factory=list)  # those that go on
    _ruled_off: int = -1  # where a rule above the signature stands
    _depth: int = 0  # quotes that are open
    _hid: int = 0
    _zero_font: bool = False
    _unseen_from: int = -1

    def open(self, name: str, look: Look, at: int) -> Mark | None:
        """An element begins at a readable offset; what it marks, to be given back to `close`."""
        kind, hid, size = "" if self._depth else look.kind, look.unseen, look.font_size
        if not kind and not hid and size is None and name != "blockquote":
            return None
        mark = Mark(kind, at, hid, self._zero_font, len(self._quotes))
        if size is not None:
            self._zero_font = size == 0
        self._hid += hid
        self._note_unseen(at)
        if kind == "quote":
            self._depth += 1
        elif kind in ("from", "line"):
            self._open_from.append((kind, at))
        elif kind == "rule":
            self._ruled_off = at
        return mark

    def close(self, name: str, mark: Mark, at: int) -> None:
        """The element ends at a readable offset."""
        self._hid -= mark.hid
        self._zero_font = mark.zero_font
        self._note_unseen(at)
        if mark.kind == "quote":
            self._depth -= 1
            self._quotes.append((mark.start, at))
        elif mark.kind == "signature":
            self.signatures.append((mark.start, at))
        elif mark.kind == "gmail":
            # Its own div is no history where a blockquote inside it is: replies may stand between the quotes.
            self._maybe.append(("forward" if len(self._quotes) > mark.quotes_before else "quote", mark.start, at))
        while name == "blockquote" and self._open_from and self._open_from[-1][1] >= mark.start:
            self._from.append((*self._open_from.pop(), at))

    def quotes(self, plain: str) -> list[Range]:
        """The quoted ranges of the whole page, once it is read."""
        out = list(self._quotes)
        out += [(a, b) for kind, a, b in self._maybe if kind == "quote" or _FORWARDED.search(plain[a : a + 120])]
        out += [
            (a, b) for kind, a, b in self._from[:_MOST] if kind == "from" or len(_LABEL.findall(plain, a, a + 600)) > 2
        ]
        return out

    def finish(self, at: int) -> None:
        """The page ends at a readable offset."""
        self._hid, self._zero_font = 0, False
        self._note_unseen(at)
        if self._ruled_off >= 0:
            self.signatures.append((self._ruled_off, at))
        self._from += [(*begun, at) for begun in self._open_from]

    def _note_unseen(self, at: int) -> None:
        unseen_now = self._hid > 0 or self._zero_font
        if unseen_now and self._unseen_from < 0:
            self._unseen_from = at
        elif not unseen_now and self._unseen_from >= 0:
            self.invisible.append((self._unseen_from, at))
            self._unseen_from = -1

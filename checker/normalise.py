"""The matching text: a readable text with its disguises taken off, and the map back to what was written.

Extractors read the matching text, so that full-width digits, exotic spaces, invisible characters and hard-wrapped
lines need no care in any of them. Typography that means something (circled numbers, superscripts, fractions, the
degree Celsius sign, Chinese full stops and quotes) stays as written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from checker.wraps import Wraps

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Soft hyphen, joiners, bidi marks and isolates, byte order mark, variation selectors, tag characters.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f"
# One character for one: Kangxi radicals (out of PDF files), vertical, small and full-width forms, compatibility
# ideographs, mathematical letters and digits; vertical tabs, form feeds and Unicode line ends; NUL and lone surrogates.
_SINGLE = (
    "\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufa6d\ufe10-\ufe16\ufe35\ufe36\ufe50-\ufe52\ufe54-\ufe57\ufe59\ufe5a\ufe5f-\ufe6b"
    "\uff01-\uff5e\uffe0\uffe1\uffe5\uffe6\U0001d400-\U0001d7ff\x0b\x0c\x85\u2028\u2029\x00\ud800-\udfff"
)
# One for several: ligatures and the square signs for mg, kg, ml, mm, cm, km (not those with a power: m2 is no figure).
_SEVERAL = "\ufb00-\ufb06\u338e\u338f\u3396\u339c-\u339e"

_SINGLES = re.compile(f"[{_SINGLE}]+")


# Changes that keep the length; the second one also turns tabs into spaces.
_SAME_LENGTH = re.compile(f"[{_SINGLE}{_SPACES}]")
_SAME_LENGTH_TABS = re.compile(f"[{_SINGLE}{_SPACES}\\t]")
_RARE = re.compile(f"[{_UNSEEN}{_SEVERAL}]")
_BLANKS = re.compile(f"[ {_UNSEEN}]*[{_UNSEEN}][ {_UNSEEN}]*| {{2,}}")
_BLANKS_SEEN = re.compile("   *")  # two, then any number: found at once where "  +" tries every blank
# Who dictates or is in a hurry writes blanks for commas: 库存九十个 一天卖十个 麻烦周四前下三百个. A blank between
# Chinese words of two signs and more, no unit or particle behind it, in a line that speaks to somebody and has no
# other punctuation; behind a digit only where the line sets no blanks round numbers (在 3 月 12 日 17:00 前).
_PAUSE = re.compile(
    "(?<=[^ \n][\u4e00-\u9fff\\d]) (?=(?![件个天箱套台元万千百号年点时款次组张票家双盒包的后内以之左右和与及]"
    "|月(?![底初中均])|日(?![均销])|前(?!天))[\u4e00-\u9fff][^ \n]|\\d{1,2}[点号月][^ \n]"
    "|\\d{1,2}/\\d{1,2}[\u4e00-\u9fff])"
)
_SPACED_NUMBER = re.compile("[\u4e00-\u9fff] \\d[\\d.:/-]* [\u4e00-\u9fff]")
_UNPUNCTUATED = re.compile(
    "(?m)^(?=[^\n]*(?:[我你您帮给请麻]|前[回发批给看审定]))(?:[^\n,;:|\t。]|(?<=\\d)[,:](?=\\d))+$"
)
_FEWEST_PAUSES, _LONG_LINE = 2, 25  # of a longer line one blank will do
_LINE_END = re.compile(r"\r\n?")
# A line break behind 29 characters or more (58 columns of Chinese) may be a hard wrap.
_LONG_LINE_END = re.compile(r"\n(?=[^\s>])(?<=[^\n\r]{29}\n)|\r\n?")


class Normal(NamedTuple):
    """A normalised text and its map: pieces that start at `at` in it and at `plain_at` in the plain text.

    A piece of equal lengths runs along character by character; of other lengths it stands for one whole.
    """

    text: str
    at: tuple[int, ...] = (0,)
    plain_at: tuple[int, ...] = (0,)

    def __repr__(self) -> str:
        """Without the text."""
        return f"<Normal, {len(self.text)} characters>"

    def plain(self, start: int, end: int) -> tuple[int, int]:
        """The plain range behind [start, end); the end goes through the last character. An empty range stays empty."""
        first = self._plain(start)
        return first, max(first, self._plain_end(end - 1)) if end > start else first

    def unchanged(self, start: int, end: int) -> bool:
        """Whether [start, end) stands in the plain text character by character."""
        piece = bisect_right(self.at, start) - 1
        return (piece + 1 == len(self.at) or end <= self.at[piece + 1]) and self._along(piece)

    def matching(self, offset: int) -> int:
        """Where a plain offset stands; inside a piece that stands for one whole, its start."""
        piece = bisect_right(self.plain_at, offset) - 1
        at = self.at[piece] + offset - self.plain_at[piece] if self._along(piece) else self.at[piece]
        return min(at, len(self.text))

    def _plain(self, offset: int) -> int:
        piece = bisect_right(self.at, offset) - 1
        return self.plain_at[piece] + (offset - self.at[piece] if self._along(piece) else 0)

    def _plain_end(self, last: int) -> int:
        piece = bisect_right(self.at, last) - 1
        return self.plain_at[piece] + last - self.at[piece] + 1 if self._along(piece) else self.plain_at[piece + 1]

    def _along(self, piece: int) -> bool:
        if piece + 1 == len(self.at):
            return True
        return self.at[piece + 1] - self.at[piece] == self.plain_at[piece + 1] - self.plain_at[piece]


def normalise(plain: str, *, tabs: bool, wrapped: bool) -> Normal:
    """The matching text of a plain text.

    tabs: they part cells and stay; else they are spaces. wrapped: hard line breaks inside a paragraph are joined.
    """
    if plain.isascii():
        same = plain.translate(_ASCII if tabs else _ASCII_TABS)
    else:
        same = (_SAME_LENGTH if tabs else _SAME_LENGTH_TABS).sub(_same, plain)
    changes = sorted(_changes(same, wrapped))
    if not changes:
        return Normal(same)
    out: list[str] = []
    at, plain_at = [0], [0]
    done = length = 0
    for start, end, new in changes:
        out += same[done:start], new
        length += start - done + len(new)
        done = end
        if len(new) != end - start:
            at += length - len(new), length
            plain_at += start, end
    out.append(same[done:])
    return Normal("".join(out), tuple(at), tuple(plain_at))


def _changes(text: str, wrapped: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, new) of what changes its length, and of joined lines. Each kind has its own quick scan."""
    rare = not text.isascii() and _RARE.search(text) is not None
    for m in (_BLANKS if rare else _BLANKS_SEEN).finditer(text):
        yield *m.span(), " " if " " in m.group() else ""
    if rare:
        for m in _SEVERALS.finditer(text):
            yield *m.span(), unicodedata.normalize("NFKC", m.group())
    if not text.isascii() and _PAUSE.search(text):
        yield from _pauses(text)
    wraps = Wraps(text)
    if wrapped or "\r" in text:
        for m in (_LONG_LINE_END if wrapped else _LINE_END).finditer(text):
            new = wraps.joint(*m.span()) if wrapped else "\n"
            if new != m.group():
                yield *m.span(), new


def _pauses(text: str) -> Iterator[tuple[int, int, str]]:
    """Commas for the blanks that stand for them."""
    for line in _UNPUNCTUATED.finditer(text):
        found = [m.start() for m in _PAUSE.finditer(text, *line.span())]
        if _SPACED_NUMBER.search(line.group()):
            found = [at for at in found if not text[at - 1].isdigit()]
        if len(found) >= (1 if len(line.group()) >= _LONG_LINE else _FEWEST_PAUSES):
            yield from ((at, at + 1, "?" if text[at - 1] == "吗" else ",") for at in found)


def _same(m: re.Match[str]) -> str:
    return _SINGLE_MAP[m.group()]


def _single_map() -> dict[str, str]:
    every = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _codes(_SINGLE)}
    every.update(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))
    every.update(dict.fromkeys(map(chr, (0, *range(0xD800, 0xE000))), "\ufffd"))
    every.update(dict.fromkeys(map(chr, (9, *_codes(_SPACES))), " "))
    return {char: new if len(new) == 1 else char for char, new in every.items()}


def _codes(ranges: str) -> list[int]:
    """The code points of the inside of a character class such as a-cx."""
    spans = re.findall(r"(.)-(.)|(.)", ranges, re.DOTALL)
    return [c for a, b, one in spans for c in range(ord(a or one), ord(b or one) + 1)]


_SEVERALS = re.compile(f"[{_SEVERAL}]")
_SINGLE_MAP = _single_map()
_ASCII = {0: "\ufffd", 0x0B: "\n", 0x0C: "\n"}
_ASCII_TABS = {**_ASCII, 9: " "}

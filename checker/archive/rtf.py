"""RTF bodies of Outlook's files: the HTML or plain text that Outlook wrapped in RTF (MS-OXRTFEX), else what it says.

RTF is a stream of words (\\par), characters of some code page (\\'c4\\'e3, \\u20320) and groups in braces, at whose end
fonts and the like are what they were before. A group that begins with \\* may be passed over by who does not know it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.archive.lzfu import RtfError
from checker.charsets import decode

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n\0]+)|[\r\n\0]+|\\", re.DOTALL
)
_HTML = re.compile(rb"\\fromhtml1(?![0-9])")
_BEGINNING = 200  # bytes, in which RTF says that it wraps HTML (MS-OXRTFEX 2.1.3.1: ten tokens)
_DEEPEST = 1000  # groups within groups
_WORDS = {
    "par": "\r\n", "line": "\r\n", "sect": "\r\n", "page": "\r\n", "row": "\r\n", "nestrow": "\r\n",
    "tab": "\t", "cell": "\t", "nestcell": "\t", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "emdash": "\u2014", "endash": "\u2013", "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "", "\r": "\r\n", "\n": "\r\n", "\t": "\t"}
_LITERAL = "\\{}"
_SILENT = frozenset(  # groups whose words are not the text's; what begins with \* is none either
    ("colortbl", "stylesheet", "info", "pict", "list", "listtable", "listoverridetable", "filetbl", "revtbl", "rsidtbl",
     "fldinst", "objdata", "themedata", "datastore", "latentstyles")
)  # fmt: skip
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}  # \ansi says nothing
# Code pages of \fcharset (RTF 1.9.1). 0 is Western, but programs in China write Chinese under it too.
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp850",
}  # fmt: skip
_WESTERN = "cp1252"


class Body(NamedTuple):
    """What a mail in RTF says."""

    text: str
    html: bool


def read_rtf(data: bytes) -> Body:
    """The HTML that was wrapped, else the text. Raises RtfError."""
    if not data.startswith(b"{\\rtf"):
        raise RtfError("not RTF")
    html = _HTML.search(data, 0, _BEGINNING) is not None
    return Body(_Reader(html=html).read(data), html)


class _Group(NamedTuple):
    """What ends with a group. kind: "body" and "tag" are text, in "fonts" they are described, all else is passed over.

    silent: between \\htmlrtf and \\htmlrtf0 stands what only readers of RTF need. skip: bytes behind a \\u that say the
    same for readers who know no Unicode.
    """

    kind: str = "body"
    silent: bool = False
    font: int = -1
    skip: int = 1


class _Reader:
    """Reads one document."""

    def __init__(self, *, html: bool) -> None:
        self._html = html
        self._page = _WESTERN
        self._fonts: dict[int, str] = {}
        self._groups: list[_Group] = []
        self._now = _Group()
        self._starred = False
        self._left = 0  # bytes to skip behind a \u
        self._raw = bytearray()  # not decoded yet: a character may be two bytes
        self._said: list[str] = []

    def read(self, data: bytes) -> str:
        """The whole text."""
        at = 0
        while at < len(data) and (token := _TOKEN.match(data, at)):
            at = token.end()
            word, number, code, symbol, brace, run = token.groups()
            if run is not None:
                self._bytes(run)
            elif code is not None:
                self._bytes(bytes.fromhex(code.decode()))
            elif brace is not None:
                if not self._brace(brace):
                    break
            elif symbol is not None:
                self._symbol(symbol.decode("latin-1"))
            elif word == b"bin":
                at += max(0, int(number or 0))
            elif word is not None:
                self._word(word.decode(), None if number is None else int(number))
        self._decode()
        return "".join(self._said).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _brace(self, brace: bytes) -> bool:
        """Whether the document goes on."""
        self._decode()
        self._left, self._starred = 0, False
        if brace == b"{":
            if len(self._groups) >= _DEEPEST:
                raise RtfError("nested too deep")
            self._groups.append(self._now)
            return True
        self._now = self._groups.pop()
        return bool(self._groups)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in _LITERAL:
            self._bytes(symbol.encode())
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if starred:
            self._decode()
            kept = self._html and word == "htmltag" and self._now.kind == "body"
            self._now = self._now._replace(kind="tag" if kept else "")
        elif word in _SILENT or word == "fonttbl":
            self._decode()
            self._now = self._now._replace(kind="fonts" if word == "fonttbl" else "")
        elif word == "u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self._left = self._now.skip
        elif word in _WORDS:
            self._say(_WORDS[word])
        else:
            self._set(word, number)

    def _set(self, word: str, number: int | None) -> None:
        """Words that say how what follows is meant."""
        if word == "htmlrtf":
            self._decode()
            self._now = self._now._replace(silent=number != 0)
        elif word == "ansicpg" and number:
            self._page = f"cp{number}" if number != 65001 else "utf-8"
        elif word in _PAGES:
            self._page = _PAGES[word]
        elif word in ("f", "deff") and number is not None:
            self._decode()
            self._now = self._now._replace(font=number)
        elif word == "fcharset" and self._now.kind == "fonts" and number is not None:
            self._fonts[self._now.font] = _CHARSETS.get(number, "")
        elif word == "uc" and number is not None:
            self._now = self._now._replace(skip=number)
        self._left = 0

    @property
    def _heard(self) -> bool:
        return self._now.kind in ("body", "tag") and not self._now.silent

    def _bytes(self, run: bytes) -> None:
        skipped = min(self._left, len(run))
        self._left -= skipped
        if self._heard:
            self._raw += run[skipped:]

    def _say(self, text: str) -> None:
        self._decode()
        self._left = 0
        if self._heard:
            self._said.append(text)

    def _decode(self) -> None:
        """What was read as bytes, in the code page of its font; tags are written in the document's own."""
        if not self._raw:
            return
        data, self._raw = bytes(self._raw), bytearray()
        charset = self._fonts.get(self._now.font, "") if self._now.kind == "body" else ""
        self._said.append(decode(data, charset).text if charset else self._as_western(data))

    def _as_western(self, data: bytes) -> str:
        """Of the document's code page where that holds it, for that is what programs mean by no charset and by 0."""
        try:
            return data.decode(self._page)
        except (LookupError, UnicodeDecodeError):
            return decode(data, _WESTERN if self._now.font in self._fonts else self._page).text

"""Bytes to text, as mail really labels them: gb2312 over GBK, no label at all, labels that lie."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

# GB 2312 is what Outlook and Foxmail write over GBK text; GB 18030 holds both.
_GB = frozenset({"gb2312", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "euc-cn", "gb_2312-80", "chinese", "csgb2312"})
# What Windows programs mean by the standard's name: the vendor's superset.
_WIDER = {"shift_jis": "cp932", "euc_kr": "cp949", "big5": "cp950", "iso8859-1": "cp1252", "ascii": "utf-8"}
_KANA = re.compile("[\u3041-\u3093\u30a1-\u30f6]")
_LONE_ACCENT = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")
# Codecs of Python that are no charsets of mail, or quadratic.
_NEVER = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "utf-8-sig"}
)
_STATEFUL = frozenset({"utf-7", "hz", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})


class Decoded(NamedTuple):
    """Text, the codec that read it, and a defect code: "" charset-unknown charset-false charset-broken."""

    text: str
    codec: str
    defect: str


def decode(data: bytes, label: str | None) -> Decoded:
    """The text of bytes that carry a charset label (None: undeclared, read as UTF-8, else GB 18030). Never raises."""
    if data.isascii() and (codec := codec_of(label) if label else None) not in _STATEFUL and not _escapes(codec):
        return Decoded(data.decode("ascii"), codec or "utf-8", "charset-unknown" if label and not codec else "")
    if not label:
        return _guess(data, "")
    codec = codec_of(label)
    if codec is None:
        return _guess(data, "charset-unknown")
    if codec == "cp1252" and (text := _strict(data, "utf-8")) is not None:
        return Decoded(text, "utf-8", "charset-false")  # a default label that nobody chose
    if (text := _strict(data, codec)) is not None:
        return Decoded(text, codec, "")
    if codec == "cp950" and (text := _strict(data, "big5hkscs")) is not None:
        return Decoded(text, "big5hkscs", "")
    return _mostly(data, codec) or _guess(data, "charset-false")


def decode_file(data: bytes) -> str:
    """The text of a file that carries no label: by its byte order mark, as UTF-8, else in the charset that fits best.

    Of the charsets that can hold the bytes, Chinese is taken where its common characters make the text, then Japanese
    with kana, then Western with accents that stand alone.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[1:2] == b"\0":
        return data.decode("utf-16-le", "replace")
    if (text := _strict(data, "utf-8-sig")) is not None:
        return text
    fitting = [text for codec, natural in _NATURAL if (text := _strict(data, codec)) and natural(text)]
    return fitting[0] if fitting else data.decode("gb18030", "replace")


def _is_chinese(text: str) -> bool:
    """Most characters beyond ASCII are in GB 2312: those that only its extensions hold are other charsets' halves."""
    beyond = [c for c in text if c > "\x7f"]
    return sum(bool(c.encode("gb2312", "ignore")) for c in beyond) * 10 >= 9 * len(beyond)


_NATURAL: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("gb18030", _is_chinese),
    ("cp932", lambda text: _KANA.search(text) is not None),
    ("cp1252", lambda text: _LONE_ACCENT.search(text) is not None),
)


def codec_of(label: str | None) -> str | None:
    """Python's codec for a charset label; None: unknown, or no label."""
    low = (label or "").strip().strip("\"'").lower()
    if low in _GB:
        return "gb18030"
    if not low or len(low) > 40:
        return None
    if low == "ks_c_5601-1987":
        return "cp949"
    try:
        info = codecs.lookup(low)
    except (LookupError, ValueError):
        return None
    name = info.name
    if name == "utf-8-sig":
        return "utf-8"
    if name in _NEVER or not info._is_text_encoding:
        return None
    return _WIDER.get(name, name)


def stateless(codec: str) -> bool:
    """Whether each line can be read and written on its own, and an LF byte is always a line end."""
    return codec not in _STATEFUL and not _escapes(codec)


def writable(label: str | None, codec: str) -> str:
    """The codec to write with, so that a reader who trusts the label can read it: GBK under a gb2312 label."""
    low = (label or "").strip().strip("\"'").lower()
    if codec == "gb18030" and low != "gb18030":
        return "gbk"
    return "ascii" if low in {"us-ascii", "ascii"} else codec


def _escapes(codec: str | None) -> bool:
    return codec is not None and codec.startswith("iso2022")


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _mostly(data: bytes, codec: str) -> Decoded | None:
    """A true label over a few broken bytes: one in a hundred characters may be lost."""
    if codec == "utf-8" and _strict(data, "gb18030") is not None:
        return None
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, ValueError):
        return None
    return Decoded(text, codec, "charset-broken") if text.count("\ufffd") * 100 <= len(text) else None


def _guess(data: bytes, defect: str) -> Decoded:
    for codec in ("utf-8", "gb18030"):
        if (text := _strict(data, codec)) is not None:
            return Decoded(text, codec, defect)
    lost = [(data.decode(c, "replace"), c) for c in ("utf-8", "gb18030")]
    text, codec = min(lost, key=lambda one: one[0].count("\ufffd"))
    return Decoded(text, codec, "charset-broken")

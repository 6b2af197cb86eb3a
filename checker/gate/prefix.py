"""[确认] or [confirm] before a subject: how a sender says “send it anyway”. It is taken off, nothing else changes."""

from __future__ import annotations

import re
from base64 import b64encode

from checker.charsets import codec_of
from checker.headers import decode_base64
from checker.parts import scan

PREFIXES = ("[确认]", "[confirm]")
_CODED = re.compile(rb"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_GAP = re.compile(rb"\s*")
_RAW = ("utf-8", "gb18030")


def stripped(mail: bytes) -> bytes | None:
    """The mail without the prefix of its subject, and the space behind it; None where there is none."""
    root, _ = scan(mail)
    field = next((f for f in root.fields if f.name == "subject"), None)
    if field is None:
        return None
    gap = _GAP.match(mail, field.value)
    start = gap.end() if gap else field.value
    left = _without(mail[start : field.stop])
    return None if left is None else mail[:start] + left + mail[field.stop :]


def _without(value: bytes) -> bytes | None:
    """A subject's bytes without a prefix: it stands in plain bytes, or at the start of one or more encoded words."""
    for prefix in PREFIXES:
        for codec in _RAW:
            if value.startswith(coded := prefix.encode(codec)):
                return value[len(coded) :].lstrip(b" \t")
    return _without_coded(value, 0, "")


def _without_coded(value: bytes, at: int, before: str) -> bytes | None:
    """Reads encoded words until they hold a prefix or cannot; words behind it keep their bytes."""
    word = _CODED.match(value, at)
    if word is None:
        return None
    codec = codec_of(word[1].decode("ascii", "replace")) or "utf-8"
    text = before + _content(word).decode(codec, "replace")
    for prefix in PREFIXES:
        if text.startswith(prefix):
            rest = text[len(prefix) :].lstrip(" \u3000")
            return _rest(value, word, rest, codec)
    gap = _GAP.match(value, word.end())
    goes_on = any(prefix.startswith(text) for prefix in PREFIXES)
    return _without_coded(value, gap.end() if gap else word.end(), text) if goes_on else None


def _rest(value: bytes, word: re.Match[bytes], rest: str, codec: str) -> bytes:
    if not rest:
        return value[word.end() :].lstrip()
    return _word(rest, codec, word) + value[word.end() :]


def _content(word: re.Match[bytes]) -> bytes:
    if word[2] in b"bB":
        return decode_base64(word[3])[0]
    return re.sub(rb"=([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), word[3].replace(b"_", b" "))


def _word(text: str, codec: str, like: re.Match[bytes]) -> bytes:
    """An encoded word in the charset and the coding of another (RFC 2047)."""
    data = text.encode(codec, "replace")
    if like[2] in b"bB":
        return b"=?%s?%s?%s?=" % (like[1], like[2], b64encode(data))
    plain = re.sub(rb"[^0-9A-Za-z!*+/-]", lambda m: b"_" if m[0] == b" " else b"=%02X" % m[0][0], data)
    return b"=?%s?%s?%s?=" % (like[1], like[2], plain)

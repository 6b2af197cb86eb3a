"""Header fields: unfolding, encoded words, parameters; read from bytes, so that raw 8-bit Chinese survives."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from checker.charsets import decode

_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_BREAK = re.compile(rb"[\r\n]+")
# RFC 2047, with the spaces inside Q words that some mailers leave, and no limit of 75 characters.
_WORD = re.compile(rb"=\?([!->@-~]{1,40})\?([bBqQ])\?([^?\r\n]*)\?=")
_SPECIALS = re.compile(r'[,;:<>@"()]')
_PARAMETER = re.compile(
    rb';\s*([!#$%&\'*+\-.0-9A-Z^_`a-z{|}~]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"][^;]*|))', re.DOTALL
)
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?$")


def unfold(raw: bytes) -> bytes:
    """A field's value on one line; a fold is one space, however it was written."""
    if b"\n" in raw or b"\r" in raw:
        raw = _BREAK.sub(b"", _FOLD.sub(b" ", raw))
    return raw.strip(b" \t")


def read_text(raw: bytes) -> str:
    """The words of an unstructured field (Subject), encoded words decoded, raw bytes as UTF-8, else GB 18030."""
    return "".join(text for text, _ in _pieces(unfold(raw)))


def read_phrases(raw: bytes) -> str:
    """The words of an address field; a decoded name with specials in it is quoted, so that it stays one name."""
    said = ""
    for text, coded in _pieces(unfold(raw)):
        bare = coded and not said.endswith('"') and _SPECIALS.search(text)
        said += _quoted(text) if bare else text
    return said


def _quoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pieces(value: bytes) -> Iterator[tuple[str, bool]]:
    """(text, came from encoded words). Neighbours of one charset are joined as bytes: words are cut in characters."""
    if b"=?" not in value:
        yield decode(value, None).text, False
        return
    held, charset, at = b"", "", 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        label = word[1].decode("ascii").partition("*")[0].lower()
        if held and (between.strip(b" \t") or label != charset):
            yield decode(held, charset).text, True
            held = b""
        if between.strip(b" \t") or (between and not at):
            yield decode(between, None).text, False
        held, charset, at = held + _word_bytes(word[2], word[3]), label, word.end()
    if held:
        yield decode(held, charset).text, True
    if at < len(value):
        yield decode(value[at:], None).text, False


def _word_bytes(kind: bytes, text: bytes) -> bytes:
    if kind in b"qQ":
        return binascii.a2b_qp(text.replace(b" ", b"_"), header=True)
    return decode_base64(text)[0]


def decode_base64(text: bytes) -> tuple[bytes, bool]:
    """(the bytes, whether something was wrong). Foreign characters are skipped, missing padding is added."""
    try:
        return binascii.a2b_base64(text), False
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", text.partition(b"=")[0])
        kept = kept[: len(kept) - (len(kept) % 4 == 1)]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)), True


def read_parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """The value before the first semicolon in lower case, and its parameters: RFC 2231 (continued, with charset),
    encoded words and raw bytes alike."""
    value = unfold(raw)
    main, _, _ = value.partition(b";")
    found: dict[str, list[tuple[int, bool, bytes]]] = {}
    if b";" in value:
        for m in _PARAMETER.finditer(value):
            words = re.sub(rb"\\(.)", rb"\1", m[2]) if m[2] is not None else m[3].strip()
            if section := _SECTION.match(m[1].decode("ascii").lower()):
                found.setdefault(section[1], []).append((int(section[2] or 0), bool(section[3]), words))
    return decode(main.strip(), None).text.lower(), {name: _parameter(parts) for name, parts in found.items()}


def _parameter(parts: list[tuple[int, bool, bytes]]) -> str:
    parts = sorted({number: (number, coded, words) for number, coded, words in reversed(parts)}.values())
    if not any(coded for _, coded, _ in parts):
        return read_text(b"".join(words for _, _, words in parts))
    # Mailers cut a percent triple in two and forget the star of later sections: join first, then decode.
    joined = b"".join(words for _, _, words in parts)
    charset = None
    if joined.count(b"'") >= 2:
        label, _, joined = joined.split(b"'", 2)
        charset = label.decode("ascii", "replace")
    return decode(unquote_to_bytes(joined), charset).text

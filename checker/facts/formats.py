"""What a file really is, told from its first bytes."""

from __future__ import annotations

import re

# First bytes of each kind; sources: the formats' own specifications.
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"0&\xb2u\x8ef\xcf\x11", "wmv"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta)\b", re.I | re.S
)
_JPEG_FRAME = re.compile(rb"\xff[\xc0-\xc2]\x00[\x0b\x11]\x08(..)(..)", re.DOTALL)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def extension_of(name: str) -> str:
    """The extension in lower case without its dot; "" without one."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def kind_of(content: bytes) -> str:
    """pdf, zip, ole, png …; text, html, or unknown for other bytes."""
    head = content[:1024]
    text = _is_text(head)
    for magic, kind in _MAGIC:
        if head.startswith(magic) and not (text and len(magic) < 4 and kind != "jpeg"):
            return kind
    if b"%PDF-" in head:  # readers accept some bytes before it
        return "pdf"
    if text:
        return "html" if _HTML.match(head) else "text"
    return _by_structure(head)


def _by_structure(head: bytes) -> str:
    if head.startswith((b"MZ", b"BM")):
        return "program" if head.startswith(b"MZ") else "bmp"
    if head.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"AVI ": "avi"}.get(head[8:12], "wave")
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif") else "mp4"
    return "mp4" if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip") else "unknown"


def _is_text(head: bytes) -> bool:
    """Text in any charset: hardly a control character, or a UTF-16 mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) <= len(head) // 100


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG in pixels; None for others and broken ones."""
    if content.startswith(b"\x89PNG"):
        return (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))
    if content.startswith(b"GIF8"):
        return (int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little"))
    frame = _JPEG_FRAME.search(content, 0, 200_000) if content.startswith(b"\xff\xd8") else None
    return (int.from_bytes(frame[2], "big"), int.from_bytes(frame[1], "big")) if frame else None

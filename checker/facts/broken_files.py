"""Whether a file opens and is what its name says: told from its bytes, without running what is inside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

from checker.facts.formats import extension_of, kind_of

# More than this is looked at by its first and last bytes only.
LARGEST = 30 * 1024 * 1024
_MOST_ENTRIES = 10_000
_OPENDOCUMENT = re.compile(rb"application/vnd\.oasis\.opendocument\.(spreadsheet|text|presentation)")
_OPENDOCUMENT_KIND = {b"spreadsheet": "ods", b"text": "odt", b"presentation": "odp"}
_PICTURES = frozenset({"png", "jpeg", "gif", "bmp", "tiff", "webp", "heic"})
_FILMS = frozenset({"mp4", "avi", "matroska", "wmv"})
_ARCHIVES = frozenset({"zip", "rar", "7z", "gzip", "bzip2", "xz"})
# Extension -> kinds that programs open under that name. Seller tools write tab-separated text and HTML into .xls.
_ALLOWED: dict[str, frozenset[str]] = {
    "pdf": frozenset({"pdf"}),
    **dict.fromkeys(("xlsx", "xlsm", "xltx", "xltm", "xlsb"), frozenset({"xlsx"})),
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), frozenset({"docx"})),
    **dict.fromkeys(("pptx", "pptm", "ppsx", "potx"), frozenset({"pptx"})),
    "xls": frozenset({"ole", "html", "text"}),
    "doc": frozenset({"ole", "html", "rtf", "text"}),
    "ppt": frozenset({"ole"}),
    **dict.fromkeys(("et", "wps", "dps"), frozenset({"ole", "xlsx", "docx", "pptx", "zip", "html", "rtf"})),
    "ods": frozenset({"ods"}),
    "odt": frozenset({"odt"}),
    "odp": frozenset({"odp"}),
    "rtf": frozenset({"rtf", "text"}),
    **dict.fromkeys(("png", "jpg", "jpeg", "jfif", "gif", "bmp", "tif", "tiff", "webp", "heic"), _PICTURES),
    **dict.fromkeys(("zip", "rar", "7z"), _ARCHIVES | {"xlsx", "docx", "pptx", "ods", "odt", "odp"}),
    **dict.fromkeys(("mp4", "mov", "m4v", "avi", "mkv", "wmv"), _FILMS),
}
_TEXTS = frozenset({"csv", "tsv", "txt", "md", "json", "xml", "html", "htm", "log", "ics", "vcf", "eml", "sql", "yaml"})
_ZIPPED = frozenset({"zip", "xlsx", "docx", "pptx", "ods", "odt", "odp"})


class Checked(NamedTuple):
    """What a file's bytes tell. problem: empty, truncated, password, mismatch or None; actual: what it really is."""

    problem: str | None
    actual: str
    names: tuple[str, ...] = ()  # of a zip's entries, office files left out
    macros: bool = False


def check_file(name: str, content: bytes) -> Checked:
    """Whether a file opens and is what its name says. Never raises."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        return Checked("empty", "empty")
    found = _inside(kind_of(content), content)
    if found.problem == "password" or _fits(extension_of(name), found):
        return found
    return found._replace(problem="mismatch")


def _fits(extension: str, found: Checked) -> bool:
    if extension in _TEXTS:
        return found.actual in ("text", "html", "rtf", "unknown")
    allowed = _ALLOWED.get(extension)
    if allowed is None or found.actual in allowed:
        return True
    return found.actual == "zip" and found.problem == "truncated" and bool(allowed & _ZIPPED)


def _inside(kind: str, content: bytes) -> Checked:
    if len(content) > LARGEST:
        return Checked(None, kind)
    if kind == "zip":
        return _zip(content)
    if kind == "ole":
        return _ole(content)
    test = _PROBLEMS.get(kind)
    return Checked(test(content) if test else None, kind)


def _zip(content: bytes) -> Checked:
    """A zip's directory is at its end: without it nothing opens. Flag bit 0 of an entry: encrypted (APPNOTE 4.4.4)."""
    tail = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_600))
    if tail < 0 or len(content) < tail + 22:
        return Checked("truncated", "zip")
    if int.from_bytes(content[tail + 10 : tail + 12], "little") > _MOST_ENTRIES:
        return Checked(None, "zip")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            head = archive.read(entries[0]) if entries and entries[0].filename == "mimetype" else b""
    except Exception:  # zipfile lets struct, unicode, zlib and runtime errors out of broken archives
        return Checked("truncated", "zip")
    if not entries:
        return Checked("empty", "zip")
    names = tuple(entry.filename for entry in entries)
    problem = "password" if any(entry.flag_bits & 1 for entry in entries) else None
    if actual := _office(names, head[:100]):
        return Checked(problem, actual, macros=any(n.lower().endswith("vbaproject.bin") for n in names))
    return Checked(problem, "zip", names)


def _office(names: tuple[str, ...], mimetype: bytes) -> str:
    if m := _OPENDOCUMENT.match(mimetype):
        return _OPENDOCUMENT_KIND[m[1]]
    if "[Content_Types].xml" not in names:
        return ""
    for folder, kind in (("xl/", "xlsx"), ("word/", "docx"), ("ppt/", "pptx")):
        if any(name.startswith(folder) for name in names):
            return kind
    return ""


def _ole(content: bytes) -> Checked:
    """Office before 2007, or an encrypted file of after ([MS-OFFCRYPTO] 2.3.4.4: the stream EncryptedPackage)."""
    import olefile  # noqa: PLC0415 - 22 ms, and few mails carry one

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            if ole.exists("EncryptedPackage"):
                return Checked("password", "ole")
            locked = _locked(ole)
            macros = any("vba" in part.lower() for path in ole.listdir() for part in path)
    except Exception:  # it lets struct, index and attribute errors out of broken files
        return Checked("truncated", "ole")
    return Checked("password" if locked else None, "ole", macros=macros)


def _locked(ole: Any) -> bool:
    """[MS-XLS] 2.4.117 FilePass follows BOF; [MS-DOC] 2.5.2: bit 8 of the flags at byte 10 of the FIB."""
    for stream in ("Workbook", "Book"):
        if ole.exists(stream):
            head = ole.openstream(stream).read(64)
            after = 4 + int.from_bytes(head[2:4], "little")
            return bool(head[after : after + 2] == b"\x2f\x00")
    if ole.exists("WordDocument"):
        flags = ole.openstream("WordDocument").read(12)[10:12]
        return len(flags) == 2 and bool(flags[1] & 1)
    return False


def _pdf(content: bytes) -> str | None:
    """A reader starts at the end, at startxref and %%EOF (ISO 32000-1, 7.5.5); /Encrypt alone need not ask for a
    password: printing may be what is locked."""
    tail = content[-4096:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        return "truncated"
    return "password" if b"/Encrypt" in content and _asks(content) else None


def _asks(content: bytes) -> bool:
    import pypdfium2  # noqa: PLC0415 - native code, loaded for encrypted files only

    try:
        pypdfium2.PdfDocument(content).close()
    except pypdfium2.PdfiumError as error:
        return "password" in str(error).lower()
    return False


def _png(content: bytes) -> str | None:
    return None if b"IEND" in content[-65_536:] else "truncated"


def _jpeg(content: bytes) -> str | None:
    """Cut when no end of image follows the picture's own start of scan; a thumbnail in the head has both."""
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] not in (b"\xda", b""):
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    return None if content.find(b"\xff\xd9", at) >= 0 else "truncated"


def _rar(content: bytes) -> str | None:
    """Encrypted headers or a first file that is: RAR 4 by its flags, RAR 5 by header type 4."""
    if content.startswith(b"Rar!\x1a\x07\x01\x00"):
        return "password" if content[13:14] == b"\x04" else None
    locked = content[10:11] >= b"\x80" or (content[22:23] == b"t" and content[23:24] and content[23] & 4)
    return "password" if locked else None


def _seven(content: bytes) -> str | None:
    """The coder id of AES-256 in the header at the end."""
    start = 32 + int.from_bytes(content[12:20], "little")
    if start > len(content):
        return "truncated"
    return "password" if b"\x06\xf1\x07\x01" in content[start:] else None


_PROBLEMS: dict[str, Callable[[bytes], str | None]] = {
    "pdf": _pdf,
    "png": _png,
    "jpeg": _jpeg,
    "rar": _rar,
    "7z": _seven,
}

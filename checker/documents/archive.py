"""The files in a zip archive, read within limits: sum, ratio and number; nothing is written, no name is a path."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from checker.documents.limits import LARGEST, RATIO, SMALL, Allowance, Refuse

_UTF8_NAME = 0x800  # general purpose bit 11 (APPNOTE 4.4.4)
_ENCRYPTED = 0x1
# zipfile lets all of these out of broken archives.
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError)


class Entry(NamedTuple):
    """A file of an archive by the name that a person gave it."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        """Without what it holds."""
        return f"<Entry of {len(self.content)} bytes>"


def names_of(content: bytes) -> frozenset[str]:
    """The names in an archive as stored; empty where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except BROKEN:
        return frozenset()


def unpacked_size(content: bytes) -> int:
    """Bytes that an archive says it unpacks to; its own size where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(info.file_size for info in archive.infolist())
    except BROKEN:
        return len(content)


def member(content: bytes, name: str, allowance: Allowance, refuse: Refuse) -> bytes | None:
    """One file of an archive that is a document's container. None: it is not there, or not to be read (refused)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive, archive.getinfo(name), name, allowance, refuse)
    except KeyError:
        return None
    except BROKEN:
        return None


def entries(content: bytes, label: str, allowance: Allowance, refuse: Refuse) -> Iterator[Entry]:
    """The readable files of an archive in order. label: the archive's name, before those of its files in refusals."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                if allowance.entries <= 0:
                    refuse(label, "count")
                    return
                allowance.entries -= 1
                name = _name(info)
                data = _read(archive, info, f"{label}/{name}", allowance, refuse)
                if data is not None:
                    yield Entry(name, data)
    except BROKEN:
        return


def _read(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, allowance: Allowance, refuse: Refuse
) -> bytes | None:
    if info.flag_bits & _ENCRYPTED:
        refuse(label, "encrypted")
        return None
    ratio = info.file_size / max(1, info.compress_size)
    if info.file_size > LARGEST or (info.file_size > SMALL and ratio > RATIO):
        refuse(label, "size")
        return None
    if not allowance.take_bytes(info.file_size):
        refuse(label, "size")
        return None
    with archive.open(info) as file:
        return file.read(info.file_size)  # never more than the directory says, which was counted


def _name(info: zipfile.ZipInfo) -> str:
    """The name as written: UTF-8 where it says so or is, else GB 18030 (Windows in China); zipfile reads cp437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")

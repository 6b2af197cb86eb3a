"""A zip's directory in slices: zipfile keeps half a kilobyte of every member, and an archive may have millions."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_MEMBERS = 250  # of a slice
# Records of APPNOTE.TXT 4.3 (PKWARE): a directory's entry, its end, and both records of a large directory's end.
_ENTRY = struct.Struct("<4s24x3H12x")
_END = struct.Struct("<4s4H2LH")
_LARGE = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY_MARK, _END_MARK, _LARGE_MARK, _LOCATOR_MARK = b"PK\1\2", b"PK\5\6", b"PK\6\6", b"PK\6\7"
_COMMENT = 0xFFFF  # bytes at most, behind the end


class _Directory(NamedTuple):
    """Where it starts in the file, where it says that it starts (others where something stands before a zip), bytes."""

    start: int
    said: int
    size: int


def slices(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The archive again and again, each time with the next of its members only. Raises zipfile.BadZipFile."""
    directory = _found(file)
    at, end = directory.start, directory.start + directory.size
    while at < end:
        entries = _entries(file, at, end)
        at += len(entries)
        with zipfile.ZipFile(_Sliced(file, directory.start, entries + _closing(len(entries), directory.said))) as some:
            yield some


def _found(file: BinaryIO) -> _Directory:
    """The directory of a zip, from the records at its end."""
    length = file.seek(0, io.SEEK_END)
    tail_start = max(0, length - _COMMENT - _END.size - _LOCATOR.size - _LARGE.size)
    file.seek(tail_start)
    tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile
    *_, size, said, _ = _END.unpack_from(tail, at)
    before = at - _LOCATOR.size
    if before >= _LARGE.size and tail.startswith(_LOCATOR_MARK, before):
        at = before - _LARGE.size
        mark, *_, size, said = _LARGE.unpack_from(tail, at)
        if mark != _LARGE_MARK:
            raise zipfile.BadZipFile
    start = tail_start + at - size
    if start < 0:
        raise zipfile.BadZipFile
    return _Directory(start, said, size)


def _entries(file: BinaryIO, at: int, end: int) -> bytes:
    """The next entries of the directory, as they are."""
    file.seek(at)
    found = io.BytesIO()
    for _ in range(_MEMBERS):
        if at + found.tell() >= end:
            break
        head = file.read(_ENTRY.size)
        if len(head) < _ENTRY.size or not head.startswith(_ENTRY_MARK):
            raise zipfile.BadZipFile
        _, *lengths = _ENTRY.unpack(head)
        found.write(head + file.read(sum(lengths)))
    return found.getvalue()


def _closing(size: int, said: int) -> bytes:
    """The records behind a directory of so many bytes. zipfile counts on no number of members."""
    return (
        _LARGE.pack(_LARGE_MARK, _LARGE.size - 12, 45, 45, 0, 0, 0, 0, size, said)
        + _LOCATOR.pack(_LOCATOR_MARK, 0, 0, 1)
        + _END.pack(_END_MARK, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    )


class _Sliced(io.RawIOBase):
    """A file up to an offset, and other bytes from there on."""

    def __init__(self, file: BinaryIO, offset: int, rest: bytes) -> None:
        self._file, self._offset, self._rest = file, offset, rest
        self._at = 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._offset + len(self._rest)}[whence]
        if origin + offset < 0:
            raise OSError("before the start")
        self._at = origin + offset
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        end = self._offset + len(self._rest)
        wanted = max(0, end - self._at) if size is None or size < 0 else size
        found = b""
        if self._at < self._offset:
            self._file.seek(self._at)
            found = self._file.read(min(wanted, self._offset - self._at))
        if self._at + len(found) >= self._offset:
            at = self._at + len(found) - self._offset
            found += self._rest[at : at + wanted - len(found)]
        self._at += len(found)
        return found

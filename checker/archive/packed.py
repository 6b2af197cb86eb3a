"""zip, tar and tar.gz: the mails and mboxes in them, in the archive's own order, without unpacking to disk."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from checker.archive.filelist import as_eml
from checker.archive.mbox import split
from checker.archive.raw import LARGEST, Raw, SourceError
from checker.archive.zipslices import slices

ZIP = (".zip",)
TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_MAIL = (".eml", ".msg")
_MBOX = (".mbox", ".mbx")
_LARGEST_MBOX = 4 * 1024 * 1024 * 1024  # bytes; an mbox in an archive is streamed, but somebody may pack a bomb


@dataclass(frozen=True)
class Packed:
    """An archive of mails; a position counts the mails before it."""

    uri: str
    system: Any  # an fsspec file system
    path: str
    stamp: str

    @property
    def size(self) -> int:
        """Not known: what counts is the size after unpacking."""
        return 0

    def mails(self, start: int) -> Iterator[Raw]:
        """The mails of every member; those before `start` are passed over."""
        position = 0
        try:
            with self.system.open(self.path, "rb") as file:
                for name, content, problem in _members(file, self.path):
                    if position >= start:
                        yield Raw(position, position + 1, f"{self.path}/{name}", content, problem)
                    position += 1
        except Exception as error:  # broken archives, and errors that each file system has of its own
            raise SourceError(self.uri, f"cannot be unpacked further ({type(error).__name__})") from None


def _members(file: BinaryIO, path: str) -> Iterator[tuple[str, bytes, str]]:
    opened = _zipped(file) if path.lower().endswith(ZIP) else _tarred(file)
    for name, size, member in opened:
        yield from _mails_of(name, size, member)


def _zipped(file: BinaryIO) -> Iterator[tuple[str, int, BinaryIO]]:
    for archive in slices(file):
        for info in archive.infolist():
            if info.is_dir():
                continue
            if info.flag_bits & 0x1:
                yield info.filename, -1, io.BytesIO()
                continue
            with archive.open(info) as member:
                yield info.filename, info.file_size, member  # type: ignore[misc]


def _tarred(file: BinaryIO) -> Iterator[tuple[str, int, BinaryIO]]:
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it keeps all that it met, half a kilobyte each
            member = archive.extractfile(info) if info.isfile() else None
            if member is not None:
                yield info.name, info.size, io.BufferedReader(member)  # type: ignore[type-var]


def _mails_of(name: str, size: int, member: BinaryIO) -> Iterator[tuple[str, bytes, str]]:
    lower = name.lower()
    if size < 0:
        yield name, b"", "protected by a password"
    elif lower.endswith(_MBOX):
        with _seekable(member) as file:
            for number, piece in enumerate(split(file), 1):
                content, problem = (piece.content, "") if piece.content is not None else (b"", _too_large())
                yield f"{name}, mail {number}", content, problem
    elif lower.endswith(_MAIL):
        content = member.read(min(size, LARGEST) + 1)  # so many bytes are set aside at once
        yield name, *(as_eml(name, content) if len(content) <= LARGEST else (b"", _too_large()))


@contextmanager
def _seekable(member: BinaryIO) -> Iterator[Any]:
    """The splitter goes back by a line, which a stream cannot: in memory, or in a file where it is large."""
    with SpooledTemporaryFile(max_size=LARGEST) as spool:
        left = _LARGEST_MBOX
        while left > 0 and (block := member.read(min(left, 1 << 20))):
            spool.write(block)
            left -= len(block)
        spool.seek(0)
        yield spool


def _too_large() -> str:
    return f"larger than {LARGEST // 1024 // 1024} MB"

"""Outlook's .pst files, unpacked by readpst (Debian: pst-utils) into mails of their own."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

import fsspec

from checker.archive.filelist import FileList, is_local
from checker.archive.listing import Listing, files_below
from checker.archive.raw import Raw, SourceError, why

_PROGRAM = "readpst"
_BOUNDARY = re.compile(rb"(-boundary-LibPST-iamunique-)(\d+)")  # as libpst writes it


@dataclass(frozen=True)
class Pst:
    """A .pst file; a position is an index into the mails that readpst writes, in the order of their paths."""

    uri: str
    system: Any  # an fsspec file system
    path: str
    stamp: str

    @property
    def size(self) -> int:
        """Not known before it is unpacked."""
        return 0

    def mails(self, start: int) -> Iterator[Raw]:
        """The mails, unpacked into a folder that is gone afterwards."""
        if shutil.which(_PROGRAM) is None:
            raise SourceError(self.uri, f"{_PROGRAM} is needed to read .pst files; install pst-utils")
        with TemporaryDirectory(prefix="presend-pst-") as folder:
            self._unpack(folder)
            for raw in _unpacked(self.uri, Path(folder)).mails(start):
                name = f"{self.path}/{Path(raw.name).relative_to(folder)}"
                yield raw._replace(name=name, content=_settled(raw.content))

    def _unpack(self, folder: str) -> None:
        if is_local(self.system):
            self._run(self.path, folder)
            return
        with NamedTemporaryFile(prefix="presend-pst-") as copy:
            try:
                self.system.get_file(self.path, copy.name)
            except Exception as error:  # each file system has errors of its own
                raise SourceError(self.uri, why(error)) from None
            self._run(copy.name, folder)

    def _run(self, path: str, folder: str) -> None:
        # -e: a file a mail, named by number; -D: deleted ones too; -q: quiet; -j 0: one process, else mails get lost.
        done = subprocess.run(
            [_PROGRAM, "-e", "-D", "-q", "-j", "0", "-o", folder, path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            raise SourceError(self.uri, f"{_PROGRAM} cannot read it (exit code {done.returncode})")


def _settled(content: bytes) -> bytes:
    """A mail with the random numbers in its boundaries counted from 0, so that its bytes are the same every time."""
    numbers: dict[bytes, int] = {}
    return _BOUNDARY.sub(lambda found: b"%s%d" % (found[1], numbers.setdefault(found[2], len(numbers))), content)


def _unpacked(uri: str, folder: Path) -> FileList:
    mails = (file for file in files_below(str(folder)) if file.path.lower().endswith((".eml", ".msg")))
    return FileList(uri, fsspec.filesystem("file"), Listing(mails))

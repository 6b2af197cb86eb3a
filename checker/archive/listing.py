"""Files in the order of their paths, however many: kept on disk, because a folder of mails may hold millions."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from checker.archive.raw import SourceError, why

_FILE = "path, size, changed"
_ROWS = 500  # read at once
_ENCODING = ("utf-8", "surrogatepass")  # a name may be bytes that are no text, and Python keeps those as surrogates


class MailFile(NamedTuple):
    """A file: where it is, its bytes, when it changed."""

    path: str
    size: int
    changed: str


class Listing:
    """Files sorted by path and numbered from 0. They are in a temporary file, which goes when this process does."""

    def __init__(self, found: Iterable[MailFile]) -> None:
        # No name: on disk, where it outgrows the 2 MB of cache. Whichever thread collects what is garbage closes it.
        self._kept = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._kept.close)
        self._kept.execute("PRAGMA journal_mode = OFF")  # nobody goes back to a listing that was half made
        self._kept.execute("CREATE TABLE found (path BLOB, size INTEGER, changed TEXT)")
        self._kept.execute("CREATE TABLE sorted (number INTEGER PRIMARY KEY, path BLOB, size INTEGER, changed TEXT)")
        self._kept.execute("BEGIN")
        rows = ((one.path.encode(*_ENCODING), one.size, one.changed) for one in found)
        self._kept.executemany("INSERT INTO found VALUES (?, ?, ?)", rows)
        self._kept.execute(f"INSERT INTO sorted ({_FILE}) SELECT {_FILE} FROM found ORDER BY path")
        self._kept.execute("DROP TABLE found")
        self._kept.execute("COMMIT")
        total = self._kept.execute("SELECT count(*), coalesce(sum(size), 0) FROM sorted").fetchone()
        self.count, self.size = map(int, total)

    def after(self, passed: int = 0) -> Iterator[MailFile]:
        """The files behind the first `passed` ones."""
        query = f"SELECT {_FILE} FROM sorted WHERE number > ? ORDER BY number LIMIT {_ROWS}"
        for first in range(passed, self.count, _ROWS):
            for path, size, changed in self._kept.execute(query, (first,)).fetchall():
                yield MailFile(path.decode(*_ENCODING), size, changed)

    @cached_property
    def stamp(self) -> str:
        """A digest of names, sizes and times."""
        digest = hashlib.sha256()
        for one in self.after():
            digest.update(repr(tuple(one)).encode())
        return digest.hexdigest()


def files_below(folder: str) -> Iterator[MailFile]:
    """The files below a folder of this machine, in no order. A link to a file is one; one to a folder is not followed.

    Raises SourceError where a folder cannot be read: mails would be missing, and nobody would know.
    """
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.is_file(follow_symlinks=False) or _leads_to_no_folder(entry):
                        yield _file(entry)
        except OSError as error:
            raise SourceError(error.filename or folder, f"{why(error)}; name the folders beside it") from None


def _leads_to_no_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not Path(entry.path).is_dir()


def _file(entry: os.DirEntry[str]) -> MailFile:
    path = entry.path.replace(os.sep, "/")  # as fsspec writes paths, on Windows too
    try:
        found = entry.stat()
    except OSError:  # a link to nothing or to itself, moved just now: to read it fails, and that is told
        return MailFile(path, 0, "")
    return MailFile(path, found.st_size, str(found.st_mtime))

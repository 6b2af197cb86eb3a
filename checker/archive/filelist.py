"""Mails that are files of their own: .eml, Maildir, .msg; on this machine or wherever fsspec reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checker.archive.listing import Listing
from checker.archive.msg import MsgError, eml_of
from checker.archive.raw import LARGEST, Raw, SourceError, why


@dataclass(frozen=True)
class FileList:
    """Files in a fixed order; a position is an index into it."""

    uri: str
    system: Any  # an fsspec file system
    files: Listing

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return self.files.size

    @property
    def stamp(self) -> str:
        """A digest of names, sizes and times."""
        return self.files.stamp

    def mails(self, start: int) -> Iterator[Raw]:
        """A mail a file."""
        for index, (path, size, _) in enumerate(self.files.after(start), start):
            content, problem = self._read(path, size)
            yield Raw(index, index + 1, path, content, problem)

    def _read(self, path: str, size: int) -> tuple[bytes, str]:
        if size > LARGEST:
            return b"", f"larger than {LARGEST // 1024 // 1024} MB"
        try:
            content = self.system.cat_file(path)
        except (FileNotFoundError, PermissionError) as error:
            return b"", why(error)
        except Exception as error:  # each file system has errors of its own
            if is_local(self.system) and isinstance(error, OSError):
                return b"", why(error)
            raise SourceError(self.uri, f"cannot be read further ({why(error)})") from None  # the network may come back
        return as_eml(path, content)


def is_local(system: Any) -> bool:
    """Whether a file system is this machine's."""
    return "file" in system.protocol


def as_eml(name: str, content: bytes) -> tuple[bytes, str]:
    """A file's mail in MIME, and why there is none: an Outlook .msg is rewritten, everything else is left as it is."""
    if not content.strip():
        return b"", "empty"
    if not name.lower().endswith(".msg"):
        return content, ""
    try:
        return eml_of(content), ""
    except MsgError as error:
        return b"", str(error)

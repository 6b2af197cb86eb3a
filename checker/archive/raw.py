"""A mail as a source gives it: where it stands, its bytes or why there are none; and what a source is."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from checker.charsets import decode

BYTE = ", byte "  # between a file and where in it a mail begins, in the name of a mail
_NUMBERS: dict[type, int] = {FileNotFoundError: errno.ENOENT, PermissionError: errno.EACCES}  # of those without one
LARGEST = 100 * 1024 * 1024  # bytes of one mail; no server takes more


class Raw(NamedTuple):
    """A mail of a source. position: where it stands there; after: the position at which the next one may stand."""

    position: int
    after: int
    name: str  # for a person: the file, or "all.mbox, byte 12034"
    content: bytes  # b"" where there is a problem
    problem: str = ""
    origin: tuple[str, int] | None = None  # source and position before it was ingested


class Source(Protocol):
    """Something that holds mails, read from front to back, from any position that it gave before."""

    @property
    def uri(self) -> str:
        """Where it is, as the user would name it."""
        ...

    @property
    def size(self) -> int:
        """Bytes of mail in it, about; 0 where that cannot be told before it is read."""
        ...

    @property
    def stamp(self) -> str:
        """Changes when the source does."""
        ...

    def mails(self, start: int) -> Iterator[Raw]:
        """Its mails from a position on; 0 is the front. Raises SourceError when it cannot be read on."""
        ...


class SourceError(ValueError):
    """A source that cannot be read: where, and why."""

    def __init__(self, uri: str, reason: str) -> None:
        super().__init__(f"{uri}: {reason}")
        self.uri = uri
        self.reason = reason


def readable(path: str) -> str:
    """A path as text: names that are no UTF-8 (GBK, from an older system) are read as what they look like."""
    return "/".join(decode(os.fsencode(name), None).text for name in path.split("/"))


def why(error: Exception) -> str:
    """Why something cannot be read, as the system says it; what a server or a library says may hold a secret."""
    if isinstance(error, OSError) and (number := error.errno or _NUMBERS.get(type(error))):
        return os.strerror(number).lower()
    return type(error).__name__

"""Mails on an IMAP server, read without a trace: EXAMINE and BODY.PEEK[], so that nothing is marked as seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from checker.archive.raw import LARGEST, Raw, SourceError
from checker.imap_client import ImapError, connected, folders, located

_BATCH = 50  # mails asked for at once


@dataclass(frozen=True)
class Mailbox:
    """A folder on a server; a position is a UID, good for one UIDVALIDITY (RFC 3501)."""

    server: str  # imaps://user@host:port
    folder: str
    stamp: str

    @property
    def uri(self) -> str:
        """Server and folder."""
        return f"{self.server}/{self.folder}"

    @property
    def size(self) -> int:
        """Not asked for."""
        return 0

    def mails(self, start: int) -> Iterator[Raw]:
        """Mails by UID from `start` on."""
        with _connected(self.server) as client:
            validity = client.select_folder(self.folder, readonly=True)[b"UIDVALIDITY"]
            if _stamp(validity) != self.stamp:
                raise SourceError(self.uri, "the server has renumbered it since the run began; start anew with --fresh")
            uids = sorted(uid for uid in client.search(["UID", f"{max(start, 1)}:*"]) if uid >= start)
            for at in range(0, len(uids), _BATCH):
                yield from self._fetched(client, uids[at : at + _BATCH])

    def _fetched(self, client: Any, uids: list[int]) -> Iterator[Raw]:
        sizes = client.fetch(uids, ["RFC822.SIZE"])
        small = [uid for uid in uids if sizes.get(uid, {}).get(b"RFC822.SIZE", 0) <= LARGEST]
        found = client.fetch(small, ["BODY.PEEK[]"]) if small else {}
        for uid in uids:
            content = found.get(uid, {}).get(b"BODY[]")
            problem = "" if content else "not given by the server" if uid in small else "too large"
            yield Raw(uid, uid + 1, f"{self.uri};UID={uid}", content or b"", problem)


def mailboxes(uri: str) -> list[Mailbox]:
    """The folder of imaps://user@host/Folder, or every folder of imaps://user@host. Raises SourceError."""
    try:
        server, wanted = located(uri)
    except ImapError as error:
        raise SourceError(error.uri, error.reason) from None
    with _connected(server) as client:
        listed = folders(client)
        names = [name for name in listed if not wanted or name == wanted]
        if not names:
            raise SourceError(uri, f"there is no folder {wanted}; there are: {', '.join(listed)}")
        return [Mailbox(server, n, _stamp(client.select_folder(n, readonly=True)[b"UIDVALIDITY"])) for n in names]


def _stamp(validity: Any) -> str:
    return f"uidvalidity {int(validity)}"


@contextmanager
def _connected(server: str) -> Iterator[Any]:
    """A client that is logged in. Raises SourceError."""
    try:
        with connected(server) as client:
            yield client
    except ImapError as error:
        raise SourceError(error.uri, error.reason) from None

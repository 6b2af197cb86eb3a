"""Mails on an IMAP server, read without a trace: EXAMINE and BODY.PEEK[], so that nothing is marked as seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from checker.archive.raw import LARGEST, Raw, SourceError
from checker.credentials import CredentialError, mail_password

_BATCH = 50  # mails asked for at once
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


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
        with connected(self.server) as client:
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
    parts = urlsplit(uri)
    server = f"{parts.scheme}://{parts.netloc}"
    wanted = unquote(parts.path.strip("/"))
    with connected(server) as client:
        listed = [(flags, name) for flags, _, name in client.list_folders() if b"\\Noselect" not in flags]
        names = sorted(str(name) for _, name in listed if not wanted or name == wanted)
        if not names:
            known = ", ".join(sorted(str(name) for _, name in listed))
            raise SourceError(uri, f"there is no folder {wanted}; there are: {known}")
        return [Mailbox(server, n, _stamp(client.select_folder(n, readonly=True)[b"UIDVALIDITY"])) for n in names]


def _stamp(validity: Any) -> str:
    return f"uidvalidity {int(validity)}"


@contextmanager
def connected(server: str) -> Iterator[Any]:
    """A client that is logged in. The password comes from PRESEND_IMAP_PASSWORD or the keyring. Raises SourceError."""
    import imapclient  # noqa: PLC0415 - only IMAP sources pay for it
    from imapclient.exceptions import IMAPClientError  # noqa: PLC0415

    parts = urlsplit(server)
    host, secure = parts.hostname or "", parts.scheme == "imaps"
    if not secure and host not in _LOOPBACK:
        raise SourceError(server, "imap:// sends the password in the clear; write imaps://")
    if not parts.username:
        raise SourceError(server, "no user; write imaps://user@host/Folder (user%40company.com where it has an @)")
    user = unquote(parts.username)
    try:
        with imapclient.IMAPClient(host, port=parts.port or (993 if secure else 143), ssl=secure, timeout=60) as client:
            client.login(user, mail_password(user, host))
            yield client
    except CredentialError as error:
        raise SourceError(server, str(error)) from None
    except (OSError, IMAPClientError) as error:
        raise SourceError(server, f"the server does not answer as it should ({type(error).__name__})") from None

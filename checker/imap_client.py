"""IMAP servers: which URLs are taken, a client that is logged in, its folders; trouble is told without a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from checker.credentials import VARIABLE, CredentialError, mail_password

SCHEMES = ("imap://", "imaps://")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_TIMEOUT = 60  # seconds without an answer after which a server counts as gone


class ImapError(ValueError):
    """A server or folder that cannot be used: which, and why."""

    def __init__(self, uri: str, reason: str) -> None:
        super().__init__(f"{uri}: {reason}")
        self.uri = uri
        self.reason = reason


def located(url: str) -> tuple[str, str]:
    """Server (imaps://user@host:port) and folder ("": none is named) of imaps://user@host/Folder. Raises ImapError."""
    parts = _parts(url)
    return f"{parts.scheme}://{parts.netloc}", unquote(parts.path.strip("/"))


def user_of(server: str) -> str:
    """Who logs in there."""
    return unquote(_parts(server).username or "")


def _parts(url: str) -> SplitResult:
    """The URL in parts. What it says is repeated only where it cannot hold a password."""
    parts = urlsplit(url)
    hidden = f"{parts.scheme}://…"
    if parts.password is not None:
        raise ImapError(hidden, f"a password does not belong in a URL; set {VARIABLE}, or use the keyring")
    if not parts.username:
        raise ImapError(hidden, "no user; write imaps://user@host/Folder (user%40company.com where it has an @)")
    if not _has_port(parts) or not parts.hostname or not unquote(parts.username).isprintable():
        raise ImapError(hidden, "is no address of a mailbox; write imaps://user@host:993/Folder")
    if parts.scheme != "imaps" and parts.hostname not in _LOOPBACK:
        raise ImapError(url, "imap:// sends the password in the clear; write imaps://")
    return parts


def _has_port(parts: SplitResult) -> bool:
    """Whether the port is a number or left out."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


@contextmanager
def connected(server: str) -> Iterator[Any]:
    """A client that is logged in. Raises ImapError, also for what the server refuses while the client is used."""
    import imapclient  # noqa: PLC0415 - only IMAP pays for it
    from imapclient.exceptions import IMAPClientError, LoginError  # noqa: PLC0415

    parts = _parts(server)
    user, host, secure = user_of(server), parts.hostname or "", parts.scheme == "imaps"
    try:
        password = mail_password(user, host)
        port = parts.port or (993 if secure else 143)
        with imapclient.IMAPClient(host, port=port, ssl=secure, timeout=_TIMEOUT) as client:
            client.login(user, password)
            if client.has_capability("ID"):  # NetEase opens no folder to a client without a name (RFC 2971)
                client.id_({"name": "presend"})
            yield client
    except CredentialError as error:
        raise ImapError(server, str(error)) from None
    except LoginError:
        raise ImapError(server, "user or password is refused; most providers want an app password (授权码)") from None
    except (OSError, IMAPClientError) as error:
        raise ImapError(server, f"the server does not answer as it should ({type(error).__name__})") from None


def folders(client: Any) -> dict[str, frozenset[bytes]]:
    """The folders that hold mails, sorted by name, with their flags in small letters, such as \\drafts (RFC 6154)."""
    listed = {str(name): frozenset(flag.lower() for flag in flags) for flags, _, name in client.list_folders()}
    return {name: flags for name, flags in sorted(listed.items()) if b"\\noselect" not in flags}

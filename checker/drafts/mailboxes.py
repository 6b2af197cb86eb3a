"""Several drafts folders on servers, each watched in a thread of its own, over connections that come and go."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping

from checker.current_setup import CurrentSetup
from checker.drafts.mailbox import Say, Seen, Session, Watched
from checker.imap_client import ImapError, connected, folders, located

# What providers call the folder where they do not mark it (RFC 6154).
_NAMES = ("Drafts", "INBOX.Drafts", "INBOX/Drafts", "草稿箱", "草稿", "Draft")
_LONGEST = 300.0  # seconds between tries to connect again
_LEAVE = 5.0  # seconds that a connection gets to end


def found(url: str) -> tuple[str, str]:
    """Server and folder of a URL, the folder for drafts where none is named. Raises ImapError."""
    server, wanted = located(url)
    with connected(server) as client:
        there = folders(client)
        name = wanted if wanted in there else None if wanted else _for_drafts(there)
        if name is None:
            missing = f"there is no folder {wanted}" if wanted else "no folder is marked as the one for drafts"
            raise ImapError(url, f"{missing}; there are: {', '.join(there)}")
        client.select_folder(name)
    return server, name


def _for_drafts(there: Mapping[str, frozenset[bytes]]) -> str | None:
    marked = [name for name, flags in there.items() if b"\\drafts" in flags]
    return next(iter([*marked, *(name for name in _NAMES if name in there)]), None)


def run(mailboxes: Iterable[Watched], current: CurrentSetup, stop: threading.Event, say: Say) -> None:
    """Watch them until stop is set."""
    threads = [threading.Thread(target=_watch, args=(one, current, stop, say), daemon=True) for one in mailboxes]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(_LEAVE)


def _watch(watched: Watched, current: CurrentSetup, stop: threading.Event, say: Say) -> None:
    """Connect again and again, each time later; told once when the server went, and once when it is back."""
    seen, pause, lost = Seen(), 1.0, False
    while not stop.is_set():
        try:
            with connected(watched.server) as client:
                session = Session(client, watched, seen, current, say)
                session.select()
                say.ready(watched.uri)
                pause, lost = 1.0, False
                session.watch(stop)
        except Exception as error:  # whatever broke one connection, the next may do; its text may quote a mail
            if not lost:
                reason = error.reason if isinstance(error, ImapError) else f"failed ({type(error).__name__})"
                say.trouble(f"{watched.uri}: {reason}; trying again")
            lost = True
            stop.wait(pause)
            pause = min(pause * 2, _LONGEST)

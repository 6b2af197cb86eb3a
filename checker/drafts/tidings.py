"""Waiting until something changed in an IMAP folder: told by the server (IDLE, RFC 2177), or looked for."""

from __future__ import annotations

import select
import ssl
import threading
import time
from typing import Any, Protocol

_PULSE = 0.5  # seconds between looks at whether to stop
_TOLD = ("EXISTS", "EXPUNGE")  # a mail came, a mail went


class Pace(Protocol):
    """How often is looked, in seconds; poll: even where the server tells changes."""

    @property
    def poll(self) -> bool: ...
    @property
    def poll_seconds(self) -> float: ...
    @property
    def renew_seconds(self) -> float: ...


def told(client: Any) -> bool:
    """Whether answers to other commands told of a change since this was last asked. IDLE does not repeat it."""
    answers = [client._imap.response(kind)[1] for kind in _TOLD]  # IMAPClient keeps them to itself
    return any(answer != [None] for answer in answers)


def await_change(client: Any, pace: Pace, stop: threading.Event) -> None:
    """Return when something may have changed, when it is time to look, or when stop is set.

    Raises what the client raises: the connection is gone.
    """
    if pace.poll or not client.has_capability("IDLE"):
        stop.wait(max(pace.poll_seconds, _PULSE))
        client.noop()
        return
    _begin_idle(client)
    if not told(client):
        _listen(client, stop, pace.renew_seconds)
    client.idle_done()


def _begin_idle(client: Any) -> None:
    """As client.idle(), which takes news that come before the server's consent (RFC 3501, 7) for a mistake of its."""
    imap = client._imap
    client._idle_tag = imap._command("IDLE")
    while imap._get_response() is not None:
        if imap.tagged_commands[client._idle_tag]:
            raise imap.error("the server refuses IDLE")


def _listen(client: Any, stop: threading.Event, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not stop.is_set() and time.monotonic() < end:
        if any(not line.startswith(b"* OK") for line in _come(client)):  # "* OK Still here" is no change
            return
        if _readable(client, 0):  # nothing to read, and yet readable: the end, which idle_done tells
            return
        _readable(client, min(_PULSE, seconds))


def _come(client: Any) -> list[bytes]:
    """The lines that have come. To be read before waiting: one that came along with an earlier answer waits in the
    reader's memory, where select does not see it (nor does IMAPClient.idle_check)."""
    lines: list[bytes] = []
    socket = client.socket()
    timeout = socket.gettimeout()
    socket.setblocking(False)
    try:
        while line := client._imap.readline():
            lines.append(line)
    except ssl.SSLWantReadError:  # how TLS says that there is no more; a plain socket gives an empty line
        pass
    finally:
        socket.settimeout(timeout)
    return lines


def _readable(client: Any, seconds: float) -> bool:
    return bool(select.select([client.socket()], [], [], seconds)[0])

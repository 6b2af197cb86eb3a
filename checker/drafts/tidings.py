"""Waiting until something changed in an IMAP folder: told by the server (IDLE, RFC 2177), or looked for."""

from __future__ import annotations

import select
import threading
import time
from typing import Any, Protocol

_PULSE = 0.5  # seconds between looks at whether to stop


class Pace(Protocol):
    """How often is looked, in seconds; poll: even where the server tells changes."""

    @property
    def poll(self) -> bool: ...
    @property
    def poll_seconds(self) -> float: ...
    @property
    def renew_seconds(self) -> float: ...


def await_change(client: Any, pace: Pace, stop: threading.Event) -> None:
    """Return when something may have changed, when it is time to look, or when stop is set.

    Raises what the client raises: the connection is gone.
    """
    if pace.poll or not client.has_capability("IDLE"):
        stop.wait(max(pace.poll_seconds, _PULSE))
        client.noop()
        return
    client.idle()
    _listen(client, stop, pace.renew_seconds)
    client.idle_done()


def _listen(client: Any, stop: threading.Event, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not stop.is_set() and time.monotonic() < end:
        told = client.idle_check(min(_PULSE, seconds))
        if any(line[0] != b"OK" for line in told):  # "OK Still here" is no change
            return
        if not told and _readable(client.socket()):  # the end of the stream, which idle_done tells
            return


def _readable(socket: Any) -> bool:
    return bool(select.select([socket], [], [], 0)[0])

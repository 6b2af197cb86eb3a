"""waitress for mails: probes never queue behind checks, a request has to arrive in time, a stop waits for answers."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask
from waitress.utilities import Error

from checker.service.problems import KINDS, MEDIA_TYPE
from checker.service.settings import Settings

RECEIVED = "presend.received"  # in the WSGI environment: when the request was there whole, by time.monotonic
PROBES = ("/healthz", "/readyz", "/metrics")
_GRACE = 10.0  # seconds that a stop waits for answers
_LINGER = 5.0  # seconds that a refused body is still read, so that its sender sees the answer
BACKLOG = 2048  # connections that wait to be accepted
_IDLE = 60  # seconds that a connection may stay open between requests


class RequestTimeout(Error):  # noqa: N818 - waitress' family of names
    """A request that took too long to arrive."""

    code = 408
    reason = "Request Timeout"


class ProblemTask(ErrorTask):
    """waitress' own refusals as problem documents, without its words, which may quote the request."""

    def execute(self) -> None:
        """Write the answer."""
        error = self.request.error
        kind = {413: "too-large", 408: "timeout", 500: "internal"}.get(error.code, "malformed")
        title = KINDS[kind].title.en
        document = {"type": f"/docs#{kind}", "title": title, "status": error.code, "detail": f"{title}."}
        body = json.dumps(document).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Length", str(len(body))), ("Content-Type", MEDIA_TYPE)]
        self.set_close_on_finish()
        self.channel.refused = True
        self.content_length = len(body)
        self.write(body)


class TimedTask(WSGITask):
    """A request with the moment at which it was there."""

    def get_environment(self) -> dict[str, Any]:
        """The WSGI environment."""
        environment: dict[str, Any] = super().get_environment()
        environment[RECEIVED] = self.channel.received_at
        return environment


class Channel(HTTPChannel):
    """A connection. `began`: when the first byte of an unfinished request came."""

    request: Any
    close_when_flushed: bool
    task_class = TimedTask
    error_task_class = ProblemTask

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.began: float | None = None
        self.received_at = time.monotonic()
        self.refused = False
        self.lingers_until: float | None = None
        super().__init__(*args, **kwargs)

    def received(self, data: bytes) -> bool:
        """Take what came."""
        if self.began is None:
            self.began = time.monotonic()
        went_on: bool = super().received(data)
        if self.request is None:
            self.began = None
        return went_on

    def refuse_late(self, now: float, limit: float) -> None:
        """Answer 408 where the request that is being received began more than `limit` seconds ago."""
        with self.requests_lock:
            if self.request is None or self.began is None or now - self.began < limit or self.requests:
                return
            late, self.request, self.began = self.request, None, None
            late.error, late.completed = RequestTimeout("took too long to arrive"), True
            self.requests.append(late)
            self.server.add_task(self)

    def handle_write(self) -> None:
        """Send what waits. After a refusal the connection is half closed: a reset would lose the answer."""
        if not (self.refused and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.connected and not self.total_outbufs_len:
            self.close_when_flushed = False
            self.lingers_until = time.monotonic() + _LINGER
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)

    def handle_read(self) -> None:
        """Take what came; after a refusal, throw it away."""
        if self.lingers_until is None:
            super().handle_read()
        elif not self.recv(self.adj.recv_bytes):
            self.handle_close()


class Server(TcpWSGIServer):
    """One process' share of a listening socket."""

    channel_class = Channel

    def __init__(
        self, app: Callable[..., Any], listening: socket.socket, settings: Settings, most_connections: int
    ) -> None:
        """app: WSGI. listening: bound already; other processes may accept from it too."""
        self._seconds = settings.request_seconds
        self._stopping = False
        self._probes = ThreadedTaskDispatcher()
        self._probes.set_thread_count(1)
        address = (listening.family, listening.type, listening.proto, listening.getsockname())
        adjustments = _adjustments(listening, settings, most_connections)
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(settings.threads)
        super().__init__(
            app, {}, True, listening, dispatcher=dispatcher, adj=adjustments, sockinfo=address, bind_socket=False
        )

    def add_task(self, task: Channel) -> None:
        """Have a request answered: probes by a thread of their own."""
        task.received_at = time.monotonic()
        dispatcher = self._probes if getattr(task.requests[0], "path", "") in PROBES else self.task_dispatcher
        dispatcher.add_task(task)

    def maintenance(self, now: float) -> None:
        """Once a second: close idle connections, refuse requests that take too long, end lingering."""
        super().maintenance(now)
        moment = time.monotonic()
        for channel in list(self.active_channels.values()):
            channel.refuse_late(moment, self._seconds)
            if channel.lingers_until is not None and moment > channel.lingers_until:
                channel.will_close = True

    def stop(self) -> None:
        """End `run` soon. May be called by a signal handler."""
        self._stopping = True
        self.pull_trigger()

    def run(self) -> None:
        """Serve until `stop`, then answer what is being worked on, for some seconds at most."""
        while not self._stopping:
            self._turn(1.0)
        self.accepting = False
        end = time.monotonic() + _GRACE
        while self._busy() and time.monotonic() < end:
            self._turn(0.1)
        self.task_dispatcher.shutdown(timeout=1)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def _busy(self) -> bool:
        return any(c.requests or c.total_outbufs_len for c in list(self.active_channels.values()))


def _adjustments(listening: socket.socket, settings: Settings, most_connections: int) -> Adjustments:
    proxied = {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }
    return Adjustments(
        sockets=[listening],
        ident=None,
        backlog=BACKLOG,
        max_request_body_size=settings.most_bytes,
        connection_limit=most_connections,
        channel_timeout=_IDLE,
        cleanup_interval=1,
        asyncore_use_poll=True,
        log_socket_errors=False,
        clear_untrusted_proxy_headers=False,  # that they are there tells of a proxy (checker.service.access)
        **(proxied if settings.trusted_proxy else {}),
    )

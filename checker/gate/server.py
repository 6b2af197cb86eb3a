"""The gate as a server: listens, checks, passes on, and ends when it is told to."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path

from aiosmtpd.smtp import SMTP

from checker.gate.checking import Checks
from checker.gate.decide import Gatekeeper, Records
from checker.gate.holds import Holds
from checker.gate.session import GateSession
from checker.gate.settings import Settings
from checker.refusal import RefusalError

_LAST = 30.0  # seconds that mails on their way have when the gate is told to end
_FULL = b"421 4.3.2 presend: too many connections, try again later\r\n"


class _Busy(asyncio.Protocol):
    """For a client too many: one line and goodbye."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(_FULL)
            transport.close()


class _Counted(GateSession):
    """A session that says when it begins and ends."""

    def __init__(self, sessions: set[SMTP], *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._sessions = sessions

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._sessions.discard(self)
        super().connection_lost(error)


async def serve(
    settings: Settings, config: Path | None, key: bytes, records: Records, ready: Callable[[str, int], None]
) -> None:
    """Run until SIGTERM or SIGINT. ready: told host and port when mail can come. Raises RefusalError."""
    logging.getLogger("mail.log").disabled = True  # aiosmtpd logs lines of mails there
    checks = Checks(config, key, seconds=settings.check, workers=settings.workers)
    try:
        context = _context(settings)
        keeper = Gatekeeper(settings, checks, Holds(settings.hold, time.monotonic), records)
        await _listen(settings, keeper, checks, context, ready)
    finally:
        checks.close()


async def _listen(
    settings: Settings,
    keeper: Gatekeeper,
    checks: Checks,
    context: ssl.SSLContext | None,
    ready: Callable[[str, int], None],
) -> None:
    """Bind first, so that an address that is taken is told at once; let mail in when checks can be had."""
    loop, sessions, ended = asyncio.get_running_loop(), set[SMTP](), asyncio.Event()
    host = socket.gethostname()

    def session() -> asyncio.BaseProtocol:
        if len(sessions) >= settings.connections:
            return _Busy()
        return _Counted(sessions, settings, keeper, host, context if settings.tls == "starttls" else None)

    implicit = context if settings.tls == "implicit" else None
    try:
        server = await loop.create_server(
            session, settings.listen.host, settings.listen.port, ssl=implicit, start_serving=False
        )
    except OSError as error:
        where = f"{settings.listen.host}:{settings.listen.port}"
        raise RefusalError(f"gate.listen: cannot listen on {where}: {error.strerror or error}") from None
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    await checks.warm()
    await server.start_serving()
    ready(settings.listen.host, server.sockets[0].getsockname()[1])
    await ended.wait()
    server.close()
    await _drained(sessions)


async def _drained(sessions: set[SMTP]) -> None:
    """Sessions that hold a mail may end it; the idle ones are closed."""
    end = time.monotonic() + _LAST
    while sessions and time.monotonic() < end:
        for session in list(sessions):
            if session.transport and not (session.envelope and session.envelope.rcpt_tos):
                session.transport.close()
        await asyncio.sleep(0.05)
    for session in list(sessions):
        if session.transport:
            session.transport.close()


def _context(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls == "none":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(settings.certificate, settings.certificate_key)
    except (OSError, ssl.SSLError) as error:
        reason = error.strerror or type(error).__name__
        raise RefusalError(f"gate.certificate: cannot use {settings.certificate}: {reason}") from None
    return context

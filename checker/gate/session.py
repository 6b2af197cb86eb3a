"""One client's connection: its commands go to the server behind, whose answers come back as they are.

Only EHLO, STARTTLS and DATA are the gate's own. A client is offered what the server behind offers, so the gate is a
filter behind Postfix's smtpd (XFORWARD) and a submission relay before a provider (AUTH) without being told which.
"""

from __future__ import annotations

import re
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from checker.gate.decide import Gatekeeper, Refused
from checker.gate.settings import Settings
from checker.gate.upstream import Answer, Upstream, UpstreamError, is_local

_PASSED_ON = ("8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES", "XFORWARD")
_PATH = re.compile(r"(?:FROM|TO):\s*<([^>]*)>", re.IGNORECASE)
_SIZE = re.compile(r"\sSIZE=(\d{1,20})(?:\s|$)", re.IGNORECASE)
_IDLE = 600.0  # seconds without a byte after which a client is gone
_LINE = 1 << 20  # bytes of a line of a mail: far past the 998 that are allowed, as some programs write whole bodies
_GONE = "421 4.4.2 presend: the mail server behind does not answer; nothing was sent, try again later"
_TOO_LARGE = "552 5.3.4 presend: the mail is larger than {} MB"


class GateSession(SMTP):
    """The conversation with one client."""

    line_length_limit = _LINE
    command_size_limit = 4096  # bytes; RFC 5321 wants 512, and AUTH, DSN and SMTPUTF8 need more

    def __init__(self, settings: Settings, keeper: Gatekeeper, host: str, tls_context: Any) -> None:
        """host: the name that the gate greets with. tls_context: for STARTTLS; None: it is not offered."""
        super().__init__(
            self,
            data_size_limit=settings.largest,
            enable_SMTPUTF8=True,
            hostname=host,
            ident="ESMTP presend",
            tls_context=tls_context,
            timeout=_IDLE,
        )
        self._settings, self._keeper = settings, keeper
        self._upstream: Upstream | None = None

    # -- the connection ------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Bytes of the client: it is not idle, however slow."""
        self._reset_timeout()
        super().data_received(data)

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone: a mail that is not through is not sent."""
        if self._upstream:
            self._upstream.close()
        super().connection_lost(error)

    async def push(self, status: str | bytes) -> None:
        """Send a reply; what the server behind said in other bytes than UTF-8 stays as it was."""
        await super().push(status.encode("utf-8", "surrogateescape") if isinstance(status, str) else status)

    async def handle_exception(self, error: Exception) -> str:
        """What the client is told when something fails here: nothing of the mail, and that it is not sent."""
        if isinstance(error, ValueError):
            return "501 5.5.2 presend: a command with control characters"
        return f"451 4.3.0 presend: {type(error).__name__}; nothing was sent, try again later"

    async def _ask(self, *words: str) -> Answer | None:
        """The answer of the server behind, given to the client too; None: it is gone, which the client is told."""
        try:
            if self._upstream is None:
                self._upstream = await Upstream.connect(self._settings.upstream, self._settings.upstream_tls)
            answer = await self._upstream.command(*words) if words else Answer(250, ("",))
        except UpstreamError:
            await self._hang_up()
            return None
        if words:
            await self.push(str(answer))
        return answer

    async def _hang_up(self) -> None:
        await self.push(_GONE)
        if self.transport:
            self.transport.close()

    # -- what is offered -----------------------------------------------------------------------------------------------

    async def smtp_EHLO(self, hostname: str) -> None:
        """Connects to the server behind, and offers what it offers."""
        if not hostname:
            await self.push("501 5.5.4 Syntax: EHLO hostname")
        elif await self._greeted(hostname):
            assert self.session is not None
            self.session.extended_smtp = True
            await self.push(str(Answer(250, (self.hostname, *self._offers()))))

    async def smtp_HELO(self, hostname: str) -> None:
        """As EHLO, with nothing offered."""
        if not hostname:
            await self.push("501 5.5.4 Syntax: HELO hostname")
        elif await self._greeted(hostname):
            await self.push(f"250 {self.hostname}")

    async def _greeted(self, hostname: str) -> bool:
        assert self.session is not None
        fresh = self._upstream is None
        if await self._ask() is None:
            return False
        if not fresh and self._upstream:
            await self._upstream.command("RSET")
        self.envelope = self._create_envelope()
        self.session.host_name = hostname
        return True

    def _offers(self) -> list[str]:
        theirs = self._upstream.offers if self._upstream else {}
        largest = min(self._settings.largest, int(theirs.get("SIZE", "").strip() or 0) or self._settings.largest)
        found = [f"SIZE {largest}", "PIPELINING"]
        found += [f"{name} {theirs[name]}".strip() for name in _PASSED_ON if name in theirs]
        if "AUTH" in theirs and self._safe():
            found.append(f"AUTH {theirs['AUTH']}")
        if self.tls_context and not self._encrypted():
            found.append("STARTTLS")
        return found

    def _encrypted(self) -> bool:
        return self.transport is not None and self.transport.get_extra_info("ssl_object") is not None

    def _safe(self) -> bool:
        """Whether a password may pass: on both sides it goes through TLS or does not leave this machine."""
        peer = str(self.session.peer[0]) if self.session and self.session.peer else ""
        behind = self._settings.upstream_tls != "none" or is_local(self._settings.upstream.host)
        return behind and (self._encrypted() or is_local(peer))

    # -- what is passed on ---------------------------------------------------------------------------------------------

    async def smtp_AUTH(self, arg: str | None) -> None:
        """Passes a login on, line by line, and keeps nothing of it."""
        if await self.check_helo_needed("EHLO"):
            return
        if not self._safe():
            await self.push("538 5.7.11 presend: a login needs TLS")
            return
        answer = await self._ask("AUTH", arg or "")
        while answer and answer.code == 334:
            line = await self._reader.readuntil(b"\r\n")
            answer = await self._ask(line.rstrip(b"\r\n").decode("utf-8", "surrogateescape") or "=")

    async def smtp_XFORWARD(self, arg: str | None) -> None:
        """Passes on what Postfix knows of the client before it."""
        if not await self.check_helo_needed("EHLO"):
            await self._ask("XFORWARD", arg or "")

    async def smtp_MAIL(self, arg: str | None) -> None:
        """Passes the sender on, with every parameter."""
        if await self.check_helo_needed():
            return
        size = _SIZE.search(arg or "")
        if size and int(size[1]) > self._settings.largest:
            await self.push(_TOO_LARGE.format(self._settings.largest // 1_000_000))
            return
        answer = await self._ask("MAIL", arg or "")
        if answer and answer.taken and self.envelope:
            self.envelope.mail_from = _path(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        """Passes a recipient on, with every parameter."""
        if await self.check_helo_needed():
            return
        answer = await self._ask("RCPT", arg or "")
        if answer and answer.taken and self.envelope:
            self.envelope.rcpt_tos.append(_path(arg))

    async def smtp_RSET(self, arg: str | None) -> None:
        """Passes it on, and forgets the mail that was begun."""
        if arg:
            await self.push("501 5.5.4 Syntax: RSET")
            return
        self.envelope = self._create_envelope()
        if self._upstream is None:
            await self.push("250 2.0.0 OK")
        else:
            await self._ask("RSET")

    async def smtp_VRFY(self, _arg: str | None) -> None:
        """Says nothing about addresses."""
        await self.push("252 2.1.5 Cannot VRFY; send some mail")

    async def smtp_QUIT(self, _arg: str | None) -> None:
        """Says goodbye on both sides."""
        if self._upstream:
            await self._upstream.quit()
            self._upstream = None
        await self.push("221 2.0.0 Bye")
        if self.transport:
            self.transport.close()

    # -- the mail ------------------------------------------------------------------------------------------------------

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """The reply to a whole mail: the gate's own where it is not sent, else that of the server behind."""
        assert isinstance(envelope.original_content, bytes)
        sender = envelope.mail_from or ""
        outcome = await self._keeper.decide(sender, envelope.rcpt_tos, envelope.original_content)
        try:
            return await self._outcome(sender, outcome)
        except UpstreamError:
            if self.transport:
                self.loop.call_soon(self.transport.close)  # behind the reply
            return _GONE

    async def _outcome(self, sender: str, outcome: Any) -> str:
        if self._upstream is None:
            raise UpstreamError("closed")
        if isinstance(outcome, Refused):
            await self._upstream.command("RSET")
            return outcome.reply
        self._reset_timeout()
        answer = await self._upstream.data(outcome.mail)
        if answer.taken:
            self._keeper.sent(sender, outcome)
        return str(answer)


def _path(arg: str | None) -> str:
    found = _PATH.match(arg or "")
    return found[1] if found else ""

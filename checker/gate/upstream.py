"""The server behind the gate: its answers as they come."""

from __future__ import annotations

import ssl
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple

from aiosmtplib import SMTP, SMTPException, SMTPResponse

from checker.gate.settings import Address

_CONNECT, _COMMAND, _FINAL = 30.0, 300.0, 600.0  # seconds; RFC 5321 section 4.5.3.2


class UpstreamError(Exception):
    """The server behind does not answer, or no longer."""


class Answer(NamedTuple):
    """A reply of the server behind."""

    code: int
    lines: tuple[str, ...]

    def __str__(self) -> str:
        marks = ["-"] * (len(self.lines) - 1) + [" "]
        return "\r\n".join(f"{self.code}{m}{line}" for m, line in zip(marks, self.lines, strict=True))

    @property
    def taken(self) -> bool:
        """Whether it says yes."""
        return 200 <= self.code < 300


class Upstream:
    """One connection to the server behind."""

    def __init__(self, client: SMTP) -> None:
        self._client = client

    @classmethod
    async def connect(cls, address: Address, tls: str) -> Upstream:
        """Connect and say EHLO. tls: none, starttls, implicit; certificates are verified. Raises UpstreamError."""
        context = None if tls == "none" else ssl.create_default_context()
        client = SMTP(
            hostname=address.host,
            port=address.port,
            use_tls=tls == "implicit",
            start_tls=tls == "starttls",
            tls_context=context,
            timeout=_CONNECT,
        )
        try:
            await client.connect()
            await client.ehlo()
        except (SMTPException, OSError, ValueError) as error:
            client.close()
            raise UpstreamError(type(error).__name__) from None
        return cls(client)

    @property
    def offers(self) -> dict[str, str]:
        """The extensions of its EHLO, upper case, with their parameters."""
        found = {name.upper(): words for name, words in self._client.esmtp_extensions.items()}
        mechanisms = [m.upper() for m in self._client.server_auth_methods if not m.upper().endswith("-PLUS")]
        return {**found, "AUTH": " ".join(mechanisms)} if mechanisms else found

    @property
    def alive(self) -> bool:
        """Whether the connection stands."""
        return self._client.is_connected

    async def command(self, *words: str) -> Answer:
        """Its answer to a command as it came. Raises UpstreamError, ValueError (control characters)."""
        coded = (word.encode("utf-8", "surrogateescape") for word in words if word)
        try:
            return _answer(await self._client.execute_command(*coded, timeout=_COMMAND))
        except (SMTPException, OSError) as error:
            raise UpstreamError(type(error).__name__) from None

    async def data(self, mail: bytes) -> Answer:
        """Its final answer to the mail, whose bytes are sent as they are (dots doubled). Raises UpstreamError."""
        ready = await self.command("DATA")
        if ready.code != 354:
            return ready
        protocol = self._client.protocol
        if protocol is None:
            raise UpstreamError("closed")
        try:
            protocol.write(_framed(mail))
            return _answer(await protocol.read_response(timeout=_FINAL))
        except (SMTPException, OSError) as error:
            raise UpstreamError(type(error).__name__) from None

    async def quit(self) -> None:
        """Say goodbye."""
        with suppress(SMTPException, OSError):
            await self._client.quit(timeout=5)
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._client.close()


def _answer(response: SMTPResponse) -> Answer:
    return Answer(response.code, tuple(response.message.split("\n")))


def _framed(mail: bytes) -> bytes:
    """A mail for the wire: a dot more before each dot that begins a line, and the end (RFC 5321 section 4.5.2)."""
    doubled = mail.replace(b"\r\n.", b"\r\n..")
    start = b"." if mail.startswith(b".") else b""
    end = b".\r\n" if mail.endswith(b"\r\n") else b"\r\n.\r\n"
    return start + doubled + end


def is_local(host: str) -> bool:
    """Whether a host is this machine: nothing that is said to it goes over a wire."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

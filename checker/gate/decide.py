"""One mail and its envelope -> passed on, with one header more, or a reply to its sender."""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

from checker.gate import replies
from checker.gate.checking import Checks, Judgement, UnavailableError
from checker.gate.holds import Holds
from checker.gate.prefix import stripped
from checker.gate.settings import Actions, Settings

HEADER = b"X-Presend: %s\r\n"
_SMUGGLED = re.compile(rb"(?:(?<!\r)\n|\r(?!\n))\.")
_BARE = "550 5.6.0 presend: a line begins with a dot behind a bare CR or LF; lines must end with CRLF"


class Passed(NamedTuple):
    """The mail as it goes on. held: its digest, where it passes because its sender was told."""

    mail: bytes
    held: str = ""


class Refused(NamedTuple):
    """What the sender is told."""

    reply: str


class Records(Protocol):
    """What is known of a mail beside its own words, and what is kept of a check."""

    async def waivers(self, judgement: Judgement) -> frozenset[str]:
        """What organisation and sender let pass of this mail."""

    def note(self, judgement: Judgement, sender: str) -> None:
        """Keep what a check found: numbers and kinds."""


class Gatekeeper:
    """Decides by policy; knows the mails that it held."""

    def __init__(self, settings: Settings, checks: Checks, holds: Holds, records: Records) -> None:
        self._settings, self._checks, self._holds, self._records = settings, checks, holds, records

    async def decide(self, sender: str, recipients: list[str], mail: bytes) -> Passed | Refused:
        """What is to happen to a mail. Never raises: where no check can be had, the policy says what happens."""
        if _SMUGGLED.search(mail):  # some servers would read a lone dot there as the end, and mail behind it
            return Refused(_BARE)
        actions = self._settings.actions_for(sender, recipients)
        try:
            return await self._decided(sender, actions, mail)
        except UnavailableError:
            if actions.unavailable == "refuse":
                return Refused(replies.unavailable(ascii_only=self._settings.ascii_only))
            return Passed(HEADER % b"unchecked" + mail)

    def sent(self, sender: str, passed: Passed) -> None:
        """The server behind took the mail."""
        if passed.held:
            self._holds.settle(sender, passed.held)

    async def _decided(self, sender: str, actions: Actions, mail: bytes) -> Passed | Refused:
        without = stripped(mail)
        if without is not None:
            judgement = await self._judged(sender, without)
            if judgement.verdict == "confirm" or self._holds.known(sender, judgement.digest):
                return self._answer(sender, actions, judgement, without, confirmed=True)
        judgement = await self._judged(sender, mail)
        return self._answer(sender, actions, judgement, mail, confirmed=False)

    async def _judged(self, sender: str, mail: bytes) -> Judgement:
        judgement = await self._checks.check(mail)
        if judgement.verdict != "allow":
            marks = await self._records.waivers(judgement)
            if marks:
                judgement = await self._checks.check(mail, marks)
        self._records.note(judgement, sender)
        return judgement

    def _answer(
        self, sender: str, actions: Actions, judgement: Judgement, mail: bytes, *, confirmed: bool
    ) -> Passed | Refused:
        ascii_only = self._settings.ascii_only
        if judgement.verdict == "allow":
            return Passed(HEADER % b"checked" + mail)
        action = getattr(actions, judgement.verdict)
        if action == "pass":
            return Passed(HEADER % b"noted" + mail)
        if action == "refuse":
            return Refused(replies.refused(judgement, ascii_only=ascii_only))
        if confirmed or self._holds.known(sender, judgement.digest):
            return Passed(HEADER % b"confirmed" + mail, judgement.digest)
        self._holds.add(sender, judgement.digest)
        return Refused(replies.held(judgement, self._settings.hold / 60, ascii_only=ascii_only))

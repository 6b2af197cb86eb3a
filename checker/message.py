"""What was written: one Message for a draft, whether it came as MIME or as an add-in's fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from checker.text import Span, Text


class DraftError(ValueError):
    """A draft JSON that is not one. `field` says which key, `reason` what is allowed; never the value."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class Defect(NamedTuple):
    """Something wrong with the mail's form, recorded and never raised: a short code and a detail without mail text."""

    code: str
    detail: str = ""


class Address(NamedTuple):
    """One mailbox of a header. `span` covers the whole entry, `address_span` the addr-spec."""

    header: str  # from, to, cc, bcc, reply_to
    name: str
    address: str  # addr-spec as written; "" when the entry has none
    span: Span
    address_span: Span

    def __repr__(self) -> str:
        """Without the person: a mail must not reach a log."""
        return f"<Address of {self.header}>"

    @property
    def domain(self) -> str:
        """The domain in lower case; "" when there is none."""
        return self.address.rpartition("@")[2].lower() if "@" in self.address else ""


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A file that travels with the mail. content None: judged by name and size only (or a cloud link)."""

    index: int
    name: Text  # part "attachment"
    size: int  # bytes; -1 where a draft does not say
    type: str | None
    inline: bool
    content: bytes | None
    link: str | None = None
    nested: bool = False  # a message/rfc822


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """What this mail answers."""

    message_id: str | None
    subject: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    date: datetime | None
    references: tuple[str, ...]


class Zone(NamedTuple):
    """A range of the body's matching text: own, quote, signature, disclaimer or hidden."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """A mail before it is sent. Headers, the judged body (HTML where there is one), its zones, attachments."""

    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: Text
    body: Text  # the HTML if there is one, else the plain text; may be empty
    alternative: Text | None  # the plain text beside an HTML body
    zones: tuple[Zone, ...]  # cover the body's matching text, in order
    attachments: tuple[Attachment, ...]
    date: datetime | None  # with its zone
    language: str | None  # as the draft says: zh, en; None: told from the own text
    reply: Reply | None
    headers: tuple[Text, ...]  # the address headers as Texts, for spans and masks
    override: str | None
    defects: tuple[Defect, ...]
    hidden: tuple[Text, ...] = ()  # HTML attributes and comments: sent, not seen

    @property
    def recipients(self) -> tuple[Address, ...]:
        """To, Cc and Bcc in order."""
        return (*self.to, *self.cc, *self.bcc)


class Aftermath(NamedTuple):
    """What an archive knows of a sent mail that nobody answered."""

    hours: float  # since the time by which something was asked for, or since sending
    followed: bool  # the sender wrote again in the thread

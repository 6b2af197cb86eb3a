"""A mail as the page shows it: the readable text of every part, with offsets as browsers count them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any

from checker.message import Address, Attachment, Message
from checker.text import Text


def shown(message: Message) -> dict[str, Any]:
    """The readable parts of a mail as plain data. Offsets are UTF-16 units of the readable text, as in a report's
    `readable_utf16`; nothing of it is HTML."""
    return {
        "subject": message.subject.plain,
        "headers": {text.part: _header(text, message) for text in message.headers},
        "body": _body(message),
        "attachments": [_attachment(attachment) for attachment in message.attachments],
    }


def _header(text: Text, message: Message) -> dict[str, Any]:
    """A header's text and the range of each of its mailboxes."""
    units = _units(text.plain)
    return {"text": text.plain, "mailboxes": [[units(a), units(b)] for a, b in _ranges(_mailboxes(text, message))]}


def _mailboxes(text: Text, message: Message) -> Iterable[Address]:
    sender = (message.sender,) if message.sender else ()
    return (a for a in (*sender, *message.recipients, *message.reply_to) if a.span.of is text)


def _ranges(mailboxes: Iterable[Address]) -> list[tuple[int, int]]:
    return [(a.span.start, a.span.end) for a in mailboxes]


def _body(message: Message) -> dict[str, Any]:
    text = message.body
    units = _units(text.plain)
    zones = [(zone.kind, *text.readable(zone.start, zone.end)) for zone in message.zones]
    return {
        "part": text.part,
        "text": text.plain,
        "zones": [[kind, units(a), units(b)] for kind, a, b in zones],
        "hidden": [_hidden(text) for text in message.hidden],
    }


def _hidden(text: Text) -> list[int]:
    """Where an attribute or comment of the HTML stands in its source: findings there have no place in the text."""
    units, (start, end) = _units(text.source), text.span(0, len(text.plain))
    return [units(start), units(end)]


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {"name": attachment.name.plain, "size": attachment.size, "link": attachment.link}


def _units(text: str) -> Callable[[int], int]:
    """From code points to UTF-16 units of a text."""
    wide = [i for i, char in enumerate(text) if char > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)

"""Outlook's .msg files (MS-OXMSG) as MIME, so that they are judged like every other mail."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

_RECIPIENT_TYPE = 0x0C15  # PidTagRecipientType: 1 To, 2 Cc, 3 Bcc (MS-OXPROPS)
_SMTP_ADDRESS = 0x39FE  # PidTagSmtpAddress
_SENDER_SMTP = (0x5D01, 0x5D02, 0x0C1F)  # PidTagSenderSmtpAddress, …RepresentingSmtpAddress, PidTagSenderEmailAddress
_SENDER_NAME = 0x0C1A  # PidTagSenderName
_MESSAGE_ID = 0x1035  # PidTagInternetMessageId
_REFERENCES = 0x1039  # PidTagInternetReferences
_IN_REPLY_TO = 0x1042  # PidTagInReplyToId
_HEADERS = {1: "To", 2: "Cc", 3: "Bcc"}
_POLICY = policy.SMTP.clone(max_line_length=0, utf8=True)


class MsgError(ValueError):
    """Not a .msg file that can be read; why."""


def eml_of(content: bytes) -> bytes:
    """The mail of a .msg file as MIME. Raises MsgError."""
    from oxmsg import Message  # noqa: PLC0415 - only archives with .msg files pay for it

    try:
        return _mail(Message.load(io.BytesIO(content))).as_bytes(policy=_POLICY)
    except Exception as error:  # the library raises what it meets on broken files
        raise MsgError(f"not a readable .msg file ({type(error).__name__})") from None


def _mail(message: Any) -> EmailMessage:
    mail = EmailMessage(policy=_POLICY)
    for name, value in _headers(message):
        if value and name not in mail:
            mail[name] = " ".join(value.split())
    _bodies(mail, message)
    for attachment in message.attachments:
        if attachment.attached_by_value and attachment.file_bytes is not None:
            kind, _, sub = (attachment.mime_type or "application/octet-stream").partition("/")
            mail.add_attachment(
                attachment.file_bytes,
                maintype=kind,
                subtype=sub or "octet-stream",
                filename=attachment.file_name or "attachment",
            )
    return mail


def _headers(message: Any) -> Iterator[tuple[str, str]]:
    """What the mail's own properties say, and what only its transport headers know."""
    sent = {str(name).lower(): str(value) for name, value in (message.message_headers or {}).items()}
    yield "From", sent.get("from") or _sender(message)
    addressed: dict[str, list[str]] = {name: [] for name in _HEADERS.values()}
    for recipient in message.recipients:
        header = _HEADERS.get(_number(recipient.properties, _RECIPIENT_TYPE) or 1, "To")
        address = _text(recipient.properties, _SMTP_ADDRESS) or recipient.email_address or ""
        addressed[header].append(formataddr((recipient.name or "", address)) if address else recipient.name or "")
    for header, people in addressed.items():
        yield header, ", ".join(filter(None, people)) or sent.get(header.lower(), "")
    yield "Subject", message.subject or ""
    yield "Date", sent.get("date") or (format_datetime(message.sent_date) if message.sent_date else "")
    yield "Message-ID", sent.get("message-id") or _text(message.properties, _MESSAGE_ID)
    yield "In-Reply-To", sent.get("in-reply-to") or _text(message.properties, _IN_REPLY_TO)
    yield "References", sent.get("references") or _text(message.properties, _REFERENCES)


def _sender(message: Any) -> str:
    address = next(filter(None, (_text(message.properties, tag) for tag in _SENDER_SMTP)), "")
    name = _text(message.properties, _SENDER_NAME)
    return formataddr((name, address)) if "@" in address else message.sender or name


def _bodies(mail: EmailMessage, message: Any) -> None:
    text, html = message.body, message.html_body
    if text is not None or html is None:
        mail.set_content(text or "", cte="base64")
    if html is not None and text is not None:
        mail.add_alternative(html, subtype="html", cte="base64")
    elif html is not None:
        mail.set_content(html, subtype="html", cte="base64")


def _text(properties: Any, tag: int) -> str:
    return str(properties.str_prop_value(tag) or "")


def _number(properties: Any, tag: int) -> int | None:
    value = properties.int_prop_value(tag)
    return None if value is None else int(value)

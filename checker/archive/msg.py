"""Outlook's .msg files (MS-OXMSG) as MIME, so that they are judged like every other mail."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr
from typing import Any

from checker.archive.lzfu import RtfError, unpacked
from checker.archive.rtf import Body, read_rtf
from checker.charsets import decode

# Tags of properties (MS-OXPROPS).
_SUBJECT, _BODY, _HTML = 0x0037, 0x1000, 0x1013
_RTF, _RTF_IN_SYNC = 0x1009, 0x0E1F
_BOOLEAN = 0x000B  # PtypBoolean
_TRANSPORT_HEADERS = 0x007D
_SENDER_NAME = 0x0C1A
_SENDER_SMTP = (0x5D01, 0x5D02, 0x0C1F)  # PidTagSenderSmtpAddress, …RepresentingSmtpAddress, PidTagSenderEmailAddress
_MESSAGE_ID, _REFERENCES, _IN_REPLY_TO = 0x1035, 0x1039, 0x1042
_RECIPIENT_TYPE = 0x0C15  # 1 To, 2 Cc, 3 Bcc
_RECIPIENT_NAME = 0x3001
_RECIPIENT_ADDRESS = (0x39FE, 0x3003)  # PidTagSmtpAddress, PidTagEmailAddress
_ATTACHMENT_NAME = (0x3707, 0x3704)  # PidTagAttachLongFilename, PidTagAttachFilename
_ATTACHMENT_KIND = 0x370E
_ATTACHED_MAIL = "__substg1.0_3701000D"  # PidTagAttachDataObject
_PROPERTIES = "__properties_version1.0"
_CODE_PAGES = (0x3FDE, 0x3FFD)  # PidTagInternetCodepage, PidTagMessageCodepage
_TEXT = (0x001F, 0x001E)  # PtypString, PtypString8: UTF-16, and bytes in the code page
_HEADERS = {1: "To", 2: "Cc", 3: "Bcc"}
_POLICY = policy.SMTP.clone(utf8=True)
_AS_IT_IS = _POLICY.clone(max_line_length=0)  # lines of a header are not folded again
_CODECS = {65001: "utf-8", 20127: "ascii", 28591: "iso-8859-1", 54936: "gb18030", 51936: "gb2312", 52936: "hz",
           50220: "iso-2022-jp", 51932: "euc-jp", 51949: "euc-kr"}  # fmt: skip
_UTF_16 = "utf-16-le"


class MsgError(ValueError):
    """Not a .msg file that can be read; why."""


def eml_of(content: bytes) -> bytes:
    """The mail of a .msg file as MIME. Raises MsgError."""
    from oxmsg import Message  # noqa: PLC0415 - only archives with .msg files pay for it

    try:
        return _mail(Message.load(io.BytesIO(content))).as_bytes(policy=_AS_IT_IS)
    except MsgError:
        raise
    except Exception as error:  # the library raises what it meets on broken files
        raise MsgError(f"not a readable .msg file ({type(error).__name__})") from None


def _mail(message: Any) -> EmailMessage:
    mail = EmailMessage(policy=_POLICY)
    charset = _charset(message.properties)
    for name, value in _headers(message, charset):
        if value and name not in mail:
            mail[name] = " ".join(value.split())
    _bodies(mail, message.properties, charset)
    for attachment in message.attachments:
        _attach(mail, attachment, charset)
    return mail


def _attach(mail: EmailMessage, attachment: Any, charset: str | None) -> None:
    """Files that are kept by value, and mails; a link to a file on a server has no bytes."""
    for storage in attachment._storage.storages:
        if storage.name == _ATTACHED_MAIL:
            _attach_mail(mail, storage)
    if attachment.file_bytes is None:
        return
    told = _text(attachment.properties, _ATTACHMENT_KIND, charset=charset)
    kind, _, sub = (told or "application/octet-stream").partition("/")
    name = _text(attachment.properties, *_ATTACHMENT_NAME, charset=charset)
    mail.add_attachment(
        attachment.file_bytes, maintype=kind, subtype=sub or "octet-stream", filename=name or "attachment"
    )


def _attach_mail(mail: EmailMessage, storage: Any) -> None:
    """Read where it can be; else it is there and empty, and the mail around it is judged all the same."""
    try:
        mail.add_attachment(_mail(_embedded(storage)))
    except Exception:
        mail.add_attachment(b"", maintype="application", subtype="vnd.ms-outlook", filename="attachment.msg")


def _embedded(storage: Any) -> Any:
    """A mail within a mail. Its properties begin after 24 bytes where those of a file begin after 32 (MS-OXMSG 2.4.1),
    and the library knows files only."""
    from oxmsg import Message  # noqa: PLC0415

    streams = tuple(
        replace(stream, bytes_=bytes(8) + stream.bytes_) if stream.name == _PROPERTIES else stream
        for stream in storage.streams
    )
    return Message(replace(storage, streams=streams))


def _headers(message: Any, charset: str | None) -> Iterator[tuple[str, str]]:
    """What the mail's own properties say, and what only its transport headers know."""
    properties = message.properties

    def text(*tags: int) -> str:
        return _text(properties, *tags, charset=charset)

    sent = {name.lower(): value for name, value in HeaderParser().parsestr(text(_TRANSPORT_HEADERS)).items()}
    yield "From", sent.get("from") or _sender(text(_SENDER_NAME), [text(tag) for tag in _SENDER_SMTP])
    addressed: dict[str, list[str]] = {name: [] for name in _HEADERS.values()}
    for recipient in message.recipients:
        header = _HEADERS.get(_number(recipient.properties, _RECIPIENT_TYPE) or 1, "To")
        addressed[header].append(_recipient(recipient.properties, charset))
    for header, people in addressed.items():
        yield header, ", ".join(filter(None, people)) or sent.get(header.lower(), "")
    yield "Subject", text(_SUBJECT)
    yield "Date", sent.get("date") or (format_datetime(message.sent_date) if message.sent_date else "")
    yield "Message-ID", sent.get("message-id") or text(_MESSAGE_ID)
    yield "In-Reply-To", sent.get("in-reply-to") or text(_IN_REPLY_TO)
    yield "References", sent.get("references") or text(_REFERENCES)


def _sender(name: str, addresses: list[str]) -> str:
    """The first address that is one: Exchange's own begin with /o=."""
    address = next((one for one in addresses if "@" in one), "")
    return formataddr((name, address)) if address else name


def _recipient(properties: Any, charset: str | None) -> str:
    name = _text(properties, _RECIPIENT_NAME, charset=charset)
    address = _text(properties, *_RECIPIENT_ADDRESS, charset=charset)
    return formataddr((name, address)) if "@" in address else name


def _bodies(mail: EmailMessage, properties: Any, charset: str | None) -> None:
    plain = _text(properties, _BODY, charset=charset)
    markup = properties.binary_prop_value(_HTML)
    html = decode(markup, charset).text if markup else _text(properties, _HTML, charset=charset)
    if not html and (body := _rich(properties, optional=bool(plain))):
        plain, html = (plain, body.text) if body.html else (plain or body.text, "")
    if plain or not html:
        mail.set_content(plain, cte="base64")
        if html:
            mail.add_alternative(html, subtype="html", cte="base64")
    else:
        mail.set_content(html, subtype="html", cte="base64")


def _rich(properties: Any, *, optional: bool) -> Body | None:
    """The body in RTF, where Outlook keeps the HTML of most mails. optional: there is plain text, which then is enough
    where this one is older or broken. Raises MsgError."""
    data = properties.binary_prop_value(_RTF)
    in_sync = properties._get_property(_RTF_IN_SYNC, _BOOLEAN)
    if not data or (optional and in_sync is not None and not in_sync.value):
        return None
    try:
        return read_rtf(unpacked(data))
    except RtfError as error:
        if optional:
            return None
        raise MsgError(f"its text is RTF that cannot be read ({error})") from None


def _charset(properties: Any) -> str | None:
    """What the mail's narrow strings are written in; None where it does not say."""
    page = next(filter(None, (_number(properties, tag) for tag in _CODE_PAGES)), None)
    return _CODECS.get(page, f"cp{page}") if page else None


def _text(properties: Any, *tags: int, charset: str | None) -> str:
    """The first of these properties that says something.

    Bytes are decoded here: the library knows no Big5, takes GB 2312 by its letter where Outlook writes GBK, and does
    not tell recipients and attachments the code page of their mail.
    """
    for tag in tags:
        for kind in _TEXT:
            found = properties._get_property(tag, kind)
            if found is None:
                continue
            data = found._storage.property_stream_bytes(tag, kind)
            text = data.decode(_UTF_16, "replace") if kind == _TEXT[0] else decode(data, charset).text
            if text := text.replace("\0", ""):
                return text
    return ""


def _number(properties: Any, tag: int) -> int | None:
    value = properties.int_prop_value(tag)
    return None if value is None else int(value)

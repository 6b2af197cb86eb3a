"""A mail as bytes to a Message. Any bytes are a mail: what is wrong is recorded in `defects`, never raised."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from checker.addresses import read_field
from checker.body import MOST_SUBJECT, read_body
from checker.charsets import Decoded, decode
from checker.headers import read_phrases, read_text
from checker.message import Attachment, Defect, Message, Reply
from checker.parts import Part, layout, scan
from checker.text import literal

# The header names of Message, by part.
FIELDS = {"from": "from", "to": "to", "cc": "cc", "bcc": "bcc", "reply_to": "reply-to"}
_FORWARD = re.compile(r"\s*(?:(?:fwd?|tr|wg)\s*[:\uff1a]|\u8f6c\u53d1\s*[:\uff1a]|\[fwd\b)", re.IGNORECASE)
_ANSWER = re.compile(
    r"\s*(?:re|aw|sv|antw|\u56de\u590d|\u7b54\u590d|\u56de\u8986)\s*(?:\[\d+\])?\s*[:\uff1a]\s*", re.IGNORECASE
)
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_IMAGE_NAME = re.compile(r"\.(?:png|jpe?g|gif|bmp|webp|heic|tiff?)$", re.IGNORECASE)
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_CLOUD_URL = re.compile(r"url\s*=\s*(https?://[^\s;]+)", re.IGNORECASE)


def from_eml(data: bytes) -> Message:
    """The Message of a mail as sent or stored. Never raises, whatever the bytes."""
    return from_parts(*scan(data))


def from_parts(root: Part, wrong: tuple[Defect, ...]) -> Message:
    """The Message of a mail that is scanned already. wrong: what the scan found. Never raises."""
    defects = list(wrong)
    plan = layout(root)
    html, plain = (_text_of(part, defects) if part else None for part in (plan.html, plan.plain))
    headers = {part: read_field(part, header_value(root, part)) for part in FIELDS}
    subject = header_value(root, "subject")
    body = read_body(html, plain)
    defects += body.defects
    if len(subject) > MOST_SUBJECT:
        defects.append(Defect("subject-cut"))
    return Message(
        sender=next(iter(headers["from"][1]), None),
        to=headers["to"][1],
        cc=headers["cc"][1],
        bcc=headers["bcc"][1],
        reply_to=headers["reply_to"][1],
        subject=literal("subject", subject[:MOST_SUBJECT]),
        body=body.text,
        alternative=body.alternative,
        zones=body.zones,
        attachments=_attachments(root, plan.files, html or "", defects),
        date=_date(root, defects),
        language=None,
        reply=_reply(root, subject),
        headers=tuple(text for text, _ in headers.values()),
        override=None,
        defects=tuple(dict.fromkeys(defects)),
        hidden=body.hidden,
    )


def header_value(root: Part, part: str) -> str:
    """A header as Message reads it: subject, from, to, cc, bcc or reply_to; repeated address fields joined by ", "."""
    if part == "subject":
        return read_text(root.raw("subject") or b"")
    return ", ".join(filter(None, (read_phrases(raw).strip() for raw in root.all_raw(FIELDS[part]))))


def full_defects(data: bytes) -> tuple[str, ...]:
    """What mail-parser finds wrong with a mail: its defect categories, sorted. Slow; off the path of a check."""
    import mailparser  # noqa: PLC0415 - 60 ms, and only the archive asks

    try:
        mail = mailparser.parse_from_bytes(data)
        return tuple(sorted(str(category) for category in mail.defects_categories))
    except Exception:  # it lets AttributeError and others out of malformed mails
        return ("mail-parser-failed",)


def part_text(part: Part) -> Decoded:
    """A body as Message reads it: its text with LF line ends, and how it was read."""
    read = decode(part.content[0], part.parameters.get("charset"))
    return read._replace(text=read.text.replace("\r\n", "\n"))


def _text_of(part: Part, defects: list[Defect]) -> str:
    read = part_text(part)
    defects += [Defect(code) for code in (part.content[1], read.defect) if code]
    return read.text


def _attachments(root: Part, files: tuple[Part, ...], html: str, defects: list[Defect]) -> tuple[Attachment, ...]:
    if root.type == "multipart/encrypted":
        defects.append(Defect("pgp-encrypted"))
    kept = [part for part in files if part.type not in _SIGNATURES]
    return tuple(_attachment(part, i, html, defects) for i, part in enumerate(kept))


def _attachment(part: Part, index: int, html: str, defects: list[Defect]) -> Attachment:
    content, wrong = part.content
    nested = part.type == "message/rfc822"
    name = part.filename or (_nested_name(content) if nested else "")
    codes = (wrong, _sealed(part, name), "extra-text" if part.type in ("text/plain", "text/html") and not name else "")
    defects += [Defect(code) for code in codes if code]
    link = _CLOUD_URL.search((part.raw("x-mozilla-cloud-part") or b"").decode("ascii", "replace"))
    return Attachment(
        index=index,
        name=literal("attachment", name, attachment=index, name=name),
        size=len(content),
        type=part.type,
        inline=_inline(part, name, html),
        content=None if link else content,
        link=link[1].strip('"') if link else None,
        nested=nested,
    )


def _sealed(part: Part, name: str) -> str:
    """A defect for what cannot be read inside: TNEF, S/MIME that is opaque or encrypted."""
    if part.type in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat":
        return "tnef"
    if part.type not in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return ""
    return "smime-opaque" if part.parameters.get("smime-type", "").lower() == "signed-data" else "smime-encrypted"


def _inline(part: Part, name: str, html: str) -> bool:
    """Shown in the body, not beside it: a picture that the HTML calls or that says so, and text without a name."""
    if part.type in ("text/plain", "text/html") and not name:
        return True
    if not part.type.startswith("image/") and not _IMAGE_NAME.search(name):
        return False
    called = (part.raw("content-id") or b"").decode("ascii", "replace").strip(" <>\t\r\n")
    if called and f"cid:{called}" in html:
        return True
    return part.disposition[0] == "inline" or (bool(called) and part.disposition[0] != "attachment")


def _nested_name(content: bytes) -> str:
    subject = read_text(scan(content[:20_000])[0].raw("subject") or b"")
    return (subject or "message") + ".eml"


def _date(root: Part, defects: list[Defect]) -> datetime | None:
    """The mail's Date with its zone; "-0000" (a time whose zone is not told) is UTC."""
    raw = root.raw("date")
    if raw is None:
        return None
    try:
        date = parsedate_to_datetime(read_text(raw))
        date.utcoffset()
    except (TypeError, ValueError, IndexError, OverflowError):
        defects.append(Defect("date-unreadable"))
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _reply(root: Part, subject: str) -> Reply | None:
    """What the headers say of the mail that is answered; a forwarded mail may carry References too."""
    answered = _MESSAGE_ID.findall(read_text(root.raw("in-reply-to") or b""))
    references = tuple(_MESSAGE_ID.findall(read_text(root.raw("references") or b"")))
    if not answered and (not references or _FORWARD.match(subject)):
        return None
    stripped = _ANSWER.sub("", subject, count=1)
    return Reply(
        message_id=answered[0] if answered else references[-1],
        subject=stripped if stripped != subject else "",
        sender="",
        to=(),
        cc=(),
        date=None,
        references=references,
    )

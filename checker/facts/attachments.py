"""What travels with the mail: files, whether they open, pictures in the text, shared links."""

from __future__ import annotations

import re

from checker.budget import Budget
from checker.facts.broken_files import LARGEST, Checked, check_file
from checker.facts.formats import extension_of, kind_of, picture_size
from checker.facts.kinds.attachments import File, Files, Link
from checker.facts.links import own_source, read_links
from checker.facts.mentions import read_mentions
from checker.facts.risks import risk_inside, risk_of
from checker.message import Attachment
from checker.reading import Place, Reading
from checker.text import Span

__all__ = ["read", "read_files", "read_links", "read_mentions"]

_MEGABYTE = 1024 * 1024
# Smaller than this in the text is a logo or an icon of the signature: 300 x 130 pixels, or 5 kB where nobody knows.
_LOGO_AREA = 40_000
_LOGO_BYTES = 5_000
# What proves nothing: signatures, calendars, cards, mail in a wrapper that only Outlook reads.
_NO_PROOF = frozenset("p7s p7m asc sig ics vcf dat key html htm".split())  # noqa: SIM905
_NO_FILE = frozenset({"text/plain", "text/html"})
_IMAGE = re.compile(r"<img\b[^<>]{0,2000}", re.IGNORECASE)
_SOURCE = re.compile(r"src\s*=\s*[\"']?\s*(data:image/|https?:|blob:|file:|//)", re.IGNORECASE)
_SIDE = re.compile(r"(?:width|height)\s*[=:]\s*[\"']?\s*(\d{1,5})", re.IGNORECASE)
_LOGO = re.compile(r"logo|signature|icon|\u7b7e\u540d|\u56fe\u6807", re.IGNORECASE)


def read(attachments: tuple[Attachment, ...], budget: Budget) -> tuple[File, ...]:
    """A File for each attachment. Big files are looked at by their first bytes, and said so in the budget."""
    return tuple(_file(one, budget) for one in attachments)


def read_files(reading: Reading, files: tuple[File, ...], links: tuple[Link, ...]) -> Files:
    """All attachments together; present counts a picture in the text and a link that shares a file."""
    beside = [f for f, a in zip(files, reading.message.attachments, strict=True) if not _is_decoration(a)]
    largest = max(files, key=lambda f: f.megabytes, default=None)
    here = bool(beside) or any(link.cloud for link in links) or _has_picture(reading)
    place = largest.place if largest else reading.subject.place(reading.subject.start, reading.subject.end)
    return Files(place, float(len(beside)), sum(f.megabytes for f in files), here)


def _file(attachment: Attachment, budget: Budget) -> File:
    name = attachment.name.plain
    checked = _checked(attachment, budget)
    risky = risk_of(name) or ("macro" if checked.macros else risk_inside(checked.names))
    risky = risky or ("executable" if checked.actual in ("program", "shortcut") else None)
    return File(
        place=Place(Span(attachment.name, 0, len(name)), "own", "attachment"),
        name=name,
        megabytes=max(0, attachment.size) / _MEGABYTE,
        inline=attachment.inline,
        link=attachment.link is not None,
        readable=checked.problem is None,
        problem=checked.problem,
        actual=checked.actual if checked.problem == "mismatch" else None,
        risky=risky,
        evidence=not risky and not _is_decoration(attachment) and extension_of(name) not in _NO_PROOF,
    )


def _checked(attachment: Attachment, budget: Budget) -> Checked:
    content = attachment.content
    if attachment.nested or (attachment.inline and attachment.type in _NO_FILE):
        return Checked(None, "")
    if content is None:
        return Checked("empty" if attachment.size == 0 and not attachment.link else None, "")
    what = f"attachment {attachment.index + 1}"
    if len(content) > LARGEST:
        budget.leave_out(what, "size")
    if content and budget.spent():
        budget.leave_out(what, "time")
        return Checked(None, kind_of(content))
    return check_file(attachment.name.plain, content)


def _is_decoration(attachment: Attachment) -> bool:
    """A logo of the signature, a digital signature, a nameless text: nothing a person calls an attachment."""
    if not attachment.inline:
        return extension_of(attachment.name.plain) in ("p7s", "asc", "sig")
    if attachment.type in _NO_FILE and not attachment.name.plain:
        return True
    sides = picture_size(attachment.content) if attachment.content else None
    if sides:
        return sides[0] * sides[1] < _LOGO_AREA
    return 0 <= attachment.size < _LOGO_BYTES or _LOGO.search(attachment.name.plain) is not None


def _has_picture(reading: Reading) -> bool:
    """A picture in the own HTML that is no attachment: pasted as data or on a server, no logo by its stated size."""
    source = reading.message.body.source
    if reading.message.body.part != "html" or "<img" not in source.lower():
        return False
    return any(_shows(m[0]) for a, b in own_source(reading) for m in _IMAGE.finditer(source, a, b))


def _shows(tag: str) -> bool:
    sides = [int(side) for side in _SIDE.findall(tag)]
    return bool(_SOURCE.search(tag)) and not _LOGO.search(tag) and (not sides or max(sides) > 200)

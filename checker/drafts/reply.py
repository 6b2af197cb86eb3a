"""The findings on a draft as a mail to its writer, laid beside it; sensitive values are masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, NamedTuple

from checker.render import text
from checker.render.run import Look, Result, Run
from checker.render.words import NAMES
from checker.rule import Report
from checker.setup import Setup

_NAME = "X-Presend"  # the header that our own mails are known by
_VALUE = re.compile(rb"^x-presend: findings; draft=(\d+)/(\d+)", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(r"<[^<>\s]{1,200}>")


class Draft(NamedTuple):
    """Which draft of a folder a reply is about."""

    validity: int  # UIDVALIDITY of the folder
    uid: int


def answered(fetched: Mapping[bytes, Any]) -> Draft | None:
    """The draft that a mail is a reply of ours to, by what was fetched of it (its header X-Presend); else None."""
    header = next((value for key, value in fetched.items() if key.startswith(b"BODY[HEADER.FIELDS")), b"")
    found = _VALUE.search(header or b"")
    return Draft(int(found[1]), int(found[2])) if found else None


def reply_to(draft: Draft, content: bytes, report: Report, setup: Setup, user: str, language: str | None) -> bytes:
    """The mail with the findings of a report. user: who gets it, and from whom it is; language: None: the draft's."""
    tongue = language or report.language
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = f"[presend] {NAMES[tongue][report.verdict]}"
    mail["From"] = mail["To"] = user
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid(domain="presend.invalid")
    mail[_NAME] = f"findings; draft={draft.validity}/{draft.uid}"
    parent = _ID.fullmatch(str(message_from_bytes(content).get("Message-ID", "")).strip())
    if parent:
        mail["In-Reply-To"] = mail["References"] = parent.group()
    mail.set_content(_words(report, setup, tongue))
    return mail.as_bytes()


def _words(report: Report, setup: Setup, tongue: str) -> str:
    label = "草稿" if tongue == "zh" else "Draft"
    results = (Result(label, report),)
    return text.render(Run(setup.ruleset.hash, results, setup.notes, tongue, setup.config), Look())

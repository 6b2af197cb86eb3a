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

_NAME, _VALUE = "X-Presend", "findings"  # the header that our own mails are known by
_ID = re.compile(r"<[^<>\s]{1,200}>")


class Reply(NamedTuple):
    """A mail, and what it says."""

    mail: bytes
    words: bytes


def is_reply(fetched: Mapping[bytes, Any]) -> bool:
    """Whether a mail is one of ours, by what was fetched of it: its header X-Presend."""
    header = next((value for key, value in fetched.items() if key.startswith(b"BODY[HEADER.FIELDS")), b"")
    return f"{_NAME}: {_VALUE}".lower().encode() in (header or b"").lower()


def reply_to(draft: bytes, report: Report, setup: Setup, user: str, language: str | None) -> Reply:
    """The mail with the findings of a report. user: who gets it, and from whom it is; language: None: the draft's."""
    tongue = language or report.language
    words = _words(report, setup, tongue)
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = f"[presend] {NAMES[tongue][report.verdict]}"
    mail["From"] = mail["To"] = user
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid(domain="presend.invalid")
    mail[_NAME] = _VALUE
    answered = _ID.fullmatch(str(message_from_bytes(draft).get("Message-ID", "")).strip())
    if answered:
        mail["In-Reply-To"] = mail["References"] = answered.group()
    mail.set_content(words)
    return Reply(mail.as_bytes(), words.encode())


def _words(report: Report, setup: Setup, tongue: str) -> str:
    label = "草稿" if tongue == "zh" else "Draft"
    results = (Result(label, report),)
    return text.render(Run(setup.ruleset.hash, results, setup.notes, tongue, setup.config), Look())

"""A draft as the bytes of an .eml file that mail programs open for writing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any


def to_eml(draft: Mapping[str, Any]) -> bytes:
    """The draft JSON as MIME with `X-Unsent: 1`, at which Outlook and Thunderbird open a new mail for writing."""
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    for header, value in (("From", draft["from"]), ("To", ", ".join(draft["to"])), ("Cc", ", ".join(draft["cc"]))):
        if value:
            mail[header] = value
    mail["Subject"] = draft["subject"]
    mail.set_content(draft["text"], charset="utf-8", cte="base64")
    for file in draft["attachments"]:
        main, _, sub = file["type"].partition("/")
        mail.add_attachment(base64.b64decode(file["content"]), maintype=main, subtype=sub, filename=file["name"])
    return mail.as_bytes()

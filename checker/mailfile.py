"""A mail's file as a Message: MIME, or the design's draft JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from checker import files
from checker.draft import from_draft
from checker.message import DraftError, Message
from checker.mime import from_eml


def read_message(path: str) -> Message:
    """The Message of a file. Raises FileError, DraftError."""
    return parsed(path, files.read(path))


def parsed(path: str, content: bytes) -> Message:
    """A Message from a file's bytes: MIME, or draft JSON. Raises DraftError."""
    return from_draft(draft_json(content)) if is_draft(path, content) else from_eml(content)


def is_draft(path: str, content: bytes) -> bool:
    """Whether a file holds draft JSON: by the suffix; where there is none (standard input), by a first brace."""
    suffix = Path(path).suffix.lower()
    return suffix == ".json" or (suffix != ".eml" and content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{")


def draft_json(content: bytes) -> dict[str, Any]:
    """The object of a draft JSON document. Raises DraftError where it is none."""
    try:
        draft = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise DraftError("draft", "is not JSON in UTF-8") from None
    if not isinstance(draft, dict):
        raise DraftError("draft", "must be an object with from, to, subject, html or text …")
    return draft


def reason(error: files.FileError | DraftError) -> str:
    """Why a mail could not be read, without its path."""
    return error.reason if isinstance(error, files.FileError) else str(error)

"""Stub: to be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from checker.budget import Budget
from checker.company import Company
from checker.facts.kinds import File, Files, Mention, Link
from checker.message import Attachment, Message
from checker.reading import Passage, Place, Reading
from checker.text import Span, Text


def read(attachments: tuple[Attachment, ...], budget: Budget) -> tuple[File, ...]:
    return ()


def read_files(reading: Reading, files: tuple[File, ...], links: tuple[Link, ...]) -> Files:
    raise NotImplementedError


def read_mentions(reading: Reading) -> tuple[Mention, ...]:
    return ()


def read_links(reading: Reading) -> tuple[Link, ...]:
    return ()

"""Stub: to be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from checker.budget import Budget
from checker.company import Company
from checker.facts.kinds import Deadline, Request, Structure
from checker.message import Attachment, Message
from checker.reading import Passage, Place, Reading
from checker.text import Span, Text


def read(reading: Reading, requests: tuple[Request, ...], deadlines: tuple[Deadline, ...]) -> Structure:
    raise NotImplementedError

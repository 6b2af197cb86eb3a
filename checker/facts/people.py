"""Stub: to be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from checker.budget import Budget
from checker.company import Company
from checker.facts.kinds import Binding, Greeting, Person, Responsible, Subject, Thread
from checker.message import Attachment, Message
from checker.reading import Passage, Place, Reading
from checker.text import Span, Text


def read_sender(message: Message, company: Company) -> Person:
    raise NotImplementedError


def read_recipients(message: Message, company: Company) -> tuple[Person, ...]:
    return ()


def read_greetings(reading: Reading, recipients: tuple[Person, ...], company: Company) -> tuple[Greeting, ...]:
    return ()


def read_responsible(scenario: str, message: Message, sender: Person, recipients: tuple[Person, ...], company: Company) -> tuple[Responsible, ...]:
    return ()


def read_thread(reading: Reading, subject: Subject) -> Thread:
    raise NotImplementedError


def read_bindings(reading: Reading, recipients: tuple[Person, ...], company: Company) -> tuple[Binding, ...]:
    return ()

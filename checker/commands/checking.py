"""The mails of a command, checked one after another: what check and baseline share."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import click

from checker import files
from checker.engine import check as check_message
from checker.facts.facts import Facts
from checker.locate import InFile, in_draft, in_eml
from checker.mailfile import is_draft, parsed, reason
from checker.masking import Masker
from checker.message import DraftError, Message
from checker.render.figures import reads
from checker.render.run import Read, Result
from checker.rule import Report
from checker.setup import Setup

PLACED = ("sarif", "github")  # formats that say where a finding stands in the file
_SLOW = 1.0  # seconds after which a progress bar is worth its line


def results_of(
    setup: Setup,
    mails: Sequence[files.Found],
    now: datetime,
    key: bytes | None,
    *,
    placed: bool = False,
    explained: bool = False,
    progress: bool = False,
) -> Iterator[Result]:
    """A result a mail, in order; one that cannot be read is told on standard error.

    placed: with places in the file; explained: with the figures as they were read.
    """
    for mail in _with_progress(mails) if progress else mails:
        if mail.problem:
            yield _unreadable(mail.path, mail.problem)
        else:
            yield _one(setup, mail.path, now, key, placed=placed, explained=explained)


def _one(setup: Setup, path: str, now: datetime, key: bytes | None, *, placed: bool, explained: bool) -> Result:
    try:
        content = files.read(path)
        message = parsed(path, content)
    except (files.FileError, DraftError) as error:
        return _unreadable(path, reason(error))
    report = check_message(message, setup.ruleset, setup.company, now=now, key=key)
    places = _places(path, content, report) if placed else ()
    return Result(path, report, places=places, figures=_figures(setup, message, now) if explained else None)


def _figures(setup: Setup, message: Message, now: datetime) -> tuple[Read, ...]:
    facts = Facts(message, setup.company, message.date or now, setup.ruleset.lexicon)
    return reads(facts.figures, Masker(facts.secrets))


def _places(path: str, content: bytes, report: Report) -> tuple[InFile, ...]:
    return (in_draft if is_draft(path, content) else in_eml)(content, report.findings)


def _unreadable(path: str, why: str) -> Result:
    click.echo(f"presend: {path}: {why}", err=True)
    return Result(path, None, why)


def _with_progress(found: Sequence[Any]) -> Iterator[Any]:
    """The mails one by one, with a bar on standard error once it takes long."""
    start, bar = time.monotonic(), None
    for done, mail in enumerate(found):
        if bar is None and time.monotonic() - start > _SLOW:
            bar = _bar(len(found))
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done)
        yield mail
    if bar is not None:
        bar.stop()


def _bar(total: int) -> Any:
    from rich.console import Console  # noqa: PLC0415 - 0.1 s that only long runs pay
    from rich.progress import Progress  # noqa: PLC0415

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.add_task("checking", total=total)
    bar.start()
    return bar

"""presend check: every mail of some paths, judged and reported."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from checker import files
from checker.commands.options import CONFIG, LANG, NOW, ONLY, moment, told
from checker.commands.reports import write_reports
from checker.engine import check as check_message
from checker.mailfile import read_message, reason
from checker.message import DraftError
from checker.render import FORMATS
from checker.render.run import Result, Run, exit_code
from checker.rule import SEVERITIES, Severity
from checker.setup import Setup, set_up
from checker.state import given_secret

_SLOW = 1.0  # seconds after which a progress bar is worth its line


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@CONFIG
@click.option("--format", "formats", multiple=True, metavar="NAME[=FILE]", help=f"Of {', '.join(FORMATS)}; repeatable.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Lowest severity that makes the exit code 1.")
@LANG
@NOW
@ONLY
@told
def check(
    paths: tuple[str, ...],
    config: Path | None,
    formats: tuple[str, ...],
    fail_on: str | None,
    lang: str | None,
    now: str | None,
    only: str,
) -> None:
    """Check mails: .eml files, draft .json files, folders of them, or - for standard input.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, policy or unreadable input, 3 a rule crashed.
    """
    setup = set_up(config, only)
    run = _checked(setup, paths, moment(now), lang)
    write_reports(run, formats or ("text",))
    lowest: Severity = next(s for s in SEVERITIES if s == (fail_on or setup.company.fail_on))
    sys.exit(exit_code(run, lowest))


def _checked(setup: Setup, paths: Sequence[str], now: datetime, lang: str | None) -> Run:
    results = tuple(_results(setup, paths, now, progress=sys.stderr.isatty()))
    return Run(setup.ruleset.hash, results, setup.notes, lang, setup.config)


def _results(setup: Setup, paths: Sequence[str], now: datetime, *, progress: bool) -> Iterator[Result]:
    key = given_secret()
    found = list(files.mails(paths))
    for mail in _with_progress(found) if progress else found:
        yield _unreadable(mail.path, mail.problem) if mail.problem else _one(setup, mail.path, now, key)


def _one(setup: Setup, path: str, now: datetime, key: bytes | None) -> Result:
    try:
        message = read_message(path)
    except (files.FileError, DraftError) as error:
        return _unreadable(path, reason(error))
    return Result(path, check_message(message, setup.ruleset, setup.company, now=now, key=key))


def _unreadable(path: str, why: str) -> Result:
    click.echo(f"presend: {path}: {why}", err=True)
    return Result(path, None, why)


def _with_progress(found: list[Any]) -> Iterator[Any]:
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

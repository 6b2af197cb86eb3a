"""presend watch: drafts checked as they are saved."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click

from checker.commands.options import CONFIG, LANG, told
from checker.drafts.folder import Watched, run
from checker.refusal import RefusalError
from checker.rule import Report
from checker.setup import set_up


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--report-dir", type=click.Path(path_type=Path), help="Write each draft's report there; it quotes the mail."
)
@click.option("--beside", is_flag=True, help="Write each report beside its draft.")
@click.option("--poll", is_flag=True, help="Look again and again, for network shares that tell no changes.")
@CONFIG
@LANG
@told
def watch(
    folder: Path, report_dir: Path | None, beside: bool, poll: bool, config: Path | None, lang: str | None
) -> None:
    """Check each draft of a folder as it is saved. Drafts that lie there already: see `presend check`."""
    if (report_dir is None) != beside:
        raise RefusalError("say where reports go: --report-dir DIR, or --beside for beside each draft")
    if not folder.is_dir():
        raise RefusalError(f"{folder}: no such folder")
    setup = set_up(config)
    every = float(setup.company.doors["watch"]["poll_seconds"]) if poll else None
    reports = None if report_dir is None else report_dir.absolute()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    watched = Watched(folder.absolute(), reports, every, lang)
    run(watched, setup, stop, lambda: click.echo(f"presend: watching {folder}"), _say)


def _say(draft: Path, report: Report | None) -> None:
    """A line a draft, without a word of it."""
    found = sum(not f.waived for f in report.findings) if report else 0
    click.echo(f"{draft}  {report.verdict}  {found}" if report else f"{draft}  -")

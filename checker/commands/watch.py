"""presend watch: drafts checked as they are saved, in a folder here or on IMAP servers."""

from __future__ import annotations

import signal
import threading
from datetime import datetime
from pathlib import Path

import click

from checker.commands.options import CONFIG, LANG, told
from checker.current_setup import CurrentSetup
from checker.drafts import folder, mailbox, mailboxes
from checker.imap_client import SCHEMES, ImapError
from checker.refusal import RefusalError
from checker.rule import Report
from checker.setup import Setup, set_up


@click.command()
@click.argument("drafts", nargs=-1, required=True, metavar="DIR|URL...")
@click.option(
    "--report-dir", type=click.Path(path_type=Path), help="Write each draft's report there; it quotes the mail."
)
@click.option("--beside", is_flag=True, help="Write each report beside its draft.")
@click.option("--reply", is_flag=True, help="On a server: lay a mail with the findings into the folder.")
@click.option("--poll", is_flag=True, help="Look again and again, where changes are not told (network shares).")
@CONFIG
@LANG
@told
def watch(
    drafts: tuple[str, ...],
    report_dir: Path | None,
    beside: bool,
    reply: bool,
    poll: bool,
    config: Path | None,
    lang: str | None,
) -> None:
    """Check each draft of a folder as it is saved: DIR, or imaps://user@host/Folder, several at once.

    A draft on a server gets a label, $PresendAllow, $PresendConfirm or $PresendBlock. The password comes from
    PRESEND_IMAP_PASSWORD or the keyring. Drafts that lie in a DIR already: see `presend check`.
    """
    remote = [one for one in drafts if one.startswith(SCHEMES)]
    if remote:
        if len(remote) < len(drafts) or beside or report_dir:
            raise RefusalError("a label tells the verdict on a server: give URLs alone, no --report-dir, no --beside")
        _watch_mailboxes(remote, config, reply=reply, poll=poll, language=lang)
        return
    if len(drafts) > 1 or reply:
        raise RefusalError("--reply and several at once are for imaps:// URLs; give one DIR")
    if (report_dir is None) != beside:
        raise RefusalError("say where reports go: --report-dir DIR, or --beside for beside each draft")
    _watch_folder(Path(drafts[0]), report_dir, set_up(config), poll=poll, language=lang)


def _watch_folder(place: Path, report_dir: Path | None, setup: Setup, *, poll: bool, language: str | None) -> None:
    if not place.is_dir():
        raise RefusalError(f"{place}: no such folder")
    every = float(setup.company.doors["watch"]["poll_seconds"]) if poll else None
    reports = None if report_dir is None else report_dir.absolute()
    watched = folder.Watched(place.absolute(), reports, every, language)
    folder.run(
        watched, _current(setup), _stopping(), lambda: _ready(str(place)), lambda path, report: _say(str(path), report)
    )


def _watch_mailboxes(urls: list[str], config: Path | None, *, reply: bool, poll: bool, language: str | None) -> None:
    try:
        found = [mailboxes.found(url) for url in urls]
    except ImapError as error:
        raise RefusalError(str(error)) from None
    setup = set_up(config)
    table = setup.company.doors["watch"]
    every, renew = float(table["poll_seconds"]), float(table["renew_seconds"])
    watched = [mailbox.Watched(server, name, reply, language, poll, every, renew) for server, name in found]
    mailboxes.run(watched, _current(setup), _stopping(), mailbox.Say(_ready, _say, _trouble))


def _current(setup: Setup) -> CurrentSetup:
    return CurrentSetup(setup, lambda: datetime.now().astimezone())


def _stopping() -> threading.Event:
    """Set by SIGTERM and Ctrl-C."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _ready(place: str) -> None:
    click.echo(f"presend: watching {place}")


def _say(draft: str, report: Report | None) -> None:
    """A line a draft, without a word of it."""
    found = sum(not f.waived for f in report.findings) if report else 0
    click.echo(f"{draft}  {report.verdict}  {found}" if report else f"{draft}  -")


def _trouble(line: str) -> None:
    click.echo(f"presend: {line}", err=True)

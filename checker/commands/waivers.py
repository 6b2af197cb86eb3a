"""presend waivers: what the organisation lets pass, who answers for it, and until when."""

from __future__ import annotations

import difflib
import re
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

import click

from checker.commands.options import CONFIG, told
from checker.commands.storage import now, opened, single_line
from checker.files import terminal_width
from checker.refusal import RefusalError
from checker.render.table import table
from checker.setup import set_up
from checker.store.records import REASON_LIMIT, WaiverRecord

_FINGERPRINT = re.compile("[0-9a-f]{32}")


@click.group()
def waivers() -> None:
    """What the organisation lets pass: add, list, end."""


@waivers.command("add")
@click.argument("what", metavar="RULE|FINGERPRINT")
@click.option("--owner", required=True, metavar="NAME", help="Who answers for it.")
@click.option("--reason", required=True, metavar="TEXT", help=f"Why; at most {REASON_LIMIT} characters.")
@click.option("--expires", required=True, metavar="TIME", help="Until when: 2026-06-30 (that day included), RFC 3339.")
@CONFIG
@told
def add(what: str, owner: str, reason: str, expires: str, config: Path | None) -> None:
    """Let pass the findings of a rule (or a glob of rules), or the one of a fingerprint that a report shows."""
    until = _future(expires)
    owner, reason = single_line("--owner", owner, 60), single_line("--reason", reason, REASON_LIMIT)
    named = {"fingerprint": what} if _FINGERPRINT.fullmatch(what) else {"rule": _known(what, config)}
    with opened(config) as store:
        made = store.add_waiver(**named, owner=owner, reason=reason, expires=until, now=now())
    click.echo(f"waiver {made.id}: {what} until {until.astimezone():%Y-%m-%d %H:%M}")


@waivers.command("list")
@click.option("--all", "every", is_flag=True, help="Those that expired or were ended too.")
@CONFIG
@told
def list_waivers(every: bool, config: Path | None) -> None:
    """List the waivers in force."""
    with opened(config) as store:
        kept = store.all_waivers() if every else store.waivers(now())
    rows = [(str(w.id), w.rule or w.fingerprint, w.owner, _until(w), w.reason) for w in kept]
    click.echo(table(("id", "what", "owner", "until", "reason"), rows, terminal_width(), widest=4), nl=False)


@waivers.command("end")
@click.argument("waiver", metavar="ID", type=int)
@CONFIG
@told
def end(waiver: int, config: Path | None) -> None:
    """End a waiver now."""
    with opened(config) as store:
        if not store.end_waiver(waiver, now()):
            raise RefusalError(f"{waiver}: no waiver of that number is in force; presend waivers list shows them")
    click.echo(f"waiver {waiver}: ended")


def _future(given: str) -> datetime:
    try:
        until = datetime.fromisoformat(given)
    except ValueError:
        raise RefusalError(f"--expires: {given!r} is no time; write it like 2026-06-30") from None
    if len(given) == len("2026-06-30"):
        until = until.replace(hour=23, minute=59, second=59)
    until = until if until.tzinfo else until.astimezone()
    if until <= now():
        raise RefusalError(f"--expires: {given} is past; a waiver needs a time that is still to come")
    return until


def _known(glob: str, config: Path | None) -> str:
    """A glob that matches a rule of the policy. Raises RefusalError."""
    ids = [rule.id for rule in set_up(config).ruleset.rules]
    if "/" in glob and any(fnmatchcase(one, glob) for one in ids):
        return glob
    close = difflib.get_close_matches(glob, ids, n=1)
    hint = f"did you mean {close[0]}?" if close else "`presend rules` lists them"
    raise RefusalError(f"{glob}: is no rule, no glob of rules such as 'tone/*' and no fingerprint; {hint}")


def _until(waiver: WaiverRecord) -> str:
    return f"ended {waiver.ended.astimezone():%Y-%m-%d}" if waiver.ended else f"{waiver.expires.astimezone():%Y-%m-%d}"

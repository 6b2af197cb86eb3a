"""presend fix: edits applied to mails, as a diff or for real."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from checker import files
from checker.commands.options import CONFIG, NOW, ONLY, Stop, moment, told
from checker.commands.reports import write_file
from checker.engine import check as check_message
from checker.facts.facts import Facts
from checker.fix import apply_to_draft, apply_to_eml
from checker.mailfile import draft_json, is_draft, parsed, reason
from checker.masking import Masker
from checker.message import DraftError, Message
from checker.refusal import RefusalError
from checker.rule import Finding
from checker.setup import Setup, set_up
from checker.text import Edit


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@CONFIG
@ONLY
@NOW
@click.option("--diff", is_flag=True, help="Show what would change (the default).")
@click.option("--write", is_flag=True, help="Change the files in place.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the fixed mail there; for one FILE.")
@told
def fix(
    paths: tuple[str, ...], config: Path | None, only: str, now: str | None, diff: bool, write: bool, out: Path | None
) -> None:
    """Apply the safe fixes to mails: files, or folders of them; with --only, every fix of those rules.

    All other bytes stay as they are. A mail that cannot be fixed is told (exit code 2); the others are fixed.
    """
    if diff + write + (out is not None) > 1:
        raise Stop("--diff, --write and --out exclude one another")
    if out and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise Stop("--out takes one mail; to fix several in place write --write")
    if write and "-" in paths:
        raise Stop("--write: standard input cannot be changed; write --out FILE")
    setup, sent, failed = set_up(config, only), moment(now), False
    mails = tuple(files.mails(paths))
    for mail in mails:
        target = Path(mail.path) if write else out
        try:
            said = _fixed(setup, mail, sent, target, every=only != "*")
        except RefusalError as error:
            click.echo(f"presend: {error}", err=True)
            failed = True
        else:
            click.echo(said if target or len(mails) == 1 else _titled(mail.path, said), nl=False)
    sys.exit(2 if failed else 0)


def _titled(path: str, said: str) -> str:
    """What is said of one mail of several: a line, or its diff under its name."""
    return f"{path}:{chr(10) if said.count(chr(10)) > 1 else ' '}{said}"


def _fixed(setup: Setup, mail: files.Found, now: datetime, target: Path | None, *, every: bool) -> str:
    """Apply edits to one mail: safe ones, or every edit of the chosen rules. Gives a diff, or what was written."""
    path = mail.path
    if mail.problem:
        raise RefusalError(f"{path}: {mail.problem}")
    try:
        content = files.read(path)
        message = parsed(path, content)
    except (files.FileError, DraftError) as error:
        raise RefusalError(f"{path}: {reason(error)}") from None
    report = check_message(message, setup.ruleset, setup.company, now=now)
    chosen = [f for f in report.findings if f.edits and (every or f.safe) and not f.waived]
    try:
        fixed = _apply(path, content, [edit for finding in chosen for edit in finding.edits])
    except ValueError as error:  # a signed part, or a header that holds several entries: never half a fix
        raise RefusalError(f"{path}: cannot be fixed here: {error}") from None
    if target is None:
        return _difference(setup, message, parsed(path, fixed), now)
    if chosen or target != Path(path):  # a file in which nothing is to fix is not touched
        write_file(target, fixed)
    return f"{target}: {_counted(chosen)}\n"


def _apply(path: str, content: bytes, edits: Sequence[Edit]) -> bytes:
    if not edits:
        return content
    if not is_draft(path, content):
        return apply_to_eml(content, edits)
    fixed = apply_to_draft(draft_json(content), edits)
    return (json.dumps(fixed, ensure_ascii=False, indent=2) + "\n").encode()


def _counted(chosen: Sequence[Finding]) -> str:
    if not chosen:
        return "nothing to fix"
    rules = sorted({finding.rule for finding in chosen})
    return f"{len(chosen)} fix{'es' if len(chosen) > 1 else ''} ({', '.join(rules)})"


def _difference(setup: Setup, before: Message, after: Message, now: datetime) -> str:
    """Readable lines that change; sensitive values stay hidden in those that go."""
    facts = Facts(before, setup.company, before.date or now, setup.ruleset.lexicon)
    hide = Masker(facts.secrets).blacked
    lines: list[str] = []
    for old, new in zip(_parts(before), _parts(after), strict=True):
        (name, was), (_, now_is) = old, new
        difference = difflib.unified_diff(
            was.splitlines(), now_is.splitlines(), name, f"{name} (fixed)", lineterm="", n=1
        )
        lines += [hide(line) for line in difference]
    return "\n".join([*lines, ""]) if lines else "nothing to fix\n"


def _parts(message: Message) -> list[tuple[str, str]]:
    return [
        ("subject", message.subject.plain),
        *((text.part, text.plain) for text in message.headers),
        ("body", message.body.plain),
    ]

"""presend fix: edits applied to a mail, as a diff or for real."""

from __future__ import annotations

import difflib
import json
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
@click.argument("file", metavar="FILE")
@CONFIG
@ONLY
@NOW
@click.option("--diff", is_flag=True, help="Show what would change (the default).")
@click.option("--write", is_flag=True, help="Change the file in place.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the fixed mail there.")
@told
def fix(file: str, config: Path | None, only: str, now: str | None, diff: bool, write: bool, out: Path | None) -> None:
    """Apply the safe fixes to a mail; with --only, every fix of those rules. All other bytes stay as they are."""
    if diff + write + (out is not None) > 1:
        raise Stop("--diff, --write and --out exclude one another")
    setup = set_up(config, only)
    target = Path(file) if write else out
    click.echo(_fixed(setup, file, moment(now), target, every=only != "*"), nl=False)


def _fixed(setup: Setup, path: str, now: datetime, target: Path | None, *, every: bool) -> str:
    """Apply edits to one mail: safe ones, or every edit of the chosen rules. Gives a diff, or what was written."""
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

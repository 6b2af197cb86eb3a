"""presend baseline: the findings that are there today, so that a check tells only new ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from checker import files
from checker.archive.fingerprints import counted, is_audit
from checker.baseline import baseline_of, written
from checker.commands.checking import results_of
from checker.commands.options import CONFIG, NOW, ONLY, moment, told
from checker.commands.reports import write_file
from checker.setup import Setup, set_up
from checker.state import secret


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Write the baseline there.")
@CONFIG
@NOW
@ONLY
@told
def baseline(paths: tuple[str, ...], out: Path, config: Path | None, now: str | None, only: str) -> None:
    """Note the findings of today's mails; `check --baseline` then tells only what is new.

    A PATH may be the folder of an audit: `audit --baseline` then counts only what is new.

    The file holds keyed hashes and counts, no word of a mail. The key is PRESEND_SECRET, else this machine's own.
    """
    click.echo(_noted(set_up(config, only), paths, out, moment(now)))


def _noted(setup: Setup, paths: tuple[str, ...], out: Path, now: datetime) -> str:
    key = secret()
    audits = [Path(path) for path in paths if is_audit(Path(path))]
    mails = files.mails(path for path in paths if Path(path) not in audits)
    results = results_of(setup, tuple(mails), now, key)
    known = baseline_of((r.report for r in results if r.report), key)
    counts = sum((counted(folder) for folder in audits), Counter(known.counts))
    write_file(out, written(replace(known, counts=counts)))
    return f"{out}: {counts.total()} findings known"

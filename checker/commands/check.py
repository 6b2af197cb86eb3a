"""presend check: every mail of some paths, judged and reported."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from checker import files
from checker.baseline import Known
from checker.commands.checking import PLACED, results_of
from checker.commands.known import read_known
from checker.commands.options import CONFIG, LANG, NOW, ONLY, moment, told
from checker.commands.reports import write_reports
from checker.git import changed_since
from checker.render import FORMATS
from checker.render.run import Result, Run, exit_code
from checker.rule import SEVERITIES, Severity
from checker.setup import set_up
from checker.state import given_secret, secret


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@CONFIG
@click.option("--format", "formats", multiple=True, metavar="NAME[=FILE]", help=f"Of {', '.join(FORMATS)}; repeatable.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Lowest severity that makes the exit code 1.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Waive the findings that this file knows.")
@click.option(
    "--changed-since", "since", metavar="REV", help="Only mails that differ from this git revision, or are new."
)
@click.option(
    "--explain-figures", "explain", is_flag=True, help="Also how each figure was read, and from which words (text)."
)
@LANG
@NOW
@ONLY
@told
def check(
    paths: tuple[str, ...],
    config: Path | None,
    formats: tuple[str, ...],
    fail_on: str | None,
    baseline: Path | None,
    since: str | None,
    explain: bool,
    lang: str | None,
    now: str | None,
    only: str,
) -> None:
    """Check mails: .eml files, draft .json files, folders of them, or - for standard input.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, policy or unreadable input, 3 a rule crashed.
    """
    sent = moment(now)
    setup = set_up(config, only, now=sent)
    known = Known(read_known(baseline, secret()), setup.company.accept_incomplete) if baseline else None
    mails = _changed(paths, since) if since else tuple(files.mails(paths))
    placed = any(name.partition("=")[0] in PLACED for name in formats)
    key = secret() if known else given_secret()
    shown = {"placed": placed, "explained": explain, "progress": sys.stderr.isatty()}
    results = tuple(results_of(setup, mails, sent, key, **shown))
    if known:
        results = tuple(_waived(result, known) for result in results)
    lowest: Severity = next(s for s in SEVERITIES if s == (fail_on or setup.company.fail_on))
    run = Run(setup.ruleset.hash, results, setup.notes, lang, setup.config, lowest, setup.ruleset.rules)
    write_reports(run, formats or ("text",))
    sys.exit(exit_code(run))


def _waived(result: Result, known: Known) -> Result:
    return replace(result, report=known.waived(result.report)) if result.report else result


def _changed(paths: Sequence[str], revision: str) -> tuple[files.Found, ...]:
    """The mails of the paths that changed; a folder without a mail is none of today's troubles."""
    wanted = changed_since(revision, Path.cwd())
    return tuple(m for m in files.mails(paths) if Path(m.path).resolve() in wanted or not Path(m.path).exists())

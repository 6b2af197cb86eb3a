"""presend audit: archives of mail, judged in one run that can be stopped and continued."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click

from checker import files
from checker.archive.examine import Job
from checker.archive.locate import locate
from checker.archive.outputs import summary_of, write_outputs
from checker.archive.raw import Source, SourceError
from checker.archive.run import Options, forget, run
from checker.commands.audit_progress import Bar
from checker.commands.known import read_known
from checker.commands.options import CONFIG, LANG, NOW, ONLY, moment, told
from checker.files import FileError
from checker.load import RuleFile
from checker.refusal import RefusalError
from checker.rule_folders import own_rules, shipped_rules
from checker.setup import Setup, set_up
from checker.state import secret
from checker.store.location import store_exists, store_url

_INTERRUPTED = 130  # what shells give for a program that Ctrl-C ended


class _Share(click.ParamType[float]):
    """10% or 0.1."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """A share above 0 and up to 1."""
        try:
            share = float(value[:-1]) / 100 if str(value).endswith("%") else float(value)
        except ValueError:
            share = 0
        if not 0 < share <= 1:
            self.fail(f"{value!r} is no share; write it as 10% or 0.1", param, ctx)
        return share


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the results.")
@CONFIG
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", help="Processes here, or a cluster.")
@ONLY
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Judge only mails from this day on (YYYY-MM-DD).")
@click.option("--sample", type=_Share(), default="100%", help="Judge this share of the mails, such as 10%.")
@click.option("--limit", type=click.IntRange(min=1), help="Judge at most so many mails.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Waive the findings that this baseline knows.")
@click.option("--compare", type=click.Path(path_type=Path), help="Folder of an earlier audit to compare with.")
@click.option("--sarif", is_flag=True, help="Write the findings as SARIF too (findings.sarif).")
@click.option("--pseudonyms", is_flag=True, help="Show senders and teams as P-1a2b3c4d.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that judge (else one a core).")
@click.option("--fresh", is_flag=True, help="Begin anew, whatever an earlier run left in the folder.")
@NOW
@LANG
@told
def audit(
    sources: tuple[str, ...],
    out: Path,
    config: Path | None,
    engine: str,
    only: str,
    since: datetime | None,
    sample: float,
    limit: int | None,
    baseline: Path | None,
    compare: Path | None,
    sarif: bool,
    pseudonyms: bool,
    workers: int | None,
    fresh: bool,
    now: str | None,
    lang: str | None,
) -> None:
    """Audit archived mail: folders of .eml, mbox, Maildir, .msg, .pst, zip, tar, imaps://, s3://, ingested Parquet.

    Nothing is changed in a source. A run that was stopped goes on when the same command is given again.
    """
    began = moment(now)
    setup = set_up(config, only, now=began)
    key = _key()
    # Today's seller reports say nothing of what was in stock when an old mail was sent.
    company = replace(setup.company, listings=None, inventory=None)
    job = _let_pass(Job(company, _rules(setup), only, began, key, since and _midnight(since), pseudonyms))
    ruleset = setup.ruleset
    before = summary_of(compare) if compare else None
    known = read_known(baseline, key).counts if baseline else {}
    if fresh:
        forget(out)
    with _stoppable():
        if engine == "spark":
            job = _on_spark(sources, job, ruleset.hash, out, Options(sample, limit))
        else:
            with Bar() as bar:
                job = run(_located(sources), job, ruleset.hash, out, Options(sample, limit, workers or 0), bar.show)
        lang = lang or files.terminal_language()
        summary = write_outputs(out, job, ruleset, sources, lang, before, known, sarif=sarif)
        click.echo(_outcome(summary, out))


def _on_spark(sources: tuple[str, ...], job: Job, ruleset: str, out: Path, options: Options) -> Job:
    from checker.archive.spark import run_on_spark  # noqa: PLC0415 - needs the extra `cluster`

    if options.sample < 1 or options.limit:
        raise RefusalError("--engine spark: --sample and --limit are for the local engine")
    return run_on_spark(sources, job, ruleset, out)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C is no accident here, and nothing is lost by it."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("presend: stopped; the same command goes on from here", err=True)
        raise click.exceptions.Exit(_INTERRUPTED) from None


def _rules(setup: Setup) -> tuple[RuleFile, ...]:
    return tuple(shipped_rules() + own_rules(setup.company.rule_folders))


def _key() -> bytes:
    try:
        return secret()
    except FileError as error:
        raise RefusalError(str(error)) from None


def _let_pass(job: Job) -> Job:
    """The job with the store's waivers and overrides, if there is a store. Raises RefusalError: it is out of reach."""
    if not store_exists(job.company):
        return job
    try:
        from checker.store.store import Store  # noqa: PLC0415 - the extra `service`, and only where there is a store
    except ModuleNotFoundError as error:
        raise RefusalError(f"{error.name} is missing, and the store holds waivers; install presend[service]") from None
    store = Store.open(store_url(job.company))
    try:
        marks = frozenset(waiver.mark for waiver in store.waivers(job.now))
        return replace(job, waivers=marks, waived=store.all_overrides())
    finally:
        store.close()


def _midnight(day: date) -> datetime:
    """The first moment of a day where this machine is."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC)


def _located(sources: tuple[str, ...]) -> list[Source]:
    try:
        return locate(sources)
    except SourceError as error:
        raise RefusalError(str(error)) from None


def _outcome(summary: dict[str, Any], out: Path) -> str:
    counts = ", ".join(f"{n} {verdict}" for verdict, n in summary["verdicts"].items())
    lines = [f"{summary['messages']} mails: {counts}"]
    for name, words in (("quarantined", "could not be read"), ("duplicates", "duplicates"), ("before", "older")):
        if summary[name]:
            lines.append(f"{summary[name]} {words}")
    return "\n".join([*lines, f"{out / 'report.html'}"])

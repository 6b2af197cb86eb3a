"""presend at a terminal: check, fix, facts, rules, explain, init."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from checker import commands
from checker.render import FORMATS
from checker.rule import SEVERITIES


class Stop(click.ClickException):
    """One clear line on standard error, exit 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's signature
        click.echo(f"presend: {self.message}", err=True)


def _told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Usage mistakes become one line; nobody sees a traceback."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except commands.RefusalError as refusal:
            raise Stop(str(refusal)) from None

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="presend")
def main() -> None:
    """Checks what a mail says before it is sent. 发信前检查邮件内容。"""


_CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="presend.toml (else looked for upwards from here)."
)
_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages (else each mail's own).")
_NOW = click.option("--now", metavar="TIME", help="The moment of sending, RFC 3339, for mails without a Date.")
_ONLY = click.option("--only", metavar="GLOB", default="*", help="Rules to use, such as 'sensitive/*'.")


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_CONFIG
@click.option("--format", "formats", multiple=True, metavar="NAME[=FILE]", help=f"Of {', '.join(FORMATS)}; repeatable.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Lowest severity that makes the exit code 1.")
@_LANG
@_NOW
@_ONLY
@_told
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
    setup = commands.set_up(config, only)
    run, code = commands.check(setup, paths, _moment(now), lang, fail_on, progress=sys.stderr.isatty())
    commands.write_reports(run, formats or ("text",))
    sys.exit(code)


@main.command()
@click.argument("file", metavar="FILE")
@_CONFIG
@_ONLY
@_NOW
@click.option("--diff", is_flag=True, help="Show what would change (the default).")
@click.option("--write", is_flag=True, help="Change the file in place.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the fixed mail there.")
@_told
def fix(file: str, config: Path | None, only: str, now: str | None, diff: bool, write: bool, out: Path | None) -> None:
    """Apply the safe fixes to a mail; with --only, every fix of those rules. All other bytes stay as they are."""
    if diff + write + (out is not None) > 1:
        raise Stop("--diff, --write and --out exclude one another")
    setup = commands.set_up(config, only)
    target = Path(file) if write else out
    click.echo(commands.fix(setup, file, _moment(now), target, every=only != "*"), nl=False)


@main.command()
@click.argument("file", metavar="FILE")
@_CONFIG
@_NOW
@_told
def facts(file: str, config: Path | None, now: str | None) -> None:
    """Print what presend reads in a mail, as JSON: what rules see. Sensitive values are masked."""
    click.echo(commands.facts(commands.set_up(config, "*"), file, _moment(now)), nl=False)


@main.group(invoke_without_command=True)
@_CONFIG
@click.pass_context
@_told
def rules(context: click.Context, config: Path | None) -> None:
    """List the rules; `rules test` runs their examples."""
    if context.invoked_subcommand is None:
        click.echo(commands.list_rules(commands.set_up(config, "*")), nl=False)


@rules.command("test")
@click.argument("folder", required=False, metavar="[DIR]")
@_CONFIG
@_told
def rules_test(folder: str | None, config: Path | None) -> None:
    """Run the examples of the rules in DIR (else of all rules), each in four dresses."""
    report, failures = commands.test_rules(config, folder)
    click.echo(report, nl=False)
    sys.exit(1 if failures else 0)


@main.command()
@click.argument("rule_id", metavar="ID")
@_CONFIG
@_LANG
@_told
def explain(rule_id: str, config: Path | None, lang: str | None) -> None:
    """Explain a rule: why it is there, what it says, examples, and how to set it."""
    click.echo(commands.explain(commands.set_up(config, "*"), rule_id, lang), nl=False)


@main.command()
@click.argument("folder", required=False, default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@_told
def init(folder: Path) -> None:
    """Write a commented presend.toml and a people.csv to start from."""
    click.echo(commands.init(folder), nl=False)


def _moment(now: str | None) -> datetime:
    if now is None:
        return datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(now)
    except ValueError:
        _refuse_time(now)
    return moment if moment.tzinfo else moment.astimezone()


def _refuse_time(now: str) -> NoReturn:
    raise Stop(f"--now: {now!r} is no time; write it like 2026-03-10T10:00:00+08:00")

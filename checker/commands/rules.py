"""presend rules: the list of rules, and the run of their examples."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checker import files
from checker.commands.options import CONFIG, told
from checker.company import PolicyError
from checker.refusal import RefusalError
from checker.render.rules import listed
from checker.rule_folders import own_rules
from checker.rule_mistakes import RuleError
from checker.rule_tests import run_rule_tests
from checker.setup import set_up


@click.group(invoke_without_command=True)
@CONFIG
@click.pass_context
@told
def rules(context: click.Context, config: Path | None) -> None:
    """List the rules; `rules test` runs their examples."""
    if context.invoked_subcommand is None:
        ruleset = set_up(config).ruleset
        on = {judge.rule.id for judge in ruleset.judges}
        click.echo(listed(ruleset.rules, on, files.terminal_language(), files.terminal_width()), nl=False)


@rules.command("test")
@click.argument("folder", required=False, metavar="[DIR]")
@CONFIG
@told
def rules_test(folder: str | None, config: Path | None) -> None:
    """Run the examples of the rules in DIR (else of all rules), each in four dresses."""
    report, failures = _tested(config, folder)
    click.echo(report, nl=False)
    sys.exit(1 if failures else 0)


def _tested(config: Path | None, chosen: str | None) -> tuple[str, int]:
    """Run the examples of the chosen rules (else of all). Gives the report and how many failed."""
    try:
        tested = run_rule_tests(chosen, tuple(own_rules(files.read_policy(config).company.rule_folders)))
    except (PolicyError, RuleError, files.FileError) as error:
        raise RefusalError(str(error)) from None
    failed = len(tested.failures)
    counts = ((len(tested.rules), "rule"), (tested.examples, "example"), (failed, "failure"))
    rules, examples, failures = (f"{number} {name}{'' if number == 1 else 's'}" for number, name in counts)
    summary = f"{rules}, {examples} in four dresses, {failures}"
    return "\n".join([*map(str, tested.failures), summary, ""]), failed

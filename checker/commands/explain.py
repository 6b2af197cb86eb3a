"""presend explain: everything about one rule, for a person."""

from __future__ import annotations

from pathlib import Path

import click

from checker import files
from checker.commands.options import CONFIG, LANG, told
from checker.refusal import RefusalError
from checker.render.rules import explained
from checker.setup import set_up


@click.command()
@click.argument("rule_id", metavar="ID")
@CONFIG
@LANG
@told
def explain(rule_id: str, config: Path | None, lang: str | None) -> None:
    """Explain a rule: why it is there, what it says, examples, and how to set it."""
    try:
        rule = set_up(config).ruleset.rule(rule_id)
    except KeyError as error:
        raise RefusalError(str(error.args[0])) from None
    click.echo(explained(rule, lang or files.terminal_language(), files.terminal_width()), nl=False)

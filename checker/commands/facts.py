"""presend facts: what presend reads in a mail."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from checker import files
from checker.commands.options import CONFIG, NOW, moment, told
from checker.expressions import variables
from checker.facts.facts import Facts
from checker.mailfile import read_message, reason
from checker.masking import Masker
from checker.message import DraftError
from checker.refusal import RefusalError
from checker.setup import Setup, set_up
from checker.visible import Visible


@click.command()
@click.argument("file", metavar="FILE")
@CONFIG
@NOW
@told
def facts(file: str, config: Path | None, now: str | None) -> None:
    """Print what presend reads in a mail, as JSON: what rules see. Sensitive values are masked."""
    click.echo(_seen(set_up(config), file, moment(now)), nl=False)


def _seen(setup: Setup, path: str, now: datetime) -> str:
    try:
        message = read_message(path)
    except (files.FileError, DraftError) as error:
        raise RefusalError(f"{path}: {reason(error)}") from None
    found = Facts(message, setup.company, message.date or now, setup.ruleset.lexicon)
    seen = Visible(found, variables())
    document = Masker(found.secrets).data(seen.values) | {"defects": [d.code for d in message.defects]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

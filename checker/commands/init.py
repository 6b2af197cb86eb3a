"""presend init: a policy to start from."""

from __future__ import annotations

from pathlib import Path

import click

from checker import files
from checker.commands.options import told
from checker.refusal import RefusalError


@click.command()
@click.argument("folder", required=False, default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@told
def init(folder: Path) -> None:
    """Write a commented presend.toml and a people.csv to start from."""
    try:
        written = files.write_starter(folder)
    except files.FileError as error:
        raise RefusalError(str(error)) from None
    click.echo("".join(f"{path}: written\n" for path in written), nl=False)

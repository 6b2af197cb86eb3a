"""presend addin: the add-ins for mail clients, packed for a service."""

from __future__ import annotations

from pathlib import Path

import click

from checker import files
from checker.addin.pack import packed
from checker.addin.target import target_of
from checker.commands.options import CONFIG, told
from checker.company import PolicyError
from checker.refusal import RefusalError


@click.group()
def addin() -> None:
    """Pack the add-ins for mail clients: `addin build`."""


@addin.command()
@click.option("--url", required=True, help="The service as the mail clients reach it: https://presend.company.com.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where to write the files.")
@CONFIG
@told
def build(url: str, out: Path, config: Path | None) -> None:
    """Write the add-ins for the service at URL into DIR, a folder for each mail client."""
    try:
        company = files.read_policy(config).company
        written = {out / path: content for path, content in packed(target_of(url, company)).items()}
        for path, content in written.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            files.write(path, content)
    except (PolicyError, files.FileError) as error:
        raise RefusalError(str(error)) from None
    except OSError as error:
        raise RefusalError(f"{out}: {(error.strerror or type(error).__name__).lower()}") from None
    click.echo("".join(f"{path}: written\n" for path in written), nl=False)

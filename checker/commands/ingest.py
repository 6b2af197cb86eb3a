"""presend ingest: mails into Parquet files, for object stores and clusters."""

from __future__ import annotations

from pathlib import Path

import click

from checker.archive.ingest import ingest as write_parquet
from checker.archive.locate import locate
from checker.archive.raw import SourceError
from checker.commands.options import told
from checker.refusal import RefusalError


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New folder for the Parquet files.")
@told
def ingest(sources: tuple[str, ...], out: Path) -> None:
    """Write the mails of archives into large Parquet files that `presend audit` reads, here or on a cluster.

    These files hold the mails themselves: keep them as safe as the archive.
    """
    try:
        mails, files = write_parquet(locate(sources), out)
    except SourceError as error:
        raise RefusalError(str(error)) from None
    click.echo(f"{out}: {mails} mails in {files} file{'s' if files != 1 else ''}")

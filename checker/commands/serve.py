"""presend serve: the service over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.options import CONFIG, told
from checker.files import FileError
from checker.refusal import RefusalError
from checker.setup import set_up


@click.command()
@CONFIG
@click.option("--host", metavar="ADDRESS", help="Address to listen at (default: [service] host, 127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port (default: [service] port, 8025; 0 = any free one).")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: [service] workers).")
@told
def serve(config: Path | None, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve checks over HTTP, for the add-ins and the page.

    It runs until Ctrl-C or SIGTERM. Addresses other than loopback need a key or a token of its callers.
    """
    from checker.service.opening import plan_of  # noqa: PLC0415 - the web libraries cost every other command half a second
    from checker.service.workers import serve as run  # noqa: PLC0415

    try:
        run(plan_of(set_up(config), host=host, port=port, workers=workers), tell)
    except FileError as error:
        raise RefusalError(str(error)) from None


def tell(line: str) -> None:
    """One line for the administrator, on standard error."""
    click.echo(f"presend: {line}", err=True)

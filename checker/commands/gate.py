"""presend gate: the SMTP gate."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from checker import files
from checker.commands.options import CONFIG, told
from checker.company import PolicyError
from checker.doors import check_doors
from checker.refusal import RefusalError
from checker.setup import Setup, set_up
from checker.state import secret


@click.command()
@CONFIG
@click.option("--listen", metavar="HOST:PORT", help="Where mail comes in (else [gate] listen).")
@click.option("--upstream", metavar="HOST:PORT", help="Where mail goes (else [gate] upstream).")
@told
def gate(config: Path | None, listen: str | None, upstream: str | None) -> None:
    """Check mail on its way through SMTP: between a mail program and its provider, or behind Postfix."""
    setup = set_up(config)
    given = {name: value for name, value in (("listen", listen), ("upstream", upstream)) if value}
    _run(setup, given)


def _run(setup: Setup, given: dict[str, str]) -> None:
    try:
        from checker.gate.records import StoreRecords  # noqa: PLC0415 - an extra, and only here
        from checker.gate.server import serve  # noqa: PLC0415
        from checker.gate.settings import settings_of  # noqa: PLC0415
        from checker.store.location import keeping, store_url  # noqa: PLC0415
        from checker.store.recorder import Recorder  # noqa: PLC0415
        from checker.store.store import Store, StoreError  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise RefusalError(f"gate needs {error.name}: pip install 'presend[gate]'") from None
    table = {**setup.company.doors["gate"], **given}
    try:
        check_doors({**setup.company.doors, "gate": table}, "presend gate")
    except PolicyError as error:
        raise RefusalError(str(error)) from None
    if not table["upstream"]:
        raise RefusalError("gate.upstream: is missing; say where mail goes, such as --upstream smtp.exmail.qq.com:465")
    config = Path(setup.config) if setup.config else None
    settings = settings_of(table, config.parent if config else Path())
    try:
        key, store = secret(), Store(store_url(setup.company))
    except (files.FileError, StoreError) as error:
        raise RefusalError(str(error)) from None
    recorder = Recorder(store, keep=keeping(setup.company))
    try:
        asyncio.run(serve(settings, config, key, StoreRecords(store, recorder, key), _ready))
    finally:
        recorder.close()
        store.close()


def _ready(host: str, port: int) -> None:
    click.echo(f"presend: gate listens on {host}:{port}")

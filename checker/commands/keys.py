"""presend keys: who may call the service."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.options import CONFIG, told
from checker.commands.storage import now, opened, single_line
from checker.files import terminal_width
from checker.refusal import RefusalError
from checker.render.table import table
from checker.store.records import KeyRecord


@click.group()
def keys() -> None:
    """Keys of the service: add, list, revoke."""


@keys.command("add")
@click.argument("name", metavar="NAME")
@CONFIG
@told
def add(name: str, config: Path | None) -> None:
    """Make a key for a program or a person, and show it this once."""
    name = single_line("NAME", name, 60)
    with opened(config) as store:
        if any(key.name == name and key.revoked is None for key in store.keys()):  # noqa: SIM118 - a store, no dict
            raise RefusalError(f"{name}: has a key; revoke it first (presend keys list), or use another name")
        record, plain = store.add_key(name, now())
    click.echo(plain)
    click.echo(f"presend: key {record.id} of {name}; it is shown only now, keep it safe", err=True)


@keys.command("list")
@CONFIG
@told
def list_keys(config: Path | None) -> None:
    """List the keys: number, name, when made, last used and revoked."""
    with opened(config) as store:
        kept = store.keys()
    rows = [(str(key.id), key.name, f"{key.made:%Y-%m-%d}", _used(key), _state(key)) for key in kept]
    click.echo(table(("id", "name", "made", "last used", "state"), rows, terminal_width(), widest=1), nl=False)


@keys.command("revoke")
@click.argument("key", metavar="ID", type=int)
@CONFIG
@told
def revoke(key: int, config: Path | None) -> None:
    """Refuse a key from now on."""
    with opened(config) as store:
        if not store.revoke_key(key, now()):
            raise RefusalError(f"{key}: no key of that number is valid; presend keys list shows them")
    click.echo(f"key {key}: revoked")


def _used(key: KeyRecord) -> str:
    return f"{key.last_used:%Y-%m-%d}" if key.last_used else "never"


def _state(key: KeyRecord) -> str:
    return f"revoked {key.revoked:%Y-%m-%d}" if key.revoked else "valid"

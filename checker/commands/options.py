"""Options that several commands share, and how a command's mistakes become one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from checker.refusal import RefusalError

CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="presend.toml (else looked for upwards from here)."
)
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages (else each mail's own).")
NOW = click.option("--now", metavar="TIME", help="The moment of sending, RFC 3339, for mails without a Date.")
ONLY = click.option("--only", metavar="GLOB", default="*", help="Rules to use, such as 'sensitive/*'.")


class Stop(click.ClickException):
    """One clear line on standard error, exit 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's signature
        click.echo(f"presend: {self.message}", err=True)


def told(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command, with its refusals as one line; nobody sees a traceback."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except RefusalError as refusal:
            raise Stop(str(refusal)) from None

    return wrapped


def moment(now: str | None) -> datetime:
    """The time that --now gives, else the clock's, with its zone. Raises Stop."""
    if now is None:
        return datetime.now().astimezone()
    try:
        given = datetime.fromisoformat(now)
    except ValueError:
        raise Stop(f"--now: {now!r} is no time; write it like 2026-03-10T10:00:00+08:00") from None
    return given if given.tzinfo else given.astimezone()

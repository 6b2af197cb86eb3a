"""Reports of a run to files and to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from checker import files
from checker.refusal import RefusalError
from checker.render import FORMATS
from checker.render.run import Look, Run


def write_reports(run: Run, formats: Sequence[str]) -> None:
    """Each NAME[=FILE] to its file, or to standard output. Raises RefusalError for an unknown name."""
    for wanted in formats:
        name, _, target = wanted.partition("=")
        if name not in FORMATS:
            raise RefusalError(f"--format: {name!r} is not allowed; allowed: {', '.join(FORMATS)}")
        on_terminal = not target and sys.stdout.isatty()
        look = Look(files.terminal_width(), on_terminal and "NO_COLOR" not in os.environ)
        report = FORMATS[name](run, look)
        if target:
            write_file(Path(target), report.encode())
        else:
            click.echo(report, nl=False)


def write_file(path: Path, data: bytes) -> None:
    """A file written whole or not at all. Raises RefusalError."""
    try:
        files.write(path, data)
    except files.FileError as error:
        raise RefusalError(str(error)) from None

"""A folder of drafts, watched: each saved one gets a report; a draft that goes takes its report along."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from watchfiles import Change, watch

from checker import files
from checker.current_setup import CurrentSetup
from checker.engine import check
from checker.mailfile import read_message
from checker.message import DraftError
from checker.refusal import RefusalError
from checker.render import text
from checker.render.run import Look, Result, Run
from checker.rule import Report
from checker.setup import Setup

SUFFIX = ".report.txt"
_PULSE = 500  # milliseconds between looks at whether to stop
_QUIET = 100  # milliseconds of silence after which a save counts as done


class Watched(NamedTuple):
    """What is watched and where reports go. reports None: beside each draft. poll: seconds; None: changes are told."""

    folder: Path
    reports: Path | None
    poll: float | None
    language: str | None


def changes(watched: Watched, stop: threading.Event) -> Iterator[list[tuple[Path, bool]]]:
    """Drafts that were saved or moved here (True), or that are gone (False), until stop is set.

    The first list, often an empty one, comes when the folder is being watched.
    """
    polling = watched.poll is not None
    found = watch(
        watched.folder,
        watch_filter=lambda _, path: is_mail(Path(path), watched.folder),
        step=_QUIET,
        stop_event=stop,
        force_polling=polling,
        poll_delay_ms=int((watched.poll or 1) * 1000),
        raise_interrupt=False,
        rust_timeout=_PULSE,
        yield_on_timeout=True,
    )
    for batch in found:
        yield list(settled(batch))


def settled(batch: Iterable[tuple[Change, str]]) -> Iterator[tuple[Path, bool]]:
    """What is so at the end of a batch of changes, once a draft: a rename is a going and a coming."""
    for path in sorted({Path(name) for _, name in batch}):
        yield path, path.is_file()


def is_mail(path: Path, folder: Path) -> bool:
    """Whether a path is a draft's: by its suffix, and hidden neither itself nor by a folder of the watched one."""
    inside = path.relative_to(folder).parts if path.is_relative_to(folder) else path.parts
    return path.suffix.lower() in files.MAIL_SUFFIXES and not any(part.startswith(".") for part in inside)


def report_path(watched: Watched, draft: Path) -> Path:
    """Where the report of a draft is."""
    name = draft.name + SUFFIX
    if watched.reports is None:
        return draft.with_name(name)
    return watched.reports / draft.relative_to(watched.folder).with_name(name)


def run(
    watched: Watched,
    current: CurrentSetup,
    stop: threading.Event,
    ready: Callable[[], None],
    told: Callable[[Path, Report | None], None],
) -> None:
    """Check what changes until stop is set. ready: called once the folder is being watched.

    told: a draft and its report; None: the draft is gone or not whole. Raises RefusalError: a report cannot be written.
    """
    batches = changes(watched, stop)
    first = next(batches, [])
    ready()
    for draft, there in chain(first, chain.from_iterable(batches)):
        setup = current.now()
        report = _report(setup, draft) if there else None
        if report is None:
            report_path(watched, draft).unlink(missing_ok=True)
            told(draft, None)
        else:
            _write(report_path(watched, draft), draft, _words(setup, draft, report, watched.language))
            told(draft, report)


def _report(setup: Setup, draft: Path) -> Report | None:
    """None: the draft went while it was read, or is not whole yet; the next save is told again."""
    try:
        message = read_message(str(draft))
    except (files.FileError, DraftError):
        return None
    return check(message, setup.ruleset, setup.company, now=datetime.now().astimezone())


def _words(setup: Setup, draft: Path, report: Report, language: str | None) -> bytes:
    results = (Result(str(draft), report),)
    return text.render(Run(setup.ruleset.hash, results, setup.notes, language, setup.config), Look()).encode()


def _write(path: Path, draft: Path, words: bytes) -> None:
    """A report whole or not at all; who may not read the draft may at no moment read what quotes it."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        for folder in (*reversed(path.parent.parents), path.parent):
            folder.mkdir(exist_ok=True, mode=0o700)  # names of drafts are no business of others either
        with suppress(FileNotFoundError):  # the draft went: so will its report
            like = draft.stat()
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(words)
            with suppress(PermissionError):  # only root can give a file away
                os.chown(new, like.st_uid, like.st_gid)
            new.chmod(like.st_mode & 0o666)
            new.replace(path)
    except OSError as error:
        raise RefusalError(f"{path}: {(error.strerror or type(error).__name__).lower()}") from None
    finally:
        new.unlink(missing_ok=True)

"""How far an audit is, on a terminal's standard error."""

from __future__ import annotations

import sys
from typing import Any

from checker.archive.run import Progress


class Bar:
    """Mails, rate, and the time left where the size of the sources is known; nothing where nobody looks."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> Bar:
        if sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
            self._bar.add_task("judging", total=None, mails=0, rate=0.0)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Draw how far the run is."""
        if self._bar is not None:
            total = max(progress.total, progress.read) if progress.total else None
            rate = progress.mails / progress.seconds if progress.seconds else 0.0
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=progress.read, total=total, mails=progress.mails, rate=rate)


def _bar() -> Any:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as RichProgress  # noqa: PLC0415

    counted = TextColumn("{task.fields[mails]} mails, {task.fields[rate]:.0f}/s")
    columns = (TextColumn("{task.description}"), BarColumn(), counted, TimeElapsedColumn(), TimeRemainingColumn())
    return RichProgress(*columns, console=Console(stderr=True), transient=True)

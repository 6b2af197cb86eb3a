"""Checks in processes of their own: the loop that talks SMTP never waits for one."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from checker.budget import Budget
from checker.current_setup import CurrentSetup
from checker.engine import check
from checker.mime import from_eml
from checker.presidio_pack.recognizers import preload
from checker.rule import Both, Finding, Incomplete, Severity, Verdict
from checker.setup import set_up

_GRACE = 2.0  # seconds past the budget of a check after which it counts as hung


class UnavailableError(Exception):
    """No check could be had; the text names the kind of trouble, never the mail."""


class Fault(NamedTuple):
    """A finding as a reply and a record need it; its words are masked."""

    rule: str
    severity: Severity
    message: Both
    suggestion: Both | None
    fingerprint: str
    waived: bool


class Judgement(NamedTuple):
    """What a check found, small enough to come back from another process."""

    verdict: Verdict
    language: str
    scenario: str
    digest: str
    ruleset: str
    faults: tuple[Fault, ...]
    incomplete: tuple[Incomplete, ...]
    seconds: float


class Task(NamedTuple):
    """What is to be checked, and how."""

    mail: bytes
    now: datetime
    key: bytes
    waivers: frozenset[str]
    seconds: float


def judged(config: Path | None, task: Task) -> Judgement:
    """Judge a mail in bytes; the policy is read once a process, the seller's reports when they are exported anew."""
    setup = _current(config).now()
    start = time.monotonic()
    report = check(
        from_eml(task.mail),
        setup.ruleset,
        setup.company,
        now=task.now,
        waivers=task.waivers,
        budget=Budget(task.seconds, time.monotonic),
        key=task.key,
    )
    return Judgement(
        report.verdict,
        report.language,
        report.scenario,
        report.digest or "",
        setup.ruleset.hash,
        tuple(map(_fault, report.findings)),
        report.incomplete,
        time.monotonic() - start,
    )


def _prepare(config: Path | None) -> None:
    """All that takes long the first time: no mail may pass unchecked because it was the first with an ID number."""
    with suppress(Exception):  # told by the check, in which it fails again
        _current(config)
        preload()


@cache
def _current(config: Path | None) -> CurrentSetup:
    return CurrentSetup(set_up(config), lambda: datetime.now().astimezone())


def _fault(finding: Finding) -> Fault:
    mark = finding.fingerprint or ""
    return Fault(finding.rule, finding.severity, finding.message, finding.suggestion, mark, finding.waived)


class Checks:
    """Checks mails, a few at a time; a process that hangs or dies is replaced."""

    def __init__(self, config: Path | None, key: bytes, *, seconds: float, workers: int) -> None:
        """seconds: the budget of one check. Make it in the running loop."""
        self._config, self._key, self._seconds, self._workers = config, key, seconds, workers
        self._start()

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self._workers, spawn, _prepare, (self._config,))
        self._warm = asyncio.ensure_future(self._warmed())

    async def _warmed(self) -> None:
        """The processes are prepared; what goes wrong in that is told by the next check."""
        tasks = (self._run(b"Subject: x\r\n\r\nx\r\n", frozenset()) for _ in range(self._workers))
        await asyncio.gather(*tasks, return_exceptions=True)

    async def warm(self) -> None:
        """Return when checks are ready, before the first mail comes."""
        await self._warm

    async def check(self, mail: bytes, waivers: Collection[str] = ()) -> Judgement:
        """Judge a mail. Raises UnavailableError: it took too long, or the process died or failed."""
        pool, limit = self._pool, self._seconds + _GRACE
        try:
            await asyncio.wait_for(asyncio.shield(self._warm), limit)
        except TimeoutError:  # processes that start are no processes that hang: they get their time
            raise UnavailableError("starting") from None
        try:
            return await asyncio.wait_for(self._run(mail, frozenset(waivers)), limit)
        except Exception as error:  # a mail must never be lost over a check, whatever fails in it
            self._replace(pool)
            raise UnavailableError(type(error).__name__) from None

    async def _run(self, mail: bytes, waivers: frozenset[str]) -> Judgement:
        task = Task(mail, datetime.now().astimezone(), self._key, waivers, self._seconds)
        return await asyncio.get_running_loop().run_in_executor(self._pool, judged, self._config, task)

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        """Processes that may hang are ended, and others take their place; who was first has done it already."""
        if pool is self._pool:
            self._start()
            _end(pool)

    def close(self) -> None:
        """End the processes."""
        self._warm.cancel()
        _end(self._pool)


def _end(pool: ProcessPoolExecutor) -> None:
    processes = list((getattr(pool, "_processes", None) or {}).values())  # 3.14 has terminate_workers for it
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()

"""Checks in processes of their own: the loop that talks SMTP never waits for one."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from checker.budget import Budget
from checker.engine import check
from checker.mime import from_eml
from checker.rule import Both, Finding, Incomplete, Severity, Verdict
from checker.setup import Setup, set_up

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
    """Judge a mail in bytes; the policy is read once a process."""
    setup = _setup(config)
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


@cache
def _setup(config: Path | None) -> Setup:
    return set_up(config)


def _fault(finding: Finding) -> Fault:
    mark = finding.fingerprint or ""
    return Fault(finding.rule, finding.severity, finding.message, finding.suggestion, mark, finding.waived)


class Checks:
    """Checks mails, a few at a time; a process that hangs or dies is replaced."""

    def __init__(self, config: Path | None, key: bytes, *, seconds: float, workers: int) -> None:
        """seconds: the budget of one check."""
        self._config, self._key, self._seconds, self._workers = config, key, seconds, workers
        self._pool = self._fresh()

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))

    async def warm(self) -> None:
        """Have every process read the policy before the first mail comes. Raises UnavailableError."""
        mail = b"From: a@example.com\r\nSubject: x\r\n\r\nx\r\n"
        await asyncio.gather(*(self._judged(mail, frozenset(), None) for _ in range(self._workers)))

    async def check(self, mail: bytes, waivers: Collection[str] = ()) -> Judgement:
        """Judge a mail. Raises UnavailableError: it took too long, or the process died or failed."""
        return await self._judged(mail, frozenset(waivers), self._seconds + _GRACE)

    async def _judged(self, mail: bytes, waivers: frozenset[str], limit: float | None) -> Judgement:
        pool = self._pool
        task = Task(mail, datetime.now().astimezone(), self._key, waivers, self._seconds)
        try:
            work = asyncio.get_running_loop().run_in_executor(pool, judged, self._config, task)
            return await asyncio.wait_for(work, limit)
        except Exception as error:  # a mail must never be lost over a check, whatever fails in it
            self._replace(pool)
            raise UnavailableError(type(error).__name__) from None

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        """Processes that may hang are ended, and others take their place; who was first has done it already."""
        if pool is self._pool:
            self._pool = self._fresh()
            _end(pool)

    def close(self) -> None:
        """End the processes."""
        _end(self._pool)


def _end(pool: ProcessPoolExecutor) -> None:
    processes = list((getattr(pool, "_processes", None) or {}).values())  # 3.14 has terminate_workers for it
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()

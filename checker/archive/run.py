"""A run of the audit: every mail of the sources judged once, stopped and continued at will."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from checker.archive.chunks import Chunk, Part, chunks
from checker.archive.examine import Job
from checker.archive.parts import Parts, agreed_plan
from checker.archive.pool import Pool
from checker.archive.raw import Source, SourceError, readable
from checker.identity import keyed
from checker.refusal import RefusalError

WORK = "work"
PARTS = "parts"


@dataclass(frozen=True)
class Options:
    """What narrows a run: share of the mails, their number at most; and the workers that judge."""

    sample: float = 1.0
    limit: int | None = None
    workers: int = 0  # 0: one a core


@dataclass(frozen=True)
class Progress:
    """How far a run is; what an earlier start did is in no figure. total in bytes, 0 where it is not known."""

    mails: int
    read: int  # bytes of the mails that are done
    total: int
    seconds: float


Told = Callable[[Progress], None]


def run(sources: Sequence[Source], job: Job, ruleset: str, out: Path, options: Options, told: Told) -> Job:
    """Judge what is not judged yet; the parts are then complete. Gives the job with the time of the first start.

    Raises RefusalError: the folder holds another run, or a source cannot be read to its end (what was read is kept).
    """
    work = out / WORK
    begun = agreed_plan(work, _plan(sources, job, ruleset, options))
    job = replace(job, now=datetime.fromisoformat(begun["now"]))
    parts = Parts.open(work / PARTS)
    meter = _Meter(sum(s.size for s in sources) if all(s.size for s in sources) else 0, told)
    try:
        _judge_all(sources, job, parts, options, meter)
    except SourceError as error:
        raise RefusalError(f"{error}; what was read before is kept, and the same command goes on from there") from None
    return job


def _judge_all(sources: Sequence[Source], job: Job, parts: Parts, options: Options, meter: _Meter) -> None:
    def finished(chunk: Chunk, rows: pa.RecordBatch) -> None:
        parts.add(chunk, rows)
        meter.add(len(chunk.mails), chunk.size)

    workers = options.workers or os.cpu_count() or 1
    left = options.limit
    with Pool(job.packed(), workers, [source.uri for source in sources], finished) as pool:
        for index, source in enumerate(sources):
            for piece in chunks(index, source, parts.done, sample=options.sample, limit=left):
                if isinstance(piece, Chunk):
                    pool.submit(piece)
                else:
                    meter.leave_out(piece.size)
                taken = piece.taken if isinstance(piece, Part) else len(piece.mails)
                left = None if left is None else left - taken
        pool.drain()


def _plan(sources: Sequence[Source], job: Job, ruleset: str, options: Options) -> dict[str, Any]:
    """What must be the same for a run to go on."""
    return {
        "presend": "1",
        "now": job.now.isoformat(),
        "rules": ruleset,
        "key": keyed(job.key, "plan"),
        "waivers": sorted(job.waivers),
        "options": {
            "sample": options.sample,
            "limit": options.limit,
            "since": job.since.isoformat() if job.since else None,
            "pseudonyms": job.pseudonyms,
        },
        "sources": [[readable(source.uri), source.stamp] for source in sources],
    }


def forget(out: Path) -> None:
    """Remove what an earlier run left in the folder. Raises RefusalError."""
    try:
        shutil.rmtree(out / WORK)
    except FileNotFoundError:
        return
    except OSError as error:
        raise RefusalError(f"{out / WORK}: {(error.strerror or type(error).__name__).lower()}") from None


class _Meter:
    """Counts what is done, and tells at most ten times a second."""

    def __init__(self, total: int, told: Told) -> None:
        self._total, self._told = total, told
        self._mails = self._read = 0
        self._begun = self._last = time.monotonic()

    def leave_out(self, size: int) -> None:
        """What was judged by an earlier start is not to come."""
        self._total = max(0, self._total - size)

    def add(self, mails: int, read: int) -> None:
        self._mails += mails
        self._read += read
        if time.monotonic() - self._last > 0.1:
            self._last = time.monotonic()
            self._told(Progress(self._mails, self._read, self._total, self._last - self._begun))

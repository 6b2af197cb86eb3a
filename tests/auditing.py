"""presend audit as a user starts it, and what it leaves."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
from archives import CONFIG
from command import environment, program, warm

SECRET = {"PRESEND_SECRET": "0" * 64}
FEW = ("--only", "t*/*")  # a start is quick, the more of it falls into the run


def audit(source, out, *more, config=CONFIG, workers=1, run=warm, **env):
    """A run of an audit, ended. One worker is enough to see what comes out; workers=None: as many as there are cores."""
    chosen = ("--workers", workers) if workers and "spark" not in more else ()
    return run("audit", source, "--out", out, "--config", config, *chosen, *more, **SECRET, **env)


def results(out):
    """Every result but the run's own work."""
    return {p.name: p.read_bytes() for p in sorted(Path(out).iterdir()) if p.is_file()}


def findings_of(out):
    return pq.read_table(out / "findings.parquet").to_pylist()


def hear_interrupts():
    """As a program at a terminal does; what runs in the background of a shell ignores them, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def started(source, out, *more, **how):
    """A run of its own session, as a terminal starts it."""
    command = program("audit", source, "--out", out, "--config", CONFIG, *FEW, *more)
    how |= {"env": environment(**SECRET), "start_new_session": True, "preexec_fn": hear_interrupts}
    with subprocess.Popen(command, **how) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(moment, process, out):
    """Until a run is so far, or at its end."""
    while process.poll() is None:
        try:
            if moment(process, out):
                return
        except OSError:  # not yet there, or gone while we looked
            pass
        time.sleep(0.001)

"""presend audit as a user starts it, and what it leaves."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from archives import CONFIG
from command import warm

SECRET = {"PRESEND_SECRET": "0" * 64}


def audit(source, out, *more, config=CONFIG, workers=1, run=warm, **env):
    """A run of an audit, ended. One worker is enough to see what comes out; workers=None: as many as there are cores."""
    chosen = ("--workers", workers) if workers and "spark" not in more else ()
    return run("audit", source, "--out", out, "--config", config, *chosen, *more, **SECRET, **env)


def results(out):
    """Every result but the run's own work."""
    return {p.name: p.read_bytes() for p in sorted(Path(out).iterdir()) if p.is_file()}


def findings_of(out):
    return pq.read_table(out / "findings.parquet").to_pylist()

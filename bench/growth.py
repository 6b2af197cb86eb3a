"""How an audit grows with its archive: whole runs over mboxes of 2,500, 25,000 and 100,000 mails.

python -m bench.growth MAILS.tar.gz|FOLDER [--sizes N,N,N] [--runs N,N,N]

Prints seconds and CPU seconds of each size, what a thousand mails more take from each size to the next, and the peak
memory of the parent, which reads and joins, and of the largest worker, which judges. Of several runs the fastest counts:
other work on the machine only ever adds. The mails are those given, over and over, each round with Message-IDs of its
own, so that threads stay threads and nothing is a duplicate.

A shared machine is faster in one minute than in the next, by more than is looked for here. So a peer, the standard
library's parse of the same mails, runs for some milliseconds every second beside each run, and CPU time is told in
multiples of the peer's as well: these are what may be compared between sizes.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import psutil

from bench.throughput import mails, parse_only

_COMMAND = (sys.executable, "-c", "from checker.cli import main; main()", "audit")
_HEADER = re.compile(rb"^(?:message-id|in-reply-to|references):.*(?:\r?\n[ \t].*)*", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_ENVELOPE = re.compile(rb"\AFrom .*\n")  # many corpora keep the line that parted the mail from others in its mbox
_SAMPLE = 0.2  # seconds between looks at the processes
_PACE, _PACED = 1.0, 50  # seconds between runs of the peer, and the mails of each
_MB = 1024


class Run(NamedTuple):
    """A whole run. seconds: by the clock; cpu: of all its processes; peer: CPU seconds of the peer for one mail, on
    average all along; peaks in MB."""

    seconds: float
    cpu: float
    peer: float
    parent: int
    worker: int


def main() -> None:
    options = _options()
    found = mails(options.source)
    print(f"{len(found)} mails to repeat; {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}")
    runs: dict[int, Run] = {}
    for size, count in zip(options.sizes, options.runs, strict=True):
        with tempfile.TemporaryDirectory() as folder:
            box = _mbox(Path(folder) / "all.mbox", found, size)
            runs[size] = min(_run(box, found, Path(folder) / f"out{n}") for n in range(count))
        print(_line(size, runs[size]), flush=True)
    for (fewer, before), (more, after) in pairwise(runs.items()):
        thousands = (more - fewer) / 1000
        slope, cpu = (after.seconds - before.seconds) / thousands, (after.cpu - before.cpu) / thousands
        peers = (after.cpu / after.peer - before.cpu / before.peer) / (more - fewer)
        print(f"{fewer:,} to {more:,}: a thousand more take {slope:.2f} s, {cpu:.2f} CPU s, {peers:.1f} times the peer; "
              f"peaks {after.parent / before.parent:.2f} (parent) and {after.worker / before.worker:.2f} (worker) times")  # fmt: skip


def _options() -> argparse.Namespace:
    def numbers(said: str) -> list[int]:
        return [int(one) for one in said.split(",")]

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--sizes", type=numbers, default=[2500, 25_000, 100_000])
    parser.add_argument("--runs", type=numbers, default=[3, 2, 1], help="of each size")
    return parser.parse_args()


def _line(size: int, run: Run) -> str:
    return (
        f"{size:9,} mails {run.seconds:8.1f} s {run.cpu:8.1f} CPU s (peer {run.peer * 1000:.3f} ms a mail)   peak memory: "
        f"parent {run.parent} MB, largest worker {run.worker} MB"
    )


def _mbox(path: Path, found: list[bytes], size: int) -> Path:
    with path.open("wb") as file:
        for n in range(size):
            mail = _ENVELOPE.sub(b"", found[n % len(found)].replace(b"\r\n", b"\n"))
            body = _renamed(mail, n // len(found))
            file.write(b"From a@b.cn Tue Mar 10 10:00:00 2026\n" + _FROM.sub(rb">\1", body).rstrip(b"\n") + b"\n\n")
    return path


def _renamed(mail: bytes, number: int) -> bytes:
    """The mail with a number in every Message-ID of its header."""
    head, blank, body = mail.partition(b"\n\n")
    return _HEADER.sub(lambda header: header[0].replace(b"<", b"<%d." % number), head) + blank + body


def _run(box: Path, found: list[bytes], out: Path) -> Run:
    before, start = os.times(), time.monotonic()
    with subprocess.Popen([*_COMMAND, str(box), "--out", str(out)], stdout=subprocess.DEVNULL) as process:
        watch, pace = _Watch(process.pid), _Pace(found)
        watch.start()
        pace.start()
        code = process.wait()
        watch.join()
        pace.end()
    if code:
        raise SystemExit(f"the audit ended with {code}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.monotonic() - start, cpu, pace.of_a_mail, watch.parent, watch.worker)


class _Watch(threading.Thread):
    """Looks at the largest memory that the run's processes ever had, as Linux counts it, until the parent is gone."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self.parent = self.worker = 0

    def run(self) -> None:
        try:
            while self._process.status() != psutil.STATUS_ZOMBIE:
                self.parent = max(self.parent, _peak(self._process.pid))
                self.worker = max(self.worker, *(_peak(one.pid) for one in self._process.children()), 0)
                time.sleep(_SAMPLE)
        except psutil.NoSuchProcess:
            return


class _Pace(threading.Thread):
    """The peer, again and again on the same share of the mails: how fast the machine is while the run lasts."""

    def __init__(self, found: list[bytes]) -> None:
        super().__init__(daemon=True)
        self._mails = found[:: max(1, len(found) // _PACED)]
        self._over = threading.Event()
        self._spent: list[float] = []

    def run(self) -> None:
        while not self._over.wait(_PACE):
            before = time.thread_time()
            for mail in self._mails:
                parse_only(mail)
            self._spent.append(time.thread_time() - before)

    def end(self) -> None:
        self._over.set()
        self.join()

    @property
    def of_a_mail(self) -> float:
        return sum(self._spent) / len(self._spent) / len(self._mails)


def _peak(pid: int) -> int:
    """MB; 0 of a process that is gone."""
    try:
        said = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(said[1]) // _MB if said else 0


if __name__ == "__main__":
    main()

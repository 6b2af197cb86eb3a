"""The audit beside others on the same mails in the same run: CPU seconds a mail.

python -m bench.audit MAILS.tar.gz|FOLDER [--limit N]

Peers: the standard library's parse alone, rspamd and SpamAssassin (Debian's packages, network tests off), each where it
is installed, all of them warm. They look for spam and not for what we look for: the figure says what a mail may cost,
no more. A Python that was built without profile-guided optimisation takes a fifth longer; Debian's own
(/usr/bin/python3) was built with it, as its rspamd is optimised.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pyarrow as pa

from bench.throughput import mails, parse_only, seconds
from checker.archive.chunks import MOST_MAILS
from checker.archive.examine import Job, examine
from checker.archive.ingested import raw_batch
from checker.archive.raw import Raw
from checker.rule_folders import shipped_rules
from checker.setup import set_up

_RSPAMD = ("rspamd", "-f", "-i", "-c", "/etc/rspamd/rspamd.conf")
# One child for all mails: the CPU time of one that was replaced could not be counted.
_SPAMD = ("spamd", "-L", "-p", "11783", "-m", "1", "--max-conn-per-child=1000000", "--listen", "127.0.0.1")

_WARM_UP = 200  # mails that each judges before those that are counted: patterns are made when first needed
_RSPAMC = ("rspamc", "-h", "127.0.0.1:11333")
_SPAMC = ("spamc", "-p", "11783", "-x", "-c")  # -x: say so where there is no answer; -c: the score alone
_SCORE = re.compile(r"-?[\d.]+/[\d.]+")


def main() -> None:
    options = _options()
    every = mails(options.source)
    found, first = every[: options.limit], (every[options.limit :] or every)[:_WARM_UP]
    print(
        f"{len(found)} mails, {sum(map(len, found)) / len(found) / 1000:.1f} kB on average; load {os.getloadavg()[0]:.1f}; "
        f"Python {sys.version}"
    )
    base = seconds(parse_only, found) / len(found)
    with tempfile.TemporaryDirectory() as folder:
        paths = [_written(Path(folder) / f"{n}.eml", content) for n, content in enumerate(found)]
        warm = [_written(Path(folder) / f"warm{n}.eml", content) for n, content in enumerate(first)]
        for name, measured in (
            ("stdlib parse", base),
            ("presend", _presend(found, first)),
            ("rspamd", _rspamd(paths, warm)),
            ("SpamAssassin", _spamassassin(paths, warm)),
        ):
            if measured is None:
                print(f"{name:14} not installed")
            else:
                print(
                    f"{name:14} {measured * 1000:8.2f} ms a mail {1 / measured:8.0f} mails/s and core {measured / base:8.1f} ×"
                )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--limit", type=int, default=500)
    return parser.parse_args()


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _presend(found: list[bytes], first: list[bytes]) -> float:
    """What a worker does: rows of every chunk of mails, all rules on."""
    job = Job(set_up().company, tuple(shipped_rules()), "*", datetime.now(UTC), b"k" * 32).packed()
    deque(examine(_chunks(first), job), maxlen=0)
    chunks = _chunks(found)
    return _least(time.process_time, lambda: deque(examine(chunks, job), maxlen=0)) / len(found)


def _chunks(found: list[bytes]) -> list[pa.RecordBatch]:
    raws = [Raw(n, n + 1, str(n), one) for n, one in enumerate(found)]
    return [raw_batch("b", raws[at : at + MOST_MAILS]) for at in range(0, len(raws), MOST_MAILS)]


def _rspamd(paths: list[Path], warm: list[Path]) -> float | None:
    if not shutil.which("rspamd"):
        return None
    with tempfile.TemporaryDirectory() as place:
        places = [word for name in ("DBDIR", "RUNDIR", "LOGDIR") for word in ("--var", f"{name}={place}")]
        with _server([*_RSPAMD, *places], 11333) as server:
            _judged_by_rspamd(warm)
            return _least(lambda: _spent(server), lambda: _judged_by_rspamd(paths)) / len(paths)


def _least(spent: Callable[[], float], work: Callable[[], object]) -> float:
    """CPU seconds of the fastest of three rounds: what else the machine does only ever adds."""
    rounds = []
    for _ in range(3):
        start = spent()
        work()
        rounds.append(spent() - start)
    return min(rounds)


def _judged_by_rspamd(paths: list[Path]) -> None:
    for at in range(0, len(paths), 200):
        some = [str(path) for path in paths[at : at + 200]]
        said = subprocess.run([*_RSPAMC, *some], capture_output=True, text=True, check=True).stdout
        if said.count("Action: ") != len(some):
            raise SystemExit(f"rspamd judged {said.count('Action: ')} of {len(some)} mails")


def _spamassassin(paths: list[Path], warm: list[Path]) -> float | None:
    if not shutil.which("spamd"):
        return None
    with _server(list(_SPAMD), 11783) as server:
        _judged_by_spamd(warm)
        start = _spent(server)
        _judged_by_spamd(paths)
        return (_spent(server) - start) / len(paths)


def _judged_by_spamd(paths: list[Path]) -> None:
    for path in paths:
        with path.open("rb") as file:
            done = subprocess.run(_SPAMC, stdin=file, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or not _SCORE.fullmatch(done.stdout.strip()):  # 1: spam
            raise SystemExit(f"spamd did not judge {path.name}: {done.returncode} {done.stdout} {done.stderr}")


def _spent(server: psutil.Process) -> float:
    """CPU seconds of a server and its workers."""
    return sum(sum(p.cpu_times()[:2]) for p in (server, *server.children(recursive=True)))


@contextmanager
def _server(command: list[str], port: int) -> Iterator[psutil.Process]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            server = psutil.Process(process.pid)
            _wait(port)
            _settle(server)
            yield server
        finally:
            process.terminate()


def _settle(server: psutil.Process) -> None:
    """Until it has compiled its rules and rests, so that only mails are counted; at most a minute and a half."""
    for _ in range(30):
        before = _spent(server)
        time.sleep(3)
        if _spent(server) - before < 0.05:
            return


def _wait(port: int) -> None:
    import socket

    for _ in range(1200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"no server answers on port {port}")


if __name__ == "__main__":
    main()

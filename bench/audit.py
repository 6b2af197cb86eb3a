"""The audit beside others on the same mails in the same run: CPU seconds a mail.

python -m bench.audit MAILS.tar.gz|FOLDER [--limit N]

Peers: the standard library's parse alone, rspamd and SpamAssassin (Debian's packages, network tests off), each where it
is installed. They look for spam and not for what we look for: the figure says what a mail may cost, no more. A Python
that was built without profile-guided optimisation takes a fifth longer; Debian's own (/usr/bin/python3) was built with
it, as its rspamd is optimised.
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

# Loads what the first mail with sensitive data loads: two seconds, once a worker.
_FIRST = "Subject: x\r\n\r\n\u8eab\u4efd\u8bc1\u53f7 11010519491231002X".encode()
_SPAMC = ("spamc", "-p", "11783", "-x", "-c")  # -x: say so where there is no answer; -c: the score alone
_SCORE = re.compile(r"-?[\d.]+/[\d.]+")


def main() -> None:
    options = _options()
    found = mails(options.source)[: options.limit]
    print(
        f"{len(found)} mails, {sum(map(len, found)) / len(found) / 1000:.1f} kB on average; load {os.getloadavg()[0]:.1f}; "
        f"Python {sys.version}"
    )
    base = seconds(parse_only, found) / len(found)
    with tempfile.TemporaryDirectory() as folder:
        paths = [_written(Path(folder) / f"{n}.eml", content) for n, content in enumerate(found)]
        for name, measured in (
            ("stdlib parse", base),
            ("presend", _presend(found)),
            ("rspamd", _rspamd(paths)),
            ("SpamAssassin", _spamassassin(paths)),
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
    parser.add_argument("--limit", type=int, default=None)
    return parser.parse_args()


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _presend(found: list[bytes]) -> float:
    """What a worker does: rows of every chunk of mails, all rules on; warm, as rspamd is after its start."""
    job = Job(set_up().company, tuple(shipped_rules()), "*", datetime.now(UTC), b"k" * 32).packed()
    raws = [Raw(n, n + 1, str(n), one) for n, one in enumerate(found)]
    chunks = [raw_batch("b", raws[at : at + MOST_MAILS]) for at in range(0, len(raws), MOST_MAILS)]
    deque(examine([raw_batch("b", [Raw(0, 1, "0", _FIRST)])], job), maxlen=0)
    start = time.process_time()
    deque(examine(chunks, job), maxlen=0)
    return (time.process_time() - start) / len(found)


def _rspamd(paths: list[Path]) -> float | None:
    if not shutil.which("rspamd"):
        return None
    with tempfile.TemporaryDirectory() as place:
        places = [word for name in ("DBDIR", "RUNDIR", "LOGDIR") for word in ("--var", f"{name}={place}")]
        with _server([*_RSPAMD, *places], 11333) as server:
            return _cpu(server, paths, lambda some: ["rspamc", "-h", "127.0.0.1:11333", *some])


def _spamassassin(paths: list[Path]) -> float | None:
    if not shutil.which("spamd"):
        return None
    with _server(list(_SPAMD), 11783) as server:
        start = _spent(server)
        for path in paths:
            with path.open("rb") as file:
                done = subprocess.run(_SPAMC, stdin=file, capture_output=True, text=True, check=False)
            if done.returncode not in (0, 1) or not _SCORE.fullmatch(done.stdout.strip()):  # 1: spam
                raise SystemExit(f"spamd did not judge {path.name}: {done.returncode} {done.stdout} {done.stderr}")
        return (_spent(server) - start) / len(paths)


def _cpu(server: psutil.Process, paths: list[Path], command: Callable[[list[str]], list[str]]) -> float:
    start = _spent(server)
    for at in range(0, len(paths), 200):
        some = paths[at : at + 200]
        said = subprocess.run(command([str(p) for p in some]), capture_output=True, text=True, check=True).stdout
        if said.count("Action: ") != len(some):
            raise SystemExit(f"rspamd judged {said.count('Action: ')} of {len(some)} mails")
    return (_spent(server) - start) / len(paths)


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

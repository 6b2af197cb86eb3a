"""The processes of the service: one parent that listens and keeps so many workers alive, and the workers."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from prometheus_client.multiprocess import mark_process_dead

from checker.refusal import RefusalError
from checker.service.metrics import FOLDER
from checker.service.server import BACKLOG
from checker.service.worker import Plan, work

_PATIENCE = 12.0  # seconds that a worker may take to stop
_SHORT_LIFE = 10.0  # seconds: a worker that lived no longer is started again only after a pause
_LONGEST_PAUSE = 30.0  # seconds
_TURN = 0.5  # seconds between two looks at the signals


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    started: float


class Supervisor:
    """Keeps workers alive until it is told to stop. tell: takes one line for the administrator."""

    def __init__(self, plan: Plan, listening: socket.socket, tell: Callable[[str], None]) -> None:
        self._plan, self._listening, self._tell = plan, listening, tell
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._stopping = False
        self._pause, self._next_start = 0.0, 0.0

    def run(self) -> None:
        """Start the workers and watch them; returns after SIGTERM or SIGINT, when they have stopped."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            while not self._stopping:
                self._fill()
                wait([worker.process.sentinel for worker in self._workers], _TURN)
                self._bury()
        finally:
            self._end()

    def _stop(self, *_: Any) -> None:
        self._stopping = True

    def _fill(self) -> None:
        now = time.monotonic()
        while len(self._workers) < self._plan.workers and now >= self._next_start:
            process = self._context.Process(target=work, args=(self._plan, self._listening), daemon=False)
            process.start()
            self._workers.append(_Worker(process, now))

    def _bury(self) -> None:
        for worker in [w for w in self._workers if not w.process.is_alive()]:
            self._workers.remove(worker)
            if self._stopping:
                continue
            mark_process_dead(worker.process.pid or 0, os.environ[FOLDER])  # type: ignore[no-untyped-call]
            if time.monotonic() - worker.started < _SHORT_LIFE:
                self._pause = min(max(2 * self._pause, _TURN), _LONGEST_PAUSE)
            else:
                self._pause = 0.0
            self._next_start = time.monotonic() + self._pause
            self._tell(f"worker {worker.process.pid} ended ({worker.process.exitcode}); starting another")

    def _end(self) -> None:
        for worker in self._workers:
            worker.process.terminate()
        end = time.monotonic() + _PATIENCE
        for worker in self._workers:
            worker.process.join(max(0.0, end - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def serve(plan: Plan, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT. Raises RefusalError: the address cannot be had."""
    listening = listen(plan.host, plan.port)
    port = listening.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="presend-") as folder:
        counts = Path(folder, "metrics")
        counts.mkdir()
        os.environ[FOLDER] = str(counts)  # read by the workers when they import Prometheus' library
        tell(f"http://{_shown(plan.host)}:{port}/ ({plan.workers} workers; stop with Ctrl-C)")
        Supervisor(replace(plan, port=port, folder=Path(folder)), listening, tell).run()
    listening.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 = any free one. Raises RefusalError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        why = "is taken by another program" if error.errno == errno.EADDRINUSE else (error.strerror or "cannot be used")
        raise RefusalError(f"{_shown(host)}:{port} {why.lower()}; --host and --port choose another address") from None
    return listening


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host

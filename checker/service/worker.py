"""One worker of the service: an app of its own behind the socket that all workers share."""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread

from checker.refusal import RefusalError
from checker.service import create_app, services_of
from checker.service.logs import logger, take_over
from checker.service.server import Server
from checker.service.settings import settings_of
from checker.setup import set_up

_MOST_CONNECTIONS = 4000  # of a worker: a few kilobytes each
_SPARE_FILES = 64  # of the process' open files, for all but connections
REFUSED = 2  # exit code: the policy has become unusable


@dataclass(frozen=True, slots=True)
class Plan:
    """What parent and workers agree on. config: the policy's path, None: the defaults; folder: of this run."""

    config: str | None
    host: str
    port: int
    workers: int
    folder: Path | None = None


def work(plan: Plan, listening: socket.socket) -> None:
    """Serve until SIGTERM, or until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent says when to stop
    try:
        setup = set_up(Path(plan.config)) if plan.config else set_up()
        settings = replace(settings_of(setup.company.doors["service"]), host=plan.host, port=plan.port)
        take_over(logger(settings.log_level))
        app = create_app(setup, settings=settings, folder=plan.folder, wait_until_warm=False)
    except RefusalError as refusal:
        sys.stderr.write(f"presend: {refusal}\n")
        sys.exit(REFUSED)
    server = Server(app, listening, settings, _most_connections())
    signal.signal(signal.SIGTERM, lambda *_: server.stop())
    Thread(target=_watch_parent, args=(server,), name="parent", daemon=True).start()
    server.run()
    services_of(app).close()


def _watch_parent(server: Server) -> None:
    """A worker without its parent would hold the address for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        server.stop()


def _most_connections() -> int:
    """As many as the system lets this process have open, its soft limit raised to the hard one."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 400
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_CONNECTIONS + _SPARE_FILES
    most = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(64, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _SPARE_FILES)

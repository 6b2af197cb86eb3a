"""A real PostgreSQL server (Debian's) in a folder of its own, on a free port of 127.0.0.1."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import pytest

USER = "postgres"  # the server refuses to run as root
_PROGRAMS = Path("/usr/lib/postgresql")
# The machine does not fail in a test, the server does: what it committed stays, what the disk holds may wait.
_SETTINGS = ("fsync=off", "full_page_writes=off", "unix_socket_directories=")


def missing():
    """Why there can be no server here; None where there can."""
    if not list(_PROGRAMS.glob("*/bin/postgres")):
        return "PostgreSQL is not installed (make system)"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "PostgreSQL does not run as root, and there is no setpriv"
    return None


def require():
    """Skip where there can be no server; under CI that is a failure."""
    if why := missing():
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)


class Server:
    """Starts in the constructor; stop() and start() as a machine would; close() removes all."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="presend-pg-"))
        self.port = _free_port()
        self._numbers = count(1)
        self._process = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER, USER)
        self._run(
            "initdb", "-D", self.folder / "data", "-U", "presend", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        self.start()

    def start(self):
        options = [part for setting in _SETTINGS for part in ("-c", setting)]
        listen = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1"]
        with (self.folder / "log").open("ab") as log:
            command = self._command("postgres", "-D", self.folder / "data", *listen, *options)
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        self._wait()

    def stop(self):
        """At once, connections cut."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(30)

    def new_database(self):
        """The URL of an empty database."""
        name = f"d{next(self._numbers)}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "presend", name)
        return f"postgresql://presend@127.0.0.1:{self.port}/{name}"

    def close(self):
        if self._process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder)

    def _wait(self):
        for _ in range(600):
            ready = self._command("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port))
            if subprocess.run(ready, check=False).returncode == 0:
                return
            assert self._process.poll() is None, (self.folder / "log").read_text("utf-8")
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text("utf-8"))

    def _run(self, *command):
        done = subprocess.run(self._command(*command), capture_output=True, text=True, cwd=self.folder, check=False)
        assert done.returncode == 0, done.stderr

    def _command(self, program, *arguments):
        path = max(_PROGRAMS.glob(f"*/bin/{program}"))
        user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"] if os.geteuid() == 0 else []
        return [*user, str(path), *map(str, arguments)]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

"""Real mail servers for tests: the gate, a sink behind it, Postfix; all on free ports and in temporary folders."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

ROOT = Path(__file__).parent.parent
SECRET = "k" * 32


def needs(*programs: str) -> None:
    """Skip where a program is missing; in CI that is a failure."""
    missing = [
        p for p in programs if not shutil.which(p, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib/dovecot")
    ]
    if missing and os.environ.get("CI"):
        pytest.fail(f"missing here: {', '.join(missing)} (make system)")
    if missing:
        pytest.skip(f"needs {', '.join(missing)} (make system)")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def certificate_in(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody signed, and its key."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder / "cert.pem", folder / "key.pem"


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class _Wide(SMTP):
    line_length_limit = 1 << 20


class _WideController(Controller):
    def factory(self):
        return _Wide(self.handler, **self.SMTP_kwargs)


class Sink:
    """A server that keeps what it takes; `reply`, where set, answers DATA instead of taking it."""

    def __init__(self, port: int | None = None, **options: object) -> None:
        self.port = port or free_port()
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.options: list[tuple[list[str], list[str]]] = []
        self.reply = ""
        self._options = {"enable_SMTPUTF8": True, "data_size_limit": 100_000_000, **options}
        self._controller: Controller | None = None

    def start(self) -> Sink:
        self._controller = _WideController(self, "127.0.0.1", self.port, **self._options)
        self._controller.start()
        return self

    def stop(self) -> None:
        if self._controller:
            self._controller.stop(no_assert=True)
            self._controller = None

    async def handle_DATA(self, server, session, envelope):
        if self.reply:
            return self.reply
        self.options.append((envelope.mail_options, envelope.rcpt_options))
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 2.0.0 Ok: queued as SINK"


class Gate:
    """`presend gate` as a process."""

    def __init__(self, folder: Path, upstream: int, policy: str = "", port: int = 0, **env: str) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "presend.toml").write_text(policy, "utf-8")
        options = [
            "--config",
            str(folder / "presend.toml"),
            "--listen",
            f"127.0.0.1:{port}",
            "--upstream",
            f"127.0.0.1:{upstream}",
        ]
        command = [sys.executable, "-c", "from checker.cli import main; main()", "gate", *options]
        given = {
            **os.environ,
            "PRESEND_SECRET": SECRET,
            "PRESEND_STATE": str(folder / "state"),
            "PYTHONUNBUFFERED": "1",
            **env,
        }
        self.log = folder / "gate.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=log)
        assert self.process.stdout
        said = self.process.stdout.readline().decode()
        assert said.startswith("presend: gate listens on"), self.log.read_text()
        self.port = int(said.rpartition(":")[2])

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(60) == 0, self.log.read_text()
        assert self.process.stdout
        self.process.stdout.close()


@contextmanager
def running(server):
    try:
        yield server
    finally:
        server.stop()


_MASTER = """\
127.0.0.1:{inlet} inet n - n - 20 smtpd
  -o smtpd_proxy_filter=127.0.0.1:{gate} -o smtpd_client_connection_count_limit=50
127.0.0.1:{after} inet n - n - - smtpd
  -o smtpd_authorized_xforward_hosts=127.0.0.0/8 -o smtpd_proxy_filter= -o smtpd_client_connection_count_limit=50
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.lantu-trade.cn
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_recipient_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = lantu-trade.cn
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:inbox/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
message_size_limit = 80000000
virtual_mailbox_limit = 0
mailbox_size_limit = 0
smtputf8_enable = yes
alias_maps =
alias_database =
maillog_file = {folder}/mail.log
maillog_file_prefixes = /
"""


class Postfix:
    """A Postfix of its own, as Debian packages it: mail comes in at `inlet`, passes the gate, comes back at `after`."""

    def __init__(self, gate: int) -> None:
        needs("postfix")
        if os.geteuid() != 0:
            pytest.skip("Postfix needs root")
        # Not in pytest's folders: those are closed to other users, and Postfix is one.
        self.folder = folder = Path(tempfile.mkdtemp(prefix="presend-postfix-"))
        folder.chmod(0o755)
        self.inlet, self.after, self.gate = free_port(), free_port(), gate
        owner = pwd.getpwnam("postfix")
        for name in ("queue", "data", "mail"):
            (folder / name).mkdir()
        for name in ("data", "mail"):
            os.chown(folder / name, owner.pw_uid, owner.pw_gid)
        (folder / "main.cf").write_text(_MAIN.format(folder=folder, uid=owner.pw_uid, gid=owner.pw_gid))
        (folder / "master.cf").write_text(_MASTER.format(inlet=self.inlet, after=self.after, gate=gate))

    def start(self) -> Postfix:
        self._postfix("start")
        until(lambda: answers(self.inlet) and answers(self.after))
        return self

    def stop(self) -> None:
        self._postfix("stop")
        shutil.rmtree(self.folder)

    def kill(self) -> None:
        """End every process at once, whatever it was doing."""
        self._postfix("abort")

    def _postfix(self, word: str) -> None:
        done = subprocess.run(["/usr/sbin/postfix", "-c", str(self.folder), word], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode() + self.log()

    def log(self) -> str:
        path = self.folder / "mail.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def delivered(self) -> list[bytes]:
        return [path.read_bytes() for path in self._inbox()]

    def count(self) -> int:
        """How many mails are delivered, without reading them."""
        return len(self._inbox())

    def _inbox(self) -> list[Path]:
        new = self.folder / "mail" / "inbox" / "new"
        return sorted(new.iterdir()) if new.is_dir() else []


class Crowd:
    """Clients that send at the same time."""

    def __init__(self, work: Callable[[int], None], jobs: int, many: int = 4) -> None:
        self._work, self._jobs, self.failed = work, list(range(jobs)), []
        self._threads = [threading.Thread(target=self._run) for _ in range(many)]

    def _run(self) -> None:
        while self._jobs:
            try:
                number = self._jobs.pop()
            except IndexError:
                return
            try:
                self._work(number)
            except Exception as error:  # told to the test at the end
                self.failed.append((number, error))

    def start(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

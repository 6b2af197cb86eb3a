"""A real IMAP server (Debian's dovecot-imapd) in a folder of its own, on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER, PASSWORD = "auditor@lantu-trade.cn", "secret-of-the-tests"
_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {place}/run
state_dir = {place}/run
log_path = {place}/dovecot.log
ssl = {ssl}
disable_plaintext_auth = no
mail_fsync = never
auth_failure_delay = 0
mail_location = sdbox:{place}/mail
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = {uid}
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = create
    special_use = \\Drafts
  }}
}}
{more}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def dovecot(*, certificate: tuple[Path, Path] | None = None) -> Iterator[tuple[int, int]]:
    """The server while the block runs; gives its ports (plain, TLS). certificate: (certificate, key) for TLS."""
    with dovecot_in_place(certificate=certificate) as server:
        yield server.plain, server.secure


@contextmanager
def dovecot_in_place(more: str = "", *, certificate: tuple[Path, Path] | None = None) -> Iterator[Dovecot]:
    """A server that can be stopped and started again. more: further lines of its configuration."""
    with tempfile.TemporaryDirectory(prefix="presend-dovecot-") as place:  # not pytest's: the mail user must reach it
        Path(place).chmod(0o755)
        server = Dovecot(Path(place), more, certificate)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class Dovecot:
    """A server of its own; its ports stay the same when it is started again."""

    def __init__(self, place: Path, more: str, certificate: tuple[Path, Path] | None) -> None:
        self._program = shutil.which("dovecot") or "/usr/sbin/dovecot"
        if not Path(self._program).exists() or os.geteuid() != 0:
            assert not os.environ.get("CI"), "dovecot is missing, or this is not root"
            pytest.skip("needs dovecot-imapd, and root to run it")
        self.place, self.plain, self.secure = place, free_port(), free_port()
        self._config, owner = place / "dovecot.conf", _owner()
        for name in ("run", "mail", "home", "rawlog"):
            (place / name).mkdir(parents=True, exist_ok=True)
            shutil.chown(place / name, *owner)
        if certificate:
            more = f"{more}\nssl_cert = <{certificate[0]}\nssl_key = <{certificate[1]}"
        self._config.write_text(
            _CONFIG.format(
                place=place, uid=owner[0], gid=owner[1], user="dovecot", group="dovecot", password=PASSWORD,
                port=self.plain, secure=self.secure if certificate else 0, ssl="yes" if certificate else "no",
                more=more.replace("PLACE", str(place)),
            )
        )  # fmt: skip

    def start(self) -> None:
        command = [self._program, "-F", "-c", str(self._config)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            _wait(self.plain, self.place)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def kill(self) -> None:
        """End every process of it at once; one that is only told to stop may serve its clients for 30 s more."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(20)

    def commands(self) -> bytes:
        """What clients sent, where `more` says rawlog_dir = PLACE/rawlog."""
        return b"".join(path.read_bytes() for path in sorted((self.place / "rawlog").glob("*.in")))


def _owner() -> tuple[int, int]:
    import pwd

    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def _wait(port: int, place: Path) -> None:
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as probe:
                if probe.recv(64).startswith(b"* OK"):
                    return
        except OSError:
            pass
        time.sleep(0.05)
    log = place / "dovecot.log"
    raise AssertionError(log.read_text() if log.exists() else "dovecot does not start")

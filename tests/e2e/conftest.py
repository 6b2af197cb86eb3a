"""What end-to-end tests share: the real service, a local SMTP sink, the add-ins packed for that service."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from ports import free_port

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "tests" / "e2e" / ".pictures"
_PRESEND = [sys.executable, "-c", "from checker.cli import main; main()"]


def wanted(there: bool, what: str) -> None:
    """Skips a test whose real part is missing; under CI that is a failure."""
    if there:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI is set")
    pytest.skip(f"{what} is missing")


class Service:
    """`presend serve` on a free port, with a policy and a state folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.state = folder / "state"
        self.config = folder / "presend.toml"
        for name in ("presend.toml", "people.csv"):
            shutil.copy(ROOT / "examples" / name, folder / name)
        self._log = (folder / "service.log").open("wb")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self._process is not None:
            return
        command = [*_PRESEND, "serve", "--config", str(self.config), "--host", "127.0.0.1", "--port", str(self.port)]
        environment = {**os.environ, "PRESEND_STATE": str(self.state)}
        self._process = subprocess.Popen(command, env=environment, stdout=self._log, stderr=self._log)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                assert self._process.poll() is None, "the service stopped: see service.log"
                time.sleep(0.1)
        raise AssertionError("the service did not start")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            self._wait_for_silence()

    def _wait_for_silence(self) -> None:
        """Until its workers have noticed too: within a second, on a busy machine later."""
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=5).close()
            except urllib.error.HTTPError:
                pass
            except OSError as error:
                if isinstance(getattr(error, "reason", error), ConnectionRefusedError):
                    return
            time.sleep(0.1)
        raise AssertionError("the service did not end")

    def close(self) -> None:
        self.kill()
        self._log.close()


class Sink:
    """An SMTP server that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.port = self._controller.port

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()


@pytest.fixture(scope="session")
def one_service(tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("service"))
    yield service
    service.close()


@pytest.fixture
def service(one_service):
    """The service, running."""
    one_service.start()
    return one_service


@pytest.fixture(scope="session")
def one_sink():
    sink = Sink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def sink(one_sink):
    """The sink, empty."""
    one_sink.mails.clear()
    return one_sink


@pytest.fixture(scope="session")
def addins(one_service, tmp_path_factory):
    """The folder that `presend addin build` wrote for the service."""
    wanted((ROOT / "checker" / "addin" / "dist").is_dir(), "the built add-ins (make addin)")
    out = tmp_path_factory.mktemp("addins")
    command = [*_PRESEND, "addin", "build", "--url", one_service.url, "--out", str(out)]
    done = subprocess.run(command, cwd=one_service.config.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def pictures():
    """Where tests leave pictures of what they saw: looked at by people, not committed."""
    PICTURES.mkdir(exist_ok=True)
    return PICTURES

"""The description of the API against the service itself: every check that schemathesis has, over HTTP."""

import socket
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from checker.service import create_app, services_of
from checker.service.server import Server
from checker.service.settings import settings_of
from checker.setup import set_up
from checker.store.store import Store

ROOT = Path(__file__).parent.parent
CASES = 12  # drawn for an operation; the cases of the coverage phase come on top


@pytest.fixture
def url(tmp_path):
    """A service on a free port, in a thread of this process."""
    setup = set_up(ROOT / "examples" / "presend.toml")
    given = replace(settings_of(setup.company.doors["service"]), per_address=0, per_key=0, log_level="error")
    app = create_app(setup, settings=given, store=Store(f"sqlite:///{tmp_path}/presend.db"), key=b"k" * 32)
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(app, listening, given, 100)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.stop()
    thread.join()
    server.close()
    listening.close()
    services_of(app).close()


def test_the_service_keeps_its_description(url, tmp_path):
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json", "--checks", "all"]
    options = ["--max-examples", str(CASES), "--seed", "1", "--no-color"]
    done = subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]
    cases = next(line for line in done.stdout.splitlines() if "generated" in line)
    assert int(cases.split()[0]) > 200, cases

"""A real `presend serve` for tests: processes on a free port of 127.0.0.1, everything it keeps in a temporary folder."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = "from checker.cli import main; main()"
PATIENCE = 60  # seconds; a busy machine starts slowly


class Service:
    """One `presend serve`; `log` is all that it wrote to standard error."""

    def __init__(self, folder, *, workers=1, policy="", database="", rates="per_address = 0\nper_key = 0\n"):
        self.folder = folder
        config = folder / "presend.toml"
        config.write_text("[service]\n" + rates + policy, encoding="utf-8")
        self._log = (folder / "log").open("wb")
        env = {**os.environ, "PRESEND_STATE": str(folder / "state"), "PRESEND_SECRET": "k" * 32}
        env |= {"PRESEND_DATABASE_URL": database}
        command = [sys.executable, "-c", PROGRAM, "serve", "--config", config, "--port", "0", "--workers", str(workers)]
        self.process = subprocess.Popen(list(map(str, command)), cwd=ROOT, env=env, stderr=self._log, stdout=self._log)
        self.port = int(self.wait_for(r"http://127\.0\.0\.1:(\d+)/")[1])
        self.until(lambda: self.request("GET", "/readyz", patience=PATIENCE)[0] == 200)

    @property
    def log(self):
        return (self.folder / "log").read_text("utf-8", "replace")

    def wait_for(self, pattern):
        """The first match of a pattern in the log."""
        self.until(lambda: re.search(pattern, self.log))
        return re.search(pattern, self.log)

    def until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < end, self.log
            time.sleep(0.05)

    def request(self, method, path, body=None, kind="application/json", patience=30, **headers):
        """Status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            connection.request(method, path, body, {"Content-Type": kind, **headers} if body is not None else headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def workers(self):
        """Process ids of the workers: those children of the parent that are Python's spawned ones."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parent = int(re.search(r"\) \S (\d+)", (entry / "stat").read_text())[1])
                    if parent == self.process.pid and b"spawn_main" in (entry / "cmdline").read_bytes():
                        found.append(int(entry.name))
                except (OSError, TypeError):
                    continue
        return found

    def stop(self):
        """SIGTERM; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self._log.close()
        return code

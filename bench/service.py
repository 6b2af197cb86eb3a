"""Requests a second and latencies of the service under wrk, beside a Flask app that answers nothing and one that runs
stock Presidio; every server with the same waitress, workers and threads, one after the other on the same machine.

python bench/service.py [--seconds 10] [--workers 2] [--connections 16] [--mail FILE]   (needs wrk, a Debian package)
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
SIZE = 5000  # bytes of the draft
SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = io.open("{body}"):read("*a")
if {pause} > 0 then delay = function() return math.random(0, {pause} * 2) end end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %f %f %f %f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, summary.errors.status))
end
"""


def nothing() -> Any:
    """The floor: a Flask app that reads the body and answers."""
    from flask import Flask, jsonify, request

    app = Flask("nothing")

    @app.get("/readyz")
    def ready() -> Any:
        return jsonify({})

    @app.post("/v1/check")
    def check() -> Any:
        return jsonify({"length": len(request.get_data())})

    return app


def stock_presidio() -> Any:
    """Flask and Presidio as its documentation starts it: every recognizer for English, no model for names."""
    from flask import Flask, jsonify, request
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    app = Flask("stock")
    analyzers = local()

    def analyzer() -> Any:
        if not hasattr(analyzers, "engine"):
            registry = RecognizerRegistry()
            registry.load_predefined_recognizers(languages=["en"])
            engine = NoOpNlpEngine([{"lang_code": "en", "model_name": ""}])
            analyzers.engine = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])
        return analyzers.engine

    @app.get("/readyz")
    def ready() -> Any:
        return jsonify({})

    @app.post("/v1/check")
    def check() -> Any:
        found = analyzer().analyze(request.get_json()["text"], language="en")
        return jsonify([{"entity": one.entity_type, "start": one.start, "end": one.end} for one in found])

    return app


def draft(mail: Path | None) -> bytes:
    """A business mail of about SIZE bytes as draft JSON."""
    sample = json.loads((ROOT / "examples/drafts/typo-domain.json").read_text("utf-8")) if mail is None else {}
    text = mail.read_text("utf-8") if mail else sample["text"]
    while len(text.encode()) < SIZE:
        text += "\n\n" + text
    return json.dumps({**sample, "text": text.encode()[:SIZE].decode("utf-8", "ignore")}, ensure_ascii=False).encode()


@contextmanager
def serving(kind: str, workers: int, threads: int, folder: Path) -> Iterator[str]:
    """The URL of a running server: presend, nothing or stock."""
    (folder / "presend.toml").write_text(
        f"[service]\nper_address = 0\nper_key = 0\nthreads = {threads}\nlog_level = 'error'\n", "utf-8"
    )
    if kind == "presend":
        command = ["-c", "from checker.cli import main; main()", "serve", "--config", folder / "presend.toml"]
        command += ["--port", "0", "--workers", str(workers)]
    else:
        command = [__file__, "--serve", kind, "--workers", str(workers), "--threads", str(threads)]
    environment = {**os.environ, "PRESEND_STATE": str(folder), "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *map(str, command)], env=environment, stderr=log, start_new_session=True
        )
        try:
            yield ready(folder / "log", workers)
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # a peer's forked workers do not end with their parent
            process.wait()


def ready(log: Path, workers: int) -> str:
    """The server's address, when all of its workers answer."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        time.sleep(0.2)
        address = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8", "replace"))
        if address is None:
            continue
        try:
            if all(urlopen(f"{address[0]}/readyz", timeout=10).status == 200 for _ in range(8 * workers)):
                return address[0]
        except (URLError, OSError):
            continue
    raise SystemExit(f"no server within two minutes: {log.read_text('utf-8', 'replace')}")


def serve(kind: str, workers: int, threads: int) -> None:
    """A peer behind the same waitress, in so many forked processes on one socket."""
    import socket

    from waitress import create_server

    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    sys.stderr.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stderr.flush()
    for _ in range(workers - 1):
        if os.fork() == 0:
            break
    create_server({"nothing": nothing, "stock": stock_presidio}[kind](), sockets=[listening], threads=threads).run()


class Measured(NamedTuple):
    """Requests a second, latencies in ms, answers that were no success."""

    rate: float
    p50: float
    p95: float
    p99: float
    bad: float


def wrk(url: str, folder: Path, seconds: int, connections: int, pause: int = 0) -> Measured:
    """One run. pause: ms between an answer and the next request of a connection, on average."""
    script = folder / "post.lua"
    script.write_text(SCRIPT.replace("{body}", str(folder / "body.json")).replace("{pause}", str(pause)), "utf-8")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), f"{url}/v1/check"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(*map(float, re.search(r"RESULT (.*)", done.stdout)[1].split()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--mail", type=Path)
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve, options.workers, options.threads)
        return
    print(f"load average at the start: {os.getloadavg()[0]:.1f}")
    print("server    load      req/s   p50 ms   p95 ms   p99 ms   not 200")
    for kind in ("nothing", "stock", "presend"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "body.json").write_bytes(draft(options.mail))
            with serving(kind, options.workers, options.threads, folder) as url:
                wrk(url, folder, 3, options.workers)  # warm
                peak = wrk(url, folder, options.seconds, options.connections)
                show(kind, "peak", peak)
                pause = round(2000 * options.connections / peak.rate)
                show(kind, "half", wrk(url, folder, options.seconds, options.connections, pause))


def show(kind: str, load: str, one: Measured) -> None:
    """A line of the table."""
    print(
        f"{kind:<10}{load:<8}{one.rate:>7.0f}{one.p50:>9.1f}{one.p95:>9.1f}{one.p99:>9.1f}{one.bad:>10.0f}", flush=True
    )


if __name__ == "__main__":
    main()

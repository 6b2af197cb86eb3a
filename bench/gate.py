"""Throughput and added latency of the gate beside a bare relay (aiosmtpd in, aiosmtplib out), in the same run.

python bench/gate.py [MAIL] [COUNT]: a mail in .eml (default: the example restock mail), sent COUNT times (default 100).
"""

from __future__ import annotations

import smtplib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import aiosmtplib
from aiosmtpd.controller import Controller

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from mailservers import Gate, Sink, free_port  # noqa: E402 - the tests' servers

POLICY = '[gate]\nexceptions = [{senders = ["a@example.com"], block = "pass", confirm = "pass"}]\n'


class Relay:
    """What a gate without checks would be: every mail goes on as it came."""

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        await aiosmtplib.send(
            envelope.original_content,
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            hostname="127.0.0.1",
            port=self._upstream,
            start_tls=False,
        )
        return "250 OK"


def one_by_one(port: int, mail: bytes, count: int) -> list[float]:
    """Seconds that each mail took, one after another over one connection."""
    took = []
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _ in range(count):
            start = time.perf_counter()
            server.sendmail("a@example.com", ["b@example.com"], mail)
            took.append(time.perf_counter() - start)
    return took


def together(port: int, mail: bytes, count: int, clients: int = 8) -> float:
    """Mails a second from several clients at once."""
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda _: one_by_one(port, mail, count // clients), range(clients)))
    return count // clients * clients / (time.perf_counter() - start)


def measured(name: str, port: int, mail: bytes, count: int) -> tuple[float, float]:
    """Median latency and throughput, printed and given."""
    one_by_one(port, mail, 5)
    latency, rate = statistics.median(one_by_one(port, mail, count)), together(port, mail, count)
    print(f"{name:<12} {latency * 1000:7.2f} ms a mail   {rate:7.1f} mails/s with 8 clients")
    return latency, rate


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "drafts" / "restock-good-zh.eml"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    mail = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    sink = Sink().start()
    relay = Controller(Relay(sink.port), "127.0.0.1", free_port(), enable_SMTPUTF8=True)
    relay.start()
    with tempfile.TemporaryDirectory() as folder:
        gate = Gate(Path(folder) / "gate", sink.port, POLICY)
        servers: dict[str, Callable[[], int]] = {"bare relay": lambda: relay.port, "gate": lambda: gate.port}
        (bare, bare_rate), (gated, gated_rate) = (measured(n, port(), mail, count) for n, port in servers.items())
        gate.stop()
    relay.stop()
    sink.stop()
    print(
        f"the gate adds {(gated - bare) * 1000:.2f} ms a mail and takes {gated_rate / bare_rate:.2f} of the bare relay's mails"
    )


if __name__ == "__main__":
    main()

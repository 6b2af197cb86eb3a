"""Bad days of a real `presend serve`: slow, huge and many clients, a killed worker, a store that is gone.

Nothing here is a 500, and nothing of a mail is in the log.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from serving import PROGRAM, ROOT, Service

CANARY = "KANARIENVOGEL31337"
DRAFT = json.dumps(
    {
        "from": "a@b.cn",
        "to": ["c@d.cn"],
        "subject": f"【通知】{CANARY}",
        "text": f"{CANARY} 身份证号\uff1a11010519491231002X",
    }
)
EML = "message/rfc822"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    one = Service(tmp_path_factory.mktemp("service"), policy="request_seconds = 3\nthreads = 2\nlog_level = 'debug'\n")
    yield one
    assert one.stop() == 0
    assert CANARY not in one.log
    assert '"status": 500' not in one.log and "Traceback" not in one.log


def check(service, body=DRAFT, kind="application/json"):
    status, _, answer = service.request("POST", "/v1/check", body.encode() if isinstance(body, str) else body, kind)
    return status, json.loads(answer)


def answers(service):
    return check(service)[0] == 200


def test_what_is_no_mail_is_told(service):
    for body, status in [('{"text": "' + CANARY, 400), (f'{{"to": "{CANARY}"}}', 422), (f'"{CANARY}"', 422), ("", 400)]:
        told, problem = check(service, body)
        assert (told, problem["status"]) == (status, status)
        assert CANARY not in json.dumps(problem)
    assert check(service, DRAFT, "text/plain")[0] == 415


def test_25_mb_of_nothing(service):
    for body in (
        b"\0" * 25_000_000,
        b"Subject: x\n\n" + b"a " * 12_500_000,
        b"Subject: x\nContent-Type: text/html\n\n" + b"<b>" * 8_000_000,
    ):
        status, document = check(service, body, EML)
        assert status == 200
        result = document["results"][0]
        assert {"what": "body", "why": "size"} in result["incomplete"]
        assert result["verdict"] != "allow"
    status, _ = check(service, json.dumps({"text": " " * 25_000_000}))
    assert status == 200
    assert answers(service)


def test_a_body_over_the_limit_gets_its_answer(service):
    """Also where the client goes on sending: a reset would swallow the answer."""
    for headers in (b"Content-Length: 60000000\r\n", b"Transfer-Encoding: chunked\r\n"):
        with socket.create_connection(("127.0.0.1", service.port), timeout=60) as client:
            client.sendall(
                b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: message/rfc822\r\n" + headers + b"\r\n"
            )
            piece = b"x" * 1_000_000 if b"Length" in headers else b"f4240\r\n" + b"x" * 1_000_000 + b"\r\n"
            for _ in range(44):
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
            answer = _all(client)
        assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
        assert b"application/problem+json" in answer
    assert answers(service)


def _all(client):
    received = b""
    while data := client.recv(65536):
        received += data
    return received


def test_slow_clients_hold_nobody_up(service):
    """Twenty clients that send a byte at a time, while two threads serve the others; late ones are refused."""
    stop = threading.Event()
    replies = []

    def drip():
        with socket.create_connection(("127.0.0.1", service.port), timeout=60) as client:
            head = b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: message/rfc822\r\nContent-Length: 500000\r\n\r\n"
            client.sendall(head[:20])
            for byte in head[20:] + b"x" * 10_000:
                client.settimeout(0.2)
                try:
                    replies.append(client.recv(20))
                    return
                except TimeoutError:
                    client.sendall(bytes([byte]))
                if stop.is_set():
                    return

    dripping = [threading.Thread(target=drip) for _ in range(20)]
    for thread in dripping:
        thread.start()
    for _ in range(5):
        assert answers(service)
        assert service.request("GET", "/healthz")[0] == 200
    service.until(lambda: len(replies) == 20)
    stop.set()
    for thread in dripping:
        thread.join()
    assert {reply[9:12] for reply in replies} == {b"408"}


def test_a_thousand_connections(service):
    clients = []
    try:
        for _ in range(1000):
            clients.append(socket.create_connection(("127.0.0.1", service.port), timeout=60))
        assert answers(service)
        for client in clients[::50]:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert _all(client).startswith(b"HTTP/1.1 200")
    finally:
        for client in clients:
            client.close()
    assert answers(service)


def test_a_database_that_is_gone_stops_no_check(tmp_path):
    gone = Service(tmp_path, database="postgresql://presend:secret31337@127.0.0.1:1/presend")
    assert answers(gone)
    assert gone.request("GET", "/readyz")[0] == 200
    assert b"presend_records_queued 1.0" in gone.request("GET", "/metrics")[2]
    status, headers, _ = gone.request("GET", "/v1/rules", **{"X-API-Key": "presend_x"})
    assert (status, headers["Retry-After"]) == (503, "5")
    assert gone.stop() == 0
    assert CANARY not in gone.log and "secret31337" not in gone.log


LONG = b"Subject: x\n\n" + "请尽快处理B08XYZ1234库存105件\uff0c".encode() * 8000  # more than a second of work


def test_a_worker_killed_in_mid_check_is_replaced(tmp_path):
    service = Service(tmp_path, workers=2)
    first = service.workers()
    assert len(first) == 2
    before = {worker: _ticks(worker) for worker in first}
    outcomes = []

    def ask():
        try:
            outcomes.append(check(service, LONG, EML)[0])
        except (OSError, http.client.HTTPException):
            outcomes.append("lost")

    asking = [threading.Thread(target=ask) for _ in range(6)]
    for thread in asking:
        thread.start()
    service.until(lambda: max(_ticks(worker) - before[worker] for worker in first) > 20)
    killed = max(first, key=lambda worker: _ticks(worker) - before[worker])
    os.kill(killed, signal.SIGKILL)
    for _ in range(5):
        service.until(lambda: answers(service))  # the other one goes on, once it is through with what it has
    service.wait_for(rf"worker {killed} ended \(-9\)")
    service.until(lambda: len(service.workers()) == 2 and killed not in service.workers())
    for thread in asking:
        thread.join()
    assert "lost" in outcomes  # it was in the middle of a check
    assert set(outcomes) <= {"lost", 200, 503}
    assert service.stop() == 0
    assert service.workers() == []


def _ticks(process):
    """How long a process has been at work, in hundredths of a second."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11])


def test_a_stop_waits_for_the_answer(tmp_path):
    service = Service(tmp_path)
    answered = []
    before = _ticks(service.workers()[0])
    asking = threading.Thread(target=lambda: answered.append(check(service, LONG, EML)[0]))
    asking.start()
    service.until(lambda: _ticks(service.workers()[0]) - before > 20)  # it is at work
    assert service.stop() == 0
    asking.join()
    assert answered == [200]


def test_a_taken_port_is_told_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-c", PROGRAM, "serve", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert "taken" in done.stderr.decode() and "--port" in done.stderr.decode()

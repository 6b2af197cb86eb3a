"""What processes of the service share: rates in a real Redis (Debian's), and the figures of all workers in /metrics."""

import json
import os
import re
import shutil
import signal
import subprocess
from contextlib import contextmanager
from socket import socket

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry
from serving import Service

DRAFT = json.dumps({"from": "a@lantu-trade.cn", "to": ["b@lantu-trade.cn"], "subject": "s", "text": "请尽快处理"})
MOST = 5


class RedisServer:
    """A Redis of the test, in memory; stop() as when its host goes, start() as when it comes back empty."""

    def __init__(self, folder):
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self.start()

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, cwd=self._folder, stdout=subprocess.DEVNULL)
        retry = Retry(NoBackoff(), 0)
        with Redis(port=self.port, retry=retry) as client:
            while not self._answers(client):
                assert self.process.poll() is None

    def _answers(self, client):
        try:
            return client.ping()
        except RedisConnectionError:
            return False

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path):
    if not shutil.which("redis-server"):
        why = "Redis is not installed (make system)"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def answer(service):
    status, headers, _ = service.request("GET", "/v1/rules")
    return status, headers["Retry-After"]


@contextmanager
def host(folder, **how):
    """A service that is ended whatever the test meets."""
    folder.mkdir(exist_ok=True)
    service = Service(folder, **how)
    try:
        yield service
    finally:
        code = service.stop()
    assert code == 0, service.log


def test_two_hosts_count_in_redis_together_and_refuse_nobody_without_it(tmp_path, redis):
    how = {"rates": f'per_address = {MOST}\nredis = "{redis.url}"\n'}
    with host(tmp_path / "one", **how) as one, host(tmp_path / "two", **how) as two:
        assert [answer(one)[0] for _ in range(3)] + [answer(two)[0] for _ in range(3)] == [200] * MOST + [429]
        status, wait = answer(one)
        assert status == 429
        assert 0 < int(wait) <= 60
        redis.stop()
        assert [answer(either)[0] for either in (one, two) for _ in range(MOST + 1)] == [200] * 2 * (MOST + 1)
        redis.start()
        one.until(lambda: answer(one)[0] == 429)  # it is asked again after a while


def figures(service):
    """The sums of /metrics by name, their labels left out."""
    status, _, body = service.request("GET", "/metrics")
    assert status == 200
    found = {}
    for name, value in re.findall(r"^(presend_\w+)(?:\{[^}]*\})? (\S+)$", body.decode(), re.MULTILINE):
        found[name] = found.get(name, 0) + float(value)
    return found


@contextmanager
def alone(service, worker):
    """Only that worker takes connections."""
    others = [one for one in service.workers() if one != worker]
    for other in others:
        os.kill(other, signal.SIGSTOP)
    try:
        yield
    finally:
        for other in others:
            os.kill(other, signal.SIGCONT)


def test_metrics_add_up_over_workers_and_outlive_them(tmp_path):
    with host(tmp_path, workers=2, database="postgresql://presend:x@127.0.0.1:1/presend") as service:
        service.until(lambda: len(service.workers()) == 2)
        both = service.workers()
        for worker, times in zip(both, (3, 4), strict=True):
            with alone(service, worker):
                service.until(lambda: service.request("GET", "/readyz", patience=60)[0] == 200)
                assert [service.request("POST", "/v1/check", DRAFT)[0] for _ in range(times)] == [200] * times
        for worker in both:
            with alone(service, worker):
                seen = figures(service)
                assert (seen["presend_checks_total"], seen["presend_findings_total"] % 7) == (7, 0)
                assert (seen["presend_records_queued"], seen["presend_records_dropped_total"]) == (7, 0)
        for worker in both:
            os.kill(worker, signal.SIGTERM)
            service.wait_for(rf"worker {worker} ended \(0\)")
        service.until(lambda: len(service.workers()) == 2)
        seen = figures(service)
        assert (seen["presend_checks_total"], seen["presend_records_dropped_total"]) == (7, 7)
        assert seen.get("presend_records_queued", 0) == 0

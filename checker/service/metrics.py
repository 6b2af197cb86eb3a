"""GET /metrics: what Prometheus reads. Counts and times, by names of ours only."""

from __future__ import annotations

import os

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from checker.rule import Report
from checker.service.services import Services

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where the library keeps the counts that several processes share
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters of one app; with PROMETHEUS_MULTIPROC_DIR set at the start, of all workers together."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        self._requests = Counter("presend_requests", "Requests answered.", ["method", "route", "status"], registry=own)
        self._seconds = Histogram(
            "presend_request_seconds", "From request to answer.", ["route"], buckets=_SECONDS, registry=own
        )
        self._checks = Counter("presend_checks", "Mails checked.", ["verdict"], registry=own)
        self._findings = Counter("presend_findings", "Findings.", ["rule", "severity"], registry=own)
        self._incomplete = Counter("presend_incomplete", "Mails of which a part was left out.", ["why"], registry=own)
        self._crashes = Counter("presend_rule_crashes", "Rules or facts that crashed on a mail.", registry=own)
        waiting, lost = "Records that wait for the store.", "Records lost: the store was away for too long."
        self._queued = Gauge("presend_records_queued", waiting, registry=own, multiprocess_mode="livesum")
        # A counter: what a worker lost is still lost when that worker is gone.
        self._dropped = Counter("presend_records_dropped", lost, registry=own)
        self._dropped_before = 0

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def check(self, report: Report) -> None:
        """Count a mail."""
        self._checks.labels(report.verdict).inc()
        for finding in report.findings:
            self._findings.labels(finding.rule, finding.severity).inc()
        for why in {entry.why for entry in report.incomplete}:
            self._incomplete.labels(why).inc()
        self._crashes.inc(len(report.errors))

    def records(self, queued: int, dropped: int) -> None:
        """How the recorder stands; dropped: since its start. Not for several threads at once."""
        self._queued.set(queued)
        self._dropped.inc(dropped - self._dropped_before)
        self._dropped_before = dropped

    def text(self) -> bytes:
        """All of it, in Prometheus' text format."""
        if not os.environ.get(FOLDER):
            return generate_latest(self._registry)
        every = CollectorRegistry()
        MultiProcessCollector(every)  # type: ignore[no-untyped-call]
        return generate_latest(every)


def blueprint(services: Services) -> Blueprint:
    """The endpoint over the services."""
    pages = Blueprint("metrics", __name__)

    @pages.get("/metrics")
    @services.api.operation(tag="probes", gives="text/plain")
    def metrics() -> Response:
        """Counts and times for Prometheus."""
        return Response(services.metrics.text(), content_type=CONTENT_TYPE_LATEST)

    return pages

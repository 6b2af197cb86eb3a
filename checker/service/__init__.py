"""presend over HTTP: the app factory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Flask

from checker.current_setup import CurrentSetup
from checker.service import (
    access,
    addin_files,
    check,
    docs,
    feedback,
    fix,
    followups,
    guard,
    health,
    metrics,
    observe,
    overrides,
    pages,
    problems,
    queueing,
    rates,
    rules,
    templates_api,
)
from checker.service.api import Api
from checker.service.logs import logger
from checker.service.services import Services
from checker.service.settings import Settings, settings_of
from checker.service.warmth import Warmth
from checker.setup import Setup, set_up
from checker.state import secret
from checker.store.location import keeping, store_url
from checker.store.recorder import Recorder
from checker.store.standing import Standing
from checker.store.store import Store

# Every area of the service is one module with a function `blueprint(services)`.
_AREAS: tuple[Callable[[Services], Blueprint], ...] = (
    addin_files.blueprint,
    check.blueprint,
    fix.blueprint,
    overrides.blueprint,
    feedback.blueprint,
    followups.blueprint,
    rules.blueprint,
    health.blueprint,
    metrics.blueprint,
    docs.blueprint,
    pages.blueprint,
    templates_api.blueprint,
)
_EXTENSION = "presend"


def create_app(
    policy: Path | str | Setup | None = None,
    *,
    settings: Settings | None = None,
    store: Store | None = None,
    key: bytes | None = None,
    clock: Callable[[], datetime] | None = None,
    folder: Path | None = None,
    wait_until_warm: bool = True,
) -> Flask:
    """The service as a WSGI app.

    policy: the path of a presend.toml, or a policy that is set up already; None: found from the working directory
    upwards, as at the command line. settings: in place of its [service] table. store: in place of the policy's.
    key: what digests and tokens are keyed with, else the machine's secret. clock: the moment of sending of mails
    without a date. folder: what the processes of one service share (counters of rates); None: this is the only one.
    wait_until_warm: return when Presidio is loaded, which takes seconds once a process; else it is loaded behind.
    Raises RefusalError (policy, rules, the store's URL), FileError (the key file).
    """
    setup = policy if isinstance(policy, Setup) else set_up(Path(policy) if policy else None)
    settings = settings or settings_of(setup.company.doors["service"])
    clock = clock or (lambda: datetime.now().astimezone())
    store = store or Store(store_url(setup.company))
    counts = metrics.Metrics()
    services = Services(
        current=CurrentSetup(setup, clock),
        key=key or secret(),
        settings=settings,
        clock=clock,
        api=Api(),
        warmth=Warmth(),
        store=store,
        recorder=Recorder(store, keep=keeping(setup.company), clock=clock, told=counts.records),
        standing=Standing(store, clock),
        metrics=counts,
        log=logger(settings.log_level),
    )
    services.warmth.begin()
    if wait_until_warm:
        services.warmth.wait()
    return _app(services, folder)


def services_of(app: Flask) -> Services:
    """What an app of create_app was made with."""
    services: Services = app.extensions[_EXTENSION]
    return services


def _app(services: Services, folder: Path | None) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.extensions[_EXTENSION] = services
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = services.settings.most_bytes
    counters = rates.Rates(rates.storage_of(services.settings.redis, folder))
    # In the order in which a request meets them.
    observe.register(app, services)
    problems.register(app)
    queueing.register(app)
    guard.register(app, services)
    rates.register_addresses(app, services, counters)
    access.register(app, services)
    rates.register_callers(app, services, counters)
    for area in _AREAS:
        app.register_blueprint(area(services))
    return app

"""presend over HTTP: the app factory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Flask

from checker.service import addin_files, check, health, pages, problems
from checker.service.api import Api
from checker.service.services import Services
from checker.service.settings import settings_of
from checker.service.warmth import Warmth
from checker.setup import Setup, set_up
from checker.state import secret

# Every area of the service is one module with a function `blueprint(services)`.
_AREAS: tuple[Callable[[Services], Blueprint], ...] = (
    addin_files.blueprint,
    check.blueprint,
    health.blueprint,
    pages.blueprint,
)


def create_app(
    policy: Path | str | Setup | None = None,
    *,
    key: bytes | None = None,
    clock: Callable[[], datetime] | None = None,
    wait_until_warm: bool = True,
) -> Flask:
    """The service as a WSGI app.

    policy: the path of a presend.toml, or a policy that is set up already; None: found from the working directory
    upwards, as at the command line. key: what digests and tokens are keyed with, else the machine's secret. clock: the
    moment of sending of mails without a date. wait_until_warm: return when Presidio is loaded, which takes seconds once
    a process; else it is loaded behind. Raises RefusalError (policy, rules), FileError (the key file).
    """
    setup = policy if isinstance(policy, Setup) else set_up(Path(policy) if policy else None)
    services = Services(
        setup=setup,
        key=key or secret(),
        settings=settings_of(setup.company.doors["service"]),
        clock=clock or (lambda: datetime.now().astimezone()),
        api=Api(),
        warmth=Warmth(),
    )
    services.warmth.begin()
    if wait_until_warm:
        services.warmth.wait()
    return _app(services)


def _app(services: Services) -> Flask:
    app = Flask("checker.service", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = services.settings.most_bytes
    problems.register(app)
    for area in _AREAS:
        app.register_blueprint(area(services))
    return app

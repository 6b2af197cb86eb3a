"""Whether the service may open its door: on a public address only to those who show a key or a token."""

from __future__ import annotations

from dataclasses import replace

from checker.refusal import RefusalError
from checker.service.guard import is_loopback
from checker.service.settings import Settings, settings_of
from checker.service.worker import Plan
from checker.setup import Setup
from checker.store.location import store_url
from checker.store.store import Store


def plan_of(setup: Setup, *, host: str | None, port: int | None, workers: int | None) -> Plan:
    """What to run: the policy's settings, and what the command line says instead. Raises RefusalError, StoreError."""
    settings = settings_of(setup.company.doors["service"])
    settings = replace(settings, host=host or settings.host)
    if not is_loopback(settings.host):
        _refuse_open_door(setup, settings)
    return Plan(
        config=setup.config,
        host=settings.host,
        port=settings.port if port is None else port,
        workers=settings.workers if workers is None else workers,
    )


def _refuse_open_door(setup: Setup, settings: Settings) -> None:
    if settings.jwt is not None:
        return
    store = Store(store_url(setup.company))
    try:
        keys = store.keys()
    finally:
        store.close()
    if any(key.revoked is None for key in keys):
        return
    raise RefusalError(
        f"{settings.host} can be reached from other machines, and anybody there could call the service: "
        "make a key first (presend keys add NAME), or set issuer, audience and jwks_url in [service.jwt]"
    )

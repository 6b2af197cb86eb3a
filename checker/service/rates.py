"""How often an address and a key may ask: counted over all workers, or over all hosts where there is Redis."""

from __future__ import annotations

import time
from pathlib import Path

from flask import Flask, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from checker.rule import Both
from checker.service.access import caller
from checker.service.counters import SqliteCounters
from checker.service.problems import ProblemError
from checker.service.server import PROBES
from checker.service.services import Services

_REDIS_PATIENCE = 0.25  # seconds
_AWAY = 5.0  # seconds for which counters that failed are left alone
_STATIC = "pages.static"
_ADDINS = "addin"


class Rates:
    """Counters of requests. Where they cannot be had, nobody is refused: the mail matters more."""

    def __init__(self, storage: Storage) -> None:
        self._limiter = FixedWindowRateLimiter(storage)
        self._away_until = 0.0

    def count(self, per_minute: float, *who: str) -> None:
        """Count a request. Raises ProblemError 429 past the limit; 0 = no limit."""
        if per_minute < 1 or time.monotonic() < self._away_until:
            return
        item = RateLimitItemPerMinute(int(per_minute))
        try:
            if self._limiter.hit(item, *who):
                return
            wait = self._seconds_left(item, who)
        except Exception:
            self._away_until = time.monotonic() + _AWAY
            return
        why = Both(f"每分钟最多 {int(per_minute)} 次请求。", f"At most {int(per_minute)} requests a minute.")
        raise ProblemError("rate", why, retry_after=wait)

    def _seconds_left(self, item: RateLimitItem, who: tuple[str, ...]) -> int:
        return max(1, round(self._limiter.get_window_stats(item, *who).reset_time - time.time()))


def storage_of(redis: str, folder: Path | None) -> Storage:
    """Counters in Redis (URL), else in a file of the folder that all workers share, else of this process."""
    if redis:
        seconds = {"socket_timeout": _REDIS_PATIENCE, "socket_connect_timeout": _REDIS_PATIENCE}
        return storage_from_string(redis, **seconds)  # type: ignore[return-value]
    return SqliteCounters(folder / "rates.sqlite") if folder else MemoryStorage()


def register_addresses(app: Flask, services: Services, rates: Rates) -> None:
    """
    Count every request by the address it comes from; also those whose key will turn out wrong.

    Files of the page and of the add-ins do not count: one visit asks for several, they cost nothing, and a page without
    its script is broken without a word, where a refused check is explained. Nor do probes: who watches the service may
    have the address of all its users, that of a proxy, and would take it for ill.
    """

    @app.before_request
    def by_address() -> None:
        if request.endpoint == _STATIC or request.blueprint == _ADDINS or request.path in PROBES:
            return
        rates.count(services.settings.per_address, "address", request.remote_addr or "")


def register_callers(app: Flask, services: Services, rates: Rates) -> None:
    """Count every request by the key or the token's subject."""

    @app.before_request
    def by_caller() -> None:
        name = caller()
        if name:
            rates.count(services.settings.per_key, "caller", name)

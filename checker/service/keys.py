"""Keys of the store, remembered for some seconds; the last known ones count while the store is away."""

from __future__ import annotations

import hashlib
import time
from typing import NamedTuple

from checker.rule import Both
from checker.service.problems import ProblemError
from checker.service.services import Services
from checker.store.store import StoreError

_FRESH = 10.0  # seconds for which a key is not asked for again: so long a revoked one may still be used
_MOST = 10_000  # keys remembered


class _Known(NamedTuple):
    name: str
    until: float


class KnownKeys:
    """What keys are called. Any thread may ask."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._known: dict[str, _Known] = {}

    def name(self, shown: str) -> str:
        """The name of a key. Raises ProblemError: 401 it is none, 503 the store cannot tell."""
        mark = hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()
        known = self._known.get(mark)
        if known and time.monotonic() < known.until:
            return known.name
        try:
            record = self._services.store.key_of(shown, self._services.clock())
        except StoreError:
            if known:
                return known.name
            why = Both("暂时无法核对密钥。", "The key cannot be verified at the moment.")
            raise ProblemError("unavailable", why, retry_after=5) from None
        if record is None:
            self._known.pop(mark, None)
            raise ProblemError(
                "unauthorized",
                Both("密钥无效或已撤销。", "The key is unknown or revoked."),
                headers={"WWW-Authenticate": 'Bearer realm="presend", error="invalid_token"'},
            )
        self._remember(mark, f"key {record.id}")
        return f"key {record.id}"

    def _remember(self, mark: str, name: str) -> None:
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[mark] = _Known(name, time.monotonic() + _FRESH)

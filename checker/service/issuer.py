"""An issuer's signing keys, fetched when they are needed; the last good ones serve while the issuer is away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from threading import Lock
from typing import Any
from urllib.request import urlopen

import jwt

_FRESH = 600.0  # seconds until the keys are asked for again
_UNKNOWN = 30.0  # seconds between two questions for a key that is not among them: issuers turn their keys over
_AWAY = 10.0  # seconds between two tries while the issuer is away
_PATIENCE = 2.0  # seconds that one question may take
_MOST = 1_000_000  # bytes of an answer

Fetch = Callable[[str], bytes]


class IssuerAwayError(Exception):
    """The issuer's keys were never had, and cannot be had now."""


def fetched(url: str) -> bytes:
    """What the URL gives. Raises OSError, ValueError."""
    with urlopen(url, timeout=_PATIENCE) as answer:
        content: bytes = answer.read(_MOST + 1)
    if len(content) > _MOST:
        raise ValueError("too long for a key set")
    return content


class IssuerKeys:
    """The keys by their ids. Any thread may ask; one at a time fetches."""

    def __init__(self, url: str, *, fetch: Fetch = fetched, clock: Callable[[], float] = time.monotonic) -> None:
        self._url, self._fetch, self._clock = url, fetch, clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._next = 0.0  # when the keys may be asked for again
        self._stale = 0.0  # when they have to be
        self._lock = Lock()

    def key(self, kid: str) -> jwt.PyJWK:
        """The key of an id. Raises IssuerAwayError; jwt.PyJWTError: the issuer has no such key."""
        if kid not in self._keys or self._clock() >= self._stale:
            with self._lock:
                self._refresh(kid)
        if not self._keys:
            raise IssuerAwayError
        if kid not in self._keys:
            raise jwt.PyJWKSetError("no key of that id")
        return self._keys[kid]

    def _refresh(self, kid: str) -> None:
        now = self._clock()
        if now < self._next or (kid in self._keys and now < self._stale):
            return
        try:
            self._keys = _read(self._fetch(self._url))
            self._next, self._stale = now + _UNKNOWN, now + _FRESH
        except (OSError, ValueError, jwt.PyJWTError):
            self._next = now + _AWAY
            self._stale = max(self._stale, self._next)


def _read(content: bytes) -> dict[str, jwt.PyJWK]:
    """The keys of a JWKS document. Raises ValueError, jwt.PyJWTError: it is none, or has no usable key."""
    document: Any = json.loads(content)
    if not isinstance(document, dict):
        raise ValueError("no key set")
    return {key.key_id or "": key for key in jwt.PyJWKSet.from_dict(document).keys}

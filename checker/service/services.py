"""What every blueprint is given: policy and rules, the secret, settings, clock, store, the description of the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checker.service.api import Api
from checker.service.settings import Settings
from checker.service.warmth import Warmth
from checker.setup import Setup


@dataclass(frozen=True, slots=True)
class Services:
    """Made once by create_app, shared by all threads. clock gives the moment, with its zone."""

    setup: Setup
    key: bytes  # of digests, fingerprints and tokens
    settings: Settings
    clock: Callable[[], datetime]
    api: Api
    warmth: Warmth
    store: Any = None  # checker.store.Store; None: there is none, or it cannot be opened now
    recorder: Any = None

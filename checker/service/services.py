"""What every blueprint is given: policy and rules, the secret, settings, clock, store, the description of the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from checker.current_setup import CurrentSetup
from checker.service.api import Api
from checker.service.settings import Settings
from checker.service.warmth import Warmth
from checker.setup import Setup
from checker.store.recorder import Recorder
from checker.store.standing import Standing
from checker.store.store import Store

if TYPE_CHECKING:
    from checker.service.metrics import Metrics  # its endpoint is made over the services


@dataclass(frozen=True, slots=True)
class Services:
    """Made once by create_app, shared by all threads. clock gives the moment, with its zone."""

    current: CurrentSetup
    key: bytes  # of digests, fingerprints and tokens
    settings: Settings
    clock: Callable[[], datetime]
    api: Api
    warmth: Warmth
    store: Store  # connects when it is first used; every method may raise StoreError
    recorder: Recorder
    standing: Standing  # the waivers in force
    metrics: Metrics
    log: Any  # a structlog logger: names and numbers only

    @property
    def setup(self) -> Setup:
        """The policy, with the seller's reports as last read. Ask once a request."""
        return self.current.now()

    def close(self) -> None:
        """Write what waits for the store, and let go of it."""
        self.standing.close()
        self.recorder.close()
        self.store.close()

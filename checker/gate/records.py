"""What the gate knows of a mail from the store, and what it writes there; a store that is away stops no mail."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime

from checker.gate.checking import Judgement
from checker.identity import person
from checker.store.recorder import Recorder
from checker.store.records import CheckRecord
from checker.store.store import Store, StoreError

_LIMIT = 1.0  # seconds that a mail waits for the store


class StoreRecords:
    """Waivers and overrides out of a store, records of checks into it."""

    def __init__(self, store: Store, recorder: Recorder, key: bytes) -> None:
        self._store, self._recorder, self._key = store, recorder, key

    async def waivers(self, judgement: Judgement) -> frozenset[str]:
        """What organisation and sender let pass of this mail; nothing where the store is away."""
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._marks, judgement.digest), _LIMIT)
        except (StoreError, TimeoutError):
            return frozenset()

    def _marks(self, digest: str) -> frozenset[str]:
        now = datetime.now(UTC)
        return self._store.overrides(digest, now) | {waiver.mark for waiver in self._store.waivers(now)}

    def note(self, judgement: Judgement, sender: str) -> None:
        """Have the check written: rules and numbers, the sender as a keyed hash."""
        counts = Counter(f.rule for f in judgement.faults if not f.waived)
        self._recorder.put(
            CheckRecord(
                at=datetime.now(UTC),
                door="gate",
                ruleset=judgement.ruleset,
                verdict=judgement.verdict,
                scenario=judgement.scenario,
                counts=counts,
                sender=person(sender, self._key) if sender else "",
                digest=judgement.digest,
                overridden=sum(f.waived for f in judgement.faults),
                seconds=judgement.seconds,
            )
        )

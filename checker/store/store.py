"""The store: what doors and commands write and ask for. One object a process; any thread may call its methods."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, select, update

from checker.store import statistics
from checker.store.database import Database, RecordError, StoreError
from checker.store.records import (
    REASON_LIMIT,
    CheckRecord,
    FeedbackRecord,
    FollowUp,
    KeyRecord,
    OverrideRecord,
    Record,
    Stats,
    WaiverRecord,
)
from checker.store.rows import all_records, insert_row, record_of, row_of, write
from checker.store.schema import CHECKS, FEEDBACK, FOLLOWUPS, KEYS, OVERRIDES, WAIVERS

__all__ = ["RecordError", "Store", "StoreError"]

_KEY_PREFIX = "presend_"  # secret scanners find a key that was committed by it
_KEY_BYTES = 32
_USE_TOLD = timedelta(hours=1)  # how fresh a key's last_used is kept
_PURGED_AT_ONCE = 5000  # rows deleted in one transaction: others write in between


class Store:
    """Every method may raise StoreError: the database is away, locked or full. Nothing is then written."""

    def __init__(self, url: str) -> None:
        """Connects at the first use, and brings the schema up to date then. Raises StoreError: no usable URL."""
        self._database = Database(url)

    @classmethod
    def open(cls, url: str) -> Store:
        """A store whose database answers and has this program's schema. url: sqlite:///… or postgresql://…"""
        store = cls(url)
        try:
            store.ping()
        except StoreError:
            store.close()
            raise
        return store

    @property
    def name(self) -> str:
        """The database's URL without password and parameters."""
        return self._database.name

    def ping(self) -> None:
        """Whether the database answers."""
        with self._database.reading() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    # What the recorder writes.

    def record(self, records: Sequence[Record]) -> None:
        """Write records of any kind, all or none. Raises RecordError too: one of them is not taken."""
        with self._database.writing() as connection:
            for record in records:
                write(connection, record)

    def record_check(self, record: CheckRecord) -> None:
        """Write one check."""
        self.record([record])

    def add_override(self, record: OverrideRecord) -> None:
        """Write what a sender overrode."""
        self.record([record])

    def add_feedback(self, record: FeedbackRecord) -> None:
        """Write what a person says of a finding, in place of what the same person said of it before."""
        self.record([record])

    def add_followup(self, followup: FollowUp) -> None:
        """Write a follow-up, in place of one of the same mail that is due at the same time."""
        self.record([followup])

    # What is asked for.

    def overrides(self, digest: str, now: datetime) -> frozenset[str]:
        """Fingerprints that senders overrode in the mail of that digest and that have not expired at `now`."""
        wanted = select(OVERRIDES.c.fingerprint).where(OVERRIDES.c.digest == digest, OVERRIDES.c.expires > now)
        with self._database.reading() as connection:
            return frozenset(connection.scalars(wanted))

    def all_overrides(self) -> dict[str, frozenset[str]]:
        """Fingerprints of every override that is kept, expired or not, by the digest of its mail."""
        found: dict[str, set[str]] = {}
        with self._database.reading() as connection:
            for digest, fingerprint in connection.execute(select(OVERRIDES.c.digest, OVERRIDES.c.fingerprint)):
                found.setdefault(digest, set()).add(fingerprint)
        return {digest: frozenset(marks) for digest, marks in found.items()}

    def due_followups(self, now: datetime) -> tuple[FollowUp, ...]:
        """Follow-ups that are due at `now` and not done, the oldest first."""
        with self._database.reading() as connection:
            return statistics.due(connection, now)

    def settle_followups(self, digest: str, now: datetime) -> int:
        """Mark every open follow-up of a mail as done. Gives how many there were."""
        open_ones = (FOLLOWUPS.c.digest == digest, FOLLOWUPS.c.done.is_(None))
        with self._database.writing() as connection:
            return connection.execute(update(FOLLOWUPS).where(*open_ones).values(done=now)).rowcount

    def stats(self, since: datetime, until: datetime) -> Stats:
        """Figures of [since, until); days are those of since's zone."""
        with self._database.reading() as connection:
            return statistics.stats(connection, since, until)

    # Waivers.

    def add_waiver(
        self, *, rule: str = "", fingerprint: str = "", owner: str, reason: str, expires: datetime, now: datetime
    ) -> WaiverRecord:
        """Let pass what a glob of rule ids, or a fingerprint, names. Raises ValueError: both or neither are given."""
        if bool(rule) == bool(fingerprint):
            raise ValueError("a waiver names a rule or a fingerprint, and not both")
        record = WaiverRecord(0, rule, fingerprint, owner, reason[:REASON_LIMIT], expires, now)
        names = ("rule", "fingerprint", "owner", "reason", "expires", "made")
        with self._database.writing() as connection:
            return replace(record, id=insert_row(connection, WAIVERS, row_of(record, names)))

    def end_waiver(self, waiver: int, now: datetime) -> bool:
        """End a waiver before it expires. False: there is none of that number in force."""
        in_force = (WAIVERS.c.id == waiver, WAIVERS.c.expires > now, WAIVERS.c.ended.is_(None))
        with self._database.writing() as connection:
            return connection.execute(update(WAIVERS).where(*in_force).values(ended=now)).rowcount > 0

    def waivers(self, now: datetime) -> tuple[WaiverRecord, ...]:
        """The waivers in force at `now`: neither expired nor ended by then."""
        return tuple(waiver for waiver in self.all_waivers() if waiver.in_force(now))

    def all_waivers(self) -> tuple[WaiverRecord, ...]:
        """Every waiver that is kept, in the order made."""
        with self._database.reading() as connection:
            return all_records(connection, WAIVERS, WaiverRecord)

    # Keys of the service.

    def add_key(self, name: str, now: datetime) -> tuple[KeyRecord, str]:
        """A new key: its record, and the key itself, which is nowhere kept."""
        plain = _KEY_PREFIX + secrets.token_urlsafe(_KEY_BYTES)
        row = {"name": name, "made": now}
        with self._database.writing() as connection:
            number = insert_row(connection, KEYS, {**row, "hash": _hash(plain)})
        return KeyRecord(number, name, now), plain

    def keys(self) -> tuple[KeyRecord, ...]:
        """Every key, revoked ones included, in the order made."""
        with self._database.reading() as connection:
            return all_records(connection, KEYS, KeyRecord)

    def revoke_key(self, key: int, now: datetime) -> bool:
        """A key that is refused from now on. False: there is none of that number, or it is revoked already."""
        valid = (KEYS.c.id == key, KEYS.c.revoked.is_(None))
        with self._database.writing() as connection:
            return connection.execute(update(KEYS).where(*valid).values(revoked=now)).rowcount > 0

    def key_of(self, plain: str, now: datetime) -> KeyRecord | None:
        """The record of a key that is presented; None where it is unknown or revoked."""
        wanted = select(KEYS).where(KEYS.c.hash == _hash(plain), KEYS.c.revoked.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        if row.last_used is None or now - row.last_used > _USE_TOLD:
            with suppress(StoreError), self._database.writing() as connection:  # a full disk locks nobody out
                connection.execute(update(KEYS).where(KEYS.c.id == row.id).values(last_used=now))
        return record_of(row, KeyRecord)

    # Retention.

    def purge(self, before: datetime) -> int:
        """Delete what is older: checks, overrides and feedback by their time, the rest by when it ended. Gives rows."""
        gone = {
            CHECKS: CHECKS.c.at < before,
            OVERRIDES: OVERRIDES.c.expires < before,
            FEEDBACK: FEEDBACK.c.at < before,
            FOLLOWUPS: FOLLOWUPS.c.due < before,
            WAIVERS: (WAIVERS.c.expires < before) | (WAIVERS.c.ended < before),
            KEYS: KEYS.c.revoked < before,
        }
        return sum(self._purge(table, condition) for table, condition in gone.items())

    def _purge(self, table: Table, condition: Any) -> int:
        some = select(table.c.id).where(condition).limit(_PURGED_AT_ONCE)
        deleted = 0
        while True:
            with self._database.writing() as connection:
                rows = connection.execute(delete(table).where(table.c.id.in_(some))).rowcount
            deleted += rows
            if rows < _PURGED_AT_ONCE:
                return deleted


def _hash(plain: str) -> str:
    """A key has 256 random bits: no salt and no slow hash would make it harder to find."""
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()

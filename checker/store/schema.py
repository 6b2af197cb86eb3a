"""The tables. Moments are whole microseconds since 1970 in UTC: the same value and arithmetic on every database."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_UNTOLD = re.compile("[\0\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A datetime with a zone, kept as microseconds since 1970; read in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:  # noqa: ARG002 - its signature
        """Microseconds of a moment. Raises TypeError: it has no zone."""
        return None if value is None else (value - _EPOCH) // _TICK

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - its signature
        """The moment of so many microseconds."""
        return None if value is None else _EPOCH + value * _TICK


class Words(TypeDecorator[str]):
    """A text that every database takes; pg8000 loses its place in the protocol where one cannot be encoded."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002 - its signature
        """The text. Raises ValueError: it holds a NUL or half a surrogate pair."""
        if value is not None and _UNTOLD.search(value):
            raise ValueError("a text holds a character that is none")
        return value


METADATA = MetaData()

CHECKS = Table(
    "checks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("door", Words, nullable=False),
    Column("ruleset", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("scenario", Words, nullable=False),
    Column("sender", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("overridden", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
)
COUNTS = Table(
    "check_rules",
    METADATA,
    Column("check_id", Integer, ForeignKey("checks.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", Words, primary_key=True),
    Column("findings", Integer, nullable=False),
)
OVERRIDES = Table(
    "overrides",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("digest", Words, nullable=False, index=True),
    Column("ruleset", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("expires", Moment, nullable=False),
)
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("rule", Words, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("person", Words, nullable=False),
    Index("ix_feedback_whose", "fingerprint", "person"),
)
FOLLOWUPS = Table(
    "followups",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("digest", Words, nullable=False, index=True),
    Column("due", Moment, nullable=False, index=True),
    Column("made", Moment, nullable=False),
    Column("done", Moment),
)
WAIVERS = Table(
    "waivers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("rule", Words, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("owner", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("made", Moment, nullable=False),
    Column("ended", Moment),
)
KEYS = Table(
    "keys",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("hash", Words, nullable=False, unique=True),
    Column("made", Moment, nullable=False),
    Column("revoked", Moment),
    Column("last_used", Moment),
)

"""The first schema."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, String

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Every table of the first release."""
    _checks()
    op.create_table(
        "overrides",
        Column("id", Integer, primary_key=True),
        Column("at", BigInteger, nullable=False, index=True),
        Column("digest", String, nullable=False, index=True),
        Column("ruleset", String, nullable=False),
        Column("rule", String, nullable=False),
        Column("fingerprint", String, nullable=False),
        Column("reason", String, nullable=False),
        Column("person", String, nullable=False),
        Column("expires", BigInteger, nullable=False),
    )
    op.create_table(
        "feedback",
        Column("id", Integer, primary_key=True),
        Column("at", BigInteger, nullable=False, index=True),
        Column("rule", String, nullable=False),
        Column("fingerprint", String, nullable=False),
        Column("verdict", String, nullable=False),
        Column("person", String, nullable=False),
    )
    op.create_index("ix_feedback_whose", "feedback", ["fingerprint", "person"])
    op.create_table(
        "followups",
        Column("id", Integer, primary_key=True),
        Column("digest", String, nullable=False, index=True),
        Column("due", BigInteger, nullable=False, index=True),
        Column("made", BigInteger, nullable=False),
        Column("done", BigInteger),
    )
    _keys_and_waivers()


def _checks() -> None:
    op.create_table(
        "checks",
        Column("id", Integer, primary_key=True),
        Column("at", BigInteger, nullable=False, index=True),
        Column("door", String, nullable=False),
        Column("ruleset", String, nullable=False),
        Column("verdict", String, nullable=False),
        Column("scenario", String, nullable=False),
        Column("sender", String, nullable=False),
        Column("digest", String, nullable=False),
        Column("overridden", Integer, nullable=False),
        Column("seconds", Float, nullable=False),
    )
    op.create_table(
        "check_rules",
        Column("check_id", Integer, ForeignKey("checks.id", ondelete="CASCADE"), primary_key=True),
        Column("rule", String, primary_key=True),
        Column("findings", Integer, nullable=False),
    )


def _keys_and_waivers() -> None:
    op.create_table(
        "waivers",
        Column("id", Integer, primary_key=True),
        Column("rule", String, nullable=False),
        Column("fingerprint", String, nullable=False),
        Column("owner", String, nullable=False),
        Column("reason", String, nullable=False),
        Column("expires", BigInteger, nullable=False),
        Column("made", BigInteger, nullable=False),
        Column("ended", BigInteger),
    )
    op.create_table(
        "keys",
        Column("id", Integer, primary_key=True),
        Column("name", String, nullable=False),
        Column("hash", String, nullable=False, unique=True),
        Column("made", BigInteger, nullable=False),
        Column("revoked", BigInteger),
        Column("last_used", BigInteger),
    )

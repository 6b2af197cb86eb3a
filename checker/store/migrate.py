"""Bring a database to the schema of this program, once, however many processes start at the same moment."""

from __future__ import annotations

import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 7_306_086_957  # any number, the same for ever: PostgreSQL's advisory lock of presend's migrations
_PATIENCE = 30.0  # seconds that a process waits for another's migration


class NewerError(ValueError):
    """The database was made by a newer presend."""


def migrate(engine: Engine) -> None:
    """The schema of this program. Raises NewerError, and what SQLAlchemy raises; then nothing was changed."""
    config = alembic_config()
    head = ScriptDirectory.from_config(config).get_current_head()
    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        found = MigrationContext.configure(connection).get_current_revision()
        if found != head:
            _upgrade(connection, config, found)


def alembic_config() -> Config:
    """Where alembic finds the revisions; its commands want `attributes["connection"]` too."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config


def _upgrade(connection: Connection, config: Config, found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise NewerError(f"was made by a newer presend (revision {found}); update presend, or name another database")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _write_ahead(engine: Engine) -> None:
    """SQLite's WAL, which the file remembers. The change does not wait for other processes: tried until it is made."""
    until = time.monotonic() + _PATIENCE
    while True:
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
            return
        except engine.dialect.loaded_dbapi.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise OperationalError("PRAGMA journal_mode", None, error) from None
            time.sleep(0.05)
        finally:
            connection.close()

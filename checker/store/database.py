"""A database by its URL: the engine, its transactions, its schema, and errors as one line."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError, StatementError

from checker.refusal import RefusalError
from checker.store.migrate import NewerError, migrate

_PORT = 5432
_PATIENCE = 5.0  # seconds that a statement waits for a lock, and a connection for the server
_SSL: Mapping[str, Any] = {
    "disable": False,
    "prefer": None,
    "require": True,
    "verify-full": ssl.create_default_context,
}
_REFUSING = ("22", "23", "54")  # classes of SQLSTATE: data exception, constraint violated, too long
_FORMS = "allowed: sqlite:///FOLDER/presend.db, postgresql://USER:PASSWORD@HOST/NAME"


class StoreError(RefusalError):
    """The database cannot be used now: which, and why. Never a value of a row."""


class RecordError(StoreError):
    """The database works, but takes not this record: trying again is no use."""


class Database:
    """Transactions on a database, whose schema is brought up to date before the first one. Thread-safe."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet. Raises StoreError: no URL of a database that presend knows."""
        self._url = _read_url(url)
        self.name = _shown(self._url)
        self.engine = _engine(self._url)
        self._lock = threading.Lock()
        self._current = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: with SQLite it waits for nobody. Raises StoreError."""
        with self._begun("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, whole or not at all. Raises StoreError, RecordError."""
        with self._begun("BEGIN IMMEDIATE") as connection:
            yield connection

    def close(self) -> None:
        """Give the connections back; the next transaction opens new ones."""
        self.engine.dispose()

    def make_file(self) -> None:
        """SQLite's folder and file, for their owner only; nothing where they are there. Raises OSError."""
        if self._url.drivername == "sqlite":
            path = Path(str(self._url.database))
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    @contextmanager
    def _begun(self, begin: str) -> Iterator[Connection]:
        try:
            self._bring_up_to_date()
            with self.engine.connect() as connection:
                connection.execution_options(begin=begin)
                with connection.begin():
                    yield connection
        except NewerError as error:
            raise StoreError(f"{self.name}: {error}") from None
        except (SQLAlchemyError, OSError) as error:
            kind = RecordError if _refuses_the_record(error) else StoreError
            raise kind(f"{self.name}: {_why(error)}") from None

    def _bring_up_to_date(self) -> None:
        if self._current:
            return
        with self._lock:
            if not self._current:
                self.make_file()
                migrate(self.engine)
                self._current = True


def _read_url(url: str) -> URL:
    try:
        given = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"store.url: is no URL of a database; {_FORMS}") from None
    name = given.drivername.partition("+")[0]
    if name in ("postgresql", "postgres") and given.host and given.database:
        return given.set(drivername="postgresql+pg8000")
    if given.drivername == "sqlite" and given.database not in (None, "", ":memory:"):
        return given
    raise StoreError(f"store.url: {_shown(given)} is not allowed; {_FORMS}")


def _shown(url: URL) -> str:
    """Without password, parameters and driver."""
    return url.set(drivername=url.drivername.partition("+")[0], query={}).render_as_string()


def _engine(url: URL) -> Engine:
    common = {"hide_parameters": True, "pool_timeout": _PATIENCE}
    if url.drivername == "sqlite":
        engine = create_engine(url, connect_args={"timeout": _PATIENCE}, **common)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    arguments = {"timeout": _PATIENCE, "application_name": "presend", "ssl_context": _ssl(url)}
    return create_engine(url.difference_update_query(["sslmode"]), connect_args=arguments, pool_pre_ping=True, **common)


def _ssl(url: URL) -> Any:
    for key in url.query:
        if key != "sslmode":
            raise StoreError(f"store.url: unknown parameter {key}; allowed: sslmode")
    mode = url.query.get("sslmode", "prefer")
    if mode not in _SSL:
        raise StoreError(f"store.url: sslmode {mode} is not allowed; allowed: {', '.join(_SSL)}")
    return _SSL[str(mode)]() if callable(_SSL[str(mode)]) else _SSL[str(mode)]


def _connect(dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> Any:
    """pg8000 on a socket of ours: of its own, it leaves one open for every connection that the server refuses."""
    given = socket.create_connection((parameters["host"], parameters.get("port", _PORT)), _PATIENCE)
    try:
        given.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return dialect.loaded_dbapi.connect(sock=given, **parameters)
    except BaseException:
        given.close()
        raise


def _give_up_broken(context: ExceptionContext) -> None:
    """Whatever is no answer of the server leaves pg8000 in the middle of one: the connection is of no more use."""
    dbapi = context.dialect.loaded_dbapi
    context.is_disconnect = not isinstance(context.original_exception, dbapi.DatabaseError)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """WAL: readers and one writer at once. The driver's own transactions are off: _begin_sqlite says which kind."""
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that begins as a reader and then writes fails at once where another has written in between.
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))


def _refuses_the_record(error: Exception) -> bool:
    """The database works, and what it was given does not fit it."""
    if not isinstance(error, StatementError):
        return False
    if isinstance(error, (DataError, IntegrityError)) or isinstance(error.orig, (ValueError, TypeError)):
        return True
    return str(_answer(error.orig).get("C", ""))[:2] in _REFUSING


def _answer(origin: BaseException | None) -> Mapping[str, Any]:
    """The fields of PostgreSQL's answer: C its SQLSTATE, M the message, D details with values."""
    first = origin.args[0] if origin is not None and origin.args else None
    return first if isinstance(first, dict) else {}


def _why(error: Exception) -> str:
    """The driver's own words, without statement, values and details."""
    origin = error.orig if isinstance(error, StatementError) else error
    words = origin.strerror or origin if isinstance(origin, OSError) else _answer(origin).get("M", origin)
    return str(words or "").strip().partition("\n")[0] or type(error).__name__

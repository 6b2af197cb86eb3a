"""Databases of every age come to the schema of this program, one process at a time."""

import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from test_store import NOW

from checker.store.database import Database
from checker.store.migrate import alembic_config
from checker.store.schema import METADATA
from checker.store.store import Store, StoreError

PROCESSES, EACH = 4, 25


@pytest.fixture
def engine(database_url):
    """A connection pool past the store, on a database that may be empty."""
    database = Database(database_url)
    if database.engine.dialect.name == "sqlite":
        database.make_file()
    yield database.engine
    database.close()


def at_revision(engine, revision):
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_an_empty_database_gets_the_schema_that_the_program_has(database_url, engine):
    Store.open(database_url).close()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA) == []
        indexes = {i["name"] for table in METADATA.tables for i in inspect(connection).get_indexes(table)}
    assert {"ix_checks_at", "ix_overrides_digest", "ix_feedback_whose"} <= indexes


# A row of every table of the first release, as it wrote them.
FIRST = {
    "checks": "1, 1773108000000000, 'service', 'r', 'block', 'restock', 's', 'd', 1, 0.5",
    "check_rules": "1, 'tone/blame', 2",
    "overrides": "1, 1773108000000000, 'd', 'r', 'tone/blame', 'f', 'why', 'me', 1773111600000000",
    "feedback": "1, 1773108000000000, 'tone/blame', 'f', 'useful', 'me'",
    "followups": "1, 'd', 1773108000000000, 1773108000000000, NULL",
    "waivers": "1, 'tone/*', '', 'o', 'r', 1773194400000000, 1773108000000000, NULL",
    "keys": "1, 'n', 'h', 1773108000000000, NULL, NULL",
}


def test_a_database_of_the_first_revision_keeps_its_rows(database_url, engine):
    at_revision(engine, "0001")
    assert set(FIRST) == set(METADATA.tables)
    with engine.begin() as connection:
        for table, row in FIRST.items():
            connection.execute(text(f"INSERT INTO {table} VALUES ({row})"))
    store = Store.open(database_url)
    stats = store.stats(NOW, NOW.replace(day=11))
    assert [d[1:] for d in stats.days] == [(0, 0, 1), (0, 0, 0)]
    assert stats.rules == (("tone/blame", 2, 1, 1, 0, 1),)
    assert [line.reason for line in stats.overrides] == ["why"]
    assert store.overrides("d", NOW) == {"f"}
    assert [w.mark for w in store.waivers(NOW)] == ["tone/*"]
    kept = store.keys()
    assert [k.name for k in kept] == ["n"]
    assert [f.digest for f in store.due_followups(NOW)] == ["d"]
    store.close()


def test_a_database_of_a_newer_program_is_told_and_left_alone(database_url, engine):
    Store.open(database_url).close()
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"made by a newer presend \(revision 9999\); update presend"):
        Store.open(database_url)


WRITER = """
import sys
from checker.store.store import Store
from test_store import check

print("ready", flush=True)
sys.stdin.readline()
store = Store.open(sys.argv[1])
for n in range(int(sys.argv[2])):
    store.record_check(check(counts={"tone/blame": 1}, digest=str(n)))
"""


def test_processes_that_start_at_once_make_one_schema_and_write_side_by_side(database_url, request):
    program = [sys.executable, "-c", WRITER, database_url, str(EACH)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(program, cwd=request.path.parent, **pipes) for _ in range(PROCESSES)]
    for process in running:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120)[1] for process in running]
    assert [(process.returncode, words) for process, words in zip(running, said, strict=True)] == [(0, "")] * PROCESSES
    store = Store.open(database_url)
    stats = store.stats(NOW, NOW.replace(day=11))
    assert [(r.findings, r.checks) for r in stats.rules] == [(PROCESSES * EACH, PROCESSES * EACH)]
    store.close()

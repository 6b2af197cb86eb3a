"""Records while the database is away, full or picky: checks go on, nothing is lost within bounds, the rest is counted."""

import gc
import sqlite3
import subprocess
import sys
import time
import warnings
from datetime import timedelta

import pytest
from test_store import DAY, HOUR, NOW, check, override

from checker.store.recorder import Recorder
from checker.store.standing import Standing
from checker.store.store import Store, StoreError

# pg8000 leaves the socket of a connection that broke to the garbage collector, which complains.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <socket.socket")


@pytest.fixture(scope="module", autouse=True)
def leftovers():
    """Collected before the tests of other modules look."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def eventually(true):
    """Waits for what a thread does soon; a minute is for a machine that is busy."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("did not come about within a minute")


def written(store):
    return sum(sum(day[1:]) for day in store.stats(NOW - 30 * DAY, NOW + DAY).days)


@pytest.fixture
def recorder(store):
    made = Recorder(store, limit=5)
    yield made
    made.close()


@pytest.fixture
def locked(tmp_path):
    """A SQLite store, and a connection that holds its only write lock."""
    path = tmp_path / "presend.db"
    opened = Store.open(f"sqlite:///{path}")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield opened, holder
    holder.close()
    opened.close()


def test_what_is_put_is_written_soon(store, recorder):
    assert recorder.put(check())
    assert recorder.put(override())
    eventually(lambda: recorder.queued == 0)
    assert written(store) == 1
    assert len(store.overrides("d", NOW)) == 1
    assert recorder.dropped == 0


def test_past_the_limit_records_are_dropped_and_counted(locked):
    store, holder = locked
    recorder = Recorder(store, limit=5)
    assert [recorder.put(check()) for _ in range(8)] == [True] * 5 + [False] * 3
    assert (recorder.queued, recorder.dropped) == (5, 3)
    holder.execute("COMMIT")
    eventually(lambda: recorder.queued == 0)
    assert written(store) == 5
    assert recorder.dropped == 3
    recorder.close()


def test_what_waits_and_what_was_dropped_is_told(locked):
    store, holder = locked
    told = []
    recorder = Recorder(store, limit=2, told=lambda *how: told.append(how))
    for _ in range(3):
        recorder.put(check())
    assert told[-1] == (2, 1)
    holder.execute("COMMIT")
    eventually(lambda: told[-1] == (0, 1))  # by the thread: no further mail is needed
    recorder.close()


def test_what_is_kept_now_is_queued_where_the_database_is_away(locked):
    store, holder = locked
    recorder = Recorder(store)
    assert recorder.keep(override())
    assert store.overrides("d", NOW) == frozenset()
    assert recorder.queued == 1
    holder.execute("COMMIT")
    eventually(lambda: store.overrides("d", NOW))
    eventually(lambda: recorder.queued == 0)
    assert recorder.keep(override(digest="e"))
    assert len(store.overrides("e", NOW)) == 1  # now, and not soon
    recorder.close()


def test_a_record_that_is_not_taken_holds_up_no_other(store, recorder):
    for scenario in ("restock", "\ud800", "ads"):
        assert recorder.put(check(scenario=scenario))
    eventually(lambda: recorder.queued == 0)
    assert written(store) == 2
    assert recorder.dropped == 1


def test_closing_writes_what_waits_and_counts_what_it_cannot(store, locked):
    recorder = Recorder(store)
    for _ in range(250):
        recorder.put(check())
    recorder.close(60)
    assert written(store) == 250
    assert not recorder.put(check())
    away = Recorder(locked[0])
    for _ in range(3):
        away.put(check())
    away.close(0.1)
    assert (away.queued, away.dropped) == (0, 3)


def test_old_records_are_purged_at_the_start(store):
    for days in (0, 10):
        store.record_check(check(NOW - days * DAY))
    for keep, left in [(None, 2), (timedelta(days=11), 2), (timedelta(days=9), 1)]:
        recorder = Recorder(store, keep=keep, clock=lambda: NOW)
        recorder.put(check(NOW - 20 * DAY, verdict="block"))  # written before the purge, in the same round
        recorder.close(60)
        kept = [d for d in store.stats(NOW - 15 * DAY, NOW + DAY).days if sum(d[1:])]
        assert len(kept) == left


def test_a_server_that_is_stopped_and_started_again_loses_nothing(postgres):
    store = Store.open(postgres.new_database())
    standing = Standing(store, lambda: NOW)
    recorder = Recorder(store)
    recorder.put(check())
    eventually(lambda: written(store) == 1)
    postgres.stop()
    try:
        assert all(recorder.put(check()) for _ in range(50))
        with pytest.raises(StoreError, match=r"^postgresql://presend@127\.0\.0\.1:\d+/d\d+: .+$"):
            store.ping()
        assert recorder.queued == 50
        assert standing.waivers() == frozenset()
    finally:
        postgres.start()
    eventually(lambda: recorder.queued == 0)
    assert written(store) == 51
    assert recorder.dropped == 0
    recorder.close()
    standing.close()
    store.close()


def test_a_store_can_be_made_while_its_server_is_away(postgres):
    target = postgres.new_database()
    postgres.stop()
    try:
        store = Store(target)
        recorder = Recorder(store)
        assert recorder.put(check())
        with pytest.raises(StoreError):
            Store.open(target)
    finally:
        postgres.start()
    eventually(lambda: recorder.queued == 0)
    assert written(store) == 1
    recorder.close()
    store.close()


FULL = """
import resource, sys, time
from pathlib import Path
from checker.store.recorder import Recorder
from checker.store.store import Store, StoreError
from test_recorder import eventually, written
from test_store import check

path = Path(sys.argv[1])
store = Store.open(f"sqlite:///{path}")
recorder = Recorder(store)
# No file of this process may grow: what a full disk does to SQLite.
grown = max(file.stat().st_size for file in path.parent.iterdir())
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (grown, hard))
assert all(recorder.put(check(counts={f"tone/rule-{n}": 1 for n in range(50)})) for _ in range(200))
try:
    while True:
        store.record_check(check())
except StoreError as error:
    told = str(error)
before = recorder.queued
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
eventually(lambda: recorder.queued == 0)
print(before > 0, recorder.dropped, written(store) >= 200, told.removeprefix(f"sqlite:///{path}: "))
"""


def test_a_full_disk_is_waited_for(tmp_path, request):
    command = [sys.executable, "-c", FULL, str(tmp_path / "db" / "presend.db")]
    done = subprocess.run(command, cwd=request.path.parent, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    queued, dropped, all_written, told = done.stdout.split(maxsplit=3)
    assert (queued, dropped, all_written) == ("True", "0", "True")
    assert told.strip() in ("disk I/O error", "database or disk is full")


def test_waivers_are_known_in_a_while_and_stay_known_while_the_database_is_away(store):
    store.add_waiver(rule="tone/*", owner="o", reason="r", expires=NOW + HOUR, now=NOW)
    now = [NOW]
    standing = Standing(store, lambda: now[0], every=0.05)
    assert standing.waivers() == {"tone/*"}
    added = store.add_waiver(rule="data/vague", owner="o", reason="r", expires=NOW + DAY, now=NOW)
    eventually(lambda: standing.waivers() == {"tone/*", "data/vague"})
    now[0] = NOW + HOUR
    assert standing.waivers() == {"data/vague"}  # without the database: the expiry is known
    store.end_waiver(added.id, NOW + HOUR)
    eventually(lambda: standing.waivers() == frozenset())
    standing.close()

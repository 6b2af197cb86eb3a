"""The second stage by itself: what SQLite keeps comes back, nothing is sorted whole, other rules' rows stay out."""

import sqlite3
import statistics
import subprocess
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command import ROOT
from hypothesis import given
from hypothesis import strategies as st

from checker.archive import findings_sarif, outputs, tables
from checker.archive.columns import restored, stored
from checker.archive.examine import Job
from checker.archive.loading import load
from checker.archive.response_times import spread_of
from checker.archive.results import joined
from checker.archive.rows import ROW
from checker.rule_folders import shipped_rules
from checker.setup import set_up

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
VALUES = [
    (pa.string(), TEXT),
    (pa.bool_(), st.booleans()),
    (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
    (pa.float64(), NUMBER),
    (pa.timestamp("us", tz="UTC"), st.datetimes(timezones=st.just(UTC))),
    (pa.list_(pa.string()), st.lists(TEXT, max_size=3)),
    (
        ROW.field("findings").type.value_type.field("numbers").type,
        st.lists(st.fixed_dictionaries({"name": TEXT, "value": NUMBER}), max_size=3),
    ),
]
COLUMN = st.one_of(
    [st.tuples(st.just(kind), st.lists(st.one_of(st.none(), values), max_size=4)) for kind, values in VALUES]
)


@given(COLUMN)
def test_what_sqlite_keeps_of_a_column_is_the_column(given_column):
    kind, values = given_column
    column = pa.array(values, kind)
    database = sqlite3.connect(":memory:")
    kept = [database.execute("SELECT ?", (value,)).fetchone()[0] for value in stored(column)]
    database.close()
    assert restored(kept, kind) == column


def row(position, **more):
    empty = {field.name: [] if pa.types.is_list(field.type) else None for field in ROW}
    place = {"source": "s", "position": position, "name": f"m{position}", "sha256": f"{position}", "size": 1}
    return {**empty, **place, "status": "checked", "ruleset": "now", **more}


def finding(rule):
    fields = ROW.field("findings").type.value_type
    return {
        **{field.name: None for field in fields},
        "rule": rule,
        "severity": "error",
        "waived": False,
        "numbers": [{"name": "n", "value": 1.5}],
    }


def parts_of(folder, *parts):
    folder.mkdir(parents=True)
    for number, rows in enumerate(parts):
        pq.write_table(pa.Table.from_pylist(rows, schema=ROW), folder / f"{number}.parquet")
    return folder


def test_rows_of_other_rules_are_passed_over(tmp_path):
    """On a cluster a folder keeps the rows of every ruleset that it was judged by."""
    stale = row(1, ruleset="before", findings=[finding("old/rule")])
    parts = parts_of(tmp_path / "parts", [stale, row(1, findings=[finding("a/b")])], [row(2), row(3, ruleset="before")])
    database = sqlite3.connect(":memory:", isolation_level=None)
    load(database, parts, "now")
    assert database.execute("SELECT id, position FROM mails").fetchall() == [(0, 1), (1, 2)]
    assert database.execute("SELECT mail, rule, numbers FROM findings").fetchall() == [
        (0, "a/b", '[{"name": "n", "value": 1.5}]')
    ]
    database.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    setup = set_up()
    first, second = row(1, date=datetime(2026, 3, 1, tzinfo=UTC), findings=[finding("a/b")]), row(2)
    parts_of(
        out / "work" / "parts",
        [{**one, "ruleset": setup.ruleset.hash} for one in (first, second, {**first, "position": 3})],
    )
    job = Job(setup.company, tuple(shipped_rules()), "*", datetime(2026, 4, 1, tzinfo=UTC), b"k" * 32)
    with joined(out, job, setup.ruleset, {}) as connection:
        yield connection
    assert [path.name for path in (out / "work").iterdir()] == ["parts"]


@pytest.mark.parametrize(
    "query",
    [tables._MESSAGES, tables._FINDINGS, tables._FACTS, outputs._FINDINGS, outputs._QUARANTINE, findings_sarif.QUERY],
)
def test_no_result_is_sorted_whole(query, database):
    """Rows come in the order of an index, and only those of one mail are sorted: memory and disk stay flat."""
    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert any("mails_in_order" in step for step in plan), plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan


def test_a_copy_of_a_mail_has_no_findings(database):
    mails = database.execute("SELECT id, position, duplicate FROM mails ORDER BY position").fetchall()
    assert mails == [(0, 1, 0), (1, 2, 0), (2, 3, 1)]  # without Message-IDs it is the bytes that tell
    assert database.execute("SELECT mail, rule FROM findings").fetchall() == [(0, "a/b")]


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_mean_and_variance_are_those_of_the_standard_library(values):
    number, mean, variance = spread_of(values)
    assert number == len(values)
    assert mean == pytest.approx(statistics.fmean(values), abs=1e-6)
    assert variance == pytest.approx(statistics.variance(values), rel=1e-6, abs=1e-6)


def test_too_few_values_have_no_mean_or_variance():
    assert spread_of([]) == (0, None, None)
    assert spread_of([2.0]) == (1, 2.0, None)


def test_what_a_first_value_loads_is_there_before_the_first_mail():
    """Else its seconds are those of the mail, and a busy machine would cut that mail's check short."""
    program = (
        "import sys; from datetime import UTC, datetime\n"
        "from checker.archive.examine import Examiner, Job\n"
        "from checker.setup import set_up\n"
        "job = Job(set_up().company, (), '*', datetime(2026, 4, 1, tzinfo=UTC), b'k' * 32)\n"
        "assert 'presidio_analyzer' not in sys.modules\n"
        "Examiner(job)\n"
        "assert 'presidio_analyzer' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()

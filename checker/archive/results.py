"""The second stage of a run: joins over its parts, on disk, and the files that they give. Parts alone are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from checker.archive.examine import Job
from checker.archive.followup import RULE, Waiting, overdue
from checker.archive.run import PARTS, WORK
from checker.compile import Ruleset
from checker.identity import keyed
from checker.waiving import lets_pass

_BASELINE = pa.schema([("fingerprint", pa.string()), ("count", pa.int64())])
_GROUP = 16_384  # rows of a row group
_MEMORY = "256MB"  # past it, joins go through files beside the database
_FOLLOWUP = pa.schema(
    [
        ("source", pa.string()),
        ("position", pa.int64()),
        ("severity", pa.string()),
        ("fingerprint", pa.string()),
        ("waived", pa.bool_()),
        ("hours", pa.float64()),
    ]
)
_WAITING = """
    SELECT source, position, date_diff('second', awaited, moment) / 3600.0, followed_at IS NOT NULL, digest
    FROM aftermath JOIN mails USING (source, position), known_until
    WHERE answered_at IS NULL AND moment > awaited ORDER BY source, position"""
_MESSAGES = """
    SELECT m.* EXCLUDE (findings, facts, problem, errors),
        date_diff('second', a.sent_at, a.answered_at) / 3600.0 AS answered_hours, a.followed_at IS NOT NULL AS followed
    FROM mails AS m LEFT JOIN aftermath AS a USING (source, position)
    WHERE m.status <> 'quarantined' ORDER BY m.source, m.position"""
# Of the findings with one fingerprint, as many are known as the baseline counts.
_FINDINGS = """
    SELECT numbered.* EXCLUDE (nth) REPLACE (numbered.waived OR coalesce(nth <= baseline.count, false) AS waived) FROM (
        SELECT *, row_number() OVER (PARTITION BY fingerprint ORDER BY source, position) AS nth FROM (
            SELECT m.source, m.position, f.*
            FROM mails AS m, unnest(m.findings) AS u(f)
            WHERE m.status = 'checked' AND NOT m.duplicate
            UNION ALL
            SELECT source, position, 'followup/unanswered', severity, fingerprint, waived, 'own', NULL, NULL,
                [{'name': 'hours', 'value': hours}]
            FROM overdue
        )
    ) AS numbered LEFT JOIN baseline USING (fingerprint)"""
_FACTS = """
    SELECT m.source, m.position, f.* FROM mails AS m, unnest(m.facts) AS u(f)
    WHERE m.status = 'checked' AND NOT m.duplicate"""


@contextmanager
def joined(out: Path, job: Job, ruleset: Ruleset, known: Mapping[str, int]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database of a run whose parts are complete, with mails, findings, facts and aftermath as tables.

    job: when the run began and what is let pass. known: how many findings of a fingerprint the baseline has; they are
    waived.
    """
    work = out / WORK
    (work / "joins.duckdb").unlink(missing_ok=True)
    connection = duckdb.connect(str(work / "joins.duckdb"))
    try:
        connection.execute(f"SET memory_limit = '{_MEMORY}'; SET threads = 2; SET TimeZone = 'UTC'")
        connection.execute("SET temp_directory = $folder", {"folder": str(work / "joins.tmp")})
        parts = str(work / PARTS / "**" / "*.parquet")
        given = {"parts": parts, "now": job.now}
        script = resources.files("checker.archive").joinpath("joins.sql").read_text("utf-8")
        for statement in connection.extract_statements(script):
            connection.execute(statement, {name: given[name] for name in statement.named_parameters})
        _add_overdue(connection, job, ruleset)
        rows = pa.Table.from_pylist([{"fingerprint": k, "count": n} for k, n in known.items()], schema=_BASELINE)
        connection.register("rows", rows)
        connection.execute("CREATE TABLE baseline AS SELECT * FROM rows")
        connection.execute(f"CREATE TABLE findings AS {_FINDINGS}")
        connection.execute(f"CREATE TABLE facts AS {_FACTS}")
        yield connection
    finally:
        connection.close()
        (work / "joins.duckdb").unlink(missing_ok=True)


def _add_overdue(connection: duckdb.DuckDBPyConnection, job: Job, ruleset: Ruleset) -> None:
    """The requests that followup/unanswered finds fault with: SQL knows the hours, the rule what is too long."""
    connection.register("none", _FOLLOWUP.empty_table())
    connection.execute("CREATE TABLE overdue AS SELECT * FROM none")
    with connection.cursor() as reader:
        reader.execute(_WAITING)
        while rows := reader.fetchmany(10_000):
            late = [_late(job, waiting, severity) for waiting, severity in overdue(rows, ruleset)]
            connection.register("late", pa.Table.from_pylist(late, schema=_FOLLOWUP))
            connection.execute("INSERT INTO overdue SELECT * FROM late")


def _late(job: Job, waiting: Waiting, severity: str) -> dict[str, Any]:
    """A row of _FOLLOWUP. The fingerprint is that of a fault of the whole mail (checker.identity)."""
    source, position, hours, _, digest = waiting
    mark = keyed(job.key, RULE, digest, "")
    waived = lets_pass(job.waivers | job.waived.get(digest, frozenset()), RULE, mark)
    place = {"source": source, "position": position}
    return {**place, "severity": severity, "fingerprint": mark, "waived": waived, "hours": hours}


def write_tables(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """messages.parquet, findings.parquet, facts.parquet: no text, nothing but kinds, numbers and keyed hashes."""
    ordered = {
        "messages": _MESSAGES,
        "findings": "SELECT * FROM findings ORDER BY source, position, rule, fingerprint, place, kind, term",
        "facts": "SELECT * FROM facts ORDER BY source, position, product, metric, value",
    }
    for name, query in ordered.items():
        draft = out / f".{name}.parquet"
        groups = in_order(connection, query, _GROUP)
        first = next(groups)
        with pq.ParquetWriter(draft, first.schema, compression="zstd") as writer:
            for group in chain([first], groups):
                writer.write_table(group, row_group_size=_GROUP)
        draft.replace(out / f"{name}.parquet")


def in_order(connection: duckdb.DuckDBPyConnection, query: str, rows: int) -> Iterator[pa.Table]:
    """The rows of an ordered query, so many at a time, at least one table; a result is else held whole in memory."""
    connection.execute(f"CREATE OR REPLACE TABLE ordered AS {query}")
    count = connection.execute("SELECT count(*) FROM ordered").fetchall()[0][0]
    for start in range(0, max(count, 1), rows):
        part = f"SELECT * FROM ordered WHERE rowid BETWEEN {start} AND {start + rows - 1} ORDER BY rowid"
        yield connection.sql(part).to_arrow_table()
    connection.execute("DROP TABLE ordered")

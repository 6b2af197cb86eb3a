"""What a finished run leaves in its folder: Parquet, summary.json, report.html, tables as CSV, SARIF on request."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.archive import findings_sarif
from checker.archive.examine import Job
from checker.archive.raw import readable
from checker.archive.report import render
from checker.archive.results import joined
from checker.archive.tables import write_tables
from checker.archive.tally import tally
from checker.compile import Ruleset
from checker.files import FileError, read, write
from checker.refusal import RefusalError

SUMMARY = "summary.json"
_FINDINGS = """
    SELECT coalesce(strftime('%Y-%m-%d %H:%M', m.date / 1000000, 'unixepoch'), ''), m.sender, m.team, m.scenario,
        m.verdict, f.severity, f.rule, f.place, coalesce(f.kind, ''), coalesce(f.term, ''),
        iif(f.waived, 'True', 'False'), coalesce(f.fingerprint, ''), m.name
    FROM mails AS m CROSS JOIN findings AS f ON f.mail = m.id
    ORDER BY m.source, m.position, f.rule, f.fingerprint, f.place, f.kind, f.term, f.numbers"""
_FINDING_COLUMNS = (
    "date_utc", "sender", "team", "scenario", "verdict", "severity", "rule", "place", "kind", "term", "waived",
    "fingerprint", "mail",
)  # fmt: skip
_QUARANTINE = "SELECT name, size, problem FROM mails WHERE status = 'quarantined' ORDER BY source, position"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def write_outputs(
    out: Path,
    job: Job,
    ruleset: Ruleset,
    sources: Sequence[str],
    lang: str,
    before: Mapping[str, Any] | None = None,
    known: Mapping[str, int] | None = None,
    sarif: bool = False,
) -> dict[str, Any]:
    """Join the parts below `out` and write every result. Gives the summary. Raises RefusalError.

    before: the summary of an audit to compare with. known: findings of the baseline, by fingerprint.
    sarif: findings.sarif as well.
    """
    rules = {rule.id: rule for rule in ruleset.rules}
    with joined(out, job, ruleset, known or {}) as connection:
        write_tables(connection, out)
        counted = tally(connection)
        _write_csv(out / "findings.csv", _FINDING_COLUMNS, connection, _FINDINGS)
        _write_csv(out / "quarantine.csv", ("mail", "bytes", "reason"), connection, _QUARANTINE)
        if sarif:
            found = connection.execute(findings_sarif.QUERY)
            _write_lines(out / "findings.sarif", findings_sarif.lines(found, rules, ruleset.hash, lang))
    run = {
        "now": job.now.isoformat(timespec="seconds"),
        "ruleset": ruleset.hash,
        "sources": [readable(source) for source in sources],
    }
    summary = {"presend": "1", **run, **counted}
    _write(out / SUMMARY, json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
    _write(out / "report.html", render(counted, rules, lang, {**run, "before": before}))
    return summary


def summary_of(folder: Path) -> dict[str, Any]:
    """The summary of an earlier audit. Raises RefusalError."""
    path = folder / SUMMARY
    try:
        found: dict[str, Any] = json.loads(read(str(path)))
    except FileError as error:
        raise RefusalError(f"--compare: {error}; name the --out folder of an earlier audit") from None
    except ValueError:
        raise RefusalError(f"--compare: {path}: is no summary of an audit") from None
    return found


def _write(path: Path, text: str) -> None:
    try:
        write(path, text.encode())
    except FileError as error:
        raise RefusalError(str(error)) from None


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    draft = path.with_name(f".{path.name}")
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    draft.replace(path)


def _write_csv(path: Path, columns: Sequence[str], connection: sqlite3.Connection, query: str) -> None:
    """Row by row, however many; with a byte order mark, so that Excel reads it as UTF-8."""
    draft = path.with_name(f".{path.name}")
    with draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in connection.execute(query))
    draft.replace(path)


def _cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value

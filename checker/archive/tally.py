"""The joined archive as plain numbers: what summary.json says and what the report draws."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from checker.archive.queries import median_hours, records, tuples
from checker.archive.response_times import responses
from checker.rule import Verdict

VERDICTS: tuple[Verdict, ...] = ("allow", "confirm", "block")
_KEPT = "FROM mails WHERE status = 'checked' AND NOT duplicate"
_COUNTED = ", ".join(f"count(*) FILTER (WHERE verdict = '{v}') AS {v}" for v in VERDICTS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TOP = 30  # rows of a table that a person reads
_HEAT = 12  # rules and teams of the heat map


def tally(connection: sqlite3.Connection) -> dict[str, Any]:
    """Everything that is counted, as JSON would have it."""
    one = records(
        connection,
        "SELECT count(*) FILTER (WHERE status = 'checked' AND NOT duplicate) AS messages,"
        " count(*) FILTER (WHERE status = 'quarantined') AS quarantined,"
        " count(*) FILTER (WHERE status <> 'quarantined' AND duplicate) AS duplicates,"
        " count(*) FILTER (WHERE status = 'before' AND NOT duplicate) AS older,"
        " min(date) FILTER (WHERE status = 'checked') AS earliest,"
        " max(date) FILTER (WHERE status = 'checked') AS latest FROM mails",
    )[0]
    counted = {
        **{name: one[name] for name in ("messages", "quarantined", "duplicates")},
        "before": one["older"],
        "first": _day(one["earliest"]),
        "last": _day(one["latest"]),
        "verdicts": records(connection, f"SELECT {_COUNTED} {_KEPT}")[0],
        "findings": dict(
            tuples(connection, "SELECT rule, count(*) FROM findings WHERE NOT waived GROUP BY 1 ORDER BY 1")
        ),
        "waived": tuples(connection, "SELECT count(*) FROM findings WHERE waived")[0][0],
        "months": _by(connection, "strftime('%Y-%m', date / 1000000, 'unixepoch')", "date IS NOT NULL", "name"),
        "teams": _by(connection, "team", "ours AND team <> ''", "CAST(allow AS REAL) / mails, name"),
        "senders": _by(connection, "sender", "ours AND sender <> ''", "block + confirm DESC, name", _TOP),
        "scenarios": _by(connection, "coalesce(nullif(scenario, ''), '-')", "true", "mails DESC, name"),
        "rules": _rules(connection),
        "heat": _heat(connection),
        "leaks": _leaks(connection),
        "unanswered": _unanswered(connection),
        "responses": responses(connection),
    }
    return {name: _rounded(value) for name, value in counted.items()}


def _by(connection: sqlite3.Connection, name: str, where: str, order: str, most: int = 400) -> list[dict[str, Any]]:
    query = f"SELECT {name} AS name, count(*) AS mails, {_COUNTED} {_KEPT} AND {where} GROUP BY 1"
    return records(connection, f"SELECT * FROM ({query}) ORDER BY {order} LIMIT {most}")


def _rules(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Rules by how many findings they have, with the lexicon's entries and the kinds that were met most.

    A rule that is graver towards some recipients has the gravest severity that was found.
    """
    gravest = "max(severity = 'error') AS error, max(severity = 'warning') AS warning"
    rows = records(
        connection,
        f"SELECT rule, {gravest}, count(*) AS findings, count(DISTINCT mail) AS mails FROM findings WHERE NOT waived"
        " GROUP BY 1 ORDER BY findings DESC, rule",
    )
    examples = tuples(
        connection,
        "SELECT rule, example, n FROM ("
        "  SELECT *, row_number() OVER (PARTITION BY rule ORDER BY n DESC, example) AS nth FROM ("
        "    SELECT rule, coalesce(term, kind) AS example, count(*) AS n FROM findings"
        "    WHERE NOT waived AND coalesce(term, kind) IS NOT NULL GROUP BY 1, 2)"
        ") WHERE nth <= 5 ORDER BY rule, nth",
    )
    return [_rule(row, [[e, n] for rule, e, n in examples if rule == row["rule"]]) for row in rows]


def _rule(row: dict[str, Any], examples: list[list[Any]]) -> dict[str, Any]:
    severity = "error" if row["error"] else "warning" if row["warning"] else "info"
    return {
        "rule": row["rule"],
        "severity": severity,
        "findings": row["findings"],
        "mails": row["mails"],
        "examples": examples,
    }


def _heat(connection: sqlite3.Connection) -> dict[str, Any]:
    """Of each team's mails, the share in which each rule fired; the most frequent rules, the largest teams."""
    mails = dict(
        tuples(
            connection,
            f"SELECT team, count(*) AS n {_KEPT} AND ours AND team <> '' GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_HEAT}",
        )
    )
    rules = [
        r
        for r, _ in tuples(
            connection,
            f"SELECT rule, count(*) AS n FROM findings WHERE NOT waived GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_HEAT}",
        )
    ]
    counted = {
        (team, rule): n
        for team, rule, n in tuples(
            connection,
            "SELECT team, rule, count(DISTINCT mail) FROM findings JOIN mails ON mails.id = findings.mail"
            " WHERE NOT waived AND ours GROUP BY 1, 2",
        )
    }
    cells = [[counted.get((team, rule), 0) / n for team, n in mails.items()] for rule in rules]
    return {"rules": rules, "teams": list(mails), "shares": cells}


def _leaks(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Sensitive data in mails that were sent, by kind and by the domains that got it."""
    return records(
        connection,
        "SELECT coalesce(f.kind, f.rule) AS kind, d.value AS domain, count(DISTINCT f.mail) AS mails,"
        " count(*) AS findings"
        " FROM findings AS f JOIN mails AS m ON m.id = f.mail CROSS JOIN json_each(m.domains) AS d"
        " WHERE f.rule LIKE 'sensitive/%' AND NOT f.waived"
        f" GROUP BY 1, 2 ORDER BY mails DESC, 1, 2 LIMIT {_TOP}",
    )


def _unanswered(connection: sqlite3.Connection) -> dict[str, Any]:
    people = records(
        connection,
        "SELECT sender AS name, count(*) AS mails FROM overdue JOIN mails ON mails.id = overdue.mail"
        f" GROUP BY 1 ORDER BY mails DESC, name LIMIT {_TOP}",
    )
    waits = "overdue JOIN mails ON mails.id = overdue.mail WHERE sender = ?"
    senders = [row | {"hours": median_hours(connection, waits, row["mails"], row["name"])} for row in people]
    return {"mails": tuples(connection, "SELECT count(*) FROM overdue")[0][0], "senders": senders}


def _rounded(value: Any) -> Any:
    """Six digits of every number, for a person."""
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _day(moment: int | None) -> str | None:
    """The day of a moment in microseconds since 1970."""
    return None if moment is None else (_EPOCH + timedelta(microseconds=moment)).date().isoformat()

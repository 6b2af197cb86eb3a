"""The joined archive as plain numbers: what summary.json says and what the report draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb

from checker.rule import Verdict

VERDICTS: tuple[Verdict, ...] = ("allow", "confirm", "block")
_KEPT = "FROM mails WHERE status = 'checked' AND NOT duplicate"
_COUNTED = ", ".join(f"count(*) FILTER (verdict = '{v}') AS {v}" for v in VERDICTS)
_Z = 1.959964  # of the normal distribution, for 95 %
_SHORTEST = 1 / 60  # hours: clocks of two servers differ by a minute
_TOP = 30  # rows of a table that a person reads
_HEAT = 12  # rules and teams of the heat map


class Responses(NamedTuple):
    """How fast requests of one kind were answered. Hours; low and high bound the median with 95 % confidence."""

    asked: int
    answered: int
    median: float | None
    low: float | None
    high: float | None
    log_mean: float | None
    log_variance: float | None


def tally(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Everything that is counted, as JSON would have it."""
    one = _rows(
        connection,
        "SELECT count(*) FILTER (status = 'checked' AND NOT duplicate) AS messages,"
        " count(*) FILTER (status = 'quarantined') AS quarantined,"
        " count(*) FILTER (status <> 'quarantined' AND duplicate) AS duplicates,"
        " count(*) FILTER (status = 'before' AND NOT duplicate) AS before,"
        " min(date) FILTER (status = 'checked') AS first, max(date) FILTER (status = 'checked') AS last FROM mails",
    )[0]
    counted = {
        **{name: one[name] for name in ("messages", "quarantined", "duplicates", "before")},
        "first": one["first"].date().isoformat() if one["first"] else None,
        "last": one["last"].date().isoformat() if one["last"] else None,
        "verdicts": _rows(connection, f"SELECT {_COUNTED} {_KEPT}")[0],
        "findings": dict(
            _tuples(connection, "SELECT rule, count(*) FROM findings WHERE NOT waived GROUP BY 1 ORDER BY 1")
        ),
        "waived": _tuples(connection, "SELECT count(*) FROM findings WHERE waived")[0][0],
        "months": _by(connection, "strftime(date, '%Y-%m')", "date IS NOT NULL", "name"),
        "teams": _by(connection, "team", "ours AND team <> ''", "allow::DOUBLE / mails, name"),
        "senders": _by(connection, "sender", "ours AND sender <> ''", "block + confirm DESC, name", _TOP),
        "scenarios": _by(connection, "coalesce(nullif(scenario, ''), '-')", "true", "mails DESC, name"),
        "rules": _rules(connection),
        "heat": _heat(connection),
        "leaks": _leaks(connection),
        "unanswered": _unanswered(connection),
        "responses": _responses(connection),
    }
    return {name: _rounded(value) for name, value in counted.items()}


def _by(
    connection: duckdb.DuckDBPyConnection, name: str, where: str, order: str, most: int = 400
) -> list[dict[str, Any]]:
    query = f"SELECT {name} AS name, count(*) AS mails, {_COUNTED} {_KEPT} AND {where} GROUP BY 1"
    return _rows(connection, f"SELECT * FROM ({query}) ORDER BY {order} LIMIT {most}")


def _rules(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Rules by how many findings they have, with the lexicon's entries and the kinds that were met most."""
    rows = _rows(
        connection,
        "SELECT rule, any_value(severity) AS severity, count(*) AS findings,"
        " count(DISTINCT (source, position)) AS mails FROM findings WHERE NOT waived"
        " GROUP BY 1 ORDER BY findings DESC, rule",
    )
    examples = _tuples(
        connection,
        "SELECT rule, example, n FROM (SELECT rule, coalesce(term, kind) AS example, count(*) AS n FROM findings"
        "  WHERE NOT waived AND coalesce(term, kind) IS NOT NULL GROUP BY 1, 2)"
        " QUALIFY row_number() OVER (PARTITION BY rule ORDER BY n DESC, example) <= 5 ORDER BY rule, n DESC, example",
    )
    return [row | {"examples": [[e, n] for rule, e, n in examples if rule == row["rule"]]} for row in rows]


def _heat(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Of each team's mails, the share in which each rule fired; the most frequent rules, the largest teams."""
    mails = dict(
        _tuples(
            connection,
            f"SELECT team, count(*) AS n {_KEPT} AND ours AND team <> '' GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_HEAT}",
        )
    )
    rules = [
        r
        for r, _ in _tuples(
            connection,
            f"SELECT rule, count(*) AS n FROM findings WHERE NOT waived GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_HEAT}",
        )
    ]
    counted = {
        (team, rule): n
        for team, rule, n in _tuples(
            connection,
            "SELECT team, rule, count(DISTINCT (source, position)) FROM findings JOIN mails USING (source, position)"
            " WHERE NOT waived AND ours GROUP BY ALL",
        )
    }
    cells = [[counted.get((team, rule), 0) / n for team, n in mails.items()] for rule in rules]
    return {"rules": rules, "teams": list(mails), "shares": cells}


def _leaks(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Sensitive data in mails that were sent, by kind and by the domains that got it."""
    return _rows(
        connection,
        "SELECT kind, domain, count(DISTINCT (source, position)) AS mails, count(*) AS findings FROM ("
        "  SELECT f.source, f.position, coalesce(f.kind, f.rule) AS kind, unnest(m.domains) AS domain, m.sender_domain"
        "  FROM findings AS f JOIN mails AS m USING (source, position)"
        "  WHERE f.rule LIKE 'sensitive/%' AND NOT f.waived)"
        f" GROUP BY ALL ORDER BY mails DESC, kind, domain LIMIT {_TOP}",
    )


def _unanswered(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    people = _rows(
        connection,
        "SELECT sender AS name, count(*) AS mails, median(hours) AS hours"
        " FROM overdue JOIN mails USING (source, position)"
        f" GROUP BY 1 ORDER BY mails DESC, name LIMIT {_TOP}",
    )
    return {"mails": _tuples(connection, "SELECT count(*) FROM overdue")[0][0], "senders": people}


def _responses(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Requests that follow the guide (nothing was found that asks or blocks) against those that do not."""
    groups = {name: _group(connection, test) for name, test in (("follow", "= 'allow'"), ("break", "<> 'allow'"))}
    found = {name: group._asdict() for name, group in groups.items()}
    return {**found, "faster": faster(groups["follow"], groups["break"])}


def _group(connection: duckdb.DuckDBPyConnection, test: str) -> Responses:
    connection.execute(f"""
        CREATE OR REPLACE TABLE waits AS
        SELECT if(answered_at IS NULL, NULL, greatest(date_diff('second', sent_at, answered_at) / 3600.0, {_SHORTEST}))
            AS hours
        FROM aftermath JOIN mails USING (source, position) WHERE mails.verdict {test}""")
    row = _tuples(connection, "SELECT count(*), count(hours), avg(ln(hours)), var_samp(ln(hours)) FROM waits")[0]
    asked, answered, log_mean, log_variance = row
    ranks = median_ranks(answered)
    bounds = [_ranked(connection, rank) for rank in ranks] if ranks else [None, None]
    median = _tuples(connection, "SELECT median(hours) FROM waits")[0][0]
    return Responses(asked, answered, median, bounds[0], bounds[1], log_mean, log_variance)


def _ranked(connection: duckdb.DuckDBPyConnection, rank: int) -> float:
    query = f"SELECT hours FROM waits WHERE hours IS NOT NULL ORDER BY hours LIMIT 1 OFFSET {rank - 1}"
    return float(_tuples(connection, query)[0][0])


def median_ranks(count: int) -> tuple[int, int] | None:
    """Ranks (from 1) of the sorted values that bound their median with 95 % confidence; None for fewer than six.

    The number of values below the median is binomial, taken as normal (Conover, Practical Nonparametric Statistics).
    """
    if count < 6:
        return None
    half = _Z * math.sqrt(count) / 2
    low = max(1, math.floor(count / 2 - half))
    return low, min(count, count + 1 - low)


def faster(follow: Responses, other: Responses) -> dict[str, float] | None:
    """By which share answers to `follow` come faster, with 95 % bounds; None where there are fewer than ten of either.

    A ratio of geometric means: times to answer are close to log-normal. Variances may differ (Welch).
    """
    if min(follow.answered, other.answered) < 10 or follow.log_mean is None or other.log_mean is None:
        return None
    difference = follow.log_mean - other.log_mean
    error = math.sqrt((follow.log_variance or 0) / follow.answered + (other.log_variance or 0) / other.answered)
    share, low, high = (1 - math.exp(difference + z * error) for z in (0.0, _Z, -_Z))
    return {"share": share, "low": low, "high": high}


def _rounded(value: Any) -> Any:
    """Six digits of every number: parallel sums differ in the sixteenth, and results must not differ at all."""
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _tuples(connection: duckdb.DuckDBPyConnection, query: str) -> Sequence[tuple[Any, ...]]:
    return connection.execute(query).fetchall()

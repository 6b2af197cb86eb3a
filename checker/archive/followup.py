"""followup/unanswered over an archive: the joins say who waits how long, the rule says what is too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from checker.compile import Ruleset
from checker.expressions import blank, run, variables

RULE = "followup/unanswered"
_ROWS = 500  # facts that a rule sees at once

Waiting = tuple[int, float, bool, str]  # mail, hours, followed, digest


def overdue(waiting: Iterable[Waiting], ruleset: Ruleset) -> Iterator[tuple[Waiting, str]]:
    """The requests that the rule finds fault with, and how severe that is; none where the rule is switched off."""
    judge = next((one for one in ruleset.judges if one.rule.id == RULE), None)
    rows = list(waiting)
    if judge is None:
        return
    severity = judge.rule.severity if isinstance(judge.rule.severity, str) else judge.rule.severity["else"]
    others = {name: blank(variables()[name]) for name in judge.needs if name != "unanswered"}
    for at in range(0, len(rows), _ROWS):
        facts = [_fact(row, number) for number, row in enumerate(rows[at : at + _ROWS])]
        fixed: dict[str, Any] = {"sent": datetime.now(UTC), "limits": {}}
        found = run(judge.program, ruleset.environment.activation(others | fixed | {"unanswered": facts}))
        for ref, *_ in found:
            yield rows[at + int(ref.rpartition("/")[2])], severity


def _fact(row: Waiting, number: int) -> dict[str, Any]:
    _, hours, followed, _ = row
    place = {"text": "", "zone": "own", "where": "own"}
    return {**place, "ref": f"unanswered/{number}", "hours": hours, "followed": bool(followed)}

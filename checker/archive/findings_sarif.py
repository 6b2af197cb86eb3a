"""An audit's findings as SARIF 2.1.0, written row by row: the results do not fit into memory, the rules do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from checker.render.sarif import LEVELS, artifact, header, rule_entry
from checker.rule import Rule

QUERY = """
    SELECT m.name, f.rule, f.severity, f.fingerprint, f.waived, f.place, f.kind, f.term, f.numbers
    FROM mails AS m CROSS JOIN findings AS f ON f.mail = m.id
    ORDER BY m.source, m.position, f.rule, f.fingerprint, f.place, f.kind, f.term, f.numbers"""


def lines(rows: Iterable[Sequence[Any]], rules: Mapping[str, Rule], ruleset: str, lang: str) -> Iterator[str]:
    """The lines of one SARIF log. rows: of QUERY. rules: by id. lang: zh or en, for what is said.

    An audit keeps no words of a mail: a result says the rule's reason, and the kind, term or numbers that were found.
    """
    known = {rule: at for at, rule in enumerate(rules)}
    driver = {"name": "presend", "rules": [rule_entry(rule, lang) for rule in rules.values()]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "properties": {"ruleset": ruleset}}
    yield "{"
    for name, value in header().items():
        yield f"{_json(name)}: {_json(value)},"
    yield f'"runs": [{_json(run)[:-1]}, "results": ['
    before = ""
    for row in rows:
        yield before + _json(_result(row, rules, known, lang))
        before = ","
    yield "]}]}"


def _result(row: Sequence[Any], rules: Mapping[str, Rule], known: Mapping[str, int], lang: str) -> dict[str, Any]:
    name, rule, severity, fingerprint, waived, place, kind, term, numbers = row
    details = [kind, term, *(f"{one['name']} {one['value']:g}" for one in json.loads(numbers or "[]"))]
    found = "\uff1b".join(filter(None, details)) if lang == "zh" else "; ".join(filter(None, details))
    said = f"{getattr(rules[rule].why, lang)}{f' ({found})' if found else ''}"
    return {
        "ruleId": rule,
        "ruleIndex": known[rule],
        "level": LEVELS[severity],
        "message": {"text": said},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": artifact(name), "region": {"startLine": 1}},
                "logicalLocations": [{"fullyQualifiedName": place, "kind": "member"}],
            }
        ],
        **({"partialFingerprints": {"presend/v1": fingerprint}} if fingerprint else {}),
        **({"suppressions": [{"kind": "external", "status": "accepted"}]} if waived else {}),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

"""SARIF 2.1.0, which code hosts and editors show beside the file (OASIS standard, errata 01)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from checker.locate import InFile
from checker.render.run import Look, Result, Run
from checker.render.words import said, where
from checker.rewrite import Change
from checker.rule import Finding, Rule, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def render(run: Run, _look: Look) -> str:
    """The run as one SARIF log; how a terminal looks does not matter to it."""
    return json.dumps(_log(run), ensure_ascii=False, indent=2) + "\n"


def header() -> dict[str, str]:
    """What every log begins with."""
    return {"$schema": SCHEMA, "version": "2.1.0"}


def _log(run: Run) -> dict[str, Any]:
    used = {f.rule for r in run.results if r.report for f in r.report.findings}
    rules = [rule for rule in run.catalogue if rule.id in used]
    driver = {"name": "presend", "rules": [rule_entry(rule, run.language or "en") for rule in rules]}
    return {
        **header(),
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(run)],
                "results": list(_results(run, {rule.id: i for i, rule in enumerate(rules)})),
                "properties": {"ruleset": run.ruleset},
            }
        ],
    }


def rule_entry(rule: Rule, language: str) -> dict[str, Any]:
    """A rule as the tool's driver describes it. language: zh or en."""
    severity = rule.severity if isinstance(rule.severity, str) else rule.severity["else"]
    return {
        "id": rule.id,
        "shortDescription": {"text": getattr(rule.why, language)},
        "defaultConfiguration": {"level": LEVELS[severity]},
    }


def _invocation(run: Run) -> dict[str, Any]:
    """Whether everything was checked; mails that could not be read and rules that crashed are told as notifications."""
    told = [(r.path, r.unreadable) for r in run.results if r.unreadable]
    told += [(r.path, error) for r in run.results if r.report for error in r.report.errors]
    notes = [
        {
            "level": "error",
            "message": {"text": why},
            "locations": [{"physicalLocation": {"artifactLocation": artifact(path)}}],
        }
        for path, why in told
    ]
    notes += [{"level": "note", "message": {"text": note}} for note in run.told]
    return {"executionSuccessful": not told, "toolExecutionNotifications": notes}


def _results(run: Run, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    for result in run.results:
        if result.report:
            language = run.language or result.report.language
            places = result.places or (InFile(1),) * len(result.report.findings)
            for finding, place in zip(result.report.findings, places, strict=True):
                yield _result(result, finding, place, language, index)


def _result(result: Result, finding: Finding, place: InFile, language: str, index: dict[str, int]) -> dict[str, Any]:
    described = {"ruleIndex": index[finding.rule]} if finding.rule in index else {}
    known = {"partialFingerprints": {"presend/v1": finding.fingerprint}} if finding.fingerprint else {}
    waived = {"suppressions": [{"kind": "external", "status": "accepted"}]} if finding.waived else {}
    fixes = {"fixes": [_fix(result.path, finding, place.changes, language)]} if place.changes else {}
    return {
        "ruleId": finding.rule,
        **described,
        "level": LEVELS[finding.severity],
        "message": {"text": said(finding, language)},
        "locations": [_location(result.path, finding, place, language)],
        **known,
        **waived,
        **fixes,
    }


def _location(path: str, finding: Finding, place: InFile, language: str) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": artifact(path), "region": {"startLine": place.line}},
        "logicalLocations": [{"fullyQualifiedName": where(finding, language), "kind": "member"}],
    }


def artifact(path: str) -> dict[str, str]:
    """A path as a URI; a relative one counts from the root of the sources."""
    uri = quote(path.replace("\\", "/"))
    return {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _fix(path: str, finding: Finding, changes: tuple[Change, ...], language: str) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {"byteOffset": change.start, "byteLength": change.end - change.start},
            "insertedContent": {"binary": base64.b64encode(change.new).decode()},
        }
        for change in changes
    ]
    return {
        "description": {"text": said(finding, language)},
        "artifactChanges": [{"artifactLocation": artifact(path), "replacements": replacements}],
    }

"""The JSON report: the contract that other programs read. Its keys never change."""

from __future__ import annotations

import json
from typing import Any

from checker.render.run import Look, Result, Run
from checker.rule import Finding, Report
from checker.text import Edit, Span


def render(run: Run, _look: Look) -> str:
    """The run as one JSON document; how a terminal looks does not matter to it."""
    return json.dumps(document(run), ensure_ascii=False, indent=2) + "\n"


def document(run: Run) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "presend": "1",
        "ruleset": run.ruleset,
        "results": [_result(result, run.language) for result in run.results],
        "notes": list(run.told),
        "summary": {
            "messages": len(run.results),
            **{verdict: run.counts[verdict] for verdict in ("block", "confirm", "allow")},
            "findings": dict(sorted(run.rules.items())),
        },
    }


def _result(result: Result, language: str | None) -> dict[str, Any]:
    if result.report is None:
        return {"path": result.path, "digest": None, "verdict": "block", "findings": [], "errors": [result.unreadable]}
    report = result.report
    return {
        "path": result.path,
        "digest": report.digest,
        "verdict": report.verdict,
        "scenario": report.scenario,
        "notice": report.notice,
        "findings": [_finding(str(i), f, language or report.language) for i, f in enumerate(report.findings, 1)],
        "facts": _facts(report),
        "defects": list(report.defects),
        "incomplete": [entry._asdict() for entry in report.incomplete],
        "errors": list(report.errors),
    }


def _facts(report: Report) -> dict[str, Any]:
    return {name: _plain(report.facts.get(name, [])) for name in ("deadlines", "asins", "lines")}


def _plain(value: Any) -> Any:
    """Facts without their refs, which mean nothing outside the engine."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k != "ref"}
    return [_plain(v) for v in value] if isinstance(value, list) else value


def _finding(number: str, finding: Finding, language: str) -> dict[str, Any]:
    suggestion = finding.suggestion and getattr(finding.suggestion, language)
    return {
        "id": number,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": getattr(finding.message, language),
        "text": finding.words,
        "suggestion": suggestion,
        "safe": finding.safe,
        "fingerprint": finding.fingerprint,
        "waived": finding.waived,
        "data": _plain(dict(finding.data)),
        "span": {**span_of(finding.place.span), "name": finding.file, "cell": finding.cell},
        "edits": [_edit(edit, finding.place.span.of.source) for edit in finding.edits],
    }


def span_of(span: Span) -> dict[str, Any]:
    """A span for programs: in the part as sent, in the text a person sees, both also in UTF-16 units."""
    text = span.of
    source = text.span(span.start, span.end)
    line = text.plain.count("\n", 0, span.start) + 1
    return {
        "part": text.part,
        "attachment": text.attachment,
        "name": text.name,
        "cell": span.cell,
        "source": list(source),
        "source_utf16": _utf16(text.source, *source),
        "readable": [span.start, span.end],
        "readable_utf16": _utf16(text.plain, span.start, span.end),
        "line": line,
        "column": span.start - text.plain.rfind("\n", 0, span.start),
    }


def _edit(edit: Edit, source: str) -> dict[str, Any]:
    utf16 = _utf16(source, edit.start, edit.end)
    return {"part": edit.part, "start": edit.start, "end": edit.end, "utf16": utf16, "text": edit.text}


def _utf16(text: str, start: int, end: int) -> list[int]:
    before = start + sum(c > "\uffff" for c in text[:start])
    return [before, before + end - start + sum(c > "\uffff" for c in text[start:end])]

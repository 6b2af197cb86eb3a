"""Workflow commands, which GitHub Actions turns into annotations of the files."""

from __future__ import annotations

from collections.abc import Iterator

from checker.locate import InFile
from checker.render.run import Look, Result, Run
from checker.render.words import said
from checker.rule import Severity

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(run: Run, _look: Look) -> str:
    """A line a finding; waived ones say nothing."""
    return "".join(f"{line}\n" for result in run.results for line in _lines(result, run.language))


def _lines(result: Result, language: str | None) -> Iterator[str]:
    report = result.report
    if report is None:
        yield _command("error", result.path, 1, "unreadable", result.unreadable or "")
        return
    places = result.places or (InFile(1),) * len(report.findings)
    for finding, place in zip(report.findings, places, strict=True):
        if not finding.waived:
            words = said(finding, language or report.language)
            yield _command(_COMMANDS[finding.severity], result.path, place.line, finding.rule, words)
    for error in report.errors:
        yield _command("error", result.path, 1, "rule crashed", error)


def _command(name: str, path: str, line: int, title: str, words: str) -> str:
    return f"::{name} file={_property(path)},line={line},title={_property(title)}::{_data(words)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")

"""JUnit XML, as Jenkins, GitLab and other CI servers read it: a test case a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from checker.render.run import Look, Result, Run, fails
from checker.render.words import NAMES, said, where
from checker.rule import Finding

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def render(run: Run, _look: Look) -> str:
    """Findings that fail the run are failures of their mail, milder ones are its output."""
    failed = sum(bool(_failing(run, r)) for r in run.results)
    broken = sum(r.report is None or bool(r.report.errors) for r in run.results)
    counts = f'tests="{len(run.results)}" failures="{failed}" errors="{broken}"'
    cases = "".join(_case(run, result) for result in run.results)
    suite = f'<testsuite name="presend" {counts}>\n{cases}</testsuite>\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="presend" {counts}>\n{suite}</testsuites>\n'


def _failing(run: Run, result: Result) -> list[Finding]:
    found = result.report.findings if result.report else ()
    return [f for f in found if not f.waived and fails(f.severity, run)]


def _case(run: Run, result: Result) -> str:
    report = result.report
    inside: list[str] = []
    if report is None:
        inside.append(f'<error type="unreadable" message={_attribute(result.unreadable or "")}/>\n')
    else:
        language = run.language or report.language
        failing = _failing(run, result)
        inside += [f'<error type="crash" message={_attribute(error)}/>\n' for error in report.errors]
        inside += [_failure(finding, language) for finding in failing]
        others = [f for f in report.findings if not f.waived and f not in failing]
        inside += [f"<system-out>{_text(_listed(others, language))}</system-out>\n"] if others else []
    return f'<testcase classname="presend" name={_attribute(result.path)}>\n{"".join(inside)}</testcase>\n'


def _failure(finding: Finding, language: str) -> str:
    kind, message = _attribute(finding.rule), _attribute(said(finding, language))
    return f"<failure type={kind} message={message}>{_text(_listed([finding], language))}</failure>\n"


def _listed(findings: Sequence[Finding], language: str) -> str:
    return "\n".join(
        f"{where(f, language)}: {NAMES[language][f.severity]} {f.rule}: {said(f, language)}" for f in findings
    )


def _text(words: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", words))


def _attribute(words: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", words))

"""What each command does: reads through files, checks, and hands back text. Raises RefusalError with one clear line."""

from __future__ import annotations

import difflib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from checker import files
from checker.company import Company, PolicyError
from checker.compile import Ruleset, build
from checker.draft import from_draft
from checker.engine import check as check_message
from checker.expressions import variables
from checker.facts.facts import Facts
from checker.fix import apply_to_draft, apply_to_eml
from checker.load import RuleError
from checker.masking import Masker
from checker.message import DraftError, Message
from checker.mime import from_eml
from checker.render import FORMATS
from checker.render.rules import explained, listed
from checker.render.run import Look, Result, Run, exit_code
from checker.rule import SEVERITIES, Finding, Severity
from checker.rule_folders import own_rules, shipped_rules
from checker.rule_tests import run_rule_tests
from checker.text import Edit
from checker.visible import Visible

_SLOW = 1.0  # seconds after which a progress bar is worth its line


class RefusalError(ValueError):
    """The command cannot be done; the text says why and what is allowed."""


class Setup(NamedTuple):
    """A policy and its rules, ready to check with."""

    company: Company
    ruleset: Ruleset
    config: str | None
    notes: tuple[str, ...]


def set_up(config: Path | None, only: str) -> Setup:
    """The policy in force and the rules under it. only: glob of rule ids. Raises RefusalError."""
    try:
        policy = files.read_policy(config)
        ruleset = build(shipped_rules() + own_rules(policy.company.rule_folders), policy.company, only=only)
    except (PolicyError, RuleError, files.FileError) as error:
        raise RefusalError(str(error)) from None
    if only != "*" and not ruleset.judges:
        close = difflib.get_close_matches(only, [rule.id for rule in ruleset.rules], n=1)
        raise RefusalError(f"--only: no rule matches {only}" + (f"; did you mean {close[0]}?" if close else ""))
    return Setup(policy.company, ruleset, policy.path, policy.notes)


def check(
    setup: Setup, paths: Sequence[str], now: datetime, lang: str | None, fail_on: str | None, *, progress: bool
) -> tuple[Run, int]:
    """Check every mail of the paths. Gives the run and its exit code."""
    results = tuple(_results(setup, paths, now, progress=progress))
    run = Run(setup.ruleset.hash, results, setup.notes, lang, setup.config)
    lowest: Severity = next(s for s in SEVERITIES if s == (fail_on or setup.company.fail_on))
    return run, exit_code(run, lowest)


def _results(setup: Setup, paths: Sequence[str], now: datetime, *, progress: bool) -> Iterator[Result]:
    key = os.environ.get("PRESEND_SECRET", "").encode() or None
    found = list(files.mails(paths))
    for mail in _with_progress(found) if progress else found:
        yield _unreadable(mail.path, mail.problem) if mail.problem else _one(setup, mail.path, now, key)


def _one(setup: Setup, path: str, now: datetime, key: bytes | None) -> Result:
    try:
        message = read_message(path)
    except (files.FileError, DraftError) as error:
        return _unreadable(path, _reason(error))
    return Result(path, check_message(message, setup.ruleset, setup.company, now=now, key=key))


def _reason(error: files.FileError | DraftError) -> str:
    return error.reason if isinstance(error, files.FileError) else str(error)


def _unreadable(path: str, reason: str) -> Result:
    click.echo(f"presend: {path}: {reason}", err=True)
    return Result(path, None, reason)


def read_message(path: str) -> Message:
    """The Message of a file. Raises FileError, DraftError."""
    return parsed(path, files.read(path))


def parsed(path: str, content: bytes) -> Message:
    """A Message from a file's bytes: MIME, or draft JSON. Raises DraftError."""
    return from_draft(_draft(content)) if _is_draft(path, content) else from_eml(content)


def _is_draft(path: str, content: bytes) -> bool:
    """By the suffix; where there is none (standard input), by a first brace."""
    suffix = Path(path).suffix.lower()
    return suffix == ".json" or (suffix != ".eml" and content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{")


def _draft(content: bytes) -> dict[str, Any]:
    try:
        draft = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise DraftError("draft", "is not JSON in UTF-8") from None
    if not isinstance(draft, dict):
        raise DraftError("draft", "must be an object with from, to, subject, html or text …")
    return draft


def _with_progress(found: list[Any]) -> Iterator[Any]:
    """The mails one by one, with a bar on standard error once it takes long."""
    start, bar = time.monotonic(), None
    for done, mail in enumerate(found):
        if bar is None and time.monotonic() - start > _SLOW:
            bar = _bar(len(found))
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done)
        yield mail
    if bar is not None:
        bar.stop()


def _bar(total: int) -> Any:
    from rich.console import Console  # noqa: PLC0415 - 0.1 s that only long runs pay
    from rich.progress import Progress  # noqa: PLC0415

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.add_task("checking", total=total)
    bar.start()
    return bar


def write_reports(run: Run, formats: Sequence[str]) -> None:
    """Each NAME[=FILE] to its file, or to standard output. Raises RefusalError for an unknown name."""
    for wanted in formats:
        name, _, target = wanted.partition("=")
        if name not in FORMATS:
            raise RefusalError(f"--format: {name!r} is not allowed; allowed: {', '.join(FORMATS)}")
        on_terminal = not target and sys.stdout.isatty()
        look = Look(files.terminal_width(), on_terminal and "NO_COLOR" not in os.environ)
        report = FORMATS[name](run, look)
        if target:
            _write(Path(target), report.encode())
        else:
            click.echo(report, nl=False)


def _write(path: Path, data: bytes) -> None:
    try:
        files.write(path, data)
    except files.FileError as error:
        raise RefusalError(str(error)) from None


def fix(setup: Setup, path: str, now: datetime, target: Path | None, *, every: bool) -> str:
    """Apply edits to one mail: safe ones, or every edit of the chosen rules. Gives a diff, or what was written."""
    try:
        content = files.read(path)
        message = parsed(path, content)
    except (files.FileError, DraftError) as error:
        raise RefusalError(f"{path}: {_reason(error)}") from None
    report = check_message(message, setup.ruleset, setup.company, now=now)
    chosen = [f for f in report.findings if f.edits and (every or f.safe) and not f.waived]
    try:
        fixed = _apply(path, content, [edit for finding in chosen for edit in finding.edits])
    except ValueError as error:  # a signed part, or a header that holds several entries: never half a fix
        raise RefusalError(f"{path}: cannot be fixed here: {error}") from None
    if target is None:
        return _difference(setup, message, parsed(path, fixed), now)
    _write(target, fixed)
    return f"{target}: {_counted(chosen)}\n"


def _apply(path: str, content: bytes, edits: Sequence[Edit]) -> bytes:
    if not edits:
        return content
    if not _is_draft(path, content):
        return apply_to_eml(content, edits)
    fixed = apply_to_draft(_draft(content), edits)
    return (json.dumps(fixed, ensure_ascii=False, indent=2) + "\n").encode()


def _counted(chosen: Sequence[Finding]) -> str:
    if not chosen:
        return "nothing to fix"
    rules = sorted({finding.rule for finding in chosen})
    return f"{len(chosen)} fix{'es' if len(chosen) > 1 else ''} ({', '.join(rules)})"


def _difference(setup: Setup, before: Message, after: Message, now: datetime) -> str:
    """Readable lines that change; sensitive values stay hidden in those that go."""
    facts = Facts(before, setup.company, before.date or now, setup.ruleset.lexicon)
    hide = Masker(facts.sensitive).blacked
    lines: list[str] = []
    for old, new in zip(_parts(before), _parts(after), strict=True):
        (name, was), (_, now_is) = old, new
        difference = difflib.unified_diff(
            was.splitlines(), now_is.splitlines(), name, f"{name} (fixed)", lineterm="", n=1
        )
        lines += [hide(line) for line in difference]
    return "\n".join([*lines, ""]) if lines else "nothing to fix\n"


def _parts(message: Message) -> list[tuple[str, str]]:
    return [
        ("subject", message.subject.plain),
        *((text.part, text.plain) for text in message.headers),
        ("body", message.body.plain),
    ]


def facts(setup: Setup, path: str, now: datetime) -> str:
    """All facts of one mail as JSON, masked."""
    try:
        message = read_message(path)
    except (files.FileError, DraftError) as error:
        raise RefusalError(f"{path}: {_reason(error)}") from None
    found = Facts(message, setup.company, message.date or now, setup.ruleset.lexicon)
    seen = Visible(found, variables())
    document = Masker(found.sensitive).data(seen.values) | {"defects": [d.code for d in message.defects]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def list_rules(setup: Setup) -> str:
    """One line a rule: severity, id, what it says."""
    on = {judge.rule.id for judge in setup.ruleset.judges}
    return listed(setup.ruleset.rules, on, files.terminal_width())


def explain(setup: Setup, rule_id: str, lang: str | None) -> str:
    """Everything about one rule, for a person."""
    try:
        rule = setup.ruleset.rule(rule_id)
    except KeyError as error:
        raise RefusalError(str(error.args[0])) from None
    return explained(
        rule,
        lang or ("zh" if os.environ.get("LANG", "").startswith("zh") else "en"),
        files.terminal_width(),
    )


def test_rules(config: Path | None, chosen: str | None) -> tuple[str, int]:
    """Run the examples of the chosen rules (else of all). Gives the report and how many failed."""
    try:
        tested = run_rule_tests(chosen, tuple(own_rules(files.read_policy(config).company.rule_folders)))
    except (PolicyError, RuleError, files.FileError) as error:
        raise RefusalError(str(error)) from None
    failed = len(tested.failures)
    summary = f"{len(tested.rules)} rules, {tested.examples} examples in four dresses, {failed} failures"
    return "\n".join([*map(str, tested.failures), summary, ""]), failed


def init(folder: Path) -> str:
    """Write presend.toml and people.csv into a folder. Raises RefusalError where one is there already."""
    try:
        return "".join(f"{path}: written\n" for path in files.write_starter(folder))
    except files.FileError as error:
        raise RefusalError(str(error)) from None

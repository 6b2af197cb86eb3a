"""The report for people at a terminal: grouped by mail, the words underlined, columns right beside Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size

from checker.render.columns import cut
from checker.render.figures import table
from checker.render.run import Look, Result, Run
from checker.render.words import NAMES, where
from checker.rule import Finding, Report

_COLOURS = {"error": "31", "warning": "33", "info": "36", "block": "31", "confirm": "33", "allow": "32"}
# A wide character keeps closing punctuation at its side: no line starts with a comma.
_PIECE = re.compile(
    r"[\u2e80-\uffef][\u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a\uff09\u201d\u300d\u300b]*|[^\u2e80-\uffef\s]+|\s"
)


def render(run: Run, look: Look) -> str:
    """The run for a person: each mail with its findings, then one line of counts."""
    lines: list[str] = []
    for result in run.results:
        lines += [*_mail(result, run.language, look), ""]
    lines += [f"{'注意' if run.tongue == 'zh' else 'note'}: {note}" for note in run.told]
    return "\n".join([*lines, _summary(run), ""])


def _mail(result: Result, language: str | None, look: Look) -> Iterator[str]:
    report = result.report
    if report is None:
        yield f"{result.path}: {result.unreadable}"
        return
    tongue = language or report.language
    verdict = _paint(NAMES[tongue][report.verdict], report.verdict, look)
    counts = _counted(report, tongue)
    yield f"{_bold(result.path, look)}  {verdict}{f'  {counts}' if counts else ''}"
    for finding in report.findings:
        yield from _finding(finding, tongue, look)
    if result.figures is not None:
        yield from table(result.figures, tongue, look.width)
    for entry in report.incomplete:
        yield f"  {'未检查' if tongue == 'zh' else 'not checked'}: {entry.what} ({entry.why})"
    for error in report.errors:
        yield f"  {'规则出错' if tongue == 'zh' else 'rule crashed'}: {error}"


def _counted(report: Report, tongue: str) -> str:
    found = [f.severity for f in report.findings if not f.waived]
    counts = [(found.count(s), s) for s in ("error", "warning", "info") if s in found]
    if tongue == "zh":
        return "，".join(f"{n} 个{NAMES['zh'][s]}" for n, s in counts)
    return ", ".join(f"{n} {s}{'s' if n > 1 and s != 'info' else ''}" for n, s in counts)


def _finding(finding: Finding, tongue: str, look: Look) -> Iterator[str]:
    name = set_cell_size(NAMES[tongue][finding.severity], 7)
    waived = ("（已豁免）" if tongue == "zh" else " (waived)") if finding.waived else ""
    yield f"  {_paint(name, finding.severity, look)}  {_bold(finding.rule, look)}{waived}"
    yield from wrapped(getattr(finding.message, tongue), look.width, "           ")
    if finding.words.strip():
        yield from _excerpt(finding, tongue, look)
    suggestion = finding.suggestion and getattr(finding.suggestion, tongue)
    if suggestion:
        yield from wrapped(suggestion, look.width, "           ", "         → ")


def _excerpt(finding: Finding, tongue: str, look: Look) -> Iterator[str]:
    before, words, after = (part.replace("\t", " ") for part in finding.excerpt)
    words, several_lines, _ = words.strip("\n").partition("\n")
    after = "…" if several_lines else after
    room = max(look.width - 16 - len(where(finding, tongue)), 20)
    words = cut(words, room, from_end=False)
    left = max((room - cell_len(words)) // 2, 0)
    before, after = cut(before, left, from_end=True), cut(after, left, from_end=False)
    head = f"           {where(finding, tongue)}: "
    if look.colour:
        yield f"{head}{before}\x1b[4m{words}\x1b[24m{after}"
        return
    yield head + before + words + after
    yield " " * cell_len(head + before) + "^" * max(cell_len(words), 1)


def wrapped(words: str, room: int, indent: str, first: str | None = None) -> Iterator[str]:
    """Words folded to `room` columns; Chinese may break anywhere, Latin words stay whole."""
    line = first or indent
    for piece in _pieces(words):
        if cell_len(line + piece.rstrip()) > room and line.strip():
            yield line.rstrip()
            line = indent + piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def _pieces(words: str) -> Iterator[str]:
    """What may not be broken: a Latin word, a space, or a wide character with the punctuation behind it."""
    yield from _PIECE.findall(words)


def _summary(run: Run) -> str:
    counts = {**run.counts, "unreadable": sum(r.report is None for r in run.results)}
    found = [(n, name) for name in ("block", "confirm", "allow", "unreadable") if (n := counts.get(name))]
    many = len(run.results)
    if run.tongue == "zh":
        zh = "，".join(f"{n} 封{NAMES['zh'][name]}" for n, name in found)
        return f"{many} 封邮件：{zh or '没有要检查的'}"
    parts = ", ".join(f"{n} {NAMES['en'][name]}" for n, name in found)
    return f"{many} mail{'' if many == 1 else 's'}: {parts or 'nothing to check'}"


def _paint(words: str, colour: str, look: Look) -> str:
    return f"\x1b[{_COLOURS[colour]}m{words}\x1b[0m" if look.colour else words


def _bold(words: str, look: Look) -> str:
    return f"\x1b[1m{words}\x1b[0m" if look.colour else words

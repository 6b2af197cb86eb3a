"""The report as one HTML page for a colleague: both languages in it, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from checker.render.html_style import STYLE
from checker.render.run import Look, Result, Run
from checker.render.words import NAMES, where
from checker.rule import Both, Finding, Report, Rule

_HEAD = (
    '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="referrer" content="no-referrer">\n'
)
_FOUND = Both("发信前检查报告", "What was found before sending")
_WHY = Both("为什么", "Why")
_INSTEAD = Both("建议：", "Instead: ")
_WAIVED = Both("（已豁免）", " (waived)")
_UNCHECKED = Both("未检查：", "Not checked: ")
_CRASHED = Both("规则出错：", "A rule crashed: ")


def render(run: Run, _look: Look) -> str:
    """The page; the mail's words are quoted masked, as in every report."""
    first = run.language or next((r.report.language for r in run.results if r.report), "zh")
    rules = {rule.id: rule for rule in run.catalogue}
    mails = "".join(_mail(result, rules) for result in run.results)
    notes = "".join(f"<p>{escape(note)}</p>\n" for note in run.told)
    return (
        f'<!doctype html>\n<html lang="{first}">\n<head>\n{_HEAD}<title>presend</title>\n'
        f"<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{_switch(first)}<h1>{_both(_FOUND)}</h1>\n"
        f'<p class="counts">{_both(_counts(run))}</p>\n{mails}{notes}</main>\n</body>\n</html>\n'
    )


def _switch(first: str) -> str:
    names = {"zh": "中文", "en": "English"}
    return (
        '<div class="languages" role="radiogroup" aria-label="语言 / Language">'
        + "".join(
            f'<label><input type="radio" name="language" id="{code}"{" checked" if code == first else ""}>'
            f'<span lang="{code}">{name}</span></label>'
            for code, name in names.items()
        )
        + "</div>\n"
    )


def _both(words: Both) -> str:
    """Both languages; the page shows one."""
    return f'<span lang="zh">{escape(words.zh)}</span><span lang="en">{escape(words.en)}</span>'


def _counts(run: Run) -> Both:
    shown = [v for v in ("block", "confirm", "allow") if run.counts[v]]
    many = len(run.results)
    zh = "，".join([f"{many} 封邮件", *(f"{run.counts[v]} 封{NAMES['zh'][v]}" for v in shown)])
    en = ", ".join([f"{many} mail{'' if many == 1 else 's'}", *(f"{run.counts[v]} {v}" for v in shown)])
    return Both(zh, en)


def _name(key: str) -> Both:
    return Both(NAMES["zh"][key], NAMES["en"][key])


def _mail(result: Result, rules: Mapping[str, Rule]) -> str:
    report = result.report
    if report is None:
        head = (
            f'<header><h2>{escape(result.path)}</h2><span class="verdict block">{_both(_name("block"))}</span></header>'
        )
        return f'<section class="mail">{head}<p>{escape(result.unreadable or "")}</p></section>\n'
    verdict = f'<span class="verdict {report.verdict}">{_both(_name(report.verdict))}</span>'
    inside = "".join(_parts(report, rules))
    return f'<section class="mail"><header><h2>{escape(result.path)}</h2>{verdict}</header>\n{inside}</section>\n'


def _parts(report: Report, rules: Mapping[str, Rule]) -> Iterator[str]:
    for finding in report.findings:
        yield _finding(finding, rules.get(finding.rule))
    for entry in report.incomplete:
        yield f"<p>{_both(_UNCHECKED)}{escape(f'{entry.what} ({entry.why})')}</p>\n"
    for error in report.errors:
        yield f"<p>{_both(_CRASHED)}{escape(error)}</p>\n"


def _finding(finding: Finding, rule: Rule | None) -> str:
    waived = " waived" if finding.waived else ""
    lines = [
        f'<p class="name">{_both(_name(finding.severity))} <code>{escape(finding.rule)}</code>'
        f"{_both(_WAIVED) if waived else ''}</p>",
        f"<p>{_both(finding.message)}</p>",
        _quoted(finding),
        f'<p class="instead">{_both(_INSTEAD)}{_both(finding.suggestion)}</p>' if finding.suggestion else "",
        f"<details><summary>{_both(_WHY)}</summary>{_both(rule.why)}</details>" if rule else "",
    ]
    return f'<article class="finding {finding.severity}{waived}">{"".join(lines)}</article>\n'


def _quoted(finding: Finding) -> str:
    if not finding.words.strip():
        return ""
    before, words, after = map(escape, finding.excerpt)
    place = _both(Both(where(finding, "zh"), where(finding, "en")))
    return f'<blockquote><span class="where">{place}</span>{before}<mark>{words}</mark>{after}</blockquote>'

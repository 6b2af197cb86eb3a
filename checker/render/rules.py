"""Rules for people: the list, and the whole of one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from rich.cells import cell_len, set_cell_size

from checker.render.text import wrapped
from checker.rule import Example, Rule


def listed(rules: Iterable[Rule], on: Collection[str], language: str, width: int) -> str:
    """One line a rule: severity, id, why. Switched-off ones say so."""
    rows = []
    for rule in rules:
        state = severity_of(rule) if rule.id in on else "off"
        line = f"{state:<14} {rule.id:<30} {getattr(rule.why, language)}"
        rows.append(_clipped(line, width))
    return "\n".join([*rows, ""])


def _clipped(line: str, width: int) -> str:
    """The line within so many columns of a terminal."""
    return line if cell_len(line) <= width else set_cell_size(line, width - 1).rstrip() + "…"


def severity_of(rule: Rule) -> str:
    """error, or error/warning where outsiders make it worse."""
    if isinstance(rule.severity, str):
        return rule.severity
    return f"{rule.severity['outside']}/{rule.severity['else']}"


def explained(rule: Rule, language: str, width: int) -> str:
    """A rule's reason, options, examples and how to change it."""
    zh = language == "zh"
    lines = [f"{rule.id}  ({severity_of(rule)})", *wrapped(getattr(rule.why, language), width, "  "), ""]
    if rule.source:
        lines += [f"{'依据' if zh else 'Source'}: {rule.source}", ""]
    if rule.options:
        lines += ["选项 (presend.toml):" if zh else "Options (presend.toml):"]
        options = ", ".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in rule.options.items())
        lines += ["  [rules]", f'  "{rule.id}" = {{options = {{{options}}}}}', ""]
    lines += ["会报告:" if zh else "It reports:", *_examples(rule.fails, width), ""]
    lines += ["不会报告:" if zh else "It leaves alone:", *_examples(rule.passes, width), ""]
    off = f'  "{rule.id}" = {{enabled = false}}'
    lines += ["关闭 (presend.toml):" if zh else "To switch it off (presend.toml):", "  [rules]", off, ""]
    return "\n".join(lines)


def _examples(examples: Iterable[Example], width: int) -> Iterator[str]:
    for example in examples:
        draft = dict(example.draft)
        words = draft["text"] if set(draft) == {"text"} else json.dumps(draft, ensure_ascii=False)
        yield from wrapped(str(words).replace("\n", " ⏎ "), width, "    ", "  - ")

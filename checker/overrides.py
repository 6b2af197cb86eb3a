"""What a policy changes in rules: severity, options, a further condition."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checker.company import Company
from checker.rule import SEVERITIES, Rule
from checker.rule_mistakes import Mistake


def unknown_overrides(company: Company, ids: set[str]) -> list[Mistake]:
    """A mistake for every [rules] entry that names no rule."""
    mistakes = []
    for rule_id in company.rules:
        if rule_id not in ids:
            close = difflib.get_close_matches(rule_id, sorted(ids), n=1)
            hint = f"did you mean {close[0]}?" if close else "`presend rules` lists them"
            mistakes.append(Mistake("presend.toml", 1, 1, f'rules."{rule_id}"', f"no such rule; {hint}"))
    return mistakes


def under_policy(rule: Rule, override: Mapping[str, Any]) -> Rule:
    """The rule as [rules."id"] changes it. Raises ValueError with what is wrong and what is allowed."""
    allowed = ("options", "severity", "enabled", "when")
    for key in override:
        if key not in allowed:
            raise ValueError(f"unknown key {key}; allowed: {', '.join(allowed)}")
    severity = override.get("severity", rule.severity)
    if isinstance(severity, str) and severity not in SEVERITIES:
        raise ValueError(f"severity {severity!r} is not allowed; allowed: {', '.join(SEVERITIES)}")
    options = dict(rule.options)
    for name, value in override.get("options", {}).items():
        if name not in options:
            raise ValueError(f"unknown option {name}; allowed: {', '.join(options) or 'none'}")
        if not _same_type(options[name], value):
            raise ValueError(f"option {name} takes a value like {json.dumps(options[name], ensure_ascii=False)}")
        options[name] = value
    extra = override.get("when")
    when = f"({rule.when}) && ({extra})" if rule.when and extra else extra or rule.when
    return replace(rule, severity=severity, options=options, when=when)


def _same_type(default: Any, value: Any) -> bool:
    numbers = (int, float)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, numbers):
        return isinstance(value, numbers)
    return type(default) is type(value)

"""GET /v1/rules: the rules in force; /v1/rules/{family}/{name}: one of them, with its examples."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from checker.rule import Both, Example, Rule
from checker.service.models import RuleInFull, RuleList
from checker.service.negotiation import language
from checker.service.problems import ProblemError
from checker.service.services import Services


def blueprint(services: Services) -> Blueprint:
    """The endpoints over the services."""
    pages = Blueprint("rules", __name__)
    ruleset = services.setup.ruleset
    on = {judge.rule.id for judge in ruleset.judges}

    @pages.get("/v1/rules")
    @services.api.operation(tag="rules", gives=RuleList)
    def rules() -> Response:
        """Every rule: its severity, whether it is on, why it is there."""
        return jsonify({"ruleset": ruleset.hash, "rules": [_line(rule, rule.id in on) for rule in ruleset.rules]})

    @pages.get("/v1/rules/<family>/<name>")
    @services.api.operation(tag="rules", gives=RuleInFull, fails=(404,))
    def rule(family: str, name: str) -> Response:
        """One rule, with its options and examples."""
        found = next((rule for rule in ruleset.rules if rule.id == f"{family}/{name}"), None)
        if found is None:
            raise ProblemError("not-found", Both("没有这条规则。", "There is no such rule."))
        return jsonify({**_line(found, found.id in on), **_rest(found)})

    return pages


def _line(rule: Rule, is_on: bool) -> dict[str, Any]:
    severity = rule.severity
    return {
        "id": rule.id,
        "severity": severity if isinstance(severity, str) else severity["else"],
        "severity_outside": severity if isinstance(severity, str) else severity["outside"],
        "enabled": is_on,
        "why": getattr(rule.why, language() or "en"),
    }


def _rest(rule: Rule) -> dict[str, Any]:
    return {
        "source": rule.source,
        "options": dict(rule.options),
        "passes": [_example(one) for one in rule.passes],
        "fails": [_example(one) for one in rule.fails],
    }


def _example(example: Example) -> dict[str, Any]:
    return dict(example.draft)

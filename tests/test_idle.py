"""Rules that are left alone on a mail because they could find nothing there."""

import json
from datetime import UTC
from pathlib import Path

import pytest
import yaml

from checker.compile import build
from checker.draft import from_draft
from checker.examples import ENVELOPE, NOW
from checker.expressions import run
from checker.facts.facts import Facts
from checker.load import RuleFile
from checker.visible import Visible

MAILS = sorted((Path(__file__).parent / "mails").glob("*.yaml"))
RULE = """
severity: error
{let}when: {when}
at: subject
message: {{zh: 一, en: a}}
why: {{zh: 因, en: because}}
examples: {{pass: [x], fail: [y]}}
"""


def guards(company, when, let=""):
    text = RULE.format(when=json.dumps(when), let=f"let: {{{let}}}\n" if let else "")
    return set(build([RuleFile("x/y", "x/y.yaml", text)], company).judges[0].guards)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("mail.product", {("mail", "product", True)}),
        ("!own.empty && size(asins) == 0", {("own", "empty", False)}),
        ("mail.urgent&&!mail.short_reply", {("mail", "urgent", True), ("mail", "short_reply", False)}),
        ("mail.urgent && (own.empty || mail.asks)", {("mail", "urgent", True)}),
        ("mail.urgent || own.empty", set()),
        ("mail.urgent && own.empty || mail.asks", set()),
        ("!(own.empty && mail.urgent && mail.asks)", set()),
        ("asins.exists(a, a.valid && mail.urgent && a.where == 'own')", set()),
        ("mail.asks ? own.empty && mail.urgent && mail.product : true", set()),
        ("mail.scenario == '&& mail.urgent &&'", set()),
        ("mail.language == 'en' && mail.urgent", {("mail", "urgent", True)}),
    ],
)
def test_what_must_hold_of_a_fact_is_read_off_the_expression(company, when, expected):
    assert guards(company, when) == expected


def test_a_name_of_the_rules_own_is_no_fact(company):
    assert guards(company, "own.present && mail.urgent", let="own: files") == {("mail", "urgent", True)}


@pytest.mark.parametrize("file", MAILS, ids=lambda file: file.stem)
def test_an_idle_rule_would_have_found_nothing(file, ruleset, company):
    idle = 0
    for case in yaml.safe_load(file.read_text("utf-8")):
        facts = Facts(from_draft({**ENVELOPE, **case["draft"]}), company, NOW, ruleset.lexicon)
        visible = Visible(facts, ruleset.needs)
        limits = {name: float(value) for name, value in company.limits.items()}
        values = {**visible.values, "sent": NOW.astimezone(UTC), "limits": limits}
        bound = ruleset.environment.activation(values)
        phrased = {hit["rule"] for hit in values["hits"]}
        for judge in ruleset.judges:
            if judge.idle(values, phrased):
                idle += 1
                assert run(judge.program, bound) == [], (case["name"], judge.rule.id)
    assert idle > 100

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
from checker.judge import lacking
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


def judge(company, when, let=""):
    text = RULE.format(when=json.dumps(when), let=f"let: {{{let}}}\n" if let else "")
    return build([RuleFile("x/y", "x/y.yaml", text)], company).judges[0]


def guards(company, when, let=""):
    return set(judge(company, when, let).guards)


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


@pytest.mark.parametrize(
    ("when", "let", "expected"),
    [
        ("size(asins) > 0", "", {"asins"}),
        ("mail.product && size(asins)>0 && size(tables) > 0", "", {"asins", "tables"}),
        ("size(bad) > 0", "bad: 'asins.filter(a, !a.valid)'", {"asins"}),
        ("size(bad) > 0", "bad: 'asins.filter(a, [a.value].exists(v, v == a.text)).map(a, a.text)'", {"asins"}),
        ("size(worse) > 0", "bad: 'asins.filter(a, !a.valid)', worse: 'bad.filter(a, a.valid)'", {"asins"}),
        ("size(asins) > 1", "", set()),
        ("size(asins) == 0", "", set()),
        ("size(asins) > 0 || mail.product", "", set()),
        ("!(size(asins) > 0)", "", set()),
        ("mail.product ? size(asins) > 0 : true", "", set()),
        ("size(some) > 0", "some: 'asins.filter(a, a.valid) + asins'", set()),
        ("size(some) > 0", "some: 'mail.product ? asins : asins.filter(a, a.valid)'", set()),
        ("size(some) > 0", "some: 'subject.tags.filter(t, t.known)'", set()),
        ("size(some) > 0", "some: '[1, 2]'", set()),
        ("size(asins) > 0", "asins: '[1, 2]'", set()),
    ],
)
def test_which_lists_must_hold_something_is_read_off_the_expression(company, when, let, expected):
    assert judge(company, when, let).suspects == expected


@pytest.mark.parametrize("file", MAILS, ids=lambda file: file.stem)
def test_an_idle_rule_would_have_found_nothing_and_counting_finds_the_same(file, ruleset, company):
    idle = 0
    for case in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader):
        facts = Facts(from_draft({**ENVELOPE, **case["draft"]}), company, NOW, ruleset.lexicon)
        visible = Visible(facts, ruleset.needs)
        limits = {name: float(value) for name, value in company.limits.items()}
        values = {**visible.values, "sent": NOW.astimezone(UTC), "limits": limits}
        bound = ruleset.environment.activation(values)
        phrased = {hit["rule"] for hit in values["hits"]}
        for judge in ruleset.judges:
            if judge.idle(lacking(judge.musts, values), phrased):
                idle += 1
                assert run(judge.program, bound) == [], (case["name"], judge.rule.id)
            else:
                refs = [row[:2] for row in run(judge.program, bound)]
                assert run(judge.counting, bound) == refs, (case["name"], judge.rule.id)
    assert idle > 100

"""Rule authors' mistakes are told with file, line, key and what is allowed."""

import pytest

from checker.company import Company
from checker.compile import build
from checker.load import RuleFile
from checker.rule_mistakes import RuleError

GOOD = """
severity: error
each: deadlines.filter(d, d.due != null)
expect: timestamp(it.due) >= sent
message: {zh: "“{it.text}”", en: "“{it.text}”"}
why: {zh: 因, en: because}
examples:
  pass: ["a"]
  fail: ["b"]
"""


def mistakes(text, company=None, path="rules/deadline/x.yaml"):
    with pytest.raises(RuleError) as caught:
        build([RuleFile("deadline/x", path, text)], company or Company())
    return [str(m) for m in caught.value.mistakes]


def test_a_good_rule_loads():
    ruleset = build([RuleFile("deadline/x", "x.yaml", GOOD)], Company())
    assert [j.rule.id for j in ruleset.judges] == ["deadline/x"]
    assert ruleset.judges[0].needs == {"deadlines"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("severity: error", "severity: fatal"), "2:1: severity: 'fatal' is not allowed; allowed: error, warning, info"),
        (("expect:", "expects:"), "4:1: expects: unknown key; did you mean expect?"),
        (("d.due != null", "d.dew != null"), "3:1: each: undefined field 'dew' not found in struct 'Deadline' at character 22"),
        (("timestamp(it.due) >= sent", "it.due"), "4:1: expect: gives STRING, not BOOL"),
        (("{it.text}”\", en", "{it.txt}”\", en"), "5:1: message: undefined field 'txt' not found in struct 'Deadline'"),
        (('zh: "“{it.text}”", ', ""), "message: takes exactly the keys zh and en"),
        (("why: {zh: 因, en: because}", ""), "the key why is missing"),
        (('pass: ["a"]', "pass: []"), "examples: needs at least one pass"),
        (("each: deadlines.filter(d, d.due != null)", "each: mail.urgent"), "each: gives BOOL, not LIST<a fact>"),
        (("each: deadlines.filter(d, d.due != null)", "each: deadlines"), "fails on a mail whose nullable facts are null"),
        (("severity: error", "severity: error\nzones: [body]"), "zones: takes a list; allowed: own, quote"),
        (("severity: error", "severity: error\nunless: 'true'"), "unless: unless goes with phrases"),
        (("severity: error", "severity: error\nsilences: [{rules: a/b, where: here}]"), "where is one of mail, product"),
    ],
)  # fmt: skip
def test_mistakes_teach(change, told):
    text = GOOD.replace(*change)
    assert text != GOOD
    found = mistakes(text)
    assert any(told in m for m in found), found
    assert all(m.startswith("rules/deadline/x.yaml:") for m in found)


def test_a_circle_of_silences_is_told():
    a = GOOD + "silences: [{rules: x/b, where: mail}]\n"
    b = GOOD + "silences: [{rules: x/a, where: mail}]\n"
    with pytest.raises(RuleError, match="a circle: x/"):
        build([RuleFile("x/a", "a.yaml", a), RuleFile("x/b", "b.yaml", b)], Company())


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ({"deadline/y": {}}, "no such rule; did you mean deadline/x?"),
        ({"deadline/x": {"severity": "loud"}}, "severity 'loud' is not allowed"),
        ({"deadline/x": {"options": {"days": 3}}}, "unknown option days; allowed: none"),
        ({"deadline/x": {"enable": True}}, "unknown key enable; allowed: options, severity, enabled, when"),
        ({"deadline/x": {"when": "mail.outsid"}}, "undefined field 'outsid'"),
    ],
)
def test_policy_mistakes_teach(override, told):
    assert any(told in m for m in mistakes(GOOD, Company(rules=override)))


def test_policy_changes_a_rule():
    company = Company(rules={"deadline/x": {"severity": "info", "when": "mail.outside"}})
    rule = build([RuleFile("deadline/x", "x.yaml", GOOD)], company).rules[0]
    assert (rule.severity, rule.when) == ("info", "mail.outside")
    assert (
        build([RuleFile("deadline/x", "x.yaml", GOOD)], Company(rules={"deadline/x": {"enabled": False}})).judges == ()
    )


def test_the_hash_knows_rules_and_policy():
    plain = build([RuleFile("deadline/x", "x.yaml", GOOD)], Company()).hash
    assert build([RuleFile("deadline/x", "x.yaml", GOOD)], Company()).hash == plain
    assert build([RuleFile("deadline/x", "x.yaml", GOOD + "\n")], Company()).hash != plain
    assert build([RuleFile("deadline/x", "x.yaml", GOOD)], Company(archive="a@b.cn")).hash != plain


def test_the_rule_reference_names_every_key():
    from pathlib import Path

    from checker.load import KEYS, SCOPES, ZONES

    reference = (Path(__file__).parent.parent / "docs" / "rules.md").read_text("utf-8")
    assert [word for word in (*KEYS, *SCOPES, *ZONES) if word not in reference] == []

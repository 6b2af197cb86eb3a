"""check(): verdicts, silences, edits, crashes, masks, budgets, identity. On small rules of its own."""

import base64
import sys

import pytest

from checker.budget import Budget
from checker.compile import build
from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW
from checker.expressions import Environment, run
from checker.facts.kinds.words import Sensitive
from checker.load import RuleFile
from checker.masking import Masker
from checker.reading import Place
from checker.text import Span, literal
from checker.workbook import write_xlsx

COMMON = """
message: {zh: "“{it.text}”", en: "“{it.text}”"}
why: {zh: 因, en: because}
examples: {pass: [x], fail: [y]}
"""


def rule(rule_id, text):
    return RuleFile(rule_id, f"{rule_id}.yaml", text + COMMON)


def phrases(rule_id, *words, severity="warning", more="", suggest="better"):
    listed = ", ".join(words)
    return rule(rule_id, f"severity: {severity}\nphrases: [{{any: [{listed}], suggest: '{suggest}'}}]\n{more}")


def judged(company, *rules, now=NOW, budget=None, key=None, waivers=(), **draft):
    message = from_draft({**ENVELOPE, **draft})
    return check(message, build(rules, company), company, now=now, budget=budget, key=key, waivers=waivers)


@pytest.mark.parametrize(
    ("severities", "verdict"),
    [([], "allow"), (["info"], "allow"), (["warning", "info"], "confirm"), (["warning", "error"], "block")],
)
def test_the_verdict_follows_the_severest(company, severities, verdict):
    rules = [phrases(f"x/r{i}", "hello", severity=s) for i, s in enumerate(severities)]
    assert judged(company, *rules, text="hello there").verdict == verdict


@pytest.mark.parametrize(
    ("where", "text", "left"),
    [
        ("mail", "alpha one. beta two", {"x/a"}),
        ("sentence", "alpha one. beta two", {"x/a", "x/b"}),
        ("sentence", "alpha one, beta two", {"x/a"}),
        ("overlap", "alpha one, beta two", {"x/a", "x/b"}),
        ("overlap", "alphabet soup", {"x/a"}),
    ],
)
def test_silences(company, where, text, left):
    a = phrases("x/a", "alpha", "alphabet", more=f"silences: [{{rules: x/b, where: {where}}}]\n")
    b = phrases("x/b", "beta", "alphabet soup")
    assert {f.rule for f in judged(company, a, b, text=text).findings} == left


def test_one_edit_a_place_the_severer_findings(company):
    report = judged(company, phrases("x/a", "alpha beta"), phrases("x/b", "beta", severity="error"), text="alpha beta")
    edits = {f.rule: [e.text for e in f.edits] for f in report.findings}
    assert edits == {"x/b": ["better"], "x/a": []}


def test_findings_stand_severest_first_then_as_in_the_mail(company):
    rules = [phrases("x/w", "one", "two"), phrases("x/e", "three", severity="error")]
    report = judged(company, *rules, subject="【补货】two", text="one and three")
    assert [(f.rule, f.words) for f in report.findings] == [("x/e", "three"), ("x/w", "two"), ("x/w", "one")]


def test_a_notice_is_judged_only_by_rules_that_say_so(company):
    plain, strict = phrases("x/plain", "hello"), phrases("x/strict", "hello", more="notice: true\n")
    report = judged(company, plain, strict, subject="【通知】", text="hello. 无需回复。")
    assert report.notice
    assert {f.rule for f in report.findings} == {"x/strict"}


def test_a_rule_that_crashes_is_told_and_asks(company):
    crash = rule("x/crash", "severity: error\neach: products.filter(p, p.metrics[3] == 'dos')\n")
    good = phrases("x/good", "hello", severity="info")
    with pytest.raises(Exception, match="nullable facts"):  # such a rule does not even load
        build([crash], company)
    late = rule("x/late", "severity: error\nwhen: size(asins) > 0 && asins[7].valid\nat: subject\n")
    late = late._replace(text=late.text.replace("it.text", "subject.text"))
    with pytest.raises(Exception, match="nullable facts"):
        build([late], company)
    sneaky = rule("x/sneaky", "severity: error\nwhen: size(asins) > 1 && asins[7].valid\nat: subject\n")
    report = judged(company, sneaky, good, text="hello B08XYZ1234 and B07ABCD123")
    assert [e.split(":")[0] for e in report.errors] == ["x/sneaky"]
    assert report.verdict == "confirm"
    assert {f.rule for f in report.findings} == {"x/good"}


def test_a_fact_that_crashes_is_told_and_the_rest_judged(company, monkeypatch):
    from checker.facts import people

    def broken(*_):
        raise ZeroDivisionError("secret words of the mail")

    monkeypatch.setattr(people, "read_greetings", broken)
    greeting = rule("x/greet", "severity: error\neach: greetings\n")
    report = judged(company, greeting, phrases("x/good", "hello"), text="hello")
    assert report.errors == ("facts greetings: ZeroDivisionError",)
    assert {f.rule for f in report.findings} == {"x/good"}
    assert report.verdict == "confirm"


def test_when_sensitive_data_cannot_be_read_nothing_is_quoted(company, monkeypatch):
    from checker.facts import sensitive

    def broken(*_):
        raise ValueError

    fixed = rule("x/fixed", "severity: error\neach: asins\nedit: {zh: '{it.text}!', en: '{it.text}!'}\nsafe: true\n")
    rules, text = (phrases("x/good", "hello"), fixed), "hello 13812345678 B08XYZ1234"
    assert all(f.edits for f in judged(company, *rules, text=text).findings)
    monkeypatch.setattr(sensitive, "read", broken)
    report = judged(company, *rules, text=text)
    assert {(f.rule, f.edits, f.safe) for f in report.findings} == {("x/fixed", (), False), ("x/good", (), False)}
    assert report.verdict == "block"
    finding = report.findings[-1]
    assert "hello" not in finding.words + finding.message.en + "".join(finding.excerpt)


def test_quotes_of_any_rule_are_masked(company):
    wide = rule("x/wide", "severity: info\neach: requests\n")
    report = judged(company, wide, text="请联系客户张伟\uff0c电话13812345678\uff0c确认地址。")
    assert report.findings
    said = repr([(f.message, f.words, f.excerpt, f.data) for f in report.findings])
    assert "13812345678" not in said


def test_a_spent_budget_is_told_and_asks(company):
    ticks = iter(range(10_000))
    budget = Budget(0.5, lambda: float(next(ticks)))
    report = judged(company, phrases("x/good", "hello"), text="hello", budget=budget)
    assert {entry.why for entry in report.incomplete} == {"time"}
    assert report.verdict == "confirm"


def test_severity_may_depend_on_who_reads(company):
    r = phrases("x/r", "hello", severity="{outside: error, else: info}")
    assert judged(company, r, text="hello").findings[0].severity == "info"
    assert judged(company, r, text="hello", to=["a@swift-freight.com"]).findings[0].severity == "error"


def test_a_rewrite_without_the_mails_deadline_is_advice_only(company):
    r = phrases("x/r", "尽快处理", suggest="请在{deadline}前处理")
    alone = judged(company, r, text="请尽快处理。").findings[0]
    assert (alone.edits, alone.suggestion.zh) == ((), "请在X月X日前处理")
    dated = judged(company, r, text="请尽快处理。您是否方便在3月12日17:00前确认\uff1f").findings[0]
    assert dated.suggestion.zh == "请在3月12日 17:00前处理"
    assert [e.text for e in dated.edits] == ["请在3月12日 17:00前处理"]


def test_identity_needs_a_key_and_ignores_dates_and_quotes(company):
    r = phrases("x/r", "hello")
    assert judged(company, r, text="hello").digest is None
    first = judged(company, r, text="hello", key=b"k")
    later = judged(company, r, text="hel\nlo".replace("\n", ""), key=b"k", date="2026-03-11T10:00:00+08:00")
    other = judged(company, r, text="hello you", key=b"k")
    assert first.digest == later.digest != other.digest
    assert first.findings[0].fingerprint == other.findings[0].fingerprint
    assert judged(company, r, text="hello", key=b"l").findings[0].fingerprint != first.findings[0].fingerprint


def test_a_waived_finding_does_not_count(company):
    r = phrases("x/r", "hello", severity="error")
    mark = judged(company, r, text="hello", key=b"k").findings[0].fingerprint
    report = judged(company, r, text="hello", key=b"k", waivers={mark})
    assert (report.verdict, report.findings[0].waived) == ("allow", True)


def test_words_of_a_case_are_worked_out_only_in_that_case(company):
    """products[0] of a mail without products must not crash the rule."""
    text = (
        "severity: info\nat: subject\nmessage:\n  by: \"size(products) == 0 ? 'none' : 'some'\"\n"
        "  none: {zh: 无, en: none}\n  else: {zh: '{products[0].key}', en: '{products[0].key}'}\n"
        "why: {zh: 因, en: because}\nexamples: {pass: [x], fail: [y]}\n"
    )
    one = RuleFile("x/one", "one.yaml", text)
    assert judged(company, one, subject="【会议】周会", text="hello").findings[0].message.en == "none"
    assert judged(company, one, text="hello").findings[0].message.en == "B08XYZ1234"


def test_a_sealed_mail_is_not_called_checked(company):
    from checker.mime import from_eml

    sealed = b"From: a@lantu-trade.cn\nTo: b@x.cn\nSubject: s\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime;"
    sealed += b" smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB\n"
    report = check(from_eml(sealed), build([], company), company, now=NOW)
    assert [entry.why for entry in report.incomplete] == ["encrypted"]
    assert report.verdict == "confirm"


def test_nulls_from_expressions_are_counted():
    environment = Environment()
    program, bound = environment.program("[mail, [null]]"), environment.activation({"mail": {"language": None}})
    assert run(program, bound) == [{"language": None}, [None]]
    before = sys.getrefcount(None)
    for _ in range(1000):
        run(program, bound)
    assert sys.getrefcount(None) > before - 500  # each null lost would take one


def test_expect_spares_what_holds(company):
    valid = rule("x/valid", "severity: error\neach: asins\nexpect: it.valid\n")
    found = judged(company, valid, text="B08XYZ1234 and BO7ABC1234").findings
    assert [f.words for f in found] == ["BO7ABC1234"]


def test_facts_in_zones_that_a_rule_does_not_name_are_left_alone(company):
    text = "请确认。\n\n-----原始邮件-----\n发件人\uff1a a@b.cn\n主题\uff1a x\n\n身份证\uff1a11010519491231002X"
    plain = rule("x/plain", "severity: error\neach: sensitive.filter(s, s.kind == 'resident_id')\n")
    every = rule(
        "x/every", "severity: error\nzones: [own, quote]\neach: sensitive.filter(s, s.kind == 'resident_id')\n"
    )
    assert [f.rule for f in judged(company, plain, every, text=text).findings] == ["x/every"]


def test_rules_without_phrases_in_the_mail_do_not_run_and_others_do(company):
    rules = [phrases("x/a", "alpha"), phrases("x/b", "beta"), phrases("x/c", "gamma")]
    assert {f.rule for f in judged(company, *rules, text="alpha and beta").findings} == {"x/a", "x/b"}


def test_a_value_inside_a_longer_one_is_masked_as_the_longer(company):
    short, long = "13812345678", "13812345678@qq.com"
    body = literal("text", f"{short} {long}")

    def fact(start, words, masked):
        return Sensitive(
            Place(Span(body, start, start + len(words)), "own", "own"), "x", "x", masked, None, False, False
        )

    masker = Masker([fact(0, short, "138****5678"), fact(12, long, "1***@qq.com")])
    assert masker.text(f"an {long}, {short}") == "an 1***@qq.com, 138****5678"


def test_of_values_that_overlap_nothing_stays(company):
    body = literal("text", "13812345678@qq.com.cn 5678@qq.com.cnx")

    def fact(start, end, masked):
        return Sensitive(Place(Span(body, start, end), "own", "own"), "x", "x", masked, None, False, False)

    masker = Masker([fact(0, 18, "1***@qq.com"), fact(22, 37, "5***")])
    assert masker.text("an 13812345678@qq.com.cnx!") == "an 1***@qq.com****!"
    assert masker.blacked("an 13812345678@qq.com!") == "an " + "█" * 18 + "!"


def test_a_rule_that_loops_too_long_is_a_crashed_rule(company):
    nested = "asins.all(a, asins.all(b, asins.all(c, a.valid || b.valid || c.valid)))"
    loops = rule("x/loops", f"severity: error\nwhen: {nested}\neach: asins\n")
    good = rule("x/good", "severity: error\neach: asins\n")
    text = " ".join(f"B08XYZ12{n:02d}" for n in range(25))
    report = judged(company, loops, good, text=text)
    assert {f.rule for f in report.findings} == {"x/good"}
    assert [error.partition(":")[0] for error in report.errors] == ["x/loops"]


def test_no_shipped_rule_loops_too_long_over_a_sheet_of_many_products(judge):
    rows = [["ASIN", "库存", "日均销量", "可售天数"], *([f"B0{n:07d}Z", 105, 15, 7] for n in range(700))]
    content = base64.b64encode(write_xlsx(rows)).decode()
    report = judge(attachments=[{"name": "a.xlsx", "content": content}])
    assert report.errors == ()
    assert ("asins: 201 more", "count") in report.incomplete

"""Whole mails against one rule at a time: those it must find, and as many near misses in which it must be silent."""

import re
from pathlib import Path

import pytest
import yaml

from checker.engine import check
from checker.examples import DRESSES, ENVELOPE, NOW

CASES = yaml.load((Path(__file__).parent / "cases" / "rule_mails.yaml").read_text("utf-8"), yaml.CSafeLoader)


def cases():
    for rule_id, mails in CASES.items():
        for number, mail in enumerate(mails, 1):
            # A gap is a fault of ours that is known and not mended yet: once it is, the mark has to go.
            marks = [pytest.mark.xfail(reason=mail["gap"], strict=True)] if "gap" in mail else []
            yield pytest.param(rule_id, mail, id=f"{rule_id}/{number}", marks=marks)


@pytest.mark.parametrize(("rule_id", "mail"), list(cases()))
def test_the_rule_fires_where_it_should_and_nowhere_else(rule_id, mail, check_draft):
    report = check_draft({key: value for key, value in mail.items() if key not in ("fires", "gap")})
    found = [f"{f.message.en} | {f.words}" for f in report.findings if f.rule == rule_id]
    assert bool(found) is mail["fires"], "\n".join(found) or "silent"


@pytest.fixture(scope="session")
def check_draft(company, ruleset):
    """A partial draft, with rows for the content of its files -> its report."""
    return lambda draft: check(DRESSES["draft"]({**ENVELOPE, **draft}), ruleset, company, now=NOW)


@pytest.mark.parametrize("rule_id", CASES)
def test_half_of_the_mails_are_good_ones_and_the_chinese_ones_are_in_full_width(rule_id):
    mails = CASES[rule_id]
    good = sum(not mail["fires"] for mail in mails)
    assert len(mails) >= 15
    assert good * 2 >= len(mails)
    texts = [mail.get("text", "") for mail in mails]
    chinese = [text for text in texts if re.search("[\u4e00-\u9fff]", text)]
    assert len(chinese) >= 7
    assert all(re.search("[\uff01-\uff5e]", text) for text in chinese)

"""Whole mails, as people write them, with every error and warning that they deserve: the measure of detection."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW

MAILS = sorted((Path(__file__).parent / "mails").glob("*.yaml"))


def cases():
    for file in MAILS:
        for case in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader):
            # A gap is a fault of ours that is known and not mended yet: once it is, the mark has to go.
            marks = [pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
            yield pytest.param(case, id=f"{file.stem}/{case['name']}", marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_a_mail_gets_what_it_deserves(case, ruleset, company):
    """expect: rule ids of errors and warnings, exactly, as the one who wrote the mail wants them; note: why."""
    report = check(from_draft({**ENVELOPE, **case["draft"]}), ruleset, company, now=NOW)
    found = {f.rule for f in report.findings if f.severity != "info"}
    said = "\n".join(f"{f.rule}: {f.message.en} | {f.words}" for f in report.findings)
    assert found == set(case["expect"]), said
    assert not report.errors


def test_the_mails_are_real_ones():
    """Both languages, good ones among them, and full-width punctuation as Chinese mails have it."""
    texts = [str(c.values[0]["draft"].get("text") or c.values[0]["draft"].get("html")) for c in cases()]
    chinese = [t for t in texts if any("\u4e00" <= ch <= "\u9fff" for ch in t)]
    marks = Counter(ch for t in chinese for ch in t if ch in "\uff0c\uff1a\uff08\uff09\uff01\uff1f\uff1b")
    assert len(chinese) >= 20
    assert len(texts) - len(chinese) >= 20
    assert marks["\uff0c"] > 50
    assert marks["\uff1a"] > 20
    assert marks["\uff08"] > 5
    assert sum(not c.values[0]["expect"] for c in cases()) >= 20

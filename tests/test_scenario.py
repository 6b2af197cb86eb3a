"""What a mail is as a whole: scenario, notice, brief answers, language, losses with a day."""

import pytest
from letters import cases

from checker.company import Company
from checker.compile import Ruleset
from checker.draft import from_draft
from checker.examples import ENVELOPE, NOW
from checker.facts.facts import Facts
from checker.facts.losses import dated_loss
from checker.facts.notices import says_notice, wants_nothing
from checker.facts.other_channels import tells_by_im
from checker.facts.scenario import is_brief
from checker.facts.topics import weights


@pytest.fixture(scope="module")
def mail_of(company: Company, ruleset: Ruleset):
    """mail_of(**draft) -> Mail, over the envelope."""

    def read(**draft):
        message = from_draft({**ENVELOPE, **draft})
        return Facts(message, company, message.date or NOW, ruleset.lexicon).mail

    return read


def _plain(value):
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", cases("scenarios"), ids=lambda c: c["draft"].get("text", "")[:30])
def test_mails(mail_of, case):
    mail = mail_of(**case["draft"])
    assert {name: _plain(getattr(mail, name)) for name in case["mail"]} == case["mail"]


@pytest.mark.parametrize("case", cases("intents"), ids=lambda c: c["text"][:30])
def test_intents(case):
    judges = {"notice": says_notice, "im": tells_by_im, "loss": dated_loss, "courtesy": wants_nothing}
    for name, expected in case.items():
        if name != "text":
            assert judges[name](case["text"]) is expected, name


def test_metrics_and_evidence_follow_the_policy(mail_of):
    assert mail_of(subject="【补货】B08XYZ1234", text="请补货。").metrics_needed == (
        "stock",
        "daily_sales",
        "dos",
        "stockout_date",
    )
    assert mail_of(subject="【会议】周会", text="请参加。").metrics_needed == ()


def test_holidays_count_as_days_without_work(mail_of):
    text = "B08XYZ1234库存30件\uff0c日均15件\uff0c请补货。"
    assert mail_of(text=text).days_to_work == 1
    assert mail_of(text=text, date="2026-03-13T10:00:00+08:00").days_to_work == 3
    assert mail_of(text=text, date="2026-09-30T10:00:00+08:00").days_to_work > 5


def test_brief():
    assert is_brief("好的\uff0c周四发。", 1)
    assert is_brief("Agreed, go ahead with 200 units.", 1)
    assert not is_brief("背景说明。" * 30, 4)


def test_words_count_at_their_start():
    assert "logistics" not in weights("the report supports it")

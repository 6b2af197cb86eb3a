"""What many tests need: the example company, the shipped rules, a way to check a draft."""

import tomllib

import pytest

from checker.compile import build
from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW, example_company
from checker.files import default_policy
from checker.policy import company_of
from checker.rule_folders import shipped_rules


@pytest.fixture(scope="session")
def company():
    """The company of the rule examples."""
    return example_company(company_of(tomllib.loads(default_policy().decode()), {}), {})


@pytest.fixture(scope="session")
def ruleset(company):
    """Every shipped rule under the default policy."""
    return build(shipped_rules(), company)


@pytest.fixture(scope="session")
def judge(company, ruleset):
    """judge(**draft) -> Report: a partial draft over the envelope of the examples."""

    def judged(**draft):
        return check(from_draft({**ENVELOPE, **draft}), ruleset, company, now=NOW)

    return judged

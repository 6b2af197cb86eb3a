"""What many tests need: the example company, the shipped rules, a way to check a draft."""

import tomllib

import pytest
from hypothesis import settings
from longest import LONGEST
from postgres import Server, require

from checker.compile import build
from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW, example_company
from checker.files import default_policy
from checker.policy import company_of
from checker.rule_folders import shipped_rules

# A machine that is busy with something else is no reason for a property to fail.
settings.register_profile("presend", deadline=None)
settings.load_profile("presend")


def pytest_collection_modifyitems(items):
    """The longest files first; the others stay as they were."""
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


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


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the session. A test may stop it, and starts it again."""
    require()
    server = Server()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """An empty database of either kind: the tests that ask for it run on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/state/presend.db"
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def store(database_url):
    """A store on a database of either kind."""
    from checker.store.store import Store

    opened = Store.open(database_url)
    yield opened
    opened.close()

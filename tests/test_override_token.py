"""The override token: what it lets pass, and everything that makes it void."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import override
from checker.override import read, sign

KEY = b"k" * 32
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MARKS = frozenset({"a" * 32, "b" * 32})
TOKEN = sign(KEY, "digest", "ruleset", MARKS, NOW + HOUR)


def test_a_token_says_what_it_was_made_for():
    assert read(KEY, TOKEN, "digest", "ruleset", NOW) == MARKS
    assert read(KEY, TOKEN, "digest", "ruleset", NOW + HOUR - timedelta(seconds=1)) == MARKS


@pytest.mark.parametrize(
    ("key", "digest", "ruleset", "now"),
    [
        (b"x" * 32, "digest", "ruleset", NOW),
        (KEY, "another", "ruleset", NOW),
        (KEY, "digest", "another", NOW),
        (KEY, "digest", "ruleset", NOW + HOUR),
    ],
)
def test_it_is_void_for_anything_else(key, digest, ruleset, now):
    assert read(key, TOKEN, digest, ruleset, now) == frozenset()


@given(st.integers(0, len(TOKEN) - 1), st.characters())
def test_a_token_that_was_changed_is_void(at, char):
    forged = TOKEN[:at] + char + TOKEN[at + 1 :]
    assert read(KEY, forged, "digest", "ruleset", NOW) == (MARKS if forged == TOKEN else frozenset())


@given(st.none() | st.text() | st.text(alphabet="1.-_aA="))
def test_nonsense_is_no_token(text):
    assert read(KEY, text, "digest", "ruleset", NOW) == frozenset()


def test_a_signature_for_another_purpose_is_none_of_a_token(monkeypatch):
    monkeypatch.setattr(override, "_PURPOSE", b"presend something else\0")
    other = sign(KEY, "digest", "ruleset", MARKS, NOW + HOUR)
    monkeypatch.undo()
    assert read(KEY, other, "digest", "ruleset", NOW) == frozenset()

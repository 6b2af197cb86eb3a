"""Prefixes, tags and the rest of a subject."""

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st
from letters import cases, letter

from checker.body import MOST_SUBJECT
from checker.facts.subject import read


@pytest.fixture(scope="module")
def tags(company):
    return company.tags


@pytest.mark.parametrize("case", cases("subjects"), ids=lambda c: c["subject"][:30])
def test_subjects(case, tags):
    subject = read(letter("", subject=case["subject"]).subject, tags)
    assert subject.empty == case["empty"]
    assert subject.prefix == case["prefix"]
    assert subject.core == case["core"]
    assert [[t.value, t.topic, t.known, t.leading, t.nearest] for t in subject.tags] == case["tags"]


def test_a_tag_points_at_its_words(tags):
    subject = read(letter("", subject="Re\uff1a\uff3b Restcok \uff3dB08").subject, tags)
    assert [t.place.text for t in subject.tags] == ["Restcok"]


def test_a_company_has_its_own_topics():
    own = {"legal": ("法务", "Legal"), "general": ("杂项",)}
    found = read(letter("", subject="【法务】合同【杂项】").subject, own).tags
    assert [(t.topic, t.known) for t in found] == [("legal", True), ("", True)]


@given(st.text(alphabet="[]【】紧急补货Re: \uff1a-#1\n", max_size=40))
def test_never_crashes_and_empty_means_no_words(words):
    subject = read(letter("", subject=words).subject, {"urgent": ("紧急",)})
    assert not (subject.empty and subject.core)


@pytest.mark.parametrize(
    ("unit", "core", "tags"),
    [
        ("[", "[" * MOST_SUBJECT, 0),
        ("【", "【" * MOST_SUBJECT, 0),
        ("Re:", "", 0),
        ("[a]", "", 3_333),
        ("-", "", 0),
        ("急", "急" * MOST_SUBJECT, 0),
    ],
)
def test_one_long_repetition_does_no_harm(unit, core, tags):
    found = grows_linearly(
        lambda n: read(letter("", subject=unit * (n // len(unit))).subject, {"urgent": ("紧急",)}), MOST_SUBJECT
    )
    assert (found.core, len(found.tags)) == (core, tags)

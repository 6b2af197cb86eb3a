"""Blanks of templates, and what they stand for; masks, sizes and headings are none."""

import pytest
from growth import grows_linearly
from letters import cases, letter

from checker.facts.blanks import read


@pytest.mark.parametrize("case", cases("blanks"), ids=lambda c: c["text"][:30])
def test_blanks(case):
    found = read(letter(case["text"], subject=""))
    assert [[b.place.text, b.stands_for, b.metric] for b in found] == case["found"]


def test_the_subject_is_read_too():
    assert [(b.place.text, b.place.where) for b in read(letter("", subject="【补货】B0XXXXXXXX 断货"))] == [
        ("B0XXXXXXXX", "subject")
    ]


@pytest.mark.parametrize(
    ("unit", "first", "count"),
    [
        ("X", "", 0),
        ("_", "", 0),
        ("{", "", 0),
        ("[", "", 0),
        ("<a", "", 0),
        ("某", "某" * 9, 1),
        ("?", "", 0),
        ("( ", "", 0),
        ("X月", "X月X", 500),
        ("a_", "", 0),
    ],
)
def test_one_long_repetition_does_no_harm(unit, first, count):
    found = grows_linearly(lambda n: read(letter(unit * (n // len(unit)), subject="")), 200_000)
    assert len(found) == count
    assert "".join(b.place.text for b in found).startswith(first)

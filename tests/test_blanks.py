"""Blanks of templates, and what they stand for; masks, sizes and headings are none."""

import pytest
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


@pytest.mark.parametrize("char", ["X", "_", "{", "[", "<a", "某", "?", "( ", "X月", "a_"])
def test_one_long_repetition_does_no_harm(char):
    read(letter(char * (200_000 // len(char)), subject=""))

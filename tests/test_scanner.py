"""The scanner finds what a plain alternation finds, in less time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.facts import mentions_en, metrics, vague_words
from checker.facts.scanner import Scanner

PATTERNS = (
    ("one", r"库存(?:数量)?(?!天)|(?:可|能)?卖[了出]?"),
    ("two", r"库存天数|\d{1,2}天"),
    ("three", r"(?<![a-z])(?:daily )?(?:sales|stock)(?![a-z])|[日周]均"),
)
# Repeated, left out, and more ways to begin than are told apart.
REPEATED = (
    ("one", r"(?<![a-z])(?:[ab]c){2,3}d|(?<![a-z])x{0,2}yz*(?=[bc]|$)"),
    ("two", r"(?:[\d一二三四五六七八九十]{1,3}[百千万]?){1,2}[个件箱]|(?:大约|约|共)*[\d]{3}"),
    ("three", r"[一二三四五六七八九十百千万大约共个件箱]{5,}天?"),
)


@pytest.mark.parametrize(
    ("patterns", "characters"),
    [(PATTERNS, "库存数量天可能卖了出日周均1 2dailysestock "), (REPEATED, "abcdxyz 127一二百千大约共个件箱天")],
    ids=["plain", "repeated"],
)
@given(data=st.data())
def test_same_as_an_alternation(patterns, characters, data):
    text = data.draw(st.text(alphabet=characters, max_size=40))
    plain = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns))
    found = [(f.start, f.end, f.name) for f in Scanner(patterns).finditer(text, 0, len(text))]
    assert found == [(m.start(), m.end(), m.lastgroup) for m in plain.finditer(text)]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("库存天数", "dos"), ("库存周转", "void"), ("安全库存", "safety_stock"), ("日均销量", "daily_sales"),
        ("days of supply", "dos"), ("lead time", "void"), ("restock", "order"), ("in transit", "in_transit"),
    ],
)  # fmt: skip
def test_the_first_named_label_wins_at_one_place(text, metric):
    assert [label.metric for label in metrics.labels(text, 0, len(text))] == [metric]


def test_latin_labels_begin_at_words():
    assert metrics.labels("overstocked instock", 0, 19) == ()


@pytest.mark.parametrize("scanner", [metrics._LABEL, metrics._DAY_LABEL, vague_words.WORDS, mentions_en._WORDS])
def test_every_pattern_of_a_scanner_can_be_made(scanner):
    """Each is made when a text has its beginning: a mistake in one would else wait for that."""
    beginnings = frozenset[str]().union(*(first for _, first in scanner._at._branches))
    assert beginnings
    assert all(scanner._at[char].groups for char in beginnings)

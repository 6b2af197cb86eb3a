"""The scanner finds what a plain alternation finds, in less time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.facts import metrics
from checker.facts.scanner import Scanner

PATTERNS = (
    ("one", r"库存(?:数量)?(?!天)|(?:可|能)?卖[了出]?"),
    ("two", r"库存天数|\d{1,2}天"),
    ("three", r"(?<![a-z])(?:daily )?(?:sales|stock)(?![a-z])|[日周]均"),
)
PLAIN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS))


@given(st.text(alphabet="库存数量天可能卖了出日周均1 2dailysestock ", max_size=40))
def test_same_as_an_alternation(text):
    found = [(f.start, f.end, f.name) for f in Scanner(PATTERNS).finditer(text, 0, len(text))]
    assert found == [(m.start(), m.end(), m.lastgroup) for m in PLAIN.finditer(text)]


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

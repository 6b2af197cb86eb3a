"""SKUs, orders, shipments, tracking numbers: found by form, label, heading and shape, and nothing else."""

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st
from letters import cases, letter, sheet

from checker.facts.identifiers import read


@pytest.mark.parametrize("case", cases("identifiers"), ids=lambda c: c["text"][:30])
def test_identifiers(case):
    found = [[i.kind, i.value] for i in read(letter(case["text"], subject=""))]
    assert found == case["found"]


def test_a_place_points_at_the_words():
    (one,) = read(letter("说明\uff1a运单号\uff1a\uff17\uff17\uff13\uff11\uff11\uff12345678 已发", subject=""))
    assert one.value == "773112345678"
    assert one.place.text == "\uff17\uff17\uff13\uff11\uff11\uff12345678"
    assert one.place.where == "own"


def test_columns_of_a_sheet():
    table = sheet(
        ["补货计划"],
        ["货号", "ASIN", "数量", "柜号"],
        ["A款-红", "B08XYZ1234", "4", "TCLU1234567"],
        ["合计", "", "4", ""],
    )
    assert [(i.kind, i.value) for i in read(letter("见附件", subject="", sheets=(table,)))] == [
        ("sku", "A款-红"),
        ("tracking", "TCLU1234567"),
    ]


def test_a_table_that_reads_sideways():
    table = sheet(["SKU", "LT-BK-1"], ["库存", "105"])
    assert [i.value for i in read(letter("见附件", subject="", sheets=(table,)))] == ["LT-BK-1"]


@given(st.text(alphabet="ABX0159-*SKUFB运单号\uff1a, \n", max_size=60))
def test_no_place_is_taken_twice(words):
    places = [(i.place.span.start, i.place.span.end) for i in read(letter(words, subject=""))]
    assert len({start for start, _ in places}) == len(places)
    assert len({end for _, end in places}) == len(places)


@pytest.mark.parametrize("unit", ["1", "A", "-", "*", "_", "1-", "A1-", "SKU:", "运单号"])
def test_one_long_repetition_names_nothing_and_costs_little(unit):
    assert grows_linearly(lambda n: read(letter(unit * (n // len(unit)), subject="")), 200_000) == ()

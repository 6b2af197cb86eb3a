"""Numbers: values, units, precision, ranges; what is no number; properties."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.facts.bare_numbers import may_hold
from checker.facts.numbers import find, quotient


def read(text):
    return [(n.value, n.unit) for n in find(text.lower(), 0, len(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,200件", 1200, "units"),
        ("1.2万件", 12000, "units"),
        ("1.2k units", 1200, "units"),
        ("一千二百件", 1200, "units"),
        ("两百件", 200, "units"),
        ("两百五件", 250, "units"),
        ("两百零五件", 205, "units"),
        ("十五天", 15, "days"),
        ("一周", 7, "days"),
        ("两个月", 60, "days"),
        ("半个月", 15, "days"),
        ("3 weeks", 21, "days"),
        ("two hundred and five units", 205, "units"),
        ("fifteen units a day", 15, "units_per_day"),
        ("15件/天", 15, "units_per_day"),
        ("15/day", 15, "units_per_day"),
        ("35%", 35, "percent"),
        ("百分之三十五", 35, "percent"),
        ("$15.99", 15.99, "USD"),
        ("US$1,200", 1200, "USD"),
        ("15.99美元", 15.99, "USD"),
        ("¥199", 199, "CNY"),
        ("€25", 25, "EUR"),
        ("4.2星", 4.2, "stars"),
        ("3.9分", 3.9, "points"),
        ("10箱×20件", 200, "units"),
        ("10箱, 每箱20件", 200, "units"),
        ("10 cartons of 20 pcs", 200, "units"),
        ("3个工作日", 3, "other"),
        ("5 business days", 5, "other"),
        ("7 more days", 7, "days"),
    ],
)
def test_value_and_unit(text, value, unit):
    assert read(text) == [(pytest.approx(value), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-17", "2026年3月17日", "3月17日", "3/17", "17号", "14:30", "mar 17", "17 march 2026", "po-2026-018",
        "3-in-1", "15abc", "105/15", "一些", "一下", "万一",
    ],
)  # fmt: skip
def test_dates_and_codes_are_no_numbers(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "step"),
    [("30", 1), ("30.0", 0.1), ("1.2万", 1000), ("1.25k", 10), ("1,200", 1), ("一千二百件", 100), ("三十件", 10)],
)
def test_precision_is_the_step_of_the_last_digit(text, step):
    assert find(text, 0, len(text))[0].precision == pytest.approx(step)


@pytest.mark.parametrize(
    "text",
    ["约15件", "大概15件", "15件左右", "~15件", "about 15 units", "15+", "近15件", "15余件", "十几件", "15 or so"],
)
def test_approximate(text):
    assert find(text, 0, len(text))[0].approximate


@pytest.mark.parametrize("text", ["15件", "近7天", "仅剩15件", "15 units"])
def test_not_approximate(text):
    assert not find(text, 0, len(text))[0].approximate


def test_ranges_and_changes():
    (one,) = find("15–20件", 0, 6)
    assert (one.value, one.high) == (15, 20)
    assert [n.value for n in find("从15到20", 0, 6)] == [15, 20]
    assert [n.value for n in find("$29.99 to $24.99", 0, 16)] == [29.99, 24.99]
    (scaled,) = find("1-2万", 0, 4)
    assert (scaled.value, scaled.high) == (10000, 20000)


def test_codes_hold_no_numbers():
    assert find("b0 105 units", 0, 12, ((0, 6),)) == ()


def test_quotient():
    text = "dos = 105/15 = 7天"
    assert [n.value for n in quotient(text, 0, len(text))] == [105, 15]
    assert quotient("105/15", 0, 6) is None
    assert quotient("3/12 = x", 0, 8) is None


@given(st.integers(0, 9_999_999), st.sampled_from(["件", " units", "天", "%", ""]))
def test_grouped_and_plain_digits_read_alike(value, unit):
    plain, grouped = f"库存{value}{unit}", f"库存{value:,}{unit}"
    assert [n.value for n in find(plain, 0, len(plain))] == [value] == [n.value for n in find(grouped, 0, len(grouped))]


@given(st.text(alphabet="0123456789.,-/万千百十一两半件天 k$%约库:abmay箱x\n", max_size=60))
def test_any_text_gives_ordered_numbers_within_it(text):
    found = find(text, 0, len(text))
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert may_hold(text, 0, len(text)) or not found


@pytest.mark.parametrize("char", list("1万件,.天-/ $约a箱"))
def test_a_megabyte_of_one_character_is_read_at_once(char):
    text = char * 1_000_000
    assert len(find(text, 0, len(text))) <= 1

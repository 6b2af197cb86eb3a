"""ASINs as given and products as joined."""

from dataclasses import replace

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st
from letters import asins_of, cases, letter, products_of, read_identifiers, sheet

from checker.facts.asin_form import isbn_holds, judge
from checker.facts.kinds.figures import Figure
from checker.facts.products import keys
from checker.seller_data import Listings


@pytest.mark.parametrize("case", cases("asins"), ids=lambda c: c["text"][:30])
def test_asins(case):
    asins = asins_of(letter(case["text"], subject=""))
    assert [[a.value, a.problem, a.corrected] for a in asins] == case["found"]
    assert all(a.valid == (a.problem is None) for a in asins)


@pytest.mark.parametrize("case", cases("products"), ids=lambda c: c["text"][:30])
def test_products(case):
    products = products_of(letter(case["text"], subject=""))
    assert [[p.key, p.kind, p.excluded] for p in products] == case["found"]


@given(st.from_regex(r"B0[A-Z0-9]{7}[0-9]", fullmatch=True))
def test_a_well_formed_asin_is_never_a_problem(value):
    form = judge(value, labelled=True)
    assert form is None or form.valid


@given(st.from_regex(r"B0[A-WYZ0-9]{7}[0-9]", fullmatch=True), st.sampled_from(["lower", "spaces"]))
def test_corrections_give_the_asin_back(value, how):
    spoilt = value.lower() if how == "lower" else f"{value[:3]} {value[3:6]} {value[6:]}"
    form = judge(spoilt, labelled=True)
    assert form is not None
    assert form.corrected == value


def test_isbn_check_digit():
    assert isbn_holds("0306406152")
    assert isbn_holds("080442957X")
    assert not isbn_holds("0306406153")


def test_asin_columns():
    table = sheet(
        ["ASIN", "库存"],
        ["b08xyz1234", "3"],
        ["LT-BK-001", "3"],
        ["B08 XYZ 1235", ""],
        ["X001ABCDEF", "1"],
        ["合计", "30"],
    )
    found = asins_of(letter("见附件", subject="", sheets=(table,)))
    assert [(a.value, a.problem) for a in found] == [
        ("b08xyz1234", "lower"),
        ("B08 XYZ 1235", "characters"),
        ("X001ABCDEF", "fnsku"),
    ]
    assert {a.place.where for a in found} == {"sheet"}


def test_listings_tell_the_status_and_the_typing_error():
    listings = Listings.stated({"B08XYZ1234": "active", "B07ABC1234": "inactive"})
    found = asins_of(letter("B08XYZ1234 B07ABC1234 B09QQQ1111 B08XYZI234", subject=""), listings)
    assert [(a.listing, a.problem, a.corrected) for a in found] == [
        ("active", None, None),
        ("inactive", None, None),
        ("unknown", None, None),
        ("", "letter_i", "B08XYZ1234"),
    ]


def test_o_and_i_are_told_apart_where_only_the_digit_is_ours():
    ours = Listings.stated({"B08XYZ0234": "active", "B08XYZ1234": "active"})
    found = asins_of(letter("B08XYZO234 B08XYZI234", subject=""), ours)
    assert [(a.problem, a.corrected) for a in found] == [("letter_o", "B08XYZ0234"), ("letter_i", "B08XYZ1234")]


def test_competitors_are_not_looked_up():
    found = asins_of(letter("竞品 B09QQQ1111 降价", subject=""), Listings.stated({"B08XYZ1234": "active"}))
    assert [a.listing for a in found] == [""]


def test_the_first_mention_is_marked():
    found = asins_of(letter("B08XYZ1234 和 B08XYZ1234", subject="【补货】B08XYZ1234"))
    assert [a.first for a in found] == [True, False, False]


def test_where_a_product_is_named():
    table = sheet(["SKU", "ASIN"], ["LT-1", "B08XYZ1234"], ["LT-2", "B07ABC1234"], ["LT-3", "B09QQQ1111"])
    products = products_of(letter("B07ABC1234 请看", subject="【补货】B08XYZ1234", sheets=(table,)))
    assert [(p.key, p.in_subject, p.in_own, p.in_sheet, p.sheet_only) for p in products] == [
        ("B08XYZ1234", True, False, True, False),
        ("B07ABC1234", False, True, True, False),
        ("B09QQQ1111", False, False, True, True),
    ]


def test_rows_join_an_asin_and_its_sku():
    reading = letter(
        "LT-BK-1 库存",
        subject="",
        sheets=(sheet(["SKU", "ASIN"], ["LT-BK-1", "B08XYZ1234"], ["LT-BK-2", "B07ABC1234"]),),
    )
    skus = tuple(i for i in read_identifiers(reading) if i.kind == "sku")
    assert keys(reading, asins_of(reading), skus) == {
        "LT-BK-1": "B08XYZ1234",
        "B08XYZ1234": "B08XYZ1234",
        "LT-BK-2": "B07ABC1234",
        "B07ABC1234": "B07ABC1234",
    }


def test_metrics_of_a_product():
    reading = letter("B08XYZ1234 库存105件\uff0cB07ABC1234 日均3件", subject="")
    place = asins_of(reading)[0].place
    figure = Figure(place, "stock", 105, 105, "units", 1, False, "B08XYZ1234", False, None)
    figures = (figure, replace(figure, metric="daily_sales", product="B07ABC1234"))
    assert [p.metrics for p in products_of(reading, figures)] == [("stock",), ("daily_sales",)]


@pytest.mark.parametrize(
    ("unit", "keys"),
    [
        ("B0", []),
        ("B0A1", []),
        ("ASIN:", []),
        ("ASIN B0", ["B0ASIN"]),
        ("B0A1 ", []),
        ("除B08XYZ1234", ["B08XYZ1234"]),
        ("不", []),
    ],
)
def test_one_long_repetition_is_one_product_at_most(unit, keys):
    found = grows_linearly(lambda n: products_of(letter(unit * (n // len(unit)), subject="")), 60_000)
    assert [p.key for p in found] == keys

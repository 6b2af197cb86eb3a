"""Figures: phrases and what they give, whose they are, tables, reported figures."""

from pathlib import Path

import pytest
import yaml

from checker.budget import Budget
from checker.draft import from_draft
from checker.examples import ENVELOPE, NOW
from checker.facts.facts import Facts
from checker.facts.phrases import compile_lexicon

CASES = yaml.load((Path(__file__).parent / "cases/figures.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
LEXICON = compile_lexicon(())


@pytest.fixture
def facts(company):
    """facts(**draft) -> Facts of a partial draft over the envelope of the examples."""
    return lambda **draft: Facts(from_draft({**ENVELOPE, **draft}), company, NOW, LEXICON, Budget())


def written(figure, *, product):
    words = [figure.metric, f"{figure.value:g}"]
    words += [figure.product or "-"] if product else []
    return " ".join([*words, *(["reported"] if figure.reported else [])])


@pytest.mark.parametrize(("text", "wanted"), CASES["figures"])
def test_phrase_gives_figures(facts, text, wanted):
    owned = any(len(w.split()) > 2 and w.split()[2] != "reported" for w in wanted)
    assert sorted(written(f, product=owned) for f in facts(text=text).figures) == sorted(wanted)


@pytest.mark.parametrize("text", CASES["nothing"])
def test_phrase_gives_no_figure(facts, text):
    assert [
        written(f, product=False) for f in facts(text=text).figures if f.metric not in ("safety_stock", "per_box")
    ] == []


def test_cases_are_many_and_full_width():
    assert len(CASES["figures"]) >= 150
    assert len(CASES["nothing"]) >= 40
    assert sum(any("\uff01" <= c <= "\uff5e" for c in row[0]) for row in CASES["figures"]) >= 40


def test_a_row_of_two_products_owns_no_figure(facts):
    rows = [("ASIN", "库存"), ("B08XYZ1234 / B07ABC1234", "105"), ("B09QQQ1111", "30")]
    html = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
    found = facts(html=f"<table>{html}</table>").figures
    assert [(f.metric, f.value, f.product) for f in found] == [("stock", 105, None), ("stock", 30, "B09QQQ1111")]


def test_a_full_width_comma_is_none_of_thousands(facts):
    found = facts(text="库存\uff1a105\uff0c150件在途").figures
    assert [(f.metric, f.value) for f in found] == [("stock", 105), ("in_transit", 150)]
    assert [(f.metric, f.value) for f in facts(text="库存\uff1a105,150件").figures] == [("stock", 105150)]


def test_days_that_only_stock_and_order_last_are_the_orders(facts):
    """7 days of stock, 20 with the order: 20 is no wrong days of supply. 9 days fit neither, and are."""

    def stated(days):
        rows = [("ASIN", "库存", "日均销量", "采购数量", "可售天数"), ("B08XYZ1234", "105", "15", "195", days)]
        html = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        return [line.dos and line.dos.value for line in facts(html=f"<table>{html}</table>").lines]

    assert stated("20") == [None]
    assert stated("7") == [7]
    assert stated("9") == [9]


def test_one_date_for_several_products_is_that_of_the_first_to_run_out(facts):
    text = "B08XYZ1234库存105件\uff0c日均15件\uff1bB07ABC1234库存600件\uff0c日均20件。预计断货时间3月17日。"
    stated = [line for line in facts(subject="【补货】两款补货", text=text).lines if line.stockout]
    assert [line.expected.stockout for line in stated] == ["2026-03-17"]

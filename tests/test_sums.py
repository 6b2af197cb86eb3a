"""Ratios, totals and cartons: a right statement never fires, whatever the figures; one that is off always does."""

from hypothesis import given, settings
from hypothesis import strategies as st

PHRASES = (
    "库存{stock}件\uff0c日均{daily}件\uff0cDOS {days}天。",
    "目前可售{stock}件\uff0c过去7天日均销量{daily}件\uff0c库存天数\uff1a{days}天。",
    "We have {stock} units in stock and sell {daily} units per day; days of supply: {days}.",
    "On hand: {stock} units\nAverage daily sales: {daily}\nDOS: {days} days",
    "| ASIN | 库存 | 日均 | DOS |\n| B08XYZ1234 | {stock} | {daily} | {days} |",
)
ADS = (
    "广告花费${spend:.2f}\uff0c广告销售额${sales:.2f}\uff0cACOS {acos:.1f}%。",
    "Ad spend was ${spend:,.2f} on ad sales of ${sales:,.2f}, so ACOS is {acos:.1f}%.",
)
FEW = settings(max_examples=25, deadline=None)


def fired(judge, rule, text):
    return rule in {f.rule for f in judge(text=text).findings}


@FEW
@given(st.integers(30, 9000), st.integers(1, 300), st.sampled_from(PHRASES), st.integers(2, 40))
def test_days_of_supply(judge, stock, daily, phrase, slip):
    right = stock // daily
    assert not fired(judge, "data/wrong-dos", phrase.format(stock=stock, daily=daily, days=right))
    # A table shows its averages rounded: what that can make of the days is right too.
    rounding = right // 5 if phrase.startswith("|") else 0
    assert fired(judge, "data/wrong-dos", phrase.format(stock=stock, daily=daily, days=right + 1 + rounding + slip))


@FEW
@given(st.integers(100, 900_00), st.integers(2, 9), st.sampled_from(ADS), st.sampled_from((-2.0, 2.0, 7.5)))
def test_acos(judge, cents, times, phrase, slip):
    spend, sales = cents / 100, cents * times / 100
    acos = spend / sales * 100
    assert not fired(judge, "data/wrong-ratio", phrase.format(spend=spend, sales=sales, acos=acos))
    assert fired(judge, "data/wrong-ratio", phrase.format(spend=spend, sales=sales, acos=acos + slip))


@FEW
@given(st.lists(st.integers(1, 5000), min_size=2, max_size=6), st.integers(2, 500))
def test_totals(judge, parts, slip):
    def table(total):
        rows = [("SKU", "补货数量"), *((f"款{n}", part) for n, part in enumerate(parts)), ("合计", total)]
        return "\n".join(f"| {a} | {b} | - |" for a, b in rows)

    if sum(parts[1:]) != parts[0]:
        assert not fired(judge, "data/wrong-total", table(sum(parts)))
        assert fired(judge, "data/wrong-total", table(sum(parts) + slip))


@FEW
@given(st.integers(2, 200), st.integers(2, 99), st.integers(2, 50))
def test_cartons(judge, boxes, each, slip):
    text = "发货{}箱\uff0c每箱{}件\uff0c合计{}件。"
    assert not fired(judge, "data/wrong-quantity", text.format(boxes, each, boxes * each))
    assert fired(judge, "data/wrong-quantity", text.format(boxes, each, boxes * each + slip))

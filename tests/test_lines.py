"""Lines: what figures of one product come to, what may be stated, what is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.budget import Budget
from checker.draft import from_draft
from checker.examples import ENVELOPE, NOW
from checker.facts.facts import Facts
from checker.facts.phrases import compile_lexicon

LEXICON = compile_lexicon(())
MODEL = (
    "ASIN B08XYZ1234当前库存DOS为7天\uff08库存105件/日均销15件\uff09\uff0c上次进货时间为2024-03-15\uff0c"
    "建议本周内下达200件采购单以覆盖未来30天销售。"
)


@pytest.fixture(scope="session")
def facts(company):
    """facts(**draft) -> Facts of a partial draft over the envelope of the examples."""
    return lambda **draft: Facts(from_draft({**ENVELOPE, **draft}), company, NOW, LEXICON, Budget())


def fits(line):
    """As data/wrong-dos judges."""
    return line.dos.value <= line.expected.dos_high and line.dos.high >= line.expected.dos_low


def dated(line):
    """As data/wrong-stockout-date judges."""
    return line.expected.stockout_from <= line.stockout.date <= line.expected.stockout_to


def covers(line):
    """As data/wrong-coverage judges."""
    return line.coverage.value <= line.expected.covered_high


def test_model_sentence_of_the_guide(facts):
    (line,) = facts(text=MODEL).lines
    assert fits(line)
    assert not covers(line)
    assert line.expected.order == 345
    assert round(line.expected.covered) == 20


def test_model_mail_fails_on_coverage_alone(judge):
    found = {f.rule for f in judge(text=MODEL).findings if f.rule.startswith("data/wrong")}
    assert found == {"data/wrong-coverage"}
    (finding,) = [f for f in judge(text=MODEL).findings if f.rule == "data/wrong-coverage"]
    assert "345" in finding.suggestion.zh


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("库存105件\uff0c日均15件\uff0cDOS 7天", True),
        ("库存105件\uff0c日均15件\uff0cDOS 8天", False),
        ("库存118件\uff0c日均15件\uff0cDOS 7天", True),
        ("库存118件\uff0c日均15件\uff0cDOS 8天", True),
        ("库存118件\uff0c日均15件\uff0cDOS 7.9天", True),
        ("库存118件\uff0c日均15件\uff0cDOS 7.0天", False),
        ("库存457件\uff0c日均15件\uff0cDOS 30天", True),
        ("库存457件\uff0c日均15件\uff0cDOS 30.0天", False),
        ("库存约100件\uff0c日均15件左右\uff0c大概能卖7天", True),
        ("库存约100件\uff0c日均15件左右\uff0c大概能卖20天", False),
        ("库存100件\uff0c近7天卖了100件\uff0c还能卖7天", True),
        ("库存105件\uff0c日均15-20件\uff0c还能卖6天", True),
        ("库存105件\uff0c日均15-20件\uff0c还能卖5-7天", True),
        ("库存1.2万件\uff0c日均400件\uff0cDOS 30天", True),
        ("库存105件\uff0c在途45件\uff0c日均15件\uff0cDOS 10天", True),
        ("近7天日均15件\uff0c近30天日均10件\uff0c库存105件\uff0cDOS 10.5天", True),
        ("库存105件\uff0c日均15件\uff0cDOS不足14天", True),
        ("105 units in stock, 15 a day, 7 days of supply", True),
        ("105 units in stock, 15 a day, 12 days of supply", False),
    ],
)
def test_stated_days_of_supply(facts, text, right):
    (line,) = [line for line in facts(text=text).lines if line.dos]
    assert fits(line) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("库存105件\uff0c日均15件\uff0c预计3月17日断货", True),
        ("库存105件\uff0c日均15件\uff0c预计3月18日断货", True),
        ("库存105件\uff0c日均15件\uff0c预计3月20日断货", False),
        ("库存105件\uff0c日均15件\uff0c预计3月20日左右断货", True),
        ("库存105件\uff0c日均15件\uff0c预计3月20日前断货", True),
        ("库存105件\uff0c日均15件\uff0c预计3月底断货", False),
        ("库存105件\uff0c日均15件\uff0c7天后断货", True),
        ("库存105件\uff0c日均15件\uff0c20天后断货", False),
        ("DOS 7天\uff0c3月17日断货", True),
        ("DOS 7天\uff0c3月27日断货", False),
        ("105 units, 15 a day in stock, run out on Mar 27", None),
    ],
)
def test_stated_stockout(facts, text, right):
    lines = [line for line in facts(text=text).lines if line.stockout and line.expected.stockout]
    assert [dated(line) for line in lines] == ([right] if right is not None else [])


def test_one_date_for_several_products_is_the_earliest(facts):
    text = "B0AAAAAAA1库存105件\uff0c日均15件\nB0BBBBBBB2库存200件\uff0c日均10件\n最早3月17日断货。"
    assert all(dated(line) for line in facts(text=text).lines if line.stockout)


@pytest.mark.parametrize(
    ("text", "right", "order"),
    [
        ("库存105件\uff0c日均15件\uff0c采购345件覆盖30天", True, 345),
        ("库存105件\uff0c日均15件\uff0c采购344件覆盖30天", True, 345),  # 29.9 days
        ("库存105件\uff0c日均15件\uff0c采购300件覆盖30天", False, 345),
        ("库存105件\uff0c日均15件\uff0c采购450件覆盖30天", True, 345),
        ("库存105件\uff0c在途150件\uff0c日均15件\uff0c采购200件覆盖30天", True, 195),
        ("DOS 7天\uff0c日均15件\uff0c采购200件覆盖30天", False, 345),
        ("库存105件\uff0c日均15件\uff0c采购300件覆盖约30天", True, 345),
    ],
)
def test_coverage(facts, text, right, order):
    (line,) = [line for line in facts(text=text).lines if line.coverage]
    assert covers(line) is right
    assert line.expected.order == order


def test_products_do_not_mix(facts):
    text = "B0AAAAAAA1\uff1a库存105件\uff0c日均15件\uff0cDOS 7天\nB0BBBBBBB2\uff1a库存200件\uff0c日均10件\uff0cDOS 20天"
    lines = facts(text=text).lines
    assert [line.product for line in lines] == ["B0AAAAAAA1", "B0BBBBBBB2"]
    assert all(fits(line) for line in lines)


def test_two_marketplaces_have_a_line_each(facts):
    text = "美国站库存105件\uff0c日均15件\uff0cDOS 7天\uff1b英国站库存50件\uff0c日均10件\uff0cDOS 5天。"
    lines = facts(text=text).lines
    assert [line.dos.value for line in lines] == [7, 5]
    assert all(fits(line) for line in lines)


def test_reported_figures_are_in_no_line(facts):
    (line,) = facts(text="你表里写DOS 9天\uff0c我这边库存105件\uff0c日均15件\uff0cDOS 7天").lines
    assert line.dos.value == 7


def test_prose_takes_members_from_the_table(facts):
    html = (
        "<p>建议采购200件\uff0c覆盖30天。</p><table><tr><th>ASIN</th><th>库存</th><th>日均</th></tr>"
        "<tr><td>B08XYZ1234</td><td>105</td><td>15</td></tr></table>"
    )
    (line,) = [line for line in facts(html=html).lines if line.coverage]
    assert line.expected.order == 345


@given(stock=st.integers(0, 5000), daily=st.integers(1, 300), up=st.booleans())
def test_any_quotient_rounded_either_way_is_right(facts, stock, daily, up):
    days = -(-stock // daily) if up else stock // daily
    lines = facts(text=f"库存{stock}件\uff0c日均{daily}件\uff0cDOS {days}天").lines
    assert all(fits(line) for line in lines if line.dos)


@given(stock=st.integers(10, 5000), daily=st.integers(1, 300), slip=st.integers(2, 50))
def test_any_other_quotient_is_wrong(facts, stock, daily, slip):
    days = stock // daily + slip
    (line,) = facts(text=f"库存{stock}件\uff0c日均{daily}件\uff0cDOS {days}天").lines
    assert not fits(line)


@given(stock=st.integers(200, 5000), daily=st.integers(1, 50), slip=st.integers(1, 3))
def test_a_smaller_quotient_is_wrong(facts, stock, daily, slip):
    (line,) = facts(text=f"库存{stock}件\uff0c日均{daily}件\uff0cDOS {stock // daily - slip}天").lines
    assert not fits(line)


@given(stock=st.integers(0, 3000), daily=st.integers(1, 200), days=st.integers(1, 120))
def test_the_named_quantity_covers_the_days(facts, stock, daily, days):
    text = f"库存{stock}件\uff0c日均{daily}件\uff0c采购{{}}件覆盖{days}天"
    (line,) = facts(text=text.format(1)).lines
    if line.expected.order and line.expected.order > 1:
        (again,) = facts(text=text.format(int(line.expected.order))).lines
        assert covers(again)


# Missing metrics.

ALL = ("stock", "daily_sales", "dos", "stockout_date")
WHOLE = "库存105件\uff0c日均15件\uff0cDOS 7天\uff0c3月17日断货"


def missing(facts, **draft):
    return [(m.product, m.metrics) for m in facts(**draft).missing]


def test_everything_is_missing_once(facts):
    assert missing(facts, text="这个产品快卖完了\uff0c请处理。") == [("B08XYZ1234", ALL)]


def test_every_product_needs_its_own(facts):
    text = f"B0AAAAAAA1\uff1a{WHOLE}\nB0BBBBBBB2\uff1a库存200件"
    assert missing(facts, subject="【补货】两款", text=text) == [("B0BBBBBBB2", ALL[1:])]


def test_the_same_lack_of_all_products_is_one(facts):
    text = "B0AAAAAAA1\uff1a库存105件\nB0BBBBBBB2\uff1a库存200件"
    assert missing(facts, subject="【补货】两款", text=text) == [(None, ALL[1:])]


def test_a_product_left_out_needs_none(facts):
    text = f"B0AAAAAAA1\uff1a{WHOLE}\nB0BBBBBBB2这次不用补货。"
    assert missing(facts, subject="【补货】B0AAAAAAA1", text=text) == []


def test_a_blank_takes_the_place_of_its_metric(facts):
    text = "库存105件\uff0c日均15件\uff0cDOS XX天\uff0c3月17日断货\uff0c请采购。"
    assert missing(facts, text=text) == []


def test_a_short_reply_needs_figures_for_new_products_only(facts):
    reply = "Re: 【补货】B08XYZ1234 补货申请"
    quote = f"\n\n在 2026年3月9日\uff0c李强 <li.qiang@lantu-trade.cn> 写道\uff1a\n> {WHOLE}"
    assert missing(facts, subject=reply, text="收到\uff0c今天下单。" + quote) == []
    found = missing(facts, subject=reply, text="收到\uff0cB0BBBBBBB2也补200件。" + quote)
    assert found == [("B0BBBBBBB2", ALL)]


def test_what_is_asked_for_is_not_missing(facts):
    text = "FBA15ABCDEFG\uff0c柜号MSCU1234566\uff0c请告知预计到仓时间\uff1f"
    assert missing(facts, subject="【物流】FBA15ABCDEFG 查询", text=text) == []


def test_a_sheet_that_cannot_be_read_may_hold_everything(facts):
    assert missing(facts, text="明细见附件。", attachments=[{"name": "明细.xlsx", "size": 9000}]) == []


def test_a_placed_order_needs_no_stock_figures(facts):
    text = "PO2026031的500件原定3月25日交货\uff0c请确认能否提前到3月20日。"
    assert missing(facts, subject="【采购】PO2026031 交期", text=text) == []


# Vague quantities.


@pytest.mark.parametrize(
    "text",
    [
        "快卖完了", "库存不多了", "马上断货", "库存告急", "所剩无几", "没几件了", "销量不太好", "销量下降明显", "差评很多", "收到不少退货",
        "ACOS太高了", "退货率偏高", "补一些货", "almost sold out", "running low", "stock is low", "a lot of returns",
        "sales are very poor", "sales dropped significantly", "many complaints", "only a few left", "selling really fast",
    ],
)  # fmt: skip
def test_vague(facts, text):
    (found,) = facts(text=f"B08XYZ1234{text}。" if text[0] > "z" else f"B08XYZ1234: {text}.").vague
    assert not found.figure_beside


@pytest.mark.parametrize(
    "text",
    [
        "非常感谢", "很多谢意", "不太好意思", "很多同事", "不少于200件", "请避免断货", "如果库存不足请告知", "many thanks", "thanks a lot",
        "a lot of work", "a few minutes", "poor connection", "high quality", "some time", "good news", "大量资料", "请补一些信息",
        "a number of colleagues", "several options", "下周一些事情",
    ],
)  # fmt: skip
def test_not_vague(facts, text):
    assert [v.place.text for v in facts(text=f"{text}。").vague] == []


def test_vague_with_a_figure_beside(facts):
    assert all(v.figure_beside for v in facts(text="快卖完了\uff0c仅剩105件。").vague)
    assert all(v.figure_beside for v in facts(text="快卖完了。\n库存105件。").vague)
    assert not any(v.figure_beside for v in facts(text="B0AAAAAAA1快卖完了。\nB0BBBBBBB2库存105件。").vague)

"""Reading: passages of one zone each, sentences and clauses."""

import pytest

from checker.html import parse_html
from checker.message import Message, Zone
from checker.reading import Passage, Reading
from checker.text import literal
from checker.zones import cut


def sentences(source):
    text = literal("text", source)
    return [s.matching.strip() for s in Passage(text, 0, len(text.matching), "own", "own").sentences()]


def clauses(source):
    text = literal("text", source)
    return [c.matching.strip() for c in Passage(text, 0, len(text.matching), "own", "own").clauses()]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("库存 105 件。请补货\uff01", ["库存 105 件。", "请补货!"]),
        ("ACOS 是 35.5%\uff1b目标 25%", ["ACOS 是 35.5%;", "目标 25%"]),
        ("DOS is 7.5 days. Please order.", ["DOS is 7.5 days.", "Please order."]),
        ("See a.b@c.cn. Thanks", ["See a.b@c.cn.", "Thanks"]),
        ("1. 数量 200 件\n2. 到仓 3 月 20 日", ["1. 数量 200 件", "2. 到仓 3 月 20 日"]),
        ("12. Check it. Then send it.", ["12. Check it.", "Then send it."]),
        ("We hold 5. Please order.", ["We hold 5.", "Please order."]),
        ("Please reply by 5 p.m. Friday, Mr. Li.", ["Please reply by 5 p.m. Friday, Mr. Li."]),
        ("Please reply by 5 p.m. PST on Friday.", ["Please reply by 5 p.m. PST on Friday."]),
        ("It closes at 5 p.m. Please reply.", ["It closes at 5 p.m.", "Please reply."]),
        ("Some colours, e.g. blue, sell well.", ["Some colours, e.g. blue, sell well."]),
        ("Order No. 12 is late. Why\uff1f", ["Order No. 12 is late.", "Why?"]),
        ("\u3000\u3000您好\uff01\n\n", ["您好!"]),
        ("等等\u2026\u2026再说", ["等等\u2026\u2026", "再说"]),
    ],
)
def test_sentences(source, wanted):
    assert sentences(source) == wanted


def test_clauses():
    assert clauses("库存 105 件\uff0c日均 15 件\uff08FBA\uff09\uff0c请补货。") == [
        "库存 105 件,",
        "日均 15 件(",
        "FBA),",
        "请补货。",
    ]


def message(html):
    parsed = parse_html(html)
    return Message(
        None, (), (), (), (), literal("subject", "【补货】B08XYZ1234"), parsed.text, None, cut(parsed.text, parsed),
        (), None, None, None, (), None, (),
    )  # fmt: skip


def test_tables_are_passages_of_their_own():
    html = (
        "<p>请看\uff1a</p><table><tr><th>ASIN</th><th>库存</th></tr><tr><td>B08XYZ1234</td><td>105</td></tr></table>"
        "<p>请周五前确认。</p><div class=gmail_quote>旧<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table></div>"
    )
    reading = Reading(message(html))
    assert [(p.where, p.zone) for p in reading.body] == [
        ("own", "own"), ("table", "own"), ("own", "own"), ("quote", "quote"), ("table", "quote"),
    ]  # fmt: skip
    assert [p.matching.strip() for p in reading.prose] == ["请看:", "请周五前确认。"]
    ((passage, grid),) = reading.cells
    words = passage.of.matching
    assert [[words[c.start : c.end], c.row, c.column, c.header] for c in grid.cells] == [
        ["ASIN", 0, 0, True],
        ["库存", 0, 1, True],
        ["B08XYZ1234", 1, 0, False],
        ["105", 1, 1, False],
    ]
    assert reading.written[0].where == "subject"


def test_passages_cover_the_body():
    reading = Reading(
        message("<p>a</p><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table><p>b</p>")
    )
    at = 0
    for passage in reading.body:
        assert passage.start == at
        at = passage.end
    assert at == len(reading.message.body.matching)
    assert all(isinstance(z, Zone) for z in reading.message.zones)

"""Attached sheets and tables: opened within limits, headings found, figures with their cells."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from checker.budget import Budget
from checker.draft import from_draft
from checker.examples import ENVELOPE, NOW
from checker.facts.facts import Facts
from checker.facts.phrases import compile_lexicon
from checker.facts.sheets import open_sheets
from checker.message import Attachment
from checker.text import literal
from checker.workbook import write_csv, write_xlsx

LEXICON = compile_lexicon(())
ROWS = [
    ["ASIN", "SKU", "FBA库存", "近7天销量", "DOS\uff08天\uff09", "预计断货日期", "建议补货数量"],
    ["B08XYZ1234", "LT-A-01", 105, 105, 7, "2026-03-17", 345],
    ["B09ABCD123", "LT-B-02", 200, 70, 20, "2026-03-30", 100],
]


def attached(name, content, index=0):
    return Attachment(
        index, literal("attachment", name, attachment=index, name=name), len(content), None, False, content
    )


def opened(name, content):
    budget = Budget()
    return open_sheets((attached(name, content),), budget), budget.incomplete


@pytest.fixture
def facts(company):
    def read(sheets=(), **draft):
        found = Facts(from_draft({**ENVELOPE, **draft}), company, NOW, LEXICON, Budget())
        if sheets:
            from dataclasses import replace

            found.message = replace(found.message, attachments=sheets)
        return found

    return read


def figures(facts, where=None):
    return [(f.product, f.metric, f.value) for f in facts.figures if where in (None, f.place.where)]


WANTED = [
    ("B08XYZ1234", "stock", 105), ("B08XYZ1234", "daily_sales", 15), ("B08XYZ1234", "dos", 7),
    ("B08XYZ1234", "stockout_date", 7), ("B08XYZ1234", "order", 345),
    ("B09ABCD123", "stock", 200), ("B09ABCD123", "daily_sales", 10), ("B09ABCD123", "dos", 20),
    ("B09ABCD123", "stockout_date", 20), ("B09ABCD123", "order", 100),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("补货.xlsx", write_xlsx(ROWS)),
        ("补货.XLSX", write_xlsx(ROWS)),
        ("a.csv", write_csv(ROWS)),
        ("b.csv", write_csv(ROWS).decode("utf-8-sig").encode()),
        ("c.csv", write_csv(ROWS).decode("utf-8-sig").encode("gb18030")),
        ("d.csv", write_csv(ROWS).decode("utf-8-sig").encode("utf-16")),
        ("e.tsv", write_csv(ROWS).decode("utf-8-sig").replace(",", "\t").encode()),
        ("f.csv", write_csv(ROWS).decode("utf-8-sig").replace(",", ";").encode()),
        ("title.xlsx", write_xlsx([["3月补货明细"], [], *ROWS])),
        ("named.csv", write_xlsx(ROWS)),
    ],
)
def test_figures_of_a_sheet(facts, name, content):
    assert figures(facts((attached(name, content),)), "sheet") == WANTED


def test_cells_are_named(facts):
    found = facts((attached("补货.xlsx", write_xlsx([["标题"], *ROWS])),)).figures
    cells = {f.metric: f.place.span.of.cell_at(f.place.span.start) for f in found if f.product == "B08XYZ1234"}
    assert cells == {"stock": "C3", "daily_sales": "D3", "dos": "E3", "stockout_date": "F3", "order": "G3"}


def test_a_real_workbook_with_dates_merged_cells_and_a_hidden_sheet(facts):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "说明"
    first["A1"] = "见第二页"
    hidden = book.create_sheet("明细")
    hidden.sheet_state = "hidden"
    hidden.merge_cells("A1:D1")
    hidden["A1"] = "补货明细"
    for row in (["ASIN", "可售", "日均", "预计断货时间"], ["B08XYZ1234", 105, 15.0, date(2026, 3, 17)]):
        hidden.append(row)
    data = io.BytesIO()
    book.save(data)
    sheets, _ = opened("a.xlsx", data.getvalue())
    assert [s.sheet for s in sheets] == ["说明", "明细"]
    assert "2026-03-17" in sheets[1].plain
    wanted = [("B08XYZ1234", "stock", 105), ("B08XYZ1234", "daily_sales", 15), ("B08XYZ1234", "stockout_date", 7)]
    assert figures(facts((attached("a.xlsx", data.getvalue()),)), "sheet") == wanted


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b""),
        ("a.xlsx", b"PK\x03\x04 no workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("a.xls", b"hello"),
        ("a.ods", b"\0" * 100),
        ("a.csv", b""),
        ("a.csv", b"\xff\xfe"),
        ("a.csv", b"\0" * 1000),
        ("a.csv", b'"' * 1000),
        ("report.pdf", b"%PDF-1.4"),
        ("photo.png", b"\x89PNG"),
    ],
)
def test_what_is_no_sheet_gives_none(name, content):
    sheets, incomplete = opened(name, content)
    assert all(not any(c.isalnum() for c in s.plain) for s in sheets)
    assert incomplete == []


def test_unknown_content_is_not_opened():
    file = Attachment(0, literal("attachment", "a.xlsx", attachment=0, name="a.xlsx"), 9000, None, False, None)
    assert open_sheets((file,), Budget()) == ()


def test_too_many_rows_are_cut_and_told():
    sheets, incomplete = opened("long.csv", write_csv([["ASIN", "库存"], *([["B08XYZ1234", 1]] * 6000)]))
    assert len(sheets) == 1
    assert [(i.what, i.why) for i in incomplete] == [("long.csv", "size")]


def test_a_bomb_is_left_out():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    sheets, incomplete = opened("bomb.xlsx", data.getvalue())
    assert sheets == ()
    assert [i.why for i in incomplete] == ["size"]


def test_no_time_left_is_told():
    budget = Budget(0.0, iter((0.0, 1.0, 2.0)).__next__)
    assert open_sheets((attached("a.csv", write_csv(ROWS)),), budget) == ()
    assert [i.why for i in budget.incomplete] == ["time"]


HEAD = "<tr><th>ASIN</th><th>FBA库存</th><th>日均销量</th><th>可售天数</th></tr>"
ONE = "<tr><td>B08XYZ1234</td><td>105件</td><td>15</td><td>7天</td></tr>"
TWO = "<tr><td>B09ABCD123</td><td>1,200</td><td>10.5</td><td>114</td></tr>"
FIRST = [("B08XYZ1234", "stock", 105), ("B08XYZ1234", "daily_sales", 15), ("B08XYZ1234", "dos", 7)]


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (HEAD + ONE, FIRST),
        (HEAD + ONE + "<tr><td>合计</td><td>105</td><td>15</td><td></td></tr>", FIRST),
        ("<tr><td colspan=4>3月补货</td></tr>" + HEAD + ONE, FIRST),
        (
            HEAD + ONE + TWO,
            [*FIRST, ("B09ABCD123", "stock", 1200), ("B09ABCD123", "daily_sales", 10.5), ("B09ABCD123", "dos", 114)],
        ),
        (
            "<tr><td>ASIN</td><td>B08XYZ1234</td><td>B09ABCD123</td></tr><tr><td>库存</td><td>105</td><td>200</td></tr>"
            "<tr><td>日均</td><td>15</td><td>10</td></tr>",
            [
                ("B08XYZ1234", "stock", 105), ("B09ABCD123", "stock", 200),
                ("B08XYZ1234", "daily_sales", 15), ("B09ABCD123", "daily_sales", 10),
            ],
        ),
        ("<tr><td>库存</td><td>105</td></tr><tr><td>日均</td><td>15</td></tr><tr><td>DOS</td><td>7天</td></tr>", FIRST),
        (
            "<tr><td rowspan=2>ASIN</td><td colspan=2>销量</td><td rowspan=2>库存</td></tr>"
            "<tr><td>近7天</td><td>近30天</td></tr><tr><td>B08XYZ1234</td><td>105</td><td>300</td><td>120</td></tr>",
            [("B08XYZ1234", "daily_sales", 15), ("B08XYZ1234", "daily_sales", 10), ("B08XYZ1234", "stock", 120)],
        ),
        (
            "<tr><td>ASIN</td><td>站点</td><td>库存</td></tr><tr><td rowspan=2>B08XYZ1234</td><td>US</td><td>105</td></tr>"
            "<tr><td>UK</td><td>50</td></tr>",
            [("B08XYZ1234", "stock", 105), ("B08XYZ1234", "stock", 50)],
        ),
        (
            "<tr><td>ASIN</td><td>On Hand</td><td>Units sold (last 30 days)</td><td>In transit</td><td>Order Qty</td></tr>"
            "<tr><td>B08XYZ1234</td><td>105</td><td>450</td><td>60</td><td>300</td></tr>",
            [
                ("B08XYZ1234", "stock", 105), ("B08XYZ1234", "daily_sales", 15),
                ("B08XYZ1234", "in_transit", 60), ("B08XYZ1234", "order", 300),
            ],
        ),
        ("<tr><td>姓名</td><td>电话</td></tr><tr><td>王芳</td><td>123</td></tr>", []),
        ("<tr><td>ASIN</td><td>目标库存</td><td>安全天数</td></tr><tr><td>B08XYZ1234</td><td>500</td><td>30</td></tr>",
         [("B08XYZ1234", "safety_stock", 30)]),
    ],
)  # fmt: skip
def test_figures_of_an_html_table(facts, table, wanted):
    assert figures(facts(html=f"<p>明细\uff1a</p><table>{table}</table>"), "table") == wanted


@pytest.mark.parametrize("separator", ["\t", " | ", ","])
def test_figures_of_a_typed_table(facts, separator):
    rows = [["ASIN", "库存", "日均", "DOS"], ["B08XYZ1234", "105", "15", "7"], ["B09ABCD123", "200", "10", "20"]]
    found = facts(text="明细如下\uff1a\n" + "\n".join(separator.join(r) for r in rows) + "\n请审批。")
    assert figures(found)[:3] == FIRST
    assert len(figures(found)) == 6
    assert [(t.rows, t.columns) for t in found.tables] == [(3, 4)]


def test_prose_with_commas_is_no_table(facts):
    found = facts(text="库存105件,日均15件,DOS 7天\n库存200件,日均10件,DOS 20天")
    assert found.tables == ()

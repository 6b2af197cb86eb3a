"""presend check --explain-figures: what was read as which figure, from which words, in 80 columns and both languages."""

import base64
import json

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from checker.cli import main
from checker.workbook import write_xlsx

TEXT = (
    "B0AAAAAAA1\uff1a库存约105件\uff0c日均15–20件\uff0c3月17日断货\u3002\n"
    "B0BBBBBBB2\uff1a广告花费$640.20\uff0cACOS 41%\u3002你表里写DOS 9天\u3002\n买家电话13912345678\uff0c库存200件\u3002"
)


@pytest.fixture
def explained(tmp_path):
    """explained(*options, **draft) -> the lines of the run's output."""

    def run(*options, **draft):
        file = tmp_path / "a.json"
        date = {"from": "a@b.cn", "to": ["c@b.cn"], "subject": "【补货】x", "date": "2026-03-10T10:00:00+08:00"}
        file.write_text(json.dumps(date | draft, ensure_ascii=False), "utf-8")
        result = CliRunner().invoke(main, ["check", str(file), "--explain-figures", *options])
        assert result.exit_code in (0, 1), result.output
        return result.output.splitlines()

    return run


def rows(lines):
    return [" ".join(line.split()) for line in lines if line.startswith("      ") and "\u2192" not in line]


def test_a_line_a_figure_under_its_product(explained):
    lines = explained("--lang", "en", text=TEXT)
    at = lines.index("  figures as read:")
    found = [" ".join(line.split()) for line in lines[at:]]
    assert found[1] == "B0AAAAAAA1"
    assert found[2] == "stock ~105 B0AAAAAAA1\uff1a库存约105件 body:1"
    assert found[3] == "daily sales 15–20/day 日均15–20件 body:1"
    assert found[4].startswith("expected stock-ou… 2026-03-17 3月17日断货 body:1")
    assert "B0BBBBBBB2" in found[5]
    assert any(row.startswith("ad spend 640.2 USD B0BBBBBBB2\uff1a广告花费$640.20 body:2") for row in found)
    assert any(row.startswith("days of supply (D… 9 days") and "(said by others)" in row for row in found)


def test_in_chinese(explained):
    lines = explained("--lang", "zh", text=TEXT)
    assert "  读到的数字\uff1a" in lines
    assert any(row.startswith("当前库存 约105件") and row.endswith("正文:1") for row in rows(lines))
    assert any(row.startswith("ACOS 41%") for row in rows(lines))


def test_no_line_is_wider_than_80_columns_and_words_stand_below_each_other(explained):
    for language in ("zh", "en"):
        lines = explained(
            "--lang", language, text=TEXT + "\nAvailable stock of the long named travel organizer: 1,205 units"
        )
        head = next(n for n, line in enumerate(lines) if "读到的数字" in line or "figures as read" in line)
        table = [line for line in lines[head:] if line.startswith("      ")]
        assert len(table) >= 6
        assert all(cell_len(line) <= 80 for line in lines[head:])


def test_a_sheet_names_its_cell(explained):
    content = write_xlsx([["ASIN", "库存", "DOS"], ["B0AAAAAAA1", 105, 7]])
    attached = {"name": "补货明细.xlsx", "size": len(content), "content": base64.b64encode(content).decode()}
    lines = explained("--lang", "zh", text="明细见附件\u3002", attachments=[attached])
    assert any(row.endswith("补货明细.xlsx › Sheet1!C2") for row in rows(lines))


def test_sensitive_values_are_masked(explained):
    lines = explained("--lang", "zh", text="买家电话13912345678库存200件\u3002")
    assert any("200件" in row for row in rows(lines))
    assert not any("13912345678" in line for line in lines)


def test_a_mail_without_figures_says_so(explained):
    assert "  no figure was read" in explained("--lang", "en", text="Hello")


def test_other_formats_are_as_without_it(explained):
    assert json.loads("\n".join(explained("--format", "json", text=TEXT)))["presend"] == "1"

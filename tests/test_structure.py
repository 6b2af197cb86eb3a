"""Background, request and time: in substance, not in headings."""

from datetime import datetime

import pytest

from checker.draft import from_draft
from checker.facts import deadlines, requests, structure
from checker.reading import Reading

NOW = datetime.fromisoformat("2026-03-10T10:00:00+08:00")
C, K = "\uff0c", "\uff1a"


def parts(text="", **fields):
    """The letters of the parts found: b, r, t, and s for SBAR."""
    body = {} if "html" in fields else {"text": text}
    reading = Reading(from_draft({"from": "a@a.cn", "to": ["b@a.cn"], "subject": "s", **body, **fields}))
    asks = deadlines.read(reading, NOW, "Asia/Shanghai", "ymd")
    found = structure.read(reading, requests.read(reading, asks), asks)
    return "".join(
        k
        for k, there in zip("brts", (found.background, found.request, found.timeline, found.sbar), strict=True)
        if there
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请在3月12日17:00前下达200件采购单。", "rt"),
        (f"李强{C}您好{K}\n请在3月12日17:00前下达200件采购单。\n谢谢\uff01", "rt"),
        (f"截止时间{K}3月12日\n需求{K}下达200件采购单", "rt"),
        (f"关于B08XYZ1234{K}请周五前下单200件{C}谢谢\uff01", "rt"),
        ("请处理。", "r"),
        ("请见附件。", ""),
        ("Hi Tom,\n\nPlease confirm the PO by Friday.\n\nThanks!\nBest regards", "rt"),
        ("Could you send the invoice today?", "rt"),
        ("Please order 200 units ASAP.", "rt"),
        (f"当前库存105件{C}日均15件。\n请在3月12日前下达200件。", "brt"),
        (f"这个产品快卖完了{C}请处理。", "br"),
        (f"断货了{C}请补货300件。", "br"),
        (f"因货件延误{C}请周五前补发200件。", "brt"),
        ("由于清关延误请补发200件", "br"),
        (f"背景{K}库存不足\n需求{K}下达200件\n时间{K}3月12日前", "brt"),
        ("B08XYZ1234当前库存105件。", "b"),
        ("The last batch arrived short.\nPlease confirm by Friday.", "brt"),
        ("Please approve the PO by Friday because the factory closes on Monday.", "brt"),
        ("Situation: low\nBackground: x\nAssessment: y\nRecommendation: order 200 units by Friday", "brts"),
        (f"现状{K}缺货\n背景{K}旺季\n评估{K}风险高\n建议{K}3月12日前下单300件", "brts"),
    ],
)
def test_parts(text, expected):
    assert parts(text) == expected


def test_a_table_is_background():
    assert (
        parts(
            html="<table><tr><th>ASIN</th><th>\u5e93\u5b58</th></tr><tr><td>B08XYZ1234</td><td>105</td></tr></table><p>\u8bf7\u57283\u670812\u65e5\u524d\u4e0b\u5355\u3002</p>"
        )
        == "brt"
    )


def test_an_empty_mail():
    assert parts("") == ""


def test_quoted_background_is_not_the_senders():
    text = "\u8bf7\u786e\u8ba4\u6570\u91cf\u3002\n\n\u5728 2026\u5e743\u67089\u65e5\uff0c\u674e\u5f3a <li.qiang@lantu-trade.cn> \u5199\u9053\uff1a\n> \u5e93\u5b58\u53ea\u5269105\u4ef6\uff0c\u65e5\u574715\u4ef6\n"
    assert parts(text) == "r"

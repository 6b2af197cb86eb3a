"""Sensitive data: what must be found and what must not, by the scan and by the Presidio pack; whose it is; where it stands."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from growth import grows_linearly

from checker.budget import Budget
from checker.company import Company, Partner
from checker.draft import from_draft
from checker.examples import ENVELOPE, PEOPLE
from checker.facts import people, sensitive
from checker.facts.candidates import scan
from checker.facts.masks import mask
from checker.presidio_pack import SHAPES, analyzer, entity, recognizers
from checker.reading import Reading
from checker.text import Cell as TableCell
from checker.text import Grid, Text, literal

CASES = yaml.load((Path(__file__).parent / "cases" / "sensitive.yaml").read_text("utf-8"), yaml.CSafeLoader)
COMPANY = Company(
    domains=("lantu-trade.cn",),
    people=PEOPLE,
    partners=(Partner("swift-freight.com", ()),),
    contacts=("0755-86001234",),
)


def unmarked(text):
    before, words, after = text.replace("»", "«").split("«")
    return before + words + after, words


def read(**draft):
    message = from_draft({**ENVELOPE, **draft})
    sender, recipients = people.read_sender(message, COMPANY), people.read_recipients(message, COMPANY)
    return sensitive.read(Reading(message), sender, recipients, COMPANY, (), Budget()).values


def others(**draft):
    return [(f.kind, f.place.text) for f in read(**draft) if not f.own_signature and not f.addressee]


@pytest.mark.parametrize("case", CASES["fires"], ids=lambda c: c["text"][:24])
def test_what_must_be_found(case):
    text, words = unmarked(case["text"])
    of = literal("text", text)
    found = {(c.shape.kind, of.place(c.start, c.end).words): of.matching[c.start : c.end] for c in scan(of)}
    assert (case["kind"], words) in found
    if "mask" in case:
        assert mask(case["kind"], found[case["kind"], words])[0] == case["mask"]


@pytest.mark.parametrize("case", CASES["fires"], ids=lambda c: c["text"][:24])
def test_a_masked_mail_is_clean(case):
    text, _ = unmarked(case["text"])
    of = literal("text", text)
    for found in reversed(scan(of)):
        span = of.place(found.start, found.end)
        text = text[: span.start] + mask(found.shape.kind, of.matching[found.start : found.end])[0] + text[span.end :]
    assert scan(literal("text", text)) == ()


@pytest.mark.parametrize("text", CASES["silent"], ids=lambda t: t[:24])
def test_what_must_not_be_found(text):
    assert scan(literal("text", text)) == ()


@pytest.mark.parametrize("case", CASES["fires"], ids=lambda c: c["text"][:24])
def test_the_pack_alone_agrees(case):
    of = literal("text", unmarked(case["text"])[0])
    scanned = {(entity(c.shape), c.start, c.end) for c in scan(of)}
    packed = {(r.entity_type, r.start, r.end) for r in analyzer("zh", "en").analyze(of.matching, "zh")}
    assert scanned <= packed
    assert all(any(a < end and start < b for _, a, b in scanned) for _, start, end in packed)


def test_the_pack_alone_is_silent_too():
    for text in CASES["silent"]:
        assert analyzer("zh", "en").analyze(literal("text", text).matching, "zh") == [], text


def test_the_pack_serves_any_presidio():
    from presidio_analyzer import PatternRecognizer, RecognizerRegistry

    pack = recognizers("en")
    assert all(isinstance(one, PatternRecognizer) for one in pack)
    registry = RecognizerRegistry(pack)
    assert "CN_RESIDENT_ID" in registry.get_supported_entities(["en"])
    assert len({one.name for one in pack}) == len(SHAPES)
    [result] = pack[0].analyze("11010519491231002X", ["CN_RESIDENT_ID"])
    assert (result.start, result.end, result.score) == (0, 18, 1.0)
    assert pack[0].analyze("11010519491231002X", ["CREDIT_CARD"]) == []


def test_the_data_has_full_width_characters():
    every = [c["text"] for c in CASES["fires"]] + CASES["silent"]
    assert len(CASES["fires"]) >= 120
    assert len(CASES["silent"]) >= 180
    assert sum(any("\uff00" <= char <= "\uffef" for char in text) for text in every) >= 200
    assert any("\uff10" <= char <= "\uff19" for text in every for char in text)


def loaded_by(text):
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent.parent)!r})
from checker.budget import Budget
from checker.company import Company
from checker.draft import from_draft
from checker.facts import people, sensitive
from checker.reading import Reading
message = from_draft({{"from": "王芳 <wang.fang@lantu-trade.cn>", "to": ["li.qiang@lantu-trade.cn"], "subject": "x", "text": {text!r}}})
company = Company(domains=("lantu-trade.cn",))
found = sensitive.read(Reading(message), people.read_sender(message, company), people.read_recipients(message, company), company, (), Budget()).values
print(len(found), "spacy" in sys.modules, "presidio_analyzer" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return run.stdout.split()


def test_a_clean_mail_loads_neither_spacy_nor_presidio():
    clean = (
        "李强\uff0c你好\uff1a\n\nASIN B08XYZ1234 库存105件\uff0c运单号13812345678\uff0c运费成本350元\uff0c忘记密码请找IT\u3002"
        "请在3月12日17:00前确认\u3002\n\n王芳\n运营助理\n电话\uff1a13912345678\n邮箱\uff1awang.fang@lantu-trade.cn"
    )
    count, spacy, presidio = loaded_by(clean)
    assert (spacy, presidio) == ("False", "False")
    assert count == "2"


def test_a_mail_with_a_candidate_asks_presidio():
    assert loaded_by("密码\uff1aLantu@2026") == ["1", "True", "True"]


# Whose it is.


def test_the_senders_signature_is_no_leak():
    signed = "请确认\u3002\n\n王芳\n运营助理\n电话\uff1a13912345678\n邮箱\uff1awang.fang@lantu-trade.cn"
    assert others(text=signed) == []
    assert all(f.own_signature for f in read(text=signed))


@pytest.mark.parametrize(
    "text",
    [
        "有问题请打我的电话13912345678",
        "call me on +44 20 7946 0958",
        "您的手机号13912345678收不到短信",
        "公司总机\uff1a0755-86001234",
        "报表请发 zhao.min@lantu-trade.cn",
        "李强 <li.qiang@lantu-trade.cn> 已确认",
    ],
)
def test_contacts_of_the_mails_own_people(text):
    assert others(text=text) == []


def test_quoted_people_are_no_third_persons():
    quoted = (
        "收到\u3002\n\n发件人: 刘洋 <liuyang@gmail.com>\n发送时间: 2026年3月9日 10:00\n收件人: 王芳 <wang.fang@lantu-trade.cn>\n主题: 报价\n\n"
        "您好\uff0c买家电话13700137000\uff0c请回访\u3002\n\n刘洋\n手机: 13600136000\n邮箱: liuyang@gmail.com\n"
    )
    assert others(text=quoted) == [("phone", "13700137000")]


def test_the_order_is_amazons_and_the_buyers_own():
    text = "Order 113-1234567-7654321 is late."
    assert others(text=text, to=["x@marketplace.amazon.com"], cc=[]) == []
    assert others(text=text, to=["x@swift-freight.com"], cc=[]) == [("order", "113-1234567-7654321")]
    assert others(text=text, to=["x@marketplace.amazon.com", "sam@swift-freight.com"], cc=[]) == [
        ("order", "113-1234567-7654321")
    ]


def test_a_name_counts_beside_an_order_only():
    assert others(text="买家\uff1a张三 已好评") == []
    assert ("name", "张三") in others(text="订单113-1234567-7654321\uff0c买家\uff1a张三 要退款")


# Where it stands.


def test_every_place():
    facts = read(
        subject="【物流】113-1234567-7654321",
        html='<p title="请看">已处理 <a href="mailto:li.si@abc.com">李四</a></p>',
        attachments=[{"name": "身份证11010519491231002X.jpg", "size": 10}],
    )
    assert [(f.kind, f.place.zone, f.place.where) for f in facts] == [
        ("order", "own", "subject"),
        ("email", "hidden", "own"),
        ("resident_id", "own", "attachment"),
    ]


def test_an_address_behind_a_shown_one_is_one_leak():
    assert others(html='<a href="mailto:li.si@abc.com">li.si@abc.com</a>') == [("email", "li.si@abc.com")]


def table(rows):
    cells, lines, at = [], [], 0
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            cells.append(TableCell(at, at + len(value), r, c))
            at += len(value) + 1
        lines.append("\t".join(row))
    plain = "\n".join(lines)
    base = literal("attachment", plain)
    return Text("attachment", plain, plain, base.segments, sheet="Sheet1", tables=(Grid(0, len(plain), tuple(cells)),))


def in_table(rows):
    of = table(rows)
    return [(c.shape.kind, of.matching[c.start : c.end]) for c in scan(of)]


def test_a_heading_is_the_context_of_its_column():
    rows = [
        ["姓名", "手机", "运单号", "密码", "成本价(元)", "护照"],
        ["甲", "13800138000", "13912345678", "Lantu@2026", "23.5", "E12345678"],
        ["乙", "13700137000", "13612345678", "Lantu@2027", "24", "E12345679"],
    ]
    assert in_table(rows) == [
        ("phone", "13800138000"), ("password", "Lantu@2026"), ("cost", "23.5"), ("passport", "E12345678"),
        ("phone", "13700137000"), ("password", "Lantu@2027"), ("cost", "24"), ("passport", "E12345679"),
    ]  # fmt: skip


def test_a_label_is_the_context_of_the_cell_beside_it():
    assert in_table([["站点", "美国"], ["密码", "Abc12345"], ["库存", "105"]]) == [("password", "Abc12345")]


def test_business_columns_are_silent():
    rows = [
        ["SKU", "UPC", "数量", "运单号", "订单流水"],
        ["13800138000", "013800138000", "13812345678", "13912345678", "4111111111111111"],
    ]
    assert in_table(rows) == []


@pytest.mark.parametrize(
    "unit", ["1", "@", "密码", "sk-", "深圳市1号", "1 A St ", "13800138000 ", "a://b:", "-----BEGIN ", "eyJ"]
)
def test_repeated_characters_do_not_hang(unit):
    found = grows_linearly(lambda n: scan(literal("text", unit * (n // len(unit)))), 60_000)
    assert len(found) == (60_000 // len(unit) if unit == "13800138000 " else 0)


@pytest.mark.parametrize(
    "text",
    [
        "放假期间仓库不收货\uff0c感谢支持\uff01\n\n--\n王芳 | 运营助理\n电话\uff1a0755-8613 2206",
        "I can prepare the answer for customers.\n\nRegards\nWANG Fang\nOperations Assistant\nT: +86-755-83214560",
    ],
)
def test_customers_in_the_text_do_not_make_the_signature_theirs(text, judge):
    report = judge(text=text, to=["lily@swift-freight.com"])
    assert [f.words for f in report.findings if f.rule == "sensitive/contact"] == []


def test_presidio_is_shown_the_words_around_neighbours_once(monkeypatch):
    """What it does grows faster than what it reads; values far apart or of cells keep a context of their own."""
    shown = []
    module = importlib.import_module("checker.presidio_pack.recognizers")
    asked = module.confirmed
    monkeypatch.setattr(module, "confirmed", lambda text, *more: (shown.append(text), asked(text, *more))[1])
    near = "身份证\uff1a11010519491231002X\uff0c手机13800138000\uff0c订单113-7654321-1234567。"
    far = near + "甲" * 400 + "护照\uff1aE12345678。"
    for text in (near, far):
        found = [(f.kind, f.place.text) for f in read(text=text)]
        assert found[:3] == [
            ("resident_id", "11010519491231002X"),
            ("phone", "13800138000"),
            ("order", "113-7654321-1234567"),
        ]
    assert len(found) == 4
    assert [text.count("13800138000") for text in shown] == [1, 1]
    assert "\n\n\n" not in shown[0]
    assert shown[1].count("\n\n\n") == 1

"""Whose contacts stand in attached documents: the mail's own people's are no leak, a stranger's is."""

import base64

import pytest
from documents import content_of

from checker.facts.letterheads import party, stands_with

SAM = "Sam Lee <sam@swift-freight.com>"
SIGNED = "Sam\uff0c你好\uff1a\n\n文件见附件\uff0c请周四前确认。\n\n王芳\n运营助理\n电话\uff1a0755-86001234\n手机\uff1a13912345678"
QUOTED = (
    "Sam\uff0c\n\n请看附件\uff0c周四前回复。\n\n王芳\n\n发件人\uff1a Sam Lee <sam@swift-freight.com>\n发送时间\uff1a 2026年3月9日 10:00\n"
    "收件人\uff1a 王芳 <wang.fang@lantu-trade.cn>\n主题\uff1a 报价\n\n报价见附件。\n\nSam Lee\n手机\uff1a 13600136000\n"
)
OURS = [
    "蓝途贸易有限公司\n地址\uff1a深圳市南山区桃园街道科苑路15号3栋1502室\n电话\uff1a0755-26001111\n传真\uff1a0755-26002222",
    "Lantu Trade Co., Ltd.\nTel: +86 755 2600 1111\nMobile: +86 138 0013 8000\nwww.lantu-trade.cn",
    "Tel: +86 138 0013 8000\nE-mail: export@lantu-trade.cn",  # the firm's domain stands under it
    "Quotation\nShipper contact: Wang Fang, wang.fang@lantu-trade.cn, 13800138000",
    "甲方联系人\uff1a王芳13800138000",
    "Contact us: 13912345678 or +86 755 8600 1234",  # as the sender signs
]
THEIRS = [
    "Forwarder: Swift Freight, tel. +1 (347) 555-0196",
    "Attn: Sam Lee\nMobile: +86 136 0013 6001\nE-mail: sam@swift-freight.com",
    "Swift Freight Ltd.\nAdd: 2217 Maple Hollow Ln, Suite 12, Raleigh, NC 27609\nTel: (347) 555-0196",
]
STRANGERS = [
    ("蓝途贸易有限公司\n乙方联系人\uff1a罗建国\n手机\uff1a18664520917", "18664520917"),
    ("甲方\uff1a蓝途贸易\uff0c乙方联系人罗建国18664520917", "18664520917"),
    ("Lantu Trade Co., Ltd.\nWe ship on Monday.\nMobile: +49 171 5550123", "+49 171 5550123"),
    ("Lantu Trade Co., Ltd.\nNotify party: Frau Krause\nMobile: +49 171 5550123", "+49 171 5550123"),
    ("Wang Fang, wang.fang@lantu-trade.cn\n\nMobile: +49 171 5550123", "+49 171 5550123"),
    ("客户名单\n手机\uff1a18664520917\n邮箱\uff1alily_wong88@hotmail.com", "18664520917"),
    ("Customer of Lantu Trade\nMobile: +49 171 5550123", "+49 171 5550123"),
    ("Driver sent by Swift Freight: +49 171 5550123", "+49 171 5550123"),
]


@pytest.fixture
def told(judge):
    """told(file, said): the contacts that sensitive/contact tells of a mail to Sam with that file."""

    def words(name, said=None, text=SIGNED, to=SAM, **one):
        file = {"name": name, "content": base64.b64encode(content_of({"name": name, "said": said, **one})).decode()}
        report = judge(to=[to], cc=[], text=text, attachments=[file])
        assert report.errors == ()
        found = [f for f in report.findings if f.rule == "sensitive/contact"]
        assert all(f.severity == "error" for f in found)
        return [f.place.text for f in found]

    return words


@pytest.mark.parametrize("said", OURS)
def test_the_senders_firm_is_no_leak(told, said):
    assert told("quotation.docx", said) == []


@pytest.mark.parametrize("said", THEIRS)
def test_the_recipients_firm_is_no_leak_to_them(told, said):
    assert told("booking.docx", said) == []


@pytest.mark.parametrize("said", THEIRS)
def test_the_same_is_one_to_others(told, said):
    assert told("booking.docx", said, to="Mike <mike.r@unknown-trading.com>")


@pytest.mark.parametrize(("said", "words"), STRANGERS)
def test_a_stranger_is(told, said, words):
    assert words in told("contract.docx", said)


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.pdf", "a.txt", "a.zip"])
def test_in_every_kind_of_document(told, name):
    both = f"{OURS[1]}\n\nNotify party: Frau Krause\nMobile: +49 171 5550123"
    inside = {"zip": [{"name": "a.txt", "said": both}]} if name.endswith("zip") else {}
    assert told(name, both, **inside) == ["+49 171 5550123"]


def test_a_recipients_signature_in_the_thread_makes_his_number_known(told):
    assert told("booking.docx", "Please call 13600136000 on arrival", text=QUOTED) == []
    assert told("booking.docx", "Please call 13600136009 on arrival", text=QUOTED) == ["13600136009"]


def test_a_free_mail_provider_is_nobodys_firm(told):
    assert told("list.docx", "QQ Mail\nTel: 18664520917", to="Sam <sam.lee@qq.com>") == ["18664520917"]


def test_in_a_sheet_a_row_is_one_persons(told):
    rows = [
        ["姓名", "邮箱", "手机"],
        ["王芳", "wang.fang@lantu-trade.cn", "13800138000"],
        ["罗建国", "luo@a.cn", "18664520917"],
    ]
    assert told("名单.xlsx", rows=rows) == ["luo@a.cn", "18664520917"]


def test_a_party_without_a_name_owns_nothing():
    assert party(("", " "), ()) is None
    assert not stands_with(None, "Tel: 123", 5, 8, lines=True)

"""Attachments: files that open and files that do not, risky ones, promises of a file, shared links."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from base64 import b64encode
from pathlib import Path

import pytest
import yaml
from growth import grows_linearly
from openpyxl import Workbook

from checker.budget import Budget
from checker.draft import from_draft
from checker.facts import attachments
from checker.facts.broken_files import LARGEST, check_file
from checker.facts.formats import picture_size
from checker.facts.links import is_cloud
from checker.facts.risks import risk_of
from checker.reading import Reading

CASES = yaml.load((Path(__file__).parent / "cases" / "mentions.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
FULL_WIDTH = str.maketrans({",": "\uff0c", ":": "\uff1a", "?": "\uff1f", "(": "\uff08", ")": "\uff09", "!": "\uff01"})


def xlsx() -> bytes:
    book = Workbook()
    book.active.append(["ASIN", "B08XYZ1234"])
    book.save(data := io.BytesIO())
    return data.getvalue()


def zipped(*names: str, flag: int = 0) -> bytes:
    with zipfile.ZipFile(data := io.BytesIO(), "w") as archive:
        for name in names:
            archive.writestr(name, b"text")
    raw = bytearray(data.getvalue())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flags of local and central headers
        found = raw.find(sign)
        while flag and found >= 0:
            raw[found + at] |= flag
            found = raw.find(sign, found + 1)
    return bytes(raw)


def pdf(extra: bytes = b"") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R" + extra + b">>\nstartxref\n9\n%%EOF\n"
    )


# The standard security handler, revision 3 (ISO 32000-1, 7.6.3): a key that no empty password makes.
LOCKED_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000053 00000 n \n0000000098 00000 n \n"
    b"trailer<</Root 1 0 R/Size 4/Encrypt 3 0 R/ID[<"
    + b"00" * 16
    + b"><"
    + b"00" * 16
    + b">]>>\nstartxref\n277\n%%EOF\n"
)


def png(width: int = 4, height: int = 4) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"".join(b"\x00" + b"\x7f" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


THUMBNAIL = b"\xff\xe1\x00\x10Exif\x00\x00\xff\xd8\xff\xda\xff\xd9\x00\x00"
JPEG = (
    b"\xff\xd8"
    + THUMBNAIL
    + b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
)


def ole(*streams: tuple[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) with streams of 4096 bytes, so that no mini stream is needed."""
    fat, directory, body = [0xFFFFFFFD, 0xFFFFFFFE], [entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)], b""
    for i, (name, data) in enumerate(streams):
        first = len(fat)
        fat += [*range(first + 1, first + 8), 0xFFFFFFFE]
        body += data.ljust(4096, b"\x00")
        right = i + 2 if i + 1 < len(streams) else 0xFFFFFFFF
        directory.append(entry(name, 2, first, 4096, right=right))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    head = head.ljust(512, b"\xff")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return head + table + b"".join(directory).ljust(512, b"\x00") + body


def entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    coded = (name + "\x00").encode("utf-16-le")
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return (
        coded.ljust(64, b"\x00")
        + struct.pack("<HBB", len(coded), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


XLS = ("Workbook", struct.pack("<HHHH", 0x809, 4, 0x600, 5) + b"\x42\x00\x02\x00\xb0\x04")
LOCKED_XLS = ("Workbook", struct.pack("<HHHH", 0x809, 4, 0x600, 5) + b"\x2f\x00\x36\x00")
LOCKED_DOC = ("WordDocument", struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x0100))

FILES = [
    ("补货.xlsx", xlsx(), None, ""),
    ("补货.xlsx", xlsx()[:-30], "truncated", ""),
    ("补货.xlsx", b"", "empty", ""),
    ("补货.xlsx", b"\xef\xbb\xbf\r\n", "empty", ""),
    ("补货.xlsx", b"<html><body>404</body></html>", "mismatch", "html"),
    ("补货.xlsx", ole(("EncryptedPackage", b"x")), "password", ""),
    ("补货.xlsx", ole(XLS), "mismatch", "ole"),
    ("补货.xlsx", b"\x62\x14\x23\x65" * 90, "mismatch", "unknown"),
    ("补货.xls", ole(XLS), None, ""),
    ("补货.xls", ole(LOCKED_XLS), "password", ""),
    ("补货.xls", ole(XLS)[:700], "truncated", ""),
    ("库存.xls", "ASIN\t库存\nB08XYZ1234\t105\n".encode("gbk"), None, ""),  # as seller tools export it
    ("库存.xls", b"<html><table><tr><td>1</td></tr></table></html>", None, ""),
    ("库存.xls", xlsx(), "mismatch", "xlsx"),
    ("库存.csv", "ASIN,库存\nB08XYZ1234,105\n".encode("gb18030"), None, ""),
    ("库存.csv", "ASIN,库存\n".encode("utf-16"), None, ""),
    ("库存.csv", xlsx(), "mismatch", "xlsx"),
    ("BMW.csv", b"BM-100,5\nMZ,6\n", None, ""),  # BM and MZ begin pictures and programs, and words
    ("合同.doc", ole(LOCKED_DOC), "password", ""),
    ("合同.doc", b"{\\rtf1 hello}", None, ""),
    ("a.pdf", pdf(), None, ""),
    ("a.pdf", pdf()[:-30], "truncated", ""),
    ("a.pdf", b"\r\n" + pdf(), None, ""),
    ("a.pdf", LOCKED_PDF, "password", ""),
    ("a.pdf", png(), "mismatch", "png"),
    ("a.png", png(), None, ""),
    ("a.png", png()[:-14], "truncated", ""),
    ("a.jpg", JPEG + b"\x12\xff\x00\xff\xd9", None, ""),
    ("a.jpg", JPEG + b"\x12\xff\x00", "truncated", ""),  # the thumbnail has an end of its own
    ("a.jpg", JPEG + b"\x12\xff\xd9" + b"\xff\xda" * 9, None, ""),  # a film behind a phone's picture
    ("a.jpg", png(), None, ""),  # viewers look inside
    ("a.jpg", pdf(), "mismatch", "pdf"),
    ("a.zip", zipped("a.txt"), None, ""),
    ("a.zip", zipped("a.txt", flag=1), "password", ""),
    ("a.zip", zipped("a.txt")[:-10], "truncated", ""),
    ("a.zip", zipped(), "empty", ""),
    ("a.zip", xlsx(), None, ""),
    ("a.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 5 + b"\x04" + b"\x00" * 20, "password", ""),
    ("a.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 5 + b"\x01" + b"\x00" * 20, None, ""),
    ("a.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 20, None, ""),
    ("a.mp4", pdf(), "mismatch", "pdf"),
    ("unknown.abc", b"\x00\x01\x02", None, ""),
    ("no extension", b"text", None, ""),
    ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), None, ""),
    ("a.pptx", zipped("[Content_Types].xml", "word/document.xml"), "mismatch", "docx"),
]


@pytest.mark.parametrize(("name", "content", "problem", "actual"), FILES)
def test_files(name, content, problem, actual):
    checked = check_file(name, content)
    assert checked.problem == problem
    assert not actual or checked.actual == actual


@pytest.mark.parametrize(("name", "content"), [(name, content) for name, content, _, _ in FILES])
def test_a_file_cut_anywhere_raises_nothing(name, content):
    for cut in range(0, min(len(content), 700), 7):
        for piece in (content[:cut], content[cut:]):
            assert check_file(name, piece).problem in (None, "empty", "truncated", "password", "mismatch")


def test_a_file_that_only_restricts_printing_opens():
    assert check_file("a.pdf", pdf(b"/Note(/Encrypt)")).problem is None


@pytest.mark.parametrize(
    ("name", "risk"),
    [
        ("发票.pdf.exe", "double_extension"),
        ("发票.pdf                     .exe", "double_extension"),
        ("发票\u202efdp.exe", "double_extension"),
        ("报表.2026.03.xlsx", None),
        ("资料.tar.gz", None),
        ("合同.docx.pdf", None),
        ("v1.2.pdf", None),
        ("工具.EXE", "executable"),
        ("a.scr ", "executable"),
        ("a.iso", "executable"),
        ("a.lnk", "executable"),
        ("a.js", "script"),
        ("a.ps1", "script"),
        ("a.json", None),
        ("模板.xlsm", "macro"),
        ("a.xlsb", "macro"),
        ("exe", None),
        ("", None),
    ],
)
def test_risky_names(name, risk):
    assert risk_of(name) == risk


def files(*given: dict, budget: Budget | None = None):
    drafts = [{**g, **({"content": b64encode(g["content"]).decode()} if "content" in g else {})} for g in given]
    return attachments.read(from_draft({"attachments": drafts}).attachments, budget or Budget())


@pytest.mark.parametrize(
    ("name", "content", "risk"),
    [
        ("a.zip", zipped("docs/a.txt", "docs/发票.pdf.exe"), "double_extension"),
        ("a.zip", zipped("a.xlsm"), "macro"),
        ("a.zip", zipped("a.zip"), None),  # one level
        ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "macro"),
        ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml", "xl/a.js"), None),
        ("a.xls", ole(XLS, ("_VBA_PROJECT_CUR", b"")), "macro"),
        ("a.pdf", b"MZ\x90\x00\x03" + b"\x00" * 50, "executable"),
        ("a.xlsx", xlsx(), None),
    ],
)
def test_risks_inside(name, content, risk):
    assert files({"name": name, "content": content})[0].risky == risk


@pytest.mark.parametrize(
    ("file", "evidence"),
    [
        ({"name": "image001.png", "content": png(900, 400), "inline": True}, True),
        ({"name": "image001.png", "content": png(180, 60), "inline": True}, False),  # a logo
        ({"name": "image001.png", "size": 2_000, "inline": True}, False),
        ({"name": "image001.png", "size": 80_000, "inline": True}, True),
        ({"name": "small.png", "content": png(20, 20)}, True),  # attached on purpose
        ({"name": "报表.xlsx", "size": 9_000}, True),
        ({"name": "POD.pdf"}, True),
        ({"name": "开箱.mp4", "size": 9_000_000}, True),
        ({"name": "投诉.eml"}, True),
        ({"name": "王芳.vcf"}, False),
        ({"name": "a.exe"}, False),
    ],
)
def test_evidence(file, evidence):
    assert files(file)[0].evidence is evidence


def test_sizes_and_unknown_sizes():
    known, unknown, link = files(
        {"name": "a.pdf", "size": 1_572_864}, {"name": "b.pdf"}, {"name": "c", "size": 0, "link": "x"}
    )
    assert (known.megabytes, unknown.megabytes, link.megabytes) == (1.5, 0.0, 0.0)
    assert all(f.readable for f in (known, unknown, link))
    assert link.link


def test_a_big_file_is_not_opened_and_said_so():
    budget = Budget()
    (big,) = files({"name": "a.zip", "content": b"PK\x03\x04" + bytes(LARGEST)}, budget=budget)
    assert big.readable
    assert [(i.what, i.why) for i in budget.incomplete] == [("attachment 1", "size")]


def test_no_time_is_spent_when_it_is_over():
    ticks = iter(range(100))
    budget = Budget(0.5, lambda: float(next(ticks)))
    (file,) = files({"name": "a.xlsx", "content": b"PK\x03\x04"}, budget=budget)
    assert file.readable
    assert [i.why for i in budget.incomplete] == ["time"]


def test_picture_sizes():
    assert picture_size(png(30, 20)) == (30, 20)
    assert picture_size(JPEG) == (32, 16)
    assert picture_size(b"GIF89a\x05\x00\x06\x00") == (5, 6)
    assert picture_size(b"x") is None


# ---- mentions


def promised(text: str, **draft) -> bool:
    return any(m.promised for m in attachments.read_mentions(Reading(from_draft({"text": text, **draft}))))


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("side", "text"), [(s, t) for s in ("promised", "not_promised") for t in CASES[s]])
def test_mentions(side, text, full):
    assert promised(text.translate(FULL_WIDTH) if full else text) is (side == "promised")


@pytest.mark.parametrize("subject", ["Re: 报价", "回复\uff1a报价"])
@pytest.mark.parametrize(("side", "text"), [(s, t) for s in ("promised", "not_promised") for t in CASES[f"reply_{s}"]])
def test_mentions_in_a_reply(side, text, subject):
    assert promised(text.translate(FULL_WIDTH), subject=subject) is (side == "promised")


def test_the_subject_may_promise_but_not_that_of_a_reply():
    assert promised("您好", subject="补货明细见附件")
    assert not promised("您好", subject="Re: 补货明细见附件")


def test_a_quote_promises_nothing():
    assert not promised(
        "好的\uff0c谢谢。\n\n发件人: 李强 <li@x.cn>\n发送时间: 2026年3月9日 10:00\n收件人: 王芳 <w@x.cn>\n主题: 报价\n\n报价见附件\uff0c请查收。"
    )


def test_mentions_point_at_the_word():
    mentions = attachments.read_mentions(Reading(from_draft({"text": "数据见附件\uff0c谢谢"})))
    assert [m.place.text for m in mentions] == ["附件"]


@pytest.mark.parametrize("unit", ["附", "附件", "见", "attach", "稍后发", "请", "the ", "<a href=b ", "https://"])
def test_a_long_mail_of_one_word_takes_no_long_time(unit):
    assert grows_linearly(lambda n: promised(unit * (n // len(unit))), 100_000) is (unit == "附件")


@pytest.mark.parametrize("unit", ["<a href=b ", "<img "])
def test_a_long_run_of_open_tags_links_to_nothing(unit):
    assert grows_linearly(lambda n: attachments.read_links(Reading(from_draft({"html": unit * n}))), 60_000) == ()


# ---- links and what is present


@pytest.mark.parametrize(
    "url",
    [
        "https://1drv.ms/x/s!AbC",
        "https://contoso-my.sharepoint.com/:x:/g/personal/a",
        "https://drive.google.com/file/d/1/view",
        "https://docs.google.com/spreadsheets/d/1",
        "https://www.dropbox.com/s/a",
        "https://we.tl/t-1",
        "https://docs.qq.com/sheet/DAbC",
        "https://lantu.feishu.cn/sheets/shtcn1",
        "https://alidocs.dingtalk.com/i/nodes/1",
        "https://pan.baidu.com/s/1abc",
        "https://www.alipan.com/s/1",
        "https://drive.weixin.qq.com/s?k=1",
        "https://www.jianguoyun.com/p/D1",
        "https://pan.quark.cn/s/1",
        "https://wx.mail.qq.com/ftn/download?func=3",
        "https://mail.163.com/large-attachment-download/index.html?p=1",
        "https://www.kdocs.cn/l/1",
    ],
)
def test_shared_files(url):
    assert is_cloud(url)
    (link,) = attachments.read_links(Reading(from_draft({"text": f"表格\uff1a{url}\uff0c请看"})))
    assert (link.url, link.cloud, link.place.text) == (url, True, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.amazon.com/dp/B08XYZ1234",
        "https://docs.qq.com",
        "https://x.cn/?u=https://1drv.ms/x",
        "https://www.feishu.cn/",
    ],
)
def test_other_links(url):
    assert not is_cloud(url)


def test_links_without_a_scheme_and_behind_words():
    (bare,) = attachments.read_links(Reading(from_draft({"text": "链接: pan.baidu.com/s/1abc 提取码: 1234"})))
    assert (bare.url, bare.cloud) == ("pan.baidu.com/s/1abc", True)
    html = '<p>见<a class="x" href="https://1drv.ms/x/s!A?e=1&amp;b=2"><b>补货</b>.xlsx</a></p>'
    (behind,) = attachments.read_links(Reading(from_draft({"html": html})))
    assert (behind.url, behind.place.text) == ("https://1drv.ms/x/s!A?e=1&b=2", "补货.xlsx")


@pytest.mark.parametrize(
    ("draft", "present"),
    [
        ({"text": "x"}, False),
        ({"attachments": [{"name": "a.pdf"}]}, True),
        ({"attachments": [{"name": "logo.png", "size": 900, "inline": True}]}, False),
        ({"attachments": [{"name": "image001.png", "size": 90_000, "inline": True}]}, True),
        ({"attachments": [{"name": "a", "link": "https://1drv.ms/x", "size": 0}]}, True),
        ({"html": "<p>见下图</p><img src='data:image/png;base64,iVBORw0KGgo='>"}, True),
        ({"html": "<p>x</p><img src='https://x.cn/pixel.gif' width='1' height='1'>"}, False),
        ({"html": "<p>x</p><img src='https://x.cn/logo.png'>"}, False),
        ({"html": "<p>x</p><blockquote type='cite'>y<img src='https://x.cn/a.png'></blockquote>"}, False),
        ({"text": "https://docs.qq.com/sheet/1"}, True),
        ({"text": "https://www.amazon.com/dp/B08XYZ1234"}, False),
    ],
)
def test_present(draft, present):
    reading = Reading(from_draft(draft))
    found = attachments.read(reading.message.attachments, Budget())
    assert attachments.read_files(reading, found, attachments.read_links(reading)).present is present


def test_files_together():
    draft = {"attachments": [{"name": "a.pdf", "size": 1 << 20}, {"name": "b.pdf", "size": 2 << 20}]}
    draft["attachments"] += [{"name": "logo.png", "size": 900, "inline": True}, {"name": "c", "size": 9, "link": "x"}]
    reading = Reading(from_draft(draft))
    together = attachments.read_files(reading, attachments.read(reading.message.attachments, Budget()), ())
    assert (together.count, together.place.text) == (3.0, "b.pdf")
    assert 3.0 <= together.megabytes < 3.01

"""Fixes: what is edited reads as wanted, and every byte outside the edited lines stays."""

from __future__ import annotations

import base64
import binascii

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.draft import from_draft
from checker.fix import apply_to_draft, apply_to_eml
from checker.mime import from_eml
from checker.text import Edit

WORDS = st.text(st.sampled_from("补货库存确认 ab=c.\uff0c\uff1a\uff11<&"), max_size=30)
BODIES = st.lists(WORDS, max_size=8).map("\n".join)
CHARSETS = ["utf-8", "gb2312", "gbk", "gb18030", "iso-2022-jp", "hz", "utf-7"]


def coded(text: str, charset: str, encoding: str, end: str) -> bytes:
    data = text.replace("\n", end).encode(charset)
    if encoding == "base64":
        return base64.encodebytes(data).replace(b"\n", end.encode())
    if encoding == "quoted-printable":
        lines = data.split(end.encode())
        return end.encode().join(
            binascii.b2a_qp(line, istext=False).replace(b"=\n", b"=" + end.encode()) for line in lines
        )
    return data


def mail(text: str, charset: str, encoding: str, end: str, kind: str = "plain") -> bytes:
    head = [
        "From: a@x.cn",
        "Subject:  =?utf-8?B?6KGl?=  ",
        'Content-Type: multipart/mixed; boundary="=_b"',
        "",
        "--=_b",
    ]
    part = [f"Content-Type: text/{kind};\t charset={charset}", f"Content-Transfer-Encoding: {encoding}", "", ""]
    tail = ["", "--=_b", "Content-Type: application/pdf; name=a.pdf", "", "%PDF-  \t", "--=_b--", "epilogue", ""]
    return end.join([*head, *part]).encode() + coded(text, charset, encoding, end) + end.join(tail).encode()


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit], str]:
    """A body, edits that do not overlap, and what it should read afterwards."""
    body = draw(BODIES)
    cuts = sorted(draw(st.lists(st.integers(0, len(body)), min_size=2, max_size=6, unique=True))) if len(body) else [0]
    edits, wanted, at = [], "", 0
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new = draw(WORDS)
        edits.append(Edit("text", start, end, new))
        wanted += body[at:start] + new
        at = end
    return body, edits, wanted + body[at:]


def can(text: str, charset: str) -> bool:
    try:
        return text.encode(charset).decode(charset) == text
    except UnicodeError:
        return False


@settings(max_examples=300, deadline=None)
@given(
    edited(),
    st.sampled_from(CHARSETS),
    st.sampled_from(["base64", "quoted-printable", "8bit"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_fixed_mail_reads_as_wanted_and_the_rest_stays(case, charset, encoding, end):
    body, edits, wanted = case
    if not can(body, charset):
        charset = "utf-8"
    data = mail(body, charset, encoding, end)
    assert from_eml(data).body.source == body
    fixed = apply_to_eml(data, edits)
    assert from_eml(fixed).body.source == wanted
    keeps_charset = can(wanted, charset) and all(can(e.text, charset) for e in edits)
    before, after = data.split(b"--=_b"), fixed.split(b"--=_b")
    assert (before[0], before[2:]) == (after[0], after[2:])
    if keeps_charset:
        assert before[1].split(end.encode() * 2)[0] == after[1].split(end.encode() * 2)[0]
    if end == "\r\n":
        assert fixed.replace(b"\r\n", b"").count(b"\n") == 0


@settings(max_examples=100, deadline=None)
@given(BODIES, st.sampled_from(CHARSETS), st.sampled_from(["base64", "quoted-printable", "8bit"]))
def test_no_edit_changes_no_byte(body, charset, encoding):
    data = mail(body if can(body, charset) else "", charset, encoding, "\r\n")
    assert apply_to_eml(data, []) == data
    if body and can(body, charset) and encoding != "base64":
        assert apply_to_eml(data, [Edit("text", 0, 1, body[0])]).count(b"\r\n") == data.count(b"\r\n")


@pytest.mark.parametrize("encoding", ["quoted-printable", "8bit"])
def test_untouched_lines_keep_their_bytes(encoding):
    odd = "=E8=A1=a5 lower-case hex, kept \r\nb=\r\nc\r\n" if encoding == "quoted-printable" else "a \t \r\nbc\r\n"
    data = f"Content-Transfer-Encoding: {encoding}\r\n\r\n{odd}请马上处理".encode()
    source = from_eml(data).body.source
    at = source.index("马上")
    fixed = apply_to_eml(data, [Edit("text", at, at + 2, "在3月12日前")])
    assert odd.encode() in fixed
    assert from_eml(fixed).body.source == source.replace("马上", "在3月12日前")


def test_base64_keeps_its_width_and_its_ends():
    body = base64.b64encode("请马上处理\uff0c谢谢。\n".encode() * 5)
    lines = b"\r\n".join(body[i : i + 60] for i in range(0, len(body), 60))
    data = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines + b"\r\n\r\n"
    fixed = apply_to_eml(data, [Edit("text", 1, 3, "方便时")])
    kept = fixed.partition(b"\r\n\r\n")[2]
    assert {len(line) for line in kept.strip().split(b"\r\n")[:-1]} == {60}
    assert kept.endswith(b"\r\n\r\n")
    assert from_eml(fixed).body.source.startswith("请方便时处理")


@pytest.mark.parametrize(
    ("head", "encoding", "body", "new", "charset", "transfer"),
    [
        ("Content-Type: text/plain; charset=gb2312; format=flowed", "8bit", "库存", "\U00020bb7", "utf-8", "8bit"),
        ("Content-Type: text/plain; charset=gb2312", "8bit", "库存", "镕", "gb2312", "8bit"),  # GBK is readable there
        ("Content-Type: text/plain; charset=big5", "base64", "庫存", "库存", "utf-8", "base64"),
        ("Content-Type: text/plain; charset=us-ascii", "7bit", "stock", "库存", "utf-8", "quoted-printable"),
        ("Content-Type: text/plain", "7bit", "stock", "库存", "utf-8", "quoted-printable"),
        ("X-Nothing: 1", "7bit", "stock", "库存", "utf-8", "quoted-printable"),
        ("Content-Type: text/plain; charset=iso-8859-1", "8bit", "caf\u00e9", "库存", "utf-8", "8bit"),
        ("Content-Type: text/plain; charset=utf-8", "8bit", "库存", "\U00020bb7", "utf-8", "8bit"),
    ],
)
def test_a_character_that_the_charset_lacks_turns_the_part_into_utf_8(head, encoding, body, new, charset, transfer):
    sent = body.encode(head.partition("charset=")[2].partition(";")[0] or "ascii")
    sent = base64.b64encode(sent) if encoding == "base64" else sent
    data = f"Subject: a\r\n{head}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + sent + b"\r\n"
    fixed = apply_to_eml(data, [Edit("text", 0, 2, new)])
    message = from_eml(fixed)
    assert message.body.source.startswith(new + body[2:])
    assert message.defects == ()
    assert charset.encode() in fixed.lower()
    assert f"Content-Transfer-Encoding: {transfer}".encode() in fixed
    assert (b"format=flowed" in fixed) == ("format" in head)


def alternative(html: str, plain: str) -> bytes:
    return (
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{plain}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{html}\r\n--b--\r\n"
    ).encode()


COPIES = [
    ("<p>请<b>马</b>上处理\uff0c谢谢</p>", "请马上处理\uff0c谢谢", "马上", "方便时", "请方便时处理\uff0c谢谢"),
    ("<p>a &lt; b 马上</p>", "a < b\r\n马上", "马上", "R&D <x>", "a < b\r\nR&D <x>"),
    ("<p>马上 one</p><p>马上 two</p>", "马上 one\r\n马上 two", "马上", "later", "later one\r\n马上 two"),
    ("<p>请马上处理</p>", "另一稿", "马上", "方便时", "另一稿"),  # stale: left alone
    ("<p>请马上处理</p>", "马上马上", "马上", "方便时", "马上马上"),  # cannot be told apart
    ("<p>please reply ASAP now</p>", "please reply\r\nASAP now", "reply ASAP", "reply", "please reply now"),
]


@pytest.mark.parametrize(("html", "plain", "old", "new", "wanted"), COPIES)
def test_an_edit_covers_every_copy_of_the_words(html, plain, old, new, wanted):
    data = alternative(html, plain)
    body = from_eml(data).body
    at = body.plain.index(old)
    edits = body.edits(at, at + len(old), new)
    fixed = from_eml(apply_to_eml(data, edits))
    assert fixed.body.plain.replace("\n", " ") == body.plain.replace(old, new, 1).replace("\n", " ")
    assert fixed.alternative.source == wanted.replace("\r\n", "\n")
    draft = {"html": html, "text": plain, "subject": "x"}
    assert apply_to_draft(draft, edits)["text"] == wanted
    assert draft["text"] == plain


HEADERS = [
    (b"Subject: hello\r\n", "subject", "hello", "补货 申请\uff0c请确认"),
    (b"Subject: =?gb2312?B?surK1A==?=\r\n and more\r\n", "subject", "and", "&"),
    ("Subject: 补货\n".encode("gbk"), "subject", "补货", "B0 plain"),
    (b"Subject: " + b"long word " * 12 + b"\r\n", "subject", "long", "short"),
    (b"To: Li <li@x.cnn>\r\n", "to", "x.cnn", "x.cn"),
    (b"To: =?gb2312?B?wO7HvyjEz7e9KQ==?= <li@x.cnn>, b@y.cn\r\n", "to", "x.cnn", "x.cn"),
    (b"To: a@x.cn\r\nTo: b@x.cnn\r\n", "to", "x.cnn", "x.cn"),
    ("Cc: 李强 <li@x.cnn>\r\n".encode(), "cc", "x.cnn", "x.cn"),
    (b"From: w@x.cnn (Wang)\r\n", "from", "x.cnn", "x.cn"),
]


@pytest.mark.parametrize(("header", "part", "old", "new"), HEADERS)
def test_a_header_edit_writes_that_header_only(header, part, old, new):
    first, rest = b"X-First:  a\tb\r\n", b"X-Last: \xff\r\nReferences: <1@x>\r\n  <2@x>\r\n\r\nbody \xb2\xb9\r\n"
    data = first + header + rest
    message = from_eml(data)
    text = message.subject if part == "subject" else next(t for t in message.headers if t.part == part)
    at = text.plain.index(old)
    fixed = apply_to_eml(data, text.edits(at, at + len(old), new))
    assert fixed.startswith(first)
    assert fixed.endswith(rest)
    assert all(len(line) <= 78 for line in fixed[len(first) : -len(rest)].splitlines())
    after = from_eml(fixed)
    wanted = text.plain[:at] + new + text.plain[at + len(old) :]
    if part == "subject":
        assert after.subject.plain == wanted.strip()
    else:
        read = [(p.name, p.address.replace(old, new)) for p in (message.sender, *message.recipients) if p]
        assert [(p.name, p.address) for p in (after.sender, *after.recipients) if p] == read


def test_a_header_edit_cannot_add_a_header():
    fixed = apply_to_eml(b"Subject: x\r\n\r\nbody", [Edit("subject", 0, 1, "y\r\nBcc: evil@x.cn")])
    assert from_eml(fixed).bcc == ()
    assert from_eml(fixed).subject.plain == "y Bcc: evil@x.cn"


def test_a_missing_header_is_added():
    fixed = apply_to_eml(b"From: a@x.cn\n\nbody", [Edit("subject", 0, 0, "【补货】x"), Edit("cc", 0, 0, "b@x.cn")])
    message = from_eml(fixed)
    assert (message.subject.plain, message.cc[0].address, message.body.plain) == ("【补货】x", "b@x.cn", "body")


@pytest.mark.parametrize(
    "edits",
    [
        [Edit("text", 0, 3, "a"), Edit("text", 2, 4, "b")],
        [Edit("text", 1, 1, "a"), Edit("text", 1, 1, "b")],
        [Edit("text", 0, 99, "a")],
        [Edit("text", 3, 2, "a")],
        [Edit("html", 0, 1, "a")],
        [Edit("attachment", 0, 1, "a")],
        [Edit("subject", 0, 9, "a")],
        [Edit("to", 0, 99, "a")],
    ],
)
def test_edits_that_cannot_be_are_refused(edits):
    data = b"Subject: abc\r\nTo: a@x.cn\r\n\r\nbody text"
    with pytest.raises(ValueError):
        apply_to_eml(data, edits)
    with pytest.raises(ValueError):
        apply_to_draft({"subject": "abc", "to": ["a@x.cn"], "text": "body text"}, edits)


def test_a_signed_mail_is_not_edited():
    part = "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nbody\r\n--b\r\n\r\nx\r\n--b--"
    with pytest.raises(ValueError, match="signed"):
        apply_to_eml(part.encode(), [Edit("text", 0, 1, "x")])


def test_drafts():
    draft = {"to": ["Li <li@x.cnn>", "b@y.cn"], "subject": "请马上", "text": "a\r\nb", "attachments": [{"name": "a"}]}
    text = next(t for t in from_draft(draft).headers if t.part == "to")
    at = text.plain.index("x.cnn")
    edits = [*text.edits(at, at + 5, "x.cn"), Edit("subject", 1, 3, "您"), Edit("text", 3, 4, "c")]
    fixed = apply_to_draft(draft, edits)
    assert fixed == {**draft, "to": ["Li <li@x.cn>", "b@y.cn"], "subject": "请您", "text": "a\r\nc"}
    assert draft["subject"] == "请马上"


def test_an_edit_of_the_plain_copy_wins_over_the_one_that_follows_the_html():
    draft = {"html": "<p>请马上办</p>", "text": "请马上办"}
    fixed = apply_to_draft(draft, [Edit("html", 4, 6, "于周五前"), Edit("text", 1, 3, "今天")])
    assert fixed == {"html": "<p>请于周五前办</p>", "text": "请今天办"}

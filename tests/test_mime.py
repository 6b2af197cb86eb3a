"""Mails in bytes: every charset and encoding reads the same as the draft; odd forms are defects, never exceptions."""

from __future__ import annotations

import base64
import email
import email.message
import itertools
import quopri
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.charsets import decode
from checker.draft import from_draft
from checker.message import Message
from checker.mime import from_eml, full_defects
from checker.parts import layout, scan

FULL = "\uff0c\uff1a\uff08\uff09\uff01\uff1f\uff11\uff12"

DRAFTS = [
    {"text": "您好\uff0c\n库存105件\uff0c日均15件\uff1a请在3月12日前确认\uff1f\n"},
    {"text": "Hi Tom,\n\nDOS is 7 days (105/15).\n", "subject": "[Restock] B08XYZ1234"},
    {
        "html": "<p>您好\uff01</p><table><tr><td>ASIN</td><td>库存</td></tr><tr><td>B08XYZ1234</td><td>105</td></tr></table>"
    },
    {
        "text": "请查收附件\uff08共1份\uff09。\n",
        "subject": "【补货】B08XYZ1234 补货申请\uff0c请尽快确认\uff01这是一个很长的主题以便折行以便折行以便折行",
        "to": ["张三\uff08采购\uff09 <zhang@lantu-trade.cn>", "li@lantu-trade.cn"],
        "cc": ['"Baker, Tom" <tom@lantu-trade.cn>'],
        "reply_to": ["王芳 <wang@lantu-trade.cn>"],
        "attachments": [{"name": "补货明细\uff08三月\uff09.csv", "content": base64.b64encode(b"a,b\n1,2\n").decode()}],
    },
    {"text": "", "subject": ""},
    {"text": "您好\uff0c\n請在3月12日前確認\uff1f\n", "subject": "【補貨】B08XYZ1234"},
]
CHARSETS = ["utf-8", "gb2312", "gbk", "gb18030", "big5", "hz"]
ENCODINGS = ["base64", "quoted-printable", "8bit"]


def seen(message: Message) -> dict[str, object]:
    """What facts see of a message."""
    people = [message.sender, *message.recipients, *message.reply_to]
    return {
        "people": [(p.header, p.name, p.address, p.span.words, p.address_span.words) for p in people if p],
        "subject": message.subject.matching,
        "body": message.body.matching.rstrip("\n"),
        "part": message.body.part,
        "zones": [(z.kind, message.body.matching[z.start : z.end].rstrip("\n")) for z in message.zones],
        "tables": [[message.body.matching[c.start : c.end] for c in g.cells] for g in message.body.tables],
        "files": [(a.name.plain, a.size, a.content, a.inline, a.nested) for a in message.attachments],
        "date": message.date,
        "headers": [(t.part, t.plain) for t in message.headers],
    }


def words(value: str, charset: str) -> str:
    return str(Header(value, charset)) if value.isascii() else Header(value, charset, maxlinelen=76).encode()


def mailbox(entry: str, charset: str) -> str:
    name, _, rest = entry.partition(" <")
    return entry if entry.isascii() else f"{words(name, charset)} <{rest}"


def body_bytes(draft: dict, charset: str, encoding: str) -> bytes:
    data = (draft.get("html") or draft.get("text") or "").replace("\n", "\r\n").encode(charset)
    if encoding == "base64":
        return base64.encodebytes(data).replace(b"\n", b"\r\n")
    return quopri.encodestring(data).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if encoding != "8bit" else data


def render(draft: dict, charset: str, encoding: str) -> bytes:
    """A draft as MIME, by hand, so that this test shares no code with what it tests."""
    lines = [f"From: {mailbox(draft['from'], charset)}"]
    for key, name in (("to", "To"), ("cc", "Cc"), ("reply_to", "Reply-To")):
        if draft.get(key):
            lines.append(f"{name}: " + ",\r\n ".join(mailbox(e, charset) for e in draft[key]))
    lines += [f"Subject: {words(draft['subject'], charset)}".replace("\n", "\r\n")]
    lines += [f"Date: {format_datetime(datetime.fromisoformat(draft['date']))}", "MIME-Version: 1.0"]
    kind = f"Content-Type: text/{'html' if 'html' in draft else 'plain'}; charset={charset}"
    head = f"{kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    body = head + body_bytes(draft, charset, encoding)
    if not draft.get("attachments"):
        return "\r\n".join(lines).encode() + b"\r\n" + body
    parts = [body]
    for file in draft["attachments"]:
        name = Header(file["name"], charset).encode()
        head = f'Content-Type: application/octet-stream; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        parts.append((head + "Content-Disposition: attachment\r\n\r\n" + file["content"] + "\r\n").encode())
    lines.append('Content-Type: multipart/mixed; boundary="=_b"')
    return "\r\n".join(lines).encode() + b"\r\n\r\n--=_b\r\n" + b"\r\n--=_b\r\n".join(parts) + b"\r\n--=_b--\r\n"


def can(draft: dict, charset: str) -> bool:
    try:
        str(draft).encode(charset)
    except UnicodeEncodeError:
        return False
    return True


CASES = [(d, c, e) for d in DRAFTS for c in CHARSETS for e in ENCODINGS if can(d, c)]


@pytest.mark.parametrize(("draft", "charset", "encoding"), CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_a_mail_reads_like_its_draft(draft, charset, encoding):
    envelope = {"from": "Wang <wang@lantu-trade.cn>", "to": ["Li <li@lantu-trade.cn>"], "subject": "x"}
    full = {**envelope, "date": "2026-03-10T10:00:00+08:00", **draft}
    data = render(full, charset, encoding)
    assert seen(from_eml(data)) == seen(from_draft(full))
    assert from_eml(data).defects == ()


def test_utf_16_reads_too():
    data = b"Content-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert from_eml(data + base64.encodebytes("补货\n".encode("utf-16"))).body.plain == "补货\n"


def test_the_drafts_hold_full_width_punctuation():
    assert sum(any(c in FULL for c in str(d)) for d in DRAFTS) >= 3


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?B?44CQ6KGl6LSn4w==?=\r\n =?utf-8?B?gJFGQkE=?=", "【补货】FBA"),  # cut inside a character
        (b"=?gb2312?B?wO7pRg==?=", "李镕"),  # GBK under a gb2312 label
        (b"=?utf-8?Q?a_b=3D?= =?iso-8859-1?Q?=E9?=", "a b=é"),
        (b"Re: =?utf-8?B?6KGl6LSn?= B0", "Re: 补货 B0"),
        ("补货".encode(), "补货"),
        ("补货".encode("gbk"), "补货"),
        (b"=?x-unknown?B?1tC5+g==?=", "中国"),
        (b"=?utf-8?B?6KGl6LSn", "=?utf-8?B?6KGl6LSn"),  # not closed
        (b"=?UTF-8*zh?B?6KGl?=", "补"),
        (b"=?utf-8?Q?a b c?=", "a b c"),  # spaces inside
        (b"one\r\n\ttwo", "one two"),
        (b"=?utf-8?B?6KGl?==?utf-8?B?6LSn?=", "补货"),
    ],
)
def test_subjects(raw, text):
    assert from_eml(b"Subject: " + raw + b"\r\n\r\nx").subject.plain == text


ADDRESSES = [
    (b"To: a@x.cn; b@x.cn\xef\xbc\x8cc@x.cn", [("", "a@x.cn"), ("", "b@x.cn"), ("", "c@x.cn")]),
    ("To: 张三\uff08采购\uff0c华南\uff09 <a@x.cn>".encode(), [("张三\uff08采购\uff0c华南\uff09", "a@x.cn")]),
    ("To: 张三 <a@x.cn> 李四 <b@x.cn>".encode(), [("张三", "a@x.cn"), ("李四", "b@x.cn")]),
    (b"To: Team: a@x.cn, b@x.cn;, c@x.cn", [("", "a@x.cn"), ("", "b@x.cn"), ("", "c@x.cn")]),
    (b"Cc: undisclosed-recipients:;", []),
    (b"To: a@x.cn\r\nTo: b@x.cn", [("", "a@x.cn"), ("", "b@x.cn")]),
    (b'To: "Zhang, San" <a@x.cn>', [("Zhang, San", "a@x.cn")]),
    (b"To: =?utf-8?Q?Zhang=2C_San?= <a@x.cn>, b@x.cn", [("Zhang, San", "a@x.cn"), ("", "b@x.cn")]),
    (b"To: a@x.cn (Zhang San)", [("Zhang San", "a@x.cn")]),
    ("To: 李总".encode(), [("李总", "")]),
    (b"To: mailto:a@x.cn", [("", "a@x.cn")]),
    (b"To: <a@x.cn>,\r\n <b@x.cn>", [("", "a@x.cn"), ("", "b@x.cn")]),
    (b"To: 'a@x.cn' <a@x.cn>", [("a@x.cn", "a@x.cn")]),
    (b"To: ,;, <>", [("", "")]),
]


@pytest.mark.parametrize(("raw", "people"), ADDRESSES)
def test_addresses(raw, people):
    message = from_eml(raw + b"\r\n\r\nx")
    assert [(p.name, p.address) for p in message.recipients] == people
    for person in message.recipients:
        assert person.address in ("", person.address_span.words)
        assert person.span.start <= person.address_span.start <= person.address_span.end <= person.span.end


@pytest.mark.parametrize(
    "header",
    [
        b'filename="=?gb2312?B?suO79w==?=.xlsx"',
        b"filename*=gb18030''%B2%E3%BB%F7.xlsx",
        b"filename*0*=gb18030''%B2%E3%; filename*1*=BB%F7.xlsx",  # cut inside a triple
        'filename="层击.xlsx"'.encode(),
        'filename="层击.xlsx"'.encode("gbk"),
        'filename*0="层击"; filename*1=".xlsx"'.encode(),
        "filename=层击.xlsx".encode(),
    ],
)
def test_file_names(header):
    mail = b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; " + header + b"\r\n\r\nx"
    assert [a.name.plain for a in from_eml(mail).attachments] == ["层击.xlsx"]


def multipart(kind: str, *parts: str) -> bytes:
    inner = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"Content-Type: multipart/{kind}; boundary=b\r\n\r\n{inner}--b--\r\n".encode()


PLAIN, HTML = "Content-Type: text/plain\r\n\r\nplain", "Content-Type: text/html\r\n\r\n<p>html</p>"
PNG = 'Content-Type: image/png; name="a.png"\r\nContent-ID: <i1>\r\n\r\nx'


def test_html_is_the_body_beside_its_plain_copy():
    message = from_eml(multipart("alternative", PLAIN, HTML))
    assert (message.body.plain, message.body.part) == ("html", "html")
    assert message.alternative is not None
    assert message.alternative.plain == "plain"
    assert message.attachments == ()


def test_a_second_text_is_noted_and_not_read_as_body():
    message = from_eml(multipart("mixed", PLAIN, "Content-Type: text/plain\r\n\r\nfooter"))
    assert message.body.plain == "plain"
    assert [(a.name.plain, a.inline) for a in message.attachments] == [("", True)]
    assert "extra-text" in [d.code for d in message.defects]


def test_pictures_of_the_html_are_inline():
    called = multipart("related", "Content-Type: text/html\r\n\r\n<img src='cid:i1'>", PNG)
    assert [a.inline for a in from_eml(called).attachments] == [True]
    beside = multipart("mixed", HTML, PNG.replace("Content-ID: <i1>", "Content-Disposition: attachment"))
    assert [a.inline for a in from_eml(beside).attachments] == [False]


def test_a_nested_message_is_an_attachment_and_no_own_text():
    inner = "Content-Type: message/rfc822\r\n\r\nSubject: old\r\nTo: x@y.cn\r\n\r\nold text"
    message = from_eml(multipart("mixed", PLAIN, inner))
    assert [(a.name.plain, a.nested) for a in message.attachments] == [("old.eml", True)]
    assert "old text" not in message.body.plain
    assert message.recipients == ()


@pytest.mark.parametrize(
    ("mail", "code"),
    [
        (b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx", "tnef"),
        (b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx", "smime-opaque"),
        (b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx", "smime-encrypted"),
        (multipart("encrypted", "Content-Type: application/pgp-encrypted\r\n\r\nx"), "pgp-encrypted"),
        (b"Content-Type: multipart/mixed\r\n\r\nx", "boundary-missing"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\nx", "boundary-unused"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx", "close-boundary-missing"),
        (b"Content-Type: text/plain; charset=x-foo\r\n\r\n\xc4\xfa", "charset-unknown"),
        (b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "您好".encode("gbk"), "charset-false"),
        (b"Content-Transfer-Encoding: base64\r\n\r\nA", "base64-broken"),
        (b"Subject: x\r\nno header here\r\n\r\nbody", "separator-missing"),
        (b"Date: yesterday\r\n\r\nbody", "date-unreadable"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(40)),
            "too-deep",
        ),
    ],
)
def test_defects_are_recorded(mail, code):
    assert code in [d.code for d in from_eml(mail).defects]


def test_a_signed_mail_reads_inside():
    signature = "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx"
    message = from_eml(multipart("signed", PLAIN, signature))
    assert message.body.plain == "plain"
    assert message.attachments == ()


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("gb2312", "镕\uff0c".encode("gbk"), "镕\uff0c"),
        (None, "补货".encode(), "补货"),
        (None, "补货".encode("gb18030"), "补货"),
        ("us-ascii", "补货".encode(), "补货"),
        ("iso-8859-1", "补货".encode(), "补货"),
        ("iso-8859-1", b"caf\xe9 \x93x\x94", "café “x”"),
        ("big5", "補貨".encode("big5"), "補貨"),
        ("shift_jis", "①".encode("cp932"), "①"),
        ("ks_c_5601-1987", "안".encode("cp949"), "안"),
        ("iso-2022-jp", "日本".encode("iso-2022-jp"), "日本"),
        ("hz-gb-2312", "补货".encode("hz"), "补货"),
        ("utf-7", "补货".encode("utf-7"), "补货"),
        ("idna", b"a" * 50, "a" * 50),  # a codec that is no charset
        ("base64", b"abcd", "abcd"),
        ('"UTF-8"', "补".encode(), "补"),
    ],
)
def test_charsets(label, data, text):
    assert decode(data, label).text == text


@pytest.mark.parametrize(
    ("head", "answers", "references"),
    [
        (b"In-Reply-To: <1@x>\r\nSubject: Re: x", "<1@x>", ()),
        (b"References: <1@x> <2@x>\r\nSubject: \xe5\x9b\x9e\xe5\xa4\x8d\xef\xbc\x9ax", "<2@x>", ("<1@x>", "<2@x>")),
    ],
)
def test_replies(head, answers, references):
    reply = from_eml(head + b"\r\n\r\nx").reply
    assert reply is not None
    assert (reply.message_id, reply.subject, reply.references) == (answers, "x", references)


def test_a_forwarded_mail_with_references_is_no_reply():
    assert from_eml(b"References: <1@x>\r\nSubject: Fwd: x\r\n\r\nx").reply is None
    assert from_eml(b"Subject: Re: x\r\n\r\nx").reply is None


def test_the_date_keeps_its_zone():
    date = from_eml(b"Date: Tue, 10 Mar 2026 10:00:00 +0800\r\n\r\nx").date
    assert date == datetime.fromisoformat("2026-03-10T10:00:00+08:00")
    assert date.utcoffset().total_seconds() == 8 * 3600
    assert from_eml(b"Date: Tue, 10 Mar 2026 10:00:00 -0000\r\n\r\nx").date.tzinfo is not None


def test_full_defects_come_from_mail_parser_and_never_raise():
    assert full_defects(b"Content-Type: multipart/mixed; boundary=b\r\n\r\nx")
    assert isinstance(full_defects(b"\xff\x00"), tuple)


# ---- the tree agrees with stdlib's


def stdlib_leaves(message: email.message.Message) -> list[tuple[str, bytes]]:
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        return [leaf for part in message.get_payload() for leaf in stdlib_leaves(part)]
    if message.is_multipart():  # message/*: a leaf here
        return [(message.get_content_type(), b"")]
    kind = message.get_content_type()
    sent = message._payload.encode("ascii", "surrogateescape")
    return [(kind, b"" if kind.startswith("multipart/") else sent.rstrip())]


def own_leaves(data: bytes) -> list[tuple[str, bytes]]:
    root, _ = scan(data)
    return [(p.type, b"" if p.type.startswith(("message/", "multipart/")) else p.sent.rstrip()) for p in root.leaves()]


LINES = st.sampled_from(
    [
        b"--a",
        b"--a--",
        b"--b",
        b"--b--",
        b"",
        b"x",
        b" y",
        b"Content-Type: multipart/mixed; boundary=a",
        b"Content-Type: multipart/alternative; boundary=b",
        b"Content-Type: text/html",
        b"--a ",
        b"a: b",
        b"Content-Transfer-Encoding: base64",
        b"eHl6",
        b"Content-Transfer-Encoding: quoted-printable",
        b"a=3Db=",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=25), st.sampled_from([b"\n", b"\r\n"]))
def test_the_tree_agrees_with_stdlib(lines, end):
    data = b"Content-Type: multipart/mixed; boundary=a" + end + end + end.join(lines)
    theirs = stdlib_leaves(email.message_from_bytes(data))
    closed_empty = any(a.rstrip() in (b"--a", b"--b") and b == a.rstrip() + b"--" for a, b in itertools.pairwise(lines))
    assume(not closed_empty)  # stdlib skips that close and reads on behind it
    assert own_leaves(data) == theirs


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail(data):
    message = from_eml(data)
    assert message.body.plain is not None
    layout(scan(data)[0])


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=12), st.binary(max_size=60))
def test_any_lines_are_a_mail(lines, noise):
    """Its parts lie one behind the other within it, header before content."""
    data = b"\r\n".join(lines) + b"\r\n\r\n" + noise
    leaves = list(scan(data)[0].leaves())
    edges = [edge for part in leaves for edge in (part.start, part.body, part.end)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(data)
    assert len(from_eml(data).attachments) <= len(leaves)

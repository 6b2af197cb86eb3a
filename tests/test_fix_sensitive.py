"""presend fix --only 'sensitive/*': masks in place, and every other byte of the mail as it was."""

import base64
import difflib
import quopri

import pytest
from click.testing import CliRunner

from checker.commands.fix import fix
from checker.mime import from_eml

PHONE, MASKED = "13798761234", "137****1234"
HEAD = (
    b"From: =?utf-8?B?546L6Iqz?= <wang.fang@lantu-trade.cn>\r\nTo: sam@swift-freight.com\r\n"
    b"Subject: =?utf-8?Q?=E8=AE=A2=E5=8D=95?= 113-7654321-1234567\r\nX-Odd:  kept  as it is \r\nMIME-Version: 1.0\r\n"
)
TEXT = (
    f"Sam\uff0c你好\uff1a\r\n\r\n司机电话\uff1a{PHONE}\uff0c请周四前对接\u3002  \r\n第二行\uff1a不变\uff01\r\n王芳\r\n"
)
HTML = "<p>司机电话\uff1a<b>137</b><i>98761234</i>\uff0c请周四前对接\u3002</p>\r\n<p>第二段 &amp; 不变</p>\r\n"


def part(content_type, encoding, body):
    return f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def printable(text):
    return quopri.encodestring(text.encode()).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def alternative(*parts):
    inner = b"".join(b"--b\r\n" + one + b"\r\n" for one in parts)
    return b'Content-Type: multipart/alternative; boundary="b"\r\n\r\npreamble\r\n' + inner + b"--b--\r\nepilogue\r\n"


MAILS = {
    "quoted-printable": part("text/plain; charset=utf-8", "quoted-printable", printable(TEXT)),
    "base64": part("text/plain; charset=utf-8", "base64", base64.encodebytes(TEXT.encode()).replace(b"\n", b"\r\n")),
    "8bit gbk": part("text/plain; charset=gb2312", "8bit", TEXT.encode("gbk")),
    "html": part("text/html; charset=utf-8", "quoted-printable", printable(HTML)),
    "alternative": alternative(
        part("text/plain; charset=gbk", "8bit", TEXT.encode("gbk")),
        part("text/html; charset=utf-8", "base64", base64.encodebytes(HTML.encode()).replace(b"\n", b"\r\n")),
    ),
}


def fixed(tmp_path, raw):
    source, out = tmp_path / "draft.eml", tmp_path / "fixed.eml"
    source.write_bytes(raw)
    done = CliRunner().invoke(fix, [str(source), "--only", "sensitive/*", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert source.read_bytes() == raw
    return out.read_bytes()


@pytest.mark.parametrize("name", MAILS)
def test_values_are_masked_and_all_other_bytes_stay(name, tmp_path):
    raw = HEAD + MAILS[name]
    new = fixed(tmp_path, raw)
    message = from_eml(new)
    bodies = [message.body.plain, *([message.alternative.plain] if message.alternative else [])]
    assert all(MASKED in body and PHONE not in body for body in bodies)
    assert message.subject.plain == "订单 113-*******-*****67"
    changed = [
        (old, now)
        for op, a, b, c, d in difflib.SequenceMatcher(None, lines(raw), lines(new), autojunk=False).get_opcodes()
        if op != "equal"
        for old, now in [(lines(raw)[a:b], lines(new)[c:d])]
    ]
    # The subject's line, and in each body the line of the number (base64: from its line on, as it is wrapped anew).
    assert len(changed) <= 1 + len(bodies) * (1 if "base64" not in name else 6)
    for old, now in changed:
        if b"Subject" not in old[0] and all(b"=" in line or not line.isascii() for line in old):
            assert len(old) == len(now)
    assert [
        line for line in lines(raw) if line.startswith((b"X-Odd", b"--b", b"preamble", b"epilogue", b"Content"))
    ] == [line for line in lines(new) if line.startswith((b"X-Odd", b"--b", b"preamble", b"epilogue", b"Content"))]


def lines(raw):
    return raw.splitlines(keepends=True)


@pytest.mark.parametrize("name", MAILS)
def test_outside_of_the_words_the_text_is_the_same(name, tmp_path):
    raw = HEAD + MAILS[name]
    before, after = from_eml(raw), from_eml(fixed(tmp_path, raw))
    assert after.body.plain == before.body.plain.replace(PHONE, MASKED)
    assert after.headers[0].plain == before.headers[0].plain


@pytest.mark.parametrize("name", MAILS)
def test_a_fixed_mail_has_nothing_more_to_mask(name, tmp_path):
    once = fixed(tmp_path, HEAD + MAILS[name])
    assert fixed(tmp_path, once) == once


def test_a_file_name_is_no_hindrance_to_the_rest(tmp_path):
    body = part("text/plain; charset=utf-8", "8bit", TEXT.encode())
    file = b'Content-Type: image/png; name="11010519491231002X.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n'
    raw = HEAD + b'Content-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\n' + body + b"--m\r\n" + file + b"--m--\r\n"
    new = fixed(tmp_path, raw)
    assert MASKED.encode() in new
    assert file in new

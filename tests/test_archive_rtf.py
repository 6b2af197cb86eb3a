"""Bodies that a .msg file keeps as RTF alone: what Outlook wrote, Chinese in every way RTF has, bombs and broken ones."""

import gzip
import struct
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.archive.filelist import as_eml
from checker.archive.lzfu import RtfError, unpacked
from checker.archive.rtf import read_rtf

OUTLOOK = Path(__file__).parent / "outlook"
_HIDDEN = 0x7FF0  # a tag that nobody asks for
_KINDS = {0x1000: (0x1E, 0x1F), 0x1013: (0x1E, 0x1F, 0x102)}  # PidTagBody, PidTagHtml


def outlook(name):
    """A file as Outlook wrote it (tests/outlook/README.md)."""
    return gzip.decompress((OUTLOOK / f"{name}.msg.gz").read_bytes())


def without_other_bodies(content):
    """The same file, in which plain text and HTML are properties of other names: what is left is the RTF."""
    for tag, kinds in _KINDS.items():
        for kind in kinds:
            old, new = (f"__substg1.0_{one:04X}{kind:04X}".encode("utf-16-le") for one in (tag, _HIDDEN))
            content = content.replace(old, new)
            content = content.replace(
                struct.pack("<HH", kind, tag) + b"\6\0\0\0", struct.pack("<HH", kind, _HIDDEN) + b"\6\0\0\0"
            )
    return content


def parts(content):
    """The texts of a mail by kind: plain, html."""
    eml, problem = as_eml("a.msg", content)
    assert problem == ""
    mail = message_from_bytes(eml, policy=policy.default)
    bodies = (mail.get_body((kind,)) for kind in ("plain", "html"))
    return tuple(body and body.get_content() for body in bodies)


def words(text):
    """Without what is layout; Outlook's plain text has a star for a bullet."""
    return " ".join(text.replace("\u00b7", "*").split())


@pytest.mark.parametrize("name", ["plain", "big5"])
def test_text_is_read_from_rtf_as_outlook_itself_read_it(name):
    """Wrapped plain text, and Chinese RTF; Outlook kept its own plain text beside them."""
    expected, _ = parts(outlook(name))
    plain, html = parts(without_other_bodies(outlook(name)))
    assert html is None
    assert words(plain) == words(expected)
    assert len(words(plain)) > 500


def test_html_is_taken_out_of_rtf_with_its_tags():
    """As most mails of Outlook have it: plain text, and HTML within RTF only."""
    plain, html = parts(without_other_bodies(outlook("attachments")))
    assert plain is None
    assert html.startswith('<html xmlns:o="urn:schemas-microsoft-com:office:office"')
    assert "<span style='font-size:10.0pt;\r\nfont-family:Arial'>contenu<o:p></o:p></span>" in html
    assert html.rstrip().endswith("</html>")
    assert parts(outlook("attachments")) == ("contenu\r\n\r\n", html)


def test_rtf_that_is_older_than_the_plain_text_is_left_alone():
    """PidTagRtfInSync is false where a program changed the one and not the other."""
    in_sync = struct.pack("<HHLQ", 0x000B, 0x0E1F, 6, 1)
    changed = outlook("attachments")
    assert changed.count(in_sync) == 1
    assert parts(changed.replace(in_sync, in_sync[:8] + bytes(8))) == ("contenu\r\n\r\n", None)


def test_rtf_that_cannot_be_read_is_told_where_it_is_all_there_is():
    broken = outlook("big5").replace(b"LZFu", b"LZ??")
    assert parts(broken) == parts(outlook("big5"))
    told = as_eml("a.msg", without_other_bodies(broken))
    assert told == (b"", "its text is RTF that cannot be read (packed in an unknown way)")


# Examples of MS-OXRTFCP 4.1.1, 4.2.1 (a copy that reaches into itself) and the unpacked kind.
@pytest.mark.parametrize(
    ("packed", "rtf"),
    [
        ("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
         b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
        ("110000000500000" + "04d454c41" + "00000000" + "7b5c7274667d", b"{\\rtf"),
    ],
)  # fmt: skip
def test_the_examples_of_the_specification_are_unpacked(packed, rtf):
    assert unpacked(bytes.fromhex(packed)) == rtf


def lzfu(tokens):
    """Packed by hand: bytes, and (how far back, how many)."""
    out, written = bytearray(), 207
    for first in range(0, len(tokens), 8):
        run = tokens[first : first + 8]
        out.append(sum(isinstance(token, tuple) << n for n, token in enumerate(run)))
        for token in run:
            if isinstance(token, tuple):
                out += struct.pack(">H", (written - token[0]) % 4096 << 4 | token[1] - 2)
                written += token[1]
            else:
                out.append(token)
                written += 1
    return struct.pack("<LL4sL", len(out) + 12, written - 207, b"LZFu", 0) + out


@given(st.binary(max_size=9000))
def test_bytes_come_back_as_they_were_packed(data):
    assert unpacked(lzfu(list(data))) == data


def test_a_copy_is_taken_from_anywhere_in_the_window():
    """Longer than the window by far, so that it turns around."""
    start = list(range(250))
    copies = [(back, length) for back in (1, 2, 16, 17, 18, 207, 250) for length in (2, 3, 17)] * 200
    expected = bytearray(start)
    for back, length in copies:
        for _ in range(length):
            expected.append(expected[-back])
    assert len(expected) > 4 * 4096
    assert unpacked(lzfu(start + copies)) == expected


def test_a_bomb_is_not_unpacked():
    bomb = lzfu([65] + [(1, 17)] * 70_000)
    with pytest.raises(RtfError, match="larger than 1 MB"):
        unpacked(bomb, 1024 * 1024)
    with pytest.raises(RtfError, match="larger than 0 MB"):
        unpacked(struct.pack("<LL4sL", 30, 18, b"MELA", 0) + b"{\\rtf1 123456789}", 10)


HEAD = "{\\rtf1\\ansi\\ansicpg936\\fromhtml1 \\uc1\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset134 SimSun;}{\\f2\\fcharset128 MS Gothic;}}"
_YOU = "\\'c4\\'e3\\'ba\\'c3"  # 你好 in GBK


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        ("\\f1 " + _YOU + "\\f0 ", "你好"),
        ("\\f0 " + _YOU, "你好"),  # programs in China do so
        ("\\u20320?\\u22909?\\uc2\\u65292\\'a3\\'ac\\uc0\\u25105", "你好\uff0c我"),
        ("{\\uc0\\u20320}\\u22909?", "你好"),  # how much is skipped ends with the group
        ("\\u-10179?\\u-8960?", "\U0001f500"),  # beyond 16 bits: two halves, written as negative numbers
        ("\\u-10179?x", "\ufffdx"),
        ("\\f1\\'81@\\'81\\'5c\\'81\\\\", "丂乗乗"),  # the second byte of a character may be a sign of RTF's own
        ("\\f2\\'83A\\'83\\'43", "アイ"),
        ("\\f0 caf\\'e9 ", "caf\u00e9 "),  # no GBK
        ("{\\*\\htmltag64 <td title=\"" + _YOU + "\">}\\htmlrtf \\cell\\htmlrtf0 105", '<td title="你好">105'),
        ("{\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 b", "&lt;b"),
        ("{\\*\\mhtmltag64 <img src=\"x\">}{\\*\\htmltag64 <img src=\"cid:1\">}", '<img src="cid:1">'),
        ("\\htmlrtf {\\htmlrtf0 a\\htmlrtf }b\\htmlrtf0 c", "ac"),
        ("a\\par b\\line\\tab c\\~d\\_e\\{f\\}\\\\", "a\r\nb\r\n\tc\u00a0d\u2011e{f}\\"),
        ("a\r\nb\\\r\nc", "ab\r\nc"),
        ("\\ldblquote a\\rdblquote\\emdash", "\u201ca\u201d\u2014"),
        ("a{\\pict\\bin5 }}}}}}b{\\*\\unknown c{d}}e{\\info{\\title f}}", "abe"),
        ("a{\\field{\\*\\fldinst{HYPERLINK \"http://a.cn\"}}{\\fldrslt b}}", "ab"),
    ],
)  # fmt: skip
def test_what_rtf_says(rtf, text):
    assert read_rtf(f"{HEAD}{rtf}}} after the end".encode()) == (text, True)


def test_a_table_of_no_html_is_a_line_a_row():
    rtf = b"{\\rtf1\\ansi\\trowd ASIN\\cell 105\\cell\\row\\trowd B08XYZ1234\\cell 15\\cell\\row}"
    assert read_rtf(rtf) == ("ASIN\t105\t\r\nB08XYZ1234\t15\t\r\n", False)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_every_character_comes_back(text):
    units = struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}h", text.encode("utf-16-le"))
    rtf = "{\\rtf1\\ansi " + "".join(f"\\u{unit}?" for unit in units) + "}"
    assert read_rtf(rtf.encode()).text == text


PIECES = ["{", "}", "\\", "\\'", "\\'c4", "\\u", "\\u-5?", "\\*", "\\bin", "\\bin99", "\\f1", "\\fonttbl", "\\htmlrtf", "\\uc9", "\\htmltag", "\\ansicpg99999 ", "\\ansicpg65001", "\\fcharset130", "\\mac", "x", "\0"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60))
def test_nothing_but_an_rtf_error_comes_of_broken_rtf(pieces):
    try:
        read_rtf(b"{\\rtf1" + "".join(pieces).encode())
    except RtfError as error:
        assert str(error)


@pytest.mark.parametrize(("rtf", "told"), [(b"plain", "not RTF"), (b"{\\rtf1" + b"{" * 2000, "nested too deep")])
def test_what_is_no_rtf_says_so(rtf, told):
    with pytest.raises(RtfError, match=told):
        read_rtf(rtf)

"""The mbox splitter: every habit of the format, any offset, and the same mails as were put in."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.archive.mbox import split

FROM = b"From a@b.cn Tue Mar 10 10:00:00 2026\n"
ONE = b"Subject: one\n\nhello\n"
TWO = b"Subject: two\nTo: x@y.cn\n\nbye\n"


def contents(data, **given):
    return [piece.content for piece in split(io.BytesIO(data), **given)]


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("two mails", FROM + ONE + b"\n" + FROM + TWO + b"\n", [ONE, TWO]),
        ("no blank line at the end", FROM + ONE + b"\n" + FROM + TWO, [ONE, TWO]),
        ("CRLF", (FROM + ONE + b"\n" + FROM + TWO).replace(b"\n", b"\r\n"), [m.replace(b"\n", b"\r\n") for m in (ONE, TWO)]),
        ("a bare From line, as Thunderbird writes", b"From \n" + ONE + b"\nFrom - Tue\n" + TWO, [ONE, TWO]),
        ("a paragraph that begins with From", FROM + ONE + b"\nFrom what I hear, it is late\nreally\n", [ONE + b"\nFrom what I hear, it is late\nreally\n"]),
        ("From without a blank line before", FROM + ONE + b"From x@y Tue\nTo: a\n", [ONE + b"From x@y Tue\nTo: a\n"]),
        ("mboxrd quoting is undone by one", FROM + ONE + b">From here\n>>From there\n", [ONE + b"From here\n>From there\n"]),
        ("a mail without a From line", ONE, [ONE]),
        ("leading blank lines", b"\n\n" + FROM + ONE, [ONE]),
        ("nothing", b"", []),
        ("blank lines alone", b"\n\n\n", []),
        ("a mail without a body", FROM + b"Subject: x\n\n\n" + FROM + ONE, [b"Subject: x\n\n", ONE]),
        ("a blank line of the mail's own", FROM + ONE + b"\n\n" + FROM + TWO, [ONE + b"\n", TWO]),
    ],
)  # fmt: skip
def test_habits_of_the_format(name, data, wanted):
    assert contents(data) == wanted


def test_a_true_length_hides_a_from_line_in_the_body():
    body = b"first\n\nFrom me@x.cn Tue Mar 10\nTo: somebody\nlast\n"
    mail = b"Subject: x\nContent-Length: %d\n\n" % len(body) + body
    assert contents(FROM + mail + b"\n" + FROM + ONE) == [mail, ONE]


@pytest.mark.parametrize("length", [0, 3, 5000, 10**11])
def test_a_false_length_is_not_believed(length):
    mail = b"Subject: x\nContent-Length: %d\n\nhello\n" % length
    assert contents(FROM + mail + b"\n" + FROM + ONE) == [mail, ONE]


def test_a_mail_that_is_too_large_is_passed_over_and_told():
    large = b"Subject: x\n\n" + b"a" * 999 + b"\n"
    assert contents(FROM + large + b"\n" + FROM + ONE, largest=500) == [None, ONE]


_LINES = st.lists(st.sampled_from([b"text", b"", b"From here on", b">From x", b"a: b", b"From a@b Tue"]), max_size=12)


@given(st.lists(_LINES, min_size=1, max_size=6))
def test_what_was_quoted_and_joined_comes_apart_as_it_was(bodies):
    import re

    mails = [b"Subject: x\n\n" + b"".join(line + b"\n" for line in lines) for lines in bodies]
    quoted = [re.sub(rb"^(>*From )", rb">\1", mail, flags=re.MULTILINE) for mail in mails]
    data = b"".join(FROM + mail + b"\n" for mail in quoted)
    assert contents(data) == mails


@given(st.lists(_LINES, min_size=1, max_size=6))
def test_reading_goes_on_from_any_mail(bodies):
    data = b"".join(
        FROM + b"Subject: x\n\n" + b"".join(b">" + line + b"\n" for line in lines) + b"\n" for lines in bodies
    )
    whole = list(split(io.BytesIO(data)))
    for number, piece in enumerate(whole):
        assert list(split(io.BytesIO(data), piece.start)) == whole[number:]
        assert piece.end == (whole[number + 1].start if number + 1 < len(whole) else len(data))

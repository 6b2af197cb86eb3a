"""Headers that no person writes: what is beyond the limits is not read, said so, and costs no time."""

import pytest
from growth import grows_linearly

from checker.compile import build
from checker.draft import from_draft
from checker.engine import check
from checker.examples import NOW
from checker.fields import MOST_FIELD, MOST_HEADERS
from checker.fix import apply_to_eml
from checker.message import DraftError
from checker.mime import from_eml
from checker.parts import scan
from checker.text import Edit

LONG = "headers-cut"
FILLER = b"X-Filler: " + b"x" * 60 + b"\r\n"
TOO_MANY = FILLER * (MOST_HEADERS // len(FILLER) + 2)


def codes(message):
    return [d.code for d in message.defects]


def test_fields_behind_the_limit_are_left_out_and_the_body_is_read():
    message = from_eml(b"To: a@b.cn\r\n" + TOO_MANY + b"Cc: c@d.cn\r\n\r\nbody")
    assert [p.address for p in message.recipients] == ["a@b.cn"]
    assert (message.body.plain, codes(message)) == ("body", [LONG])


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_one_long_field_is_cut_and_the_next_is_read(end):
    long = b"Subject: " + (b"x" * 70 + end + b" ") * (MOST_FIELD // 70)
    message = from_eml(long + b"y" + end + b"To: a@b.cn" + end + end + b"body")
    assert [p.address for p in message.recipients] == ["a@b.cn"]
    assert (message.body.plain, codes(message)) == ("body", [LONG, "subject-cut"])


@pytest.mark.parametrize("size", range(MOST_FIELD - 3, MOST_FIELD + 1))
def test_what_is_within_the_limit_is_whole(size):
    field = b"Subject: " + b"x" * (size - 9)
    message = from_eml(field + b"\r\nTo: a@b.cn\r\n\r\nbody")
    assert (len(message.to), message.body.plain, codes(message)) == (1, "body", ["subject-cut"])


def test_the_headers_of_all_parts_count_together():
    part = b"--b\r\n" + TOO_MANY[: MOST_HEADERS // 2] + b"\r\nContent-Type: text/plain; name=a.txt\r\n\r\nx\r\n"
    message = from_eml(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 4 + b"--b--")
    assert [a.name.plain for a in message.attachments] == ["a.txt", "", ""]
    assert LONG in codes(message)


def test_headers_without_an_end_leave_no_body():
    assert from_eml(b"Subject: a\r\n" + TOO_MANY).body.plain == ""


def test_a_mail_whose_headers_were_cut_asks(company):
    report = check(from_eml(b"To: a@b.cn\r\n" + TOO_MANY + b"\r\nbody"), build([], company), company, now=NOW)
    assert (report.incomplete, report.verdict) == ((("headers", "size"),), "confirm")


def test_a_fix_leaves_what_was_not_read():
    mail = b"Subject: " + b"x" * MOST_FIELD + b"TAIL\r\n" + TOO_MANY + b"X-Last: 1\r\n\r\nbody"
    assert apply_to_eml(mail, [Edit("text", 0, 4, "words")]) == mail[:-4] + b"words"
    fixed = apply_to_eml(mail, [Edit("subject", 0, 1, "y")])
    assert fixed.index(b"TAIL\r\nX-Filler") > 0
    assert fixed.endswith(b"X-Last: 1\r\n\r\nbody")


@pytest.mark.parametrize("key", ["from", "to", "cc", "bcc", "reply_to"])
def test_a_draft_with_longer_fields_is_none(key):
    words = "a@b.cn, " * (MOST_HEADERS // 8)
    assert from_draft({key: words if key == "from" else [words]})
    with pytest.raises(DraftError, match=f"{key}: at most {MOST_HEADERS} characters"):
        from_draft({key: words + "c" if key == "from" else [words, "c"]})


@pytest.mark.parametrize(
    "unit",
    [
        b"a: b\n",
        FILLER,
        b"To: a@b.cn\n",
        b"To: a@b.cn,\n b@b.cn,\n c@b.cn,\n d@b.cn\n",
        b"Subject: a\n b\n",
        b"Subject: =?utf-8?B?5oKo5aW9?=\n =?utf-8?B?5oKo5aW9?=\n",
        b"References: <a@b>\n",
    ],
    ids=lambda unit: unit[:12].decode(),
)
def test_many_fields_take_no_long_time(unit):
    message = grows_linearly(lambda n: from_eml(unit * (n // len(unit))), 8_000_000)
    assert LONG in codes(message)


@pytest.mark.parametrize(
    ("start", "unit"),
    [
        (b"Subject: ", b"x"),
        (b"Subject: a", b"\n b"),
        (b"Subject: ", b"=?utf-8?B?5oKo5aW9?= "),
        (b"To: ", b"a@b.cn, "),
        (b"To: ", b"a@b.cn,\r\n "),
        (b"To: ", b'"'),
        (b"To: ", b"("),
        (b"Content-Type: text/plain; ", b"a*1=b; "),
        (b"In-Reply-To: ", b"<"),
    ],
    ids=lambda words: words[:12].decode().strip(),
)
def test_one_field_takes_no_long_time(start, unit):
    message = grows_linearly(lambda n: from_eml(start + unit * (n // len(unit))), 8_000_000)
    assert LONG in codes(message)


def test_fields_are_lines_of_the_mail():
    """Ranges of fields follow one another, so that what stands between them is never lost."""
    mail = b"Subject: " + b"x\r\n " * MOST_HEADERS + b"y\r\nTo: a@b.cn\r\n\r\nbody"
    first, second = scan(mail)[0].fields
    assert first.end == second.start == mail.index(b"To:")
    assert first.stop < first.end

"""The gate's pure parts: the prefix of a subject, replies, holds, and who is treated how."""

from __future__ import annotations

from base64 import b64encode
from email.header import Header, decode_header, make_header
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.company import PolicyError
from checker.files import default_policy
from checker.gate import replies
from checker.gate.checking import Fault, Judgement
from checker.gate.decide import _SMUGGLED
from checker.gate.holds import Holds
from checker.gate.prefix import stripped
from checker.gate.settings import Actions, settings_of
from checker.gate.upstream import _framed
from checker.policy import load_company
from checker.rule import Both, Incomplete

BODY = b"To: b@b.cn\r\n\r\n[confirm] stays in the text\r\n"
GBK = "[确认] 补货".encode("gb18030")


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        (b"Subject: [confirm] Restock\r\n", b"Subject: Restock\r\n"),
        (b"subject:[confirm]Restock\r\n", b"subject:Restock\r\n"),
        (b"Subject:  [confirm]\r\n", b"Subject:  \r\n"),
        ("Subject: [确认] 补货\r\n".encode(), "Subject: 补货\r\n".encode()),
        (b"Subject: " + GBK + b"\r\n", b"Subject: " + "补货".encode("gb18030") + b"\r\n"),
        (b"Subject:\r\n [confirm] Restock\r\n", b"Subject:\r\n Restock\r\n"),
        (b"Subject: [confirm] \r\n\tRestock\r\n", b"Subject: \r\n\tRestock\r\n"),
        (
            b"Subject: =?utf-8?Q?[confirm]_=E8=A1=A5?= =?utf-8?Q?x?=\r\n",
            b"Subject: =?utf-8?Q?=E8=A1=A5?= =?utf-8?Q?x?=\r\n",
        ),
        (
            b"Subject: =?GBK?B?" + b64encode(GBK) + b"?= kept  bytes\r\n",
            b"Subject: =?GBK?B?" + b64encode("补货".encode("gb18030")) + b"?= kept  bytes\r\n",
        ),
        (b"Subject: =?utf-8?B?" + b64encode("[确认]".encode()) + b"?= Restock\r\n", b"Subject: Restock\r\n"),
    ],
)
def test_the_prefix_is_taken_off_and_nothing_else(subject, left):
    for before in (b"", b"From: a@a.cn\r\nX-Subject: [confirm] no\r\n"):
        assert stripped(before + subject + BODY) == before + left + BODY


@pytest.mark.parametrize(
    "subject",
    [
        b"Subject: Restock [confirm]\r\n",
        b"Subject: [Confirm] a tag of the company's\r\n",
        "Subject: 【确认】 补货\r\n".encode(),
        b"Subject: [confirmed] x\r\n",
        b"Subject: =?utf-8?Q?Restock?= [confirm]\r\n",
        b"Subject: =?utf-8?Q?[con?= Restock\r\n",
        b"Subject: =?utf-8?B??= =?utf-8?B?====?=\r\n",
        b"Subject:\r\n",
        b"",
    ],
)
def test_other_subjects_are_left_alone(subject):
    assert stripped(subject + BODY) is None


@given(
    st.text(st.sampled_from("补货库存 ab[]确认=?_"), max_size=40),
    st.sampled_from(["utf-8", "gb18030"]),
    st.sampled_from(["[确认]", "[confirm]"]),
)
def test_a_prefix_in_any_encoded_words_leaves_the_rest_readable(words, charset, prefix):
    sent = Header(f"{prefix} {words}".rstrip() + "。", charset, maxlinelen=40).encode(linesep="\r\n")
    before = f"Subject: {sent}\r\n".encode()
    left = stripped(before + BODY)
    assert left is not None
    assert left.endswith(BODY)
    value = left[: -len(BODY)].decode().removeprefix("Subject:").strip().replace("\r\n", "")
    assert str(make_header(decode_header(value))).strip() == (
        words.lstrip(" ").rstrip() + "。" if words.strip() else "。"
    )
    lines, kept = before.split(b"\r\n"), left.split(b"\r\n")
    assert set(lines[2:]) <= set(kept)


def judgement(verdict="block", faults=(), language="zh", incomplete=()):
    return Judgement(verdict, language, "restock", "d", "r", tuple(faults), incomplete, 0.1)


def fault(severity, words, suggestion=None, waived=False):
    return Fault("a/b", severity, Both(words, words), suggestion and Both(suggestion, suggestion), "f", waived)


def test_a_reply_tells_the_first_three_and_how_many_more():
    faults = [fault("error", f"错{i}", "改") for i in range(5)] + [
        fault("error", "豁免", waived=True),
        fault("warning", "轻"),
    ]
    lines = replies.refused(judgement(faults=faults), ascii_only=False).split("\r\n")
    assert [line[:10] for line in lines] == ["550-5.7.1 "] * 4 + ["550 5.7.1 "]
    assert lines[1] == "550-5.7.1 1. 错0 → 改"
    assert lines[4] == "550 5.7.1 还有 2 处。"
    assert "轻" not in "".join(lines)
    assert "豁免" not in "".join(lines)


def test_a_held_mail_says_how_to_send_it():
    lines = replies.held(judgement("confirm", [fault("warning", "轻")]), 10, ascii_only=False).split("\r\n")
    assert "10 分钟" in lines[-1]
    assert "[确认]" in lines[-1]
    assert "[confirm]" in replies.held(judgement("confirm", language="en"), 10, ascii_only=False)


def test_what_was_not_looked_at_is_the_reason_where_nothing_else_is():
    said = replies.held(
        judgement("confirm", language="en", incomplete=(Incomplete("a.zip", "encrypted"),)), 10, ascii_only=False
    )
    assert "Not checked: a.zip (encrypted)" in said


@given(st.lists(st.text(max_size=900), min_size=1, max_size=4), st.booleans())
def test_a_reply_is_always_a_reply(words, ascii_only):
    said = replies.reply("550", "5.7.1", words, ascii_only=ascii_only).encode()
    lines = said.split(b"\r\n")
    assert len(lines) == len(words)
    for i, line in enumerate(lines):
        assert len(line) <= 510
        assert line.startswith(b"550 5.7.1 " if i == len(lines) - 1 else b"550-5.7.1 ")
        assert b"\n" not in line
        assert b"\r" not in line
        assert not ascii_only or line.isascii()


def test_holds_are_for_one_sender_one_mail_and_a_while():
    now = [0.0]
    holds = Holds(600, lambda: now[0], most=2)
    holds.add("A@a.cn", "d")
    assert holds.known("a@A.cn", "d")
    assert not holds.known("b@a.cn", "d")
    assert not holds.known("a@a.cn", "e")
    now[0] = 600.0
    assert not holds.known("a@a.cn", "d")
    for digest in ("1", "2", "3"):
        holds.add("a@a.cn", digest)
    assert [holds.known("a@a.cn", d) for d in ("1", "2", "3")] == [False, True, True]
    holds.settle("a@a.cn", "3")
    assert not holds.known("a@a.cn", "3")


def company(policy: str):
    return load_company(default_policy(), policy.encode())


def test_the_strictest_recipient_decides():
    table = company("""
[gate]
block = "pass"
confirm = "pass"
exceptions = [
  {recipients = ["outside.com"], block = "refuse", confirm = "hold"},
  {senders = ["boss@a.cn"], confirm = "refuse"},
]
""").doors["gate"]
    settings = settings_of(table, Path())
    assert settings.actions_for("li@a.cn", ["b@a.cn"]) == Actions("pass", "pass", "pass")
    assert settings.actions_for("li@a.cn", ["b@a.cn", "c@MX.Outside.com"]) == Actions("refuse", "hold", "pass")
    assert settings.actions_for("boss@a.cn", ["b@a.cn"]) == Actions("pass", "refuse", "pass")
    assert settings.actions_for("boss@a.cn", ["b@a.cn", "c@outside.com"]) == Actions("refuse", "refuse", "pass")
    assert settings.actions_for("li@a.cn", ["c@notoutside.com"]).block == "pass"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('listen = "10025"', 'gate.listen: "10025" is not allowed; write it as "host:port"'),
        ('confirm = "ask"', 'gate.confirm: "ask" is not allowed; allowed: hold, pass, refuse'),
        ('tls = "starttls"', "gate.certificate: is needed for tls"),
        ("hold_minuts = 5", "gate.hold_minuts: unknown key; did you mean hold_minutes?"),
        ('exceptions = [{to = ["b.com"]}]', "gate.exceptions.to: unknown key; allowed: senders, recipients"),
        ('exceptions = [{recipients = ["b"]}]', 'gate.exceptions.recipients: "b" is no address and no domain'),
        ('exceptions = [{block = "hold"}]', 'gate.exceptions.block: "hold" is not allowed; allowed: refuse, pass'),
        ('exceptions = ["b.com"]', "gate.exceptions: takes tables"),
        ("connections = -1", "gate.connections: -1 is not allowed"),
    ],
)
def test_mistakes_in_the_table_teach(line, told):
    with pytest.raises(PolicyError) as caught:
        company(f"[gate]\n{line}\n")
    assert told in str(caught.value)


@given(st.binary(max_size=40).map(lambda b: b.replace(b"x", b"\r\n.")))
def test_a_framed_mail_ends_once_and_reads_back(mail):
    wire = _framed(mail)
    end = wire.index(b"\r\n.\r\n") if not wire.startswith(b".\r\n") else -2
    assert end + 5 == len(wire)
    back = wire[: end + 2]
    back = (back[1:] if back.startswith(b".") else back).replace(b"\r\n..", b"\r\n.")
    assert back in (mail, mail + b"\r\n")


@pytest.mark.parametrize("mail", [b"a\n.\r\nMAIL", b"a\r.\r\n", b"a\n.\n", b"a\r\n\n."])
def test_a_dot_behind_a_bare_line_end_is_seen(mail):
    assert _SMUGGLED.search(mail)


@pytest.mark.parametrize("mail", [b"a\r\n.\r\nb", b"a\nb", b".a", b"a.\n"])
def test_proper_dots_and_bare_line_ends_alone_are_not(mail):
    assert not _SMUGGLED.search(mail)

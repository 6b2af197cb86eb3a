"""The add-in in the real Thunderbird, against the real service and a real SMTP server."""

import html
import json
import re
import sqlite3

import pytest
from conftest import wanted
from mails import BAD, BLUNT, CC, FIXED, GOOD, REASON, SIGNATURE, SUBJECT, TO
from thunderbird import ADDIN, installed, running


def written(lines, as_html):
    """A draft's body: paragraphs, or lines."""
    if as_html:
        return "".join(f"<p>{line}</p>" for line in (*lines, "<br>".join(SIGNATURE)))
    return "\n".join([*lines, "", *SIGNATURE])


def words(mail):
    """What a received mail says, without the white space that mail formats add."""
    part = mail.get_body(("html", "plain"))
    content = part.get_content()
    if part.get_content_type() == "text/html":
        content = html.unescape(re.sub(r"<[^>]*>", "", content.partition("<body")[2].partition(">")[2]))
    return re.sub(r"\s", "", content)


def squeezed(lines):
    return re.sub(r"\s", "", "".join([*lines, *SIGNATURE]))


@pytest.fixture(scope="module")
def thunderbird(one_service, one_sink, addins, tmp_path_factory):
    """Thunderbird as an administrator rolls it out: policies.json installs the add-in from the service."""
    wanted(installed(), "Debian's thunderbird")
    one_service.start()
    policies = json.loads((addins / "thunderbird" / "policies.json").read_text("utf-8"))
    policies["policies"]["3rdparty"]["Extensions"][ADDIN] |= {"language": "zh", "help": "IT 服务台 8001"}
    with running(tmp_path_factory.mktemp("thunderbird"), one_sink.port, policies) as started:
        started.warnings = started.wait_for_addin()
        yield started


@pytest.fixture
def compose(thunderbird, service):
    """compose(lines, …) -> a compose window; what is still open afterwards is closed."""
    opened = []

    def composed(lines, as_html=True, **more):
        body = more.pop("body", None) or written(lines, as_html)
        opened.append(thunderbird.compose(**{"to": TO, "cc": CC, "subject": SUBJECT, **more}, body=body, html=as_html))
        return opened[-1]

    yield composed
    for window in opened:
        if thunderbird.is_open(window):
            thunderbird.close(window)


def sent(thunderbird, sink, window):
    """Waits until the window is closed and the mail has arrived; gives the mail."""
    thunderbird.wait(lambda: not thunderbird.is_open(window) and sink.mails, "a sent mail")
    assert len(sink.mails) == 1
    return sink.mails[0]


def test_thunderbird_has_nothing_to_say_about_the_manifest(thunderbird):
    assert thunderbird.warnings == []


def test_a_good_mail_leaves_without_a_word(thunderbird, compose, sink):
    window = compose(GOOD)
    thunderbird.press_send(window)
    assert words(sent(thunderbird, sink, window)) == squeezed(GOOD)


@pytest.mark.parametrize("as_html", [True, False], ids=["html", "plain"])
def test_a_bad_mail_is_stopped_fixed_and_sent(thunderbird, compose, sink, pictures, as_html):
    # The number lies across a tag: the fix has to leave the tag where it is.
    body = written(BAD, as_html).replace("110105", "<b>110105</b>") if as_html else None
    window = compose(BAD, as_html, body=body)
    thunderbird.press_send(window)
    said = thunderbird.see(window, "发送前请看一下")
    assert "必须修改 2" in said
    assert "BO8XYZ1234" in said
    assert "11010519491231002X" not in said, "the panel shows no sensitive value"
    thunderbird.picture(window, pictures / f"thunderbird-stopped-{'html' if as_html else 'plain'}.png")
    assert sink.mails == []
    assert not thunderbird.is_locked(window)

    thunderbird.click(window, "safe")
    thunderbird.see(window, "可以发了")
    thunderbird.picture(window, pictures / "thunderbird-fixed.png")
    assert "BO8XYZ1234" not in thunderbird.body(window)
    if as_html:
        assert "<b>110105" in thunderbird.body(window)
    assert sink.mails == []

    thunderbird.click(window, "send")
    mail = sent(thunderbird, sink, window)
    assert words(mail) == squeezed(FIXED)
    assert mail["subject"] == SUBJECT
    if not as_html:
        lines = [line.rstrip() for line in mail.get_body(("plain",)).get_content().splitlines()]
        assert lines == [*FIXED, "", *SIGNATURE]


def test_send_anyway_needs_a_reason_which_is_kept(thunderbird, compose, sink, service, pictures):
    window = compose(BLUNT)
    thunderbird.press_send(window)
    thunderbird.see(window, "请马上处理")
    thunderbird.click(window, "anyway")
    thunderbird.see(window, "为什么仍要发送")
    thunderbird.click(window, "send")
    thunderbird.see(window, "请先写一句原因")
    thunderbird.picture(window, pictures / "thunderbird-reason.png")
    assert sink.mails == []
    thunderbird.panel(
        window,
        "const r = root.querySelector('textarea'); r.value = a[0]; r.dispatchEvent(new content.Event('input'));",
        REASON,
    )
    thunderbird.click(window, "send")
    assert words(sent(thunderbird, sink, window)) == squeezed(BLUNT)
    with sqlite3.connect(service.state / "presend.db") as store:
        dump = "\n".join(store.iterdump())
    assert REASON in dump
    assert "tone/blunt-urgency" in dump
    assert "请马上处理" not in dump, "the store holds no word of a mail"


def test_a_mail_that_breaks_a_binding_rule_cannot_be_sent_from_the_panel(thunderbird, compose, sink):
    window = compose(BAD)
    thunderbird.press_send(window)
    thunderbird.see(window, "2 处不能跳过")
    assert thunderbird.panel(window, "return !!root.querySelector('[name=anyway]');") is False
    assert sink.mails == []


def test_the_button_checks_while_writing_and_sends_nothing(thunderbird, compose, sink):
    window = compose(BLUNT)
    thunderbird.press_check(window)
    said = thunderbird.see(window, "检查结果")
    assert "请马上处理" in said
    assert "仍然发送" not in said
    thunderbird.click(window, "apply-1")
    thunderbird.see(window, "可以发了")
    assert "请马上处理" not in thunderbird.body(window)
    assert thunderbird.is_open(window)
    assert sink.mails == []


def test_what_the_user_changes_by_hand_is_checked_again(thunderbird, compose, sink):
    window = compose(BLUNT)
    thunderbird.press_send(window)
    thunderbird.see(window, "请马上处理")
    thunderbird.set_body(window, written(BAD, as_html=True))
    thunderbird.press_send(window)
    thunderbird.see(window, "BO8XYZ1234")
    assert sink.mails == []


def test_attachments_are_read(thunderbird, compose, sink, tmp_path):
    broken = tmp_path / "配件明细.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    window = compose([*GOOD, "配件明细见附件\u3002"], files=(broken,))
    thunderbird.press_send(window)
    assert "配件明细.xlsx" in thunderbird.see(window, "必须修改")
    assert sink.mails == []


def test_a_reply_is_held_against_its_thread(thunderbird, sink):
    original = "\r\n".join(
        ["From - Tue Nov 24 10:00:00 2026", "Message-ID: <thread@lantu-trade.cn>", "Date: Tue, 24 Nov 2026 10:00:00 +0800",
         f"From: {TO}", f"To: wang.fang@lantu-trade.cn, {CC}", "Subject: B08XYZ1234", "Content-Type: text/plain; charset=UTF-8", "", "Please answer.", ""]
    )  # fmt: skip
    window = thunderbird.reply(original, to=f"{TO}, somebody@elsewhere.example", body=written(GOOD, as_html=True))
    thunderbird.press_send(window)
    assert "elsewhere.example" in thunderbird.see(window, "请您确认")
    assert sink.mails == []
    thunderbird.close(window)


def test_without_the_button_the_review_opens_in_a_window(thunderbird, compose, sink):
    window = compose(BAD)
    thunderbird.take_button_away(window)
    thunderbird.press_send(window)
    thunderbird.see(window, "BO8XYZ1234")
    assert sink.mails == []
    thunderbird.click(window, "safe")
    thunderbird.see(window, "可以发了")
    thunderbird.click(window, "send")
    assert words(sent(thunderbird, sink, window)) == squeezed(FIXED)


def test_ten_sends_in_a_row_leave_no_locked_window(thunderbird, compose, sink):
    held = compose(BAD)
    for count in range(1, 11):
        thunderbird.press_send(held)
        thunderbird.see(held, "发送前请看一下")
        assert not thunderbird.is_locked(held), f"after {count} sends"
        thunderbird.click(held, "back")
        thunderbird.wait(lambda: not thunderbird.text(held), "a closed popup")
        window = compose(GOOD)
        thunderbird.press_send(window)
        thunderbird.wait(lambda gone=window: not thunderbird.is_open(gone), f"sent mail {count}")
    thunderbird.wait(lambda: len(sink.mails) == 10, "ten mails")
    assert {words(mail) for mail in sink.mails} == {squeezed(GOOD)}


def test_without_the_service_the_user_is_asked_and_can_send(thunderbird, compose, sink, service, pictures):
    window = compose(BAD)
    service.kill()
    thunderbird.press_send(window)
    thunderbird.see(window, "这封邮件未检查")
    thunderbird.picture(window, pictures / "thunderbird-unchecked.png")
    assert not thunderbird.is_locked(window)
    assert sink.mails == []
    thunderbird.click(window, "send")
    assert words(sent(thunderbird, sink, window)) == squeezed(BAD)

"""Outlook's hooks from the built bundle, in an engine like classic Outlook's, against the real service."""

import base64
import json
import shutil
import socket
import sqlite3
import subprocess
import threading

import pytest
from conftest import ROOT, wanted
from outlook import BAD, BLUNT, CHANGED, GOOD, RUNNER, SEND, SIGNATURE, attached, mail, run
from ports import free_port


@pytest.fixture(autouse=True)
def node():
    wanted(shutil.which("node") is not None and RUNNER.is_file(), "node with the built add-ins (make addin)")


@pytest.fixture
def outlook(addins, service):
    """outlook(mail, …steps) -> what came of it."""
    return lambda written, *steps, **more: run(addins, written, *steps, **more)


@pytest.fixture
def silent():
    """The URL of a server that takes a connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken = []
        threading.Thread(target=lambda: taken.extend(_accepted(listening)), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def _accepted(listening):
    try:
        while True:
            yield listening.accept()
    except OSError:
        return


def away(**more):
    return {"service": f"http://127.0.0.1:{free_port()}", **more}


def kept(ran, name="review"):
    return json.loads(ran.mail["session"][name])


def test_a_good_mail_leaves_without_a_word(outlook):
    assert outlook(mail(GOOD)).answer == {"allowEvent": True}


def test_a_bad_mail_is_held_and_the_pane_is_offered(outlook):
    ran = outlook(mail(BAD))
    assert ran.answer["allowEvent"] is False
    assert "sendModeOverride" not in ran.answer, "an error never leaves by Outlook's own Send Anyway"
    assert ran.answer["commandId"] == "presendPane"
    said = ran.answer["errorMessage"]
    assert said.splitlines()[0] == "发送前请看一下"
    assert "BO8XYZ1234" in said
    assert "19491231" not in said, "no sensitive value is shown"
    assert kept(ran)["intent"] == "send"
    assert kept(ran)["report"]["verdict"] == "block"


def test_a_warning_may_be_sent_from_outlook_s_own_dialog(outlook):
    answer = outlook(mail(BLUNT)).answer
    assert answer["allowEvent"] is False
    assert answer["sendModeOverride"] == "promptUser"
    assert "请马上处理" in answer["errorMessage"]


def test_in_english(outlook):
    answer = outlook(mail(BLUNT, language="en-GB")).answer
    assert answer["errorMessage"].startswith("Before this goes out\n")
    assert answer["cancelLabel"] == "See what to change"
    chosen = outlook(mail(BLUNT, language="en-GB", roaming={"presend": {"key": "", "language": "zh"}})).answer
    assert chosen["errorMessage"].startswith("发送前请看一下")


def test_an_older_client_is_given_only_what_it_knows(outlook):
    assert set(outlook(mail(BLUNT, level=1.12)).answer) == {"allowEvent", "errorMessage"}
    assert set(outlook(mail(BLUNT, level=1.14)).answer) == {
        "allowEvent", "errorMessage", "cancelLabel", "commandId", "sendModeOverride",
    }  # fmt: skip


def test_formatting_is_escaped_and_lists_end_as_outlook_wants(outlook):
    body = GOOD.replace(SIGNATURE, "<p>配件明细见附件\u3002</p>" + SIGNATURE)
    broken = attached("明细_*[1]*.xlsx", base64.b64encode(b"PK\x03\x04 cut off").decode(), 12)
    answer = outlook(mail(body, attachments=[broken])).answer
    assert "明细_*[1]*.xlsx" in answer["errorMessage"]
    formatted = answer["errorMessageMarkdown"]
    assert formatted.startswith("**发送前请看一下**\n\n- ")
    items = formatted.split("\n\n")[1]
    assert items.endswith("\r")
    assert "\n" not in items
    assert r"明细\_\*\[1\]\*.xlsx" in items


def test_more_findings_than_there_is_room_for_are_counted(outlook):
    lines = "".join(f"<p>请马上处理第{n}批 ASIN BO8XYZ12{n:02} 的货\uff0c赶紧的\u3002</p>" for n in range(30))
    answer = outlook(mail(GOOD.replace(SIGNATURE, lines + SIGNATURE))).answer
    for name in ("errorMessage", "errorMessageMarkdown"):
        assert 300 < len(answer[name]) <= 500
        assert "另有" in answer[name]


def test_a_review_too_long_to_be_kept_is_checked_again_by_the_pane(outlook):
    lines = "".join(f"<p>请马上处理第{n}批 ASIN BO8XYZ1{n:03} 的货\uff0c赶紧的\u3002</p>" for n in range(60))
    ran = outlook(mail(GOOD.replace(SIGNATURE, lines + SIGNATURE)))
    assert ran.answer["errorMessage"].startswith("发送前请看一下")
    assert kept(ran)["report"] is None
    assert kept(ran)["mark"] == ""
    assert kept(ran)["intent"] == "send"


@pytest.mark.parametrize(
    ("unavailable", "allowed", "prompted"), [("confirm", False, True), ("allow", True, False), ("block", False, False)]
)
def test_without_the_service_the_policy_decides(outlook, unavailable, allowed, prompted):
    answer = outlook(mail(BAD), settings=away(unavailable=unavailable, help="IT 8001")).answer
    assert answer["allowEvent"] is allowed
    assert ("sendModeOverride" in answer) is prompted
    if not allowed:
        assert answer["errorMessage"].startswith("这封邮件未检查\n• 检查服务没有响应")
        assert ("IT 8001" in answer["errorMessage"]) is (unavailable == "block")


def test_a_service_that_does_not_answer_is_not_waited_for(outlook, silent):
    ran = outlook(mail(GOOD), settings={"service": silent, "unavailable": "confirm"})
    assert "没有及时回复" in ran.answer["errorMessage"]


@pytest.mark.parametrize("call", ["subject.getAsync", "sessionData.getAsync", "sessionData.setAsync"])
@pytest.mark.parametrize("how", ["failing", "hanging"])
def test_whatever_outlook_does_not_answer_the_event_is_completed(outlook, call, how):
    answer = outlook(mail(GOOD, **{how: [call]})).answer
    if call.startswith("sessionData") and how == "failing":
        assert answer == {"allowEvent": True}, "a store that fails holds no mail"
    else:
        assert "这封邮件未检查" in answer["errorMessage"]
        assert answer["sendModeOverride"] == "promptUser"


def test_settings_that_cannot_be_read_hold_no_mail(outlook):
    assert outlook(mail(GOOD, roaming={"presend": 7})).answer == {"allowEvent": True}


def test_the_pass_lets_the_checked_draft_out_once(outlook):
    held = outlook(mail(BLUNT))
    review = kept(held)
    session = {"review": json.dumps({**review, "pass": review["mark"]})}
    once = outlook(mail(BLUNT, session=session), [SEND], [SEND])
    assert once.answers[0] == {"allowEvent": True}
    assert once.answers[1]["allowEvent"] is False, "the pass is used up"
    changed = outlook(mail(BAD, session=session))
    assert changed.answer["allowEvent"] is False, "and fits no other draft"


def test_attachments_are_read_within_the_limits(outlook):
    body = GOOD.replace(SIGNATURE, "<p>配件明细见附件\u3002</p>" + SIGNATURE)
    cut_off = base64.b64encode(b"PK\x03\x04 cut off").decode()
    broken = outlook(mail(body, attachments=[attached("配件明细.xlsx", cut_off, 12)]))
    assert "配件明细.xlsx" in broken.answer["errorMessage"]
    large = attached("录像.mp4", "", 9_000_000)
    ran = outlook(mail(body, attachments=[large, attached("合同.msg", "x", 10, attachmentType="item", format="eml")]))
    assert ran.happened["calls"].count("getAttachmentContentAsync") == 1, "what is too large is not even asked for"


def test_at_send_no_more_is_sent_than_a_slow_line_carries(outlook):
    body = GOOD.replace(SIGNATURE, "<p>配件明细见附件\u3002</p>" + SIGNATURE)
    three = base64.b64encode(b"PK\x03\x04".ljust(3_000_000, b".")).decode()
    written = mail(body, attachments=[attached("配件明细.xlsx", three, 3_000_000)])
    assert outlook(written).answer == {"allowEvent": True}, "judged by its name and size"
    ahead = outlook(written, [CHANGED], [SEND])
    assert "配件明细.xlsx" in ahead.answers[1]["errorMessage"], "ahead of Send there is time for all"


def test_contents_that_come_late_do_not_hold_the_answer(outlook):
    body = GOOD.replace(SIGNATURE, "<p>配件明细见附件\u3002</p>" + SIGNATURE)
    cut_off = base64.b64encode(b"PK\x03\x04 cut off").decode()
    late = outlook(mail(body, attachments=[attached("配件明细.xlsx", cut_off, 12)], contentTakes=3000))
    assert late.answer == {"allowEvent": True}, "judged by its name and size"


def test_a_check_ahead_makes_send_quick_and_complete(outlook, service):
    body = GOOD.replace(SIGNATURE, "<p>配件明细见附件\u3002</p>" + SIGNATURE)
    cut_off = base64.b64encode(b"PK\x03\x04 cut off").decode()
    written = mail(body, attachments=[attached("配件明细.xlsx", cut_off, 12)], contentTakes=1500)
    ran = outlook(written, [CHANGED], [SEND])
    assert ran.answers[0] is None
    assert "配件明细.xlsx" in ran.answers[1]["errorMessage"], "the content was read ahead of Send, however slowly"
    assert ran.happened["calls"].count("getAttachmentContentAsync") == 1, "and once"


def test_a_row_of_changes_is_checked_once(outlook):
    ran = outlook(mail(GOOD), [CHANGED] * 5)
    assert ran.answers == [None] * 5
    assert ran.happened["calls"].count("sessionData.setAsync") == 1


def test_a_draft_that_changed_after_the_check_ahead_is_checked_at_send(outlook):
    ran = outlook(mail(GOOD), [CHANGED], {"body": BAD}, [SEND])
    assert ran.answers[1]["allowEvent"] is False
    replaced = outlook(mail(BAD), [CHANGED], {"body": GOOD}, [SEND])
    assert replaced.answers[1] == {"allowEvent": True}


def test_a_mail_without_a_subject_is_not_checked_ahead(outlook):
    ran = outlook(mail(GOOD, subject=" "), [CHANGED])
    assert "ahead" not in ran.mail["session"]


def test_a_check_ahead_that_fails_is_made_at_send(outlook):
    ran = outlook(mail(GOOD, failing=["cc.getAsync"]), [CHANGED], {"failing": []}, [SEND])
    assert ran.answers == [None, {"allowEvent": True}]


def test_the_mail_is_kept_nowhere(outlook, service):
    outlook(mail(BAD), [CHANGED], [SEND])
    with sqlite3.connect(service.state / "presend.db") as store:
        dump = "\n".join(store.iterdump())
    assert "BO8XYZ1234" not in dump


def test_the_script_is_es2016(addins):
    check = (
        "import { parse } from 'acorn'; import { readFileSync } from 'node:fs';"
        "parse(readFileSync(process.argv[1], 'utf8'), { ecmaVersion: 2016, sourceType: 'script' });"
    )
    for script, parses in (("launchevent.js", True), ("taskpane.js", False)):
        command = ["node", "--input-type=module", "-e", check, str(addins / "outlook" / script)]
        done = subprocess.run(command, cwd=ROOT / "addin", capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode == 0) is parses, done.stderr

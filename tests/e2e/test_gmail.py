"""The extension in the real Chromium, on a page that imitates Gmail's, against the real service."""

import re
import sqlite3

import pytest
from conftest import wanted
from gmail import compose, installed, running, sent, window
from mails import ASK, BAD, BLUNT, CC, FIXED, GOOD, HELLO, REASON, SIGNATURE, SUBJECT, TO

LANGUAGES = ("en", "zh-CN", "de")


def written(lines):
    """A body as Gmail's editor makes it, with a signature."""
    signature = "<br>".join(SIGNATURE)
    return (
        "".join(f"<div>{line}</div>" for line in lines)
        + f'<div><br></div><div class="gmail_signature">{signature}</div>'
    )


def words(mail):
    return re.sub(r"\s", "", mail["text"])


def squeezed(lines):
    return re.sub(r"\s", "", "".join([*lines, *SIGNATURE]))


@pytest.fixture(scope="module")
def browser(one_service, addins, tmp_path_factory):
    """Chromium with the extension as `presend addin build` packed it, its language set by its user."""
    wanted(installed(), "Debian's chromium")
    one_service.start()
    with running(addins / "gmail" / "presend-gmail.zip", tmp_path_factory.mktemp("gmail")) as started:
        started.store({"language": "zh"})
        yield started


@pytest.fixture
def gmail(browser, service):
    """The browser; a script error on the page fails the test."""
    browser.errors.clear()
    yield browser
    assert browser.errors == []


def mail(page, lines, **more):
    """Opens a compose window with that mail."""
    return window(
        page, compose(page, **{"to": [f"李强 <{TO}>"], "cc": [CC], "subject": SUBJECT, "body": written(lines), **more})
    )


def title(page, words=None):
    """Waits for a panel; gives its title."""
    heading = page.locator("h1", has_text=words) if words else page.locator("h1")
    heading.wait_for()
    page.locator("section[aria-busy=false]").wait_for()
    return heading.inner_text()


def wait(page, holds):
    """Waits until it holds; the page's own waiting would need an eval, which Gmail forbids."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("waited in vain")


def wait_sent(page, count=1):
    wait(page, lambda: len(sent(page)) >= count)
    # A mail too many would come within this time.
    page.wait_for_timeout(400)
    mails = sent(page)
    assert len(mails) == count
    return mails


def click(page, at):
    at.locator(".aoO").click()


def ctrl_enter(page, at):
    at.locator(".editable").press("Control+Enter")


def ctrl_enter_in_subject(page, at):
    at.locator("input[aria-label]").last.press("Control+Enter")


def meta_enter(page, at):
    at.locator(".editable").press("Meta+Enter")


def enter_on_send(page, at):
    at.locator(".aoO").press("Enter")


def space_on_send(page, at):
    at.locator(".aoO").press("Space")


def double_click(page, at):
    at.locator(".aoO").dblclick(delay=30)


def slow_double_click(page, at):
    click(page, at)
    page.wait_for_timeout(150)
    page.mouse.down()
    page.mouse.up()


def schedule(page, at):
    at.locator(".hG").click()
    page.locator("[selector=scheduledSend]").filter(visible=True).click()


def schedule_by_key(page, at):
    at.locator(".hG").press("Enter")
    at.locator(".hG").press("ArrowDown")
    at.locator(".hG").press("Enter")


# A way, and how Gmail is then asked to send.
AT_ONCE = [
    (click, "mouse"), (ctrl_enter, "mouse"), (ctrl_enter_in_subject, "mouse"), (meta_enter, "mouse"),
    (enter_on_send, "mouse"), (space_on_send, "mouse"), (double_click, "mouse"), (slow_double_click, "mouse"),
]  # fmt: skip
SCHEDULED = [schedule, schedule_by_key]
WAYS = [way for way, _ in AT_ONCE] + SCHEDULED


def name(way):
    return way.__name__


@pytest.mark.parametrize("way", WAYS, ids=name)
def test_no_way_lets_a_bad_mail_out(gmail, way):
    page = gmail.page()
    way(page, mail(page, BAD))
    assert title(page) == "发送前请看一下"
    page.wait_for_timeout(300)
    assert sent(page) == []
    assert page.locator("h1").count() == 1
    assert page.locator(".Kj").count() == 0, "no choice of a time yet"


# What is put into the page's body from now on, however shortly.
WATCH_BODY = """() => {
    window.put = [];
    const seen = (records) => records.forEach((one) => one.addedNodes.forEach((node) => { if (node.shadowRoot) put.push(node.shadowRoot.textContent); }));
    new MutationObserver(seen).observe(document.body, { childList: true });
}"""


@pytest.mark.parametrize(("way", "asked"), AT_ONCE, ids=[name(way) for way, _ in AT_ONCE])
def test_every_way_lets_a_good_mail_out_once_and_without_a_word(gmail, way, asked):
    page = gmail.page()
    page.evaluate(WATCH_BODY)
    way(page, mail(page, GOOD))
    (got,) = wait_sent(page)
    assert words(got) == squeezed(GOOD)
    assert (got["way"], got["subject"], got["to"], got["cc"]) == (asked, SUBJECT, [TO], [CC])
    assert page.evaluate("put") == []


@pytest.mark.parametrize("way", SCHEDULED, ids=name)
@pytest.mark.parametrize("choice", ["preset", "date"])
def test_a_good_mail_is_scheduled_without_a_word(gmail, way, choice):
    page = gmail.page()
    way(page, mail(page, GOOD))
    if choice == "preset":
        page.locator("#preset").click()
    else:
        page.locator("#pick").click()
        page.locator("button[name=ok]").click()
    (got,) = wait_sent(page)
    assert got["way"] == ("scheduled" if choice == "preset" else "scheduled at")
    assert words(got) == squeezed(GOOD)
    assert page.locator("h1").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES[1:])
@pytest.mark.parametrize("way", [click, ctrl_enter, enter_on_send, schedule], ids=name)
def test_in_any_language_of_gmail(gmail, lang, way):
    page = gmail.page(lang)
    way(page, mail(page, BAD))
    assert title(page) == "发送前请看一下"
    assert sent(page) == []


def test_confidential_mode(gmail):
    page = gmail.page()
    click(page, mail(page, BAD, secret=True))
    title(page)
    page.locator("[name=safe]").click()
    title(page, "可以发了")
    page.locator("[name=send]").click()
    (got,) = wait_sent(page)
    assert got["secret"] is True
    assert words(got) == squeezed(FIXED)


def test_two_windows_have_a_review_each(gmail):
    page = gmail.page()
    first, second = mail(page, BAD), mail(page, BLUNT)
    click(page, first)
    assert title(page) == "发送前请看一下"
    click(page, second)
    wait(page, lambda: page.locator("h1").count() == 2)
    page.locator(".body", has_text="请马上处理").wait_for()
    page.locator("[name=safe]").click()
    page.locator("h1", has_text="可以发了").wait_for()
    page.locator("section", has_text="可以发了").locator("[name=send]").click()
    (got,) = wait_sent(page)
    assert words(got) == squeezed(FIXED)
    assert "请马上处理" in page.locator(".body").inner_text()


def test_of_two_windows_the_one_is_scheduled_whose_menu_was_used(gmail):
    page = gmail.page()
    first = mail(page, GOOD)
    mail(page, BAD)
    schedule(page, first)
    page.locator("#preset").click()
    (got,) = wait_sent(page)
    assert words(got) == squeezed(GOOD)


def test_a_fix_stands_in_its_place_and_can_be_undone(gmail, pictures):
    page = gmail.page()
    body = (
        written(BAD).replace("BO8", "<b>BO8</b>")
        + '<div class="gmail_quote">On Monday Li wrote:<blockquote>old words</blockquote></div>'
    )
    at = mail(page, [], body=body)
    click(page, at)
    said = title(page) and page.locator(".body").inner_text()
    assert "BO8XYZ1234" in said
    assert "11010519491231002X" not in said, "the panel shows no sensitive value"
    page.screenshot(path=pictures / "gmail-stopped.png")
    page.locator("[name=safe]").click()
    title(page, "可以发了")
    page.screenshot(path=pictures / "gmail-fixed.png")
    editor = at.locator(".editable")
    assert editor.inner_html() == body.replace("BO8", "B08").replace("11010519491231002X", "110105********002X")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert editor.inner_html() == body
    click(page, at)
    title(page, "发送前请看一下")
    assert sent(page) == []


def test_a_fix_of_the_subject_can_be_undone(gmail):
    page = gmail.page()
    at = mail(page, GOOD, subject="【确认下】补寄配件的数量-ASIN BO8XYZ1234")
    click(page, at)
    title(page)
    page.locator("li", has_text="BO8XYZ1234").get_by_role("button", name="修改").click()
    subject = at.get_by_label("Subject")
    wait(page, lambda: "B08XYZ1234" in subject.input_value())
    title(page)
    subject.press("Control+z")
    assert subject.input_value() == "【确认下】补寄配件的数量-ASIN BO8XYZ1234"


def test_a_recipient_is_corrected_among_the_others(gmail):
    page = gmail.page()
    at = mail(page, GOOD, cc=[CC, "Wu, Di <wu.di@lantu-trade.cm>"])
    click(page, at)
    title(page)
    page.locator("li", has_text="lantu-trade.cm").get_by_role("button", name="修改").click()
    wait(page, lambda: at.locator("[name=cc] [role=option]").count() == 2 and 'lantu-trade.cm"' not in at.inner_html())
    assert at.locator("[name=cc] [role=option]").evaluate_all("all => all.map((one) => one.dataset.hovercardId)") == [
        CC,
        "wu.di@lantu-trade.cn",
    ]


def test_a_recipient_that_gmail_does_not_let_us_change_is_left_to_the_user(gmail):
    page = gmail.page()
    page.evaluate("window.noChips = true")
    at = mail(page, GOOD, cc=["wu.di@lantu-trade.cm"])
    click(page, at)
    title(page)
    page.locator("li", has_text="lantu-trade.cm").get_by_role("button", name="修改").click()
    page.locator(".trouble", has_text="手动修改").wait_for()
    assert at.locator("[name=cc] [role=option]").count() == 1, "no recipient is lost"


def test_send_anyway_needs_a_reason_which_is_kept(gmail, service, pictures):
    page = gmail.page()
    click(page, mail(page, BLUNT))
    title(page)
    page.locator("[name=anyway]").click()
    page.locator("[name=send]").click()
    page.get_by_role("alert").filter(has_text="请先写一句原因").wait_for()
    page.screenshot(path=pictures / "gmail-reason.png")
    page.keyboard.type(f"{REASON} c")
    assert page.evaluate("shortcuts") == [], "Gmail takes what is typed here for shortcuts"
    page.locator("[name=send]").click()
    (got,) = wait_sent(page)
    assert words(got) == squeezed(BLUNT)
    with sqlite3.connect(service.state / "presend.db") as store:
        dump = "\n".join(store.iterdump())
    assert REASON in dump
    assert "请马上处理" not in dump, "the store holds no word of a mail"


def test_what_is_sent_anyway_can_be_scheduled(gmail):
    page = gmail.page()
    schedule(page, mail(page, BLUNT))
    title(page)
    page.locator("[name=anyway]").click()
    page.keyboard.type(REASON)
    page.locator("[name=send]").click()
    page.locator("#preset").click()
    (got,) = wait_sent(page)
    assert got["way"] == "scheduled"


def test_what_the_user_changes_by_hand_is_checked_again_and_goes(gmail):
    page = gmail.page()
    at = mail(page, [HELLO, ASK.format(asin="BO8XYZ1234")])
    click(page, at)
    title(page)
    at.locator(".editable div").nth(1).fill(ASK.format(asin="B08XYZ1234"))
    click(page, at)
    (got,) = wait_sent(page)
    assert words(got) == squeezed(GOOD)
    assert page.locator("h1").count() == 0, "the panel goes with the mail"


def test_a_mail_changed_during_the_check_is_checked_again(gmail):
    page = gmail.page()
    at = mail(page, GOOD)
    held = []

    def hold(route):
        held.append(route)

    gmail.context.route("**/v1/check", hold, times=1)
    click(page, at)
    wait(page, lambda: held)
    page.evaluate("(bad) => { composes[0].editor.append(bad); }", BAD[2])
    held[0].continue_()
    title(page, "发送前请看一下")
    assert sent(page) == []


def test_the_worker_may_stop_at_any_time(gmail):
    page = gmail.page()
    click(page, mail(page, BAD))
    title(page)
    gmail.stop_worker()
    page.locator("[name=safe]").click()
    title(page, "可以发了")
    gmail.stop_worker()
    page.locator("[name=send]").click()
    (got,) = wait_sent(page)
    assert words(got) == squeezed(FIXED)


def test_a_page_that_is_not_understood_is_told_and_locks_nobody_in(gmail, pictures):
    page = gmail.page()
    at = mail(page, BAD, unknown="all")
    page.get_by_role("status").filter(has_text="这封邮件未检查").wait_for()
    page.screenshot(path=pictures / "gmail-strange.png")
    at.locator("[aria-label^=Send]").click()
    (got,) = wait_sent(page)
    assert words(got) == squeezed(BAD)
    wait(page, lambda: page.get_by_role("status").count() == 0)


def test_a_draft_that_cannot_be_read_is_told_and_locks_nobody_in(gmail):
    """An editor that no longer gives its text: the panel could not send such a mail, so it is let out with a word."""
    page = gmail.page()
    at = mail(page, BAD)
    assert gmail.in_content_script("Element.prototype.getHTML = () => { throw new Error(); }, true")
    click(page, at)
    page.get_by_role("status").filter(has_text="这封邮件未检查").wait_for()
    assert page.locator("h1").count() == 0
    assert sent(page) == []
    click(page, at)
    (got,) = wait_sent(page)
    assert words(got) == squeezed(BAD)


def test_nothing_is_said_where_no_mail_is_written(gmail):
    page = gmail.page()
    page.evaluate("settings()")
    mail(page, GOOD)
    page.wait_for_timeout(3500)
    assert page.get_by_role("status").count() == 0


def test_a_reply_in_its_conversation(gmail, pictures):
    page = gmail.page()
    page.evaluate(
        "(given) => thread(given)",
        {"subject": SUBJECT, "from": TO, "name": "李强", "to": ["wang.fang@lantu-trade.cn"], "body": "…"},
    )
    at = mail(page, GOOD, inline=True, to=[TO, "somebody@elsewhere.example"], subject="")
    click(page, at)
    assert title(page) == "发送前请看一下"
    assert "elsewhere.example" in page.locator(".body").inner_text(), "held against its thread"
    assert "主题" not in page.locator(".body").inner_text(), "it keeps the subject of the conversation"
    page.screenshot(path=pictures / "gmail-reply.png")
    assert sent(page) == []


@pytest.mark.parametrize("choice", ["preset", "date"])
def test_the_choice_of_a_time_is_held_when_the_mail_changed_meanwhile(gmail, choice):
    page = gmail.page()
    schedule(page, mail(page, GOOD))
    page.locator("#preset").wait_for()
    page.evaluate("(bad) => { composes[0].editor.append(bad); }", BAD[2])
    if choice == "date":
        page.locator("#pick").click()
    page.locator("#preset" if choice == "preset" else "button[name=ok]").click()
    title(page, "发送前请看一下")
    assert sent(page) == []


def test_other_dialogs_of_gmail_are_none_of_our_business(gmail):
    page = gmail.page()
    at = mail(page, BAD)
    at.locator(".editable").focus()
    page.evaluate("question()")
    page.locator("button[name=ok]").click()
    assert page.evaluate("answers") == 1
    # Nor after the choice of a time was given up.
    at.locator(".editable div").nth(2).evaluate("(line) => line.remove()")
    at.locator(".editable div").nth(1).fill(GOOD[1])
    schedule(page, at)
    page.locator("#pick").click()
    page.locator(".Kj").evaluate("(dialog) => dialog.remove()")
    at.locator(".editable div").nth(1).fill(BAD[1])
    at.locator(".editable").click()
    page.evaluate("question()")
    page.locator("button[name=ok]").click()
    assert page.evaluate("answers") == 2
    assert page.locator("h1").count() == 0


def test_a_gmail_that_ignores_our_press_locks_nobody_in(gmail):
    page = gmail.page()
    page.evaluate("window.deaf = true")
    at = mail(page, GOOD)
    click(page, at)
    page.get_by_role("status").filter(has_text="请再点一次发送").wait_for()
    assert sent(page) == []
    click(page, at)
    (got,) = wait_sent(page)
    assert words(got) == squeezed(GOOD)


def test_a_key_that_is_held_down_sends_once(gmail):
    page = gmail.page()
    at = mail(page, GOOD)
    at.locator(".editable").focus()
    page.keyboard.down("Control")
    for _ in range(12):
        page.keyboard.down("Enter")
        page.wait_for_timeout(30)
    page.keyboard.up("Enter")
    page.keyboard.up("Control")
    (got,) = wait_sent(page)
    assert words(got) == squeezed(GOOD)


@pytest.mark.parametrize("inline", [False, True], ids=["window", "reply"])
def test_another_send_button_is_not_mistaken(gmail, inline):
    page = gmail.page()
    page.evaluate("(given) => thread(given)", {"subject": SUBJECT, "from": TO, "name": "李强", "to": [CC], "body": "…"})
    at = mail(page, BAD, unknown="send", inline=inline)
    page.get_by_role("status").filter(has_text="这封邮件未检查").wait_for()
    at.locator("[aria-label^=Send]").click()
    assert len(wait_sent(page)) == 1


def test_keys_elsewhere_send_nothing(gmail):
    page = gmail.page()
    mail(page, GOOD)
    gmail.in_content_script("chrome.runtime.sendMessage({ ask: 'settings' })")  # the worker is awake
    gmail.asked.clear()
    page.locator("[name=q]").press("Control+Enter")
    page.locator("[name=q]").press("Enter")
    page.wait_for_timeout(1000)
    assert gmail.asked == []
    assert sent(page) == []


def test_the_draft_is_read_as_it_stands(gmail):
    page = gmail.page()
    at = mail(page, GOOD, cc=["Wu, Di <wu.di@lantu-trade.cn>"], bcc=[CC], files=[("配件明细.xlsx", "12K")])
    at.get_by_label("Cc", exact=True).fill("typed@lantu-trade.cn")
    gmail.asked.clear()
    click(page, at)
    wait(page, lambda: gmail.asked)
    path, draft = gmail.asked[0]
    assert path == "check"
    assert draft == {
        "from": "wang.fang@lantu-trade.cn", "to": [f"李强 <{TO}>"], "cc": ['"Wu, Di" <wu.di@lantu-trade.cn>', "typed@lantu-trade.cn"],
        "bcc": [CC], "reply_to": [], "subject": SUBJECT, "html": written(GOOD), "text": None, "date": None,
        "attachments": [{"name": "配件明细.xlsx", "size": 12288, "type": None, "inline": False, "content": None, "link": None}],
        "reply": None, "override": None,
    }  # fmt: skip


def test_a_recipient_that_is_typed_goes_with_one_check(gmail):
    page = gmail.page()
    at = mail(page, GOOD, cc=[])
    at.get_by_label("Cc", exact=True).fill(CC)
    gmail.asked.clear()
    click(page, at)
    (got,) = wait_sent(page)
    assert got["cc"] == [CC]
    assert [path for path, _ in gmail.asked] == ["check"]


def test_a_reply_is_read_with_its_thread_and_the_account(gmail):
    page = gmail.page()
    page.evaluate("(given) => thread(given)", {"subject": SUBJECT, "from": TO, "name": "李强", "to": [CC], "body": "…"})
    at = mail(page, GOOD, inline=True, subject="")
    gmail.asked.clear()
    click(page, at)
    wait(page, lambda: gmail.asked)
    draft = gmail.asked[0][1]
    assert (draft["from"], draft["subject"]) == ("wang.fang@lantu-trade.cn", f"Re: {SUBJECT}")
    reply = {
        "message_id": None,
        "subject": SUBJECT,
        "from": f"李强 <{TO}>",
        "to": [CC],
        "cc": [],
        "date": None,
        "references": [],
    }
    assert draft["reply"] == reply


def test_a_fix_never_goes_where_the_focus_is_instead(gmail):
    page = gmail.page()
    at = mail(page, BAD)
    click(page, at)
    title(page)
    # A window that was made small meanwhile: its editor takes no focus.
    page.evaluate("composes[0].editor.parentElement.style.display = 'none'; document.querySelector('[name=q]').focus()")
    page.locator("[name=safe]").dispatch_event("click")
    page.locator(".trouble", has_text="没能读取或改写").wait_for()
    assert page.locator("[name=q]").input_value() == ""
    assert at.locator(".editable").inner_html() == written(BAD)


def test_the_button_checks_while_writing_and_sends_nothing(gmail):
    page = gmail.page()
    at = mail(page, BLUNT)
    at.locator(".editable").focus()
    gmail.press_button()
    assert title(page) == "检查结果"
    assert page.locator("[name=anyway]").count() == 0
    page.locator("[name^=apply]").click()
    title(page, "可以发了")
    assert "请马上处理" not in at.inner_text()
    assert sent(page) == []


def test_the_button_says_so_where_no_mail_is_written(gmail):
    page = gmail.page()
    gmail.press_button()
    page.get_by_role("status").filter(has_text="请先打开一封").wait_for()
    assert page.get_by_role("dialog").count() == 0


def test_the_script_in_the_page_cannot_read_the_key(gmail):
    gmail.page()
    assert gmail.in_content_script("chrome.runtime.id.length") == 32
    read = "chrome.storage.local.get().then(() => 'read', (error) => String(error))"
    assert "not allowed" in gmail.in_content_script(read)
    asked = "chrome.runtime.sendMessage({ ask: 'settings' })"
    assert gmail.in_content_script(asked) == {
        "service": "", "key": "", "unavailable": "confirm", "overridable": ["warning"], "language": "zh", "help": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("picture", "scheme", "size", "more"),
    [
        ("dark", "dark", (1280, 760), {}), ("small", "light", (780, 560), {}), ("narrow", "light", (420, 640), {}),
        ("full", "light", (1366, 768), {"full": True}),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)  # fmt: skip
def test_the_panel_leaves_send_in_reach(gmail, pictures, picture, scheme, size, more):
    page = gmail.page("zh-CN", scheme, size)
    at = mail(page, [*BAD, BLUNT[2]], **more)
    click(page, at)
    title(page)
    page.screenshot(path=pictures / f"gmail-{picture}.png")
    send = at.locator(".aoO")
    assert send.evaluate(
        "(send) => { const { left, top } = send.getBoundingClientRect(); return send.contains(document.elementFromPoint(left + 9, top + 9)); }"
    )
    safe = page.locator("[name=safe]")
    assert safe.evaluate(
        "(safe) => { const { left, bottom } = safe.getBoundingClientRect(); return bottom <= innerHeight && safe.getRootNode().elementFromPoint(left + 9, bottom - 9) === safe; }"
    )


def test_without_the_service_the_user_is_asked_and_can_send(gmail, service, pictures):
    page = gmail.page()
    at = mail(page, BAD)
    service.kill()
    click(page, at)
    assert title(page) == "这封邮件未检查"
    page.screenshot(path=pictures / "gmail-unchecked.png")
    assert sent(page) == []
    page.locator("[name=send]").click()
    (got,) = wait_sent(page)
    assert words(got) == squeezed(BAD)


def test_after_an_update_the_user_is_told_to_reload_and_can_send(browser):
    page = browser.page()
    at = mail(page, BAD)
    assert (
        browser.in_content_script("chrome.runtime.sendMessage({ ask: 'settings' }).then(({ language }) => language)")
        == "zh"
    )
    browser.update()
    click(page, at)
    assert title(page) == "这封邮件未检查"
    assert "刷新此页面" in page.locator(".body").inner_text()
    page.locator("[name=send]").click()
    (got,) = wait_sent(page)
    assert words(got) == squeezed(BAD)

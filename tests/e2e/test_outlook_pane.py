"""Outlook's task pane in Chromium, served by the real service, over an Outlook made up; then the hook at Send meets what it left."""

import json
import re
import shutil
import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, wanted
from outlook import BAD, BLUNT, FIXED, GOOD, RUNNER, SIGNATURE, SUBJECT, mail, run
from playwright.sync_api import sync_playwright

OFFICE = ROOT / "addin" / ".gallery" / "fake-office.js"
CHROMIUM = "/usr/bin/chromium"
REASON = "客户在电话里催过两次"


@pytest.fixture(scope="module")
def browser():
    wanted(OFFICE.is_file() and RUNNER.is_file(), "the built add-ins (make addin)")
    wanted(shutil.which(CHROMIUM) is not None, "Debian's chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


class Pane:
    """The pane beside a mail."""

    def __init__(self, page):
        self.page = page

    @property
    def mail(self):
        return self.page.evaluate("window.mail")

    @property
    def happened(self):
        return self.page.evaluate("window.happened")

    def until(self, true):
        """Waits until an expression is true; the page's own policy forbids what Playwright would do."""
        for _ in range(300):
            if self.page.evaluate(true):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never: {true}")

    def tab(self, name):
        self.page.get_by_role("tab", name=name).click()
        return self.page.get_by_role("tabpanel")


@pytest.fixture
def pane(browser, service):
    """pane(mail, …) -> the pane, with office.js replaced by the made-up Outlook; anything that goes wrong fails the test."""
    pages, errors = [], []

    def opened(written, scheme="light", width=320, wait="footer button"):
        page = browser.new_page(
            viewport={"width": width, "height": 640}, color_scheme=scheme, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        script = f"window.mail = {json.dumps(written)};\n{OFFICE.read_text('utf-8')}"
        page.route(
            "https://appsforoffice.microsoft.com/**",
            lambda route: route.fulfill(body=script, content_type="text/javascript"),
        )
        page.goto(f"{service.url}/addin/outlook/taskpane.html")
        page.locator(wait).first.wait_for()
        pages.append(page)
        return Pane(page)

    yield opened
    wrong = [fault for page in pages for fault in page.evaluate("window.happened.wrong")]
    for page in pages:
        page.close()
    assert wrong == []
    assert errors == []


def held(addins, service, body, **more):
    """A mail that was stopped at Send by the hook: the pane finds its review."""
    ran = run(addins, mail(body, **more), settings={"service": service.url, "overridable": ["warning"]})
    assert ran.answer["allowEvent"] is False
    return ran.mail


def leaves(addins, written):
    return run(addins, written).answer == {"allowEvent": True}


def dump(service):
    with sqlite3.connect(service.state / "presend.db") as store:
        return "\n".join(store.iterdump())


def test_a_held_mail_is_fixed_sent_and_let_out(pane, addins, service, pictures):
    beside = pane(held(addins, service, BAD))
    page = beside.page
    assert page.locator("h1").inner_text() == "发送前请看一下"
    assert "BO8XYZ1234" in page.locator(".body").inner_text()
    page.screenshot(path=pictures / "outlook-held-zh-light.png")
    page.locator("[name=safe]").click()
    page.get_by_role("heading", name="可以发了").wait_for()
    assert beside.mail["body"] == FIXED
    assert beside.mail["subject"] == SUBJECT
    assert "subject.setAsync" not in beside.happened["calls"], "only what changed is set"
    page.locator("[name=send]").click()
    beside.until("window.happened.sent === 1 && window.happened.closed === 1")
    assert leaves(addins, beside.mail)


def test_in_english(pane, addins, service, pictures):
    body = (
        "<p>Hi Li Qiang,</p><p>We need spare parts for a customer: please confirm the quantity of ASIN BO8XYZ1234 by 17:00 "
        "tomorrow.</p><p>Please handle this ASAP.</p><p>Best regards,<br>Wang Fang<br>Operations<br>+86 755 8888 6666</p>"
    )
    beside = pane(held(addins, service, body, subject="[Confirm] Spare parts for ASIN B08XYZ1234", language="en-US"))
    assert beside.page.locator("h1").inner_text() == "Before this goes out"
    assert "BO8XYZ1234" in beside.page.locator(".body").inner_text()
    beside.page.screenshot(path=pictures / "outlook-held-en-light.png")
    assert beside.page.evaluate("document.documentElement.lang") == "en"


def test_send_anyway_with_a_reason_is_in_the_store(pane, addins, service, pictures):
    beside = pane(held(addins, service, BLUNT))
    page = beside.page
    page.locator("[name=anyway]").click()
    page.locator("[name=send]").click()
    page.get_by_text("请先写一句原因").wait_for()
    assert beside.happened["sent"] == 0
    page.locator("textarea").fill(REASON)
    page.screenshot(path=pictures / "outlook-reason-zh-light.png")
    page.locator("[name=send]").click()
    beside.until("window.happened.sent === 1")
    assert leaves(addins, beside.mail)
    kept = dump(service)
    assert REASON in kept
    assert "请马上处理" not in kept


def test_an_older_outlook_asks_to_press_send_once_more(pane, addins, service, pictures):
    beside = pane(held(addins, service, BLUNT, level=1.14))
    page = beside.page
    page.locator("[name=anyway]").click()
    page.locator("textarea").fill(REASON)
    page.locator("[name=send]").click()
    page.get_by_role("status").get_by_text("请再点一次").wait_for()
    page.screenshot(path=pictures / "outlook-press-send-zh-light.png")
    assert beside.happened["closed"] == 0
    assert leaves(addins, beside.mail)
    assert not leaves(addins, {**beside.mail, "body": BAD}), "as it stood, and no other"


def test_what_the_pane_checked_is_known_at_send(pane, addins, service):
    beside = pane(mail(GOOD))
    known = run(addins, beside.mail, settings={"service": "http://127.0.0.1:9", "unavailable": "block"})
    assert known.answer == {"allowEvent": True}, "without asking anybody"
    changed = run(
        addins, {**beside.mail, "body": BLUNT}, settings={"service": "http://127.0.0.1:9", "unavailable": "block"}
    )
    assert changed.answer["allowEvent"] is False


def test_one_fix_and_a_text_mail(pane, service):
    text = "李强\uff0c您好\uff1a\n\n请您在明天17:00前确认 ASIN B08XYZ1234 的配件数量\u3002\n这件事请马上处理\u3002\n\n王芳\n运营助理\n电话\uff1a0755-8888 6666"
    beside = pane(mail(text, bodyType="text"))
    beside.page.locator("li", has_text="请马上处理").locator("[name^=apply]").click()
    beside.until("!window.mail.body.includes('请马上处理')")
    after = beside.mail["body"]
    assert after.startswith(text.partition("这件事")[0])
    assert after.endswith(text.partition("处理\u3002")[2])


def test_a_fix_of_the_subject(pane):
    beside = pane(mail(GOOD, subject=SUBJECT.replace("B08XYZ1234", "BO8XYZ1234")))
    beside.page.locator("[name=safe]").click()
    beside.until(f"window.mail.subject === {json.dumps(SUBJECT)}")
    assert beside.mail["body"] == GOOD


def test_what_outlook_refuses_is_told(pane):
    beside = pane(mail(BAD, failing=["body.setAsync"]))
    beside.page.locator("[name=safe]").click()
    beside.page.locator("footer").get_by_text("没能读取或改写").wait_for()
    assert beside.mail["body"] == BAD


def test_a_template_goes_before_what_is_there(pane, pictures):
    beside = pane(mail(f"<div><br></div>{SIGNATURE}", subject="", cc=[]))
    form = beside.tab("模板")
    form.get_by_label("这封邮件要说什么").wait_for()
    form.get_by_label("这封邮件要说什么").select_option("restock")
    form.get_by_role("button", name="写入邮件").click()
    form.get_by_text("请填写正确的 ASIN").wait_for()
    assert beside.page.evaluate("document.activeElement.name") == "asin"
    form.get_by_label("ASIN").fill("b08xyz1234")
    form.get_by_label("日均销量").fill("15")
    form.get_by_label("希望对方").fill("2026-12-03T17:00")
    beside.page.screenshot(path=pictures / "outlook-template-zh-light.png", full_page=True)
    form.get_by_role("button", name="写入邮件").click()
    beside.page.locator("footer button").first.wait_for()
    written = beside.mail
    assert written["subject"] == "【补货】B08XYZ1234 补货申请"
    assert "日均销量15件" in written["body"]
    assert "12月3日17:00" in written["body"], "the deadline as it was entered"
    assert "请填写当前库存" in written["body"], "what is not known is a marked blank"
    assert written["body"].endswith(f"<div><br></div>{SIGNATURE}")
    assert "请填写" in beside.page.locator(".body").inner_text(), "and the check names it"


def test_several_products_come_with_a_sheet(pane):
    beside = pane(mail("旧的\n", bodyType="text", subject="已有主题"))
    form = beside.tab("模板")
    form.get_by_label("这封邮件要说什么").wait_for()
    form.get_by_label("ASIN").fill("B08XYZ1234")
    form.get_by_role("button", name="再加一个商品").click()
    form.get_by_label("ASIN").nth(1).fill("B07ABCDEF1")
    form.get_by_role("button", name="写入邮件").click()
    beside.page.locator("footer button").first.wait_for()
    written = beside.mail
    assert written["subject"] == "已有主题", "what is there stays"
    assert [one["name"] for one in written["attachments"]] == ["补货明细.xlsx"]
    assert written["body"].endswith("\n\n旧的\n")
    assert not re.search("<div>", written["body"])


def test_a_reminder_is_kept_by_the_digest_alone(pane, service, pictures):
    beside = pane(mail(GOOD))
    form = beside.tab("提醒")
    form.get_by_role("button", name="1 周后").click()
    chosen = form.get_by_label("什么时候提醒").input_value()
    form.get_by_label("什么时候提醒").fill("2020-01-01T10:00")
    form.get_by_role("button", name="记下提醒").click()
    form.get_by_text("请选一个将来的时间").wait_for()
    form.get_by_label("什么时候提醒").fill(chosen)
    form.get_by_role("button", name="记下提醒").click()
    form.get_by_text("已记下").wait_for()
    beside.page.screenshot(path=pictures / "outlook-reminder-zh-light.png")
    review = json.loads(beside.mail["session"]["review"])
    with sqlite3.connect(service.state / "presend.db") as store:
        kept = store.execute("select digest, due from followups order by due desc").fetchall()
    assert review["report"]["digest"] in {digest for digest, _ in kept}


def test_key_and_language_are_kept_in_the_mailbox(pane, pictures):
    beside = pane(mail(GOOD, language="en-US"))
    form = beside.tab("Settings")
    assert "unencrypted in your mailbox" in form.inner_text()
    form.get_by_label("Key").fill(" presend_abc ")
    form.get_by_label("Language").select_option("zh")
    beside.page.screenshot(path=pictures / "outlook-settings-en-light.png")
    form.get_by_role("button", name="Save").click()
    beside.page.get_by_role("tab", name="检查").wait_for()
    assert beside.mail["roaming"] == {"presend": {"key": "presend_abc", "language": "zh"}}
    assert "roamingSettings.saveAsync" in beside.happened["calls"]


@pytest.mark.parametrize(
    ("scheme", "language", "width"), [("light", "zh-CN", 320), ("dark", "en-US", 320), ("dark", "zh-CN", 450)]
)
def test_every_tab_passes_axe_and_is_pictured(pane, pictures, scheme, language, width):
    beside = pane(mail(BLUNT, language=language), scheme, width)
    names = beside.page.get_by_role("tab").all_inner_texts()
    assert len(names) == 4
    for at, name in enumerate(names):
        beside.tab(name)
        beside.page.locator("footer button, .form button.main, #options button").first.wait_for()
        beside.page.screenshot(path=pictures / f"outlook-tab{at}-{language[:2]}-{scheme}-{width}.png")
        found = Axe().run(beside.page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert beside.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} is wider than the pane"
        )


def test_tabs_by_keyboard(pane):
    page = pane(mail(GOOD)).page
    page.get_by_role("tab", name="检查").focus()
    for name in ("模板", "提醒", "设置", "检查", "模板"):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.textContent") == name
        assert page.locator("[role=tab][aria-selected=true]").inner_text() == "检查"
    page.keyboard.press("Enter")
    assert page.locator("[role=tab][aria-selected=true]").inner_text() == "模板"
    page.get_by_label("ASIN").wait_for()

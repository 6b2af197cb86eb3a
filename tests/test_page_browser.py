"""The pages in a real browser: Debian's Chromium against the service on a free port, with axe-core for accessibility."""

import base64
import json
import os
import re
import shutil
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from serving import Service

from checker.body import MOST_TEXT

ROOT = Path(__file__).parent.parent
DRAFTS = ROOT / "examples" / "drafts"
CHROMIUM = shutil.which("chromium")
NOW = datetime.fromisoformat("2026-03-10T10:00:00+08:00")
# No sandbox: containers have none to give. The rest keeps the browser from calling home.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Full-width punctuation and characters of two UTF-16 units before, in and after the words that are found.
HARD = {
    "from": "\u738b\u82b3 <wang.fang@lantu-trade.cn>",
    "to": ["\U0001f600 \u674e\u5f3a <li.qiang@lantu-trade.cn>\uff0c\u9648\u6653 <chen.xiao@lantu-trade.con>"],
    "cc": [],
    "subject": "\U0001f4e6\u3010\u8865\u8d27\u3011B08XYZ123\uff1a\u5e93\u5b58\u544a\u6025\U0001f525",
    "text": "\u674e\u5f3a\uff1a\n\n\U0001f600\U00020bb7\u4f60\u4eec\u600e\u4e48\u53c8\u6ca1\u6709\u5907\u8d27\uff1f\U0001f525"
    "\u8bf7\u9a6c\u4e0a\u4e0b\u8fbe\uff12\uff10\uff10\u4ef6\uff08\u7535\u8bdd 13812345678\uff09\uff0c\u5728\u672c\u5468\u4e9417:00\u524d\u56de\u590d\uff01\n\n\u738b\u82b3",
}

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="chromium is not installed (make system)"
)


@contextmanager
def served(app):
    """The address at which an app answers, on a free port."""
    from waitress.server import create_server

    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    from checker.service import create_app
    from checker.service.settings import settings_of
    from checker.setup import set_up

    os.environ["PRESEND_STATE"] = str(tmp_path_factory.mktemp("state"))
    setup = set_up(ROOT / "examples" / "presend.toml")
    settings = replace(settings_of(setup.company.doors["service"]), per_address=0)  # all tests come from one address
    with served(create_app(setup, settings=settings, key=b"k" * 32, clock=lambda: NOW)) as address:
        yield address
    del os.environ["PRESEND_STATE"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "chromium is not installed (make system)"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser, service):
    """visit(path, …) -> a page that has no script error and asked no other host, or the test fails."""
    contexts, troubles = [], []

    def opened(path="/", *, language="zh-CN", width=1280, scheme="light", first=False, at=service):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale=language, color_scheme=scheme, accept_downloads=True
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=at)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("request", lambda one: None if one.url.startswith((at, "blob:")) else troubles.append(one.url))
        if not first:
            page.add_init_script("localStorage.setItem('presend-visited', 'yes')")
        page.goto(at + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles


def check(page, draft):
    """Types a draft and presses the button; the report as the service gave it."""
    for name in ("from", "subject", "text"):
        page.fill(f"#field-{name}", draft[name])
    for name in ("to", "cc"):
        page.fill(f"#field-{name}", ", ".join(draft[name]))
    with page.expect_response("**/v1/check") as answer:
        page.click("#check")
    read(page)
    return answer.value.json()["results"][0]


def read(page):
    page.wait_for_selector("body[data-view=read]:not(.busy)")


def marked(page, number):
    """The words that are marked for a finding, as they stand in the letter."""
    return "".join(page.locator(f'#letter a.mark[data-findings~="{number}"]').all_text_contents())


def drop(page, path):
    """Drops a file on the page, as a mouse would."""
    data = page.evaluate_handle(
        "([name, bytes]) => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array(bytes)], name)); return d; }",
        [path.name, list(path.read_bytes())],
    )
    for kind in ("dragenter", "dragover", "drop"):
        page.dispatch_event("#main", kind, {"dataTransfer": data})


# Marks.


def test_marks_of_the_example_mails(visit):
    page = visit()
    for path in sorted(DRAFTS.glob("*.eml")):
        with page.expect_response("**/v1/check") as answer:
            drop(page, path)
        page.wait_for_function("name => document.getElementById('name').textContent === name", arg=path.name)
        read(page)
        assert_marks(page, answer.value.json()["results"][0])


def test_marks_behind_emoji_and_full_width_punctuation(visit):
    page = visit()
    report = check(page, HARD)
    assert_marks(page, report)
    assert {f["rule"] for f in report["findings"]} >= {
        "asin/malformed", "recipients/typo-domain", "tone/blame", "sensitive/contact", "tone/blunt-urgency",
    }  # fmt: skip
    assert {f["span"]["part"] for f in report["findings"]} >= {"subject", "to", "text"}


def assert_marks(page, report):
    """Every finding with words has exactly its words marked; sensitive ones are masked in the report only."""
    for finding in report["findings"]:
        words = marked(page, finding["id"])
        if finding["span"]["readable"][0] == finding["span"]["readable"][1]:
            assert words == ""
        elif "*" in finding["text"]:
            assert re.fullmatch(re.escape(finding["text"]).replace(r"\*", "."), words)
        else:
            assert words.split() == finding["text"].split()


# Reading, fixing, checking again.


def test_a_fix_is_applied_and_checked_again(visit):
    page = visit()
    report = check(page, HARD)
    typo = next(f for f in report["findings"] if f["rule"] == "recipients/typo-domain")
    with page.expect_response("**/v1/check") as again:
        page.click(f"#finding-{typo['id']} button:has-text('\u91c7\u7528')")
    assert "recipients/typo-domain" not in {f["rule"] for f in again.value.json()["results"][0]["findings"]}
    read(page)
    assert "chen.xiao@lantu-trade.cn>" in page.text_content("#letter")
    assert page.evaluate("document.activeElement.matches('.card, #verdict-title')")
    page.click("#undo")
    page.wait_for_selector("#letter :text('chen.xiao@lantu-trade.con')")


def test_safe_fixes_are_applied_at_once(visit):
    page = visit()
    report = check(page, HARD)
    assert any(f["safe"] for f in report["findings"])
    page.click("#verdict .primary")
    page.wait_for_selector("#letter :text('138****5678')")
    assert page.locator("#verdict .primary").count() == 0
    page.click("#copy")
    page.wait_for_selector("#copied:not(:empty)")
    assert "138****5678" in page.evaluate("navigator.clipboard.readText()")


def test_a_dropped_mail_is_fixed_as_bytes(visit, tmp_path):
    page = visit()
    drop(page, DRAFTS / "blame-and-leak-zh.eml")
    read(page)
    page.click("#verdict .primary")
    page.wait_for_selector("#download:not([hidden])")
    with page.expect_download() as saved:
        page.click("#download")
    saved.value.save_as(tmp_path / "fixed.eml")
    before, after = (DRAFTS / "blame-and-leak-zh.eml").read_bytes(), (tmp_path / "fixed.eml").read_bytes()
    assert before != after
    assert before.splitlines()[0] == after.splitlines()[0]
    assert saved.value.suggested_filename == "blame-and-leak-zh.eml"


def test_a_finding_says_why(visit):
    page = visit()
    check(page, HARD)
    page.click(".card summary")
    page.wait_for_function("() => document.querySelector('.why-text').textContent.length > 5")
    assert "\u6682\u65f6\u8bfb\u4e0d\u5230" not in page.text_content(".why-text")


def test_a_good_mail_may_go(visit):
    page = visit(language="en")
    page.set_input_files("#file", DRAFTS / "restock-good-en.eml")
    read(page)
    assert page.text_content("#verdict-title") == "Ready to send"
    assert page.locator(".card").count() == 0
    assert page.locator(".all-well").count() == 1


# Hostile and large mails.

HOSTILE = {
    **HARD,
    "to": ['"><img src=x onerror=alert(1)> <a@b.cn>'],
    "subject": "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "text": "<svg onload=alert(3)>\u8bf7\u5c3d\u5feb\u5904\u7406</svg>&lt;b&gt; javascript:alert(4)",
}


def test_a_hostile_mail_stays_text(visit, tmp_path):
    html = f"<p onclick=alert(5)>{HOSTILE['text']}</p><script>alert(6)</script><iframe srcdoc='<script>alert(7)</script>'></iframe>"
    file = tmp_path / "<img src=x onerror=alert(8)>.json"
    for draft in (HOSTILE, {"subject": HOSTILE["subject"], "to": HOSTILE["to"], "html": html}):
        page = visit()
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        file.write_text(json.dumps(draft), "utf-8")
        page.set_input_files("#file", file)
        read(page)
        assert page.locator("#letter :is(img, script, svg[onload], iframe, b, p[onclick])").count() == 0
        assert HOSTILE["subject"] in page.text_content("#letter")


def test_findings_in_attachments_stand_by_their_file_and_cell(visit, tmp_path):
    from checker.workbook import write_xlsx

    rows = [
        ["ASIN", "\u53ef\u552e\u5e93\u5b58", "\u65e5\u5747\u9500\u91cf", "\u5e93\u5b58\u5929\u6570"],
        ["B08XYZ1234", 105, 15, 9],
    ]
    files = [("\u660e\u7ec6.xlsx", write_xlsx(rows)), ("\u53d1\u7968.pdf.exe", b"MZ")]
    attached = [{"name": name, "content": base64.b64encode(data).decode(), "size": len(data)} for name, data in files]
    (tmp_path / "a.json").write_text(json.dumps({**HARD, "attachments": attached}))
    page = visit()
    page.set_input_files("#file", tmp_path / "a.json")
    read(page)
    assert page.text_content(".file-places a.mark").split() == ["Sheet1!D2", "9"]
    assert "\u9644\u4ef6 \u660e\u7ec6.xlsx\uff0cSheet1!D2" in page.text_content("#findings")
    assert page.text_content(".file-name a.mark") == "\u53d1\u7968.pdf.exe"


def test_many_recipients_are_folded(visit):
    page = visit()
    check(page, {**HARD, "to": [f"u{i} <u{i}@example.com>" for i in range(300)]})
    shown = page.locator(".person:visible").count()
    assert shown < 30
    page.click("dd button")
    assert page.locator(".person:visible").count() >= 300


def test_a_long_body_is_shown_in_part(visit, tmp_path):
    mail = tmp_path / "long.eml"
    mail.write_bytes(
        b"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + b"All is well here today.\r\n" * 40_000
    )
    page = visit(language="en")
    page.set_input_files("#file", mail)
    read(page)
    assert len(page.text_content("#letter")) < 300_000
    assert "too large: body" in page.text_content("#incomplete")
    page.click("text=Show all of it")
    assert len(page.text_content("#letter")) >= MOST_TEXT


# When something is wrong.


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (413, {}, "too large"),
        (429, {"Retry-After": "7"}, "in 7 seconds"),
        (503, {"Retry-After": "1"}, "in 1 second."),
        (500, {}, "Something went wrong"),
        (0, {}, "cannot be reached"),
    ],
)
def test_a_service_that_does_not_answer_is_explained_and_the_draft_kept(visit, status, headers, words):
    page = visit(language="en")
    problem = {"status": status, "headers": headers, "content_type": "application/problem+json", "body": "{}"}
    page.route("**/v1/check", lambda route: route.fulfill(**problem) if status else route.abort())
    page.fill("#field-text", HARD["text"])
    page.click("#check")
    page.wait_for_selector(".problem")
    assert words in page.text_content(".problem")
    assert page.input_value("#field-text") == HARD["text"]
    page.unroute("**/v1/check")
    page.click(".problem button")
    read(page)


@contextmanager
def small_service(folder, **how):
    """A real `presend serve` with one thread that takes bodies up to 1 MB; its address with it."""
    running = Service(folder, policy="threads = 1\nmax_body_mb = 1\n", **how)
    try:
        yield running, f"http://127.0.0.1:{running.port}"
    finally:
        if running.process.poll() is None:
            running.stop()


def assert_refused(page, text, words):
    """Checks a text and waits until the page says so of the service's refusal; the text stays."""
    page.fill("#field-text", text)
    page.click("#check")
    page.locator(".problem", has_text=words).wait_for(timeout=60_000)
    assert page.input_value("#field-text") == text


@contextmanager
def no_free_thread(running, database):
    """The one thread of a service waits for the lock of its database (5 seconds at most), and does nothing else."""
    followup = json.dumps({"digest": "0" * 32, "due": "2026-03-12T17:00:00+08:00"})
    keep = partial(running.request, "POST", "/v1/followups", followup)
    assert keep()[0] == 200  # now the database is there
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor() as pool:
            kept = pool.submit(keep)
            time.sleep(0.3)
            assert not kept.done()
            yield
            other.execute("ROLLBACK")
            assert kept.result()[0] == 200


def again(page):
    page.click(".problem button")
    read(page)
    assert page.locator("#letter a.mark").count() > 0


def test_a_real_service_that_refuses_is_explained(visit, tmp_path):
    """Too large a body, a queue that is too long, no service any more; and the draft goes through afterwards."""
    database = tmp_path / "presend.db"
    with small_service(tmp_path, database=f"sqlite:///{database}") as (running, address):
        page = visit(language="en", at=address)
        assert_refused(page, "x" * 1_200_000, "too large")
        page.fill("#field-text", HARD["text"])
        with no_free_thread(running, database):
            page.click("#check")
            time.sleep(2.5)  # half a second more than a request may wait for a thread
        page.locator(".problem", has_text="in 5 seconds").wait_for(timeout=60_000)
        assert page.input_value("#field-text") == HARD["text"]
        again(page)
        running.stop()
        page.click("#edit")
        assert_refused(page, HARD["text"], "cannot be reached")


def test_a_real_service_that_is_asked_too_often_is_explained(visit, tmp_path):
    with small_service(tmp_path, rates="per_address = 5\n") as (running, address):
        page = visit(language="en", at=address)
        for _ in range(5):
            running.request("GET", "/v1/rules")
        assert_refused(page, HARD["text"], re.compile(r"in [1-6]?\d seconds?"))
        assert running.request("GET", "/v1/rules")[0] == 429


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """A service that wants a key of everybody: (address, a key that is good)."""
    from checker.service import create_app
    from checker.service.settings import settings_of
    from checker.setup import set_up
    from checker.store.store import Store

    setup = set_up(ROOT / "examples" / "presend.toml")
    settings = settings_of({**setup.company.doors["service"], "open_on_loopback": False})
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('locked')}/presend.db")
    app = create_app(setup, settings=settings, store=store, key=b"k" * 32, clock=lambda: NOW, wait_until_warm=False)
    with served(app) as address:
        yield address, store.add_key("a reader", NOW)[1]


@pytest.mark.parametrize("path", ["/", "/rules", "/stats"])
def test_a_key_is_asked_for_and_used(visit, locked, path):
    address, key = locked
    page = visit(path, language="en", at=address)
    if path == "/":
        page.fill("#field-text", HARD["text"])
        page.click("#check")
    page.wait_for_selector("#key")
    assert page.text_content("#main").count("B08XYZ1234") == 0
    page.fill("#key", "presend_wrong")
    page.press("#key", "Enter")
    page.wait_for_selector("#key:not(:focus)")
    page.fill("#key", key)
    page.press("#key", "Enter")
    settled(page, path)
    page.wait_for_selector("#problem:empty", state="attached")


def test_a_draft_that_is_none_is_told(visit, tmp_path):
    (tmp_path / "a.json").write_text('{"subject": 3}')
    page = visit(language="en")
    page.set_input_files("#file", tmp_path / "a.json")
    page.wait_for_selector(".problem")
    assert "subject" in page.text_content(".problem li")


def test_nothing_to_check_is_said_beside_the_field(visit):
    page = visit(language="en")
    page.click("#check")
    assert "nothing to check" in page.text_content("#form-note")
    assert page.evaluate("document.activeElement.id") == "field-text"


# Visitors, languages, keyboards, phones.


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_first_visit_shows_an_example_with_findings(visit, language):
    page = visit(f"/?lang={language}", first=True)
    read(page)
    assert page.locator(".card").count() >= 4
    assert page.is_visible("#example-note")
    page.click("#own")
    assert page.input_value("#field-text") == ""
    assert page.evaluate("document.activeElement.id") == "field-from"


def test_the_language_is_switched_and_remembered(visit):
    page = visit(language="zh-CN")
    assert page.get_attribute("html", "lang") == "zh-CN"
    page.click("text=English")
    page.goto(page.url.split("?")[0])
    assert page.get_attribute("html", "lang") == "en"
    report = check(page, HARD)
    assert "domain" in next(f["message"] for f in report["findings"] if f["rule"] == "recipients/typo-domain")


def test_all_of_it_works_with_the_keyboard_alone(visit):
    page = visit(language="en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    typed = ["from", "to", "cc", "subject", "text"]
    for name in typed:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == name
        value = HARD[name]
        page.keyboard.insert_text(", ".join(value) if isinstance(value, list) else value)
    page.keyboard.press("Control+Enter")
    read(page)
    assert page.evaluate("document.activeElement.id") == "verdict-title"
    assert "Do not send" in page.text_content("#live")
    tab_until(page, "document.activeElement.matches('#letter a.mark')")
    number = page.evaluate("document.activeElement.dataset.findings.split(' ')[0]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == f"finding-{number}"
    tab_until(page, "document.activeElement.matches('.card-actions > button.small')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#undo:not([hidden])")
    read(page)
    assert page.text_content("#live").startswith("Changed")


def tab_until(page, reached):
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    pytest.fail(f"not reached with Tab: {reached}")


@pytest.mark.parametrize("path", ["/", "/rules", "/stats"])
def test_nothing_is_wider_than_the_window(visit, path):
    page = visit(path, width=360, first=True)
    settled(page, path)
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def settled(page, path):
    if path == "/":
        read(page)
    else:
        page.wait_for_selector("[data-from]:not([aria-busy])")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "language"), [("/", "zh-CN"), ("/", "en"), ("/rules?family=asin", "en"), ("/stats", "zh-CN")]
)
def test_axe_finds_nothing(visit, path, language, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, language=language, scheme=scheme, first=True)
    settled(page, path)
    assert_accessible(Axe(), page)
    if path == "/":
        page.click("#own")
        assert_accessible(Axe(), page)


def assert_accessible(axe, page):
    found = axe.run(page).response["violations"]
    assert not [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]


# The catalogue.


def test_the_catalogue_is_filtered_and_the_address_keeps_the_filter(visit):
    page = visit("/rules", language="en")
    settled(page, "/rules")
    everything = page.locator(".rule:visible").count()
    page.select_option("#family", "tone")
    page.select_option("#severity", "error")
    assert page.locator(".rule:visible").all_text_contents()
    assert page.locator(".rule:visible").count() == 1
    assert "family=tone" in page.url
    page.reload()
    settled(page, "/rules")
    assert page.locator(".rule:visible").count() == 1
    page.fill("#search", "no rule says this")
    assert page.is_visible("#none")
    page.click("#reset")
    assert page.locator(".rule:visible").count() == everything


def test_a_rule_has_an_address(visit):
    page = visit("/rules?family=tone#deadline/past")
    settled(page, "/rules")
    assert page.evaluate("document.activeElement.id") == "deadline/past"
    assert page.is_visible("[id='deadline/past']")


# Letting a finding stand, and telling that it is wrong.

# Complete, but for blame and a name alone under it: two warnings, which a sender may let stand.
BLUNT = {
    "from": "王芳 <wang.fang@lantu-trade.cn>",
    "to": ["李强 <li.qiang@lantu-trade.cn>"],
    "cc": ["陈晓 <chen.xiao@lantu-trade.cn>"],
    "subject": "【补货】B08XYZ1234 请采购345件",
    "text": "李强\uff0c您好\uff1a\n\nB08XYZ1234 当前库存105件\uff0c日均销量15件\uff0c库存天数7天\uff0c预计3月17日断货\u3002"
    "请采购345件\uff0c覆盖30天\u3002\n都是你们的错\u3002\n您是否方便在3月12日17:00前回复\uff1f\n\n王芳",
}


def keep_with_a_reason(page, card, reason):
    """The report on the mail with that finding overridden, as the service gave it."""
    card.locator("button[aria-expanded]").click()
    card.locator("textarea").fill(reason)
    with page.expect_response("**/v1/check") as again:
        card.locator("form .small").click()
    read(page)
    return again.value.json()["results"][0]


def test_what_is_kept_with_a_reason_may_go_and_a_manager_reads_why(visit):
    page = visit()
    report = check(page, BLUNT)
    assert report["verdict"] == "confirm"
    assert [f["rule"] for f in report["findings"]] == ["tone/blame", "body/unsigned"]
    open_ones = page.locator(".card-warning:not(.card-waived)")
    open_ones.first.locator("button[aria-expanded]").click()
    open_ones.first.locator("form .small").click()
    page.wait_for_selector("[role=alert]:has-text('请写一句理由')")
    page.locator("form.reason:not([hidden]) .quiet").click()
    assert keep_with_a_reason(page, open_ones.first, "供应商要求的措辞")["verdict"] == "confirm"
    assert keep_with_a_reason(page, open_ones.first, "自己人之间不署名")["verdict"] == "allow"
    assert page.locator("#verdict .verdict-allow").count() == 1
    assert page.locator(".card-waived .badge").count() == 2
    assert page.locator("button[aria-expanded]").count() == 0
    page.click("#edit")
    with page.expect_response("**/v1/check") as changed:
        page.fill("#field-text", BLUNT["text"].replace("您好", "早上好"))
        page.click("#check")
    assert changed.value.json()["results"][0]["verdict"] == "confirm"  # void once the mail changes
    managers = visit("/stats")
    managers.wait_for_selector("#figures :text('自己人之间不署名')")
    assert managers.locator("#figures :text('供应商要求的措辞')").count() == 1  # one reason, once
    assert "都是你们的错" not in managers.content()


def test_a_finding_that_is_wrong_is_told_by_its_rule(visit):
    page = visit()
    finding = next(f for f in check(page, BLUNT)["findings"] if f["rule"] == "tone/blame")
    with page.expect_response("**/v1/feedback") as told:
        page.locator(f"#finding-{finding['id']} .telling button").nth(1).click()
    assert told.value.status == 200
    page.wait_for_selector(f"#finding-{finding['id']} :text('谢谢，已记录')")
    assert page.evaluate("document.activeElement.closest('.telling') !== null")
    managers = visit("/stats")
    row = managers.locator("section[aria-labelledby=feedback-title] tr", has_text="tone/blame")
    row.wait_for()
    assert row.locator(".number").first.text_content() == "1"


def test_a_dropped_mail_cannot_carry_an_override(visit):
    page = visit()
    drop(page, DRAFTS / "blame-and-leak-zh.eml")
    read(page)
    assert page.locator(".card-warning").count() > 0
    assert page.locator(".telling").count() > 0
    assert page.locator("button[aria-expanded]").count() == 0

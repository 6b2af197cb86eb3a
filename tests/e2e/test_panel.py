"""The panel alone, in Chromium, over a made-up service: what a user of any mail client sees and can do."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, wanted
from playwright.sync_api import sync_playwright

GALLERY = ROOT / "addin" / ".gallery" / "gallery.html"
CHROMIUM = "/usr/bin/chromium"
STATES = ("errors", "warnings", "clear", "away", "key")


@pytest.fixture(scope="module")
def browser():
    wanted(GALLERY.is_file(), "the built add-ins (make addin)")
    wanted(shutil.which(CHROMIUM) is not None, "Debian's chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def gallery(browser):
    """gallery(state, …) -> a page with the panel; a script error fails the test."""
    pages, errors = [], []

    def opened(state, scheme="light", lang="en", **more):
        page = browser.new_page(viewport={"width": 440, "height": 640}, color_scheme=scheme)
        page.on("pageerror", lambda error: errors.append(str(error)))
        query = "&".join(f"{key}={value}" for key, value in {"state": state, "lang": lang, **more}.items())
        page.goto(f"{GALLERY.as_uri()}?{query}")
        page.locator("footer, #key").wait_for()
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert errors == []


def focused(page):
    return page.evaluate("document.getElementById('host').shadowRoot.activeElement?.getAttribute('name')")


@pytest.mark.parametrize(("scheme", "lang"), [("light", "zh"), ("dark", "en")])
def test_every_state_passes_axe_and_is_pictured(gallery, pictures, scheme, lang):
    for state in STATES:
        page = gallery(state, scheme, lang)
        if state == "warnings":
            page.locator("[name=anyway]").click()
            page.locator("[name=send]").click()
        page.screenshot(path=pictures / f"panel-{state}-{lang}-{scheme}.png")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"


def test_at_most_five_findings_and_the_rest_counted(gallery):
    page = gallery("errors")
    assert page.locator("li").count() == 5
    assert page.locator("h2").all_inner_texts() == ["Has to change", "Please confirm", "For your information"]
    page.get_by_role("button", name="2 more").click()
    assert page.locator("li").count() == 7
    assert page.locator("[name=more]").count() == 0


def test_the_words_stand_in_every_finding_that_has_some(gallery):
    page = gallery("errors")
    cards = page.locator("li").all_inner_texts()
    assert any("1101**********1234" in card for card in cards), "quoted, where the message does not"
    assert sum(card.count("Please handle this ASAP") for card in cards) == 1, "and once, where it does"


def test_the_page_around_it_cannot_reach_the_panel(gallery):
    page = gallery("warnings")
    title, button = page.locator("h1"), page.locator("[name=anyway]")
    assert button.is_visible(), "the page hides all buttons"
    style = "e => { const s = getComputedStyle(e); return [s.fontSize, s.letterSpacing, s.color]; }"
    size, spacing, color = title.evaluate(style)
    assert (size, spacing) == ("17px", "normal")
    assert color != "rgb(255, 0, 0)"


def test_by_keyboard_alone_with_a_reason(gallery):
    page = gallery("warnings", modal="")
    assert page.evaluate("document.getElementById('host').shadowRoot.activeElement.id") == "title"
    for _ in range(30):
        if focused(page) == "anyway":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "reason"
    for name in ("send", "back", "close"):
        page.keyboard.press("Tab")
        assert focused(page) == name
    while focused(page) != "reason":
        page.keyboard.press("Tab")
    page.keyboard.type("agreed on the phone")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("window.shell.sent === 1")
    asked = page.evaluate("window.net.asked.at(-1)")
    assert asked["path"] == "/v1/overrides"
    assert {one["reason"] for one in asked["body"]["findings"]} == {"agreed on the phone"}


def test_an_empty_reason_is_asked_for_and_announced(gallery):
    page = gallery("warnings")
    page.locator("[name=anyway]").click()
    page.locator("[name=send]").click()
    alert = page.get_by_role("alert")
    assert alert.inner_text() == "Please give a reason first."
    assert focused(page) == "reason"
    assert page.evaluate("window.shell.sent") == 0


def test_modal_keeps_the_focus_and_escape_closes(gallery):
    page = gallery("errors", modal="")
    names = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "host"
        names.add(focused(page))
    assert {"close", "safe", "back", "wrong-1"} <= names
    page.keyboard.press("Escape")
    assert page.evaluate("window.closes") == 1


def test_binding_findings_leave_no_way_to_send_but_one_that_is_told(gallery):
    page = gallery("errors")
    assert page.locator("[name=anyway]").count() == 0
    page.get_by_text("What if it cannot wait?").click()
    assert page.get_by_text("webmail").is_visible()
    assert page.get_by_text("IT desk, 8001").is_visible()


def test_safe_fixes_at_once_then_send(gallery):
    page = gallery("errors")
    page.get_by_role("button", name="Apply all safe fixes (1)").click()
    page.get_by_role("heading", name="Good to go").wait_for()
    assert page.evaluate("window.shell.draft.text") == "fixed"
    assert "checked again" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("window.shell.sent === 1")


def test_this_is_wrong_is_told_once(gallery):
    page = gallery("warnings")
    page.locator("[name=wrong-2]").click()
    page.locator("li").get_by_text("Reported, thank you").wait_for()
    assert page.locator("[name=wrong-2]").count() == 0
    assert page.evaluate("window.net.asked.at(-1).path") == "/v1/feedback"


@pytest.mark.parametrize(("unavailable", "can_send"), [("confirm", True), ("block", False)])
def test_not_checked_is_said_and_the_policy_decides(gallery, unavailable, can_send):
    page = gallery("away", unavailable=unavailable)
    assert page.locator("h1").inner_text() == "This mail was not checked"
    assert (page.locator("[name=send]").count() == 1) is can_send
    if not can_send:
        assert "webmail" in page.locator(".body").inner_text()
        assert "IT desk, 8001" in page.locator(".body").inner_text()


def test_the_settings_page_keeps_a_key_and_says_the_risk(gallery, pictures):
    page = gallery("options")
    assert Axe().run(page).violations_count == 0
    assert "unencrypted" in page.locator("label[for=key]").inner_text()
    page.get_by_label("Key").fill(" new ")
    page.get_by_label("Language").select_option("zh")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert page.evaluate("window.saved") == {"key": "new", "language": "zh"}
    page.screenshot(path=pictures / "options.png")


def test_the_settings_page_leaves_the_administrators_settings_alone(gallery):
    page = gallery("options", managed="")
    assert page.locator("#key").is_disabled()
    assert page.locator("#language").is_disabled()
    assert "Set by your administrator." in page.locator("label[for=key]").inner_text()

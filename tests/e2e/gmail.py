"""The real extension in Debian's Chromium, on a page that imitates Gmail's and stands under Gmail's own address."""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
URL = "https://mail.google.com/mail/u/0/"
_PAGE = Path(__file__).with_name("gmail.html")
# Gmail's own rule for scripts that write markup; ours has to live with it.
_HEADERS = {"Content-Security-Policy": "require-trusted-types-for 'script'", "Content-Type": "text/html; charset=utf-8"}


def installed() -> bool:
    """Whether Debian's chromium is there."""
    return shutil.which(CHROMIUM) is not None


class Gmail:
    """A browser with the extension; `page()` opens a Gmail, which is closed by the next one."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.errors: list[str] = []
        # What the worker sent to the service: drafts as JSON, by the path they went to.
        self.asked: list[tuple[str, Any]] = []
        context.on("request", self._keep)
        worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        self.origin = worker.url.rpartition("/")[0]
        self.shown: Page | None = None

    def page(self, lang: str = "en", scheme: str = "light", size: tuple[int, int] = (1280, 760)) -> Page:
        if self.shown:
            self.shown.close()
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(f"{URL}?hl={lang}")
        self.shown = page
        return page

    def _keep(self, request: Request) -> None:
        if request.method == "POST":
            self.asked.append((request.url.rpartition("/")[2], request.post_data_json))

    def press_button(self) -> None:
        """What the button in the browser's toolbar does: a headless browser has none."""
        script = "chrome.tabs.query({}).then((tabs) => { for (const { id } of tabs) chrome.tabs.sendMessage(id, 'look').catch(() => {}); })"
        self._extension_page(script)

    def in_content_script(self, script: str) -> Any:
        """What an expression gives in the extension's own world in the page."""
        assert self.shown is not None
        session = self.context.new_cdp_session(self.shown)
        worlds: list[dict[str, Any]] = []
        session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
        session.send("Runtime.enable")
        (world,) = [one["id"] for one in worlds if one["origin"].startswith("chrome-extension://")]
        answer = session.send(
            "Runtime.evaluate", {"expression": script, "contextId": world, "awaitPromise": True, "returnByValue": True}
        )
        session.detach()
        return answer["result"].get("value")

    def store(self, settings: dict[str, Any]) -> None:
        """What a user entered in the settings page."""
        self._extension_page(
            f"chrome.storage.local.clear().then(() => chrome.storage.local.set({json.dumps(settings)}))"
        )

    def stop_worker(self) -> None:
        """Ends the extension's worker, as the browser does when it is idle; the next message starts another."""
        browser = self.context.browser
        page = self.context.new_page()
        page.goto(f"{self.origin}/options.html")
        session = self.context.new_cdp_session(page)
        assert browser is None or browser.is_connected()
        for target in session.send("Target.getTargets")["targetInfos"]:
            if target["type"] == "service_worker":
                session.send("Target.closeTarget", {"targetId": target["targetId"]})
        page.close()

    def update(self) -> None:
        """What an update of the extension does to pages that are open: their script is left without a worker.

        The browser does not load the new one here: it is no use any more.
        """
        self.context.service_workers[-1].evaluate("void setTimeout(() => chrome.runtime.reload(), 50)")
        for _ in range(100):
            if not self.in_content_script("chrome.runtime?.id"):
                return
            time.sleep(0.05)
        raise AssertionError("the page's script still has its worker")

    def _extension_page(self, script: str) -> Any:
        page = self.context.new_page()
        page.goto(f"{self.origin}/options.html")
        answer = page.evaluate(script)
        page.close()
        return answer


@contextmanager
def running(archive: Path, folder: Path) -> Iterator[Gmail]:
    """Chromium with the extension of that zip, unpacked as a user unpacks it."""
    unpacked = folder / "extension"
    with zipfile.ZipFile(archive) as files:
        files.extractall(unpacked)
    arguments = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", f"--disable-extensions-except={unpacked}", f"--load-extension={unpacked}",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder / "profile", executable_path=CHROMIUM, headless=True, args=arguments, locale="en-US"
        )
        html = _PAGE.read_text("utf-8")
        context.route("https://mail.google.com/**", lambda route: route.fulfill(headers=_HEADERS, body=html))
        try:
            yield Gmail(context)
        finally:
            context.close()


def compose(page: Page, **parts: Any) -> int:
    """Opens a compose window; gives its number."""
    number: int = page.evaluate("(parts) => compose(parts)", parts)
    return number


def window(page: Page, number: int = 0) -> Locator:
    """The compose window with that number."""
    return page.locator(".M9, .adB").nth(number)


def sent(page: Page) -> list[dict[str, Any]]:
    """What Gmail was made to send."""
    found: list[dict[str, Any]] = page.evaluate("sent")
    return found

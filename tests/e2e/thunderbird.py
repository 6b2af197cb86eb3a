"""The real Thunderbird, headless: an administrator's policies, a profile with one account, compose windows, our popup."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marionette import Marionette, MarionetteError
from ports import free_port

ADDIN = "thunderbird@presend"
PROGRAM = Path("/usr/lib/thunderbird")
WAIT = 90  # seconds for anything to happen; only a broken run takes them, or a machine at half its pace

_PREFERENCES: dict[str, Any] = {
    "mail.accountmanager.accounts": "account1,account2",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.accountmanager.localfoldersserver": "server2",
    "mail.account.account1.server": "server1",
    "mail.account.account1.identities": "id1",
    "mail.account.account2.server": "server2",
    "mail.server.server1.type": "pop3",
    "mail.server.server1.hostname": "127.0.0.1",
    "mail.server.server1.port": 1,
    "mail.server.server1.userName": "wang.fang",
    "mail.server.server1.login_at_startup": False,
    "mail.server.server1.check_new_mail": False,
    "mail.server.server2.type": "none",
    "mail.server.server2.hostname": "Local Folders",
    "mail.server.server2.userName": "nobody",
    "mail.identity.id1.useremail": "wang.fang@lantu-trade.cn",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.doFcc": False,
    "mail.identity.id1.valid": True,
    "mail.smtpservers": "smtp1",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.warn_on_send_accel_key": False,
    "mail.compose.attachment_reminder": False,
    "mail.SpellCheckBeforeSend": False,
    "mail.spotlight.firstRunDone": True,
    "mail.rights.version": 1,
    "mailnews.start_page.enabled": False,
    "app.update.enabled": False,
    "app.donation.eoy.version.viewed": 999,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "extensions.blocklist.enabled": False,
    "extensions.update.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    # The background is stopped between two tests, as it is in a user's day: nothing may live in its memory.
    "extensions.background.idle.timeout": 5000,
    "intl.accept_languages": "en-US, en",
}


class Thunderbird:
    """One running Thunderbird. Windows are named by their outer id."""

    def __init__(self, folder: Path, smtp_port: int, policies: dict[str, Any]) -> None:
        self.folder = folder
        profile = folder / "profile"
        profile.mkdir(parents=True)
        port = free_port()
        preferences = {
            **_PREFERENCES,
            "marionette.port": port,
            "mail.smtpserver.smtp1.port": smtp_port,
            "mail.identity.id1.fullName": "王芳",
        }
        lines = [f'user_pref("{name}", {_as_js(value)});' for name, value in preferences.items()]
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        binary = _with_policies(PROGRAM, folder / "program", policies)
        command = [
            str(binary),
            "--headless",
            "--profile",
            str(profile),
            "--no-remote",
            "--marionette",
            "--remote-allow-system-access",
        ]
        environment = {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8", "MOZ_CRASHREPORTER_DISABLE": "1"}
        self._log = (folder / "thunderbird.log").open("wb")
        self._process = subprocess.Popen(
            command, env=environment, stdout=self._log, stderr=self._log, start_new_session=True
        )
        self.marionette = self._connected(port)
        self.run(
            "while (!Services.wm.getMostRecentWindow('mail:3pane')) await new Promise(r => Services.tm.dispatchToMainThread(r));"
        )

    def run(self, script: str, *arguments: Any) -> Any:
        return self.marionette.run(_PRELUDE + script, *arguments)

    def wait_for_addin(self) -> list[str]:
        """Waits until the policy has installed the add-in; gives the warnings of the manifest's real parser."""
        self.wait(lambda: self.run("return !!WebExtensionPolicy.getByID(a[0])?.active;", ADDIN), "the installed add-in")
        return self.run("return WebExtensionPolicy.getByID(a[0]).extension.warnings;", ADDIN)

    def compose(
        self, *, to: str, subject: str, body: str, cc: str = "", html: bool = True, files: tuple[Path, ...] = ()
    ) -> int:
        """Opens a compose window with a draft in it."""
        return self.run(_COMPOSE, to, cc, subject, body, html, [str(file) for file in files])

    def reply(self, original: str, *, to: str, body: str) -> int:
        """Files a mail in Local Folders and opens an answer to it."""
        return self.run(_REPLY, original, to, body)

    def take_button_away(self, window: int) -> None:
        """What a user does who customises the toolbar."""
        self.run("win(a[0]).document.querySelector(`[data-extensionid='${a[1]}']`).remove();", window, ADDIN)

    def press_send(self, window: int) -> None:
        self.run("const w = win(a[0]); w.setTimeout(() => w.goDoCommand('cmd_sendNow'), 0);", window)

    def is_open(self, window: int) -> bool:
        return bool(self.run("return !!win(a[0]);", window))

    def is_locked(self, window: int) -> bool:
        return bool(
            self.run(
                "const w = win(a[0]); return w.gWindowLocked === true || w.document.getElementById('msgSubject').disabled;",
                window,
            )
        )

    def body(self, window: int) -> str:
        return self.run("return win(a[0]).GetCurrentEditor().outputToString('text/html', 0);", window)

    def set_body(self, window: int, content: str) -> None:
        """What a user who types over everything leaves."""
        self.run("const e = win(a[0]).GetCurrentEditor(); e.selectAll(); e.insertHTML(a[1]);", window, content)

    def subject(self, window: int) -> str:
        return self.run("return win(a[0]).document.getElementById('msgSubject').value;", window)

    def close(self, window: int) -> None:
        self.run("win(a[0]).gContentChanged = false; win(a[0]).close();", window)

    def press_check(self, window: int) -> None:
        """The button in the compose window's toolbar."""
        self.run("win(a[0]).document.querySelector('[data-extensionid=\"thunderbird@presend\"]').click();", window)

    def panel(self, window: int, script: str, *arguments: Any) -> Any:
        """Runs in our popup of that window; `root` is the panel's shadow root. null while there is no panel."""
        return self.run(_PANEL, window, script, list(arguments))

    def click(self, window: int, name: str) -> None:
        """Clicks a button of the panel. Not waited for: it may close the popup that would answer."""
        self.wait(
            lambda: self.panel(window, "return !!root.querySelector(`[name='${a[0]}']:not([aria-disabled])`);", name),
            f"a button {name}",
        )
        self.panel(
            window, "const b = root.querySelector(`[name='${a[0]}']`); content.setTimeout(() => b.click(), 20);", name
        )

    def text(self, window: int) -> str:
        return self.panel(window, "return root.querySelector('.panel').innerText;") or ""

    def wait(self, holds: Any, what: str) -> Any:
        """Asks until it holds. Fails with what was waited for, and what the panel shows."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            if result := holds():
                return result
            time.sleep(0.05)
        raise AssertionError(f"not within {WAIT} s: {what}")

    def see(self, window: int, words: str) -> str:
        """Waits until the panel says something; gives all that it says."""
        try:
            return self.wait(lambda: (words in (said := self.text(window))) and said, f"“{words}” in the panel")
        except AssertionError as error:
            raise AssertionError(f"{error}; it says: {self.text(window)!r}") from None

    def picture(self, window: int, path: Path) -> None:
        """A picture of the panel as Thunderbird draws it."""
        keep(self.run(_PICTURE, window), path)

    def quit(self) -> None:
        with contextlib.suppress(MarionetteError, OSError):
            self.marionette.send("Marionette:Quit", {"flags": ["eForceQuit"]})
        self.marionette.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        self._log.close()

    def _connected(self, port: int) -> Marionette:
        end = time.monotonic() + 2 * WAIT
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError, MarionetteError):
                return Marionette(port)
            time.sleep(0.1)
        os.killpg(self._process.pid, signal.SIGKILL)
        raise AssertionError(
            "Thunderbird did not start:\n" + (self.folder / "thunderbird.log").read_text(errors="replace")[-2000:]
        )


_PRELUDE = """
const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
const id = w => w.docShell.outerWindowID;
const win = wanted => [...Services.wm.getEnumerator('msgcompose')].find(w => id(w) === wanted);
const tick = () => new Promise(r => { const t = Cc['@mozilla.org/timer;1'].createInstance(Ci.nsITimer); t.initWithCallback(r, 30, 0); tick.kept = t; });
const popup = w => w.document.querySelector('browser.webextension-popup-browser')
  ?? [...Services.wm.getEnumerator(null)].map(o => o.document.querySelector('browser[src^="moz-extension"], tabpanels browser, #requestFrame')).find(b => b?.currentURI?.spec.includes('popup.html'));
"""
_COMPOSE = """
const [to, cc, subject, body, html, files] = a;
const fields = Cc['@mozilla.org/messengercompose/composefields;1'].createInstance(Ci.nsIMsgCompFields);
Object.assign(fields, { to, cc, subject, body });
for (const path of files) {
  const attachment = Cc['@mozilla.org/messengercompose/attachment;1'].createInstance(Ci.nsIMsgAttachment);
  const file = await IOUtils.getFile(path);
  Object.assign(attachment, { url: Services.io.newFileURI(file).spec, name: file.leafName, size: file.fileSize });
  fields.addAttachment(attachment);
}
const params = Cc['@mozilla.org/messengercompose/composeparams;1'].createInstance(Ci.nsIMsgComposeParams);
params.composeFields = fields;
params.format = html ? Ci.nsIMsgCompFormat.HTML : Ci.nsIMsgCompFormat.PlainText;
params.type = Ci.nsIMsgCompType.New;
params.identity = MailServices.accounts.allIdentities[0];
const before = new Set([...Services.wm.getEnumerator('msgcompose')].map(id));
MailServices.compose.OpenComposeWindowWithParams(null, params);
let opened;
while (!(opened = [...Services.wm.getEnumerator('msgcompose')].find(w => !before.has(id(w)) && w.composeEditorReady))) await tick();
return id(opened);
"""
_REPLY = """
const [original, to, body] = a;
const root = MailServices.accounts.localFoldersServer.rootFolder;
const inbox = root.containsChildNamed('thread') ? root.getChildNamed('thread') : (root.createSubfolder('thread', null), root.getChildNamed('thread'));
inbox.QueryInterface(Ci.nsIMsgLocalMailFolder);
const header = inbox.addMessage(original);
const before = new Set([...Services.wm.getEnumerator('msgcompose')].map(id));
const main = Services.wm.getMostRecentWindow('mail:3pane');
await main.ComposeMessage(Ci.nsIMsgCompType.Reply, Ci.nsIMsgCompFormat.Default, inbox, [inbox.getUriForMsg(header)]);
let opened;
while (!(opened = [...Services.wm.getEnumerator('msgcompose')].find(w => !before.has(id(w)) && w.composeEditorReady))) await tick();
opened.SetComposeDetails({ to, body });
return id(opened);
"""
# The popup may be gone, or not yet drawn, at any moment: then the answer is null.
_PANEL = """
const [window, script, given] = a;
const browser = win(window) && popup(win(window));
if (!browser?.messageManager) return null;
const answer = new Promise(resolve => {
  const listener = { receiveMessage: m => { browser.messageManager.removeMessageListener('e2e', listener); resolve(m.data); } };
  browser.messageManager.addMessageListener('e2e', listener);
  browser.addEventListener('unload', () => resolve([null]), { once: true });
  (async () => { for (let i = 0; i < 30; i++) await tick(); resolve([null]); })();
});
const code = `{ const a = ${JSON.stringify(given)}; const host = content.document.getElementById('panel');
  const root = host && (host.openOrClosedShadowRoot ?? host.shadowRoot);
  let value = null; try { value = root && root.querySelector('.panel') ? (() => { ${script} })() : null; } catch (e) { value = 'ERROR ' + e; }
  sendAsyncMessage('e2e', [value ?? null]); }`;
browser.messageManager.loadFrameScript('data:text/javascript;charset=utf-8,' + encodeURIComponent(code), false);
return (await answer)[0];
"""
_PICTURE = """
const browser = popup(win(a[0]));
let width = 0, height = 0;
for (let same = 0; same < 8; await tick()) {  // the popup grows with what is in it
  const now = browser.getBoundingClientRect();
  same = now.width === width && now.height === height ? same + 1 : 0;
  ({ width, height } = now);
}
const bitmap = await browser.browsingContext.currentWindowGlobal.drawSnapshot(new DOMRect(0, 0, width, height), 2, 'white');
const canvas = win(a[0]).document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
canvas.width = bitmap.width; canvas.height = bitmap.height;
canvas.getContext('2d').drawImage(bitmap, 0, 0);
return canvas.toDataURL();
"""


def keep(picture: str, path: Path) -> None:
    """Writes a picture that a window gave as a data: URL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(picture.partition(",")[2]))


def _with_policies(program: Path, folder: Path, policies: dict[str, Any]) -> Path:
    """The installed program as links, and beside them an administrator's policies.json. Needs no root; gives the binary."""
    subprocess.run(["cp", "-as", str(program), str(folder)], check=True)
    for name in ("thunderbird", "thunderbird-bin"):  # where the binary itself lies is where it looks for the policies
        (folder / name).unlink()
        shutil.copy(program / name, folder / name)
    (folder / "distribution").mkdir()
    (folder / "distribution" / "policies.json").write_text(json.dumps(policies), "utf-8")
    return folder / "thunderbird"


def _as_js(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


@contextlib.contextmanager
def running(folder: Path, smtp_port: int, policies: dict[str, Any]) -> Iterator[Thunderbird]:
    """A Thunderbird that is gone afterwards, whatever happened."""
    thunderbird = Thunderbird(folder, smtp_port, policies)
    try:
        yield thunderbird
    finally:
        thunderbird.quit()


def installed() -> bool:
    return (PROGRAM / "thunderbird-bin").exists()

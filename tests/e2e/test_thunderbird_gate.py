"""The real Thunderbird, without an add-in, sending through the gate: its error dialog shows why a mail stays."""

import pytest
from conftest import wanted
from mailservers import Gate
from mailservers import running as kept_running
from test_thunderbird import BAD, CC, GOOD, SUBJECT, TO, sent, squeezed, words, written
from thunderbird import installed, keep, running

# A dialog of Thunderbird is a window of its own.
_DIALOG = """
const dialog = [...Services.wm.getEnumerator(null)].find(w => w.document.documentURI.includes('commonDialog'));
const said = dialog?.document.getElementById('infoBody')?.textContent;
"""
_PICTURE = """
if (!said) return null;
const [width, height] = [dialog.innerWidth, dialog.innerHeight];
const bitmap = await dialog.browsingContext.currentWindowGlobal.drawSnapshot(new DOMRect(0, 0, width, height), 2, 'white');
const canvas = dialog.document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
canvas.width = bitmap.width; canvas.height = bitmap.height;
canvas.getContext('2d').drawImage(bitmap, 0, 0);
return canvas.toDataURL();
"""


@pytest.fixture(scope="module")
def gate(one_sink, tmp_path_factory):
    policy = '[company]\ndomains = ["lantu-trade.cn"]\n[gate]\nworkers = 1\n'
    with kept_running(Gate(tmp_path_factory.mktemp("gate"), one_sink.port, policy)) as started:
        yield started


@pytest.fixture(scope="module")
def thunderbird(gate, tmp_path_factory):
    wanted(installed(), "Debian's thunderbird")
    with running(tmp_path_factory.mktemp("thunderbird"), gate.port, {"policies": {}}) as started:
        yield started


def test_the_reason_is_in_the_error_that_thunderbird_shows(thunderbird, sink, pictures):
    window = thunderbird.compose(to=TO, cc=CC, subject=SUBJECT, body=written(BAD, True))
    thunderbird.press_send(window)
    said = thunderbird.wait(lambda: thunderbird.run(_DIALOG + "return said;"), "the dialog")
    keep(thunderbird.run(_DIALOG + _PICTURE), pictures / "thunderbird-gate.png")
    assert (
        "The mail server responded:  presend\uff1a邮件没有发出\uff0c请先改正\uff1a\n1. “BO8XYZ1234”里把数字0写成了字母O\u3002"
        in said
    )
    assert "11010519491231002X" not in said
    assert sink.mails == []
    thunderbird.run(_DIALOG + "dialog.document.querySelector('dialog').acceptDialog();")
    thunderbird.wait(lambda: not thunderbird.is_locked(window), "a window that can be written in")

    thunderbird.set_body(window, written(GOOD, True))
    thunderbird.press_send(window)
    mail = sent(thunderbird, sink, window)
    assert words(mail) == squeezed(GOOD)
    assert mail["X-Presend"] == "checked"

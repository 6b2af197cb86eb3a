"""An Outlook made up: the built bundle in an engine like classic Outlook's, over the real service. See addin/test/fake-outlook.ts."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from conftest import ROOT

RUNNER = ROOT / "addin" / ".gallery" / "outlook-events.mjs"
SEND, CHANGED = "onMessageSend", "onMessageChanged"

TO = {"displayName": "李强", "emailAddress": "li.qiang@lantu-trade.cn"}
CC = {"displayName": "陈晓", "emailAddress": "chen.xiao@lantu-trade.cn"}
SUBJECT = "【确认】补寄配件的数量-ASIN B08XYZ1234"
SIGNATURE = "<p>王芳<br>运营助理<br>蓝途贸易有限公司<br>电话\uff1a0755-8888 6666 转 208</p>"
HELLO = "<p>李强\uff0c您好\uff1a</p>"
ASK = "<p>为了给客户补寄配件\uff0c请您在明天17:00前确认 ASIN {asin} 的配件数量\u3002</p>"
GOOD = HELLO + ASK.format(asin="B08XYZ1234") + SIGNATURE
BLUNT = HELLO + ASK.format(asin="B08XYZ1234") + "<p>这件事请马上处理\u3002</p>" + SIGNATURE
# An O for a 0, and an ID number across a tag: both can be fixed unread.
BAD = HELLO + ASK.format(asin="BO8XYZ1234") + "<p>客户身份证号\uff1a<b>110105</b>19491231002X\u3002</p>" + SIGNATURE
FIXED = HELLO + ASK.format(asin="B08XYZ1234") + "<p>客户身份证号\uff1a<b>110105********002X</b>\u3002</p>" + SIGNATURE


def mail(body: str = GOOD, **more: Any) -> dict[str, Any]:
    """A mail being written in Outlook."""
    return {"to": [TO], "cc": [CC], "subject": SUBJECT, "body": body, **more}


def attached(name: str, content: str, size: int, **more: Any) -> dict[str, Any]:
    """An attachment; content in base64."""
    made = {"id": name, "name": name, "size": size, "attachmentType": "file", "isInline": False}
    return {**made, "content": content, "format": "base64", **more}


class Ran(NamedTuple):
    """What came of the events: their answers, the mail afterwards, what Office.js was asked, the time in milliseconds."""

    answers: list[Any]
    mail: dict[str, Any]
    happened: dict[str, Any]
    milliseconds: int

    @property
    def answer(self) -> dict[str, Any]:
        assert len(self.answers) == 1
        return self.answers[0]


def run(addins: Path, written: dict[str, Any], *steps: Any, settings: dict[str, Any] | None = None) -> Ran:
    """Raises events over a mail: a step is a list of events at once, a change of the mail, or milliseconds to wait."""
    asked = {"script": str(addins / "outlook" / "launchevent.js"), "mail": written, "steps": steps or [[SEND]]}
    if settings is not None:
        asked["settings"] = settings
    done = subprocess.run(
        ["node", str(RUNNER)], input=json.dumps(asked), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    ran = Ran(**json.loads(done.stdout))
    assert ran.happened["wrong"] == []
    events = sum(len(step) for step in asked["steps"] if isinstance(step, list))
    assert len(ran.happened["completed"]) == events, "every event is completed exactly once"
    return ran

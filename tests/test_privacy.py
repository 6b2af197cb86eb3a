"""No output quotes a sensitive value: whatever rule, fact or file name holds it; nor does a repr, a log or an error."""

import base64
import dataclasses
import json
import logging

import pytest
from command import warm
from documents import docx, zipped

from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW
from checker.facts.facts import Facts
from checker.render.json import document
from checker.render.run import Look, Result, Run
from checker.render.text import render
from checker.workbook import write_xlsx

ID, PHONE, ORDER, SECRET = "11010519491231002X", "13798761234", "113-7654321-1234567", "Lantu@2026ops"
VALUES = (ID, PHONE, ORDER, SECRET)
SHEET = write_xlsx([["姓名", "身份证号"], ["张伟", ID], ["王海", ID]])


def content(data):
    return base64.b64encode(data).decode()


DRAFT = {
    **ENVELOPE,
    "to": ["Sam Lee <sam@swift-freight.com>"],
    "subject": f"【物流】{ORDER} 必须马上处理 {PHONE}",
    "html": f"<p title='{PHONE}'>Sam\uff0c你好\uff1a</p><p>你们必须马上给{PHONE}打电话\uff01订单{ORDER}\uff0c密码\uff1a{SECRET}\uff0c附件{ID}.xlsx今天{PHONE}前必须回复\uff01\uff01\uff01</p>",
    "attachments": [
        {"name": f"身份证{ID}.xlsx", "content": content(SHEET)},
        {"name": f"{PHONE}.docx", "content": content(docx(f"联系电话 {PHONE}"))},
        {"name": f"{ORDER}.zip", "content": content(zipped({f"{ID}.txt": f"身份证 {ID}", "b.zip": zipped({"c.txt": PHONE})}))},
        {"name": f"空{ID}.pdf", "content": content(b"%PDF-1.4 broken")},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def message():
    return from_draft(DRAFT)


@pytest.fixture(scope="module")
def report(message, ruleset, company):
    return check(message, ruleset, company, now=NOW, key=b"k")


def shown(words):
    return [value for value in VALUES if value in words]


def test_the_mail_has_all_of_them(report):
    kinds = {f.data["kind"] for f in report.findings if f.rule.startswith("sensitive/")}
    assert kinds == {"resident_id", "phone", "order", "password"}
    assert len({f.rule for f in report.findings if not f.rule.startswith("sensitive/")}) >= 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_neither_json_nor_text_quotes_a_value(report, language):
    run = Run("r", (Result("a.eml", report),), (), language, None)
    assert shown(json.dumps(document(run), ensure_ascii=False)) == []
    assert shown(render(run, Look(200, colour=False))) == []


def test_facts_of_the_command_quote_no_value(tmp_path):
    draft = tmp_path / "a.json"
    draft.write_text(json.dumps(DRAFT), "utf-8")
    for arguments in (["facts"], ["check"], ["check", "--format", "json"], ["fix", "--only", "sensitive/*"]):
        done = warm(*arguments, draft)
        said = (done.stdout + done.stderr).decode()
        assert shown(said) == [], arguments
        assert done.stdout, arguments


def objects(value, seen):
    """A value and all that it holds: dataclass fields, items of tuples and mappings, slots and cached properties."""
    if id(value) in seen or isinstance(value, (str, bytes, int, float, type(None))):
        return
    seen[id(value)] = value
    yield value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from objects(getattr(value, field.name), seen)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ():
        yield from objects(item, seen)
    if type(value).__module__.startswith("checker") and not isinstance(value, type):
        yield from objects(getattr(value, "__dict__", {}), seen)


def test_no_repr_tells_the_mail(message, report, ruleset, company):
    facts = Facts(message, company, NOW, ruleset.lexicon)
    names = [name for name in dir(Facts) if isinstance(getattr(Facts, name), property) or hasattr(getattr(Facts, name), "attrname")]  # fmt: skip
    assert "secrets" in names
    read = {name: getattr(facts, name) for name in names}
    every = [*objects(report, {}), *objects(message, {}), *objects(read, {})]
    assert len(every) > 200
    telling = {type(one).__name__ for one in every if type(one) not in (dict, tuple, list) and shown(repr(one))}
    assert telling == set()


def test_nothing_is_logged(message, ruleset, company, caplog):
    caplog.set_level(logging.DEBUG)
    check(message, ruleset, company, now=NOW)
    assert shown(caplog.text) == []


def test_what_could_not_be_read_is_told_by_its_masked_name(judge):
    bomb = zipped({"x.txt": "0" * 30_000_000})
    report = judge(attachments=[{"name": f"身份证{ID}.zip", "content": content(bomb)}], text="见附件")
    assert [(e.what, e.why) for e in report.incomplete] == [("身份证110105********002X.zip/x.txt", "size")]

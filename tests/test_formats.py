"""Reports for other programs: valid by their schemas, exact about places, and never a word that should be masked."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from test_cli import CONFIG, DRAFTS, presend

from checker.locate import in_eml
from checker.mime import from_eml
from checker.render import FORMATS, github, html, junit, sarif
from checker.render.run import Look, Result, Run
from checker.rule import Both

SCHEMAS = Path(__file__).parent / "schemas"
SECRETS = ("11010519491231002X", "13812345678", "113-1234567-7654321")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Every format of the example drafts, from one run, with an unreadable file among them."""
    folder = tmp_path_factory.mktemp("reports")
    broken = folder / "broken.json"
    broken.write_text("not json", "utf-8")
    wanted = [option for name in FORMATS for option in ("--format", f"{name}={folder / name}")]
    done = presend("check", DRAFTS, broken, *CONFIG, *wanted, PRESEND_SECRET="k" * 32)
    assert done.returncode == 2, done.stderr.decode()
    assert done.stdout == b""
    return {name: (folder / name).read_text("utf-8") for name in FORMATS}


def test_no_format_shows_a_sensitive_value(reports):
    assert "110105********002X" in reports["html"]
    for name, report in reports.items():
        for value in SECRETS:
            assert value not in report, name
            assert base64.b64encode(value.encode())[:-4].decode() not in report, name


def test_sarif_is_valid(reports):
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(reports["sarif"])
    jsonschema.validate(log, schema, cls=jsonschema.Draft4Validator)
    assert log["$schema"] == schema["id"]
    run = log["runs"][0]
    assert "codeFlows" not in reports["sarif"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "is not JSON" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["presend/v1"]


def results(report, name):
    found = json.loads(report)["runs"][0]["results"]
    uri = "locations", 0, "physicalLocation", "artifactLocation", "uri"
    return [r for r in found if partial_get(r, uri).endswith(name)]


def partial_get(value, path):
    for key in path:
        value = value[key]
    return value


def test_sarif_fixes_do_to_the_file_what_presend_fix_does(reports, tmp_path):
    name = "blame-and-leak-zh.eml"
    before = (DRAFTS / name).read_bytes()
    fixed = tmp_path / name
    fixed.write_bytes(before)
    assert presend("fix", fixed, *CONFIG, "--only", "sensitive/*", "--write").returncode == 0
    changes = [
        (r["deletedRegion"]["byteOffset"], r["deletedRegion"]["byteLength"], r["insertedContent"]["binary"])
        for result in results(reports["sarif"], name)
        if result["ruleId"].startswith("sensitive/")
        for fix in result["fixes"]
        for r in fix["artifactChanges"][0]["replacements"]
    ]
    assert len(changes) == 3
    after = before
    for start, length, new in sorted(changes, reverse=True):
        after = after[:start] + base64.b64decode(new) + after[start + length :]
    assert after == fixed.read_bytes()


def test_a_line_is_the_line_of_the_file(reports):
    name = "broken-figures-en.eml"
    lines = (DRAFTS / name).read_text("utf-8").split("\n")
    line = "locations", 0, "physicalLocation", "region", "startLine"
    found = {r["ruleId"]: partial_get(r, line) for r in results(reports["sarif"], name)}
    assert b"12 days" in base64.b64decode(lines[found["data/wrong-dos"] - 1])
    assert lines[found["data/missing-metrics"] - 1].startswith("Subject:")


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_a_line_is_right_in_every_transfer_encoding(judge, encoding):
    import quopri

    from checker.text import Edit

    body = "你好\uff0c\n\n" + "第三行没有事。" * 20 + "\n请马上处理\uff01\n"
    coded = {
        "8bit": body.encode(),
        "quoted-printable": quopri.encodestring(body.encode()),
        "base64": base64.encodebytes(body.encode()),
    }[encoding]
    data = (
        b"From: a@a.cn\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: %s\n\n"
        % encoding.encode()
        + coded
    )
    text = from_eml(data).body
    at = text.plain.index("马上")
    finding = judge(text="请马上处理\uff01").findings[0]
    moved = finding._replace(
        place=finding.place._replace(span=finding.place.span._replace(of=text, start=at, end=at + 2)),
        edits=(Edit("text", *text.span(at, at + 2), "尽快"),),
    )
    place = in_eml(data, [moved])[0]
    line = data.split(b"\n")[place.line - 1]
    if encoding == "base64":
        assert place.line > 6
        assert line in coded
    else:
        assert ("马上".encode() if encoding == "8bit" else b"=E9=A9=AC") in line
    for change in place.changes:
        assert len(change.new) < len(coded)


def test_junit_is_valid_and_counts(reports):
    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    schema.validate(reports["junit"])
    suite = ElementTree.fromstring(reports["junit"]).find("testsuite")
    assert suite.get("tests") == str(len(list(suite))) == "10"
    failed = {c.get("name") for c in suite if c.find("failure") is not None}
    assert suite.get("failures") == str(len(failed))
    assert {Path(name).stem for name in failed} == {"blame-and-leak-zh", "broken-figures-en", "typo-domain", "vague-zh"}
    assert suite.get("errors") == "1"
    assert next(c for c in suite if c.get("name").endswith("guide-zh.eml")).find("failure") is None  # a warning


def test_junit_and_html_survive_what_a_mail_may_hold(judge):
    report = judge(subject="补货 <b>&\x0b\ud800", text="请马上处理\uff01]]> <script>alert(1)</script> \x00")
    run = Run("x", (Result('a<"&.eml', report),), fail_on="info")
    text = junit.render(run, Look())
    xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd")).validate(text)
    page = html.render(run, Look())
    assert "<script>" not in page
    assert "a&lt;&quot;&amp;.eml" in page
    json.loads(sarif.render(run, Look()))


def test_github_lines_are_commands_and_nothing_else(reports):
    lines = reports["github"].splitlines()
    command = re.compile(r"::(error|warning|notice) file=[^:,]+,line=\d+,title=[^:,]+::\S.*")
    assert [line for line in lines if not command.fullmatch(line)] == []
    assert any(line.startswith("::error") and "broken.json" in line and "is not JSON" in line for line in lines)


def test_github_escapes_what_would_end_a_command(judge):
    report = judge(text="请马上处理\uff01")
    finding = report.findings[0]._replace(message=Both("100%\r\n::error::x", ""), suggestion=None)
    run = Run("x", (Result("a,b:c.eml", replace(report, findings=(finding,))),), language="zh")
    assert github.render(run, Look()).count("\n") == 1
    assert "file=a%2Cb%3Ac.eml," in github.render(run, Look())
    assert "100%25%0D%0A" in github.render(run, Look())


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.languages, self.hosts = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.languages.update(value for name, value in attrs if name == "lang")
        self.hosts += [v for n, v in attrs if n in ("src", "href", "srcset", "action") and v]


def test_the_page_is_one_file_in_two_languages(reports):
    page = Page()
    page.feed(reports["html"])
    assert page.languages == {"zh", "en"}
    assert page.hosts == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "url(" not in reports["html"]
    assert "@import" not in reports["html"]
    assert reports["html"].count('<section class="mail">') == 10


def test_a_waived_finding_is_told_as_waived(judge):
    report = judge(text="请马上处理\uff01")
    waived = replace(report, findings=tuple(f._replace(waived=True) for f in report.findings))
    run = Run("x", (Result("a.eml", waived),), fail_on="info")
    assert all(r["suppressions"] for r in json.loads(sarif.render(run, Look()))["runs"][0]["results"])
    assert github.render(run, Look()) == ""
    assert ElementTree.fromstring(junit.render(run, Look())).find(".//failure") is None

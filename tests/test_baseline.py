"""Baselines: what was known stays quiet, one more of it is new, and no word of a mail is kept."""

from __future__ import annotations

import json
import shutil

import pytest
from test_cli import CONFIG, DRAFTS, presend

from checker.baseline import BaselineError, Known, baseline_of, read_baseline, written

KEY = b"k" * 32
SECRET = {"PRESEND_SECRET": KEY.decode()}


@pytest.fixture
def noted(tmp_path):
    path = tmp_path / "known.json"
    done = presend("baseline", DRAFTS, *CONFIG, "--out", path, **SECRET)
    assert done.returncode == 0, done.stderr.decode()
    return path


def checked(*arguments, **env):
    done = presend("check", *arguments, *CONFIG, "--format", "json", **env)
    return done, json.loads(done.stdout) if done.stdout else None


def test_what_was_known_is_waived_and_what_is_new_is_told(noted, tmp_path):
    done, report = checked(DRAFTS, "--baseline", noted, **SECRET)
    assert done.returncode == 0
    assert {r["verdict"] for r in report["results"]} == {"allow"}
    assert all(f["waived"] for r in report["results"] for f in r["findings"])

    shutil.copytree(DRAFTS, tmp_path / "drafts")
    shutil.copy(DRAFTS / "vague-zh.eml", tmp_path / "drafts" / "z-again.eml")
    done, report = checked(tmp_path / "drafts", "--baseline", noted, **SECRET)
    assert done.returncode == 1
    blocked = [r["path"] for r in report["results"] if r["verdict"] != "allow"]
    assert blocked == [str(tmp_path / "drafts" / "z-again.eml")]


def test_a_baseline_holds_no_word_of_a_mail(noted):
    document = json.loads(noted.read_text("utf-8"))
    assert document["presend_baseline"] == "1"
    assert set(document) == {"presend_baseline", "key", "findings"}
    assert all(len(mark) == 32 and set(mark) <= set("0123456789abcdef") for mark in document["findings"])
    assert all(type(count) is int and count > 0 for count in document["findings"].values())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("not json", "is no baseline; `presend baseline PATH… --out FILE` makes one"),
        ("[]", "is no baseline of version 1"),
        ('{"presend_baseline": "2"}', "is no baseline of version 1"),
        ('{"presend_baseline": "1", "key": "x", "findings": {}}', "was made with another secret"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path, content, told):
    path = tmp_path / "known.json"
    path.write_text(content, "utf-8")
    done, _ = checked(DRAFTS, "--baseline", path, **SECRET)
    assert done.returncode == 2
    assert f"presend: {path}: {told}" in done.stderr.decode()


def test_another_secret_and_odd_counts_are_refused(noted):
    with pytest.raises(BaselineError, match="another secret"):
        read_baseline(noted.read_bytes(), b"x" * 32)
    document = json.loads(noted.read_text("utf-8"))
    for counts in ([], {"a": 0}, {"a": True}, {"a": "1"}):
        with pytest.raises(BaselineError, match="count, 1 or more"):
            read_baseline(json.dumps({**document, "findings": counts}).encode(), KEY)


def test_a_missing_baseline_is_one_line(tmp_path):
    done, _ = checked(DRAFTS, "--baseline", tmp_path / "none.json", **SECRET)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_a_baseline_comes_back_as_it_was_written(ruleset, company):
    from checker.draft import from_draft
    from checker.engine import check
    from checker.examples import ENVELOPE, NOW

    draft = from_draft({**ENVELOPE, "text": "都是你们的错，请马上处理。", "subject": "看看"})
    report = check(draft, ruleset, company, now=NOW, key=KEY)
    assert report.verdict == "block"
    baseline = baseline_of([report, report], KEY)
    assert read_baseline(written(baseline), KEY) == baseline
    known = Known(baseline)
    assert [known.waived(report).verdict for _ in range(3)] == ["allow", "allow", "block"]

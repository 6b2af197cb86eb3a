"""Drafts checked as they are saved, by the command as it runs."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
from mailservers import until
from test_cli import CONFIG, DRAFTS, ROOT, presend

BAD, GOOD = DRAFTS / "vague-zh.eml", DRAFTS / "restock-good-zh.eml"


@contextmanager
def watching(*arguments, config=CONFIG):
    """`presend watch` as a process; gives the queue of its lines."""
    command = [sys.executable, "-c", "from checker.cli import main; main()", "watch", *map(str, arguments), *config]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines = queue.Queue()
    reader = threading.Thread(target=lambda: [lines.put(line.rstrip("\n")) for line in process.stdout])
    reader.start()
    assert lines.get(timeout=120).startswith("presend: watching")
    try:
        yield lines
    finally:
        process.terminate()
        code = process.wait(60)
        reader.join()
        errors = process.stderr.read()
        process.stdout.close()
        process.stderr.close()
    assert (code, errors) == (0, "")


@pytest.mark.parametrize("options", [[], ["--poll"]], ids=["told", "polling"])
def test_each_saved_draft_gets_a_report_with_its_permissions(tmp_path, options):
    drafts, reports = tmp_path / "草稿", tmp_path / "reports"
    (drafts / "sub").mkdir(parents=True)
    (tmp_path / "presend.toml").write_text("[watch]\npoll_seconds = 0.3\n")
    config = ["--config", str(tmp_path / "presend.toml")]
    with watching(drafts, "--report-dir", reports, *options, config=config) as lines:
        shutil.copy(BAD, drafts / ".hidden.eml")
        draft = drafts / "sub" / "a.eml"
        with open(draft, "wb", opener=lambda p, f: os.open(p, f, 0o640)) as file:
            file.write(BAD.read_bytes())
        report = reports / "sub" / "a.eml.report.txt"
        until(report.exists)
        until(lambda: "主题前面没有事项标签" in report.read_text("utf-8"))
        assert report.stat().st_mode & 0o777 == draft.stat().st_mode & 0o777 == 0o640
        assert reports.stat().st_mode & 0o077 == 0
        draft.rename(drafts / "b.eml")
        until((reports / "b.eml.report.txt").exists)
        until(lambda: not report.exists())
        (drafts / "b.eml").unlink()
        until(lambda: not (reports / "b.eml.report.txt").exists())
        (drafts / "half.json").write_text('{"subject": "快', "utf-8")
        shutil.copy(GOOD, drafts / "good.eml")
        until((reports / "good.eml.report.txt").exists)
        assert sorted(p.name for p in drafts.iterdir()) == [".hidden.eml", "good.eml", "half.json", "sub"]
        said = [lines.get() for _ in range(lines.qsize())]
    assert not (reports / ".hidden.eml.report.txt").exists()
    assert any(line.startswith(f"{draft}  block  ") for line in said)
    assert "快卖完了" not in "".join(said)


def test_beside_the_draft_only_when_asked(tmp_path):
    with watching(tmp_path, "--beside"):
        shutil.copy(BAD, tmp_path / "a.eml")
        until((tmp_path / "a.eml.report.txt").exists)
        until(lambda: "主题前面没有事项标签" in (tmp_path / "a.eml.report.txt").read_text("utf-8"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.eml", "a.eml.report.txt"]


def test_ten_thousand_drafts_are_no_work_until_they_change(tmp_path):
    drafts, reports = tmp_path / "drafts", tmp_path / "reports"
    drafts.mkdir()
    for number in range(10_000):
        (drafts / f"{number}.eml").write_bytes(b"Subject: x\n\nx\n")
    with watching(drafts, "--report-dir", reports) as lines:
        shutil.copy(GOOD, drafts / "new.eml")
        assert lines.get(timeout=60).startswith(f"{drafts / 'new.eml'}  allow")
        assert [p.name for p in reports.iterdir()] == ["new.eml.report.txt"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["."], "say where reports go: --report-dir DIR, or --beside"),
        ([".", "--beside", "--report-dir", "x"], "say where reports go"),
        (["nowhere", "--beside"], "nowhere: no such folder"),
    ],
)
def test_mistakes_are_one_line(arguments, told):
    done = presend("watch", *arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1

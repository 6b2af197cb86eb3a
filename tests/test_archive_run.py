"""A run over an archive, as a user starts it: real processes, stopped, killed and continued; and what it leaves."""

import csv
import json
import os
import pty
import random
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import psutil
import pyarrow.parquet as pq
import pytest
from archives import BAD, CONFIG, LEAK, folder_of, letters, mail, mbox_of

MAILS = letters()
SECRET = {"PRESEND_SECRET": "0" * 64}


def command(*arguments):
    return [sys.executable, "-c", "from checker.cli import main; main()", *map(str, arguments)]


def audit(source, out, *more, config=CONFIG, **env):
    given = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **SECRET, **env}
    arguments = command("audit", source, "--out", out, "--config", config, *more)
    return subprocess.run(arguments, capture_output=True, env=given, timeout=240, check=False)


def results(out):
    """Every result but the run's own work."""
    return {p.name: p.read_bytes() for p in sorted(Path(out).iterdir()) if p.is_file()}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return mbox_of(tmp_path_factory.mktemp("archive") / "all.mbox", [*MAILS, MAILS[0], b"", MAILS[3]])


@pytest.fixture(scope="module")
def out(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    done = audit(archive, folder)
    assert done.returncode == 0, done.stderr.decode()
    assert f"{len(MAILS)} mails" in done.stdout.decode()
    return folder


@pytest.fixture(scope="module")
def summary(out):
    return json.loads((out / "summary.json").read_text("utf-8"))


def test_every_mail_is_counted_once(summary):
    assert summary["messages"] == len(MAILS)
    assert summary["duplicates"] == 2
    assert sum(summary["verdicts"].values()) == len(MAILS)


def test_good_mails_pass_and_bad_ones_do_not(out):
    rows = pq.read_table(out / "messages.parquet").to_pylist()
    verdicts = [
        row["verdict"]
        for row in rows
        if not row["duplicate"] and row["asks"] and row["sender"] == "wang.fang@lantu-trade.cn"
    ]
    assert verdicts.count("allow") == 12
    bad = [row["verdict"] for row in rows if row["sender"] == "li.qiang@lantu-trade.cn" and row["asks"]]
    assert bad
    assert set(bad) == {"block"}


def test_answers_are_found_by_headers_and_by_subject(summary):
    follow, other = summary["responses"]["follow"], summary["responses"]["break"]
    assert (follow["asked"], follow["answered"]) == (12, 11)
    assert follow["median"] == pytest.approx(2.25, abs=0.01)  # of 2 + n/20, n = 0 … 10
    assert other["answered"] == 10
    assert other["median"] == pytest.approx(20.225, abs=0.01)  # of 20 + n/20, n = 0 … 9
    assert follow["low"] <= follow["median"] <= follow["high"]
    assert summary["responses"]["faster"]["low"] > 0.8  # 2 hours against 20


def test_requests_without_answer_or_follow_up_are_overdue(summary):
    """The last good one, the bad one that nobody followed up, and the leak; not the bad one that was followed up."""
    assert summary["unanswered"]["mails"] == 3
    assert summary["findings"]["followup/unanswered"] == 3


def test_leaks_are_told_by_kind_and_domain(summary):
    assert [(row["kind"], row["domain"], row["mails"]) for row in summary["leaks"] if row["kind"] == "resident_id"] == [
        ("resident_id", "lantu-trade.cn", 1),
        ("resident_id", "swift-freight.com", 1),
    ]


def test_no_result_holds_words_of_a_mail(out):
    for path in [p for p in out.rglob("*") if p.is_file()]:
        data = path.read_bytes()
        if path.suffix == ".parquet":
            data = repr(pq.read_table(path).to_pylist()).encode()
        for words in ("11010519491231002X", "110105", "清关人", "105 units on hand", "Confirmed, thank", "m2000@"):
            assert words.encode() not in data, (path.name, words)


def test_the_findings_as_sarif_are_valid_and_all_there(archive, out, tmp_path):
    assert not (out / "findings.sarif").exists()  # only on request
    done = audit(archive, tmp_path, "--sarif", "--lang", "zh")
    assert done.returncode == 0, done.stderr.decode()
    log = json.loads((tmp_path / "findings.sarif").read_text("utf-8"))
    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.validate(log, schema, cls=jsonschema.Draft4Validator)
    run = log["runs"][0]
    told = sorted((r["ruleId"], r["partialFingerprints"]["presend/v1"]) for r in run["results"])
    assert told == sorted((f["rule"], f["fingerprint"]) for f in findings_of(tmp_path))
    for result in run["results"]:
        described = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert described["id"] == result["ruleId"]
        assert result["message"]["text"].startswith(described["shortDescription"]["text"])
    assert any("resident_id" in r["message"]["text"] for r in run["results"])
    assert LEAK not in (tmp_path / "findings.sarif").read_text("utf-8")


def test_the_csv_opens_in_excel_with_its_chinese_intact(out):
    data = (out / "findings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert {"tone/blunt-urgency", "data/vague"} <= {row["rule"] for row in rows}
    assert "尽快处理" in {row["term"] for row in rows} | {"尽快处理" for row in rows if "尽快" in row["term"]}
    assert {row["team"] for row in rows if row["sender"] == "wang.fang@lantu-trade.cn"} == {"陈晓"}


def test_the_report_is_one_file_without_an_outside_host(out):
    page = (out / "report.html").read_text("utf-8")
    assert "http://www.w3.org/2000/svg" in page
    assert page.replace("http://www.w3.org/2000/svg", "").count("http") == page.count("http-equiv")
    assert "<script" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_has_every_text_in_both_languages(lang):
    from checker.archive.report import words_of

    words, other = words_of(lang), words_of("en" if lang == "zh" else "zh")
    assert words.keys() == other.keys()
    assert [
        name for name, text in words.items() if not text.strip() or any(c > "\u3000" for c in text) != (lang == "zh")
    ] == []


def test_the_same_command_again_changes_nothing(archive, out):
    before = results(out)
    done = audit(archive, out)
    assert done.returncode == 0
    assert results(out) == before


def wait_for_workers(process):
    """Until its pool has begun, or it is done: how long a start takes says nothing about the run."""
    while process.poll() is None and not psutil.Process(process.pid).children():
        time.sleep(0.05)


def test_a_run_that_was_killed_goes_on_to_the_same_results(tmp_path):
    """Killed at random moments, then run to its end; the time of the first start stays."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for n in range(6):  # a chunk each
        mbox_of(sources / f"{n}.mbox", MAILS[n::6])
    few = ("--only", "t*/*")  # a start is quick, the more of it falls into the run
    first, later = (*few, "--now", "2026-04-01T08:00:00+08:00"), (*few, "--now", "2026-06-01T00:00:00+00:00")
    assert audit(sources, tmp_path / "whole", *first).returncode == 0
    chance, killed = random.Random(5), 0
    arguments = command("audit", sources, "--out", tmp_path / "broken", "--config", CONFIG, "--workers", "1")
    for _ in range(10):
        process = subprocess.Popen([*arguments, *first], env={**os.environ, **SECRET}, stdout=subprocess.DEVNULL)
        wait_for_workers(process)
        time.sleep(chance.uniform(0.0, 3.0))
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert killed > 1
    assert audit(sources, tmp_path / "broken", *later).returncode == 0
    assert results(tmp_path / "broken") == results(tmp_path / "whole")


def test_ctrl_c_is_one_line_and_the_same_command_goes_on(tmp_path):
    """As a terminal sends it, to all processes at once: whatever they do just then, no traceback comes of it."""
    few = ("--only", "t*/*", "--now", "2026-04-01T08:00:00+08:00")
    source = mbox_of(tmp_path / "all.mbox", [*MAILS, *letters(20, 20)] * 9)
    arguments = command("audit", source, "--out", tmp_path / "broken", "--config", CONFIG, *few)
    chance, stopped = random.Random(3), 0
    for _ in range(4):
        with subprocess.Popen(
            arguments,
            env={**os.environ, **SECRET},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            wait_for_workers(process)
            time.sleep(chance.uniform(0.0, 3.0))
            os.killpg(process.pid, signal.SIGINT)
            said = process.communicate(timeout=120)[1].decode()
        if process.returncode:
            assert (process.returncode, said) == (130, "presend: stopped; the same command goes on from here\n")
            stopped += 1
    assert stopped
    assert audit(source, tmp_path / "broken", *few).returncode == 0
    assert audit(source, tmp_path / "whole", *few).returncode == 0
    assert results(tmp_path / "broken") == results(tmp_path / "whole")


def test_a_terminal_shows_the_rate_and_the_time_left(tmp_path):
    archive = mbox_of(tmp_path / "all.mbox", MAILS * 20)
    terminal, end = pty.openpty()
    arguments = command("audit", archive, "--out", tmp_path / "out", "--config", CONFIG, "--only", "tone/*")
    with subprocess.Popen(
        arguments, env={**os.environ, **SECRET, "COLUMNS": "80", "TERM": "xterm"}, stdout=subprocess.DEVNULL, stderr=end
    ) as process:
        os.close(end)
        shown = b""
        try:
            while block := os.read(terminal, 65_536):
                shown += block
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(terminal)
    assert process.returncode == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert re.search(r"[1-9]\d* mails, [1-9]\d*/s \d:\d\d:\d\d \d:\d\d:\d\d", plain), plain[-500:]


def test_a_worker_that_dies_costs_one_mail_only(tmp_path, monkeypatch):
    """A stand-in for native code that crashes: a mail whose check ends the process."""
    folder = folder_of(tmp_path / "mails", MAILS[:5])
    (folder / "00002.eml").write_bytes(mail(99, "deadly", "deadly"))
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import os, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'checker.archive.pool': sys.meta_path.remove(self); import checker.parts as p; real = p.scan\n"
        "        else: return None\n"
        "        def deadly(data):\n"
        "            if b'ZGVhZGx5' in data: os._exit(9)\n"
        "            return real(data)\n"
        "        p.scan = deadly\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    done = audit(folder, tmp_path / "out", PYTHONPATH=str(hook))
    assert done.returncode == 0, done.stderr.decode()
    quarantine = (tmp_path / "out" / "quarantine.csv").read_text("utf-8-sig")
    assert "00002.eml" in quarantine
    assert "stopped the checker" in quarantine
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["messages"] == 4


def test_what_cannot_be_read_is_in_quarantine_with_its_reason(tmp_path):
    folder = folder_of(tmp_path / "mails", [MAILS[0], b"\n", b"\0\xff" * 500])
    assert audit(folder, tmp_path / "out").returncode == 0
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert (summary["messages"], summary["quarantined"]) == (2, 1)
    rows = list(csv.DictReader((tmp_path / "out" / "quarantine.csv").read_text("utf-8-sig").splitlines()))
    assert [(Path(row["mail"]).name, row["reason"]) for row in rows] == [("00001.eml", "empty")]


def test_a_mail_s_file_name_is_masked_like_its_words(tmp_path):
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "身份证_11010519491231002X.eml").write_bytes(mail(1, LEAK, "清关"))
    (folder / "客户13812345678.eml").write_bytes(b"")  # it goes into quarantine
    (folder / "2026-03-10_123456.eml").write_bytes(mail(2, BAD, "快卖完了"))
    assert audit(folder, tmp_path / "out").returncode == 0
    kept = b"".join(results(tmp_path / "out").values())
    rows = pq.read_table(tmp_path / "out" / "messages.parquet").to_pylist()
    assert sorted(Path(row["name"]).name for row in rows) == ["2026-03-10_123456.eml", "身份证_110105********002X.eml"]
    assert "客户138****5678.eml" in (tmp_path / "out" / "quarantine.csv").read_text("utf-8-sig")
    assert b"11010519491231002X" not in kept
    assert b"13812345678" not in kept


def test_since_limit_and_sample_narrow_a_run(archive, tmp_path):
    def count(name, *more):
        assert audit(archive, tmp_path / name, *more).returncode == 0
        return json.loads((tmp_path / name / "summary.json").read_text("utf-8"))

    late = count("late", "--since", "2026-03-20")
    assert (late["messages"], late["before"]) == (1, len(MAILS) - 1)
    assert count("few", "--limit", "7")["messages"] == 7
    sample = count("sample", "--sample", "50%")
    assert 10 < sample["messages"] < len(MAILS) - 10
    assert count("again", "--sample", "0.5")["messages"] == sample["messages"]
    only = count("only", "--only", "tone/*")
    assert {rule.split("/")[0] for rule in only["findings"]} == {"tone"}


def test_another_run_into_the_same_folder_is_refused_and_fresh_begins_anew(archive, out, tmp_path):
    assert audit(archive, tmp_path / "out", "--limit", "3").returncode == 0
    other = audit(archive, tmp_path / "out", "--limit", "4")
    assert other.returncode == 2
    assert "has other options; name another --out, or begin anew with --fresh" in other.stderr.decode()
    assert audit(archive, tmp_path / "out", "--limit", "4", "--fresh").returncode == 0


def test_pseudonyms_leave_no_name(archive, tmp_path):
    assert audit(archive, tmp_path / "out", "--pseudonyms").returncode == 0
    for name, data in results(tmp_path / "out").items():
        text = (
            repr(pq.read_table(tmp_path / "out" / name).to_pylist())
            if name.endswith(".parquet")
            else data.decode("utf-8-sig")
        )
        assert "wang.fang" not in text, name
        assert "陈晓" not in text, name
    assert "P-" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_later_audit_is_compared_with_an_earlier_one(archive, out, tmp_path):
    done = audit(archive, tmp_path / "out", "--compare", out, "--lang", "en")
    assert done.returncode == 0, done.stderr.decode()
    assert "Compared with before" in (tmp_path / "out" / "report.html").read_text("utf-8")
    refused = audit(archive, tmp_path / "other", "--limit", "1", "--compare", tmp_path / "nowhere")
    assert refused.returncode == 2
    assert "name the --out folder of an earlier audit" in refused.stderr.decode()


def test_formulas_in_names_are_no_formulas_in_the_csv(tmp_path):
    folder = folder_of(tmp_path / "mails", [])
    (folder / "a.eml").write_bytes(mail(1, BAD, "x", sender="=cmd|' /C calc'!A0 <@lantu-trade.cn>"))
    (folder / "b.eml").write_bytes(mail(2, LEAK, "x", sender="+1@lantu-trade.cn"))
    assert audit(folder, tmp_path / "out").returncode == 0
    rows = csv.reader((tmp_path / "out" / "findings.csv").read_text("utf-8-sig").splitlines())
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def test_an_unknown_source_is_one_line_and_exit_two(tmp_path):
    done = audit(tmp_path / "nowhere", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.decode() == f"presend: {tmp_path / 'nowhere'}: no such file or folder\n"


def test_a_baseline_of_an_audit_leaves_what_is_new(archive, out, tmp_path):
    known = tmp_path / "known.json"
    noted = subprocess.run(
        command("baseline", out, "--out", known),
        capture_output=True,
        env={**os.environ, **SECRET},
        timeout=60,
        check=False,
    )
    assert noted.returncode == 0, noted.stderr.decode()
    more = folder_of(
        tmp_path / "more", [*MAILS, mail(7000, BAD + "你们总是这样\uff0c都是你们的错。", "新的一封", hours=2)]
    )
    assert audit(more, tmp_path / "out", "--baseline", known).returncode == 0
    found = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["findings"]
    assert "tone/blame" in found
    assert "sensitive/identity" not in found  # the leak is known
    late = [f for f in findings_of(tmp_path / "out") if f["rule"] == "followup/unanswered"]
    assert [f["waived"] for f in late].count(True) == 3  # and so are the three that wait for an answer
    assert found["subject/untagged"] == 1


def test_a_request_without_answer_is_let_pass_by_its_fingerprint(archive, out, tmp_path):
    from checker.store.store import Store

    late = [f for f in findings_of(out) if f["rule"] == "followup/unanswered"]
    assert len({f["fingerprint"] for f in late}) == 3
    state, now = tmp_path / "state", datetime.now(UTC)
    state.mkdir()
    store = Store.open(f"sqlite:///{state / 'presend.db'}")
    mark = late[0]["fingerprint"]
    store.add_waiver(fingerprint=mark, owner="o", reason="r", expires=now + timedelta(days=1), now=now)
    store.close()
    again = audit(archive, tmp_path / "out", PRESEND_STATE=str(state), PRESEND_DATABASE_URL="")
    assert again.returncode == 0, again.stderr.decode()
    found = [f for f in findings_of(tmp_path / "out") if f["rule"] == "followup/unanswered"]
    assert [f["position"] for f in found if f["waived"]] == [late[0]["position"]]
    assert len(found) == 3


def test_what_the_store_lets_pass_is_waived(tmp_path):
    """An override of one mail, though it has expired since, and a waiver for everybody."""
    from checker.store.records import OverriddenFinding, OverrideRecord
    from checker.store.store import Store

    folder = folder_of(tmp_path / "mails", [mail(1, BAD, "快卖完了"), mail(2, BAD, "又快卖完了")])
    state = tmp_path / "state"
    state.mkdir()
    given = {"PRESEND_STATE": str(state), "PRESEND_DATABASE_URL": ""}

    def judged(out, *more):
        done = audit(folder, tmp_path / out, *more, **given)
        assert done.returncode == 0, done.stderr.decode()
        return pq.read_table(tmp_path / out / "messages.parquet").to_pylist(), findings_of(tmp_path / out)

    first, open_ones = judged("first")
    assert not (state / "presend.db").exists()  # an audit makes no store
    assert not any(f["waived"] for f in open_ones)
    urgent = next(f for f in open_ones if f["position"] == first[0]["position"] and f["rule"] == "tone/blunt-urgency")
    now = datetime.now(UTC)
    store = Store.open(f"sqlite:///{state / 'presend.db'}")
    kept = (OverriddenFinding(urgent["rule"], urgent["fingerprint"], "r"),)
    store.add_override(OverrideRecord(now, first[0]["digest"], "r", kept, "me", now - timedelta(days=1)))
    _, findings = judged("second")
    assert {(f["position"], f["rule"]) for f in findings if f["waived"]} == {(urgent["position"], urgent["rule"])}

    store.add_waiver(rule="tone/*", owner="o", reason="r", expires=now + timedelta(days=1), now=now)
    store.close()
    _, findings = judged("third")
    waived = {(f["position"], f["rule"]) for f in findings if f["waived"]}
    assert waived == {(f["position"], f["rule"]) for f in findings if f["rule"].startswith("tone/")}
    assert len({mail for mail, _ in waived}) == 2

    stale = audit(folder, tmp_path / "first", **given)  # a run does not change its mind half-way
    assert stale.returncode == 2
    assert "other waivers" in stale.stderr.decode()


def findings_of(out):
    return pq.read_table(out / "findings.parquet").to_pylist()

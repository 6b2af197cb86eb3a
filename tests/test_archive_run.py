"""A run over an archive, as a user starts it, and what it leaves."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest
from archives import BAD, LEAK, folder_of, letters, mail, mbox_of
from auditing import SECRET, audit, findings_of, results
from command import cold, warm

MAILS = letters()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return mbox_of(tmp_path_factory.mktemp("archive") / "all.mbox", [*MAILS, MAILS[0], b"", MAILS[3]])


@pytest.fixture(scope="module")
def out(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    done = audit(archive, folder, run=cold, workers=None)
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


def test_a_later_audit_is_compared_with_an_earlier_one(archive, out, tmp_path):
    done = audit(archive, tmp_path / "out", "--compare", out, "--lang", "en")
    assert done.returncode == 0, done.stderr.decode()
    assert "Compared with before" in (tmp_path / "out" / "report.html").read_text("utf-8")
    refused = audit(archive, tmp_path / "other", "--limit", "1", "--compare", tmp_path / "nowhere")
    assert refused.returncode == 2
    assert "name the --out folder of an earlier audit" in refused.stderr.decode()


def test_a_baseline_of_an_audit_leaves_what_is_new(archive, out, tmp_path):
    known = tmp_path / "known.json"
    noted = warm("baseline", out, "--out", known, **SECRET)
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

"""What narrows, masks and waives in a run over an archive, and what it refuses."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from archives import BAD, LEAK, folder_of, letters, mail, mbox_of
from auditing import audit, findings_of, results

MAILS = letters()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return mbox_of(tmp_path_factory.mktemp("archive") / "all.mbox", [*MAILS, MAILS[0], b"", MAILS[3]])


def test_since_limit_and_sample_narrow_a_run(archive, tmp_path):
    def count(name, *more):
        assert audit(archive, tmp_path / name, "--only", "tone/*", *more).returncode == 0
        return json.loads((tmp_path / name / "summary.json").read_text("utf-8"))

    late = count("late", "--since", "2026-03-20")
    assert (late["messages"], late["before"]) == (1, len(MAILS) - 1)
    assert count("few", "--limit", "7")["messages"] == 7
    sample = count("sample", "--sample", "50%")
    assert 10 < sample["messages"] < len(MAILS) - 10
    assert count("again", "--sample", "0.5")["messages"] == sample["messages"]
    assert {rule.split("/")[0] for rule in sample["findings"]} == {"tone"}


def test_another_run_into_the_same_folder_is_refused_and_fresh_begins_anew(archive, tmp_path):
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


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """What an audit leaves of mails that are none, that have telling file names, and formulas for names."""
    folder = folder_of(tmp_path_factory.mktemp("odd"), [MAILS[0], b"\n", b"\0\xff" * 500])
    (folder / "身份证_11010519491231002X.eml").write_bytes(mail(1, LEAK, "清关"))
    (folder / "客户13812345678.eml").write_bytes(b"")
    (folder / "2026-03-10_123456.eml").write_bytes(mail(2, BAD, "快卖完了"))
    (folder / "a.eml").write_bytes(mail(3, BAD, "x", sender="=cmd|' /C calc'!A0 <@lantu-trade.cn>"))
    (folder / "b.eml").write_bytes(mail(4, LEAK, "x", sender="+1@lantu-trade.cn"))
    out = tmp_path_factory.mktemp("odd-out")
    done = audit(folder, out)
    assert done.returncode == 0, done.stderr.decode()
    return out


def rows_of(path):
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_what_cannot_be_read_is_in_quarantine_with_its_reason(odd):
    summary = json.loads((odd / "summary.json").read_text("utf-8"))
    assert (summary["messages"], summary["quarantined"]) == (6, 2)
    found = sorted((Path(row["mail"]).name, row["reason"]) for row in rows_of(odd / "quarantine.csv"))
    assert found == [("00001.eml", "empty"), ("客户138****5678.eml", "empty")]


def test_a_mail_s_file_name_is_masked_like_its_words(odd):
    kept = b"".join(results(odd).values())
    names = {Path(row["name"]).name for row in pq.read_table(odd / "messages.parquet").to_pylist()}
    assert {"2026-03-10_123456.eml", "身份证_110105********002X.eml"} < names
    assert b"11010519491231002X" not in kept
    assert b"13812345678" not in kept


def test_formulas_in_names_are_no_formulas_in_the_csv(odd):
    rows = csv.reader((odd / "findings.csv").read_text("utf-8-sig").splitlines())
    cells = {cell for row in rows for cell in row}
    assert {"'@lantu-trade.cn", "'+1@lantu-trade.cn"} < cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_an_unknown_source_is_one_line_and_exit_two(tmp_path):
    done = audit(tmp_path / "nowhere", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.decode() == f"presend: {tmp_path / 'nowhere'}: no such file or folder\n"


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

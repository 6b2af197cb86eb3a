"""Spark's workers and the local pool give the same results from the same mails, and nothing is judged twice."""

import json
import os
import subprocess

import pyarrow.parquet as pq
import pytest
from archives import CONFIG, folder_of, letters, mail
from auditing import audit, results
from command import warm

NOW = ("--now", "2026-04-01T08:00:00+08:00")
# A short run: the JVM need not compile for a long one, and a page that shows the run is looked at by nobody.
BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dspark.ui.enabled=false -Dspark.sql.shuffle.partitions=2"
SPARK = {"SPARK_LOCAL_IP": "127.0.0.1", "MASTER": "local[2]", "JDK_JAVA_OPTIONS": BRIEF}


def ingested(place, mails):
    folder = folder_of(place / "eml", mails)
    done = warm("ingest", folder, "--out", place / "mails")
    assert done.returncode == 0, done.stderr.decode()
    assert f"{len(mails)} mails in 1 file" in done.stdout.decode()
    return place / "mails"


@pytest.fixture(scope="module")
def mails(tmp_path_factory):
    return ingested(tmp_path_factory.mktemp("ingested"), [*letters(), b"\n", letters()[0]])


@pytest.fixture(scope="module")
def clustered(mails, tmp_path_factory):
    if subprocess.run(["sh", "-c", "command -v java"], capture_output=True, check=False).returncode:
        assert not os.environ.get("CI"), "java is missing"
        pytest.skip("Spark needs java")
    out = tmp_path_factory.mktemp("spark")
    done = audit(mails, out, "--engine", "spark", *NOW, **SPARK)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return out


def test_both_engines_give_the_same_bytes(mails, clustered, tmp_path):
    assert audit(mails, tmp_path / "out", *NOW).returncode == 0
    assert results(clustered) == results(tmp_path / "out")


def test_a_second_run_judges_nothing_again(mails, clustered):
    parts = clustered / "work" / "parts"
    before = sum(pq.read_metadata(p).num_rows for p in parts.glob("*.parquet"))
    assert before == len(letters()) + 2
    assert audit(mails, clustered, "--engine", "spark", *NOW, **SPARK).returncode == 0
    assert sum(pq.read_metadata(p).num_rows for p in parts.glob("*.parquet")) == before


def test_other_rules_in_the_same_folder_leave_no_rows_of_the_first(mails, clustered, tmp_path):
    only = ("--only", "tone/*", *NOW)
    assert audit(mails, clustered, "--engine", "spark", *only, **SPARK).returncode == 0
    assert audit(mails, tmp_path / "out", *only).returncode == 0
    assert results(clustered) == results(tmp_path / "out")


def test_what_is_not_ingested_is_refused_before_spark_starts(tmp_path):
    folder = folder_of(tmp_path / "eml", [mail(1, "x", "y")])
    done = audit(folder, tmp_path / "out", "--engine", "spark", **SPARK)
    assert done.returncode == 2
    assert "--engine spark reads what `presend ingest` wrote; ingest it first" in done.stderr.decode()


def test_what_was_ingested_is_audited_as_the_archive_itself(mails, tmp_path):
    assert audit(mails, tmp_path / "a", *NOW).returncode == 0
    assert audit(mails.parent / "eml", tmp_path / "b", *NOW).returncode == 0
    a, b = (json.loads((tmp_path / name / "summary.json").read_text("utf-8")) for name in "ab")
    assert {k: v for k, v in a.items() if k != "sources"} == {k: v for k, v in b.items() if k != "sources"}


def test_ingest_never_mixes_with_what_is_there(mails):
    done = warm("ingest", CONFIG.parent / "drafts", "--out", mails)
    assert done.returncode == 2
    assert b"is not empty; name a new folder" in done.stderr

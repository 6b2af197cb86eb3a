"""Doors that live long: a new export of a report is used without a restart, and one that has aged no longer is."""

import os
import threading
from datetime import datetime, timedelta

import pytest

from checker.current_setup import CurrentSetup
from checker.draft import from_draft
from checker.engine import check
from checker.setup import set_up

NOW = datetime.fromisoformat("2026-03-10T10:00:00+08:00")
DRAFT = {
    "from": "wang@lantu-trade.cn",
    "to": ["li@lantu-trade.cn"],
    "subject": "\u3010\u8865\u8d27\u3011B08XYZ1234",
    "text": "Li, please order 200 units of B08XYZ1234 by 17:00 on 12 March.\n\nWang",
}


@pytest.fixture
def report(tmp_path):
    (tmp_path / "presend.toml").write_text('[data]\nlistings = "listings.txt"\n', encoding="utf-8")
    return tmp_path / "listings.txt"


def export(report, asins, when=NOW):
    """An All Listings report of these products, with the time of its export."""
    report.write_text("asin1\tstatus\n" + "".join(f"{asin}\tActive\n" for asin in asins), encoding="utf-8")
    os.utime(report, (when.timestamp(), when.timestamp()))


def unknown(setup):
    found = check(from_draft(DRAFT), setup.ruleset, setup.company, now=NOW).findings
    return [f.place.text for f in found if f.rule == "asin/unknown"]


def settled(current):
    """The Setup after the look that asking for it may have begun; no look is under way behind it."""
    current.now()
    joined()
    setup = current.now()
    joined()
    return setup


def joined():
    for thread in threading.enumerate():
        if thread.name == "presend-reports":
            thread.join(10)


def test_a_new_export_is_used_without_a_restart(report):
    export(report, ["B0ABCDE123"])
    current = CurrentSetup(set_up(report.with_name("presend.toml"), now=NOW), lambda: NOW, every=0)
    assert unknown(settled(current)) == ["B08XYZ1234"]
    export(report, ["B0ABCDE123", "B08XYZ1234"], NOW + timedelta(minutes=5))
    assert unknown(settled(current)) == []


def test_a_report_that_goes_bad_silences_its_rules_and_is_told(report):
    export(report, ["B0ABCDE123"])
    current = CurrentSetup(set_up(report.with_name("presend.toml"), now=NOW), lambda: NOW, every=0)
    report.unlink()
    setup = settled(current)
    assert unknown(setup) == []
    assert "listings report cannot be read" in setup.notes[0].en
    export(report, ["B0ABCDE123"])
    assert unknown(settled(current)) == ["B08XYZ1234"]


def test_a_report_ages_while_the_door_is_open(report):
    export(report, ["B0ABCDE123"])
    clock = [NOW]
    current = CurrentSetup(set_up(report.with_name("presend.toml"), now=NOW), lambda: clock[0], every=0)
    assert unknown(settled(current)) == ["B08XYZ1234"]
    clock[0] += timedelta(days=30)
    setup = settled(current)
    assert unknown(setup) == []
    assert "30 days old" in setup.notes[0].en


def test_files_are_looked_at_seldom_and_never_parsed_twice(report, monkeypatch):
    export(report, ["B0ABCDE123"])
    first = set_up(report.with_name("presend.toml"), now=NOW)
    read = []
    monkeypatch.setattr("checker.current_setup.with_reports", lambda *given: read.append(given))
    unchanged = CurrentSetup(first, lambda: NOW, every=0)
    assert settled(unchanged) is first
    later = CurrentSetup(first, lambda: NOW, every=3600)
    export(report, ["B08XYZ1234"], NOW + timedelta(minutes=5))
    assert settled(later) is first
    assert read == []


def test_no_check_waits_for_a_report(report, monkeypatch):
    export(report, ["B0ABCDE123"])
    first = set_up(report.with_name("presend.toml"), now=NOW)
    current = CurrentSetup(first, lambda: NOW, every=0)
    going_on, begun = threading.Event(), threading.Event()

    def slow(company, *_):
        begun.set()
        going_on.wait(30)
        return company, ()

    monkeypatch.setattr("checker.current_setup.with_reports", slow)
    export(report, ["B08XYZ1234"], NOW + timedelta(minutes=5))
    current.now()
    assert begun.wait(10)
    assert [current.now() for _ in range(100)] == [first] * 100
    going_on.set()
    settled(current)

"""Deadlines: what is asked by when, and what only looks like it."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from checker.draft import from_draft
from checker.facts import deadlines
from checker.reading import Reading

CASES = yaml.load((Path(__file__).parent / "cases" / "deadlines.yaml").read_text("utf-8"), yaml.CSafeLoader)
DATE = "2026-03-10T10:00:00+08:00"
NOW = datetime.fromisoformat(DATE)


def read(text="", *, date=DATE, now=NOW, timezone="Asia/Shanghai", order="ymd", **fields):
    body = {} if "html" in fields else {"text": text}
    message = from_draft(
        {"from": "wang.fang@lantu-trade.cn", "to": ["li.qiang@lantu-trade.cn"], "date": date, **body, **fields}
    )
    return deadlines.read(Reading(message), now, timezone, order)


def said(d):
    """A deadline as the table writes it."""
    if d.placeholder:
        return "open"
    if d.vague:
        return "soft" if d.soft else "vague"
    clock = "" if d.due[11:19] == "23:59:59" else f" {d.due[11:16]}"
    return f"{'' if d.asked else '-'}{d.day}{clock}"


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_deadlines(text, expected):
    assert ", ".join(said(d) for d in read(text)) == expected


def test_cases_are_real():
    assert sum(c in t for t, _ in CASES for c in "\uff0c\uff1a\uff1f\uff08\uff01") >= 20
    assert sum(e == "" or e.startswith("-") for _, e in CASES) >= 30


def test_a_day_with_everything():
    (d,) = read("\u8bf7\u57283\u670814\u65e5\uff08\u5468\u4e94\uff0917:00\u524d\u786e\u8ba4")
    assert d.place.text == "3\u670814\u65e5\uff08\u5468\u4e94\uff0917:00"
    assert d.due == "2026-03-14T17:00:00+08:00"
    assert (d.weekday, d.weekday_stated) == (6.0, 5.0)
    assert (d.has_time, d.has_zone, d.working_day, d.next_working_day) == (True, False, False, "2026-03-16")
    assert d.working_days_left == 3.0


def test_a_day_without_time_ends_in_the_senders_zone():
    (d,) = read("\u8bf73\u670812\u65e5\u524d\u786e\u8ba4")
    assert (d.due, d.has_time, d.working_day, d.next_working_day) == ("2026-03-12T23:59:59+08:00", False, True, None)


def test_zones():
    (d,) = read("Please sign by Thursday 5pm PST.")
    assert (d.due, d.has_zone) == ("2026-03-12T17:00:00-07:00", True)  # summer time has begun there
    (d,) = read("Please sign by 12 March 17:00 GMT+8.")
    assert d.due == "2026-03-12T17:00:00+08:00"
    (d,) = read(
        "Please reply by tomorrow.",
        date="2026-03-10T10:00:00-07:00",
        now=datetime.fromisoformat("2026-03-10T10:00:00-07:00"),
    )
    assert d.due == "2026-03-11T23:59:59-07:00"
    (d,) = read(
        "\u8bf7\u660e\u5929\u524d\u786e\u8ba4", date=None, now=datetime.fromisoformat("2026-03-10T18:00:00+00:00")
    )
    assert d.due == "2026-03-12T23:59:59+08:00"  # the 11th already at the company


def test_an_unknown_zone_of_the_company_is_no_crash():
    assert read("Please reply by Friday.", date=None, timezone="Nowhere/Land")[0].day == "2026-03-13"


def test_hours_are_no_clock_time():
    (d,) = read("\u8bf748\u5c0f\u65f6\u5185\u56de\u590d")
    assert (d.due, d.has_time) == ("2026-03-12T10:00:00+08:00", False)


def test_subject_and_table():
    found = read("\u8bf7\u786e\u8ba4", subject="\u8bf7\u57283\u670812\u65e5\u524d\u786e\u8ba4")
    assert [(d.place.where, said(d)) for d in found] == [("subject", "2026-03-12")]
    rows = "<tr><th>ASIN</th><th>\u622a\u6b62\u65f6\u95f4</th></tr><tr><td>B08XYZ1234</td><td>3\u670812\u65e5</td></tr>"
    (d,) = read(html=f"<p>\u8bf7\u6309\u8868\u4e0b\u5355\uff1a</p><table>{rows}</table>")
    assert (d.place.where, said(d)) == ("table", "2026-03-12")
    (d,) = read(html="<table><tr><td>Deadline</td><td>Mar 12</td></tr><tr><td>ETD</td><td>Mar 20</td></tr></table>")
    assert said(d) == "2026-03-12"


def test_only_own_words():
    text = "\u597d\u7684\u3002\n\n\u5728 2026\u5e743\u67089\u65e5\uff0c\u674e\u5f3a <li.qiang@lantu-trade.cn> \u5199\u9053\uff1a\n> \u8bf7\u57283\u670812\u65e5\u524d\u786e\u8ba4\n"
    assert read(text) == ()


def test_make_up_days_and_holidays():
    sent = "2026-02-10T10:00:00+08:00"
    (d,) = read("\u8bf72\u670814\u65e5\u524d\u786e\u8ba4", date=sent, now=datetime.fromisoformat(sent))
    assert d.working_day  # a Saturday that is worked before Spring Festival
    (d,) = read("\u8bf72\u670817\u65e5\u524d\u786e\u8ba4", date=sent, now=datetime.fromisoformat(sent))
    assert (d.working_day, d.next_working_day) == (False, "2026-02-24")


@given(
    st.text(
        alphabet="\u8bf7\u5c3d\u5feb\u524d\u5185\u786e\u8ba4\u56de\u590d3/12.: \uff0c\u3002\nxXby[]date_plse",
        max_size=60,
    )
)
def test_any_jumble_is_read(text):
    for d in read(text):
        assert d.place.text


@pytest.mark.parametrize(
    "unit", ["\u8bf7", "\u5c3d\u5feb", "3/12\u524d", "x", "please ", "_", "\u524d", "\uff0c", "[", "\u8bf7\u5c3d\u5feb"]
)
def test_a_long_repetition_ends(unit):
    found = grows_linearly(lambda n: read(unit * (n // len(unit))), 60_000)
    assert {d.place.text for d in found} == ({"\u5c3d\u5feb"} if unit == "\u8bf7\u5c3d\u5feb" else set())

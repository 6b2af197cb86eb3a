"""Days and times: the right value for what people write, and nothing for figures that look like days."""

import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from checker.facts import dates, dayscope, workdays
from checker.reading import Passage
from checker.text import literal

CASES = yaml.load((Path(__file__).parent / "cases" / "dates.yaml").read_text("utf-8"), yaml.CSafeLoader)
SENT = datetime.fromisoformat("2026-03-10T10:00:00+08:00")


def moments(words, sent=SENT, order="ymd"):
    text = literal("text", words)
    return dates.find(Passage(text, 0, len(text.matching), "own", "own"), sent, order)


def said(words, **how):
    """What a table row says of the only moment: day, time, zone, weekday, those that are there."""
    (m,) = moments(words, **how)
    clock = m.time.isoformat("minutes") if m.time else None
    return " ".join(str(v) for v in (m.day, clock, m.zone, m.weekday_stated) if v is not None)


@pytest.mark.parametrize(("words", "expected"), CASES["moments"])
def test_moments(words, expected):
    assert said(words) == expected


@pytest.mark.parametrize(("words", "expected"), CASES["moments"])
def test_moments_inside_a_sentence(words, expected):
    """The words keep their meaning between others, and the place is theirs."""
    sentence = f"\u597d\u7684\uff0c{words}\u3002" if not words.isascii() else f"Well, {words}."
    (m,) = moments(sentence)
    assert sentence[m.start : m.end].strip() in words + "."
    assert str(m.day) == expected[:10]


@pytest.mark.parametrize("words", CASES["nothing"])
def test_no_moment(words):
    assert moments(words) == ()


@pytest.mark.parametrize("words", CASES["nothing"])
def test_no_moment_inside_a_sentence(words):
    assert (
        moments(
            f"\u5176\u4e2d{words}\uff0c\u5171\u4e24\u9879\u3002"
            if not words.isascii()
            else f"It says {words}, I think."
        )
        == ()
    )


def test_tables_are_large_and_full_width():
    assert len(CASES["moments"]) >= 120
    assert len(CASES["nothing"]) >= 60
    assert sum(any("\uff01" <= c <= "\uff5e" for c in w) for w, _ in CASES["moments"]) >= 6


@pytest.mark.parametrize(
    ("order", "words", "expected"),
    [
        ("mdy", "by 3/4", "2026-03-04"),
        ("dmy", "by 4/3", "2026-03-04"),
        ("dmy", "by 3/4", "2026-04-03"),
        ("mdy", "12/03/2026", "2026-12-03"),
        ("dmy", "12/03/2026", "2026-03-12"),
        ("mdy", "25/12/2026", "2026-12-25"),
    ],
)
def test_order_of_day_and_month(order, words, expected):
    assert said(words, order=order) == expected


@pytest.mark.parametrize(
    ("sent", "words", "expected"),
    [
        ("2026-12-20T10:00:00+08:00", "1\u670812\u65e5\u524d", "2027-01-12"),  # over the turn of the year
        ("2026-01-10T10:00:00+08:00", "12\u670830\u65e5", "2025-12-30"),
        ("2026-03-14T10:00:00+08:00", "\u672c\u5468\u5185", "2026-03-15"),  # a Saturday: the week that is left
        ("2026-03-14T10:00:00+08:00", "this Friday", "2026-03-20 5"),
        ("2026-03-14T10:00:00+08:00", "\u672c\u5468\u4e94", "2026-03-13 5"),  # past, but said so
        ("2026-03-13T10:00:00+08:00", "\u5468\u4e94", "2026-03-13 5"),  # written on that day
        (
            "2026-09-30T10:00:00+08:00",
            "2\u4e2a\u5de5\u4f5c\u65e5\u5185",
            "2026-10-09",
        ),  # after the National Day holiday
        ("2026-03-10T23:00:00+08:00", "2\u5c0f\u65f6\u5185", "2026-03-11 01:00"),
        ("2026-03-10T18:00:00+08:00", "\u4e0b\u53485\u70b9\u524d", "2026-03-11 17:00"),  # over for today
    ],
)
def test_reckoned_from_the_day_of_sending(sent, words, expected):
    assert said(words, sent=datetime.fromisoformat(sent)) == expected


def test_two_moments_stay_two():
    text = "\u8bf7\u5468\u4e09\u63d0\u4f9b\u62a5\u4ef7\uff0c3\u670812\u65e5\u524d\u4e0b\u5355"
    assert [str(m.day) for m in moments(text)] == ["2026-03-11", "2026-03-12"]


def test_flags():
    (m,) = moments("2026-03-12 17:00")
    assert (m.explicit_year, m.relative, m.span, m.dated) == (True, False, False, True)
    (m,) = moments("\u660e\u5929")
    assert (m.explicit_year, m.relative) == (False, True)
    (m,) = moments("48\u5c0f\u65f6\u5185")
    assert (m.span, m.relative) == (True, True)
    (m,) = moments("17:00\u524d")
    assert (m.dated, m.relative) == (False, True)


@given(st.dates(date(2025, 12, 10), date(2026, 12, 9)))
def test_every_day_within_the_window_is_found_as_written(day):
    wanted = day if timedelta(days=-92) <= day - SENT.date() <= timedelta(days=272) else None
    for words in (f"{day.month}\u6708{day.day}\u65e5", f"{day:%B} {day.day}", f"{day.day} {day:%b}"):
        found = [m.day for m in moments(words)]
        assert wanted is None or found == [wanted]


@given(
    st.text(
        alphabet="0123456789/-.:\u5e74\u6708\u65e5\u53f7\u5468\u4e00\u4e94\u524d\u5185 apm\uff1a\uff0c", max_size=40
    )
)
def test_any_jumble_gives_ordered_places(words):
    found = moments(words)
    length = len(literal("text", words).matching)
    assert all(0 <= m.start < m.end <= length for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "unit", ["1", "3/", "\u5468", "\u524d", "1 ", "mar ", "a", "(", "\uff08", "\u5341", "\u8bf7", "in "]
)
def test_a_long_repetition_is_no_moment_and_costs_little(unit):
    assert grows_linearly(lambda n: moments(unit * (n // len(unit))), 200_000) == ()


@pytest.mark.parametrize(
    "sent", [datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC)], ids=str
)
def test_any_moment_of_sending(sent):
    """The same words are found as ever, and what they mean is near the day of sending."""
    for words, expected in CASES["moments"]:
        (m,), (always,) = moments(words, sent=sent), moments(words)
        assert (m.start, m.end) == (always.start, always.end), words
        assert m.span or m.time == always.time, words
        if expected[:4] not in words:  # no year is said
            assert timedelta(days=-100) < m.day - sent.date() < timedelta(days=366), words


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3", 3),
        ("\u4e24", 2),
        ("\u5341", 10),
        ("\u5341\u4e8c", 12),
        ("\u4e8c\u5341", 20),
        ("\u4e8c\u5341\u4e94", 25),
        ("three", 3),
        ("\u534a", 0.5),
        ("many", None),
    ],
)
def test_number(words, value):
    assert dayscope.number(words) == value


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-03-10", True),
        ("2026-03-14", False),
        ("2026-02-14", True),  # make-up Saturday before Spring Festival
        ("2026-02-17", False),  # Spring Festival
        ("2026-10-01", False),
        ("2031-03-12", True),  # unknown year: Monday to Friday
        ("2031-03-15", False),
    ],
)
def test_working_days(day, working):
    assert workdays.is_working(date.fromisoformat(day)) is working


def test_counting_working_days():
    tuesday, friday = date(2026, 3, 10), date(2026, 3, 13)
    assert workdays.left(tuesday, tuesday) == 0
    assert workdays.left(tuesday, friday) == 3
    assert workdays.left(friday, date(2026, 3, 16)) == 1
    assert workdays.left(friday, tuesday) == -3
    assert workdays.following(friday) == date(2026, 3, 16)

"""Requests: what is asked of the reader, whether it is specific, and what is no request."""

from pathlib import Path

import pytest
import yaml
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from checker.draft import from_draft
from checker.facts import requests
from checker.reading import Reading

CASES = yaml.load((Path(__file__).parent / "cases" / "requests.yaml").read_text("utf-8"), yaml.CSafeLoader)


def read(text, subject="\u3010\u8865\u8d27\u3011B08XYZ1234 \u8865\u8d27\u7533\u8bf7"):
    return requests.read(
        Reading(from_draft({"from": "a@a.cn", "to": ["b@a.cn"], "subject": subject, "text": text})), ()
    )


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_requests(text, expected):
    found = read(text)
    if expected == "-":
        assert found == ()
    else:
        assert len(found) == 1
        assert found[0].specific is not expected.startswith("?")
        assert found[0].verb == expected.lstrip("?") or not expected.lstrip("?")


def test_a_request_inside_a_mail():
    """Greeting before, thanks behind: the same requests, at the same words."""
    for text, expected in CASES:
        chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
        mail = (
            f"\u674e\u5f3a\uff0c\u60a8\u597d\uff1a\n\n{text}\n\n\u8c22\u8c22\uff01"
            if chinese
            else f"Hi Tom,\n\n{text}\n\nThanks,\nWang Fang"
        )
        found = read(mail)
        assert len(found) == (expected != "-"), (mail, found)
        assert all(f.place.text in text for f in found)


def test_several():
    text = "\u8bf7\u786e\u8ba4\u6570\u91cf\uff0c\u5e76\u4e8e\u5468\u4e94\u524d\u4e0b\u5355\u3002\u53e6\u5916\u8bf7\u8865\u53d1\u53d1\u7968\uff01Could you send the label?"
    assert [r.verb for r in read(text)][:1] == ["\u786e\u8ba4"]
    assert len(read(text)) >= 3


def test_claims():
    assert read("\u8bf7\u8d54\u507f\u6211\u53f8\u635f\u5931300\u7f8e\u5143")[0].claim
    assert read("Please refund the order.")[0].claim
    assert not read("\u8bf7\u8865\u8d27300\u4ef6")[0].claim


def test_subject_counts_last():
    found = read("\u8bf7\u786e\u8ba4\u6570\u91cf", subject="\u8bf7\u5ba1\u6279\u9884\u7b97")
    assert [r.place.where for r in found] == ["own", "subject"]


def test_cases_are_many_and_real():
    assert len(CASES) >= 100
    assert sum(c in t for t, _ in CASES for c in "\uff0c\uff1a\uff1f") >= 10


@given(
    st.text(
        alphabet="\u8bf7\u786e\u8ba4\u5904\u7406\u80fd\u5426\u5efa\u8bae\uff0c\u3002\uff1f\n please can you send me the po?.,",
        max_size=60,
    )
)
def test_any_jumble_is_read(text):
    for found in read(text):
        assert found.place.text


@pytest.mark.parametrize(
    "unit", ["\u8bf7", "please ", "a", "\uff0c", "\u524d", "you ", "\u201c", "need this ", "\u8bf7\u5904\u7406"]
)
def test_a_long_repetition_ends(unit):
    """One sentence without an end asks once, if it asks at all."""
    found = grows_linearly(lambda n: read(unit * (n // len(unit))), 60_000)
    assert len(found) == (unit in ("\u8bf7", "please ", "need this ", "\u8bf7\u5904\u7406"))

"""Zones: what the sender wrote, told from history, signatures, disclaimers and hidden words, in layouts of real programs."""

from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import pytest
import yaml
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from checker.html import parse_html
from checker.text import literal
from checker.zones import cut

CASES = yaml.load((Path(__file__).parent / "cases" / "zones.yaml").read_text("utf-8"), yaml.CSafeLoader)
LETTERS = {"o": "own", "q": "quote", "s": "signature", "d": "disclaimer", "h": "hidden"}


def zones_of(case):
    if "html" in case:
        html = parse_html(case["html"])
        return html.text, cut(html.text, html)
    text = literal("text", "\n".join(line.partition("|")[2] for line in case["reads"].splitlines()))
    return text, cut(text)


def read(text, zones):
    """The zones with their words, less white space: lines may have been joined or parted."""
    return [(zone.kind, "".join(text.matching[zone.start : zone.end].split())) for zone in zones]


def wanted(case):
    lines = [line.partition("|") for line in case["reads"].splitlines()]
    parts = groupby((line for line in lines if line[0]), key=itemgetter(0))
    whole = [(LETTERS[letter], "\n".join(words for _, _, words in group)) for letter, group in parts]
    return [(kind, "".join(literal("subject", words).matching.split())) for kind, words in whole]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_layouts(case):
    text, zones = zones_of(case)
    assert read(text, zones) == wanted(case)
    assert_covers(text, zones)


def assert_covers(text, zones):
    at = 0
    for zone in zones:
        assert zone.start == at
        assert zone.start < zone.end
        at = zone.end
    assert at == len(text.matching)
    assert all(a.kind != b.kind for a, b in pairwise(zones))


def test_enough_layouts_and_full_width_punctuation():
    assert len(CASES) >= 80
    assert sum("\uff0c" in c["reads"] or "\uff1a" in c["reads"] for c in CASES) * 3 > len(CASES)


def test_nothing_written():
    assert cut(literal("text", "")) == ()


@pytest.mark.parametrize(
    ("source", "kinds"), [("> 旧信\n\n\n", ["quote"]), ("请确认\n\n> 旧信\n\n\n", ["own", "quote"])]
)
def test_blank_lines_at_the_end_are_nobodys(source, kinds):
    assert [zone.kind for zone in cut(literal("text", source))] == kinds


PIECES = st.sampled_from(
    [
        "> ",
        "\n",
        "\n\n",
        "On 1 Mar 2026 x wrote:",
        "写道\uff1a",
        "发件人\uff1a",
        "From: a@b",
        "Date: 1",
        "-- ",
        "谢谢",
        "王芳",
        "请",
        "-----",
        "___",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_any_text_is_covered(source):
    text = literal("text", source)
    assert_covers(text, cut(text))


@given(
    st.lists(
        st.sampled_from(
            ["<div class=gmail_quote>", "<blockquote type=cite>", "</div>", "</blockquote>", "a", "\n", "<hr>"]
        )
        | st.just("<span hidden>")
        | st.just("</span>")
        | st.just("<div id=Signature>"),
        max_size=30,
    ).map("".join)
)
def test_any_structure_is_covered(source):
    html = parse_html(source)
    assert_covers(html.text, cut(html.text, html))


@pytest.mark.parametrize(
    ("unit", "end"),
    [("a", ""), ("> \n", ""), ("发件人\uff1a a\n", ""), ("-", ""), ("谢谢\n", ""), (">", ""), ("1", " wrote:")],
)
def test_no_input_takes_long(unit, end):
    def zones(length):
        text = literal("text", unit * (length // len(unit)) + end)
        return text, cut(text)

    assert_covers(*grows_linearly(zones, 10**6))

"""!!! and capitals, and the same words said calmly."""

import pytest
from growth import grows_linearly

from checker.facts import shouts
from checker.message import Message, Zone
from checker.reading import Reading
from checker.text import literal


def read(text, subject="s"):
    body = literal("text", text)
    zones = (Zone("own", 0, len(body.matching)),)
    message = Message(
        None, (), (), (), (), literal("subject", subject), body, None, zones, (), None, None, None, (), None, ()
    )
    return [(s.kind, s.place.text, s.calm) for s in shouts.read(Reading(message))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("请回复\uff01\uff01\uff01", ("marks", "\uff01\uff01\uff01", "。")),
        ("断货了\uff01\uff01请看", ("marks", "\uff01\uff01", "。")),
        ("怎么还没发\uff1f\uff1f\uff1f", ("marks", "\uff1f\uff1f\uff1f", "\uff1f")),
        ("Reply now!!!", ("marks", "!!!", ".")),
        ("Reply now! ! !", ("marks", "! ! !", ".")),
        ("Why???", ("marks", "???", "?")),
        ("Great work!!!", ("marks", "!!!", "!")),
        ("PLEASE REPLY TO ME BY MONDAY, FBA STOCK IS LOW!!!", ("capitals", "PLEASE REPLY TO ME BY MONDAY, FBA STOCK IS LOW!!!", "Please reply to me by Monday, FBA stock is low.")),
        ("Hi Tom, please note that I NEED THIS REPORT DONE TODAY before noon", ("capitals", "I NEED THIS REPORT DONE TODAY", "I need this report done today")),
        ("请注意 DO NOT SHIP THIS ORDER BEFORE FRIDAY", ("capitals", "DO NOT SHIP THIS ORDER BEFORE FRIDAY", "Do not ship this order before Friday")),
    ],
)  # fmt: skip
def test_shouts(text, wanted):
    assert read(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "谢谢\uff01\uff01",
        "Thanks!!!",
        "ETA\uff1a\uff1f\uff1f\uff1f",
        "???",
        "Really?!",
        "FBA ASIN SKU DOS ACOS ROAS",
        "STAINLESS STEEL WATER BOTTLE WITH STRAW FOR KIDS",
        "SHIP TO: NO 5 XINHUA ROAD, SHENZHEN, CHINA",
        "THIS SIDE UP, HANDLE WITH CARE",
        "THIS E-MAIL IS CONFIDENTIAL AND YOU MUST DELETE IT",
        "买家评论\uff1a“垃圾\uff01\uff01\uff01”",
        "URGENT",
        "DO NOT BEND",
    ],
)
def test_no_shout(text):
    assert read(text) == []


def test_the_subject_is_read():
    assert read("x", subject="PLEASE CONFIRM YOUR ORDER NOW")[0][0] == "capitals"


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [
        ("A", set()),
        ("A A ", set()),
        ("AB CD ", set()),
        ("!", {"marks"}),
        ("! ", {"marks"}),
        ("PLEASE ", {"capitals"}),
        ("?!", {"marks"}),
    ],
)
def test_no_text_hangs(unit, kinds):
    assert {shout[0] for shout in grows_linearly(lambda n: read((unit * n)[:n]), 200_000)} == kinds

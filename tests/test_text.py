"""Text: segments that are checked, spans and edits that are exact, matching text with its map."""

import re
import unicodedata

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from checker.text import Edit, Grid, Origin, Segment, Text, literal
from checker.wraps import width

SOURCE = "<p>a&amp;<b>尽</b></p><p>快x</p>"
B, K = SOURCE.index("尽"), SOURCE.index("快")
SEGMENTS = (
    Segment(0, 1, Origin(3, 4)),
    Segment(1, 2, Origin(4, 9)),
    Segment(2, 3, Origin(B, B + 1)),
    Segment(3, 4, Origin(K, K)),
    Segment(4, 6, Origin(K, K + 2)),
)
MARKED = Text("html", "a&尽\n快x", SOURCE, SEGMENTS)


@pytest.mark.parametrize(
    ("segments", "reason"),
    [
        (SEGMENTS[1:], "contiguous"),
        (SEGMENTS[:-1], "end at"),
        ((*SEGMENTS[:2], Segment(2, 3, Origin(2, 3)), *SEGMENTS[3:]), "ascending"),
        ((*SEGMENTS[:4], Segment(4, 6, Origin(K + 1, K + 3))), "differs"),
        ((*SEGMENTS[:4], Segment(4, 6, Origin(999, 1001))), "ascending"),
        ((), "end at"),
    ],
)
def test_wrong_segments_are_refused(segments, reason):
    with pytest.raises(ValueError, match=reason):
        Text("html", "a&尽\n快x", SOURCE, segments)


@pytest.mark.parametrize(
    ("readable", "source"),
    [
        ((0, 1), "a"),
        ((1, 2), "&amp;"),
        ((0, 3), "a&amp;<b>尽"),
        ((2, 6), "尽</b></p><p>快x"),
        ((2, 4), "尽"),  # the line break that the blocks make has no source
        ((5, 6), "x"),
    ],
)
def test_span_ends_with_the_last_character(readable, source):
    start, end = MARKED.span(*readable)
    assert SOURCE[start:end] == source


def test_empty_spans_stand_behind_the_character_before():
    assert MARKED.span(3, 3) == (B + 1, B + 1)
    assert MARKED.span(0, 0) == (3, 3)
    assert MARKED.span(6, 6) == (K + 2, K + 2)
    assert MARKED.span(5, 5) == (K + 1, K + 1)
    assert Text("text", "", "").span(0, 0) == (0, 0)


def applied(text, edits):
    source = text.source
    for edit in sorted(edits, key=lambda e: -e.start):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


@pytest.mark.parametrize(
    ("readable", "new", "wanted"),
    [
        ((2, 3), "急", "<p>a&amp;<b>急</b></p><p>快x</p>"),
        ((0, 3), "<1 & 2>", "<p>&lt;1 &amp; 2&gt;<b></b></p><p>快x</p>"),
        ((1, 6), "b", "<p>ab<b></b></p><p></p>"),
        ((3, 4), "!", "<p>a&amp;<b>尽!</b></p><p>快x</p>"),
        ((6, 6), "1\n2", "<p>a&amp;<b>尽</b></p><p>快x1<br>2</p>"),
        ((4, 5), "", "<p>a&amp;<b>尽</b></p><p>x</p>"),
        ((3, 3), "", SOURCE),
    ],
)
def test_edits_leave_markup_alone(readable, new, wanted):
    assert applied(MARKED, MARKED.edits(*readable, new)) == wanted


def test_half_an_entity_of_two_characters_is_written_anew():
    text = Text(
        "html", "\u2242\u0338x", "&NotEqualTilde;x", (Segment(0, 2, Origin(0, 15)), Segment(2, 3, Origin(15, 16)))
    )
    assert applied(text, text.edits(1, 2, "!")) == "\u2242!x"


def test_plain_text_is_not_escaped():
    assert literal("text", "a<b").edits(0, 3, "1 < 2\n3") == (Edit("text", 0, 3, "1 < 2\n3"),)


def test_sheets_have_cells_and_no_edits():
    sheet = Text(
        "attachment",
        "ASIN\t105",
        "",
        (Segment(0, 4, Origin(0, 4, "A1")), Segment(4, 5, Origin(0, 0)), Segment(5, 8, Origin(0, 3, "B1"))),
    )
    assert sheet.edits(5, 8, "7") == ()
    assert sheet.edits(0, 8, "7") == ()
    assert [sheet.cell_at(i) for i in (0, 4, 7)] == ["A1", None, "B1"]
    assert sheet.span(5, 8) == (0, 3)


NORMAL = [
    ("\uff22\uff10\uff18\uff0c\uff1a\uff08\uff09\uff01\uff1b\uff1f\uffe5", "B08,:()!;?\u00a5"),
    ("a\u3000b\u00a0c\u2009d", "a b c d"),
    ("a \u00a0 b", "a b"),
    ("尽\u200b快\ufeff马\u00ad上\u200f\u2060", "尽快马上"),
    ("\u200b \u200b", " "),
    ("①⑴³½℃™…。、“”《》「」②", "①⑴³½℃™…。、“”《》「」②"),
    ("\U0001d401\U0001d7ce\U0001d7d6", "B08"),
    ("⼀⼆ ㎏ ﬁ", "一二 kg fi"),
    ("a\r\nb\rc\nd", "a\nb\nc\nd"),
    ("a\x00b\ud800c", "a\ufffdb\ufffdc"),
    ("a\tb\t\tc", "a\tb\t\tc"),
    ("a   b", "a b"),
    ("❗️", "❗"),
    ("", ""),
]


@pytest.mark.parametrize(("plain", "wanted"), NORMAL)
def test_matching(plain, wanted):
    assert literal("text", plain).matching == wanted


def test_tabs_are_spaces_where_they_part_nothing():
    assert literal("subject", "a \t b").matching == "a b"
    assert (
        Text("attachment", "a\tb", "a\tb", (Segment(0, 3, Origin(0, 3)),), tables=(Grid(0, 3, ()),)).matching == "a\tb"
    )


def test_folded_keeps_the_length():
    text = literal("text", "ASAP \u0130 \uff21")
    assert text.folded == "asap \u0130 a"
    assert len(text.folded) == len(text.matching)


LONG = "We currently have only 105 units of this product in the warehouse and"
CHINESE = "当前库存仅剩一百零五件而日均销量为十五件因此预计在三月十七日左右断货我们"


@pytest.mark.parametrize(
    ("plain", "wanted"),
    [
        (f"{LONG}\nsell about 15 of them on every single day.", f"{LONG} sell about 15 of them on every single day."),
        (f"{LONG}\r\nsell about 15 of them.", f"{LONG} sell about 15 of them."),
        (f"{LONG} \nsell about 15 of them.", f"{LONG} sell about 15 of them."),  # format=flowed
        (f"{CHINESE}\n需要在本周内补货。", f"{CHINESE}需要在本周内补货。"),
        (f"{CHINESE}\n王芳 运营助理 分机806", None),
        (f"{CHINESE[:-2]}对吗\n周四前回我", None),
        ("B0CX7T1PQR早上来了个两星 评分4.3没掉 说味道大 截图和回复稿都在附件\n您11点前看", None),
        (f"{LONG}\n- sell 15 a day", None),
        (f"{LONG}\n1. sell 15 a day", None),
        (f"{LONG}\n一、日均 15 件", None),
        (f"{LONG}\n\nsell 15 a day", None),
        (f"{LONG}\nStock: 105 units", None),
        (f"{LONG}\n> sell", None),
        (f"{LONG}\nThanks,", None),
        (f"{LONG}.\nSell them all today", None),
        ("库存 105 件\n日均销 15 件\n预计断货 3 月 17 日", None),
        ("B08XYZ1234 has 105 units in stock, sells 15 units a day, DOS is 7 days\nB08XYZ9999 has 20", None),
        (f"{LONG}\nsell 15. " + "This line was never wrapped by any program at all. " * 3, None),
        ("ASIN        stock     daily sales    days of supply      run out by the\nB08         105       15", None),
        ("请您在 3 月 12 日 17:00 前确认 B08XYZ1234 的补货数量\n另请告知到仓日期", None),
    ],
)
def test_hard_wraps(plain, wanted):
    unchanged = re.sub(" +", " ", plain.replace("\r\n", "\n"))
    assert literal("text", plain).matching == (unchanged if wanted is None else wanted)


@pytest.mark.parametrize(
    ("plain", "wanted"),
    [
        ("库存九十个 一天卖十个 麻烦周四前下三百个", "库存九十个,一天卖十个,麻烦周四前下三百个"),
        ("库存182 日均13 断货3/24 周四前给po号", "库存182,日均13,断货3/24,周四前给po号"),
        ("货款一共¥23,418 扣掉不良品¥312 您周五前批下", "货款一共¥23,418,扣掉不良品¥312,您周五前批下"),
        ("发票附件里 不急 您忙完了批一下就行", "发票附件里,不急,您忙完了批一下就行"),
        ("3月打样¥486 发票附件里 您周五前批一下", "3月打样¥486,发票附件里,您周五前批一下"),
        ("请您在 3 月 12 日 17:00 前确认 B08XYZ1234 的补货数量", None),
        ("您好\n王芳 运营助理 蓝途贸易 分机806", None),
        ("产品名称 可售库存 日均销量 可售天数", None),
        ("我们库存不多了\uff0c建议补货 收纳盒 挂钩组合", None),
        ("请确认 数量", None),
        ("地址\uff1a请寄广东省深圳市 龙岗区坂田街道 五和大道118号", None),
    ],
)
def test_blanks_for_commas(plain, wanted):
    found = literal("text", plain)
    assert found.matching == (wanted or plain.replace("\uff0c", ",").replace("\uff1a", ":"))
    assert found.readable(0, len(found.matching)) == (0, len(plain))


def test_subjects_and_html_have_no_hard_wraps():
    assert (
        "\n"
        in Text(
            "html", f"{LONG}\nsell", f"{LONG}\nsell", (Segment(0, len(LONG) + 5, Origin(0, len(LONG) + 5)),)
        ).matching
    )


def test_width():
    assert (width("abc"), width("库存105"), width("\uff11")) == (3, 7, 2)


CHARS = (
    st.sampled_from("aB1 \t\n\r\u3000\u200b\uff0c\uff11\u00a0请库\x00\ufb01㎏\U0001d7ce\ud800。>-") | st.characters()
)


@given(st.lists(CHARS | st.just(LONG) | st.just("\r\n"), max_size=40).map("".join), st.data())
def test_map_holds_for_any_text(plain, data):
    text = literal("text", plain)
    size = len(text.matching)
    assert len(text.folded) == size
    last = 0
    for i in range(size):
        start, end = text.readable(i, i + 1)
        assert last <= start < end <= len(plain)
        assert text.matching_at(start) <= i
        last = start
        if end - start == 1 and text.matching[i] not in " \n\ufffd":
            assert text.matching[i] in plain[start] + unicodedata.normalize("NFKC", plain[start])
    for offset in range(len(plain) + 1):
        assert 0 <= text.matching_at(offset) <= size
    a = data.draw(st.integers(0, size))
    b = data.draw(st.integers(a, size))
    start, end = text.readable(a, b)
    assert text.place(a, b).words == plain[start:end]
    assert squeezed(text.matching[a:b]) in squeezed(literal("text", plain[start:end]).matching)


def squeezed(words):
    return "".join(words.split())


@given(st.text(st.sampled_from("aB1请库\n ,。"), max_size=60))
def test_text_without_disguise_is_its_own_matching_text(plain):
    text = literal("subject", " ".join(plain.split(" ")).replace("  ", " "))
    if "  " not in text.plain:
        assert text.matching == text.plain
        assert text.readable(0, len(text.plain)) == (0, len(text.plain))


@given(st.text(max_size=40), st.text(max_size=10), st.data())
def test_a_literal_text_edits_as_a_string_does(source, new, data):
    text = literal("text", source)
    a = data.draw(st.integers(0, len(source)))
    b = data.draw(st.integers(a, len(source)))
    assert applied(text, text.edits(a, b, new)) == source[:a] + new + source[b:]
    assert text.span(a, b) == (a, b)


@pytest.mark.parametrize(
    ("unit", "reads"),
    [(" ", ""), ("\u200b", ""), ("\uff0c", ","), ("\r", ""), ("x" * 70 + "\n", "x" * 70), (" \u200b", "")],
    ids=["spaces", "unseen", "full-width", "returns", "lines", "mixed"],
)
def test_no_input_takes_long(unit, reads):
    times = 10**6 // len(unit)
    text = grows_linearly(lambda n: literal("text", unit * n).matching, times)
    assert "".join(text.split()) == reads * times

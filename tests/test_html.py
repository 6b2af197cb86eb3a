"""HTML: what a person sees, tied to its source; edits that leave every tag alone; no input that raises or takes long."""

import itertools
import re

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from checker.html import parse_html

COMMA = "\uff0c"

SEEN = {
    "blocks": ("<div>a</div><div>b</div>c", "a\nb\nc"),
    "paragraphs have a blank line": ("<p>a</p><p>b</p>", "a\n\nb"),
    "Word's paragraphs have none": ("<p class=MsoNormal>a</p><p class='MsoNormal'>b</p>", "a\nb"),
    "nor those of a style sheet": ("<style>P {margin-top:0;margin-bottom:0;}</style><p>a</p><p>b</p>", "a\nb"),
    "nor those of their own style": ("<p style='margin: 0px'>a</p><p style='margin:0'>b</p>", "a\nb"),
    "headings": ("<h2>a</h2>b", "a\n\nb"),
    "an empty line": ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
    "a break at the end of a block": ("<div>a<br></div><div>b</div>", "a\nb"),
    "breaks": ("a<br>b<br/><br />c</br>d", "a\nb\n\nc\nd"),
    "white space collapses": ("  a \n\t b  <b> c</b> d ", "a b c d"),
    "white space between blocks": ("<div> a </div>\n\n<div> b</div>", "a\nb"),
    "a line break between Chinese characters": ("库存\n充足 好 的\n105", "库存充足 好 的 105"),
    "no-break spaces stay": ("a&nbsp;&nbsp;b", "a\u00a0\u00a0b"),
    "inline tags add nothing": ("请<b>尽</b><span>快</span><font color=red>处</font><o:p></o:p>理", "请尽快处理"),
    "entities": ("&lt;b&gt; &amp; &#66;&#x48; &copy;&hellip;", "<b> & BH \u00a9\u2026"),
    "entities without a semicolon": ("&ltZ &copy2 &notit; &#65 &amp", "<Z \u00a92 \u00acit; A &"),
    "no entities": ("a & b &; &x; R&D &#; &#x;", "a & b &; &x; R&D &#; &#x;"),
    "an entity that is white space": ("a&#32;&#10; b", "a b"),
    "style, script, title, comments": ("<title>t</title><style>p{}</style>a<script>1<2</script><!-- c -->b", "ab"),
    "conditional comments": ("<!--[if mso]><p>x</p><![endif]-->a<![if !mso]>b<![endif]>", "ab"),
    "doctype and instructions": ("<!DOCTYPE html><?xml version='1'?>a", "a"),
    "preserved": ("<pre>\ta  b\n c</pre>d", "\ta  b\n c\nd"),
    "preserved by style": ("<div style='white-space: pre-wrap'>a\nb</div>", "a\nb"),
    "lists": ("<ul><li>a<li>b</li></ul>c", "a\nb\nc"),
    "unclosed tags": ("<div><p>a<div>b<b>c", "a\n\nb" + "c"),
    "stray ends": ("a</div>b</b>c</p>d", "a\nbc\nd"),
    "a tag in quotes": ("<a title='x>y' href=\"a>b\">c</a>", "c"),
    "a mark that is no tag": ("1 < 2 <3 a<>b << c", "1 < 2 <3 a<>b << c"),
    "a tag that never ends": ("a<b c", "a"),
    "NUL": ("a\x00b", "ab"),
    "an empty comment": ("a<!-->b<!--->c<!---->d", "abcd"),
    "upper case": ("<DIV>a</DIV><SPAN STYLE='DISPLAY:NONE'>h</SPAN>", "a\nh"),
    "a form": ("<select><option>a<option>b</select>", "a\nb"),
    "a data table": (
        "<table>\n<tr>\n<th>ASIN</th>\n<th>库存</th></tr>\n<tr><td><p>B08</p></td><td><p class=MsoNormal>105</p></td></tr>\n</table>x",
        "ASIN\t库存\nB08\t105\nx",
    ),
    "lines in a cell of data": ("<table><tr><td>a<br>b<td>1<tr><td><p>c</p><p>d</p><td>2</table>", "a b\t1\nc  d\t2"),
    "an empty cell": (
        "<table><tr><td>a</td><td></td><td>c</td></tr><tr><td>1</td><td>2</td><td></td></tr></table>",
        "a\t\tc\n1\t2\t",
    ),
    "a layout of one cell": ("<table><tr><td><div>a</div><div>b</div></td></tr></table>", "a\nb"),
    "a layout of columns": (f"<table><tr><td>logo</td><td>{'长' * 500}</td></tr></table>", "logo\n" + "长" * 500),
}


@pytest.mark.parametrize(("source", "seen"), SEEN.values(), ids=SEEN.keys())
def test_seen(source, seen):
    assert parse_html(source).text.plain == seen


def grids(source):
    html = parse_html(source)
    words = html.text.matching
    return [
        [(words[c.start : c.end], c.row, c.column, c.rows, c.columns, c.header) for c in g.cells]
        for g in html.text.tables
    ]


ROWS = "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
CELLS = [("a", 0, 0, 1, 1, False), ("b", 0, 1, 1, 1, False), ("c", 1, 0, 1, 1, False), ("d", 1, 1, 1, 1, False)]


@pytest.mark.parametrize(
    "source",
    [
        f"<table>{ROWS}</table>",
        f"<table><tbody>{ROWS}</tbody></table>x",
        f"x<table><thead>{ROWS.replace('</tr><tr>', '</tr></thead><tbody><tr>', 1)}</tbody></table>",
        f"<table>{ROWS.replace('</td>', '').replace('</tr>', '')}</table>",
        f"<table><tr><td>logo</td><td><p>text</p><table>{ROWS}</table></td></tr></table>",
        f"<table role=presentation><tr><td><table>{ROWS}",
        f"<table>{ROWS}<tr><td></td><td>&nbsp;</td></tr>".replace("<tr><td></td><td>&nbsp;</td></tr>", "</table>"),
    ],
)
def test_data_tables(source):
    assert grids(source) == [CELLS]


@pytest.mark.parametrize(
    "source",
    [
        "<table><tr><td>a</td></tr></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
        "<table><tr><td></td><td>a</td></tr><tr><td></td><td>b</td></tr></table>",
        f"<table role=presentation>{ROWS}</table>",
        f"<table><tr><td>logo</td><td>{'长' * 500}</td></tr><tr><td>a</td><td>b</td></tr></table>",
        "<tr><td>a</td><td>b</td></tr>",
        "<table></table>",
    ],
)
def test_layout_tables(source):
    assert grids(source) == []


def test_merged_cells_and_headers():
    source = (
        "<table><tr><th rowspan=2>ASIN</th><th colspan=2>库存</th></tr><tr><th>可售</th><th>预留</th></tr>"
        "<tr><td>B08</td><td>105</td><td>3</td></tr><tr><td colspan=3>合计 108</td></tr></table>"
    )
    assert grids(source) == [[
        ("ASIN", 0, 0, 2, 1, True), ("库存", 0, 1, 1, 2, True), ("可售", 1, 1, 1, 1, True), ("预留", 1, 2, 1, 1, True),
        ("B08", 2, 0, 1, 1, False), ("105", 2, 1, 1, 1, False), ("3", 2, 2, 1, 1, False), ("合计 108", 3, 0, 1, 3, False),
    ]]  # fmt: skip


def test_cells_stand_right_after_full_width_and_double_spaces():
    source = f"<p>请看\uff1a&nbsp; &nbsp;{COMMA}</p><table><tr><td>&nbsp;&nbsp;ASIN&nbsp;&nbsp;</td><td>库存\uff08件\uff09</td></tr><tr><td>B08</td><td>\uff11\uff10\uff15</td></tr></table>"
    assert [[w.strip(), *rest] for w, *rest in grids(source)[0]] == [
        ["ASIN", 0, 0, 1, 1, False], ["库存(件)", 0, 1, 1, 1, False], ["B08", 1, 0, 1, 1, False], ["105", 1, 1, 1, 1, False],
    ]  # fmt: skip


def ranges(source, which):
    html = parse_html(source)
    return [html.text.matching[a:b] for a, b in getattr(html, which)]


def test_what_is_not_shown():
    source = (
        "<div style='display:none'>a<div>b</div></div>c<span style=\"font-size:0.0pt\">d<b style='font-size:9pt'>e</b></span>"
        "<i hidden>f</i><p style='mso-hide:all'>g</p><p style='visibility: hidden'>h</p>i<p style='max-height:0;overflow:hidden'>j</p>"
        "<p style='opacity:0'>k</p><p style='opacity:0.9;max-height:0'>l</p>"
    )
    assert ranges(source, "invisible") == ["a\nb", "d", "f", "g", "h", "j", "k"]


def test_hidden_words_keep_their_place():
    source = "<img alt='王芳 13800138000'><a href='mailto:a@b.cn' title=机密>x</a><!-- 内部价 25 --><div data-id='42' class=c>y</div><b a"
    hidden = parse_html(source).hidden
    assert [t.plain for t in hidden] == ["王芳 13800138000", "a@b.cn", "机密", " 内部价 25 ", "42", "<b a"]
    for text in hidden:
        start, end = text.span(0, len(text.plain))
        assert source[start:end] == text.plain


def test_office_comments_are_no_hidden_words():
    assert (
        parse_html(
            "<!--[if gte mso 9]><xml><o:x>1</o:x></xml><![endif]--><!--StartFragment-->a<!--EndFragment--><!-- -->"
        ).hidden
        == ()
    )


def test_every_character_in_its_own_tag():
    words = f"请尽快处理 B08XYZ1234{COMMA}\uff11\uff10\uff15 件 & <more>\u200b!"
    escaped = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    source = "".join(f"<span id='{i}'>{escaped.get(c, c)}</span>" for i, c in enumerate(words))
    text = parse_html(source).text
    assert text.plain == words
    for i, c in enumerate(text.matching):
        start, end = text.readable(i, i + 1)
        a, b = text.span(start, end)
        assert source[a:b].rpartition("</span>")[0] == "" or text.plain[start:end] in "\u200b!"
        if end - start == 1:
            assert source[a:b] == escaped.get(text.plain[start], text.plain[start]), c


TAGS = re.compile(r"<[/a-zA-Z!][^>]*>")
PIECE = st.sampled_from(
    ["请", "尽快", "B08", " ", "\n", "&amp;", "&lt", "&nbsp;", "x", "<b>", "</b>", "<div>", "</div>", "<br>", "<p>", "<span style='color:red'>",
     "</span>", "<td>", "<table><tr><td>", "</table>", "<!-- c -->", "&copy", "Z", ";", "\uff0c"]
)  # fmt: skip


@given(
    st.lists(PIECE, max_size=25).map("".join),
    st.text(st.sampled_from("a请<>&\"'b1"), min_size=1, max_size=8),
    st.data(),
)
def test_an_edit_changes_the_words_and_no_tag(source, new, data):
    source = source.replace("\n", " ")  # between Chinese characters it shows only beside Latin ones
    text = parse_html(source).text
    letters = [i for i, c in enumerate(text.plain) if not c.isspace()]
    if not letters:
        return
    a = data.draw(st.sampled_from(letters))
    b = data.draw(st.sampled_from([i for i in letters if i >= a])) + 1
    if any(c in "\n\t " for c in text.plain[a:b]):
        return  # what blocks and white space make of two parts that meet is the browser's affair
    changed = source
    for edit in reversed(text.edits(a, b, new)):
        changed = changed[: edit.start] + edit.text + changed[edit.end :]
    assert TAGS.findall(changed) == TAGS.findall(source)
    assert parse_html(changed).text.plain == text.plain[:a] + new + text.plain[b:]


def test_a_cell_keeps_out_end_tags_that_began_outside():
    html = parse_html("<blockquote type=cite><table><tr><td>旧</blockquote>信</td></tr></table>尾</blockquote>新")
    assert ["".join(html.text.matching[a:b].split()) for a, b in html.quotes] == ["旧信尾"]


JUNK = st.sampled_from(
    [
        *list("<>&;\"'=/!- \n\x00a请"),
        "<!--",
        "-->",
        "<td",
        "<table>",
        "&#",
        "&#x",
        "</",
        "<style>",
        "</style",
        "<p ",
        "rowspan=9",
        "]]>",
    ]
)


@given(st.lists(JUNK | PIECE | st.characters(), max_size=40).map("".join))
def test_any_source_is_read_and_its_map_holds(source):
    html = parse_html(source)  # Text checks its segments
    text = html.text
    for start, end, origin in text.segments:
        if end - start == origin.end - origin.start > 1:
            assert text.plain[start:end] == source[origin.start : origin.end]
        if origin.start == origin.end:
            assert set(text.plain[start:end]) <= set("\n\t ")
    for found in (html.quotes, html.signatures, html.invisible):
        assert all(a < b <= len(text.matching) for a, b in found)
        assert all(b <= c for (_, b), (c, _) in itertools.pairwise(found))
    for grid in text.tables:
        assert all(0 <= c.start <= c.end <= len(text.matching) for c in grid.cells)


# What is repeated, in {} of what stands around it, and what a person sees of one.
HEAVY = {
    "nested": ("<div>", "{}x", ""),
    "nested with ends that do not fit": ("</div>", "<div><td><b><b>{}", ""),
    "marks": ("<", "{}", "<"),
    "open tags": ("<a ", "{}", ""),
    "open quotes": ('<a b="', "{}", ""),
    "spaces": (" ", "{}", ""),
    "ampersands": ("&", "{}", "&"),
    "cells": ("<td rowspan=9 colspan=99999>", "<table>{}", ""),
    "tables": ("<table><tr><td>", "{}", ""),
    "quotes": ("<blockquote>a<div id=divRplyFwdMsg>", "{}", "a"),
    "gmail": ("<div class=gmail_quote>a", "{}", "a"),
    "comments": ("<!--", "{}", ""),
    "style": ("p,", "<style>{}", ""),
    "lines": ("<div style='border-top:1px solid'>a:", "{}", "a:"),
}


@pytest.mark.parametrize(("unit", "around", "seen"), HEAVY.values(), ids=HEAVY.keys())
def test_no_source_takes_long(unit, around, seen):
    times = 400_000 // len(unit)
    parsed = grows_linearly(lambda n: parse_html(around.format(unit * n)), times)
    assert "".join(parsed.text.plain.split()) == seen * times + around.partition("{}")[2]

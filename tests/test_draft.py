"""Draft JSON: partial objects read, wrong ones are told by field and never by value."""

from __future__ import annotations

import base64
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.draft import from_draft
from checker.message import DraftError

SECRET = "13812345678"


def test_an_empty_draft_is_a_message():
    message = from_draft({})
    assert (message.sender, message.recipients, message.subject.plain, message.body.plain) == (None, (), "", "")
    assert [t.part for t in message.headers] == ["from", "to", "cc", "bcc", "reply_to"]
    assert (message.zones, message.attachments, message.date, message.reply) == ((), (), None, None)


def test_html_wins_over_text_and_blank_html_does_not():
    both = from_draft({"html": "<p>a</p>", "text": "b"})
    assert (both.body.part, both.body.plain, both.alternative.plain) == ("html", "a", "b")
    assert from_draft({"html": "  ", "text": "b"}).body.plain == "b"


@pytest.mark.parametrize(
    ("entries", "people"),
    [
        (["张三\uff08采购\uff09 <a@x.cn>"], [("张三\uff08采购\uff09", "a@x.cn")]),
        (["Zhang, San <a@x.cn>"], [("Zhang, San", "a@x.cn")]),  # as an add-in joins name and address
        (["a@x.cn; b@x.cn"], [("", "a@x.cn"), ("", "b@x.cn")]),
        (["李总", "b@x.cn"], [("李总", ""), ("", "b@x.cn")]),
        (["张三\uff1ca@x.cn\uff1e"], [("张三", "a@x.cn")]),
        ([" a@x.cn "], [("", "a@x.cn")]),
    ],
)
def test_recipients(entries, people):
    message = from_draft({"to": entries})
    assert [(p.name, p.address) for p in message.to] == people
    assert message.to[0].span.of.plain == ", ".join(entries)
    assert all(p.address_span.words in (p.address, p.name) for p in message.to)


def test_attachments():
    content = base64.b64encode(b"abc").decode()
    draft = {
        "attachments": [{"name": "a.txt", "content": content, "size": 99}, {"name": "b.pdf"}, {"link": "https://x/y"}]
    }
    first, second, third = from_draft(draft).attachments
    assert (first.content, first.size, first.index) == (b"abc", 3, 0)  # the bytes know better
    assert (second.content, second.size) == (None, -1)  # nobody knows
    assert (third.link, third.name.plain) == ("https://x/y", "")


def test_dates_and_reply():
    reply = {"message_id": "<1@x>", "from": "a@x.cn", "to": ["b@x.cn"], "references": ["<0@x>"], "date": None}
    message = from_draft({"date": "2026-03-10T02:00:00Z", "reply": reply, "language": "zh"})
    assert message.date == datetime.fromisoformat("2026-03-10T10:00:00+08:00")
    assert (message.reply.message_id, message.reply.sender, message.reply.to) == ("<1@x>", "a@x.cn", ("b@x.cn",))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ([], "draft"),
        ("text", "draft"),
        (None, "draft"),
        ({"subject": 5}, "subject"),
        ({"text": [SECRET]}, "text"),
        ({"to": [{}]}, "to[0]"),
        ({"to": SECRET}, "to"),
        ({"to": {"a": 1}}, "to"),
        ({"from": [SECRET]}, "from"),
        ({"attachments": {}}, "attachments"),
        ({"attachments": [SECRET]}, "attachments[0]"),
        ({"attachments": [{"content": "?" + SECRET}]}, "attachments[0].content"),
        ({"attachments": [{"content": "\u4e2d"}]}, "attachments[0].content"),
        ({"attachments": [{"size": SECRET}]}, "attachments[0].size"),
        ({"attachments": [{"size": float("nan")}]}, "attachments[0].size"),
        ({"attachments": [{"size": True}]}, "attachments[0].size"),
        ({"attachments": [{"inline": 1}]}, "attachments[0].inline"),
        ({"attachments": [{"type": 5}]}, "attachments[0].type"),
        ({"date": SECRET}, "date"),
        ({"date": "2026-03-10T10:00:00"}, "date"),  # no zone
        ({"date": "2026-02-30T10:00:00Z"}, "date"),
        ({"date": 5}, "date"),
        ({"language": "fr"}, "language"),
        ({"reply": SECRET}, "reply"),
        ({"reply": {"to": [5]}}, "reply.to[0]"),
        ({"reply": {"date": "x"}}, "reply.date"),
        ({"subjct": SECRET}, "draft"),
        ({"attachments": [{"rows": []}]}, "attachments[0]"),
        ({"to": ["a@x.cn"] * 10_001}, "to"),
        ({"override": 5}, "override"),
    ],
)
def test_a_wrong_draft_is_told_by_its_field(draft, field):
    with pytest.raises(DraftError) as caught:
        from_draft(draft)
    assert caught.value.field == field
    assert SECRET not in str(caught.value)
    assert SECRET not in caught.value.reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["from", "to", "subject", "html", "text", "date", "attachments", "reply", "language", "x"])


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, JSON, max_size=5))
def test_any_json_is_a_message_or_a_draft_error(draft):
    try:
        from_draft(draft)
    except DraftError as error:
        assert error.field

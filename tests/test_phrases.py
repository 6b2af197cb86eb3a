"""Phrases in one automaton, hits, and the tone rules on a table of sentences."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checker.company import Company
from checker.compile import build
from checker.draft import from_draft
from checker.engine import check
from checker.facts import phrases
from checker.facts.lexicon import Phrase, PhraseError, compile_lexicon
from checker.load import RuleFile
from checker.message import Message, Zone
from checker.reading import Reading
from checker.text import literal

ROOT = Path(__file__).parent.parent
NOW = datetime.fromisoformat("2026-03-10T10:00:00+08:00")
CASES = yaml.load((ROOT / "tests/cases/tone.yaml").read_text("utf-8"), yaml.CSafeLoader)


def tone_rules():
    files = sorted((ROOT / "rules/tone").glob("*.yaml"))
    return [RuleFile(f"tone/{path.stem}", str(path), path.read_text("utf-8")) for path in files]


RULESET = build(tone_rules(), Company())


def reading(text, zones=None, subject="s"):
    body = literal("text", text)
    zones = zones or (Zone("own", 0, len(body.matching)),)
    return Reading(
        Message(
            None, (), (), (), (), literal("subject", subject), body, None, zones, (), None, None, None, (), None, ()
        )
    )


def found(texts, text):
    lexicon = compile_lexicon([Phrase("r", i, one) for i, one in enumerate(texts)])
    words = literal("text", text)
    return [words.matching[m.start : m.end] for m in lexicon.find(words)]


def findings(text, **more):
    draft = {"from": "a@b.cn", "to": ["c@d.cn"], "subject": "【补货】x", "text": text, **more}
    report = check(from_draft(draft), RULESET, Company(), now=NOW)
    assert not report.errors
    return report.findings


@pytest.mark.parametrize(
    ("texts", "text", "wanted"),
    [
        (["请…尽快处理"], "请您尽快处理", ["请您尽快处理"]),
        (["请…尽快处理"], "请尽快处理", ["请尽快处理"]),
        (["请...尽快处理"], "请贵司同事尽快处理", ["请贵司同事尽快处理"]),
        (["请…尽快处理"], "请贵司物流部同事尽快处理", []),  # eight characters
        (["请…尽快处理"], "请看\uff0c尽快处理", []),
        (["(你|你们)又(漏|忘)"], "你们又忘了\uff0c你又漏了", ["你们又忘", "你又漏"]),
        (["(全|)赖(你|你们)"], "赖你\uff0c全赖你们", ["赖你", "全赖你们"]),
        (["(问题|错)出在(你|贵司)…(仓|库)"], "错出在贵司的海外仓", ["错出在贵司的海外仓"]),
        (["you (sent|shipped) … again"], "You sent the wrong boxes again", ["You sent the wrong boxes again"]),
        (["you (sent|shipped) … again"], "You sent these boxes from the other warehouse again", []),
        (["请…尽快处理"], "请看\n尽快处理", []),
        (["a…bcd"], "a 1.5 bcd", ["a 1.5 bcd"]),
        (["a…bcd"], "a. bcd", []),
        (["尽快", "请尽快"], "请尽快", ["请尽快"]),
        (["请尽快", "尽快处理"], "请尽快处理", ["请尽快"]),  # the leftmost wins
        (["asap"], "Reply ASAP\uff01", ["ASAP"]),
        (["asap"], "asaps, nasap, asap2", []),
        (["asap"], "请asap回复", ["asap"]),
        (["ASAP"], "\uff21\uff33\uff21\uff30", ["ASAP"]),
        (["per my last email"], "Per my  last\nemail", ["Per my last email"]),
        (["can't wait"], "I can\u2019t wait", ["can\u2019t wait"]),
        (["please…asap"], "pleased asap", []),
        (["please…asap"], "please, asap", []),
        (["急\uff01\uff01"], "急!!", ["急!!"]),
    ],
)
def test_a_phrase_matches(texts, text, wanted):
    assert [" ".join(one.split()) for one in found(texts, text)] == wanted


@pytest.mark.parametrize(
    "text", ["", "  ", "…", "...", "请…吗", "(尽快|)", "(你|您)…(吗|呢)", "\u200b", "!!!", "\uff01\uff01"]
)
def test_a_phrase_that_cannot_match_is_refused(text):
    with pytest.raises(PhraseError) as caught:
        compile_lexicon([Phrase("r", 3, text)])
    assert caught.value.phrase.index == 3


def test_the_entry_named_first_wins_where_two_match_alike():
    lexicon = compile_lexicon([Phrase("r", 0, "请您尽快"), Phrase("r", 1, "请…尽快"), Phrase("q", 0, "请…尽快")])
    assert [(m.rule, m.index) for m in lexicon.find(literal("text", "请您尽快"))] == [("q", 0), ("r", 0)]


def test_without_phrases_there_are_no_hits():
    assert phrases.read(compile_lexicon([]), reading("请尽快处理"), (), ()) == ()


def test_hits_know_their_zone_and_own_ones_come_first():
    text = "请尽快处理\n旧\uff1a请尽快处理"
    zones = (Zone("quote", 0, 6), Zone("own", 6, len(text)))
    lexicon = compile_lexicon([Phrase("r", 0, "尽快处理")])
    hits = phrases.read(lexicon, reading(text, zones, subject="尽快处理"), (), ())
    assert [(h.place.zone, h.place.where) for h in hits] == [("own", "subject"), ("own", "own"), ("quote", "quote")]


def test_a_hit_has_its_sentence():
    lexicon = compile_lexicon([Phrase("r", 0, "尽快处理")])
    (hit,) = phrases.read(lexicon, reading("您好。库存告急\uff0c请尽快处理\uff01谢谢。"), (), ())
    assert hit.sentence == "库存告急,请尽快处理!"


def test_hits_are_bounded():
    lexicon = compile_lexicon([Phrase("r", 0, "难道…不知道"), Phrase("r", 0, "尽快")])
    assert len(phrases.read(lexicon, reading("难道尽快" * 50_000), (), ())) == phrases.MOST_HITS


@given(st.text("请您尽快处理，。 as\n", max_size=40))
def test_matches_never_overlap_and_read_as_a_phrase(text):
    lexicon = compile_lexicon([Phrase("r", 0, "请…尽快"), Phrase("r", 1, "尽快处理"), Phrase("r", 2, "as")])
    words = literal("text", text)
    last = 0
    for m in lexicon.find(words):
        assert last <= m.start < m.end <= len(words.matching)
        assert words.matching[m.start : m.end][:1] in "请尽a"
        last = m.end


def test_the_table_has_full_width_marks():
    assert sum(any(c in case["text"] for c in "\uff0c\uff01\uff1f\uff1a") for case in CASES) > 80


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_tone(case):
    assert sorted({f.rule for f in findings(case["text"])}) == case["rules"]


def test_insults_silence_blame_in_their_sentence_only():
    assert {f.rule for f in findings("你们总是发错货\uff0c一群废物。")} == {"tone/rude"}
    assert {f.rule for f in findings("一群废物。你们总是发错货。")} == {"tone/rude", "tone/blame"}


def test_a_pasted_review_table_is_not_the_senders():
    html = "<table><tr><th>日期</th><th>评论内容</th></tr><tr><td>3月1日</td><td>垃圾产品</td></tr></table>"
    assert findings("", html=html) == ()
    other = html.replace("评论内容", "备注")
    assert {f.rule for f in findings("", html=other)} == {"tone/rude"}


@pytest.mark.parametrize(
    "text",
    [
        "差评内容\uff1a\n垃圾产品\n白痴设计\n\n请看附件。",
        '买家写道\uff1a"垃圾产品"',
        "「垃圾产品」是买家的原话",
        "Review: piece of crap. Idiots!",
    ],
)
def test_pasted_reviews_are_quoted(text):
    assert findings(text) == ()


def test_the_rewrite_keeps_the_verb():
    (finding,) = findings("请尽快处理这批货。")
    assert finding.suggestion.zh.startswith("您是否方便在X月X日前处理")
    assert finding.edits == ()

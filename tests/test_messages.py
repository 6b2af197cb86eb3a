"""Every rule's words in both languages as its fail examples bring them out, compared with snapshots/messages.yaml.

`python tests/test_messages.py --write` rewrites the snapshot; read the difference as a busy reader would.
"""

import json
import re
import sys
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import yaml

from checker.compile import build
from checker.engine import check
from checker.examples import DATA_TABLES, DRESSES, ENVELOPE, NOW, example_company
from checker.files import default_policy
from checker.fix import apply_to_draft
from checker.load import read_rule
from checker.message import Aftermath
from checker.policy import company_of
from checker.rule_folders import shipped_rules

SNAPSHOT = Path(__file__).parent / "snapshots" / "messages.yaml"
RULES = {file.id: read_rule(file) for file in shipped_rules()}
CHINESE = re.compile("[\u3400-\u9fff]")
# What a message takes from the mail: two messages that differ in nothing else have the same wording.
QUOTED = re.compile(r"“[^”]*”|[A-Za-z0-9@.,\uff08\uff09_%/*-]+|、")


@cache
def prepared(tables):
    """Company and ruleset of the examples; tables: JSON of an example's own policy."""
    own = json.loads(tables)
    given = {name: table for name, table in own.items() if name not in DATA_TABLES}
    defaults = tomllib.loads(default_policy().decode())
    company = example_company(company_of(defaults, given, source="example"), own)
    return company, build(shipped_rules(), company)


def unmarked(value):
    return json.loads(re.sub("[«»]", "", json.dumps(value, ensure_ascii=False)))


def findings_of(rule, example):
    """The findings of one rule on one example, each with its place after its own edit."""
    draft = ENVELOPE | unmarked(dict(example.draft))
    company, ruleset = prepared(json.dumps(draft.pop("policy", {})))
    aftermath = Aftermath(**draft.pop("aftermath")) if "aftermath" in draft else None
    report = check(DRESSES["draft"](draft), ruleset, company, now=NOW, aftermath=aftermath)
    for finding in report.findings:
        if finding.rule == rule.id:
            yield entry(finding, draft)


def entry(finding, draft):
    written = {
        "words": finding.words,
        "zh": finding.message.zh,
        "en": finding.message.en,
        "suggest_zh": finding.suggestion and finding.suggestion.zh,
        "suggest_en": finding.suggestion and finding.suggestion.en,
    }
    if finding.edits:
        fixed = apply_to_draft(draft, finding.edits)[finding.edits[0].part]
        written["edited" if not finding.safe else "edited_safely"] = fixed
    return {key: value for key, value in written.items() if value}


def rendered(rule_id):
    """The first finding of the first two fail examples, of the first English one, and of each that words it anew."""
    rule, shown, seen, english = RULES[rule_id], [], set(), False
    for number, example in enumerate(rule.fails):
        first = next(findings_of(rule, example), None)
        if first is None:
            shown.append({"example": example.line, "words": "NOTHING FOUND"})
            continue
        wording = QUOTED.sub("", first["zh"] + first.get("suggest_zh", ""))
        new_english = not english and not CHINESE.search(str(dict(example.draft)))
        if number < 2 or new_english or wording not in seen:
            shown.append(first)
        english |= new_english
        seen.add(wording)
    return shown


@cache
def snapshot():
    return yaml.load(SNAPSHOT.read_text("utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_messages_are_as_they_were_read(rule_id):
    assert rendered(rule_id) == snapshot().get(rule_id), "stale: python tests/test_messages.py --write, then read it"


def test_the_snapshot_has_no_rule_too_many():
    assert set(snapshot()) == set(RULES)


def said(key):
    return [(rule_id, e[key]) for rule_id, entries in snapshot().items() for e in entries if key in e]


def test_chinese_sentences_are_punctuated_in_full_width():
    """Half-width marks beside a Chinese character, outside what is quoted from the mail."""
    half = re.compile("[\u3400-\u9fff”][,:;!?(]|[,;!?)][\u3400-\u9fff]")
    texts = chain(said("zh"), said("suggest_zh"))
    assert not [(i, t) for i, t in texts if CHINESE.search(t) and half.search(re.sub("“[^”]*”|】.*", "“”", t))]


def test_no_words_are_missing_or_doubled():
    odd = re.compile(
        r"[{}]|“”|\bnull\b|\bNone\b|\.0\b(?!\.)|  |。。|\uff0c[\uff0c。]|、[。\uff0c、]|[,;] ?[.,](?!\w)|(?<!\.)\.\.(?!\.)"
    )
    keys = ("zh", "en", "suggest_zh", "suggest_en")
    assert not [(i, t) for key in keys for i, t in said(key) if odd.search(re.sub("“[^”]+”", "“x”", t))]


def test_english_messages_are_english():
    """No Chinese but what the mail itself says, and no full-width punctuation."""
    own = [(i, re.sub("“[^”]*”", "", t)) for i, t in said("en")]
    assert not [(i, t) for i, t in own if re.search("[\uff01-\uff5e\u3001\u3002]", t)]
    names = re.compile("李强|陈晓|赵敏|王芳")
    assert not [(i, t) for i, t in own if CHINESE.search(names.sub("", t))]


def write():
    """Write the snapshot anew."""
    SNAPSHOT.parent.mkdir(exist_ok=True)
    found = {rule_id: rendered(rule_id) for rule_id in sorted(RULES)}
    SNAPSHOT.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=1000), "utf-8")


if __name__ == "__main__" and "--write" in sys.argv:
    write()

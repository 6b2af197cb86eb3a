"""`presend fix` on whole mails: a second run finds nothing to do, and outside the edited lines no byte changes."""

from __future__ import annotations

import base64

import pytest
from test_cli import DRAFTS

from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW
from checker.fix import apply_to_draft, apply_to_eml
from checker.locate import in_eml
from checker.mime import from_eml

SHAPES = ["8bit", "base64", "html"]


def mail(text: str, shape: str) -> bytes:
    kind = "html" if shape == "html" else "plain"
    body = f"<p>{text.replace(chr(10), '<br>')}</p>" if kind == "html" else text
    coded = base64.encodebytes(body.encode()) if shape == "base64" else body.encode()
    encoding = "base64" if shape == "base64" else "8bit"
    head = f"From: wang.fang@lantu-trade.cn\nTo: chen.xiao@lantu-trade.cn\nSubject: x\nX-Odd:  kept \t\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode() + coded


def safe_edits(report):
    return [edit for f in report.findings if f.safe and not f.waived for edit in f.edits]


def examples(ruleset):
    """The text of every example of a rule whose fixes are safe."""
    texts = [e.draft["text"] for rule in ruleset.rules if rule.safe for e in rule.fails if set(e.draft) == {"text"}]
    return [str(text).replace("«", "").replace("»", "") for text in texts]


@pytest.mark.parametrize("shape", SHAPES)
def test_safe_fixes_of_every_example_are_idempotent_and_local(ruleset, company, shape):
    fixed_some = 0
    for text in examples(ruleset):
        data = mail(text, shape)
        report = check(from_eml(data), ruleset, company, now=NOW)
        edits = safe_edits(report)
        if not edits:
            continue
        fixed_some += 1
        fixed = apply_to_eml(data, edits)
        assert fixed != data
        assert safe_edits(check(from_eml(fixed), ruleset, company, now=NOW)) == [], text
        kept = data
        places = [
            c for p, f in zip(in_eml(data, report.findings), report.findings, strict=True) if f.safe for c in p.changes
        ]
        for change in sorted(places, key=lambda c: c.start, reverse=True):
            kept = kept[: change.start] + change.new + kept[change.end :]
        if shape != "base64" or len(places) == 1:
            assert kept == fixed  # what is fixed is what the findings say, byte for byte
        assert fixed.startswith(data[: data.index(b"\n\n")])
    assert fixed_some > 10


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.eml")), ids=lambda p: p.stem)
def test_safe_fixes_of_the_example_drafts_are_idempotent(ruleset, company, path):
    data = path.read_bytes()
    edits = safe_edits(check(from_eml(data), ruleset, company, now=NOW))
    fixed = apply_to_eml(data, edits)
    assert safe_edits(check(from_eml(fixed), ruleset, company, now=NOW)) == []
    assert (fixed == data) == (edits == [])


def test_safe_fixes_of_drafts_are_idempotent(ruleset, company):
    for text in examples(ruleset):
        draft = {**ENVELOPE, "text": text}
        fixed = apply_to_draft(draft, safe_edits(check(from_draft(draft), ruleset, company, now=NOW)))
        assert safe_edits(check(from_draft(fixed), ruleset, company, now=NOW)) == []

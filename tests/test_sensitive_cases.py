"""The labelled strings and mails: every value found with its exact words, and nothing else."""

import base64
import re
from pathlib import Path

import pytest
import yaml
from documents import content_of

from bench.detection import labelled, ours
from checker.examples import ENVELOPE

CASES = Path(__file__).parent / "cases"
STRINGS, UNSEEN, MAILS, UNSEEN_MAILS = (
    yaml.load((CASES / f"sensitive_{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    for name in ("strings", "unseen", "mails", "unseen_mails")
)
# Known gaps: a shop's name as a chat account, with nothing between label and name.
GAPS = {"买家旺旺阳光小店88在催"}


@pytest.mark.parametrize("case", STRINGS + UNSEEN, ids=lambda c: c["text"][:24])
def test_each_string_says_just_what_is_marked(case):
    text, wanted = labelled(case["text"], case["kinds"])
    found = {(min(v.kinds), text[v.start : v.end]) for v in ours(text)}
    marked = {(min(v.kinds), text[v.start : v.end]) for v in wanted}
    assert (found == marked) is (text not in GAPS), f"found {found}, marked {marked}"


def drafted(draft):
    files = []
    for one in draft.get("attachments", ()):
        content = None if "size" in one else base64.b64encode(content_of(one)).decode()
        files.append({"name": one["name"], "size": one.get("size"), "content": content})
    return {**ENVELOPE, **draft, "attachments": files}


def squeezed(words):
    return re.sub(r"\s", "", words)


@pytest.mark.parametrize("case", MAILS + UNSEEN_MAILS, ids=lambda c: c["name"])
def test_each_mail_has_just_the_findings_that_it_deserves(case, judge):
    report = judge(**drafted(case["draft"]))
    assert report.errors == ()
    told = [f for f in report.findings if f.rule.startswith("sensitive/")]
    found = {(f.data["kind"], squeezed(f.place.text), f.data["rows"]) for f in told}
    assert found == {(kind, squeezed(words), *(rows or [1])) for kind, words, *rows in case["finds"]}


@pytest.mark.parametrize(
    ("strings", "mails", "fewest", "wide"), [(STRINGS, MAILS, (300, 40), 120), (UNSEEN, UNSEEN_MAILS, (120, 24), 60)]
)
def test_the_data_is_what_it_says_to_be(strings, mails, fewest, wide):
    texts = [c["text"] for c in strings]
    assert (len(strings), len(mails)) >= fewest
    assert sum(not c["kinds"] for c in strings) >= len(strings) / 2
    assert sum(not c["finds"] for c in mails) >= len(mails) / 2
    assert sum(any("\uff00" <= c <= "\uffef" for c in text) for text in texts) >= wide
    assert len(set(texts)) == len(texts)


def test_digits_are_full_width_too():
    assert sum(any("\uff10" <= c <= "\uff19" for c in one["text"]) for one in STRINGS) >= 10

"""The shipped rules: their examples behave, there are enough of them, safe edits cure, and papers name real rules only."""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW
from checker.fix import apply_to_draft
from checker.load import read_rule
from checker.rule_folders import shipped_rules
from checker.rule_tests import run_rule_tests

ROOT = Path(__file__).parent.parent
RULES = {file.id: read_rule(file) for file in shipped_rules()}
IDS = sorted(RULES)
SAFE = [rule_id for rule_id in IDS if RULES[rule_id].safe]
# What the main job asks for; more may ship.
REQUIRED = {
    "subject": "empty untagged unknown-tag no-product missing-urgent unfounded-urgent",
    "asin": "malformed missing mismatched",
    "body": "empty no-request unstructured placeholder unsigned",
    "recipients": "none missing-cc personal-mailbox typo-domain exposed-list",
    "data": "missing-metrics vague wrong-dos wrong-coverage wrong-stockout-date no-table",
    "deadline": "missing vague past wrong-weekday non-working-day",
    "attachments": "missing unreadable risky too-large",
    "tone": "blunt-urgency blame rude passive-aggressive shouting",
    "sensitive": "identity bank contact credential order finance",
}
CHINESE = re.compile("[\u3400-\u9fff]")
ENGLISH = re.compile("[A-Za-z]{2,}")
FULL_WIDTH = re.compile("[\uff01-\uff5e]")


@cache
def failures():
    """Every failure by rule; run once, for building the rules costs more than most of their examples."""
    found = defaultdict(list)
    for failure in run_rule_tests().failures:
        found[failure.rule].append(str(failure))
    return found


@pytest.mark.parametrize("rule_id", IDS)
def test_examples_behave_in_four_dresses(rule_id):
    assert not failures()[rule_id], "\n".join(failures()[rule_id])


def languages(draft):
    """The languages that an example serves: by its body, else its subject; both where it has no words."""
    words = str(draft.get("text") or draft.get("html") or draft.get("subject") or "")
    if CHINESE.search(words):
        return {"zh"}
    return {"en"} if ENGLISH.search(words) else {"zh", "en"}


@pytest.mark.parametrize("side", ["passes", "fails"])
@pytest.mark.parametrize("rule_id", IDS)
def test_there_are_examples_enough_in_both_languages(rule_id, side):
    examples = getattr(RULES[rule_id], side)
    assert len(examples) >= 4
    for language in ("zh", "en"):
        assert sum(language in languages(e.draft) for e in examples) >= 2, language


def test_half_of_the_chinese_examples_are_in_full_width():
    """As real mails are; they get lost when a file is written carelessly."""
    by_family = defaultdict(list)
    for rule in RULES.values():
        for example in rule.fails:
            if languages(example.draft) == {"zh"}:
                written = json.dumps(dict(example.draft), ensure_ascii=False)
                by_family[rule.id.split("/")[0]].append(bool(FULL_WIDTH.search(written)))
    scarce = {family: f"{sum(full)} of {len(full)}" for family, full in by_family.items() if sum(full) * 2 < len(full)}
    assert not scarce


def unmarked(value):
    return json.loads(re.sub("[«»]", "", json.dumps(value, ensure_ascii=False)))


def plain_fails(rule_id):
    """The fail examples that need no policy of their own and no written files, as whole drafts."""
    drafts = [unmarked(dict(e.draft)) for e in RULES[rule_id].fails]
    return [
        ENVELOPE | d for d in drafts if "policy" not in d and not any("rows" in a for a in d.get("attachments", []))
    ]


@pytest.mark.parametrize("dress", ["text", "html"])
@pytest.mark.parametrize("rule_id", SAFE)
def test_a_safe_edit_cures_what_it_was_made_for(rule_id, dress, ruleset, company):
    cured = 0
    for example in plain_fails(rule_id):
        draft = dict(example)
        if dress == "html" and "html" not in draft:
            draft["html"] = f"<p>{draft.pop('text')}</p>"
        found = [f for f in check(from_draft(draft), ruleset, company, now=NOW).findings if f.rule == rule_id]
        safe = [f for f in found if f.safe]
        fixed = apply_to_draft(draft, [e for f in safe for e in f.edits])
        left = [f for f in check(from_draft(fixed), ruleset, company, now=NOW).findings if f.rule == rule_id]
        assert len(left) == len(found) - len(safe), (fixed, [f.place.text for f in left])
        cured += len(safe)
    assert cured >= 4


def test_papers_mention_only_rules_that_exist():
    families = "|".join(sorted({rule_id.split("/")[0] for rule_id in IDS}))
    named = re.compile(rf"(?<![\w/.])(?:rules/)?((?:{families})/[a-z-]+)(?![\w/-])")
    papers = [*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")]
    wrong = {(p.name, m[1]) for p in papers for m in named.finditer(p.read_text("utf-8")) if m[1] not in RULES}
    assert not wrong
    assert any(named.search(p.read_text("utf-8")) for p in papers)


def test_the_rules_of_the_main_job_exist():
    wanted = {f"{family}/{name}" for family, names in REQUIRED.items() for name in names.split()}
    assert wanted <= set(RULES)

"""Figures: phrases and what they give, whose they are, tables, reported figures."""

from pathlib import Path

import pytest
import yaml

from checker.budget import Budget
from checker.draft import from_draft
from checker.examples import ENVELOPE, NOW
from checker.facts.facts import Facts
from checker.facts.phrases import compile_lexicon

CASES = yaml.safe_load((Path(__file__).parent / "cases/figures.yaml").read_text(encoding="utf-8"))
LEXICON = compile_lexicon(())


@pytest.fixture
def facts(company):
    """facts(**draft) -> Facts of a partial draft over the envelope of the examples."""
    return lambda **draft: Facts(from_draft({**ENVELOPE, **draft}), company, NOW, LEXICON, Budget())


def written(figure, *, product):
    words = [figure.metric, f"{figure.value:g}"]
    words += [figure.product or "-"] if product else []
    return " ".join([*words, *(["reported"] if figure.reported else [])])


@pytest.mark.parametrize(("text", "wanted"), CASES["figures"])
def test_phrase_gives_figures(facts, text, wanted):
    owned = any(len(w.split()) > 2 and w.split()[2] != "reported" for w in wanted)
    assert sorted(written(f, product=owned) for f in facts(text=text).figures) == sorted(wanted)


@pytest.mark.parametrize("text", CASES["nothing"])
def test_phrase_gives_no_figure(facts, text):
    assert [
        written(f, product=False) for f in facts(text=text).figures if f.metric not in ("safety_stock", "per_box")
    ] == []


def test_cases_are_many_and_full_width():
    assert len(CASES["figures"]) >= 150
    assert len(CASES["nothing"]) >= 40
    assert sum(any("\uff01" <= c <= "\uff5e" for c in row[0]) for row in CASES["figures"]) >= 40

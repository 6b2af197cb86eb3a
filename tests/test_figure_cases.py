"""Figures of sentences and tables that were written before the patterns were looked at: what is read and what is not."""

import base64
from html import escape
from pathlib import Path

import books
import pytest
import yaml

from checker.budget import Budget
from checker.draft import from_draft
from checker.examples import ENVELOPE, NOW
from checker.facts.facts import Facts
from checker.facts.phrases import compile_lexicon

CASES = Path(__file__).parent / "cases"
SENTENCES = yaml.load((CASES / "figures_sentences.yaml").read_text("utf-8"), yaml.CSafeLoader)
TABLES = yaml.load((CASES / "figures_tables.yaml").read_text("utf-8"), yaml.CSafeLoader)
LEXICON = compile_lexicon(())
FULL_WIDTH = set("\uff0c\uff1a\uff08\uff09\uff01\uff1f\uff1b")


def figures(company, **draft):
    return Facts(from_draft({**ENVELOPE, **draft}), company, NOW, LEXICON, Budget()).figures


def sentences():
    for group, rows in SENTENCES.items():
        for text, wanted in rows:
            yield pytest.param(text, wanted, id=f"{group}/{text[:40]}")


def written(figure, like):
    """A figure in the words of the cases, with as much of it as `like` says."""
    words = [figure.metric, f"{figure.value:g}" + (f"-{figure.high:g}" if figure.high > figure.value else "")]
    words += ["~"] if "~" in like.split() and figure.approximate else []
    words += [figure.unit] if any(w.isupper() and len(w) == 3 for w in like.split()) else []
    return " ".join([*words, *([f"@{figure.product}"] if "@" in like else [])])


@pytest.mark.parametrize(("text", "wanted"), list(sentences()))
def test_a_sentence_gives_its_figures_and_no_other(company, text, wanted):
    found = figures(company, text=text)
    likes = {" ".join(w.split()[:2]): w for w in wanted}
    said = [written(f, likes.get(written(f, ""), wanted[0] if wanted else "")) for f in found]
    assert sorted(said) == sorted(wanted)


def draft_of(case):
    kind = case.get("as")
    if kind is None:
        return {k: case[k] for k in ("html", "text") if k in case}
    if kind == "tabs":
        return {"text": "明细如下\uff1a\n" + "\n".join("\t".join(row) for row in case["rows"]) + "\n请审批。"}
    if kind == "html":
        rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in case["rows"])
        return {"html": f"<p>明细如下\uff1a</p><table>{rows}</table><p>请审批。</p>"}
    name, content = books.write(kind, case["rows"])
    encoded = base64.b64encode(content).decode()
    return {"text": "明细见附件。", "attachments": [{"name": name, "size": len(content), "content": encoded}]}


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in TABLES])
def test_a_table_gives_its_figures_and_no_other(company, case):
    found = []
    for f in figures(company, **draft_of(case)):
        cell = f.place.span.of.cell_at(f.place.span.start) if f.place.where == "sheet" else ""
        found.append(f"{f.product} {f.metric} {f.value:g} {cell}".strip())
    assert sorted(found) == sorted(case["want"])


def test_the_cases_are_many_and_half_of_them_near_misses():
    texts = [row[0] for rows in SENTENCES.values() for row in rows]
    misses = SENTENCES["near_misses"]
    assert len(texts) >= 180
    assert len(misses) >= 75
    assert len(TABLES) >= 35
    assert sum(bool(FULL_WIDTH & set(t)) for t in texts) >= 60
    assert sum(text.isascii() for text in texts) >= 60

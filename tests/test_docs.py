"""The pages for people: every link of theirs leads to a file that is there, and is written so that it is one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("addin/*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page):
    text = page.read_text("utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    assert [t for t in targets if "://" not in t and not (page.parent / t).exists()] == []
    assert "]\uff08" not in text, "a full-width bracket makes no link"


def test_there_are_pages():
    assert len(PAGES) > 15

"""The planted bugs can still be planted."""

import ast
from pathlib import Path

import pytest
from mutations import BUGS, ROOT, times


@pytest.mark.parametrize("bug", BUGS, ids=lambda b: f"{b.file}: {b.old.strip()[:40]}")
def test_a_bug_fits_exactly_one_place(bug):
    assert times(bug) == 1
    assert bug.old != bug.new
    changed = (ROOT / "checker" / bug.file).read_text("utf-8").replace(bug.old, bug.new)
    ast.parse(changed)  # a mistake in logic, not in spelling
    assert all((Path(__file__).parent / f"test_{name}.py").exists() for name in bug.tests.split())


def test_they_are_spread():
    assert len(BUGS) >= 20
    assert len({bug.file for bug in BUGS}) >= 15

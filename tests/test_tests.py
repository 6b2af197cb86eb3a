"""The tests themselves: each one asserts something, directly or by a function of the tests that does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from growth import grows_linearly
from longest import LONGEST

FILES = sorted(Path(__file__).parent.rglob("*.py"))
# Calls that fail a test by themselves: pytest's and playwright's.
ASSERTING = {"raises", "warns", "fail", "expect"}


def names(tree: ast.AST) -> set[str]:
    """Every name and attribute that is used in it."""
    return {
        n.id if isinstance(n, ast.Name) else n.attr for n in ast.walk(tree) if isinstance(n, (ast.Name, ast.Attribute))
    }


def asserts(function: ast.AST) -> bool:
    return any(isinstance(n, ast.Assert) for n in ast.walk(function)) or bool(names(function) & ASSERTING)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.FunctionDef))


def called_assert(name: str) -> bool:
    """assert_this and those whose names say it otherwise."""
    return name.startswith("assert_") or name == "grows_linearly"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_test_asserts(path):
    tests = [f for f in functions(path) if f.name.startswith("test_")]
    assert [f"{f.name}:{f.lineno}" for f in tests if not asserts(f) and not any(map(called_assert, names(f)))] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_called_assert_asserts(path):
    called = [f for f in functions(path) if called_assert(f.name)]
    assert [f.name for f in called if not asserts(f) and "AssertionError" not in names(f)] == []


def test_the_longest_files_are_there():
    assert set(LONGEST) <= {path.stem for path in FILES}


def test_what_grows_with_the_square_is_told_from_what_grows_linearly():
    assert grows_linearly(lambda n: sum(range(n * 1000)), 4_000) == 7_999_998_000_000
    with pytest.raises(AssertionError, match=r"^500: .* 2000: "):
        grows_linearly(lambda n: sum(sum(range(n)) for _ in range(n)), 2_000)

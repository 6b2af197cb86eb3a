"""Many patterns searched at once, each tried only where it can begin.

A long alternation costs Python's engine a try of every branch at every character. Here the branches are grouped by the
characters that they can begin with, and one quick scan finds those characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_DIGITS = frozenset("0123456789")
_SPACES = frozenset(" \t\n")
_QUANTIFIER = re.compile(r"[?*+]|\{(\d*)[^}]*\}")


class Found(NamedTuple):
    """A match: its range and the name of the pattern."""

    start: int
    end: int
    name: str


class Scanner:
    """Finds the leftmost matches of named patterns; of those at one place, that of the pattern named first.

    A pattern that begins with a Latin letter is tried at the beginning of a word only. Patterns are what `re` takes, without
    groups by number, flags and classes that are negated at their beginning.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        branches = [(name, branch) for name, pattern in patterns for branch in _branches(pattern)]
        starts = [_firsts(branch)[0] for _, branch in branches]
        self._names = [name for name, _ in branches]
        self._at = {
            char: re.compile("|".join(f"(?P<n{n}>{branches[n][1]})" for n in range(len(branches)) if char in starts[n]))
            for char in sorted(frozenset().union(*starts))
        }
        latin = "".join(c for c in self._at if c.isascii() and c.isalpha())
        others = "".join(re.escape(c) for c in self._at if c not in latin)
        parts = [*([rf"(?<![a-z])[{latin}]"] if latin else []), *([f"[{others}]"] if others else [])]
        self._begin = re.compile("|".join(parts))

    def finditer(self, text: str, start: int, end: int) -> Iterator[Found]:
        """The matches in text[start:end], in order and none overlapping. text is folded."""
        at = start
        for candidate in self._begin.finditer(text, start, end):
            if candidate.start() < at:
                continue
            m = self._at[candidate[0]].match(text, candidate.start(), end)
            if m and m.end() > m.start():
                at = m.end()
                yield Found(m.start(), at, self._names[int(str(m.lastgroup)[1:])])


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern at its outermost level."""
    found, depth, at, start = [], 0, 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = _closing_class(pattern, at)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            found.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*found, pattern[start:]]


def _closing_class(pattern: str, at: int) -> int:
    at += 1
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at


def _firsts(branch: str) -> tuple[frozenset[str], bool]:
    """The characters that a sequence can begin with, and whether it can be empty."""
    found: frozenset[str] = frozenset()
    at = 0
    while at < len(branch):
        chars, at, empty = _atom(branch, at)
        quantifier = _QUANTIFIER.match(branch, at)
        if quantifier:
            at = quantifier.end() + (branch[quantifier.end() : quantifier.end() + 1] in ("?", "+"))
            empty = empty or quantifier[0] in "?*" or quantifier[1] == "0"
        found |= chars
        if not empty:
            return found, False
    return found, True


def _atom(branch: str, at: int) -> tuple[frozenset[str], int, bool]:
    """(first characters, where the atom ends, whether it can be empty) of the atom at a place."""
    char = branch[at]
    if char == "\\":
        return _escaped(branch[at + 1]), at + 2, branch[at + 1] in "bB"
    if char == "[":
        end = _closing_class(branch, at)
        return _class(branch[at + 1 : end]), end + 1, False
    if char == "(":
        return _group(branch, at)
    if char in "^$":
        return frozenset(), at + 1, True
    return frozenset(char), at + 1, False


def _group(branch: str, at: int) -> tuple[frozenset[str], int, bool]:
    depth, end = 0, at
    while True:
        if branch[end] == "\\":
            end += 1
        elif branch[end] == "[":
            end = _closing_class(branch, end)
        elif branch[end] in "()":
            depth += 1 if branch[end] == "(" else -1
            if depth == 0:
                break
        end += 1
    inner = re.sub(r"^\?(?::|P<\w+>)", "", branch[at + 1 : end])
    if inner.startswith("?"):  # looks around, takes nothing
        return frozenset(), end + 1, True
    parts = [_firsts(b) for b in _branches(inner)]
    return frozenset().union(*(chars for chars, _ in parts)), end + 1, any(empty for _, empty in parts)


def _escaped(char: str) -> frozenset[str]:
    return {"d": _DIGITS, "s": _SPACES, "b": frozenset[str](), "B": frozenset[str]()}.get(char, frozenset(char))


def _class(inner: str) -> frozenset[str]:
    found: set[str] = set()
    at = 0
    while at < len(inner):
        if inner[at] == "\\":
            found |= _escaped(inner[at + 1])
            at += 2
        elif inner[at + 1 : at + 2] == "-" and at + 2 < len(inner):
            found |= {chr(c) for c in range(ord(inner[at]), ord(inner[at + 2]) + 1)}
            at += 3
        else:
            found.add(inner[at])
            at += 1
    return frozenset(found)

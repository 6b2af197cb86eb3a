"""Many patterns searched at once, each tried only where it can begin.

A long alternation costs Python's engine a try of every branch at every character. Here the branches are grouped by the
character that they can begin with, and one pass of an automaton finds where their first few characters stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.facts.spots import automaton

_OPENING = 4  # characters of a beginning that are told apart: more find fewer places in vain
_MOST_OPENINGS = 400  # of one branch; one that can begin in more ways is told by fewer characters
_DIGITS = frozenset("0123456789")
_SPACES = frozenset(" \t\n")
_ANY = "\0"  # stands for any character at all
_QUANTIFIER = re.compile(r"[?*+]|\{(\d*)(,?)(\d*)\}")


class Found(NamedTuple):
    """A match: its range and the name of the pattern."""

    start: int
    end: int
    name: str


class Scanner:
    """Finds the leftmost matches of named patterns; of those at one place, that of the pattern named first.

    A pattern that begins with a Latin letter is tried at the beginning of a word only. Patterns are what `re` takes,
    without groups by number, flags and beginnings that anything fits.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        branches = [(name, branch) for name, pattern in patterns for branch in _branches(pattern)]
        openings = [_openings(branch) for _, branch in branches]
        starts = [frozenset(o[0] for o in of) for of in openings]
        self._names = [name for name, _ in branches]
        self._at = _ByBeginning([branch for _, branch in branches], starts)
        self._openings = automaton(_shortest(frozenset[str]().union(*openings)))

    def finditer(self, text: str, start: int, end: int, among: list[int] | None = None) -> Iterator[Found]:
        """The matches in text[start:end], in order and none overlapping. text is folded; among: its candidates, where
        many pieces of it are searched."""
        at = start
        if among is None:
            among = self.candidates(text, start, end)
        for candidate in among[bisect_left(among, start) : bisect_left(among, end)]:
            if candidate < at:
                continue
            m = self._at[text[candidate]].match(text, candidate, end)
            if m and m.end() > candidate:
                at = m.end()
                yield Found(candidate, at, self._names[int(str(m.lastgroup)[1:])])

    def candidates(self, text: str, start: int, end: int) -> list[int]:
        """Where a pattern may begin: its first characters stand there, Latin ones at the beginning of a word."""
        found = self._openings.find_matches_as_indexes(text[start:end], overlapping=True)
        places = sorted({start + at for _, at, _ in found})
        return [at for at in places if not (at and _is_latin(text[at]) and _is_latin(text[at - 1]))]


class _ByBeginning(dict[str, re.Pattern[str]]):
    """For a character the pattern of all branches that can begin with it, made when the first text has it there."""

    def __init__(self, branches: list[str], starts: list[frozenset[str]]) -> None:
        super().__init__()
        self._branches = list(zip(branches, starts, strict=True))

    def __missing__(self, char: str) -> re.Pattern[str]:
        wanted = (f"(?P<n{n}>{branch})" for n, (branch, first) in enumerate(self._branches) if char in first)
        self[char] = re.compile("|".join(wanted))
        return self[char]


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _shortest(openings: frozenset[str]) -> list[str]:
    """Without those that begin with another one, which is found there anyway."""
    return sorted(o for o in openings if not any(o[:n] in openings for n in range(1, len(o))))


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


def _openings(branch: str) -> frozenset[str]:
    """The first characters that a match of a branch can have; fewer, where it may end or anything may follow."""
    return frozenset(o.partition(_ANY)[0] for o in _begin(branch)) - {""}


def _begin(branch: str) -> frozenset[str]:
    """The same with what takes nothing ("") and what takes anything (_ANY)."""
    found = frozenset({""})
    at = 0
    while at < len(branch) and not all(map(_is_whole, found)):
        atom, at = _atom(branch, at)
        quantifier = _QUANTIFIER.match(branch, at)
        if quantifier:
            at = quantifier.end() + (branch[quantifier.end() : quantifier.end() + 1] in ("?", "+"))
            atom = _repeated(atom, quantifier)
        found = _joined(found, atom)
    return found


def _joined(before: frozenset[str], behind: frozenset[str]) -> frozenset[str]:
    whole = frozenset(filter(_is_whole, before))
    short = before - whole - {""}
    next_ = behind if len(short) * len(behind) <= _MOST_OPENINGS else frozenset({_ANY})
    longer = frozenset((a + b)[:_OPENING] for a in short for b in next_)
    return whole | longer | (behind if "" in before else frozenset())


def _is_whole(opening: str) -> bool:
    """Whether nothing can be added to it."""
    return len(opening) >= _OPENING or opening.endswith(_ANY)


def _repeated(atom: frozenset[str], quantifier: re.Match[str]) -> frozenset[str]:
    fewest, most = _times(quantifier)
    found: frozenset[str] = frozenset()
    several = frozenset({""})
    for times in range(min(most, _OPENING) + 1):
        found |= several if times >= fewest else frozenset()
        several = _joined(several, atom)
    return found if most <= _OPENING else found | _joined(several, frozenset({_ANY}))


def _times(quantifier: re.Match[str]) -> tuple[int, int]:
    """How often at the least and at the most."""
    if quantifier[0] in ("?", "*", "+"):
        return int(quantifier[0] == "+"), 1 if quantifier[0] == "?" else _OPENING + 1
    fewest = int(quantifier[1] or 0)
    return fewest, int(quantifier[3] or _OPENING + 1) if quantifier[2] else fewest


def _atom(branch: str, at: int) -> tuple[frozenset[str], int]:
    """(openings, where the atom ends) of the atom at a place."""
    char = branch[at]
    if char == "\\":
        return _escaped(branch[at + 1]), at + 2
    if char == "[":
        end = _closing_class(branch, at)
        return _class(branch[at + 1 : end]), end + 1
    if char == "(":
        return _group(branch, at)
    return frozenset({"^": {""}, "$": {""}, ".": {_ANY}}.get(char, {char})), at + 1


def _group(branch: str, at: int) -> tuple[frozenset[str], int]:
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
        return frozenset({""}), end + 1
    return frozenset[str]().union(*(_begin(b) for b in _branches(inner))), end + 1


def _escaped(char: str) -> frozenset[str]:
    known = {"d": _DIGITS, "s": _SPACES, "b": frozenset({""}), "B": frozenset({""})}
    return known.get(char, frozenset({_ANY if char in "wWDS" else char}))


def _class(inner: str) -> frozenset[str]:
    if inner.startswith("^"):
        return frozenset({_ANY})
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

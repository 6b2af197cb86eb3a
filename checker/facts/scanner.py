"""Many patterns searched at once, each tried only where it can begin.

A long alternation costs Python's engine a try of every branch at every character. Here the branches are grouped by the
characters that they can begin with, and one quick scan finds those characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_DIGITS = frozenset("0123456789")
_SPACES = frozenset(" \t\n")
_ANY = "\0"  # stands for any character at all
_QUANTIFIER = re.compile(r"[?*+]|\{(\d*)[^}]*\}")


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
        self._at = {
            char: re.compile("|".join(f"(?P<n{n}>{branches[n][1]})" for n in range(len(branches)) if char in starts[n]))
            for char in sorted(frozenset().union(*starts))
        }
        every = frozenset[str]().union(*openings)
        self._word = re.compile(_either(o for o in every if _is_latin(o[0])))
        # The class that a word cannot follow comes first, because `re` skips quickly to one of a class.
        self._next_word = re.compile(f"[^a-z]{self._word.pattern}")
        signs = "".join(sorted({o[0] for o in every if not _is_latin(o[0])}))
        self._sign = re.compile(f"[{re.escape(signs)}]" if signs else "(?!)")
        self._only_wide = not any(map(str.isascii, signs))

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
        """Where a pattern may begin: words told by their first two letters, other characters by themselves."""
        found = [m.start() + 1 for m in self._next_word.finditer(text, max(0, start - 1), end)]
        if start == 0 and self._word.match(text, 0, end):
            found.insert(0, 0)
        if not (self._only_wide and text.isascii()):
            found += [m.start() for m in self._sign.finditer(text, start, end)]
            found.sort()
        return found


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _either(openings: Iterable[str]) -> str:
    """A pattern that matches the first character of the openings where they stand; nothing where there are none."""
    seconds: dict[str, set[str]] = {}
    for opening in sorted(openings):
        seconds.setdefault(opening[0], set()).add(opening[1:])
    if not seconds:
        return "(?!)"
    firsts: dict[str, str] = {}  # the firsts of one set of seconds together, so that the pattern stays short
    for first, of in seconds.items():
        rest = "" if "" in of else f"(?=[{''.join(map(re.escape, sorted(of)))}])"
        firsts[rest] = firsts.get(rest, "") + re.escape(first)
    return f"(?:{'|'.join(f'[{chars}]{rest}' for rest, chars in firsts.items())})"


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
    """The first two characters that a match of a branch can have; one, where it may end or anything may follow."""
    return frozenset(o.partition(_ANY)[0] for o in _begin(branch)) - {""}


def _begin(branch: str) -> frozenset[str]:
    """The same with what takes nothing ("") and what takes anything (_ANY)."""
    found = frozenset({""})
    at = 0
    while at < len(branch) and any(len(o) < 2 for o in found):
        atom, at = _atom(branch, at)
        quantifier = _QUANTIFIER.match(branch, at)
        if quantifier:
            at = quantifier.end() + (branch[quantifier.end() : quantifier.end() + 1] in ("?", "+"))
            atom = _repeated(atom, quantifier)
        found = _joined(found, atom)
    return found


def _joined(before: frozenset[str], behind: frozenset[str]) -> frozenset[str]:
    return frozenset((a + b)[:2] for a in before for b in behind)


def _repeated(atom: frozenset[str], quantifier: re.Match[str]) -> frozenset[str]:
    fewest = {"?": 0, "*": 0, "+": 1}.get(quantifier[0], int(quantifier[1] or 0))
    several = atom if quantifier[0] == "?" else atom | _joined(atom, atom)
    return several | {""} if fewest == 0 else several


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

"""One sentence being read: its numbers, its metrics' names, and the statements found so far."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.facts import contexts, glue
from checker.facts.metrics import Label
from checker.facts.numbers import Number


class Statement(NamedTuple):
    """A metric with its number. turn counts the numbers of a list (分别为105件和200件); every: said of each product."""

    metric: str
    number: Number
    reported: bool
    turn: int = 0
    every: bool = False
    label: tuple[int, int] = (0, 0)


class Sentence:
    """What is written in text[start:end] (folded matching text), and what of it is bound already.

    codes: ranges of ASINs, SKUs and other names, which hold no numbers.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        numbers: tuple[Number, ...],
        names: list[Label],
        codes: tuple[tuple[int, int], ...],
    ) -> None:
        self.text, self.start, self.end = text, start, end
        self.numbers, self.names, self.codes = numbers, names, codes
        self.used_numbers: set[int] = set()
        self.used_names: set[Label] = set()
        self.found: list[Statement] = []

    def keep(
        self, metric: str, number: Number, label: tuple[int, int] = (0, 0), turn: int = 0, *, every: bool = False
    ) -> None:
        """Bind a number to a metric; "void" binds it to nothing."""
        self.used_numbers.add(number.start)
        if metric != "void":
            self.found.append(Statement(metric, number, False, turn, every, label))

    def free(self) -> list[Number]:
        """The numbers that are bound to nothing yet, in order."""
        return [n for n in self.numbers if n.start not in self.used_numbers]

    def connected(self, words: re.Pattern[str], start: int, end: int) -> bool:
        """Whether text[start:end] is short and holds only such words, names of products left out."""
        if end - start > 60:
            return False
        gap = self.text[start:end]
        named = 0
        for a, b in self.codes:
            if start <= a and b <= end:
                gap, named = gap.replace(self.text[a:b], " ").replace("asin", "").replace("sku", ""), named + 1
        if named > 1:
            gap = glue.AND.sub(" ", gap)
        return len(gap) <= 48 and words.fullmatch(gap) is not None

    def clause_before(self, at: int) -> str:
        """The words of the clause up to a place."""
        return contexts.clause_before(self.text, self.start, at)

    def sentence_before(self) -> str:
        """The words of the sentence before this one."""
        words = self.text[max(0, self.start - 200) : self.start].rstrip(" 。.!?;\n")
        return re.split(r"[。!?;\n]|\.\s", words)[-1]

"""How a phrase is meant: denied, quoted from somebody else, or softened."""

from __future__ import annotations


def is_negated(before: str) -> bool:
    """Whether the words in front deny the phrase. before: the clause up to it, in lower case."""
    return False


def is_quoted(line_before: str, line_after: str) -> bool:
    """Whether the phrase stands between quotation marks or is attributed to somebody else."""
    return False


def is_soft(words: str, sentence: str) -> bool:
    """Whether the sentence leaves the reader time (有空的时候, when you have a moment)."""
    return False

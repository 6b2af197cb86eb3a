"""Who is to act, or who is spoken of, where a phrase stands: the reader, ourselves or somebody else."""

from __future__ import annotations


def read_actor(before: str, words: str, after: str) -> str:
    """reader, self or third. before, after: the rest of the sentence; words: the phrase. All in lower case."""
    return "reader"

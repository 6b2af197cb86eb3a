"""Words in columns of a terminal, where a Chinese character takes two."""

from __future__ import annotations

from rich.cells import cell_len


def cut(words: str, room: int, *, from_end: bool) -> str:
    """At most `room` columns of the words, with … where something was left out."""
    if cell_len(words) <= room:
        return words
    kept = ""
    for char in reversed(words) if from_end else words:
        if cell_len(kept + char) > room - 1:
            break
        kept = char + kept if from_end else kept + char
    return f"…{kept}" if from_end else f"{kept}…"

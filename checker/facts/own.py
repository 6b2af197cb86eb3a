"""What the sender wrote in this mail, as a whole."""

from __future__ import annotations

import re

from checker.facts.kinds.mail import Own
from checker.reading import Place, Reading

_WORD = re.compile(r"\w")


def read(reading: Reading) -> Own:
    """The own text, tables included; empty when it holds no letter, digit or Chinese character.

    place is its first passage with words, or the start of the body when there is none.
    """
    passages = [p for p in reading.own if _WORD.search(*p.window)]
    words = "\n".join(p.matching for p in passages)
    if passages:
        first = passages[0]
        inner = first.matching.strip()
        start = first.start + first.matching.index(inner)
        place = first.place(start, start + len(inner))
    else:
        place = Place(reading.message.body.place(0, 0), "own", "own")
    lines = len(list(filter(str.strip, words.split("\n"))))
    return Own(place, not passages, float(sum(map(len, words.split()))), float(lines), words)

"""What the mail asks of its reader."""

from __future__ import annotations

from checker.facts import asking
from checker.facts.kinds.asks import Deadline, Request
from checker.reading import Reading


def read(reading: Reading, deadlines: tuple[Deadline, ...], asks: asking.Asks | None = None) -> tuple[Request, ...]:
    """Requests of the own text, then of the subject.

    deadlines: those of the mail; one that is asked serves every request, for people name a time once and mean all.
    asks: what the mail asks, where it is known already.
    """
    known = asking.read(reading) if asks is None else asks
    timed = any(d.asked for d in deadlines)
    return tuple(
        Request(
            place=passage.place(ask.start, ask.end),
            verb=ask.verb,
            object=ask.object,
            specific=ask.specific,
            claim=ask.claim,
            deadline=timed,
        )
        for passage, own in sorted(known, key=lambda one: one[0].where == "subject")
        for ask in own
    )

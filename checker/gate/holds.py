"""Mails that were held once and pass when they come again: known by sender and digest, for a while, in memory.

A gate that starts anew has forgotten them: the sender is then told once more, which costs a click and no mail.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

_MOST = 10_000


class Holds:
    """Held mails; none of their words."""

    def __init__(self, seconds: float, clock: Callable[[], float], most: int = _MOST) -> None:
        """seconds: how long a mail is known. clock: seconds, monotonic. most: beyond it the oldest are forgotten."""
        self._seconds, self._clock, self._most = seconds, clock, most
        self._held: OrderedDict[tuple[str, str], float] = OrderedDict()

    def add(self, sender: str, digest: str) -> None:
        """Remember that the sender was told about this mail."""
        self._held[sender.lower(), digest] = self._clock() + self._seconds
        self._held.move_to_end((sender.lower(), digest))
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def known(self, sender: str, digest: str) -> bool:
        """Whether the sender was told about this mail not long ago."""
        return self._held.get((sender.lower(), digest), float("-inf")) > self._clock()

    def settle(self, sender: str, digest: str) -> None:
        """The mail was sent: the next one like it is asked about again."""
        self._held.pop((sender.lower(), digest), None)

"""How long a check may take, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from checker.rule import Incomplete

_Item = TypeVar("_Item")


class Budget:
    """A time limit that is asked for between facts, rules and sheets, and the list of what was not looked at.

    clock gives seconds, monotonic; the doors pass time.monotonic. limit in seconds, None = no limit.
    """

    def __init__(self, limit: float | None = None, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock
        self._end = None if limit is None or clock is None else clock() + limit
        self.incomplete: list[Incomplete] = []

    def spent(self, reserve: float = 0.0) -> bool:
        """Whether the time is over, but for so many seconds that are kept for what comes next."""
        return self._end is not None and self._clock is not None and self._clock() + reserve > self._end

    def too_short(self, needed: float) -> bool:
        """Whether less than so many seconds are left. Then the time counts as over for all that follows."""
        if self.spent(needed):
            self._end = float("-inf")
        return self.spent()

    def leave_out(self, what: str, why: str) -> None:
        """Note once that something was not looked at. why: time, size, depth, encrypted, count."""
        entry = Incomplete(what, why)
        if entry not in self.incomplete:
            self.incomplete.append(entry)

    def cut_short(self, what: str) -> bool:
        """Whether something was noted as not looked at to its end for want of time."""
        return bool(self.incomplete) and Incomplete(what, "time") in self.incomplete


class Pace:
    """Asks a budget at every so many steps of one long work, and remembers that its time was over.

    reserve: seconds that are kept for each step done, for the work that follows on what it found.
    """

    def __init__(self, budget: Budget, steps: int = 200, reserve: float = 0.0) -> None:
        self._budget = budget
        self._steps = steps
        self._reserve = reserve
        self._done = self._next = 0
        self.ended = False

    def over(self, steps: int = 1) -> bool:
        """Whether the work has to stop before its next steps."""
        if not self.ended and self._done >= self._next:
            self.ended = self._budget.spent(self._done * self._reserve)
            self._next = self._done + self._steps
        self._done += steps
        return self.ended


def in_time(items: Iterable[_Item], budget: Budget, what: str) -> Iterator[_Item]:
    """The items as long as the time lasts; that some were left out is noted as `what`."""
    pace = Pace(budget)
    for item in items:
        if pace.over():
            budget.leave_out(what, "time")
            return
        yield item

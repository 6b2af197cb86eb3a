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

    def spent(self) -> bool:
        """Whether the time is over."""
        return self._end is not None and self._clock is not None and self._clock() > self._end

    def leave_out(self, what: str, why: str) -> None:
        """Note once that something was not looked at. why: time, size, depth, encrypted, count."""
        entry = Incomplete(what, why)
        if entry not in self.incomplete:
            self.incomplete.append(entry)

    def cut_short(self, what: str) -> bool:
        """Whether something was noted as not looked at to its end for want of time."""
        return Incomplete(what, "time") in self.incomplete


class Pace:
    """Asks a budget at every so many steps of one long work, and remembers that its time was over."""

    def __init__(self, budget: Budget, steps: int = 200) -> None:
        self._budget = budget
        self._steps = steps
        self._done = 0
        self.ended = False

    def over(self) -> bool:
        """Whether the work has to stop before its next step."""
        if not self.ended and self._done % self._steps == 0:
            self.ended = self._budget.spent()
        self._done += 1
        return self.ended


def in_time(items: Iterable[_Item], budget: Budget, what: str) -> Iterator[_Item]:
    """The items as long as the time lasts; that some were left out is noted as `what`."""
    pace = Pace(budget)
    for item in items:
        if pace.over():
            budget.leave_out(what, "time")
            return
        yield item

"""How the work of a function grows with its input: measured as a ratio, since seconds say more about the machine."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TRIES = 5
FIXED = 0.02  # seconds: what a call costs at any length, and what a clock cannot tell from nothing


def grows_linearly(work: Callable[[int], T], length: int) -> T:
    """What work(length) gives, after seeing that it costs about four times work(length // 4), not sixteen times.

    CPU time, the least of several tries of each: a machine that is busy with something else does not count.
    """
    short, long = [], []
    for _ in range(TRIES):
        short.append(seconds(work, length // 4)[0])
        spent, given = seconds(work, length)
        long.append(spent)
        if min(long) < 8 * min(short) + FIXED:
            return given
    raise AssertionError(f"{length // 4}: {min(short):.3f} s, {length}: {min(long):.3f} s")


def seconds(work: Callable[[int], T], length: int) -> tuple[float, T]:
    """The CPU time of work(length), and what it gives."""
    begun = time.process_time()
    given = work(length)
    return time.process_time() - begun, given

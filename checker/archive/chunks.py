"""Work cut into pieces by source and position: each piece is judged whole and written as one part file, or not at all.

Where a piece ends depends on its start and the source alone, so a run that goes on cuts as the first one did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from checker.archive.raw import Raw, Source

MOST_MAILS = 200
MOST_BYTES = 8 * 1024 * 1024
_SPAN = 16**8  # of the first eight digits of a content's digest


class Chunk(NamedTuple):
    """Mails of one source from the position `start` on; the next chunk starts at `after`."""

    source: int
    start: int
    after: int
    mails: tuple[Raw, ...]

    @property
    def size(self) -> int:
        """Bytes of the mails."""
        return sum(len(mail.content) for mail in self.mails)


class Part(NamedTuple):
    """What is known of a chunk that was judged before."""

    after: int
    taken: int  # mails
    size: int  # bytes of these mails


Done = Callable[[int, int], Part | None]  # by source and start


def chunks(
    index: int, source: Source, done: Done, *, sample: float = 1.0, limit: int | None = None
) -> Iterator[Chunk | Part]:
    """The chunks of a source in order; for one that was judged before its Part, and its mails are not read again.

    sample: share of the mails to take, chosen by their content. limit: mails to take at most. Raises SourceError.
    """
    start, left = 0, limit
    mails: Iterator[Raw] | None = None
    while left is None or left > 0:
        part = done(index, start)
        if part is not None:
            mails = None
            yield part
        else:
            mails = mails or source.mails(start)
            chunk = _cut(index, start, mails, sample, left)
            if chunk is None:
                return
            yield chunk
            part = Part(chunk.after, len(chunk.mails), chunk.size)
        start = part.after
        left = None if left is None else left - part.taken


def _cut(index: int, start: int, mails: Iterator[Raw], sample: float, left: int | None) -> Chunk | None:
    """As many mails as a chunk holds; None where there are no more."""
    taken: list[Raw] = []
    after, size = start, 0
    most = MOST_MAILS if left is None else min(left, MOST_MAILS)
    for mail in mails:
        after = mail.after
        if _chosen(mail, sample):
            taken.append(mail)
            size += len(mail.content)
        if len(taken) >= most or size >= MOST_BYTES:
            break
    return None if after == start else Chunk(index, start, after, tuple(taken))


def _chosen(mail: Raw, sample: float) -> bool:
    return sample >= 1 or int(hashlib.sha256(mail.content).hexdigest()[:8], 16) < sample * _SPAN

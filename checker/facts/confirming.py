"""What Presidio says of the candidates: it is shown them once more, with the characters around each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.budget import Budget
from checker.facts.candidates import Candidate, Found

_GAP = "\n\n\n"  # between contexts, so that none is read as the label of the next
_CJK = re.compile("[\u3400-\u9fff]")
_AT_A_TIME = 50  # contexts that Presidio is shown at a time: what it does grows faster than what it reads

Group = tuple[int, int, str]


def group_of(found: Found) -> Group:
    """Values of one shape in one column stand or fall together; elsewhere each is a group of its own."""
    one = found.candidate
    return (id(one.shape), id(found.passage.of), one.column or str(one.start))


def confirmed_groups(doubtful: Iterable[Found], budget: Budget) -> frozenset[Group]:
    """The groups of which Presidio finds the first value as well.

    What there is no time to ask about counts as found: it has passed the same checks once.
    """
    firsts: dict[Group, Found] = {}
    for found in doubtful:
        firsts.setdefault(group_of(found), found)
    groups = list(firsts.items())
    kept: set[Group] = set()
    for at in range(0, len(groups), _AT_A_TIME):
        some = groups[at : at + _AT_A_TIME]
        kept.update((group for group, _ in some) if at and budget.spent() else _asked(some))
    return frozenset(kept)


def _asked(groups: list[tuple[Group, Found]]) -> Iterator[Group]:
    """Those of the groups that Presidio finds, asked once for all."""
    from checker.presidio_pack.recognizers import confirmed, entity  # noqa: PLC0415  a clean mail needs no pack

    sheet = _Sheet()
    starts = [sheet.write(found) for _, found in groups]
    shapes = tuple(found.candidate.shape for _, found in groups)
    results = confirmed(sheet.text, shapes, "zh" if _CJK.search(sheet.text) else "en")
    for (group, found), start in zip(groups, starts, strict=True):
        if any(e == entity(found.candidate.shape) and a <= start < b for e, a, b in results):
            yield group


class _Sheet:
    """The words that Presidio is shown: the context of each candidate, those that run into one another written once."""

    def __init__(self) -> None:
        self.text = ""
        self._of: object = None
        self._low = self._high = 0  # the range of `_of` that stands at the end of the text

    def write(self, found: Found) -> int:
        """Add a candidate's context; where its value then begins in the text."""
        one, of = found.candidate, found.passage.of
        low = one.start - one.at
        in_prose = low >= 0 and of.matching.startswith(one.context, low)  # a cell stands behind its heading
        if in_prose and of is self._of and self._low <= low <= self._high:
            self.text += one.context[self._high - low :]
        else:
            self.text += (_GAP if self.text else "") + one.context
            self._of, self._low, self._high = of if in_prose else None, low, low
        self._high = max(self._high, low + len(one.context))
        return len(self.text) - (self._high - one.start) if self._of is of else self._end_of(one)

    def _end_of(self, one: Candidate) -> int:
        return len(self.text) - len(one.context) + one.at

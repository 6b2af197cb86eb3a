"""Facts as rules see them: plain dicts and lists, each fact with a ref that leads back to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from checker.expressions import blank, shapes, variables
from checker.facts.facts import Facts

# Read before the others and however late it is: the masks of every output need what is sensitive, and what leaks must
# be told, by rules that ask to whom. Within attachments the budget is asked all the same.
_FIRST = frozenset({"sensitive", "recipients"})
MOST_FACTS = 500  # of a kind; the rest is counted in `incomplete`


class Visible:
    """The values of the wanted variables, and the facts behind the refs in them.

    A fact that cannot be read is told in `errors` (the kind of failure, never its text) and stands as its blank form:
    the rest of the mail is still judged.
    """

    def __init__(self, facts: Facts, wanted: Collection[str]) -> None:
        self.values: dict[str, Any] = {}
        self.behind: dict[str, Any] = {}
        self.errors: list[str] = []
        self.left_out: set[str] = set()
        for name, many, first in _in_order(frozenset(wanted)):
            if many and not first and facts.budget.spent():
                self._leave_out(name, facts)
                continue
            try:
                value = getattr(facts, name)
                if not first and facts.budget.cut_short(name):
                    self._leave_out(name, facts)
                else:
                    self.values[name] = self._top(name, value, facts)
            except Exception as error:  # told in the report, which then asks instead of allowing
                self.errors.append(f"facts {name}: {type(error).__name__}")
                self.values[name] = blank(variables()[name])

    def _leave_out(self, name: str, facts: Facts) -> None:
        """A fact of which only a part could be read is none: a rule would take the rest for missing."""
        facts.budget.leave_out(name, "time")
        self.left_out.add(name)
        self.values[name] = []

    def _top(self, name: str, value: Any, facts: Facts) -> Any:
        if not isinstance(value, tuple):
            return self._fact(value, name)
        if not value:  # so it is with most kinds of facts
            return []
        if len(value) > MOST_FACTS:
            facts.budget.leave_out(f"{name}: {len(value) - MOST_FACTS} more", "count")
        return [self._fact(one, f"{name}/{i}") for i, one in enumerate(value[:MOST_FACTS])]

    def _fact(self, fact: Any, ref: str) -> dict[str, Any]:
        kind: type = type(fact)
        fields = _fields(kind)
        seen: dict[str, Any] = {}
        if fields.placed:
            place = fact.place
            seen["text"], seen["zone"], seen["where"], seen["ref"] = place.text, place.zone, place.where, ref
            self.behind[ref] = fact
        for name in fields.names:
            seen[name] = getattr(fact, name)
        for name in fields.turned:
            seen[name] = self._member(seen[name], f"{ref}.{name}")
        return seen

    def _member(self, value: Any, ref: str) -> Any:
        if isinstance(value, tuple):
            return [self._member(one, f"{ref}/{i}") for i, one in enumerate(value)]
        if value is None or isinstance(value, (str, bool)):
            return value
        return float(value) if isinstance(value, (int, float)) else self._fact(value, ref)


@cache
def _in_order(wanted: frozenset[str]) -> tuple[tuple[str, bool, bool], ...]:
    """The variables in the order in which they are read: name, whether it is a list, whether it is read in any case."""
    names = sorted(wanted, key=lambda name: (name not in _FIRST, name))
    return tuple((name, variables()[name].many, name in _FIRST) for name in names)


class _Fields(NamedTuple):
    """The fields of a fact class: whether it has a place, which comes first; the others; those of them whose values a
    rule does not see as they are."""

    placed: bool
    names: tuple[str, ...]
    turned: tuple[str, ...]


@cache
def _fields(kind: type) -> _Fields:
    seen, every = shapes(kind), [field.name for field in dataclasses.fields(kind)]
    names = tuple(name for name in every if name != "place")
    turned = tuple(name for name in names if seen[name].of not in (str, bool) or seen[name].many)
    return _Fields("place" in every, names, turned)

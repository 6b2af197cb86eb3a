"""What must hold of a mail for a rule to find anything there, read off the rule's expressions.

Most rules find nothing in most mails, and a look at these is a hundred times cheaper than running the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from checker.expressions import Shape, shapes, variables
from checker.rule import Rule

_TRUTH = re.compile(r"(?P<no>!?)(?P<fact>[a-z]+)\.(?P<field>[a-z_]+)")
_SOME = re.compile(r"size\((?P<list>[a-z_]+)\)\s*>\s*0")
_PICKED = re.compile(r"(?P<list>[a-z_]+)(?:\.(?:filter|map)_+)*")  # as _outermost leaves it
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_BRACKETED = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")


class Guards(NamedTuple):
    """lists: the lists of facts that must hold something. truths: a fact, its field, and what it must be."""

    lists: frozenset[str]
    truths: tuple[tuple[str, str, bool], ...]


def guards_of(rule: Rule, each: str) -> Guards:
    """What is plain to see of a rule; each: the expression that its suspects are taken from. What is not plain is left
    out, and the rule is run."""
    terms = _terms(rule.when or "")
    return Guards(_lists(rule, each, terms), _truths(rule, terms))


def _lists(rule: Rule, each: str, terms: Iterable[str]) -> frozenset[str]:
    """The fact lists that must hold something: what `each` picks from, and the X of `size(X) > 0` in `when`."""
    wanted = [m["list"] for term in terms if (m := _SOME.fullmatch(term))]
    found = (_picked_from(expression, rule.let) for expression in (each, *wanted))
    return frozenset(name for name in found if name)


def _picked_from(expression: str, lets: Mapping[str, str]) -> str | None:
    """The fact list that an expression filters, by way of names that the rule lets, when that is plain to see."""
    m = _PICKED.fullmatch(_outermost(expression.strip()))
    if m is None:
        return None
    if m["list"] in lets:
        return _picked_from(lets[m["list"]], {n: e for n, e in lets.items() if n != m["list"]})
    shape = variables().get(m["list"])
    return m["list"] if shape is not None and shape.many else None


def _truths(rule: Rule, terms: Iterable[str]) -> tuple[tuple[str, str, bool], ...]:
    """Those terms of `when` that are a truth value of a fact, or its contrary: `mail.product && !own.empty && …`."""
    truths = (_TRUTH.fullmatch(term) for term in terms)
    return tuple((m["fact"], m["field"], not m["no"]) for m in truths if m and _is_truth(rule, m["fact"], m["field"]))


def _terms(when: str) -> list[str]:
    """What must hold, all of it; nothing where there are other ways."""
    outermost = _outermost(when)
    if "||" in outermost or "?" in outermost:
        return []
    cuts = [-2, *(m.start() for m in re.finditer("&&", outermost)), len(when)]
    return [when[before + 2 : after].strip() for before, after in pairwise(cuts)]


def _outermost(expression: str) -> str:
    """The expression with lines instead of what stands in quotes and brackets, of the same length."""

    def lined(m: re.Match[str]) -> str:
        return "_" * len(m.group())

    bare = _QUOTED.sub(lined, expression)
    while (without := _BRACKETED.sub(lined, bare)) != bare:
        bare = without
    return bare


def _is_truth(rule: Rule, fact: str, field: str) -> bool:
    shape = variables().get(fact)
    return fact not in rule.let and shape is not None and not shape.many and shapes(shape.of)[field] == Shape(bool)

"""Statements of a sentence: numbers and days bound to the metric that names them (库存仅剩105件, 15 units a day).

A label binds to the number behind it (库存:105件) or, if that is free, to the one before it (105 units left), across
words that only connect. What is wished for, supposed, compared with or owed to somebody else is told apart here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.facts import binding, cartons, contexts, glue, meaning, metrics, unnamed
from checker.facts.metrics import Label
from checker.facts.numbers import Number, find
from checker.facts.sentence import Sentence, Statement
from checker.facts.stretches import days_to_stockout, may_span, sales_of_days
from checker.facts.units import MONEY

_LAST_AS_VERB = re.compile(
    r"(?:(?:will|would|to|can|could|should|may|might|only|not|also|us|stock|inventory|units|pcs|it|they|days"
    r"|supply|goods|t)\s+)$"
)
_SPEAKING_UNITS = frozenset({"units_per_day", "stars", "days", *MONEY})


def statements(text: str, start: int, end: int, codes: tuple[tuple[int, int], ...]) -> list[Statement]:
    """What the sentence text[start:end] (folded matching text) states, in order of the numbers.

    codes: ranges of ASINs, SKUs and other names, which hold no numbers.
    """
    numbers = find(text, start, end, codes)
    if not numbers:
        return []
    names = [
        n
        for n in metrics.labels(text, start, end)
        if not any(a < n.end and n.start < b for a, b in codes) and not _last_days(text, start, n)
    ]
    packed = any(cartons.is_packed(text, n) for n in numbers)
    speaking = {n.unit for n in numbers} & _SPEAKING_UNITS
    if not names and not speaking and not may_span(text, start, end) and not packed:
        return []
    return sorted(_read(Sentence(text, start, end, numbers, names, codes)), key=lambda s: s.number.start)


def _last_days(text: str, start: int, name: Label) -> bool:
    """Whether the label is the adjective of "last 7 days", which is no verb."""
    return (
        name.metric == "support"
        and re.match(r"last(?![a-z])", text[name.start : name.end]) is not None
        and _LAST_AS_VERB.search(text[max(start, name.start - 12) : name.start]) is None
    )


def _read(s: Sentence) -> Iterator[Statement]:
    cartons.read(s)
    unnamed.read_quotient(s)
    for daily, number, label in sales_of_days(s.text, s.start, s.end, s.numbers, s.connected):
        if number.start not in s.used_numbers:
            s.keep("daily_sales", daily, label)
            s.used_numbers |= {n.start for n in s.numbers if label[0] <= n.start < label[1]}
    for number in days_to_stockout(s.text, s.start, s.end, s.numbers):
        if number.start not in s.used_numbers:
            s.keep("stockout_days", number)
    for number in s.numbers:
        if number.start not in s.used_numbers and not _within_name(s, number):
            _bind(s, number)
    unnamed.carry_over(s)
    unnamed.divide(s)
    if not s.found:
        return
    supposed = contexts.suppositions(s.text, s.start, s.end)
    said = contexts.attributions(s.text, s.start, s.end)
    for statement in s.found:
        if not any(a <= statement.number.start < b for a, b in supposed):
            at = min(statement.number.start, statement.label[0] or statement.number.start)
            yield statement._replace(reported=contexts.is_reported(s.text, said, at))


def _within_name(s: Sentence, number: Number) -> bool:
    return any(n.start <= number.start and number.end <= n.end for n in s.names)


def _bind(s: Sentence, number: Number) -> None:
    behind = binding.name_behind(s, number)
    if behind and behind.metric == "safety_stock":
        return _bound(s, behind, number, "")
    before = binding.name_before(s, number)
    if before:
        gap = s.text[before.end : number.start]
        if binding.continues_code(s, number, before):
            return None
        return _bound(s, before, number, gap)
    if binding.continues_code(s, number, None):
        return None
    if not behind and unnamed.explains_days(s, number):
        return s.keep("stock", number)
    if behind:
        return _bound(s, behind, number, "")
    number, old = binding.changed(s, number)
    if old is not None:
        s.used_numbers |= {number.start, old.start}
    ahead = s.clause_before(number.start)
    if number.unit == "units_per_day" and not (contexts.is_compared(ahead) or contexts.is_made(ahead)):
        s.keep("daily_sales", number, (number.start, number.end))
    elif number.unit == "stars":
        s.keep("rating", number)
    elif number.unit == "units" and unnamed.converted(s, number):
        s.keep("conversions", number)
    elif number.unit == "units" and unnamed.held_by_product(s, number):
        s.keep("stock", number)
    elif number.unit in MONEY and unnamed.asked_for(s, number):
        s.keep("price", number)
    return None


def _bound(s: Sentence, name: Label, number: Number, gap: str) -> None:
    number, change = binding.changed(s, number, name)
    metric = meaning.resolved(s, name, number, "" if change else gap)
    s.used_names.add(name)
    s.used_numbers.add(number.start)
    if metric is None:
        return
    number = meaning.bounded(s, name, number, gap)
    label = (name.start, name.end)
    if change is not None:
        s.used_numbers.add(change.start)
        if metric == "rating":
            s.keep("rating", change, label)
            metric = "rating_to"
    around = s.text[max(s.start, name.start - 3) : name.start] + gap + s.text[number.end : number.end + 6]
    every = bool(re.search(r"各(?!位|种|项)|(?<![日平月周])均(?!销|值)|都是|都为|each", around))
    listed = "分别" in s.text[s.start : number.start] or "respectively" in s.text[number.end : s.end]
    if listed and name.start > number.start:
        _list_ends(s, metric, number, label)
        return
    s.keep(metric, number, label, 1 if listed else 0, every=every)
    if listed:
        _list_goes_on(s, metric, number, label)


def _list_ends(s: Sentence, metric: str, number: Number, label: tuple[int, int]) -> None:
    """105 and 200 units left respectively: the numbers before the one that the name follows."""
    found = [number]
    for n in reversed(s.free()):
        if (
            n.end <= found[0].start
            and n.unit in (number.unit, "")
            and glue.LIST.fullmatch(s.text, n.end, found[0].start)
        ):
            found.insert(0, n)
    for turn, n in enumerate(found, 1):
        s.keep(metric, n, label, turn)


def _list_goes_on(s: Sentence, metric: str, number: Number, label: tuple[int, int]) -> None:
    last, turn = number, 1
    for n in s.numbers:
        if n.start <= last.start or n.start in s.used_numbers:
            continue
        if not glue.LIST.fullmatch(s.text, last.end, n.start) or n.unit not in (number.unit, "", "units"):
            return
        turn += 1
        s.keep(metric, n, label, turn)
        last = n

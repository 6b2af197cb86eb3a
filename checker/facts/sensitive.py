"""Personal, financial and secret data in everything that a mail sends: text, quotes, hidden text, file names, sheets.

`candidates` finds what survives a checksum or has its label; `whose` says which contacts belong to the people of the
mail; only what is left is shown to Presidio with the pack of `recognizers`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from checker.budget import Budget, Pace
from checker.company import Company
from checker.facts import named_persons
from checker.facts.candidates import Candidate, Found, scan
from checker.facts.confirming import confirmed_groups, group_of
from checker.facts.kinds.people import Person
from checker.facts.kinds.words import Sensitive
from checker.facts.masks import mask
from checker.facts.whose import Circle, key, listed
from checker.reading import Passage, Reading
from checker.text import Text

_NAME_REACH = 300  # characters within which a name belongs to an order or an address
# Seconds in which one value that was found in an attachment is told: whose it is, its place, its mask.
_TELLING = 0.00005


_Owned = tuple[Found, bool, bool]  # own_signature, addressee


class Secrets(NamedTuple):
    """The sensitive values of a mail, and the parts of its attachments that were not searched to their end."""

    values: tuple[Sensitive, ...] = ()
    unread: tuple[Text, ...] = ()


def read(
    reading: Reading,
    sender: Person,
    recipients: tuple[Person, ...],
    company: Company,
    documents: tuple[Passage, ...],
    budget: Budget,
) -> Secrets:
    """Every unmasked sensitive value of the mail, in the order subject, body, hidden, file names, sheets, documents.

    own_signature and addressee tell the contacts of the mail's own people from those of others. The mail itself is
    searched whole, attachments while the budget lasts; what is left out is noted there.
    """
    attached, unread = _in_attachments((*reading.sheet_passages, *documents), budget)
    return Secrets(_values([*_in_mail(reading), *attached], reading, sender, recipients, company, budget), unread)


def _values(
    every: list[Found],
    reading: Reading,
    sender: Person,
    recipients: tuple[Person, ...],
    company: Company,
    budget: Budget,
) -> tuple[Sensitive, ...]:
    found = _without_lone_names(every)
    if not found:
        return ()
    signed = frozenset(key(one.value) for one in found if one.passage.zone == "signature" and not listed(*one))
    circle = Circle(reading, sender, recipients, company, signed)
    owned = _same_everywhere([(one, *circle.whose(*one)) for one in found])
    doubtful = [one for one, own, addressee in owned if not (own or addressee)]
    kept = confirmed_groups(doubtful, budget)
    told = [(one, own, addressee) for one, own, addressee in owned if own or addressee or group_of(one) in kept]
    leaks = [one for one, own, addressee in told if not (own or addressee)]
    names = [(name, False, False) for name in _named(leaks, [one for one, *_ in told], circle, budget)]
    return tuple(_fact(*one) for one in (*told, *names))


def _same_everywhere(owned: list[_Owned]) -> list[_Owned]:
    """A contact that is the sender's or an addressee's in one place, as in a signature, is so in an attachment."""
    contacts = [(key(one.value), own, addressee) for one, own, addressee in owned if one.is_contact]
    ours = {value for value, own, _ in contacts if own}
    theirs = {value for value, _, addressee in contacts if addressee}

    def known(one: Found, own: bool, addressee: bool) -> _Owned:
        if one.passage.where not in ("attachment", "sheet") or not one.is_contact:
            return one, own, addressee
        return one, own or key(one.value) in ours, addressee or key(one.value) in theirs

    return [known(*said) for said in owned]


def _named(leaks: list[Found], told: list[Found], circle: Circle, budget: Budget) -> Iterator[Found]:
    """Names that the company's person model finds beside leaks, where nothing is told yet."""
    persons = circle.company.persons
    anchors: dict[Passage, list[Candidate]] = {}
    for one in leaks:
        if one.candidate.shape.kind in named_persons.ANCHORS:
            anchors.setdefault(one.passage, []).append(one.candidate)
    if persons is None or not anchors:
        return
    known = named_persons.people_words(circle.names, circle.company)
    for passage, near in anchors.items():
        taken = [one.candidate for one in told if one.passage.of is passage.of]
        for name in named_persons.beside(passage, near, persons, known, budget):
            if not any(name.start < one.end and one.start < name.end for one in taken):
                yield Found(name, passage)


def grouped(values: tuple[Sensitive, ...]) -> tuple[Sensitive, ...]:
    """The values with those of one kind in one column of a sheet told once: the first, with its column and `rows`."""
    groups: dict[tuple[int, str, str, bool], list[Sensitive]] = {}
    for one in values:
        # Outside of sheets each value is a group of its own.
        place = one.place.span.of if one.column else one
        groups.setdefault((id(place), one.column, one.kind, one.own_signature or one.addressee), []).append(one)
    return tuple(replace(group[0], rows=float(len(group))) for group in groups.values())


def _in_mail(reading: Reading) -> Iterator[Found]:
    message = reading.message
    yield from _in_text(message.subject, (reading.subject,))
    yield from _in_text(message.body, reading.body)
    yield from _only_there(_alternative(reading), message.body)
    for hidden in message.hidden:
        passage = Passage(hidden, 0, len(hidden.matching), "hidden", "own")
        # Style sheets have margins too.
        found = (one for one in _in_text(hidden, (passage,)) if one.candidate.shape.family != "finance")
        yield from _only_there(found, message.body)
    for attachment in message.attachments:
        name = attachment.name
        yield from _in_text(name, (Passage(name, 0, len(name.matching), "own", "attachment"),))


def _in_attachments(passages: tuple[Passage, ...], budget: Budget) -> tuple[list[Found], tuple[Text, ...]]:
    found: list[Found] = []
    unread: list[Text] = []
    for passage in passages:
        pace = Pace(budget, reserve=_TELLING)
        found += (Found(candidate, passage) for candidate in scan(passage.of, pace.over))
        if pace.ended:
            budget.leave_out(passage.of.name or "", "time")
            unread.append(passage.of)
    return found, tuple(unread)


def _in_text(text: Text, passages: tuple[Passage, ...]) -> Iterator[Found]:
    for candidate in scan(text):
        passage = next((p for p in passages if p.start <= candidate.start < p.end), None)
        if passage is not None:
            yield Found(candidate, passage)


def _alternative(reading: Reading) -> Iterator[Found]:
    """The plain text beside an HTML body, where its words differ."""
    plain = reading.message.alternative
    if plain is None or plain.matching.split() == reading.message.body.matching.split():
        return iter(())
    return _in_text(plain, (Passage(plain, 0, len(plain.matching), "own", "own"),))


def _only_there(found: Iterator[Found], body: Text) -> Iterator[Found]:
    """Values that the body does not show: a mailto: behind a shown address is the same leak."""
    return (one for one in found if one.value not in body.matching)


def _without_lone_names(every: list[Found]) -> list[Found]:
    """A name alone is nobody's secret: it counts beside an order or a postal address."""
    anchors: dict[int, list[int]] = {}
    for one in every:
        if one.candidate.shape.kind in ("order", "address"):
            anchors.setdefault(id(one.passage.of), []).append(one.candidate.start)
    for starts in anchors.values():
        starts.sort()
    return [one for one in every if one.candidate.shape.kind != "name" or _beside(one, anchors)]


def _beside(name: Found, anchors: dict[int, list[int]]) -> bool:
    starts, at = anchors.get(id(name.passage.of), []), name.candidate.start
    nearest = bisect_left(starts, at - _NAME_REACH)
    return nearest < len(starts) and starts[nearest] <= at + _NAME_REACH


def _fact(one: Found, own: bool, addressee: bool) -> Sensitive:
    masked, edit = mask(one.candidate.shape.kind, one.value)
    return Sensitive(
        place=one.passage.place(one.candidate.start, one.candidate.end),
        kind=one.candidate.shape.kind,
        family=one.candidate.shape.family,
        masked=masked,
        mask=edit,
        own_signature=own,
        addressee=addressee,
        column=one.candidate.column if one.passage.where in ("sheet", "attachment") else "",
    )

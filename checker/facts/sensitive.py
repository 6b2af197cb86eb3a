"""Personal, financial and secret data in everything that a mail sends: text, quotes, hidden text, file names, sheets.

`candidates` finds what survives a checksum or has its label; `whose` says which contacts belong to the people of the
mail; only what is left is shown to Presidio with the pack of `recognizers`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from checker.budget import Budget, Pace
from checker.company import Company
from checker.facts import named_persons
from checker.facts.candidates import Candidate, scan
from checker.facts.kinds import Person, Sensitive
from checker.facts.masks import mask
from checker.facts.whose import Circle, key, listed
from checker.reading import Passage, Reading
from checker.text import Text

_GAP = "\n\n\n"  # between contexts, so that none is read as the label of the next
_CJK = re.compile("[\u3400-\u9fff]")
_NAME_REACH = 300  # characters within which a name belongs to an order or an address


_ASKED = 50  # contexts that Presidio is shown at a time: what it does grows faster than what it reads


_Group = tuple[int, int, str]


class _Found(NamedTuple):
    candidate: Candidate
    passage: Passage

    @property
    def value(self) -> str:
        return self.passage.of.matching[self.candidate.start : self.candidate.end]

    @property
    def is_contact(self) -> bool:
        return self.candidate.shape.kind in ("phone", "landline", "email", "im", "address")


_Owned = tuple[_Found, bool, bool]  # own_signature, addressee


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
    every: list[_Found],
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
    kept = _confirmed(doubtful, budget)
    told = [(one, own, addressee) for one, own, addressee in owned if own or addressee or _group(one) in kept]
    leaks = [one for one, own, addressee in told if not (own or addressee)]
    names = [(name, False, False) for name in _named(leaks, [one for one, *_ in told], circle, budget)]
    return tuple(_fact(*one) for one in (*told, *names))


def _same_everywhere(owned: list[_Owned]) -> list[_Owned]:
    """A contact that is the sender's or an addressee's in one place, as in a signature, is so in an attachment."""
    contacts = [(key(one.value), own, addressee) for one, own, addressee in owned if one.is_contact]
    ours = {value for value, own, _ in contacts if own}
    theirs = {value for value, _, addressee in contacts if addressee}

    def known(one: _Found, own: bool, addressee: bool) -> _Owned:
        if one.passage.where not in ("attachment", "sheet") or not one.is_contact:
            return one, own, addressee
        return one, own or key(one.value) in ours, addressee or key(one.value) in theirs

    return [known(*said) for said in owned]


def _named(leaks: list[_Found], told: list[_Found], circle: Circle, budget: Budget) -> Iterator[_Found]:
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
                yield _Found(name, passage)


def grouped(values: tuple[Sensitive, ...]) -> tuple[Sensitive, ...]:
    """The values with those of one kind in one column of a sheet told once: the first, with its column and `rows`."""
    groups: dict[tuple[int, str, str, bool], list[Sensitive]] = {}
    for one in values:
        # Outside of sheets each value is a group of its own.
        place = one.place.span.of if one.column else one
        groups.setdefault((id(place), one.column, one.kind, one.own_signature or one.addressee), []).append(one)
    return tuple(replace(group[0], rows=float(len(group))) for group in groups.values())


def _in_mail(reading: Reading) -> Iterator[_Found]:
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


def _in_attachments(passages: tuple[Passage, ...], budget: Budget) -> tuple[list[_Found], tuple[Text, ...]]:
    found: list[_Found] = []
    unread: list[Text] = []
    for passage in passages:
        pace = Pace(budget)
        found += (_Found(candidate, passage) for candidate in scan(passage.of, pace.over))
        if pace.ended:
            budget.leave_out(passage.of.name or "", "time")
            unread.append(passage.of)
    return found, tuple(unread)


def _in_text(text: Text, passages: tuple[Passage, ...]) -> Iterator[_Found]:
    for candidate in scan(text):
        passage = next((p for p in passages if p.start <= candidate.start < p.end), None)
        if passage is not None:
            yield _Found(candidate, passage)


def _alternative(reading: Reading) -> Iterator[_Found]:
    """The plain text beside an HTML body, where its words differ."""
    plain = reading.message.alternative
    if plain is None or plain.matching.split() == reading.message.body.matching.split():
        return iter(())
    return _in_text(plain, (Passage(plain, 0, len(plain.matching), "own", "own"),))


def _only_there(found: Iterator[_Found], body: Text) -> Iterator[_Found]:
    """Values that the body does not show: a mailto: behind a shown address is the same leak."""
    return (one for one in found if one.value not in body.matching)


def _without_lone_names(every: list[_Found]) -> list[_Found]:
    """A name alone is nobody's secret: it counts beside an order or a postal address."""
    anchors: dict[int, list[int]] = {}
    for one in every:
        if one.candidate.shape.kind in ("order", "address"):
            anchors.setdefault(id(one.passage.of), []).append(one.candidate.start)
    for starts in anchors.values():
        starts.sort()
    return [one for one in every if one.candidate.shape.kind != "name" or _beside(one, anchors)]


def _beside(name: _Found, anchors: dict[int, list[int]]) -> bool:
    starts, at = anchors.get(id(name.passage.of), []), name.candidate.start
    nearest = bisect_left(starts, at - _NAME_REACH)
    return nearest < len(starts) and starts[nearest] <= at + _NAME_REACH


def _confirmed(doubtful: list[_Found], budget: Budget) -> frozenset[_Group]:
    """The groups of which Presidio finds the first value as well.

    What there is no time to ask about counts as found: it has passed the same checks once.
    """
    firsts: dict[_Group, Candidate] = {}
    for found in doubtful:
        firsts.setdefault(_group(found), found.candidate)
    groups = list(firsts.items())
    kept: set[_Group] = set()
    for at in range(0, len(groups), _ASKED):
        some = groups[at : at + _ASKED]
        kept.update((group for group, _ in some) if at and budget.spent() else _asked(some))
    return frozenset(kept)


def _asked(groups: list[tuple[_Group, Candidate]]) -> Iterator[_Group]:
    """Those of the groups that Presidio finds, asked once for all."""
    from checker.presidio_pack.recognizers import confirmed, entity  # noqa: PLC0415  a clean mail needs no pack

    starts, text = [], ""
    for _, one in groups:
        starts.append(len(text) + one.at)
        text += one.context + _GAP
    shapes = tuple(one.shape for _, one in groups)
    results = confirmed(text, shapes, "zh" if _CJK.search(text) else "en")
    for (group, one), start in zip(groups, starts, strict=True):
        if any(e == entity(one.shape) and a <= start < b for e, a, b in results):
            yield group


def _group(found: _Found) -> _Group:
    """Values of one shape in one column stand or fall together; elsewhere each is a group of its own."""
    one = found.candidate
    return (id(one.shape), id(found.passage.of), one.column or str(one.start))


def _fact(one: _Found, own: bool, addressee: bool) -> Sensitive:
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

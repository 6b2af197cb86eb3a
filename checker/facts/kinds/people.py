"""The shapes of the facts about who is on the mail, and who should be."""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading import Place


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """The sender or a recipient. place: the addr-spec in its header."""

    place: Place
    header: str  # from to cc bcc reply_to
    name: str
    address: str
    domain: str
    kind: str  # self internal partner amazon buyer personal unknown
    external: bool
    nearest_domain: str | None  # a domain one slip away that is the company's, a partner's or a large provider's
    corrected: str | None  # the address with that domain
    known: bool  # in people.csv
    role: str
    timezone: str | None
    topics: tuple[str, ...]  # a partner's: what it may hear of; empty = anything
    first_of_domain: bool  # nobody before in To, Cc, Bcc has this domain


@dataclass(frozen=True, slots=True, repr=False)
class Greeting:
    """A person greeted at the top."""

    place: Place
    name: str
    known: bool  # in people.csv, or the display name of a recipient
    in_to: bool


@dataclass(frozen=True, slots=True, repr=False)
class Responsible:
    """A role that [policy.cc] wants for the scenario, or the archive that the policy names (role archive)."""

    place: Place  # the Cc header
    role: str
    person: str | None  # name from people.csv, None when nobody holds it
    address: str | None
    present: bool


@dataclass(frozen=True, slots=True, repr=False)
class Binding:
    """A [[bindings]] entry whose word is met, and a recipient outside its domains."""

    place: Place
    word: str
    allowed: tuple[str, ...]
    outsiders: tuple[str, ...]

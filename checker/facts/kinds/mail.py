"""The shapes of the facts about the mail as a whole and the parts that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading import Place


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """The mail as a whole."""

    scenario: str  # topic of the first tag that has one, else told from content: restock listing ads review logistics
    #                finance; ""
    notice: bool  # asks for nothing; content beats the tag
    product: bool  # scenario is restock, listing, ads, review or logistics
    urgent: bool  # tagged urgent
    asks: bool  # at least one request
    short_reply: bool  # a brief answer in a thread, or one given between its quoted lines
    reply: bool  # reply prefix and thread text or headers
    outside: bool  # somebody outside the company is on it
    business: bool  # tagged, or names a product, order, shipment, price or customer
    mentions_im: bool  # says that the reader is also told by IM or phone
    language: str  # zh or en
    metrics_needed: tuple[str, ...]  # what [policy.metrics] wants for the scenario
    evidence_expected: bool  # the scenario is one of [policy.evidence] and what is asked needs proof
    dated_loss: bool = False  # money, rank, an account or a claim is lost by a stated day, or stock within days
    days_to_work: float = 1.0  # calendar days from the mail to the next working day


@dataclass(frozen=True, slots=True, repr=False)
class Tag:
    """A 【…】 or […] of the subject. topic "" = known without a topic; known False = on no list."""

    place: Place
    value: str
    topic: str
    known: bool
    leading: bool  # stands before the subject's text
    nearest: str | None  # nearest known tag when unknown


@dataclass(frozen=True, slots=True, repr=False)
class Subject:
    """The subject line."""

    place: Place
    empty: bool  # nothing, or only Re:/Fwd:
    prefix: bool  # has a reply or forward prefix
    core: str  # without prefixes and tags
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Own:
    """The sender's own text; place is all of it (its first passage when there are several)."""

    place: Place
    empty: bool
    characters: float  # without white space
    lines: float
    words: str  # the matching text, for simple tests


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """The signature; place is its block, or the end of the own text when there is none."""

    place: Place
    present: bool
    name: bool
    title: bool
    contact: bool


@dataclass(frozen=True, slots=True, repr=False)
class Structure:
    """Which parts of background - request - time (or SBAR) are there in substance."""

    place: Place
    background: bool
    request: bool
    timeline: bool
    sbar: bool


@dataclass(frozen=True, slots=True, repr=False)
class Thread:
    """What this mail answers."""

    reply: bool
    domains: tuple[str, ...]  # of the thread before this mail

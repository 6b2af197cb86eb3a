"""The shapes of the facts about single words: a rule's phrases, sensitive data, blanks, shouts, marks."""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading import Place


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """A phrase of a rule found in the text."""

    place: Place
    rule: str
    phrase: float  # index of the phrase entry in the rule
    sentence: str
    actor: str  # reader, self, third: who is to act, or who is spoken of
    negated: bool
    quoted: bool  # attributed to somebody else, or between quotation marks
    figure: bool  # a figure stands in the same clause
    deadline: bool  # a definite deadline stands in the same sentence
    soft: bool  # softened: 方便的话, when you have a moment


@dataclass(frozen=True, slots=True, repr=False)
class Sensitive:
    """Personal, financial or secret data, unmasked."""

    place: Place
    kind: str  # resident_id ssn itin nino passport permit driving_licence phone landline email address im name plate
    #            bank_card account iban credit_card order seller_id password code key token private_key connection
    #            cost floor_price margin balance
    family: str  # identity contact bank order credential finance
    masked: str  # how it is quoted everywhere
    mask: str | None  # what replaces it in the mail; None: remove it by hand
    own_signature: bool  # the sender's own, or a contact the company publishes
    addressee: bool  # a recipient's own
    column: str = ""  # in a sheet: what heads the column, else its letter
    rows: float = 1.0  # rows of that column with such a value, all told in one fact


@dataclass(frozen=True, slots=True, repr=False)
class Blank:
    """A blank left in a template."""

    place: Place
    stands_for: str  # deadline asin name metric other
    metric: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Shout:
    """!!! or a sentence in capitals."""

    place: Place
    kind: str  # marks capitals
    calm: str  # the same words said calmly


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """机密, 内部, internal only: the mail says who may not read it."""

    place: Place
    kind: str  # confidential internal finance

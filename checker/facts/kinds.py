"""Everything that a rule can see: the shape of each fact.

Facts are frozen. `place` shows up in rules as `text`, `zone` and `where`. Every number is a double. Moments are RFC
3339 strings, days ISO dates, None where unknown. A rule author reads this file and figure_kinds.py, or the output of
`presend facts FILE`.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.facts.figure_kinds import Expected as Expected
from checker.facts.figure_kinds import Figure as Figure
from checker.facts.figure_kinds import Holding as Holding
from checker.facts.figure_kinds import Line as Line
from checker.facts.figure_kinds import Missing as Missing
from checker.facts.figure_kinds import Packing as Packing
from checker.facts.figure_kinds import Ratio as Ratio
from checker.facts.figure_kinds import Total as Total
from checker.facts.figure_kinds import Vague as Vague
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
class Asin:
    """A token given as an ASIN (labelled, or standing alone and like one)."""

    place: Place
    value: str  # as written, normalised to half width
    valid: bool
    problem: str | None  # short, long, letter_o, letter_i, lower, fullwidth, check_digit, fnsku, characters
    corrected: str | None
    listing: str  # active, inactive, incomplete, suppressed, restricted, unknown (not in the report), "" (no report)
    first: bool = True  # the first mention of this value in the mail


@dataclass(frozen=True, slots=True, repr=False)
class Identifier:
    """A SKU, Amazon order id or shipment (FBA…, tracking, bill of lading, container) number."""

    place: Place
    kind: str  # sku, order, shipment (FBA15…), tracking (carrier, B/L, container), fnsku
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class Product:
    """A product that the mail names, with every mention joined. place is the first mention."""

    place: Place
    key: str  # the ASIN where known, else the SKU
    kind: str  # asin, sku
    excluded: bool  # named only to be left out (这次不用动)
    sheet_only: bool
    in_subject: bool
    in_own: bool  # own text, tables included
    in_sheet: bool
    metrics: tuple[str, ...]  # names of the metrics known of it
    listing: str = ""  # as of Asin, of its ASIN, else of its SKU; a SKU that the report lacks has none


@dataclass(frozen=True, slots=True, repr=False)
class Deadline:
    """A time by which something is asked for, or a vague one."""

    place: Place
    due: str | None  # RFC 3339; a day without a time is 23:59:59 in the sender's zone
    day: str | None  # ISO date, in the zone written
    has_time: bool
    has_zone: bool
    vague: bool  # 尽快, 有空, ASAP, soon
    soft: bool  # vague and softened (有空的时候尽快)
    placeholder: bool  # XX前
    weekday: float | None  # ISO weekday of `day`, 1 = Monday
    weekday_stated: float | None
    working_day: bool
    next_working_day: str | None  # ISO date, when working_day is False
    working_days_left: float | None
    asked: bool  # the time of something asked of the reader (not an event, an ETA, our own plan)


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """Something asked of the reader."""

    place: Place
    verb: str
    object: str
    specific: bool  # an object, quantity or concrete action; “请处理” alone is not
    claim: bool  # asks for money or compensation from somebody
    deadline: bool  # a deadline (even vague) goes with it


@dataclass(frozen=True, slots=True, repr=False)
class Unanswered:
    """A sent mail that asks and got no answer; only an archive knows. place: what was asked first."""

    place: Place
    hours: float  # since the time by which it was asked for, or since it was sent where none is named
    followed: bool  # the sender wrote again in the thread


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
class Thread:
    """What this mail answers."""

    reply: bool
    domains: tuple[str, ...]  # of the thread before this mail


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """An attachment. place: its name."""

    place: Place
    name: str
    megabytes: float
    inline: bool
    link: bool
    readable: bool
    problem: str | None  # empty truncated password mismatch
    actual: str | None  # what a mismatched file really is
    risky: str | None  # executable macro script double_extension
    evidence: bool  # can prove something: screenshot, sheet, pdf, photo


@dataclass(frozen=True, slots=True, repr=False)
class Files:
    """All attachments together."""

    place: Place  # the largest one's name, or the subject
    count: float  # without inline pictures of the signature
    megabytes: float  # as sent, together
    present: bool  # an attachment, an inline picture or a cloud link


@dataclass(frozen=True, slots=True, repr=False)
class Mention:
    """The own text speaks of an attachment."""

    place: Place
    promised: bool  # it should be with this mail (not 稍后发, not theirs, not the earlier mail's)


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """A link in own text."""

    place: Place
    url: str
    cloud: bool  # a shared file (OneDrive, Google Drive, 腾讯文档, 飞书, 百度网盘 …)


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A table in own text or an attached sheet."""

    place: Place
    rows: float
    columns: float


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
class Structure:
    """Which parts of background - request - time (or SBAR) are there in substance."""

    place: Place
    background: bool
    request: bool
    timeline: bool
    sbar: bool


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


@dataclass(frozen=True, slots=True, repr=False)
class Binding:
    """A [[bindings]] entry whose word is met, and a recipient outside its domains."""

    place: Place
    word: str
    allowed: tuple[str, ...]
    outsiders: tuple[str, ...]

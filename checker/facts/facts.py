"""All facts of one message, lazily: the wiring diagram of the extractors."""

from __future__ import annotations

from datetime import datetime

from checker.budget import Budget
from checker.company import Company
from checker.facts import (
    asking,
    attachments,
    blanks,
    deadlines,
    documents,
    figures,
    identifiers,
    lines,
    listings,
    marks,
    missing,
    own,
    packings,
    people,
    phrases,
    ratios,
    requests,
    scenario,
    sensitive,
    sheets,
    shouts,
    signature,
    structure,
    subject,
    tables,
    text_tables,
    totals,
    vague,
)
from checker.facts import products as product_facts
from checker.facts.belonging import Owners
from checker.facts.kinds.asks import Deadline, Request, Unanswered
from checker.facts.kinds.attachments import File, Files, Link, Mention, Table
from checker.facts.kinds.figures import Figure, Holding, Line, Missing, Packing, Ratio, Total, Vague
from checker.facts.kinds.mail import Mail, Own, Signature, Structure, Subject, Thread
from checker.facts.kinds.people import Binding, Greeting, Person, Responsible
from checker.facts.kinds.products import Asin, Identifier, Product
from checker.facts.kinds.words import Blank, Hit, Mark, Sensitive, Shout
from checker.facts.sensitive import Secrets
from checker.lazy import cached_property
from checker.message import Aftermath, Message
from checker.reading import Passage, Reading
from checker.text import Grid

_FIGURES = 0.00001  # seconds that a cell of a sheet takes to be read for products and figures


class Facts:
    """Facts of one message. Each property is worked out when first asked for, from the facts that it names.

    now: the moment the mail is sent, with its zone (the mail's Date, else the clock). aftermath: what an archive knows.
    """

    def __init__(
        self,
        message: Message,
        company: Company,
        now: datetime,
        lexicon: phrases.Lexicon,
        budget: Budget | None = None,
        aftermath: Aftermath | None = None,
    ) -> None:
        self.message = message
        self.company = company
        self.now = now
        self.lexicon = lexicon
        self.budget = budget or Budget()
        self.aftermath = aftermath

    @cached_property
    def opened(self) -> Reading:
        """The mail and its attached sheets: all that is searched for sensitive data, which is read first."""
        return Reading(self.message, sheets.open_sheets(self.message.attachments, self.budget))

    @cached_property
    def reading(self) -> Reading:
        """What every other fact is read from: without the sheets, where no time is left for them."""
        cells = sum(len(sheet.tables[0].cells) for sheet in self.opened.sheets)
        return Reading(self.message) if cells and self.budget.too_short(cells * _FIGURES) else self.opened

    @cached_property
    def subject(self) -> Subject:
        return subject.read(self.reading.subject, self.company.tags)

    @cached_property
    def own(self) -> Own:
        return own.read(self.reading)

    @cached_property
    def signature(self) -> Signature:
        return signature.read(self.reading, self.sender)

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        return identifiers.read(self.reading)

    @cached_property
    def skus(self) -> tuple[Identifier, ...]:
        return tuple(i for i in self.identifiers if i.kind == "sku")

    @cached_property
    def orders(self) -> tuple[Identifier, ...]:
        return tuple(i for i in self.identifiers if i.kind == "order")

    @cached_property
    def shipments(self) -> tuple[Identifier, ...]:
        return tuple(i for i in self.identifiers if i.kind in ("shipment", "tracking"))

    @cached_property
    def asins(self) -> tuple[Asin, ...]:
        found = product_facts.read_asins(self.reading, self.identifiers, self.budget)
        return listings.with_status(found, self.company.listings)

    @cached_property
    def products(self) -> tuple[Product, ...]:
        found = product_facts.read_products(self.reading, self.asins, self.skus, self.figures)
        return listings.products_with_status(found, self.asins, self.company.listings)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        owners = Owners(self.reading, self.asins, self.skus)
        order = self.company.date_order
        return figures.read(self.reading, self.typed_tables, owners, self.now, order, self.budget)

    @cached_property
    def typed_tables(self) -> tuple[tuple[Passage, Grid], ...]:
        return text_tables.read(self.reading)

    @cached_property
    def vague(self) -> tuple[Vague, ...]:
        return vague.read(self.reading, self.figures, lambda: self.products)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return lines.read(self.figures, self.products, self.now, self.budget)

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        return listings.read_holdings(self)

    @cached_property
    def ratios(self) -> tuple[Ratio, ...]:
        return ratios.read(self.figures)

    @cached_property
    def packings(self) -> tuple[Packing, ...]:
        return packings.read(self.figures)

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        return totals.read(self.reading, self.typed_tables)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        return missing.read(self)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tables.read(self.reading, self.typed_tables)

    @cached_property
    def asks(self) -> asking.Asks:
        return asking.read(self.reading)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        return deadlines.read(self.reading, self.now, self.company.timezone, self.company.date_order, self.asks)

    @cached_property
    def requests(self) -> tuple[Request, ...]:
        return requests.read(self.reading, self.deadlines, self.asks)

    @cached_property
    def unanswered(self) -> tuple[Unanswered, ...]:
        if self.aftermath is None:
            return ()
        return tuple(Unanswered(first.place, *self.aftermath) for first in self.requests[:1])

    @cached_property
    def structure(self) -> Structure:
        return structure.read(self.reading, self.requests, self.deadlines)

    @cached_property
    def mail(self) -> Mail:
        return scenario.read(self)

    @cached_property
    def sender(self) -> Person:
        return people.read_sender(self.message, self.company)

    @cached_property
    def recipients(self) -> tuple[Person, ...]:
        return people.read_recipients(self.message, self.company)

    @cached_property
    def greetings(self) -> tuple[Greeting, ...]:
        return people.read_greetings(self.reading, self.recipients, self.company)

    @cached_property
    def responsible(self) -> tuple[Responsible, ...]:
        return people.read_responsible(self.mail.scenario, self.message, self.sender, self.recipients, self.company)

    @cached_property
    def thread(self) -> Thread:
        return people.read_thread(self.reading, self.subject)

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        return people.read_bindings(self.reading, self.recipients, self.company)

    @cached_property
    def attachments(self) -> tuple[File, ...]:
        return attachments.read(self.message.attachments, self.budget)

    @cached_property
    def files(self) -> Files:
        return attachments.read_files(self.reading, self.attachments, self.links)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return attachments.read_mentions(self.reading)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return attachments.read_links(self.reading)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        return phrases.read(self.lexicon, self.reading, self.deadlines, self.figures)

    @cached_property
    def sensitive(self) -> tuple[Sensitive, ...]:
        return sensitive.grouped(self.secrets)

    @property
    def secrets(self) -> tuple[Sensitive, ...]:
        """Every sensitive value, each cell of a sheet by itself: what must be masked wherever it is quoted."""
        return self.searched.values

    @cached_property
    def searched(self) -> Secrets:
        return sensitive.read(self.opened, self.sender, self.recipients, self.company, self.documents, self.budget)

    @cached_property
    def documents(self) -> tuple[Passage, ...]:
        return documents.open_documents(self.message.attachments, self.budget)

    @cached_property
    def blanks(self) -> tuple[Blank, ...]:
        return blanks.read(self.reading)

    @cached_property
    def shouts(self) -> tuple[Shout, ...]:
        return shouts.read(self.reading)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        return marks.read(self.reading)

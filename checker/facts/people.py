"""Who sends and who gets the mail; who should get it; whom the thread had; who may not hear of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.company import Colleague, Company, Partner
from checker.facts.domains import is_personal, kind_of, nearest, within
from checker.facts.greetings import read_greetings
from checker.facts.kinds.mail import Subject, Thread
from checker.facts.kinds.people import Binding, Person, Responsible
from checker.message import Address, Message
from checker.reading import Place, Reading
from checker.text import Span, Text

__all__ = ["read_bindings", "read_greetings", "read_recipients", "read_responsible", "read_sender", "read_thread"]

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24})(?![A-Za-z0-9-])")
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|转发|轉發|轉寄|转寄)\s*[:\uff1a]", re.IGNORECASE)


def read_sender(message: Message, company: Company) -> Person:
    """The sender. kind is personal for a private mailbox, else self; without a From: an empty address of kind self."""
    if message.sender is None:
        place = Place(message.subject.place(0, 0), "own", "header")
        return Person(place, "from", "", "", "", "self", False, None, None, False, "", None, (), False)
    ours = _our_domains(message, company)
    person = _person(message.sender, company, ours, message.sender.address.lower(), {})
    private = is_personal(person.domain) and not within(person.domain, ours)
    return replace(person, kind="personal") if private else person


def read_recipients(message: Message, company: Company) -> tuple[Person, ...]:
    """Everybody in To, Cc and Bcc, in order."""
    ours = _our_domains(message, company)
    sender = message.sender.address.lower() if message.sender else ""
    meant: dict[str, str | None] = {}
    return tuple(_person(address, company, ours, sender, meant) for address in message.recipients)


def _our_domains(message: Message, company: Company) -> tuple[str, ...]:
    """The company's domains; where the policy names none, the sender's own, unless it is a provider's."""
    if company.domains or message.sender is None:
        return company.domains
    domain = message.sender.domain
    return (domain,) if domain and not is_personal(domain) else ()


def _person(
    address: Address, company: Company, ours: tuple[str, ...], sender: str, seen: dict[str, str | None]
) -> Person:
    """seen: domains met before in this mail, with the one that each was meant to be; grows."""
    written, domain = address.address.lower(), address.domain
    colleague = company.by_email.get(written)
    partner = _partner(written, domain, company.partners)
    kind = _kind(written, domain, ours, sender, known=colleague is not None, partner=partner is not None)
    first = domain not in seen
    if first:
        seen[domain] = _meant(domain, company, ours) if kind == "unknown" else None
    meant = None if kind != "unknown" or _listed(written, company) else seen[domain]
    return Person(
        place=Place(address.address_span, "own", "header"),
        header=address.header,
        name=address.name or (colleague.name if colleague else ""),
        address=address.address,
        domain=domain,
        kind=kind,
        external=bool(domain) and kind not in ("self", "internal"),  # a bare name is Exchange's own
        nearest_domain=meant,
        corrected=f"{address.address.rpartition('@')[0]}@{meant}" if meant else None,
        known=colleague is not None,
        role=colleague.role if colleague else "",
        timezone=(colleague.timezone or company.timezone) if colleague else None,
        topics=partner.topics if partner else (),
        first_of_domain=first,
    )


def _kind(written: str, domain: str, ours: tuple[str, ...], sender: str, *, known: bool, partner: bool) -> str:
    if written and written == sender:
        return "self"
    if known or within(domain, ours):
        return "internal"
    if partner:
        return "partner"
    return kind_of(domain)


def _partner(written: str, domain: str, partners: Iterable[Partner]) -> Partner | None:
    """A partner's entry: the full address where one is listed, else the domain or one above it, the longest first."""
    fitting = [p for p in partners if p.domain == written or ("@" not in p.domain and within(domain, (p.domain,)))]
    return max(fitting, key=lambda p: ("@" in p.domain, len(p.domain)), default=None)


def _listed(written: str, company: Company) -> bool:
    return written in company.groups or written == company.archive.lower()


def _meant(domain: str, company: Company, ours: tuple[str, ...]) -> str | None:
    if not domain or any(domain == email.rpartition("@")[2] for email in company.by_email):
        return None
    return nearest(domain, ours, [p.domain.rpartition("@")[2] for p in company.partners])


def read_responsible(
    scenario: str, message: Message, sender: Person, recipients: tuple[Person, ...], company: Company
) -> tuple[Responsible, ...]:
    """The roles that [policy.cc] wants for the scenario, and whether somebody who holds them is in To or Cc.

    With an archive address, one more of role "archive": whatever the scenario, and a blind copy will do.
    """
    wanted = company.cc.get(scenario, ())
    if not wanted and not company.archive:
        return ()
    reached = _reached(sender, [p for p in recipients if p.header != "bcc"], company)
    place = _cc_place(message)
    found = tuple(_responsible(place, role, sender, reached, company) for role in wanted)
    if not company.archive:
        return found
    copied = company.archive.lower() in _reached(sender, recipients, company)
    return (*found, Responsible(place, "archive", None, company.archive, copied))


def _responsible(place: Place, role: str, sender: Person, reached: frozenset[str], company: Company) -> Responsible:
    holders = tuple(_holders(role, sender, company))
    if not holders:
        return Responsible(place, role, None, None, False)
    present = next((h for h in holders if _is_reached(h.email, reached, company)), None)
    shown = present or holders[0]
    return Responsible(place, role, shown.name or shown.email, shown.email, present is not None)


def _holders(role: str, sender: Person, company: Company) -> Iterator[Colleague]:
    """Who holds a role: "manager" is the sender's own by people.csv, everything else is its column role."""
    if role.lower() != "manager":
        yield from (person for person in company.people if person.role.lower() == role.lower())
        return
    me = company.by_email.get(sender.address.lower())
    if me and me.manager:
        yield company.by_email.get(me.manager.lower()) or Colleague(me.manager, "", "", "manager", "", "")


def _reached(sender: Person, recipients: Iterable[Person], company: Company) -> frozenset[str]:
    """Addresses of the recipients and the sender, lower case: corrected where mistyped, groups with their members."""
    found = {sender.address.lower()}
    for person in recipients:
        address = (person.corrected or person.address).lower()
        found.add(address)
        found.update(company.groups.get(address, ()))
        if not person.external:
            found.update(company.groups.get(address.partition("@")[0], ()))
    return frozenset(found)


def _is_reached(email: str, reached: frozenset[str], company: Company) -> bool:
    local, _, domain = email.lower().partition("@")
    # chen.xiao@ is one person at every domain of the company.
    aliases = (f"{local}@{d}" for d in company.domains) if domain in company.domains else ()
    return email.lower() in reached or any(alias in reached for alias in aliases)


def _cc_place(message: Message) -> Place:
    for part in ("cc", "to"):
        for text in message.headers:
            if text.part == part and text.plain:
                return Place(Span(text, 0, len(text.plain)), "own", "header")
    return Place(Span(message.subject, 0, len(message.subject.plain)), "own", "subject")


def read_thread(reading: Reading, subject: Subject) -> Thread:
    """Whether this mail answers one (a forward does not), and the domains that the thread had before it.

    Message-ids name servers (mail.gmail.com for many a firm): they add domains, but alone they tell of nobody.
    """
    reply = reading.message.reply
    people = [] if reply is None else _domains_in((reply.sender, *reply.to, *reply.cc))
    people += _domains_in(p.matching for p in reading.quoted if "@" in p.matching)
    servers = _domains_in((reply.message_id or "", *reply.references)) if reply and people else []
    answers = subject.prefix and not _FORWARD.match(reading.message.subject.plain)
    domains = tuple(dict.fromkeys((*people, *servers)))
    return Thread(answers and (reply is not None or bool(reading.quoted)), domains)


def _domains_in(texts: Iterable[str]) -> list[str]:
    return [m[1].lower() for text in texts for m in _ADDRESS.finditer(text)]


def read_bindings(reading: Reading, recipients: tuple[Person, ...], company: Company) -> tuple[Binding, ...]:
    """[[bindings]] met: the word is in subject, own text or an attachment's name, a recipient outside its domains."""
    if not company.bindings:
        return ()
    return tuple(_bindings(reading, recipients, company))


def _bindings(reading: Reading, recipients: tuple[Person, ...], company: Company) -> Iterator[Binding]:
    for entry in company.bindings:
        allowed = entry.get("domains", ())
        outsiders = [p.address for p in recipients if p.external and not _allowed(p, allowed)]
        met = _first_word(reading, entry["words"]) if outsiders else None
        if met:
            yield Binding(met[0], met[1], allowed, tuple(dict.fromkeys(outsiders)))


def _allowed(person: Person, allowed: tuple[str, ...]) -> bool:
    address = (person.corrected or person.address).lower()
    return address in allowed or within(address.rpartition("@")[2], allowed)


def _first_word(reading: Reading, words: tuple[str, ...]) -> tuple[Place, str] | None:
    patterns = [(word, _word_pattern(word)) for word in words]
    for passage in reading.written:
        for word, pattern in patterns:
            if found := pattern.search(*passage.window):
                return passage.place(*found.span()), word
    for attachment in reading.message.attachments:
        for word, pattern in patterns:
            if found := pattern.search(attachment.name.matching):
                return _in_name(attachment.name, *found.span()), word
    return None


def _in_name(name: Text, start: int, end: int) -> Place:
    return Place(name.place(start, end), "own", "attachment")


def _word_pattern(word: str) -> re.Pattern[str]:
    """The word in any case; beside Latin letters and digits only where it ends itself (Acme, not Acmeland)."""
    word = unicodedata.normalize("NFKC", word)
    left = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", word) else ""
    right = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", word) else ""
    return re.compile(left + re.escape(word) + right, re.IGNORECASE)

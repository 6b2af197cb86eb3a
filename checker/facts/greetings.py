"""Who is greeted at the top of a mail, and whether that person is in To."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from checker.company import Colleague, Company
from checker.facts.kinds.people import Greeting, Person
from checker.facts.names import CHINESE_NAME, HONORIFICS, SURNAME, SURNAMES, TITLES, latin_words, surname_of
from checker.message import Address
from checker.reading import Passage, Reading

_LINES = 2  # a greeting stands in the first line, or in the second under a bare hello
_LINE = re.compile(r"[^\n]+")
_LEAD = re.compile(
    r"[\s@]*(?:(?:尊敬的|亲爱的|敬爱的|致|to|dear|hi|hello|hey|good\s+(?:morning|afternoon|evening|day)"
    r"|(?:您|你)们?好|(?:早上|上午|下午|晚上)好)(?![A-Za-z])[\s,:!。~]*)*@?",
    re.IGNORECASE,
)
_HELLO = r"(?:[您你]们?好|大家好|(?:早上|上午|中午|下午|晚上)好|好|早(?!上)|hi|hello)"
_TITLE = "|".join(sorted((*TITLES, *HONORIFICS), key=len, reverse=True))
_CHINESE = (
    rf"(?:[小老阿](?:{SURNAME})|(?:{SURNAME})副?(?:{_TITLE})"
    rf"|(?:{SURNAME})[\u4e00-\u9fff]{{1,2}}?(?:副?(?:{_TITLE}))?)"
)
_CAPITAL = r"[A-Z][A-Za-z'-]{1,20}"
_ENGLISH = rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?{_CAPITAL}(?:[ .]{_CAPITAL}){{0,2}}"
_NAME = rf"(?:{_CHINESE}|{_ENGLISH})"
_END = r"(?=[,:;!。~(]|\n|$|\s-)"
_JOIN = rf"(?:\s*[、/&]\s*|和|与|及|\sand\s|\s?@|,\s*(?={_NAME}\s*(?:[,:]|\n|$|and\s)))@?"
_NAMES = rf"(?P<names>{_NAME}(?:{_JOIN}{_NAME}){{0,5}})\s*"
_CALLED = re.compile(rf"{_NAMES}(?:{_HELLO}|{_END})", re.MULTILINE)
_CALLED_AFTER_HELLO = re.compile(rf"{_NAMES}(?:{_HELLO}|{_END}|(?<=\s))", re.MULTILINE)
_CALLED_LOWER = re.compile(r"(?P<names>[a-z]{3,12})\s*(?=,|\n|$)", re.MULTILINE)
_ONE = re.compile(rf"(?:{_NAME}|(?!and\s)[a-z]{{3,12}})(?=\s*(?:[、/&,@和与及]|and\s|$))")
_TITLED = re.compile(rf"(?P<surname>{SURNAME})副?(?P<title>{_TITLE})")
_TITLE_END = re.compile(rf"副?(?:{_TITLE})$")
_FAMILIAR = re.compile(rf"[小老阿](?P<surname>{SURNAME})")
_ENGLISH_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+", re.IGNORECASE)
_NOBODY = frozenset(
    "all team everyone everybody guys folks sir madam sirs colleagues friends there customer "  # noqa: SIM905
    "customers seller partner "
    "partners buyer support".split()
)
# Mailboxes that anybody may read: they neither prove nor disprove who is meant.
_ROLE_BOXES = frozenset(
    "sales info service services support admin office order orders purchase purchasing contact hr "  # noqa: SIM905
    "finance logistics "
    "ops operation operations team hello mail cs shipping account accounts accounting warehouse export marketing "
    "help".split()
)
_NICKNAMES = {
    "tom": "thomas", "mike": "michael", "bob": "robert", "bill": "william", "dave": "david", "jim": "james",
    "liz": "elizabeth", "tony": "anthony", "andy": "andrew", "jack": "john", "kate": "catherine", "dick": "richard",
}  # fmt: skip


class _Called(NamedTuple):
    """How somebody is addressed. whole: the name in lower case, or "" when only a surname is said."""

    whole: str
    surname: str
    title: str


class _Known(NamedTuple):
    """One person who may be meant: their names, the words of their address, title and role."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    title: str


def read_greetings(reading: Reading, recipients: tuple[Person, ...], company: Company) -> tuple[Greeting, ...]:
    """The people greeted in the first lines of the own text; 各位, Hi all and 您好 greet nobody.

    in_to: somebody in To may be the one. A shared box in To, or an address that tells nothing, counts as met.
    """
    for passage, names in _greeted(reading):
        people = [_called(name) for _, name in names]
        met = [_meets(one, "to", recipients, company) for one in people]
        beside = [
            m or (any(met) and _meets(one, "cc", recipients, company)) for m, one in zip(met, people, strict=True)
        ]
        return tuple(
            Greeting(
                place=passage.place(at, at + len(name)),
                name=name,
                known=_is_known(one, recipients, company) and not _is_sender(one, reading.message.sender, company),
                in_to=is_met,
            )
            for (at, name), one, is_met in zip(names, people, beside, strict=True)
        )
    return ()


def _greeted(reading: Reading) -> Iterator[tuple[Passage, list[tuple[int, str]]]]:
    """The first line that greets somebody by name, with where each name stands."""
    for passage in reading.prose[:1]:
        for seen, line in enumerate(m for m in _LINE.finditer(*passage.window) if m[0].strip()):
            if seen == _LINES:
                return
            if names := list(_in_line(passage.of.matching, line.start(), line.end())):
                yield passage, names


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start
    hello = bool(lead and lead[0].strip())
    found = (_CALLED_AFTER_HELLO if hello else _CALLED).match(text, at, end)
    found = found or (_CALLED_LOWER.match(text, at, end) if hello else None)
    for one in _ONE.finditer(text, *found.span("names")) if found else ():
        if not _NOBODY & set(latin_words(one[0])):
            yield one.start(), one[0]


def _called(name: str) -> _Called:
    if name[0].isascii():
        plain = _ENGLISH_TITLE.sub("", name).lower().replace(".", " ")
        return _Called(plain, "", "")
    if titled := _TITLED.fullmatch(name):
        return _Called("", titled["surname"], titled["title"])
    if familiar := _FAMILIAR.fullmatch(name):
        return _Called("", familiar["surname"], "")
    whole = _TITLE_END.sub("", name)
    return _Called(whole, surname_of(whole), "")


def _is_known(called: _Called, recipients: Iterable[Person], company: Company) -> bool:
    """Somebody of that name is in people.csv or among the recipients; a 先生 or 女士 only among these."""
    if any(_fits(called, _of_person(p, company)) for p in recipients if p.name):
        return True
    if called.title in HONORIFICS:
        return False
    words = called.whole.split() if called.whole.isascii() and called.whole else [called.whole or called.surname]
    found = company.by_word.get(words[0] if words[0].isascii() else words[0][:2], ())
    return any(_fits(called, _of_colleague(colleague)) for colleague in found)


def _is_sender(called: _Called, sender: Address | None, company: Company) -> bool:
    """A name at the top that is the sender's own signs or introduces; it greets nobody."""
    if sender is None or not called.whole:
        return False
    colleague = company.by_email.get(sender.address.lower())
    names = (sender.name.lower(), colleague.name.lower() if colleague else "")
    return _fits(called, _Known(names, latin_words(sender.address.partition("@")[0]), ""))


def _meets(called: _Called, header: str, recipients: Iterable[Person], company: Company) -> bool:
    there = [p for p in recipients if p.header == header]
    return any(_may_be(called, person, company) for person in there)


def _may_be(called: _Called, person: Person, company: Company) -> bool:
    # The title is not asked for: who writes 李总监 to a 李 means that one, whatever people.csv calls the job.
    if _fits(called._replace(title=""), _of_person(person, company)) or _in_group(called, person, company):
        return True
    return not person.known and _tells_nothing(called, person)


def _in_group(called: _Called, person: Person, company: Company) -> bool:
    members = company.groups.get(person.address.lower(), ())
    return any(_fits(called, _of_colleague(company.by_email[m])) for m in members if m in company.by_email)


def _tells_nothing(called: _Called, person: Person) -> bool:
    """An address that could be anybody's: a shared box, initials, or one that has the surname's sound in it."""
    if CHINESE_NAME.search(person.name):
        return False
    words = latin_words(person.name) or latin_words(person.address.partition("@")[0])
    if _ROLE_BOXES & set(words) or sum(map(len, words)) < 4:
        return True
    sounds = SURNAMES.get(called.surname, ())
    if sounds:
        return bool(set(sounds) & set(words)) or any(w.startswith(s) or w.endswith(s) for w in words for s in sounds)
    return False


def _of_person(person: Person, company: Company) -> _Known:
    colleague = company.by_email.get((person.corrected or person.address).lower())
    names = (person.name.lower(), *((colleague.name.lower(),) if colleague else ()))
    title = f"{colleague.title} {colleague.role}".lower() if colleague else ""
    return _Known(names, latin_words(person.address.partition("@")[0]), title)


def _of_colleague(colleague: Colleague) -> _Known:
    words = latin_words(colleague.email.partition("@")[0])
    return _Known((colleague.name.lower(),), words, f"{colleague.title} {colleague.role}".lower())


def _fits(called: _Called, known: _Known) -> bool:
    if not called.whole:
        return _fits_surname(called, known)
    if called.surname:
        return any(called.whole in name for name in known.names)
    words = {*known.words, *(word for name in known.names for word in latin_words(name))}
    said = called.whole.split()
    return all(_is_word(one, words) for one in said)


def _is_word(said: str, words: Collection[str]) -> bool:
    """Tom for tom, tommy and thomas; Baker for baker and tbaker."""
    whole = _NICKNAMES.get(said, said)
    return any(
        w in (said, whole) or (len(said) > 2 and w.startswith(said)) or (len(said) > 3 and w.endswith(said))
        for w in words
    )


def _fits_surname(called: _Called, known: _Known) -> bool:
    if not any(surname_of(name) == called.surname for name in known.names):
        return False
    wanted = TITLES.get(called.title, ())
    return not wanted or not known.title.strip() or any(word in known.title for word in wanted)

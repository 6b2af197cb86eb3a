"""Whose a contact is: the sender's own, a recipient's or an earlier correspondent's, or a third person's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.company import Company
from checker.facts.candidates import Candidate
from checker.facts.kinds.people import Person
from checker.facts.letterheads import CONTACT_LINE, party, stands_with
from checker.facts.names import latin_words
from checker.lazy import cached_property
from checker.reading import Passage, Reading

_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z]{2,24}")
# Lines that mail programs write above a quoted mail.
_QUOTED_HEADER = re.compile(
    r"[\s>|*]*(?:(?:发件人|收件人|抄送|密送|寄件者|收件者|副本|From|To|Cc|Bcc|Reply-To|Sender|Von|An)\*?\s*:|On )"
)
_ATTRIBUTION = re.compile(r"(?:写道|wrote|写于|schrieb)\s*:?\s*$")
_CLOSING = re.compile(
    r"^[\s>|*]*(?:--|祝|此致|敬礼|顺颂|谢谢|感谢|商祺"
    r"|(?:best |kind |warm )?regards|best(?: wishes)?|thanks|thank you|cheers"
    r"|sincerely|yours)",
    re.IGNORECASE,
)
_THIRD = re.compile(r"买家|客户|顾客|收件|收货|司机|buyer|customer|recipient|consignee|ship to", re.IGNORECASE)
_HEADING = re.compile(
    r"[^\n:]{0,20}(?:电话|手机|联系|微信|邮箱|邮件|地址|QQ"
    r"|phone|tel|mobile|cell|contact|wechat|e-?mail|address)[^\n:]{0,12}: ",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"(?:我的|本人的?|我(?=手机|电话|微信|邮箱|号码)|(?:联系|找|打|加|致电|发给?|回复)(?:给|到)?我|咨询我"
    r"|(?<![A-Za-z])(?i:my|reach me|call me"
    r"|contact me|text me|ring me|email me|me at|me on))"
    r"[^。！？!?\n]{0,16}$"
)
_SPEAKER = re.compile(r"[\s>|*]*(?:买家|客户|顾客|(?i:buyer|customer))[^\n:]{0,12}:")
_YOURS = re.compile(r"(?:您的?|你的|你(?=手机|电话|微信|邮箱)|贵司的?|(?<![A-Za-z])(?i:your))[^。！？!?,;\n]{0,16}$")
_HEADER_NAME = re.compile(
    r"(?:[:;,]|\b(?:On|at)\b.*?,)\s*\"?([A-Z][a-z]+ [A-Z][a-z]+|[\u4e00-\u9fff]{2,4})(?=\"?\s*(?:<|[;,]|$))"
)
_EXTENSION = 4  # last digits, in which the lines of one house differ
_NO_DIGITS = re.compile(r"\D+")
_LETTER = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_NEAR = 30
_DOCUMENTS = ("attachment", "sheet")
_LINES = 6


def key(value: str) -> str:
    """What makes two contacts the same: digits without country code and leading zero, or the words in lower case."""
    digits = _NO_DIGITS.sub("", value)
    if len(digits) >= 7 and not _LETTER.search(value):
        national = digits.removeprefix("0086").removeprefix("86") if len(digits) > 11 else digits
        return national.lstrip("0")
    return "".join(value.split()).lower()


def listed(found: Candidate, passage: Passage) -> bool:
    """In a column headed so, or called a customer's: a list of people, no signature laid out as a table."""
    before = found.context[: found.at]
    headed = passage.where == "table" and _HEADING.fullmatch(before) is not None
    return headed or _THIRD.search(before.rpartition("\n")[2]) is not None


@dataclass(frozen=True)
class Circle:
    """The people between whom a mail passes, and what is theirs. Worked out when a contact is found."""

    reading: Reading
    sender: Person
    recipients: tuple[Person, ...]
    company: Company
    signed: frozenset[str]  # keys of the contacts in the sender's signature: the same elsewhere are the sender's too

    def whose(self, found: Candidate, passage: Passage) -> tuple[bool, bool]:
        """(own_signature, addressee) of a value that stands in a passage."""
        value = passage.of.matching[found.start : found.end]
        if found.shape.family == "order":
            return False, self._only_order_parties
        if found.shape.family == "bank":
            return key(value) in self._published, False
        if found.shape.family != "contact" or found.shape.kind == "plate":
            return False, False
        if found.shape.kind == "name":
            return value == self.sender.name, any(value == p.name for p in self.recipients)
        return self._own(value, found, passage), self._addressee(value, found, passage)

    def _own(self, value: str, found: Candidate, passage: Passage) -> bool:
        if passage.zone in ("signature", "disclaimer") and not listed(found, passage):
            return True
        if found.shape.kind == "email":
            domain = value.rpartition("@")[2].lower()
            if any(domain == own or domain.endswith(f".{own}") for own in self.company.domains) or value.lower() in (
                self.sender.address.lower(),
                self.company.archive.lower(),
            ):
                return True
        if key(value) in self._published or (passage.zone != "quote" and key(value) in self.signed):
            return True
        if passage.where in _DOCUMENTS and self._with(self._our_party, found, passage):
            return True
        if passage.zone != "own" or _quotes_another(passage.of.matching, found.start):
            return False
        return self._said(_MINE, found) or self._of_the_house(value, found) or self._beside_own_name(found, passage)

    def _addressee(self, value: str, found: Candidate, passage: Passage) -> bool:
        if found.shape.kind == "email" and value.lower() in self._correspondents:
            return True
        if passage.zone == "quote":
            return self._in_quoted_signature(found, passage)
        if passage.where in _DOCUMENTS and self._with(self._their_party, found, passage):
            return True
        return self._said(_YOURS, found)

    def _with(self, party: re.Pattern[str] | None, found: Candidate, passage: Passage) -> bool:
        lines = passage.where == "attachment"
        return stands_with(party, passage.of.matching, found.start, found.end, lines=lines)

    def _said(self, words: re.Pattern[str], found: Candidate) -> bool:
        return words.search(found.context[max(0, found.at - _NEAR) : found.at].rpartition("\n")[2]) is not None

    def _of_the_house(self, value: str, found: Candidate) -> bool:
        """Another line of the house that the sender's own landline is in: all but the last digits are the same."""
        line = key(value)[:-_EXTENSION]
        return found.shape.kind == "landline" and any(line == other[:-_EXTENSION] for other in self.signed)

    def _beside_own_name(self, found: Candidate, passage: Passage) -> bool:
        """The sender's name on the same line, as the address spells it too: a signature that nothing marks as one."""
        name, line = self.sender.name, _line(passage.of.matching, found.start)
        spelt = latin_words(self.sender.address.partition("@")[0])
        return (bool(name) and name in line) or (len(spelt) > 1 and set(spelt) <= set(latin_words(line)))

    def _in_quoted_signature(self, found: Candidate, passage: Passage) -> bool:
        """A line of contacts among other such lines or behind a closing, in an earlier mail: its writer's own."""
        text = passage.of.matching
        if _THIRD.search(_line(text, found.start)):
            return False
        if _heads_a_quote(_line(text, found.start)):
            return True
        above = text[max(passage.start, found.start - 400) : found.start].split("\n")[-1 - _LINES : -1]
        below = text[found.end : min(passage.end, found.end + 200)].split("\n")[1:4]
        plain = CONTACT_LINE.match(_line(text, found.start))
        if any(name in line for name in self.names for line in (*above[-4:], _line(text, found.start))):
            return True
        closed = any(_CLOSING.match(line) for line in above)
        return bool(closed or (plain and any(CONTACT_LINE.match(line) for line in (*above[-2:], *below[:2]))))

    @cached_property
    def _only_order_parties(self) -> bool:
        """Every outsider on the mail is Amazon or a buyer, who have the order before them."""
        outsiders = [p for p in self.recipients if p.external]
        return bool(outsiders) and all(p.kind in ("amazon", "buyer") for p in outsiders)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of the people of this mail and of the headers of quoted mails, as they sign."""
        names = [self.sender.name, *(p.name for p in self.recipients)]
        for line in self._quoted_headers:
            names += _HEADER_NAME.findall(line)
        return frozenset(name.strip() for name in names if len(name.strip()) >= 2)

    @cached_property
    def _quoted_headers(self) -> tuple[str, ...]:
        """The lines that mail programs wrote above the quoted mails."""
        return tuple(
            line for passage in self.reading.quoted for line in passage.matching.split("\n") if _heads_a_quote(line)
        )

    @cached_property
    def _our_party(self) -> re.Pattern[str] | None:
        return party((self.company.name, self.sender.name), self.company.domains)

    @cached_property
    def _their_party(self) -> re.Pattern[str] | None:
        """The people to whom the mail goes and their firms; a free-mail provider is nobody's firm."""
        firms = {p.domain for p in self.recipients if p.kind in ("partner", "unknown")}
        names = [name for p in self.recipients for name in (p.name, p.address)]
        return party(names, sorted(firms))

    @cached_property
    def _published(self) -> frozenset[str]:
        return frozenset(key(c) for c in self.company.contacts)

    @cached_property
    def _correspondents(self) -> frozenset[str]:
        """Addresses of the headers, and of the headers of quoted mails."""
        message = self.reading.message
        addresses = [a.address for a in (*message.recipients, *message.reply_to)] + [p.address for p in self.recipients]
        if message.reply:
            addresses += [message.reply.sender, *message.reply.to, *message.reply.cc]
        for line in self._quoted_headers:
            addresses += _ADDRESS.findall(line)
        found = (_ADDRESS.search(address or "") for address in addresses)
        return frozenset(m[0].lower() for m in found if m)


def _quotes_another(text: str, at: int) -> bool:
    """Whether a buyer speaks there: 买家: 我电话…, the buyer wrote “my phone is …”."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    said = before.rpartition("“")[2] if before.count("“") > before.count("”") else before
    return _SPEAKER.match(before) is not None or (said != before and _THIRD.search(before) is not None)


def _heads_a_quote(line: str) -> bool:
    return _QUOTED_HEADER.match(line) is not None or _ATTRIBUTION.search(line) is not None


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]

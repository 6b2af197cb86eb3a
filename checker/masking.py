"""The one way in which words of a mail reach a report: sensitive values masked, whatever rule or fact quotes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from checker.company import Company
from checker.draft import from_draft
from checker.facts.facts import Facts
from checker.facts.kinds import Sensitive
from checker.facts.lexicon import Lexicon
from checker.message import Message
from checker.text import Span, Text

_SIDE = 60  # characters of a line shown on either side of the words


class Masker:
    """Replaces every sensitive value of a mail, as written and normalised, in any text or nested data."""

    def __init__(self, sensitive: Iterable[Sensitive], *, unread: Iterable[Text] = (), blind: bool = False) -> None:
        """blind: hide every text, where what is sensitive could not be told. unread: parts of which it could not."""
        self._blind = blind
        self._unread = frozenset(map(id, unread))
        self._spans: list[tuple[Span, str]] = []
        pairs: dict[str, str] = {}
        for fact in sensitive:
            if fact.own_signature or fact.addressee:
                continue
            words = fact.place.text
            self._spans.append((fact.place.span, fact.masked))
            for form in (words, unicodedata.normalize("NFKC", words), words.replace(" ", ""), words.casefold()):
                if form.strip():
                    pairs[form] = fact.masked
        # The longest first: a value may be part of another.
        self._pairs = sorted(pairs.items(), key=lambda pair: -len(pair[0]))

    def of(self, *parts: Text) -> Masker:
        """The masker for words drawn from these parts: one that hides everything, where one is not searched whole."""
        return Masker((), blind=True) if any(id(part) in self._unread for part in parts) else self

    def text(self, words: str) -> str:
        """The words with every sensitive value masked."""
        if self._blind:
            return "…"
        for value, masked in self._pairs:
            if value in words:
                words = words.replace(value, masked)
        return words

    def blacked(self, words: str) -> str:
        """The words with every sensitive value blacked out: for a line that shows its mask beside it."""
        for value, _ in self._pairs:
            words = words.replace(value, "█" * len(value))
        return words

    def data(self, value: Any) -> Any:
        """The same for the texts of nested dicts and lists."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.data(one) for key, one in value.items()}
        return [self.data(one) for one in value] if isinstance(value, (list, tuple)) else value

    def excerpt(self, span: Span) -> tuple[str, str, str]:
        """The line of a span: what stands before it, its words, what stands after."""
        plain = span.of.plain
        start = max(plain.rfind("\n", 0, span.start) + 1, span.start - _SIDE)
        line_end = plain.find("\n", span.end)
        end = min(len(plain) if line_end < 0 else line_end, span.end + _SIDE)
        before = self._overlay(span.of, start, span.start)
        return (
            before.lstrip(),
            self._overlay(span.of, span.start, span.end),
            self._overlay(span.of, span.end, end).rstrip(),
        )

    def _overlay(self, of: Text, start: int, end: int) -> str:
        """Readable [start, end) with sensitive spans masked; one that is only cut by the range shows as its mask."""
        parts, at = [], start
        for span, masked in sorted((pair for pair in self._spans if pair[0].of is of), key=lambda pair: pair[0].start):
            if span.start < end and span.end > at:
                parts += [of.plain[at : max(at, span.start)], masked]
                at = min(span.end, end)
        return self.text("".join(parts) + of.plain[at:end])


def masked_note(note: str, message: Message, company: Company, lexicon: Lexicon, now: datetime) -> str:
    """A note that a person typed about a mail, with the sensitive values of both masked."""
    own = Facts(from_draft({"text": note}), company, now, lexicon)
    return Masker((*Facts(message, company, now, lexicon).sensitive, *own.sensitive)).text(note)

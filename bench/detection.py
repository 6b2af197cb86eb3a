"""Precision and recall of sensitive data per kind on the labelled strings, beside stock Presidio on the same strings.

python -m bench.detection [--misses] [CASES.yaml …]
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import tldextract
import yaml
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from checker.budget import Budget
from checker.company import Company
from checker.draft import from_draft
from checker.examples import ENVELOPE, PARTNERS, PEOPLE
from checker.facts import people, sensitive
from checker.reading import Reading

_FOLDER = Path(__file__).parent.parent / "tests" / "cases"
CASES = (_FOLDER / "sensitive_strings.yaml", _FOLDER / "sensitive_unseen.yaml")
COMPANY = Company(domains=("lantu-trade.cn",), people=PEOPLE, partners=PARTNERS)
# The kinds that an entity of stock Presidio may stand for. URL, DATE_TIME and the like stand for none and are left out.
STOCK = {
    "CREDIT_CARD": {"credit_card", "bank_card"},
    "IBAN_CODE": {"iban"},
    "EMAIL_ADDRESS": {"email"},
    "PHONE_NUMBER": {"phone", "landline"},
    "US_SSN": {"ssn"},
    "US_BANK_NUMBER": {"account"},
    "US_DRIVER_LICENSE": {"driving_licence"},
    "US_PASSPORT": {"passport"},
    "PERSON": {"name"},
    "LOCATION": {"address"},
}


class Value(NamedTuple):
    """A sensitive value in a text: its kinds (one, but for stock entities) and its range."""

    kinds: frozenset[str]
    start: int
    end: int


Finder = Callable[[str], Iterable[Value]]


def labelled(text: str, kinds: list[str]) -> tuple[str, list[Value]]:
    """The text without its marks, and the values that they enclose."""
    plain, values = "", []
    for i, piece in enumerate(re.split("[«»]", text)):
        if i % 2:
            values.append(Value(frozenset({kinds[i // 2]}), len(plain), len(plain) + len(piece)))
        plain += piece
    return plain, values


def ours(text: str) -> list[Value]:
    """What presend finds in a mail that says just this."""
    message = from_draft({**ENVELOPE, "text": text})
    sender, recipients = people.read_sender(message, COMPANY), people.read_recipients(message, COMPANY)
    found = sensitive.read(Reading(message), sender, recipients, COMPANY, (), Budget()).values
    spans = [(f, f.place.span) for f in found if f.place.where != "subject" and not (f.own_signature or f.addressee)]
    return [Value(frozenset({f.kind}), span.start, span.end) for f, span in spans]


def stock() -> Finder:
    """Presidio as it comes, without a model and without the list that its mail recognizer would fetch."""
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    registry.remove_recognizer("SpacyRecognizer")
    engine = AnalyzerEngine(registry=registry, nlp_engine=NoOpNlpEngine([{"lang_code": "en", "model_name": ""}]))

    def find(text: str) -> list[Value]:
        results = engine.analyze(text, "en", score_threshold=0.4)
        return [Value(frozenset(STOCK[r.entity_type]), r.start, r.end) for r in results if r.entity_type in STOCK]

    return find


class Score:
    """Right, wrong and missed values per kind."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, wanted: list[Value], found: list[Value], *, exact: bool) -> None:
        """exact: the range must be the label's; else it must only touch it."""
        for value in wanted:
            hit = any(_same(value, one, exact=exact) for one in found)
            (self.right if hit else self.missed)[min(value.kinds)] += 1
        for one in found:
            if not any(_same(value, one, exact=exact) for value in wanted):
                self.wrong[min(one.kinds)] += 1

    def row(self, kind: str | None) -> str:
        """Precision and recall of a kind, or of all; a dash where there is nothing to divide."""
        right, wrong, missed = (c[kind] if kind else c.total() for c in (self.right, self.wrong, self.missed))
        return f"{_share(right, right + wrong)} {_share(right, right + missed)}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:9.0%}" if whole else f"{'-':>9}"


def _same(value: Value, one: Value, *, exact: bool) -> bool:
    if not value.kinds & one.kinds:
        return False
    if exact:
        return (value.start, value.end) == (one.start, one.end)
    return one.start < value.end and value.start < one.end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what presend missed and what it should not say")
    parser.add_argument("cases", nargs="*", type=Path, default=CASES, help="files of labelled strings")
    options = parser.parse_args()
    find_stock = stock()
    for path in options.cases:
        cases = [labelled(c["text"], c["kinds"]) for c in yaml.safe_load(path.read_text("utf-8"))]
        print(f"{path.name}:", end=" ")
        _compare(cases, find_stock, misses=options.misses)


def _compare(cases: list[tuple[str, list[Value]]], find_stock: Finder, *, misses: bool) -> None:
    presend, peer = Score(), Score()
    quiet = {"presend": 0, "stock": 0}
    explained = []
    for text, wanted in cases:
        found, theirs = ours(text), list(find_stock(text))
        presend.add(wanted, found, exact=True)
        peer.add(wanted, theirs, exact=False)
        quiet["presend"] += not wanted and not found
        quiet["stock"] += not wanted and not theirs
        explained += _faults(text, wanted, found)
    negatives = sum(not wanted for _, wanted in cases)
    print(f"{len(cases)} strings, {negatives} of them harmless")
    print(f"{'':16}{'presend (exact words)':>20} {'stock (any overlap)':>21}")
    print(f"{'kind':12} {'n':>3} {'precision':>9} {'recall':>9} {'precision':>9} {'recall':>9}")
    for kind in sorted(set(presend.right) | set(presend.missed) | set(presend.wrong)):
        count = presend.right[kind] + presend.missed[kind]
        print(f"{kind:15} {count:>3} {presend.row(kind)} {peer.row(kind)}")
    print(f"{'all':15} {'':>3} {presend.row(None)} {peer.row(None)}")
    print(f"harmless strings left alone: presend {quiet['presend']}, stock {quiet['stock']} of {negatives}")
    print("\n".join(explained if misses else ()))


def _faults(text: str, wanted: list[Value], found: list[Value]) -> Iterator[str]:
    for value in wanted:
        if not any(_same(value, one, exact=True) for one in found):
            yield f"missed  {min(value.kinds):12} {text[value.start : value.end]!r} in {text!r}"
    for one in found:
        if not any(_same(value, one, exact=True) for value in wanted):
            yield f"wrong   {min(one.kinds):12} {text[one.start : one.end]!r} in {text!r}"


if __name__ == "__main__":
    main()

"""The rules as the page /rules shows them, with the marked examples of their files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from checker.compile import Ruleset
from checker.rule import SEVERITIES, Both, Example, Rule, Severity

_INLINE = ("from", "to", "cc", "bcc", "reply_to", "subject", "text", "html", "date", "language")

_CJK = re.compile("[\u3400-\u9fff]")


class Piece(NamedTuple):
    """Words of an example; marked: between « and », where the finding must stand."""

    words: str
    marked: bool


class Field(NamedTuple):
    """One part of an example's draft: which, and its words."""

    part: str
    pieces: tuple[Piece, ...]


class Entry(NamedTuple):
    """A rule for a reader. severities: one, or outside and else; on: whether this policy runs it."""

    id: str
    family: str
    severities: tuple[Severity, ...]
    on: bool
    why: Both
    options: tuple[tuple[str, str], ...]
    fails: tuple[tuple[Field, ...], ...]
    passes: tuple[tuple[Field, ...], ...]


def catalogue(ruleset: Ruleset) -> tuple[Entry, ...]:
    """Every rule that was loaded, by id."""
    on = {judge.rule.id for judge in ruleset.judges}
    return tuple(_entry(rule, rule.id in on) for rule in sorted(ruleset.rules, key=lambda rule: rule.id))


def families(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The families that have a rule, by name."""
    return tuple(sorted({entry.family for entry in entries}))


def _entry(rule: Rule, on: bool) -> Entry:
    return Entry(
        id=rule.id,
        family=rule.id.partition("/")[0],
        severities=_severities(rule),
        on=on,
        why=rule.why,
        options=tuple((key, json.dumps(value, ensure_ascii=False)) for key, value in rule.options.items()),
        fails=tuple(map(_example, rule.fails)),
        passes=tuple(map(_example, rule.passes)),
    )


def _severities(rule: Rule) -> tuple[Severity, ...]:
    if isinstance(rule.severity, str):
        return (rule.severity,)
    return rule.severity["outside"], rule.severity["else"]


def worst(entry: Entry) -> Severity:
    """The severest of a rule's severities."""
    return min(entry.severities, key=SEVERITIES.index)


def readers_first(examples: Sequence[tuple[Field, ...]], language: str) -> list[tuple[Field, ...]]:
    """The examples in the reader's language, then the others, each in the order of the file."""
    return sorted(examples, key=lambda example: _is_chinese(example) != (language == "zh"))


def _is_chinese(example: tuple[Field, ...]) -> bool:
    return any(_CJK.search(piece.words) for field in example for piece in field.pieces)


def _example(example: Example) -> tuple[Field, ...]:
    return tuple(Field(part, pieces(words)) for part, words in _parts(example.draft))


def _parts(draft: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part, value in draft.items():
        if part == "attachments":
            yield from (("file", _file(file)) for file in value)
        elif part in _INLINE:
            yield part, ", ".join(value) if isinstance(value, list) else str(value)
        else:
            yield part, json.dumps(value, ensure_ascii=False)


def _file(file: Mapping[str, Any]) -> str:
    """An attachment in words: its name, and the rows of its sheet a line each."""
    rows = "\n".join(" · ".join(map(str, row)) for row in file.get("rows", ()))
    return f"{file.get('name', '')}\n{rows}".strip()


def pieces(words: str) -> tuple[Piece, ...]:
    """The words cut at their « and »."""
    parts = words.replace("»", "«").split("«")
    return tuple(Piece(part, bool(i % 2)) for i, part in enumerate(parts) if part or i % 2)

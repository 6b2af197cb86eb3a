"""YAML rule files -> rules. Every mistake is told with file, line, key, what is wrong and what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from checker.rule import SEVERITIES, Both, Choice, Example, PhraseEntry, Rule, Silence, Worded
from checker.rule_mistakes import Mistake, RuleError
from checker.template import TemplateError, parse
from checker.yaml_source import Path, Source, SourceError, read_yaml

KEYS = (
    "severity", "options", "zones", "notice", "let", "when", "each", "expect", "at", "message", "suggest", "edit",
    "safe", "silences", "phrases", "unless", "why", "source", "examples",
)  # fmt: skip
ZONES = ("own", "quote", "signature", "disclaimer", "hidden")
SCOPES = ("mail", "product", "overlap", "sentence")
_REQUIRED = ("severity", "message", "why", "examples")


class RuleFile(NamedTuple):
    """A rule as found in a folder: its id, the path to show, its bytes as text."""

    id: str
    path: str
    text: str


def read_rule(file: RuleFile) -> Rule:
    """One rule from its file. Raises RuleError with every mistake found; expressions are checked later."""
    try:
        source = read_yaml(file.text)
    except SourceError as error:
        raise RuleError([Mistake(file.path, error.line, error.column, "file", error.reason)]) from None
    reader = _Reader(file, source)
    rule = reader.rule()
    if reader.mistakes:
        raise RuleError(reader.mistakes)
    return rule


def nearest(word: str, allowed: Iterable[str]) -> str:
    """What is allowed, with the nearest name in front when there is one."""
    names = sorted(allowed)
    close = difflib.get_close_matches(word, names, n=1)
    return f"did you mean {close[0]}?" if close else f"allowed: {', '.join(names)}"


class _Reader:
    """Reads the keys of one file and gathers the mistakes."""

    def __init__(self, file: RuleFile, source: Source) -> None:
        self.file = file
        self.marks = source.marks
        self.mistakes: list[Mistake] = []
        self.data: dict[str, Any] = source.data if isinstance(source.data, dict) else {}
        if not isinstance(source.data, dict):
            self.wrong((), "a rule is a mapping of keys to values")

    def wrong(self, path: Path, reason: str) -> None:
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        self.mistakes.append(Mistake(self.file.path, line, column, ".".join(map(str, path)) or "file", reason))

    def rule(self) -> Rule:
        self._keys()
        phrases = tuple(self._entries())
        return Rule(
            id=self.file.id,
            path=self.file.path,
            marks={".".join(map(str, path)): mark for path, mark in self.marks.items()},
            severity=self._severity(),
            options=self._mapping("options", lambda v: isinstance(v, (int, float, str, bool, list))),
            zones=tuple(self._list("zones", ZONES) or ["own"]),
            notice=self._bool("notice"),
            let=self._mapping("let", lambda v: isinstance(v, str)),
            when=self._text("when"),
            each=self._text("each"),
            expect=self._text("expect"),
            at=self._text("at"),
            message=self._choice(("message",)) or Choice(None, {"else": Worded((), ())}),
            suggest=self._choice(("suggest",)),
            edit=self._choice(("edit",)),
            safe=self._bool("safe"),
            silences=tuple(self._silences()),
            phrases=phrases,
            unless=self._text("unless"),
            why=self._both(("why",)),
            source=self._text("source") or "",
            passes=tuple(self._examples("pass")),
            fails=tuple(self._examples("fail")),
        )

    def _keys(self) -> None:
        for key in self.data:
            if key not in KEYS:
                self.wrong((key,), f"unknown key; {nearest(key, KEYS)}")
        for key in _REQUIRED:
            if key not in self.data:
                self.wrong((), f"the key {key} is missing")
        if not {"each", "at", "phrases"} & self.data.keys():
            self.wrong((), "a rule needs each (suspects), at (where the finding stands) or phrases")
        if "phrases" in self.data and {"each", "expect", "suggest", "edit"} & self.data.keys():
            self.wrong(("phrases",), "phrases stand without each, expect, suggest and edit")
        for key, other in (("unless", "phrases"), ("expect", "each")):
            if key in self.data and other not in self.data:
                self.wrong((key,), f"{key} goes with {other}")

    def _severity(self) -> Any:
        value = self.data.get("severity", "error")
        if isinstance(value, dict):
            if set(value) != {"outside", "else"} or not all(v in SEVERITIES for v in value.values()):
                self.wrong(("severity",), f"a mapping has the keys outside and else; allowed: {', '.join(SEVERITIES)}")
        elif value not in SEVERITIES:
            self.wrong(("severity",), f"{value!r} is not allowed; allowed: {', '.join(SEVERITIES)}")
        return value

    def _text(self, key: str) -> str | None:
        value = self.data.get(key)
        if isinstance(value, bool):  # `when: true` is an expression too
            return str(value).lower()
        if value is not None and not isinstance(value, str):
            self.wrong((key,), "takes one text")
            return None
        return value

    def _bool(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.wrong((key,), f"{value!r} is not allowed; allowed: true, false")
        return value is True

    def _list(self, key: str, allowed: Iterable[str]) -> list[str]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not set(map(str, value)) <= set(allowed):
            self.wrong((key,), f"takes a list; allowed: {', '.join(allowed)}")
            return []
        return value

    def _mapping(self, key: str, fits: Callable[[Any], bool]) -> Mapping[str, Any]:
        value = self.data.get(key) or {}
        if not isinstance(value, dict):
            self.wrong((key,), "takes a mapping of names to values")
            return {}
        for name, one in value.items():
            if not name.isidentifier():
                self.wrong((key, name), "a name has small letters, digits and _")
            if not fits(one):
                self.wrong((key, name), f"{type(one).__name__} is not allowed here")
        return value

    def _both(self, path: Path) -> Both:
        value = self._at(path)
        if isinstance(value, str):
            self.wrong(path, "both languages are needed: {zh: …, en: …}")
        elif value is not None and (not isinstance(value, dict) or set(value) != {"zh", "en"}):
            self.wrong(path, "takes exactly the keys zh and en")
        elif value is not None and all(isinstance(v, str) for v in value.values()):
            return Both(value["zh"], value["en"])
        elif value is not None:
            self.wrong(path, "zh and en are texts")
        return Both("", "")

    def _at(self, path: Path) -> Any:
        value: Any = self.data
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def _choice(self, path: Path) -> Choice | None:
        value = self._at(path)
        if value is None:
            return None
        if not isinstance(value, dict) or "by" not in value:
            return Choice(None, {"else": self._worded(path, value)})
        cases = {case: self._worded((*path, case), one) for case, one in value.items() if case != "by"}
        return Choice(str(value["by"]), cases)

    def _worded(self, path: Path, value: Any) -> Worded:
        # An edit may be one text for both languages: a corrected ASIN is the same in either.
        both = Both(value, value) if path[0] == "edit" and isinstance(value, str) else self._both(path)
        try:
            return Worded(parse(both.zh), parse(both.en))
        except TemplateError as error:
            self.wrong(path, str(error))
            return Worded((), ())

    def _silences(self) -> Iterable[Silence]:
        for i, one in enumerate(self._items("silences")):
            if not isinstance(one, dict) or set(one) != {"rules", "where"} or one["where"] not in SCOPES:
                self.wrong(("silences", i), f"takes {{rules: glob, where: …}}; where is one of {', '.join(SCOPES)}")
            else:
                yield Silence(str(one["rules"]), one["where"])

    def _entries(self) -> Iterable[PhraseEntry]:
        for i, one in enumerate(self._items("phrases")):
            path: Path = ("phrases", i)
            if not isinstance(one, dict) or not isinstance(one.get("any"), list) or not one["any"]:
                self.wrong(path, "takes {any: [phrases], suggest: better words, edit: false for advice only}")
                continue
            for key in one.keys() - {"any", "suggest", "edit"}:
                self.wrong((*path, key), f"unknown key; {nearest(key, ('any', 'suggest', 'edit'))}")
            suggest = one.get("suggest")
            words = None if suggest is None else str(suggest)
            yield PhraseEntry(tuple(map(str, one["any"])), words, one.get("edit") is not False)

    def _items(self, key: str) -> list[Any]:
        value = self.data.get(key) or []
        if not isinstance(value, list):
            self.wrong((key,), "takes a list")
            return []
        return value

    def _examples(self, side: str) -> Iterable[Example]:
        sides = self.data.get("examples")
        if not isinstance(sides, dict) or set(sides) - {"pass", "fail"}:
            if side == "pass" and sides is not None:
                self.wrong(("examples",), "takes the keys pass and fail")
            return
        found = sides.get(side) or []
        if not found:
            self.wrong(("examples",), f"needs at least one {side}: a rule that never {side}es is not a rule")
        for i, one in enumerate(found):
            line = self.marks.get(("examples", side, i), (1, 1))[0]
            if isinstance(one, dict):
                yield Example(one, line)
            elif isinstance(one, str):
                yield Example({"text": one}, line)
            else:
                self.wrong(("examples", side, i), "an example is a text or a draft")

"""Rules -> a ruleset ready to run: policy applied, types checked, one program a rule, one automaton for all phrases."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from graphlib import CycleError, TopologicalSorter

from checker.company import Company
from checker.expressions import Environment
from checker.facts.phrases import Lexicon, Phrase, PhraseError, compile_lexicon
from checker.judge import Judge, Must, compile_rule, mark_of
from checker.lazy import cached_property
from checker.load import RuleFile, read_rule
from checker.overrides import under_policy, unknown_overrides
from checker.rule import Rule, Silence
from checker.rule_mistakes import Mistake, RuleError

VERSION = "1"
_ALWAYS = ("mail", "sensitive", "deadlines", "asins", "lines")


@dataclass(frozen=True)
class Ruleset:
    """Everything that a check needs besides the mail and the company. Built once, used by all threads."""

    judges: tuple[Judge, ...]
    rules: tuple[Rule, ...]  # disabled ones too, with the policy applied
    lexicon: Lexicon
    environment: Environment
    hash: str

    @cached_property
    def needs(self) -> frozenset[str]:
        """The facts that the enabled rules need, and those of every check: the mail, what masks, what is reported."""
        return frozenset().union(_ALWAYS, *(judge.needs for judge in self.judges))

    @cached_property
    def musts(self) -> frozenset[Must]:
        """What must hold of a mail for one rule or another to find anything."""
        return frozenset[Must]().union(*(judge.musts for judge in self.judges))

    @cached_property
    def silences(self) -> Mapping[str, tuple[Silence, ...]]:
        """What each rule silences, where it does."""
        return {rule.id: rule.silences for rule in self.rules if rule.silences}

    def rule(self, rule_id: str) -> Rule:
        """The rule of an id. Raises KeyError with the nearest id."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        close = difflib.get_close_matches(rule_id, [r.id for r in self.rules], n=1)
        raise KeyError(f"no rule {rule_id}" + (f"; did you mean {close[0]}?" if close else ""))


def build(files: Iterable[RuleFile], company: Company, *, only: str = "*") -> Ruleset:
    """Rules of all files under the policy. only: a glob of ids to enable. Raises RuleError with every mistake."""
    files = sorted(files)
    rules, mistakes = _read_all(files)
    mistakes += _twice(files)
    mistakes += unknown_overrides(company, {rule.id for rule in rules})
    changed = []
    for rule in rules:
        try:
            changed.append(under_policy(rule, company.rules.get(rule.id, {})))
        except ValueError as error:
            mistakes.append(Mistake("presend.toml", 1, 1, f'rules."{rule.id}"', str(error)))
    enabled = [r for r in changed if company.rules.get(r.id, {}).get("enabled", True) and fnmatchcase(r.id, only)]
    environment = Environment()
    judges = []
    for rule in enabled:
        try:
            judges.append(compile_rule(rule, environment))
        except RuleError as error:
            mistakes += error.mistakes
    mistakes += _cycles(changed)
    lexicon, bad = _lexicon(enabled)
    if mistakes + bad:
        raise RuleError(mistakes + bad)
    return Ruleset(tuple(judges), tuple(changed), lexicon, environment, _hash(files, company, only))


def _read_all(files: Iterable[RuleFile]) -> tuple[list[Rule], list[Mistake]]:
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    for file in files:
        try:
            rules.append(read_rule(file))
        except RuleError as error:
            mistakes += error.mistakes
    return rules, mistakes


def _twice(files: list[RuleFile]) -> list[Mistake]:
    seen: dict[str, str] = {}
    mistakes = []
    for file in files:
        if file.id in seen:
            mistakes.append(Mistake(file.path, 1, 1, "file", f"the id {file.id} is taken by {seen[file.id]}"))
        seen[file.id] = file.path
    return mistakes


def _cycles(rules: Iterable[Rule]) -> list[Mistake]:
    by_id = {rule.id: rule for rule in rules}
    graph = {
        r.id: {o for s in r.silences for o in by_id if o != r.id and fnmatchcase(o, s.rules)} for r in by_id.values()
    }
    mistakes = []
    for rule in by_id.values():
        for i, silence in enumerate(rule.silences):
            if not any(fnmatchcase(other, silence.rules) for other in by_id):
                hint = difflib.get_close_matches(silence.rules, sorted(by_id), n=1)
                reason = f"{silence.rules} is no rule" + (f"; did you mean {hint[0]}?" if hint else "")
                mistakes.append(Mistake(rule.path, *mark_of(rule, "silences"), f"silences.{i}", reason))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        rule = by_id[circle[0]]
        mistakes.append(Mistake(rule.path, *mark_of(rule, "silences"), "silences", f"a circle: {' -> '.join(circle)}"))
    return mistakes


def _lexicon(rules: Iterable[Rule]) -> tuple[Lexicon, list[Mistake]]:
    by_id = {rule.id: rule for rule in rules}
    phrases = [Phrase(r.id, i, p) for r in by_id.values() for i, entry in enumerate(r.phrases) for p in entry.any]
    try:
        return compile_lexicon(phrases), []
    except PhraseError as error:
        rule = by_id[error.phrase.rule]
        key = f"phrases.{error.phrase.index}"
        return compile_lexicon(()), [Mistake(rule.path, *mark_of(rule, key), key, str(error))]


def _hash(files: Iterable[RuleFile], company: Company, only: str) -> str:
    """What a result depends on besides the mail: version, rules, policy, data files."""
    digest = hashlib.sha256(VERSION.encode())
    for file in files:
        digest.update(f"\0{file.id}\0{file.text}".encode())
    # Where the files of a policy lie and how the doors run is the machine's business, what the files say is ours.
    placeless = replace(company, rule_folders=(), listings_path="", inventory_path="", nlp_model="", doors={})
    digest.update(f"\0{only}\0{placeless!r}".encode())
    return digest.hexdigest()

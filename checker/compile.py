"""Rules -> a ruleset ready to run: policy applied, types checked, one program a rule, one automaton for all phrases."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from checker.company import Company
from checker.expressions import CrashError, Environment, ExpressionError, needs, run, variables
from checker.facts.phrases import Lexicon, Phrase, PhraseError, compile_lexicon
from checker.load import Mistake, RuleError, RuleFile, read_rule
from checker.rule import SEVERITIES, Rule

VERSION = "1"
_ALWAYS = ("mail", "sensitive", "deadlines", "asins", "lines")
_IT = re.compile(r"(?<![\w.])it(?!\w)")


@dataclass(frozen=True)
class Judge:
    """A rule with its program. The program gives a row a finding: ref of `it`, ref of `at`, then `columns`."""

    rule: Rule
    program: Any
    columns: tuple[str, ...]
    needs: frozenset[str]
    suspects: str | None  # the list that `each` starts from: where it is empty, nothing need be run

    def idle(self, values: Mapping[str, Any]) -> bool:
        """Whether the program can give nothing on these facts."""
        if self.rule.phrases:
            return all(hit["rule"] != self.rule.id for hit in values["hits"])
        return self.suspects is not None and not values[self.suspects]


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
    mistakes += _unknown_overrides(company, {rule.id for rule in rules})
    changed = []
    for rule in rules:
        try:
            changed.append(_under_policy(rule, company.rules.get(rule.id, {})))
        except ValueError as error:
            mistakes.append(Mistake("presend.toml", 1, 1, f'rules."{rule.id}"', str(error)))
    enabled = [r for r in changed if company.rules.get(r.id, {}).get("enabled", True) and fnmatchcase(r.id, only)]
    environment = Environment()
    judges = []
    for rule in enabled:
        try:
            judges.append(_compile(rule, environment))
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


def _unknown_overrides(company: Company, ids: set[str]) -> list[Mistake]:
    mistakes = []
    for rule_id in company.rules:
        if rule_id not in ids:
            close = difflib.get_close_matches(rule_id, sorted(ids), n=1)
            hint = f"did you mean {close[0]}?" if close else "`presend rules` lists them"
            mistakes.append(Mistake("presend.toml", 1, 1, f'rules."{rule_id}"', f"no such rule; {hint}"))
    return mistakes


def _under_policy(rule: Rule, override: Mapping[str, Any]) -> Rule:
    allowed = ("options", "severity", "enabled", "when")
    for key in override:
        if key not in allowed:
            raise ValueError(f"unknown key {key}; allowed: {', '.join(allowed)}")
    severity = override.get("severity", rule.severity)
    if isinstance(severity, str) and severity not in SEVERITIES:
        raise ValueError(f"severity {severity!r} is not allowed; allowed: {', '.join(SEVERITIES)}")
    options = dict(rule.options)
    for name, value in override.get("options", {}).items():
        if name not in options:
            raise ValueError(f"unknown option {name}; allowed: {', '.join(options) or 'none'}")
        if not _same_type(options[name], value):
            raise ValueError(f"option {name} takes a value like {json.dumps(options[name], ensure_ascii=False)}")
        options[name] = value
    extra = override.get("when")
    when = f"({rule.when}) && ({extra})" if rule.when and extra else extra or rule.when
    return replace(rule, severity=severity, options=options, when=when)


def _same_type(default: Any, value: Any) -> bool:
    numbers = (int, float)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, numbers):
        return isinstance(value, numbers)
    return type(default) is type(value)


class _Wrapper(NamedTuple):
    """The let expressions of a rule, as CEL bindings around an expression."""

    outer: tuple[tuple[str, str], ...]  # about the mail
    inner: tuple[tuple[str, str], ...]  # about the suspect `it`

    def about_mail(self, expression: str) -> str:
        return _bound(self.outer, expression)

    def about_it(self, expression: str) -> str:
        return _bound(self.inner, expression)


def _bound(lets: Iterable[tuple[str, str]], expression: str) -> str:
    for name, value in reversed(tuple(lets)):
        expression = f"cel.bind({name}, ({value}), {expression})"
    return expression


def _wrapper(rule: Rule) -> _Wrapper:
    outer: list[tuple[str, str]] = [("options", _literal(rule.options))] if rule.options else []
    inner: list[tuple[str, str]] = []
    names: set[str] = set()
    for name, value in rule.let.items():
        about_it = bool(_IT.search(value)) or any(re.search(rf"(?<![\w.]){n}(?!\w)", value) for n in names)
        (inner if about_it else outer).append((name, value))
        if about_it:
            names.add(name)
    return _Wrapper(tuple(outer), tuple(inner))


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(float(value))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_literal(k)}: {_literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def _compile(rule: Rule, environment: Environment) -> Judge:
    wrapper = _wrapper(rule)
    each, expect, at = _parts(rule)
    columns = tuple(dict.fromkeys(e for c in (rule.message, rule.suggest, rule.edit) if c for e in c.expressions))
    _check(rule, environment, wrapper, each, columns)
    kept = f"({each})" + (f".filter(it, {wrapper.about_it(f'!({expect})')})" if expect else "")
    row = f"[it.ref, ({at}).ref{''.join(f', {_listed(c)}' for c in columns)}]"
    body = f"{kept}.map(it, {wrapper.about_it(row)})"
    source = wrapper.about_mail(f"(({rule.when}) ? {body} : [])" if rule.when else body)
    try:
        environment.check(source)
    except ExpressionError as error:
        raise RuleError([Mistake(rule.path, 1, 1, "rule", error.reason)]) from None
    program = environment.program(source)
    try:
        run(program, environment.specimen)
    except CrashError as crash:
        reason = f"fails on a mail whose nullable facts are null ({crash}); guard them with != null"
        raise RuleError([Mistake(rule.path, 1, 1, "each", reason)]) from None
    return Judge(rule, program, columns, needs(source), _first_list(each))


def _first_list(each: str) -> str | None:
    """The fact list that an expression filters, when that is plain to see."""
    name = re.match(r"([a-z]+)(?:\.filter\(|\s*$)", each)
    plain = name is not None and "+" not in each and name[1] in variables() and variables()[name[1]].many
    return name[1] if name and plain else None


def _listed(column: str) -> str:
    # A list of mixed members is a dyn list; dyn() keeps the checker from looking for one common type.
    return f"dyn({column})"


def _parts(rule: Rule) -> tuple[str, str | None, str]:
    """each, expect, at: phrase rules and rules about the mail alone are brought to the same form."""
    if rule.phrases:
        unless = f" && !({rule.unless})" if rule.unless else ""
        return f"hits.filter(hit, hit.rule == {_literal(rule.id)}{unless})", None, rule.at or "it"
    if rule.each is None:
        return f"[{rule.at}]", None, "it"
    return rule.each, rule.expect, rule.at or "it"


def _check(rule: Rule, environment: Environment, wrapper: _Wrapper, each: str, columns: tuple[str, ...]) -> None:
    """Type-check key by key, so that a mistake is told with its key and column. Raises RuleError."""

    def typed(key: str, before: str, expression: str, after: str, allowed: Iterable[str]) -> None:
        try:
            found = environment.check(before + expression + after)
        except ExpressionError as error:
            column = (error.column or 1) - len(before)
            near = f" at character {column}" if 0 < column <= len(expression) + 1 else ""
            raise RuleError([Mistake(rule.path, *_mark(rule, key), key, error.reason + near)]) from None
        if not any(fnmatchcase(found, one) for one in allowed):
            reason = f"gives {_plainly(found, key)}, not {_plainly(' or '.join(allowed), key)}"
            raise RuleError([Mistake(rule.path, *_mark(rule, key), key, reason)])

    mail = wrapper.about_mail("\0").split("\0")
    inner = wrapper.about_it("\0").split("\0")
    item = [f"{mail[0]}({each}).map(it, {inner[0]}", f"{inner[1]}){mail[1]}"]
    for name, value in wrapper.outer:
        typed(f"let.{name}", _bound_before(wrapper.outer, name), f"({value})", _bound_after(wrapper.outer, name), ["*"])
    if rule.when:
        typed("when", mail[0], f"({rule.when})", mail[1], ["BOOL"])
    typed("each" if rule.each else "at", mail[0], each, mail[1], ["LIST<presend.*>"])
    if rule.expect:
        typed("expect", item[0], rule.expect, item[1], ["LIST<BOOL>"])
    if rule.each and rule.at:
        typed("at", item[0], rule.at, item[1], ["LIST<presend.*>"])
    for column in columns:
        typed("message", item[0], column, item[1], ["LIST<*>"])


def _plainly(found: str, key: str) -> str:
    """A CEL type in an author's words; the list that `map` puts round expect and at is ours, not theirs."""
    own = found if key in ("each", "when") else re.sub(r"LIST<(.*)>", r"\1", found)
    return own.replace("presend.*", "a fact").replace("presend.", "")


def _bound_before(lets: tuple[tuple[str, str], ...], name: str) -> str:
    return "".join(f"cel.bind({n}, ({v}), " for n, v in lets[: [n for n, _ in lets].index(name)])


def _bound_after(lets: tuple[tuple[str, str], ...], name: str) -> str:
    return ")" * [n for n, _ in lets].index(name)


def _mark(rule: Rule, key: str) -> tuple[int, int]:
    return rule.marks.get(key, (1, 1))


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
                mistakes.append(Mistake(rule.path, *_mark(rule, "silences"), f"silences.{i}", reason))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        rule = by_id[circle[0]]
        mistakes.append(Mistake(rule.path, *_mark(rule, "silences"), "silences", f"a circle: {' -> '.join(circle)}"))
    return mistakes


def _lexicon(rules: Iterable[Rule]) -> tuple[Lexicon, list[Mistake]]:
    by_id = {rule.id: rule for rule in rules}
    phrases = [Phrase(r.id, i, p) for r in by_id.values() for i, entry in enumerate(r.phrases) for p in entry.any]
    try:
        return compile_lexicon(phrases), []
    except PhraseError as error:
        rule = by_id[error.phrase.rule]
        key = f"phrases.{error.phrase.index}"
        return compile_lexicon(()), [Mistake(rule.path, *_mark(rule, key), key, str(error))]


def _hash(files: Iterable[RuleFile], company: Company, only: str) -> str:
    """What a result depends on besides the mail: version, rules, policy, data files."""
    digest = hashlib.sha256(VERSION.encode())
    for file in files:
        digest.update(f"\0{file.id}\0{file.text}".encode())
    digest.update(f"\0{only}\0{company!r}".encode())
    return digest.hexdigest()

"""One CEL program a rule, every key type-checked on its own so that a mistake is told with its key and column."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from checker.expressions import CrashError, Environment, ExpressionError, needs, run
from checker.guards import guards_of
from checker.lazy import cached_property
from checker.rule import Rule, expressions_of
from checker.rule_mistakes import Mistake, RuleError

_IT = re.compile(r"(?<![\w.])it(?!\w)")
# A list of facts that must hold something; or a fact, its field, and what that must be.
Must = str | tuple[str, str, bool]


@dataclass(frozen=True)
class Judge:
    """A rule with its program. The program gives a row a finding: ref of `it`, ref of `at`, then `columns`."""

    rule: Rule
    program: Any
    columns: tuple[str, ...]
    needs: frozenset[str]
    suspects: frozenset[str]  # the lists of facts that must hold something for anything to be found
    guards: tuple[tuple[str, str, bool], ...]  # fact, its field, and what it must be for `when` to hold
    environment: Environment
    bare: str  # the expression without the columns

    @cached_property
    def counting(self) -> Any:
        """The program for who only counts: it gives the refs alone, and works out no words."""
        return self.environment.program(self.bare) if self.columns else self.program

    @cached_property
    def musts(self) -> frozenset[Must]:
        """What must hold of a mail for anything to be found in it."""
        return self.suspects | frozenset(self.guards)

    def idle(self, lacking: frozenset[Must], phrased: Collection[str]) -> bool:
        """Whether the program can give nothing, which is asked of every rule for every mail.

        lacking: what does not hold of the mail. phrased: the rules of which a phrase was found.
        """
        return not self.musts.isdisjoint(lacking) or (bool(self.rule.phrases) and self.rule.id not in phrased)


def lacking(musts: Iterable[Must], values: Mapping[str, Any]) -> frozenset[Must]:
    """Those that do not hold of these facts."""
    return frozenset(must for must in musts if not _holds(must, values))


def _holds(must: Must, values: Mapping[str, Any]) -> bool:
    if isinstance(must, str):
        return bool(values[must])
    fact, field, wanted = must
    return values[fact][field] is wanted


def compile_rule(rule: Rule, environment: Environment) -> Judge:
    """The rule with its program. Raises RuleError: an expression that does not type-check, or trips over a null."""
    wrapper = _wrapper(rule)
    each, expect, at = _parts(rule)
    columns = tuple(dict.fromkeys(e for c in (rule.message, rule.suggest, rule.edit) if c for e in c.expressions))
    _check(rule, environment, wrapper, each, columns)
    kept = f"({each})" + (f".filter(it, {wrapper.about_it(f'!({expect})')})" if expect else "")

    def giving(row: str) -> str:
        body = f"{kept}.map(it, {wrapper.about_it(f'[it.ref, ({at}).ref{row}]')})"
        return wrapper.about_mail(f"(({rule.when}) ? {body} : [])" if rule.when else body)

    source = giving("".join(f", {_listed(c, _guards(rule, c))}" for c in columns))
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
    must = guards_of(rule, each)
    return Judge(rule, program, columns, needs(source), must.lists, must.truths, environment, giving(""))


def _listed(column: str, guards: Iterable[str]) -> str:
    """A member of the row; worked out only where one of its guards holds.

    A list of mixed members is a dyn list; dyn() keeps the checker from looking for one common type.
    """
    guarded = " || ".join(guards)
    return f"(({guarded}) ? dyn({column}) : dyn(null))" if guarded else f"dyn({column})"


def _guards(rule: Rule, column: str) -> tuple[str, ...]:
    """When a column is needed: the cases of `by` whose words hold it; () where it is always needed."""
    found: list[str] = []
    for choice in (rule.message, rule.suggest, rule.edit):
        if choice is None or column not in choice.expressions:
            continue
        if choice.by is None or choice.by == column:
            return ()
        known = [case if case in ("true", "false") else _literal(case) for case in choice.cases if case != "else"]
        for case, worded in choice.cases.items():
            if column in expressions_of(worded):
                wanted = known if case == "else" else [case if case in ("true", "false") else _literal(case)]
                found.append(f"{'!' if case == 'else' else ''}(dyn({choice.by}) in [{', '.join(wanted)}])")
    return tuple(found)


def _parts(rule: Rule) -> tuple[str, str | None, str]:
    """each, expect, at: phrase rules and rules about the mail alone are brought to the same form."""
    if rule.phrases:
        unless = f" && !({rule.unless})" if rule.unless else ""
        return f"hits.filter(hit, hit.rule == {_literal(rule.id)}{unless})", None, rule.at or "it"
    if rule.each is None:
        return f"[{rule.at}]", None, "it"
    return rule.each, rule.expect, rule.at or "it"


class _Wrapper(NamedTuple):
    """The let expressions of a rule, as CEL bindings around an expression."""

    outer: tuple[tuple[str, str], ...]  # about the mail
    inner: tuple[tuple[str, str], ...]  # about the suspect `it`

    def about_mail(self, expression: str) -> str:
        return _bound(self.outer, expression)

    def about_it(self, expression: str) -> str:
        return _bound(self.inner, expression)


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


def _bound(lets: Iterable[tuple[str, str]], expression: str) -> str:
    """The expression with those of the names bound that it uses: CEL works out whatever is bound."""
    for name, value in reversed(tuple(lets)):
        if re.search(rf"(?<![\w.]){name}(?!\w)", expression):
            expression = _binding(name, value, expression)
    return expression


def _around(lets: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """What stands before and behind an expression that may use any of the names."""
    whole = "\0"
    for name, value in reversed(tuple(lets)):
        whole = _binding(name, value, whole)
    before, _, behind = whole.partition("\0")
    return before, behind


def _binding(name: str, value: str, expression: str) -> str:
    return f"cel.bind({name}, ({value}), {expression})"


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


def _check(rule: Rule, environment: Environment, wrapper: _Wrapper, each: str, columns: tuple[str, ...]) -> None:
    """Type-check key by key, so that a mistake is told with its key and column. Raises RuleError."""

    def typed(key: str, before: str, expression: str, after: str, allowed: Iterable[str]) -> None:
        try:
            found = environment.check(before + expression + after)
        except ExpressionError as error:
            column = (error.column or 1) - len(before)
            near = f" at character {column}" if 0 < column <= len(expression) + 1 else ""
            raise RuleError([Mistake(rule.path, *mark_of(rule, key), key, error.reason + near)]) from None
        if not any(fnmatchcase(found, one) for one in allowed):
            reason = f"gives {_plainly(found, key)}, not {_plainly(' or '.join(allowed), key)}"
            raise RuleError([Mistake(rule.path, *mark_of(rule, key), key, reason)])

    mail, inner = _around(wrapper.outer), _around(wrapper.inner)
    item = [f"{mail[0]}({each}).map(it, {inner[0]}", f"{inner[1]}){mail[1]}"]
    for i, (name, value) in enumerate(wrapper.outer):
        before, behind = _around(wrapper.outer[:i])
        typed(f"let.{name}", before, f"({value})", behind, ["*"])
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


def mark_of(rule: Rule, key: str) -> tuple[int, int]:
    """Line and column of a key in the rule's file, from 1."""
    return rule.marks.get(key, (1, 1))

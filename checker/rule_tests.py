"""`presend rules test`: runs the examples of rules, shipped or one's own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from checker import files
from checker.company import Company
from checker.compile import Ruleset, build
from checker.examples import DATA_TABLES, Failure, example_company, run_examples
from checker.load import RuleFile
from checker.policy import company_of
from checker.rule import Rule
from checker.rule_folders import own_rules, shipped_rules


class Tested(NamedTuple):
    """What was run and what failed."""

    rules: tuple[Rule, ...]
    failures: tuple[Failure, ...]

    @property
    def examples(self) -> int:
        """How many examples the rules have."""
        return sum(len(rule.passes) + len(rule.fails) for rule in self.rules)


def run_rule_tests(chosen: str | None = None, own: tuple[RuleFile, ...] = ()) -> Tested:
    """Run the examples of the chosen rules: a folder, an id, a glob of ids; without one, of all.

    own: rules of the policy in force. Raises RuleError, FileError, PolicyError for rules and policies that are none.
    """
    rule_files, wanted = _choose(chosen, own)
    defaults = tomllib.loads(files.default_policy().decode())
    prepared: dict[str, tuple[Company, Ruleset]] = {}

    def prepare(tables: Mapping[str, Any]) -> tuple[Company, Ruleset]:
        key = json.dumps(tables, sort_keys=True)
        if key not in prepared:
            policy = {name: table for name, table in tables.items() if name not in DATA_TABLES}
            company = example_company(company_of(defaults, policy, source="policy of the example"), tables)
            prepared[key] = company, build(rule_files, company)
        return prepared[key]

    rules = tuple(judge.rule for judge in prepare({})[1].judges if judge.rule.id in wanted)
    return Tested(rules, tuple(failure for rule in rules for failure in run_examples(rule, prepare)))


def _choose(chosen: str | None, own: tuple[RuleFile, ...]) -> tuple[list[RuleFile], set[str]]:
    known = [*shipped_rules(), *own]
    if chosen is None:
        return known, {file.id for file in known}
    family = chosen.removeprefix("rules/").rstrip("/") + "/"
    found = {file.id for file in known if fnmatchcase(file.id, chosen) or file.id.startswith(family)}
    if found or family == "rules/":
        return known, found or {file.id for file in known}
    try:
        folder = own_rules([chosen])
    except files.FileError as error:
        raise files.FileError(chosen, f"{error.reason}, and no such rule; `presend rules` lists the rules") from None
    return known + folder, {file.id for file in folder}

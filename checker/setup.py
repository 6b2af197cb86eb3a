"""A policy and its rules, ready to check with: what every door starts from."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from checker import files
from checker.company import Company, PolicyError
from checker.compile import Ruleset, build
from checker.person_model import open_person_model
from checker.refusal import RefusalError
from checker.report_files import Shelf, with_reports
from checker.rule import Both
from checker.rule_folders import own_rules, shipped_rules
from checker.rule_mistakes import RuleError


class Setup(NamedTuple):
    """A policy and its rules, where the policy was found (None: the defaults alone), and notes on its data."""

    company: Company
    ruleset: Ruleset
    config: str | None
    notes: tuple[Both, ...]


def set_up(
    config: Path | None = None, only: str = "*", *, now: datetime | None = None, shelf: Shelf | None = None
) -> Setup:
    """The policy in force, the seller's reports that it names, and the rules under it.

    only: glob of rule ids. now: what the age of reports is judged against, else the clock. shelf: reports read before.
    Raises RefusalError.
    """
    try:
        policy = files.read_policy(config)
        company, notes = with_reports(policy.company, now or datetime.now().astimezone(), shelf)
        if company.nlp_model:
            company = replace(company, persons=open_person_model(company.nlp_model, Path(policy.path or "").name))
        ruleset = build(shipped_rules() + own_rules(company.rule_folders), company, only=only)
    except (PolicyError, RuleError, files.FileError) as error:
        raise RefusalError(str(error)) from None
    if only != "*" and not ruleset.judges:
        close = difflib.get_close_matches(only, [rule.id for rule in ruleset.rules], n=1)
        raise RefusalError(f"--only: no rule matches {only}" + (f"; did you mean {close[0]}?" if close else ""))
    return Setup(company, ruleset, policy.path, notes)

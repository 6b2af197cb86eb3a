"""The templates' texts, as shipped in texts/*.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

SCENARIOS = ("restock", "logistics", "ads", "review", "listing")


class Wording(NamedTuple):
    """A template in one language. line: what is said of one product; the other texts hold {lines}."""

    subject: str
    file: str
    text: str
    line: str
    attached: str


class Template(NamedTuple):
    """A scenario's template: the fields that a product needs, the columns of its sheet, when there is one."""

    scenario: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    sheet: str  # always, several
    wording: Mapping[str, Wording]


@cache
def template(scenario: str) -> Template:
    """The template of one of SCENARIOS."""
    read: dict[str, Any] = _yaml(scenario)
    wording = {language: Wording(**read[language]) for language in ("zh", "en")}
    return Template(scenario, tuple(read["fields"]), tuple(read["columns"]), read["sheet"], wording)


@cache
def names() -> Mapping[str, Mapping[str, str]]:
    """What each field is called: field -> language -> words."""
    found: dict[str, dict[str, str]] = _yaml("fields")
    return found


def _yaml(name: str) -> dict[str, Any]:
    text = resources.files("checker").joinpath(f"newmail/texts/{name}.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.load(text, yaml.SafeLoader)
    return read

"""report.html: one file for a manager, in Chinese or English, from the tally alone; no script, no outside host."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

import jinja2
import yaml

from checker.archive.tally import VERDICTS
from checker.render.charts import Bar, Column, bars, heat_map, stacked_columns
from checker.rule import Rule

Words = Mapping[str, str]
_SHOWN = 15  # bars of a chart


def render(tally: Mapping[str, Any], rules: Mapping[str, Rule], lang: str, run: Mapping[str, Any]) -> str:
    """The report. rules: by id, for why each is there. run: now, ruleset, sources; and `before`, an earlier tally."""
    folder, words = resources.files("checker.archive"), words_of(lang)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters |= {"share": _share, "hours": lambda value: _hours(value, words), "sum": sum}
    template = environment.from_string(folder.joinpath("report.html").read_text("utf-8"))
    return template.render(
        t=tally, w=words, lang=lang, run=run, charts=_charts(tally, words), why=_whys(tally, rules, lang),
        passed=_passed(tally["verdicts"]), before=run.get("before"),
        passed_before=_passed(run["before"]["verdicts"]) if run.get("before") else None, verdicts=VERDICTS,
        stop="。" if lang == "zh" else ".",
    )  # fmt: skip


def words_of(lang: str) -> Words:
    """Every text of the report in one language."""
    texts = yaml.safe_load(resources.files("checker.archive").joinpath("report.yaml").read_text("utf-8"))
    return {name: both[lang] for name, both in texts.items()}


def _passed(verdicts: Mapping[str, int]) -> float | None:
    total = sum(verdicts.values())
    return verdicts["allow"] / total if total else None


def _whys(tally: Mapping[str, Any], rules: Mapping[str, Rule], lang: str) -> dict[str, str]:
    return {row["rule"]: getattr(rules[row["rule"]].why, lang) for row in tally["rules"] if row["rule"] in rules}


def _charts(tally: Mapping[str, Any], words: Words) -> dict[str, str]:
    months = [Column(row["name"], {v: row[v] for v in VERDICTS}) for row in tally["months"]]
    heat = tally["heat"]
    return {
        "months": stacked_columns(words["months"], months, VERDICTS),
        "teams": _shares(words["teams"], tally["teams"]),
        "scenarios": _shares(words["scenarios"], tally["scenarios"]),
        "rules": bars(
            words["faults"],
            [Bar(r["rule"], r["findings"], f"{r['findings']:,}", r["severity"]) for r in tally["rules"][:_SHOWN]],
        ),
        "heat": heat_map(words["heat"], heat["rules"], heat["teams"], heat["shares"]),
    }


def _shares(title: str, rows: list[dict[str, Any]]) -> str:
    shown = [
        Bar(r["name"], r["allow"] / r["mails"], f"{_share(r['allow'] / r['mails'])} · {r['mails']:,}", "allow")
        for r in rows
    ]
    return bars(title, shown[:_SHOWN], most=1)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _hours(value: float | None, words: Words) -> str:
    if value is None:
        return "–"
    return f"{value:.1f} {words['hours']}" if value < 72 else f"{value / 24:.1f} {words['days']}"

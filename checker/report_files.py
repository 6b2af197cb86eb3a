"""The seller's reports that [data] names, opened for the doors: read once, left out and told of where no use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from checker.company import Company, PolicyError
from checker.files import FileError, read
from checker.report_age import age_in_days, dated
from checker.reports import read_inventory, read_listings
from checker.rule import Both


class _Kind(NamedTuple):
    """A report: its key in [data], its names, the rules that need it, and how it is read."""

    key: str
    zh: str
    en: str
    rules: tuple[str, ...]
    parse: Callable[[bytes, str], Any]


_KINDS = (
    _Kind("listings", "商品报告", "listings report", ("asin/unknown", "asin/inactive"), read_listings),
    _Kind("inventory", "FBA库存报告", "inventory report", ("data/contradicts-report",), read_inventory),
)


class Shelf:
    """Reports that were read, by their content: who reads a policy again does not parse its reports again.

    A door that lives long keeps one and hands it to every `set_up`; without one, nothing is kept. Only the newest
    report of each kind stays.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Any]] = {}

    def report(self, kind: str, content: bytes, parse: Callable[[bytes], Any]) -> Any:
        """The report in these bytes, parsed where it is not the one kept. Raises what `parse` raises."""
        digest = hashlib.sha256(content).hexdigest()
        known = self._kept.get(kind)
        if known is None or known[0] != digest:
            known = (digest, parse(content))
            self._kept[kind] = known
        return known[1]


def with_reports(company: Company, now: datetime, shelf: Shelf | None = None) -> tuple[Company, tuple[Both, ...]]:
    """The company with the reports at its paths, and a note on each that cannot be read or is too old.

    Such a report is left out, so that its rules are silent rather than wrong. now: what the age is judged against.
    """
    shelf = shelf or Shelf()
    found: dict[str, Any] = {kind.key: None for kind in _KINDS}
    notes = []
    for kind in _KINDS:
        path = getattr(company, f"{kind.key}_path")
        if not path:
            continue
        try:
            found[kind.key], age = _opened(kind, Path(path), now, shelf)
        except (FileError, PolicyError) as error:
            notes.append(_unread(kind, str(error)))
            continue
        if age > company.max_report_age_days:
            found[kind.key] = None
            notes.append(_old(kind, age))
    return replace(company, **found), tuple(notes)


def _opened(kind: _Kind, path: Path, now: datetime, shelf: Shelf) -> tuple[Any, int]:
    content = read(str(path))
    report = shelf.report(kind.key, content, lambda content: kind.parse(content, path.name))
    exported = dated(path.name, datetime.fromtimestamp(_modified(path), UTC).astimezone(now.tzinfo))
    return replace(report, dated=exported), age_in_days(exported, now)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError as error:
        raise FileError(str(path), (error.strerror or type(error).__name__).lower()) from None


def _old(kind: _Kind, age: int) -> Both:
    return Both(
        f"{kind.zh}已是{age}天前的\uff1a规则{'、'.join(kind.rules)}不作判断\uff0c请重新导出。",
        f"{kind.en} is {age} days old: {_silent(kind)}",
    )


def _unread(kind: _Kind, why: str) -> Both:
    return Both(
        f"{kind.zh}无法读取\uff08{why}\uff09\uff1a规则{'、'.join(kind.rules)}不作判断。",
        f"{kind.en} cannot be read ({why}): {_silent(kind)}",
    )


def _silent(kind: _Kind) -> str:
    return f"{' and '.join(kind.rules)} {'are' if len(kind.rules) > 1 else 'is'} silent"

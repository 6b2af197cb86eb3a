"""What presend.toml may say: keys, types and choices. Raises PolicyError with what is wrong and what is allowed."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from checker.company import PolicyError, shown
from checker.doors import CHOICES, check_doors

# What [policy.metrics] may ask for: figures of facts/kinds/figures.py, and the two that identifiers and dates give.
METRICS = (
    "stock", "daily_sales", "dos", "stockout_date", "order", "coverage", "last_restock", "in_transit", "safety_stock",
    "spend", "sales", "acos", "roas", "ctr", "cvr", "cpc", "impressions", "clicks", "budget", "rating", "price", "cost",
    "quantity", "boxes", "per_box", "total", "shipment", "tracking", "arrival_date", "launch_date",
)  # fmt: skip
_SEVERITIES = ("error", "warning", "info")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "company.date_order": ("ymd", "mdy", "dmy"),
    "policy.language": ("zh", "en", "auto"),
    "policy.fail_on": _SEVERITIES,
    "policy.unavailable": ("allow", "confirm", "block"),
    "policy.accept_incomplete": ("time", "size", "depth", "encrypted", "count"),
    **CHOICES,
}
_OPEN = ("tags", "rules", "policy.cc", "policy.metrics")  # tables whose keys the company chooses
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_KINDS = {str: "a text in quotes", list: 'a list, such as ["…"]', dict: "a table", bool: "true or false"}


def check_shape(own: Mapping[str, Any], defaults: Mapping[str, Any], table: str, source: str) -> None:
    """Every key is one that default.toml has, and its value of the same type."""
    for name, value in own.items():
        key = _key(table, name)
        if table in _OPEN:
            check_type(key, value, {} if table == "rules" else [], source)
        elif name not in defaults:
            raise PolicyError(source, key, f"unknown {_kind_of(value)}; {nearest(name, defaults)}")
        else:
            check_type(key, value, defaults[name], source)
            if isinstance(value, dict):
                check_shape(value, defaults[name], key, source)


def _kind_of(value: Any) -> str:
    return "table" if isinstance(value, dict) else "key"


def check_type(key: str, value: Any, like: Any, source: str) -> None:
    """A value has the type of the default; a number is not negative."""
    if isinstance(like, (int, float)) and not isinstance(like, bool):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
            raise PolicyError(source, key, f"{shown(value)} is not allowed; it takes a number, 0 or more")
    elif not isinstance(value, type(like)):
        raise PolicyError(source, key, f"{shown(value)} is not allowed; it takes {_KINDS[type(like)]}")
    elif isinstance(value, list) and key not in ("company.partners", "bindings", "gate.exceptions"):
        _check_texts(key, value, source)


def _check_texts(key: str, values: Iterable[Any], source: str) -> None:
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise PolicyError(source, key, f"{shown(value)} is not allowed; it takes a list of texts in quotes")


def check_values(merged: Mapping[str, Any], source: str) -> None:
    """What types do not tell: choices, topics, metrics, the time zone, how doors run."""
    for path, allowed in _CHOICES.items():
        table, _, name = path.partition(".")
        for value in _listed(merged[table][name]):
            one_of(path, value, allowed, source)
    for value in merged["policy"]["overridable"]:
        if "/" not in value:  # a rule's id has a slash; the loader knows which exist
            one_of("policy.overridable", value, (*_SEVERITIES, "a rule's id"), source)
    for name in ("cc", "metrics"):
        for topic in merged["policy"][name]:
            one_of(f"policy.{name}", topic, merged["tags"], source)
    for topic, metrics in merged["policy"]["metrics"].items():
        for metric in metrics:
            one_of(_key("policy.metrics", topic), metric, METRICS, source)
    for topic in merged["policy"]["evidence"]["scenarios"]:
        one_of("policy.evidence.scenarios", topic, merged["tags"], source)
    _check_zone(merged["company"]["timezone"], source)
    check_doors(merged, source)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _check_zone(name: str, source: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        reason = f"{shown(name)} is not a time zone; write it as Asia/Shanghai or America/Los_Angeles"
        raise PolicyError(source, "company.timezone", reason) from None


def one_of(key: str, value: str, allowed: Iterable[str], source: str) -> None:
    """The value is one of those allowed; else the nearest is suggested."""
    names = list(allowed)
    if value not in names:
        close = difflib.get_close_matches(value.lower(), names, n=1, cutoff=0.75)
        hint = f"did you mean {close[0]}? " if close else ""
        raise PolicyError(source, key, f"{shown(value)} is not allowed; {hint}allowed: {', '.join(names)}")


def nearest(word: str, allowed: Iterable[str]) -> str:
    """What may be meant instead of a key that is unknown."""
    names = list(allowed)
    close = difflib.get_close_matches(word.lower(), names, n=1)
    return f"did you mean {close[0]}?" if close else f"allowed: {', '.join(names)}"


def _key(table: str, name: str) -> str:
    name = name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    return f"{table}.{name}" if table else name

"""presend.toml over default.toml -> Company. Every mistake says file, key, what is wrong and what is allowed."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from checker.company import Colleague, Company, Partner, PolicyError
from checker.doors import CHOICES, DOORS, check_doors
from checker.roster import read_groups, read_people

__all__ = ["METRICS", "PolicyError", "company_of", "load_company"]

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
_DOMAIN = re.compile(r"(?:[^\s@]+@)?(?:[\w-]+\.)+[\w-]{2,}")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_KINDS = {str: "a text in quotes", list: 'a list, such as ["…"]', dict: "a table", bool: "true or false"}


def load_company(
    default_toml: bytes,
    policy_toml: bytes | None = None,
    *,
    source: str = "presend.toml",
    read: Callable[[str], bytes] | None = None,
) -> Company:
    """The company of a policy over the defaults.

    source: the policy's name in messages. read: opens the people and groups that [data] names, relative to the policy;
    without it they stay unread. The seller's reports are not read here. Raises PolicyError for the first mistake.
    """
    own = {} if policy_toml is None else _parse(policy_toml, source)
    return company_of(_parse(default_toml, "default.toml"), own, source=source, read=read)


def company_of(
    defaults: Mapping[str, Any],
    own: Mapping[str, Any],
    *,
    source: str = "presend.toml",
    read: Callable[[str], bytes] | None = None,
) -> Company:
    """As load_company, from tables that are parsed already (the `policy` of a rule's example)."""
    _check_shape(own, defaults, "", source)
    merged = _merged(defaults, own)
    merged["tags"] = _tags(defaults.get("tags", {}), own.get("tags", {}))
    _check_values(merged, source)
    return _with_files(_company(merged, source), merged["data"], source, read)


def _parse(toml: bytes, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise PolicyError(source, "", "is not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(source, "", f"is not TOML: {error}") from None


def _key(table: str, name: str) -> str:
    name = name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    return f"{table}.{name}" if table else name


def _check_shape(own: Mapping[str, Any], defaults: Mapping[str, Any], table: str, source: str) -> None:
    """Every key is one that default.toml has, and its value of the same type."""
    for name, value in own.items():
        key = _key(table, name)
        if table in _OPEN:
            _check_type(key, value, {} if table == "rules" else [], source)
        elif name not in defaults:
            raise PolicyError(source, key, f"unknown {_kind_of(value)}; {_nearest(name, defaults)}")
        else:
            _check_type(key, value, defaults[name], source)
            if isinstance(value, dict):
                _check_shape(value, defaults[name], key, source)


def _kind_of(value: Any) -> str:
    return "table" if isinstance(value, dict) else "key"


def _nearest(word: str, allowed: Iterable[str]) -> str:
    names = list(allowed)
    close = difflib.get_close_matches(word.lower(), names, n=1)
    return f"did you mean {close[0]}?" if close else f"allowed: {', '.join(names)}"


def _check_type(key: str, value: Any, like: Any, source: str) -> None:
    if isinstance(like, (int, float)) and not isinstance(like, bool):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
            raise PolicyError(source, key, f"{_shown(value)} is not allowed; it takes a number, 0 or more")
    elif not isinstance(value, type(like)):
        raise PolicyError(source, key, f"{_shown(value)} is not allowed; it takes {_KINDS[type(like)]}")
    elif isinstance(value, list) and key not in ("company.partners", "bindings", "gate.exceptions"):
        _check_texts(key, value, source)


def _check_texts(key: str, values: Iterable[Any], source: str) -> None:
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise PolicyError(source, key, f"{_shown(value)} is not allowed; it takes a list of texts in quotes")


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _merged(defaults: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """own over defaults, table by table; a list is replaced as a whole."""
    both = {k: _merged(v, own[k]) for k, v in defaults.items() if isinstance(v, dict) and isinstance(own.get(k), dict)}
    return {**defaults, **own, **both}


def _tags(defaults: Mapping[str, list[str]], own: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The company's list of a topic replaces that topic's list; a tag that it moved leaves its old topic."""
    moved = {tag.lower() for tags in own.values() for tag in tags}
    kept = {topic: [t for t in tags if t.lower() not in moved] for topic, tags in defaults.items()}
    return {**kept, **own}


def _check_values(merged: Mapping[str, Any], source: str) -> None:
    for path, allowed in _CHOICES.items():
        table, _, name = path.partition(".")
        for value in _listed(merged[table][name]):
            _one_of(path, value, allowed, source)
    for value in merged["policy"]["overridable"]:
        if "/" not in value:  # a rule's id has a slash; the loader knows which exist
            _one_of("policy.overridable", value, (*_SEVERITIES, "a rule's id"), source)
    for name in ("cc", "metrics"):
        for topic in merged["policy"][name]:
            _one_of(f"policy.{name}", topic, merged["tags"], source)
    for topic, metrics in merged["policy"]["metrics"].items():
        for metric in metrics:
            _one_of(_key("policy.metrics", topic), metric, METRICS, source)
    for topic in merged["policy"]["evidence"]["scenarios"]:
        _one_of("policy.evidence.scenarios", topic, merged["tags"], source)
    _check_zone(merged["company"]["timezone"], source)
    check_doors(merged, source)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one_of(key: str, value: str, allowed: Iterable[str], source: str) -> None:
    names = list(allowed)
    if value not in names:
        close = difflib.get_close_matches(value.lower(), names, n=1, cutoff=0.75)
        hint = f"did you mean {close[0]}? " if close else ""
        raise PolicyError(source, key, f"{_shown(value)} is not allowed; {hint}allowed: {', '.join(names)}")


def _check_zone(name: str, source: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        reason = f"{_shown(name)} is not a time zone; write it as Asia/Shanghai or America/Los_Angeles"
        raise PolicyError(source, "company.timezone", reason) from None


def _company(merged: Mapping[str, Any], source: str) -> Company:
    us, policy, data = merged["company"], merged["policy"], merged["data"]
    topics = merged["tags"]
    return Company(
        name=us["name"],
        domains=tuple(_domain("company.domains", d, source) for d in us["domains"]),
        partners=tuple(_partner(p, topics, source) for p in us["partners"]),
        timezone=us["timezone"],
        archive=_archive(us["archive"], source),
        contacts=tuple(us["contacts"]),
        date_order=us["date_order"],
        language=policy["language"],
        fail_on=policy["fail_on"],
        accept_incomplete=tuple(policy["accept_incomplete"]),
        unavailable=policy["unavailable"],
        overridable=tuple(policy["overridable"]),
        override_minutes=float(policy["override_minutes"]),
        cc=_tuples(policy["cc"]),
        metrics=_tuples(policy["metrics"]),
        evidence=tuple(policy["evidence"]["scenarios"]),
        tags=_tuples(topics),
        limits={name: float(value) for name, value in merged["limits"].items()},
        rules=merged["rules"],
        bindings=tuple(b for one in merged["bindings"] if (b := _binding(one, source))["words"]),
        rule_folders=tuple(policy["rules"]),
        listings_path=data["listings"],
        inventory_path=data["inventory"],
        max_report_age_days=float(data["max_report_age_days"]),
        nlp_model=merged["nlp"]["model"],
        doors={name: merged[name] for name in DOORS if name in merged},
    )


def _tuples(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in lists.items()}


def _domain(key: str, value: str, source: str, *, address: bool = False) -> str:
    domain = value.strip().lower().removeprefix("@")
    if not _DOMAIN.fullmatch(domain) or ("@" in domain and not address):
        raise PolicyError(source, key, f'{_shown(value)} is not a domain; write it as "company.com"')
    return domain


def _partner(value: Any, topics: Iterable[str], source: str) -> Partner:
    key = "company.partners"
    if isinstance(value, str):
        return Partner(_domain(key, value, source, address=True), ())
    if not isinstance(value, dict) or not isinstance(value.get("domain"), str):
        raise PolicyError(
            source, key, f'{_shown(value)} is not allowed; write "b.com" or {{domain = "b.com", topics = []}}'
        )
    for name in value.keys() - {"domain", "topics"}:
        raise PolicyError(source, f"{key}.{name}", f"unknown key; {_nearest(name, ('domain', 'topics'))}")
    wanted = value.get("topics", [])
    _check_type(f"{key}.topics", wanted, [], source)
    for topic in wanted:
        _one_of(f"{key}.topics", topic, topics, source)
    return Partner(_domain(key, value["domain"], source, address=True), tuple(wanted))


def _archive(value: str, source: str) -> str:
    if value and not ("@" in value and _DOMAIN.fullmatch(value)):
        raise PolicyError(source, "company.archive", f"{_shown(value)} is not an e-mail address")
    return value


def _binding(value: Any, source: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise PolicyError(source, "bindings", "takes tables; write [[bindings]], then words = [] and domains = []")
    for name, one in value.items():
        if name not in ("words", "domains"):
            raise PolicyError(source, f"bindings.{name}", f"unknown key; {_nearest(name, ('words', 'domains'))}")
        _check_type(f"bindings.{name}", one, [], source)
    domains = tuple(_domain("bindings.domains", d, source, address=True) for d in value.get("domains", []))
    return {"words": tuple(value.get("words", [])), "domains": domains}


def _with_files(company: Company, data: Mapping[str, Any], source: str, read: Callable[[str], bytes] | None) -> Company:
    if read is None:
        return company

    def content(name: str) -> bytes | None:
        try:
            return read(data[name]) if data[name] else None
        except OSError as error:
            reason = f"cannot read {_shown(data[name])}: {error.strerror or type(error).__name__}"
            raise PolicyError(source, f"data.{name}", reason) from None

    roles = {role for wanted in company.cc.values() for role in wanted}
    directory, groups = content("directory"), content("groups")
    people: tuple[Colleague, ...] = () if directory is None else read_people(directory, data["directory"], roles)
    return replace(
        company,
        people=people,
        groups={} if groups is None else read_groups(groups, data["groups"]),
    )

"""presend.toml over default.toml -> Company. Every mistake says file, key, what is wrong and what is allowed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from checker.company import Colleague, Company, Partner, PolicyError, shown
from checker.doors import DOORS
from checker.policy_checks import check_shape, check_type, check_values, nearest, one_of
from checker.roster import read_groups, read_people

_DOMAIN = re.compile(r"(?:[^\s@]+@)?(?:[\w-]+\.)+[\w-]{2,}")


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
    check_shape(own, defaults, "", source)
    merged = _merged(defaults, own)
    merged["tags"] = _tags(defaults.get("tags", {}), own.get("tags", {}))
    check_values(merged, source)
    return _with_files(_company(merged, source), merged["data"], source, read)


def _parse(toml: bytes, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise PolicyError(source, "", "is not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(source, "", f"is not TOML: {error}") from None


def _merged(defaults: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """own over defaults, table by table; a list is replaced as a whole."""
    both = {k: _merged(v, own[k]) for k, v in defaults.items() if isinstance(v, dict) and isinstance(own.get(k), dict)}
    return {**defaults, **own, **both}


def _tags(defaults: Mapping[str, list[str]], own: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The company's list of a topic replaces that topic's list; a tag that it moved leaves its old topic."""
    moved = {tag.lower() for tags in own.values() for tag in tags}
    kept = {topic: [t for t in tags if t.lower() not in moved] for topic, tags in defaults.items()}
    return {**kept, **own}


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
        raise PolicyError(source, key, f'{shown(value)} is not a domain; write it as "company.com"')
    return domain


def _partner(value: Any, topics: Iterable[str], source: str) -> Partner:
    key = "company.partners"
    if isinstance(value, str):
        return Partner(_domain(key, value, source, address=True), ())
    if not isinstance(value, dict) or not isinstance(value.get("domain"), str):
        raise PolicyError(
            source, key, f'{shown(value)} is not allowed; write "b.com" or {{domain = "b.com", topics = []}}'
        )
    for name in value.keys() - {"domain", "topics"}:
        raise PolicyError(source, f"{key}.{name}", f"unknown key; {nearest(name, ('domain', 'topics'))}")
    wanted = value.get("topics", [])
    check_type(f"{key}.topics", wanted, [], source)
    for topic in wanted:
        one_of(f"{key}.topics", topic, topics, source)
    return Partner(_domain(key, value["domain"], source, address=True), tuple(wanted))


def _archive(value: str, source: str) -> str:
    if value and not ("@" in value and _DOMAIN.fullmatch(value)):
        raise PolicyError(source, "company.archive", f"{shown(value)} is not an e-mail address")
    return value


def _binding(value: Any, source: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise PolicyError(source, "bindings", "takes tables; write [[bindings]], then words = [] and domains = []")
    for name, one in value.items():
        if name not in ("words", "domains"):
            raise PolicyError(source, f"bindings.{name}", f"unknown key; {nearest(name, ('words', 'domains'))}")
        check_type(f"bindings.{name}", one, [], source)
    domains = tuple(_domain("bindings.domains", d, source, address=True) for d in value.get("domains", []))
    return {"words": tuple(value.get("words", [])), "domains": domains}


def _with_files(company: Company, data: Mapping[str, Any], source: str, read: Callable[[str], bytes] | None) -> Company:
    if read is None:
        return company

    def content(name: str) -> bytes | None:
        try:
            return read(data[name]) if data[name] else None
        except OSError as error:
            reason = f"cannot read {shown(data[name])}: {error.strerror or type(error).__name__}"
            raise PolicyError(source, f"data.{name}", reason) from None

    roles = {role for wanted in company.cc.values() for role in wanted}
    directory, groups = content("directory"), content("groups")
    people: tuple[Colleague, ...] = () if directory is None else read_people(directory, data["directory"], roles)
    return replace(
        company,
        people=people,
        groups={} if groups is None else read_groups(groups, data["groups"]),
    )

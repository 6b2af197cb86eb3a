"""people.csv and groups.csv: who works here, as an office exports it (Excel: BOM, GBK, semicolons)."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from checker.company import Colleague, PolicyError

# Each column with the headings that are understood, in lower case.
_PEOPLE: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "mail", "邮箱", "邮件", "电子邮箱", "邮箱地址"),
    "name": ("name", "姓名", "名字"),
    "title": ("title", "职位", "职务", "岗位"),
    "role": ("role", "角色"),
    "manager": ("manager", "主管", "直属主管", "上级", "直属上级", "经理"),
    "timezone": ("timezone", "time zone", "时区"),
}
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "group": ("group", "群组", "邮件组", "组"),
    "email": ("email", "e-mail", "member", "邮箱", "成员", "成员邮箱"),
}
_SPLIT = re.compile(r"[;；,，\s]+")
_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")


def decode(content: bytes) -> str:
    """The text of a CSV or report: UTF-16 or UTF-8 with their marks, UTF-8, else GB 18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def read_people(content: bytes, source: str, roles: Collection[str] = ()) -> tuple[Colleague, ...]:
    """The rows of people.csv in order. roles: those that [policy.cc] wants; they tell which columns are needed.

    Raises PolicyError: a column or an address that is none, a manager who cannot be found, an unknown time zone.
    """
    needed = {"email", "name"}
    needed |= {"manager"} if "manager" in roles else set()
    needed |= {"role"} if set(roles) - {"manager"} else set()
    rows = list(_rows(content, source, _PEOPLE, needed))
    emails = {row["name"]: row["email"].lower() for _, row in rows}
    return tuple(_colleague(line, row, emails, source) for line, row in rows)


def _colleague(line: int, row: Mapping[str, str], emails: Mapping[str, str], source: str) -> Colleague:
    manager = row["manager"]
    if manager and "@" not in manager and manager not in emails:
        raise PolicyError(
            source, f"line {line}: manager", f"“{manager}” is not in this file; write the manager's e-mail"
        )
    if row["timezone"] and not _is_zone(row["timezone"]):
        reason = f"“{row['timezone']}” is not a time zone; write it as Asia/Shanghai or America/Los_Angeles"
        raise PolicyError(source, f"line {line}: timezone", reason)
    return Colleague(
        email=_address(row["email"], line, source),
        name=row["name"],
        title=row["title"],
        role=row["role"],
        manager=emails.get(manager, manager.lower()),
        timezone=row["timezone"],
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _address(value: str, line: int, source: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise PolicyError(source, f"line {line}: email", f"“{value}” is not an e-mail address")
    return value.lower()


def read_groups(content: bytes, source: str) -> dict[str, tuple[str, ...]]:
    """Group (its address or name, lower case) -> addresses of its members; a group inside a group is opened.

    Raises PolicyError: a column or an address that is none.
    """
    direct: dict[str, list[str]] = {}
    for line, row in _rows(content, source, _GROUPS, set(_GROUPS)):
        members = [m for m in _SPLIT.split(row["email"]) if m]
        direct.setdefault(row["group"].lower(), []).extend(_address(m, line, source) for m in members)
    return {group: tuple(dict.fromkeys(_members(group, direct, set()))) for group in direct}


def _members(group: str, direct: Mapping[str, list[str]], seen: set[str]) -> Iterable[str]:
    seen.add(group)
    for member in direct[group]:
        if member not in direct:
            yield member
        elif member not in seen:
            yield from _members(member, direct, seen)


def _rows(
    content: bytes, source: str, columns: Mapping[str, tuple[str, ...]], needed: Collection[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, column -> value) of the rows that are not empty; columns that are absent read ""."""
    rows = read_rows(decode(content), source)
    at = _positions([h.strip() for h in next(rows, [])], source, columns, needed)
    for line, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            yield line, {c: row[i].strip() if -1 < i < len(row) else "" for c, i in at.items()}


def read_rows(text: str, source: str) -> Iterator[list[str]]:
    """The rows of delimited text, header first. The delimiter: the commonest of tab, comma, semicolon in the header.

    Raises PolicyError: no such text at all (NUL characters, a cell without end).
    """
    delimiter = max("\t,;", key=text.partition("\n")[0].count)
    # Seller Central's tab-separated reports do not quote; a lone " in a product's name is just an inch.
    lines = io.StringIO(text, newline="")
    try:
        if delimiter == "\t":
            yield from csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        else:
            yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        raise PolicyError(source, "", f"is not a CSV file: {error}") from None


def _positions(
    header: list[str], source: str, columns: Mapping[str, tuple[str, ...]], needed: Collection[str]
) -> dict[str, int]:
    lower = [h.lower() for h in header]
    known = {name for names in columns.values() for name in names}
    at = {}
    for column, names in columns.items():
        at[column] = next((i for i, h in enumerate(lower) if h in names), -1)
        close = difflib.get_close_matches(column, [h for h in lower if h not in known], n=1, cutoff=0.75)
        if at[column] < 0 and close:
            raise PolicyError(source, "header", f"unknown column {close[0]}; did you mean {column}?")
        if at[column] < 0 and column in needed:
            raise PolicyError(source, "header", f"the column {column} is missing; columns: {','.join(columns)}")
    return at

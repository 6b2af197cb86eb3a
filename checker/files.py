"""The only place that opens files for the doors: the policy and its data, mails in; reports and fixed mails out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from checker.company import Company
from checker.policy import load_company

POLICY = "presend.toml"
PEOPLE = "people.csv"
STDIN = "-"
MAIL_SUFFIXES = (".eml", ".json")
_STARTER_PEOPLE = """\
email,name,title,role,manager,timezone
wang.fang@example.com,王芳,运营助理,assistant,chen.xiao@example.com,Asia/Shanghai
chen.xiao@example.com,陈晓,运营经理,manager,,Asia/Shanghai
"""


class FileError(ValueError):
    """A path that cannot be used: which, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Policy(NamedTuple):
    """A company, and where its policy was found (None: the defaults alone). The seller's reports are not read yet."""

    company: Company
    path: str | None


class Found(NamedTuple):
    """A mail to be read, or why there is none at a path."""

    path: str
    problem: str | None = None


def default_policy() -> bytes:
    """default.toml as shipped."""
    return resources.files("checker").joinpath("default.toml").read_bytes()


def find_policy(start: Path) -> Path | None:
    """The nearest presend.toml in `start` or above."""
    start = start.absolute()
    return next((p for folder in (start, *start.parents) if (p := folder / POLICY).is_file()), None)


def read_policy(config: Path | None = None, *, start: Path | None = None) -> Policy:
    """The policy of `config`, else of the nearest presend.toml from `start` (the working directory) upwards, else none.

    Paths in the company ([policy] rules, [data]) are then usable as they are. Raises FileError (config cannot be read)
    and PolicyError (a mistake in it, or in a file that it names).
    """
    path = config or find_policy(start or Path.cwd())
    if path is None:
        return Policy(load_company(default_policy()), None)
    company = load_company(
        default_policy(), read(str(path)), source=path.name, read=lambda name: (path.parent / name).read_bytes()
    )
    return Policy(_beside(company, path.parent), str(path))


def _beside(company: Company, folder: Path) -> Company:
    return replace(
        company,
        rule_folders=tuple(str(folder / name) for name in company.rule_folders),
        listings_path=str(folder / company.listings_path) if company.listings_path else "",
        inventory_path=str(folder / company.inventory_path) if company.inventory_path else "",
        nlp_model=_model(company.nlp_model, folder),
    )


def _model(named: str, folder: Path) -> str:
    """The folder of a model that lies beside the policy, else the name of an installed one."""
    return str(folder / named) if named and (folder / named).is_dir() else named


def mails(paths: Iterable[str]) -> Iterator[Found]:
    """The mails of files and folders: a file as given, a folder's .eml and draft .json in sorted order, each mail once.

    `-` is standard input. Hidden files and folders stay out. A path that does not exist or holds no mail is a problem.
    """
    seen = set()
    for given in paths:
        for found in _mails_of(given):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def _mails_of(given: str) -> Iterator[Found]:
    path = Path(given)
    if given == STDIN or path.is_file():
        yield Found(given)
    elif not path.exists():
        yield Found(given, "no such file or folder")
    else:
        inside = list(_walk(path)) if path.is_dir() else [Found(given)]  # else: a pipe or device
        yield from inside or [Found(given, f"no mails in this folder; looked for {', '.join(MAIL_SUFFIXES)}")]


def _walk(folder: Path) -> Iterator[Found]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Found(str(folder), _why(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            # A link to a folder above would never end.
            yield from () if entry.is_symlink() else _walk(entry)
        elif entry.suffix.lower() in MAIL_SUFFIXES:
            yield Found(str(entry))


def read(path: str) -> bytes:
    """A file's bytes; `-` is standard input. Raises FileError."""
    try:
        return sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        raise FileError(path, _why(error)) from None


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; the old one stays until the new one is complete. Raises FileError."""
    if path.exists() and not path.is_file():  # /dev/stdout, a pipe: nothing to replace
        _write(path, content, path)
        return
    path = path.resolve()  # a link stays a link
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _write(draft, content, path)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except OSError as error:
        raise FileError(str(path), _why(error)) from None
    finally:
        draft.unlink(missing_ok=True)


def _write(path: Path, content: bytes, meant: Path) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise FileError(str(meant), _why(error)) from None


def write_starter(folder: Path) -> tuple[str, ...]:
    """presend.toml (every setting with its default) and people.csv to start from. Gives the paths written.

    Raises FileError: one of them is there already (then neither is written), or the folder cannot be written.
    """
    policy, people = folder / POLICY, folder / PEOPLE
    for path in (policy, people):
        if path.exists():
            raise FileError(str(path), "is there already; nothing was written")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(str(folder), _why(error)) from None
    write(policy, default_policy().replace(b'directory = ""', f'directory = "{PEOPLE}"'.encode()))
    write(people, _STARTER_PEOPLE.encode("utf-8-sig"))  # with its mark, Excel reads it as UTF-8
    return str(policy), str(people)


def terminal_width() -> int:
    """Columns of the terminal; 80 where there is none."""
    return shutil.get_terminal_size().columns


def terminal_language() -> str:
    """zh where the terminal's locale is Chinese, else en."""
    locale = next((v for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(name))), "")
    return "zh" if locale.startswith("zh") else "en"


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()

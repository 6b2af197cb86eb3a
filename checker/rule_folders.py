"""Opens rule files: those that ship, and a company's own folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from checker.files import FileError, read
from checker.load import RuleFile


def shipped_rules() -> list[RuleFile]:
    """The rules of this package; the id is family/name."""
    return sorted(_below(files("checker.rules"), ""))


def _below(folder: Traversable, family: str) -> Iterator[RuleFile]:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            yield from _below(entry, f"{family}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            rule_id = family + entry.name.removesuffix(".yaml")
            yield RuleFile(rule_id, f"rules/{rule_id}.yaml", entry.read_text("utf-8"))


def own_rules(folders: Iterable[str]) -> list[RuleFile]:
    """The rules of a company's folders, sorted. A file takes the name of its folder as its family: acme/discount.

    Raises FileError: no such folder, no rule in it, or a file that is not UTF-8.
    """
    return [rule for folder in folders for rule in _own(Path(folder))]


def _own(folder: Path) -> list[RuleFile]:
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        raise FileError(str(folder), "no folder with rules (.yaml files)")
    return [RuleFile(f"{path.resolve().parent.name}/{path.stem}", str(path), _text(path)) for path in paths]


def _text(path: Path) -> str:
    try:
        return read(str(path)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(str(path), "is not UTF-8 text") from None

"""YAML as rule authors expect it: off and no stay words, dates and octals stay text, every key has a line."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

Path = tuple[str | int, ...]
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
# Zero-width and direction marks: invisible in an editor, fatal in a phrase. Written as escapes they are fine.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


class SourceError(ValueError):
    """A file that is not such YAML. line and column from 1."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


class Source(NamedTuple):
    """Plain data, and where each key of it stands: path -> (line, column), both from 1."""

    data: Any
    marks: dict[Path, tuple[int, int]]


def read_yaml(text: str) -> Source:
    """Data and marks of one YAML document. Raises SourceError for bad syntax, doubled keys, invisible characters."""
    hidden = _INVISIBLE.search(text)
    if hidden:
        line = text.count("\n", 0, hidden.start()) + 1
        column = hidden.start() - text.rfind("\n", 0, hidden.start())
        raise SourceError(
            f"invisible character U+{ord(hidden[0]):04X}; write it as an escape or remove it", line, column
        )
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise SourceError(f"not YAML: {error.problem}", *at) from None
    except yaml.YAMLError as error:
        raise SourceError(f"not YAML: {str(error).splitlines()[0]}", 1, 1) from None
    marks: dict[Path, tuple[int, int]] = {}
    return Source(_value(node, (), marks) if node is not None else None, marks)


def _value(node: yaml.Node, path: Path, marks: dict[Path, tuple[int, int]]) -> Any:
    marks.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), marks) for i, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return _scalar(node.value) if getattr(node, "style", None) in (None, "") else node.value
    found: dict[str, Any] = {}
    for key, value in node.value:
        name, mark = str(key.value), (key.start_mark.line + 1, key.start_mark.column + 1)
        if name in found:
            raise SourceError(f"the key {name} stands twice", *mark)
        marks[(*path, name)] = mark
        found[name] = _value(value, (*path, name), marks)
    return found


def _scalar(written: str) -> Any:
    if written in _WORDS:
        return _WORDS[written]
    if _INT.fullmatch(written):
        return int(written)
    return float(written) if _FLOAT.fullmatch(written) else written

"""Where a finding stands in the file itself: its line there, and the bytes that its edits change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.fix import eml_changes
from checker.parts import Part, layout, scan
from checker.rewrite import Change, rewrite
from checker.rule import Finding
from checker.text import Edit, Span

_ADDRESSES = {"reply_to": "reply-to"}


class InFile(NamedTuple):
    """A finding's line in the file, from 1, and what its fix changes there; no changes: advice only."""

    line: int
    changes: tuple[Change, ...] = ()


def in_eml(data: bytes, findings: Sequence[Finding]) -> tuple[InFile, ...]:
    """The place of each finding in a mail's bytes; what has no line of its own stands at the first."""
    root, _ = scan(data)
    return tuple(InFile(_line(data, _start(root, f.place.span)), _changes(data, f.edits)) for f in findings)


def in_draft(data: bytes, findings: Sequence[Finding]) -> tuple[InFile, ...]:
    """The place of each finding in draft JSON: the line of its key. A draft is written anew when fixed: no changes."""
    return tuple(InFile(_line(data, _key(data, f.place.span.of.part))) for f in findings)


def _key(data: bytes, part: str) -> int:
    name = "attachments" if part == "attachment" else part
    found = re.search(rb'"%s"\s*:' % name.encode(), data)
    return found.start() if found else 0


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _start(root: Part, span: Span) -> int:
    """The first byte of the lines in which the words are written."""
    text, plan = span.of, layout(root)
    if text.part in ("html", "text"):
        leaf = plan.html if text.part == "html" else plan.plain
        return _in_part(leaf, text.part, text.span(span.start, span.end)) if leaf else root.body
    if text.part == "attachment":
        number = text.attachment or 0
        return plan.files[number].start if number < len(plan.files) else root.body
    name = _ADDRESSES.get(text.part, text.part)
    return next((field.start for field in root.fields if field.name == name), root.start)


def _in_part(leaf: Part, part: str, source: tuple[int, int]) -> int:
    """Found by taking the words out: the first byte that changes is theirs."""
    try:
        change = rewrite(leaf, [Edit(part, *source, "")])[-1]
    except ValueError:
        return leaf.body
    return _narrowed(leaf.data, change).start


def _changes(data: bytes, edits: Sequence[Edit]) -> tuple[Change, ...]:
    if not edits:
        return ()
    try:
        return tuple(_narrowed(data, change) for change in eml_changes(data, edits))
    except ValueError:  # a signed part, or a header that holds several entries: advice only
        return ()


def _narrowed(data: bytes, change: Change) -> Change:
    """The change without the bytes that it keeps at both ends."""
    old, new = data[change.start : change.end], change.new
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    return Change(change.start + head, change.end - tail, new[head : len(new) - tail])


def _common(a: bytes, b: bytes) -> int:
    """How many bytes are the same from the start."""
    low, high = 0, min(len(a), len(b))
    while low < high:  # halving: slices compare at the speed of memory
        middle = (low + high + 1) // 2
        low, high = (middle, high) if a[:middle] == b[:middle] else (low, middle - 1)
    return low

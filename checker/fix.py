"""Edits applied to a mail: a draft stays a draft, and of a mail in bytes only the edited lines change."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from checker.copies import copy_edits
from checker.fields import Field
from checker.headers import read_phrases
from checker.html import parse_html
from checker.mime import FIELDS, header_value, part_text
from checker.parts import Layout, Part, layout, scan
from checker.rewrite import Change, edit_string, rewrite
from checker.text import Edit

_BODIES = ("html", "text")
_LISTS = ("to", "cc", "bcc", "reply_to")
_HEADER_NAMES = {"subject": "Subject", "from": "From", "to": "To", "cc": "Cc", "bcc": "Bcc", "reply_to": "Reply-To"}
_BREAKS = re.compile(r"[\r\n\x00]+")
# What an address header is made of: addresses, quoted names, separators, other words.
_PIECES = re.compile(r'<[^<>]*>|"(?:[^"\\]|\\.)*"|[,;]|[^<>",;]+|.', re.DOTALL)
_WIDEST = 76


def apply_to_draft(draft: Mapping[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """The draft with the edits applied; edits of HTML cover its plain copy too. Raises ValueError: they overlap, lie
    outside, or name a part that cannot be edited."""
    by_part = _by_part(edits)
    fixed = dict(draft)
    if "html" in by_part and _has(draft, "html") and _has(draft, "text"):
        copies = copy_edits(parse_html(draft["html"]).text, draft["text"], by_part["html"])
        by_part["text"] = _joined(by_part.get("text", []), copies)
    for part, ours in by_part.items():
        fixed[part] = _edit_list(draft, part, ours) if part in _LISTS else edit_string(draft.get(part) or "", ours)
    return fixed


def apply_to_eml(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The mail with the edits applied, every other byte as it was. Raises ValueError as eml_changes does."""
    return _spliced(data, eml_changes(data, edits))


def eml_changes(data: bytes, edits: Sequence[Edit]) -> list[Change]:
    """What the edits change in the mail's bytes.

    Raises ValueError: edits overlap, lie outside, name a part that the mail does not have or that is signed.
    """
    root, _ = scan(data)
    plan = layout(root)
    changes: list[Change] = []
    for part, ours in _with_copies(plan, _by_part(edits)).items():
        if part not in _BODIES:
            changes += _edit_header(root, part, ours)
            continue
        leaf = plan.html if part == "html" else plan.plain
        if leaf is None:
            raise ValueError(f"{part}: the mail has no such part")
        if _signed(root, leaf):
            raise ValueError(f"{part}: the mail is signed, an edit would break the signature")
        changes += rewrite(leaf, ours)
    return changes


def _by_part(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        if edit.part not in (*_BODIES, *_HEADER_NAMES):
            raise ValueError(f"{edit.part}: no part that can be edited")
        found.setdefault(edit.part, []).append(edit)
    return found


def _has(draft: Mapping[str, Any], key: str) -> bool:
    return bool((draft.get(key) or "").strip())


def _with_copies(plan: Layout, by_part: dict[str, list[Edit]]) -> dict[str, list[Edit]]:
    if "html" not in by_part or not plan.html or not plan.plain:
        return by_part
    html = parse_html(part_text(plan.html).text).text
    copies = copy_edits(html, part_text(plan.plain).text, by_part["html"])
    return by_part | ({"text": _joined(by_part.get("text", []), copies)} if copies or "text" in by_part else {})


def _joined(given: Sequence[Edit], copies: Sequence[Edit]) -> list[Edit]:
    """Edits of the plain text that were asked for win over copies."""
    free = [c for c in copies if all(c.end <= g.start or g.end <= c.start for g in given)]
    return [*given, *free]


def _signed(part: Part, leaf: Part) -> bool:
    inside = part.body <= leaf.start and leaf.end <= part.end
    return inside and (part.type == "multipart/signed" or any(_signed(child, leaf) for child in part.children))


def _edit_list(draft: Mapping[str, Any], part: str, edits: Sequence[Edit]) -> list[str]:
    """A draft's address list; edits count in its entries joined by ", "."""
    entries: list[str] = list(draft.get(part) or [])
    at, left = 0, list(edits)
    for i, entry in enumerate(entries):
        inside = [e for e in left if at <= e.start and e.end <= at + len(entry)]
        entries[i] = edit_string(entry, [Edit(part, e.start - at, e.end - at, e.text) for e in inside])
        left = [e for e in left if e not in inside]
        at += len(entry) + 2
    if left and not entries:
        return [edit_string("", left)]
    if left:
        raise ValueError(f"{part}: an edit reaches over several entries")
    return [entry for entry in entries if entry.strip()]


def _edit_header(root: Part, part: str, edits: Sequence[Edit]) -> list[Change]:
    name = FIELDS.get(part, part)
    fields = [f for f in root.fields if f.name == name][: None if part in FIELDS else 1]
    clean = [Edit(e.part, e.start, e.end, _BREAKS.sub(" ", e.text)) for e in edits]
    if not fields:
        at = root.fields[-1].end if root.fields else root.start
        return [Change(at, at, _field(_HEADER_NAMES[part].encode(), part, edit_string("", clean), _line_end(root)))]
    if part == "subject":
        return [_edited_field(root, fields[0], part, edit_string(header_value(root, part), clean))]
    return list(_edited_fields(root, fields, part, clean))


def _edited_fields(root: Part, fields: Sequence[Field], part: str, edits: Sequence[Edit]) -> Iterable[Change]:
    """Changes of a repeated address field: each edit in the field that it lies in."""
    at, left = 0, list(edits)
    for field in fields:
        value = read_phrases(root.data[field.value : field.stop]).strip()
        if not value:
            continue
        inside = [e for e in left if at <= e.start and e.end <= at + len(value)]
        if inside:
            moved = [Edit(part, e.start - at, e.end - at, e.text) for e in inside]
            yield _edited_field(root, field, part, edit_string(value, moved))
        left = [e for e in left if e not in inside]
        at += len(value) + 2
    if left:
        raise ValueError(f"{part}: an edit lies outside the header")


def _edited_field(root: Part, field: Field, part: str, value: str) -> Change:
    lines = root.data[field.start : field.end]
    end = lines[field.stop - field.start :]
    return Change(field.start, field.end, _field(lines.partition(b":")[0], part, value, end or _line_end(root)))


def _field(name: bytes, part: str, value: str, line_end: bytes) -> bytes:
    coded = _coded(value) if part == "subject" else _coded_addresses(value)
    room, words = len(name) + 1, coded.split(" ")
    out = [name + b":"]
    for word in words:
        folds = room + 1 + len(word) > _WIDEST and word and len(out) > 1
        out.append((line_end + b" " if folds else b" ") + word.encode("utf-8", "replace"))
        room = (0 if folds else room) + 1 + len(word)
    return b"".join(out) + line_end


def _line_end(root: Part) -> bytes:
    return b"\r\n" if b"\r\n" in root.data[: root.body] or b"\n" not in root.data else b"\n"


def _coded(value: str) -> str:
    """A header's words; RFC 2047 words in UTF-8 as soon as one character is not ASCII."""
    return value if value.isascii() and value.isprintable() and "=?" not in value else _encoded_words(value)


def _encoded_words(value: str) -> str:
    """Encoded words of at most 75 characters, cut between characters."""
    words, held = [], b""
    for char in value:
        more = char.encode("utf-8", "replace")
        if len(held) + len(more) > 45:
            words.append(held)
            held = b""
        held += more
    words.append(held)
    return " ".join(f"=?utf-8?B?{b64encode(word).decode()}?=" for word in words)


def _coded_addresses(value: str) -> str:
    return "".join(_coded_piece(piece) for piece in _PIECES.findall(value))


def _coded_piece(piece: str) -> str:
    if piece.isascii() or piece[0] == "<":
        return piece
    if piece[0] == '"':
        return _encoded_words(re.sub(r"\\(.)", r"\1", piece[1:-1]))
    words = piece.strip()
    before, _, behind = piece.partition(words)
    return before + (words if "@" in words else _encoded_words(words)) + behind


def _spliced(data: bytes, changes: Sequence[Change]) -> bytes:
    for change in sorted(changes, key=lambda c: (c.start, c.end), reverse=True):
        data = data[: change.start] + change.new + data[change.end :]
    return data

"""A draft JSON, as the add-ins and the rule examples send it, to a Message."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from checker.addresses import read_list
from checker.body import MOST_SUBJECT, read_body
from checker.fields import MOST_HEADERS
from checker.message import Address, Attachment, Defect, DraftError, Message, Reply
from checker.text import Text, literal

_KEYS = frozenset(
    "from to cc bcc reply_to subject html text date language attachments reply override".split()  # noqa: SIM905
)
_ATTACHMENT_KEYS = frozenset("name size type inline content link".split())  # noqa: SIM905
_REPLY_KEYS = frozenset("message_id subject from to cc date references".split())  # noqa: SIM905
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$")
_LONE = re.compile("[\ud800-\udfff]")
_MOST = 10_000  # entries of a list: more is no mail

T = TypeVar("T")


def from_draft(draft: Mapping[str, Any]) -> Message:
    """The Message of a draft object; every key may be absent. Raises DraftError, which holds no value of the draft."""
    _known(draft, _KEYS, "")
    headers: dict[str, tuple[Text, tuple[Address, ...]]] = {
        "from": read_list("from", _short("from", (sender,)) if (sender := _string(draft, "from")) else ())
    }
    for key in ("to", "cc", "bcc", "reply_to"):
        headers[key] = read_list(key, _strings(draft, key))
    subject = _string(draft, "subject")
    body = read_body(_optional(draft, "html"), _optional(draft, "text"))
    return Message(
        sender=next(iter(headers["from"][1]), None),
        to=headers["to"][1],
        cc=headers["cc"][1],
        bcc=headers["bcc"][1],
        reply_to=headers["reply_to"][1],
        subject=literal("subject", subject[:MOST_SUBJECT]),
        body=body.text,
        alternative=body.alternative,
        zones=body.zones,
        attachments=_attachments(draft),
        date=_moment(draft, "date"),
        language=_language(draft),
        reply=_reply(draft),
        headers=tuple(text for text, _ in headers.values()),
        override=_optional(draft, "override"),
        defects=(*body.defects, *([Defect("subject-cut")] if len(subject) > MOST_SUBJECT else ())),
        hidden=body.hidden,
    )


def _attachments(draft: Mapping[str, Any]) -> tuple[Attachment, ...]:
    return tuple(_attachment(one, i) for i, one in enumerate(_list(draft, "attachments", "attachments")))


def _attachment(given: Any, index: int) -> Attachment:
    at = f"attachments[{index}]"
    _known(given, _ATTACHMENT_KEYS, at)
    name, content = _string(given, "name", at), _content(given, at)
    link = _optional(given, "link", at)
    return Attachment(
        index=index,
        name=literal("attachment", name, attachment=index, name=name),
        size=len(content) if content is not None else _size(given, at),
        type=_optional(given, "type", at),
        inline=_flag(given, "inline", at),
        content=content,
        link=link,
        nested=(given.get("type") or "").lower() == "message/rfc822",
    )


def _content(given: Mapping[str, Any], at: str) -> bytes | None:
    coded = _optional(given, "content", at)
    if coded is None:
        return None
    try:
        return base64.b64decode("".join(coded.split()), validate=True)
    except (binascii.Error, ValueError):
        raise DraftError(f"{at}.content", "base64 or null") from None


def _size(given: Mapping[str, Any], at: str) -> int:
    """Bytes; -1 where the client does not know."""
    size = given.get("size")
    if size is None:
        return -1
    if isinstance(size, bool) or not isinstance(size, (int, float)) or not abs(size) < 2**53:
        raise DraftError(f"{at}.size", "a number of bytes")
    return max(-1, int(size))


def _reply(draft: Mapping[str, Any]) -> Reply | None:
    given = draft.get("reply")
    if given is None:
        return None
    _known(given, _REPLY_KEYS, "reply")
    return Reply(
        message_id=_optional(given, "message_id", "reply"),
        subject=_string(given, "subject", "reply"),
        sender=_string(given, "from", "reply"),
        to=_strings(given, "to", "reply"),
        cc=_strings(given, "cc", "reply"),
        date=_moment(given, "date", "reply"),
        references=_strings(given, "references", "reply"),
    )


def _language(draft: Mapping[str, Any]) -> str | None:
    language = _optional(draft, "language")
    if language not in ("zh", "en", None):
        raise DraftError("language", "zh, en or null")
    return language


def _moment(given: Mapping[str, Any], key: str, at: str = "") -> datetime | None:
    said = _optional(given, key, at)
    if not said:
        return None
    if not _RFC3339.match(said):
        raise DraftError(_path(at, key), "a moment by RFC 3339 with its zone, as in 2026-03-10T10:00:00+08:00, or null")
    try:
        return datetime.fromisoformat(said.upper())
    except ValueError:
        raise DraftError(_path(at, key), "a moment that exists, or null") from None


def _known(given: Any, keys: frozenset[str], at: str) -> None:
    if not isinstance(given, Mapping):
        raise DraftError(at or "draft", "an object")
    if not keys.issuperset(given):
        raise DraftError(at or "draft", "an unknown key; allowed are " + ", ".join(sorted(keys)))


def _path(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _of(given: Mapping[str, Any], key: str, at: str, is_right: Callable[[Any], bool], wanted: str, default: T) -> T:
    value = given.get(key)
    if value is None:
        return default
    if not is_right(value):
        raise DraftError(_path(at, key), wanted)
    return value  # type: ignore[no-any-return]


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _string(given: Mapping[str, Any], key: str, at: str = "") -> str:
    return _whole(_of(given, key, at, _is_string, "a string", ""))


def _optional(given: Mapping[str, Any], key: str, at: str = "") -> str | None:
    return _of(given, key, at, _is_string, "a string or null", None)


def _flag(given: Mapping[str, Any], key: str, at: str) -> bool:
    return _of(given, key, at, lambda value: isinstance(value, bool), "true or false", False)


def _list(given: Mapping[str, Any], key: str, path: str) -> Sequence[Any]:
    value: Sequence[Any] = _of(given, key, "", lambda v: isinstance(v, (list, tuple)), "a list", ())
    if len(value) > _MOST:
        raise DraftError(path, f"a list of at most {_MOST} entries")
    return value


def _strings(given: Mapping[str, Any], key: str, at: str = "") -> tuple[str, ...]:
    path = _path(at, key)
    if isinstance(given.get(key), str):
        raise DraftError(path, "a list of strings")
    values = _list(given, key, path)
    for i, value in enumerate(values):
        if not isinstance(value, str):
            raise DraftError(f"{path}[{i}]", "a string")
    return _short(path, tuple(map(_whole, values)))


def _short(path: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values, if they are no longer than all headers of a mail may be."""
    if sum(map(len, values)) > MOST_HEADERS:
        raise DraftError(path, f"at most {MOST_HEADERS} characters in all")
    return values


def _whole(value: str) -> str:
    """The words without lone surrogates (JSON may hold them, UTF-8 may not); every offset stays."""
    return _LONE.sub("\ufffd", value)

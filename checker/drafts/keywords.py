"""The verdict on a draft as an IMAP keyword, which mail programs show as a label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checker.rule import Verdict

OF_VERDICT: Mapping[Verdict, bytes] = {
    "allow": b"$PresendAllow",
    "confirm": b"$PresendConfirm",
    "block": b"$PresendBlock",
}
REPLY = b"$PresendReply"  # on what presend wrote itself
_ALL = (*OF_VERDICT.values(), REPLY)


def kept(selected: Mapping[bytes, Any]) -> bool:
    r"""Whether a folder keeps the keywords. selected: the answer to SELECT (RFC 3501: without PERMANENTFLAGS, all)."""
    lasting: Iterable[bytes] | None = selected.get(b"PERMANENTFLAGS")
    if lasting is None:
        return True
    there = {flag.lower() for flag in lasting}
    return b"\\*" in there or all(keyword.lower() in there for keyword in _ALL)


def mark(client: Any, uid: int, keyword: bytes) -> None:
    """Give a mail that keyword and none of the others, at no moment two; every other flag stays."""
    client.remove_flags([uid], [other for other in _ALL if other != keyword], silent=True)
    client.add_flags([uid], [keyword], silent=True)


def unmarked(client: Any) -> set[int]:
    """The mails of the selected folder that have none of the keywords, but for deleted ones."""
    return set(client.search(["UNDELETED", *(word for keyword in _ALL for word in ("UNKEYWORD", keyword))]))

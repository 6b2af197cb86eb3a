"""Our replies in a watched folder: each goes when its draft goes, so that they do not pile up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from checker.drafts import keywords
from checker.drafts.reply import Draft, answered

HEADER = "BODY.PEEK[HEADER.FIELDS (X-PRESEND)]"


@dataclass
class Replies:
    """Which draft each of our replies is about, by UID. Nothing that is not here is ever deleted."""

    of: dict[int, int] = field(default_factory=dict)

    def find(self, client: Any, validity: int, *, labels: bool) -> None:
        """Those that earlier runs left in the selected folder. labels: they can be known by their keyword."""
        criteria = ["KEYWORD", keywords.REPLY] if labels else ["HEADER", "X-Presend", "findings"]
        self.of = {}
        found = client.search(criteria)
        for uid, about in client.fetch(found, [HEADER]).items() if found else ():
            draft = answered(about)
            if draft:
                self.add(uid, draft, validity)

    def add(self, uid: int, draft: Draft, validity: int) -> None:
        """A reply that is there. A draft of another UIDVALIDITY cannot be found again: it counts as gone."""
        self.of[uid] = draft.uid if draft.validity == validity else 0

    def sweep(self, client: Any) -> None:
        """Delete those whose draft is gone: saved anew, sent or thrown away. Only they are expunged (RFC 4315);
        where a server cannot do that, they stay marked as deleted."""
        if not self.of:
            return
        there = set(client.search("UNDELETED"))
        stale = [uid for uid, draft in self.of.items() if draft not in there]
        for uid in stale:
            del self.of[uid]  # tried once, whatever the server says
        if stale:
            client.add_flags(stale, [b"\\Deleted"], silent=True)
        if stale and client.has_capability("UIDPLUS"):
            client.expunge(stale)

"""A drafts folder on an IMAP server, watched: each new draft is checked and labelled; nothing of it is changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from checker.drafts import keywords
from checker.drafts.reply import is_reply, reply_to
from checker.drafts.tidings import await_change
from checker.engine import check
from checker.imap_client import user_of
from checker.mime import from_eml
from checker.rule import Report
from checker.setup import Setup

LARGEST = 100 * 1024 * 1024  # bytes of a draft; no server sends more
_HEADER = "BODY.PEEK[HEADER.FIELDS (X-PRESEND)]"


class Watched(NamedTuple):
    """A folder on a server and how it is watched. poll: look every poll_seconds even where the server tells changes."""

    server: str
    folder: str
    reply: bool
    language: str | None
    poll: bool
    poll_seconds: float
    renew_seconds: float

    @property
    def uri(self) -> str:
        """Server and folder."""
        return f"{self.server}/{self.folder}"


class Say(NamedTuple):
    """What is told, never with a word of a mail."""

    ready: Callable[[str], None]  # the folder is being watched
    checked: Callable[[str, Report | None], None]  # a draft; None: it could not be read
    trouble: Callable[[str], None]


@dataclass
class Seen:
    """What is known of a folder as long as it is watched, over all connections. A UID is good for one UIDVALIDITY."""

    validity: int | None = None
    first: int = 1  # drafts from this UID on came while the folder was watched
    done: set[int] = field(default_factory=set)
    labels: bool = True  # the server keeps keywords
    replies: set[bytes] = field(default_factory=set)  # what was replied: a draft saved again is not told the same again


@dataclass(frozen=True)
class Session:
    """One connection to a watched folder. Its methods raise what the client raises when the connection goes."""

    client: Any
    watched: Watched
    seen: Seen
    setup: Setup
    say: Say

    def select(self) -> None:
        """Open the folder; what is there already is known by its keyword, or, where none is kept, left alone."""
        selected = self.client.select_folder(self.watched.folder)
        validity = int(selected.get(b"UIDVALIDITY", 0))
        if self.seen.validity == validity:
            return
        self.seen.validity, self.seen.done = validity, set()
        there = self.client.search("ALL")
        self.seen.first = max(there, default=0) + 1
        self.seen.labels = keywords.kept(selected)
        if not self.seen.labels:
            self.say.trouble(f"{self.watched.uri}: the server keeps no keywords, so drafts get no label")

    def watch(self, stop: threading.Event) -> None:
        """Check what comes until stop is set."""
        while not stop.is_set():
            self._told()
            for uid in self._new():
                if stop.is_set():
                    return
                self._check(uid)
                self.seen.done.add(uid)
            if not self._told():
                await_change(self.client, self.watched, stop)

    def _told(self) -> bool:
        """Whether a new mail was told of since this was last asked. IDLE repeats nothing that another answer told."""
        return bool(self.client._imap.response("EXISTS")[1] != [None])  # IMAPClient keeps it to itself

    def _new(self) -> list[int]:
        """A program that saves a draft anew may copy its keywords: what comes while we watch is new whatever it has."""
        first = self.seen.first
        found = {uid for uid in self.client.search(["UID", f"{first}:*"]) if uid >= first}
        if self.seen.labels:
            found |= keywords.unmarked(self.client)
        return sorted(found - self.seen.done)

    def _check(self, uid: int) -> None:
        about = self.client.fetch([uid], ["RFC822.SIZE", _HEADER]).get(uid)
        if about is None:  # gone again
            return
        if is_reply(about):
            self._mark(uid, keywords.REPLY)
            return
        content = self._content(uid) if about.get(b"RFC822.SIZE", 0) <= LARGEST else None
        report = content and _report(self.setup, content)
        self.say.checked(f"{self.watched.uri};UID={uid}", report or None)
        if content and report:
            self._mark(uid, keywords.OF_VERDICT[report.verdict])
            self._reply(uid, content, report)

    def _content(self, uid: int) -> bytes | None:
        found: bytes | None = self.client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]")
        return found

    def _mark(self, uid: int, keyword: bytes) -> None:
        if self.seen.labels:
            keywords.mark(self.client, uid, keyword)

    def _reply(self, uid: int, content: bytes, report: Report) -> None:
        """Findings as a mail beside the draft, once for the same findings; for drafts that were there before, none."""
        if not self.watched.reply or uid < self.seen.first or report.verdict == "allow":
            return
        reply = reply_to(content, report, self.setup, user_of(self.watched.server), self.watched.language)
        if reply.words in self.seen.replies:
            return
        self.seen.replies.add(reply.words)
        flags = [keywords.REPLY] if self.seen.labels else []
        self.client.append(self.watched.folder, reply.mail, flags)


def _report(setup: Setup, content: bytes) -> Report | None:
    """None: it cannot be checked; whatever fails on one draft, the next ones are watched."""
    try:
        return check(from_eml(content), setup.ruleset, setup.company, now=datetime.now().astimezone())
    except Exception:  # its text may quote the mail
        return None

"""A drafts folder on an IMAP server, watched: each new draft is checked and labelled; nothing of it is changed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from checker.current_setup import CurrentSetup
from checker.drafts import keywords
from checker.drafts.replies import HEADER, Replies
from checker.drafts.reply import Draft, answered, reply_to
from checker.drafts.tidings import await_change, told
from checker.engine import check
from checker.imap_client import user_of
from checker.mime import from_eml
from checker.rule import Report
from checker.setup import Setup

LARGEST = 100 * 1024 * 1024  # bytes of a draft; no server sends more
_TRIES = 3  # a draft at which the connection breaks every time is left alone after so many


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
    tries: Counter[int] = field(default_factory=Counter)
    labels: bool = True  # the server keeps keywords
    replies: Replies = field(default_factory=Replies)


@dataclass(frozen=True)
class Session:
    """One connection to a watched folder. Its methods raise what the client raises when the connection goes."""

    client: Any
    watched: Watched
    seen: Seen
    current: CurrentSetup
    say: Say

    def select(self) -> None:
        """Open the folder; what is there already is known by its keyword, or, where none is kept, left alone."""
        selected = self.client.select_folder(self.watched.folder)
        validity = int(selected.get(b"UIDVALIDITY", 0))
        if self.seen.validity == validity:
            return
        self.seen.validity, self.seen.done, self.seen.tries = validity, set(), Counter()
        self.seen.first = max(self.client.search("ALL"), default=0) + 1
        self.seen.labels = keywords.kept(selected)
        if self.watched.reply:
            self.seen.replies.find(self.client, validity, labels=self.seen.labels)
        if not self.seen.labels:
            self.say.trouble(f"{self.watched.uri}: the server keeps no keywords, so drafts get no label")

    def watch(self, stop: threading.Event) -> None:
        """Check what comes until stop is set."""
        while not stop.is_set():
            told(self.client)
            for uid in self._new():
                if stop.is_set():
                    return
                self.seen.tries[uid] += 1
                self._check(uid)
                self.seen.done.add(uid)
            self.seen.replies.sweep(self.client)
            if not told(self.client):
                await_change(self.client, self.watched, stop)

    def _new(self) -> list[int]:
        """A program that saves a draft anew may copy its keywords: what comes while we watch is new whatever it has."""
        first = self.seen.first
        found = {uid for uid in self.client.search(["UNDELETED", "UID", f"{first}:*"]) if uid >= first}
        if self.seen.labels:
            found |= keywords.unmarked(self.client)
        return sorted(uid for uid in found - self.seen.done if self.seen.tries[uid] < _TRIES)

    def _check(self, uid: int) -> None:
        about = self.client.fetch([uid], ["RFC822.SIZE", HEADER]).get(uid)
        if about is None:  # gone again
            return
        draft = answered(about)
        if draft:  # no draft, but a reply of ours
            self._keep_reply(uid, draft)
            return
        content = self._content(uid) if about.get(b"RFC822.SIZE", 0) <= LARGEST else None
        setup = self.current.now()
        report = _report(setup, content) if content else None
        self.say.checked(f"{self.watched.uri};UID={uid}", report)
        if content and report:
            self._mark(uid, keywords.OF_VERDICT[report.verdict])
            self.seen.done.add(uid)  # also where the reply is refused, as by a full mailbox
            self._reply(uid, content, report, setup)

    def _content(self, uid: int) -> bytes | None:
        found: bytes | None = self.client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]")
        return found

    def _mark(self, uid: int, keyword: bytes) -> None:
        if self.seen.labels:
            keywords.mark(self.client, uid, keyword)

    def _reply(self, uid: int, content: bytes, report: Report, setup: Setup) -> None:
        """Findings as a mail beside the draft; none for drafts that were there before the start."""
        if not self.watched.reply or uid < self.seen.first or report.verdict == "allow":
            return
        draft, user = Draft(self.seen.validity or 0, uid), user_of(self.watched.server)
        reply = reply_to(draft, content, report, setup, user, self.watched.language)
        self.client.append(self.watched.folder, reply, [keywords.REPLY] if self.seen.labels else [])

    def _keep_reply(self, uid: int, draft: Draft) -> None:
        self._mark(uid, keywords.REPLY)
        if self.watched.reply:
            self.seen.replies.add(uid, draft, self.seen.validity or 0)


def _report(setup: Setup, content: bytes) -> Report | None:
    """None: it cannot be checked; whatever fails on one draft, the next ones are watched."""
    try:
        return check(from_eml(content), setup.ruleset, setup.company, now=datetime.now().astimezone())
    except Exception:  # its text may quote the mail
        return None

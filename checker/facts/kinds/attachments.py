"""The shapes of the facts about what comes with the text: attachments, links, tables."""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading import Place


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """An attachment. place: its name."""

    place: Place
    name: str
    megabytes: float
    inline: bool
    link: bool
    readable: bool
    problem: str | None  # empty truncated password mismatch
    actual: str | None  # what a mismatched file really is
    risky: str | None  # executable macro script double_extension
    evidence: bool  # can prove something: screenshot, sheet, pdf, photo


@dataclass(frozen=True, slots=True, repr=False)
class Files:
    """All attachments together."""

    place: Place  # the largest one's name, or the subject
    count: float  # without inline pictures of the signature
    megabytes: float  # as sent, together
    present: bool  # an attachment, an inline picture or a cloud link


@dataclass(frozen=True, slots=True, repr=False)
class Mention:
    """The own text speaks of an attachment."""

    place: Place
    promised: bool  # it should be with this mail (not 稍后发, not theirs, not the earlier mail's)


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """A link in own text."""

    place: Place
    url: str
    cloud: bool  # a shared file (OneDrive, Google Drive, 腾讯文档, 飞书, 百度网盘 …)


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A table in own text or an attached sheet."""

    place: Place
    rows: float
    columns: float

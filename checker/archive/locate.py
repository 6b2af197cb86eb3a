"""What a user names as a SOURCE -> the sources that it is: files, folders, Maildirs, URLs, mailboxes on a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import fsspec

from checker.archive.filelist import FileList, MailFile
from checker.archive.imap import mailboxes
from checker.archive.ingested import Ingested
from checker.archive.mboxfile import MboxFile
from checker.archive.packed import TAR, ZIP, Packed
from checker.archive.pst import Pst
from checker.archive.raw import Source, SourceError

_MAIL = (".eml", ".msg")
_MBOX = (".mbox", ".mbx")
_OTHERS = (*_MBOX, *ZIP, *TAR, ".pst", ".parquet")
_MAILDIR = ("cur", "new")


def locate(given: Iterable[str]) -> list[Source]:
    """The sources of what was given, in order, folders sorted. Raises SourceError: nothing there, or no mail."""
    return [source for one in given for source in _located(one)]


def _located(uri: str) -> list[Source]:
    if uri.startswith(("imap://", "imaps://")):
        return list(mailboxes(uri))
    system, path = _system(uri)
    try:
        entries = _entries(system, path)
    except OSError as error:
        reason = "no such file or folder" if isinstance(error, FileNotFoundError) else type(error).__name__
        raise SourceError(uri, reason) from None
    found = list(_sources(uri, system, entries))
    if not found:
        raise SourceError(uri, f"no mails in it; looked for {', '.join((*_MAIL, *_OTHERS))}, Maildir and mbox files")
    return found


def _system(uri: str) -> tuple[Any, str]:
    try:
        system, path = fsspec.core.url_to_fs(uri)
    except (ValueError, ImportError) as error:
        raise SourceError(uri, str(error).splitlines()[0]) from None
    return system, str(path)


def _entries(system: Any, path: str) -> list[MailFile]:
    """The file, or all files below the folder, sorted by path; hidden ones stay out but for Maildir's folders."""
    info = system.info(path)
    if info["type"] == "directory":
        found = system.find(path, detail=True).values()
        kept = [one for one in found if _visible(one["name"][len(path) :])]
        return sorted(_entry(one) for one in kept)
    return [_entry(info)]


def _visible(below: str) -> bool:
    *folders, name = below.strip("/").split("/")
    return not name.startswith(".") and all(f not in ("tmp", ".git") or "cur" in folders for f in folders)


def _entry(info: dict[str, Any]) -> MailFile:
    changed = next(
        (str(info[k]) for k in ("mtime", "ETag", "LastModified", "last_modified", "created") if k in info), ""
    )
    return MailFile(info["name"], int(info.get("size") or 0), changed)


def _sources(uri: str, system: Any, entries: list[MailFile]) -> Iterator[Source]:
    """The single mails as one source, and every other file as one of its own."""
    single = tuple(entry for entry in entries if _is_mail(entry.path))
    if single:
        yield FileList(uri, system, single)
    for entry in entries:
        if not _is_mail(entry.path) and (source := _file(system, entry, alone=len(entries) == 1)):
            yield source


def _is_mail(path: str) -> bool:
    folder = path.rsplit("/", 2)[-2] if path.count("/") > 1 else ""
    return path.lower().endswith(_MAIL) or folder in _MAILDIR


def _file(system: Any, entry: MailFile, *, alone: bool) -> Source | None:
    """The source of one file, by its name; a file without a telling name by its first bytes."""
    path, size, changed = entry
    lower, stamp = path.lower(), f"{size} {changed}"
    uri = system.unstrip_protocol(path) if system.protocol not in ("file", ("file", "local")) else path
    if lower.endswith((*ZIP, *TAR)):
        return Packed(uri, system, path, stamp)
    if lower.endswith(".pst"):
        return Pst(uri, path, stamp)
    if lower.endswith(".parquet"):
        return Ingested(uri, system, path, size, stamp)
    if lower.endswith(_MBOX) or _starts_as_mbox(system, path):
        return MboxFile(uri, system, path, size, stamp)
    return FileList(uri, system, (entry,)) if alone else None


def _starts_as_mbox(system: Any, path: str) -> bool:
    """Thunderbird's and Unix's mailboxes have no suffix."""
    if "." in path.rsplit("/", 1)[-1]:
        return False
    with system.open(path, "rb") as file:
        return bool(file.read(5) == b"From ")

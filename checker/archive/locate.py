"""What a user names as a SOURCE -> the sources that it is: files, folders, Maildirs, URLs, mailboxes on a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import fsspec

from checker.archive.filelist import FileList, is_local
from checker.archive.imap import mailboxes
from checker.archive.ingested import Ingested
from checker.archive.listing import Listing, MailFile, files_below
from checker.archive.mboxfile import MboxFile
from checker.archive.packed import TAR, ZIP, Packed
from checker.archive.pst import Pst
from checker.archive.raw import Source, SourceError, why

_MAIL = (".eml", ".msg")
_MBOX = (".mbox", ".mbx")
_OTHERS = (*_MBOX, *ZIP, *TAR, ".pst", ".parquet")
_MAILDIR = ("cur", "new")
_SETTINGS = "fsspec's settings (~/.config/fsspec/conf.json, or FSSPEC_… in the environment)"


def locate(given: Iterable[str]) -> list[Source]:
    """The sources of what was given, in order, folders sorted. Raises SourceError: nothing there, or no mail."""
    return [source for one in given for source in _located(one)]


def _located(uri: str) -> list[Source]:
    if uri.startswith(("imap://", "imaps://")):
        return list(mailboxes(uri))
    try:
        refuse_secrets(uri)
        system, path = fsspec.core.url_to_fs(uri)
        found = list(_sources(uri, system, Listing(_files(system, str(path)))))
    except SourceError:
        raise
    except Exception as error:  # each file system has errors of its own
        raise SourceError(uri, _reason(error)) from None
    if not found:
        raise SourceError(uri, f"no mails in it; looked for {', '.join((*_MAIL, *_OTHERS))}, Maildir and mbox files")
    return found


def refuse_secrets(uri: str) -> None:
    """Refuse a URL that holds a password or a token: where a mail is stands in every result. Raises SourceError."""
    for link in uri.split("::"):  # fsspec chains them: zip://a.mbox::https://host/all.zip
        parts = urlsplit(link)
        hidden = f"{parts.scheme}://…"
        if "@" in parts.netloc and ":" in parts.netloc.rpartition("@")[0]:
            raise SourceError(
                hidden, f"a password does not belong in a URL; put it into fsspec's settings ({_SETTINGS})"
            )
        if parts.scheme in ("http", "https") and parts.query:
            raise SourceError(hidden, "what stands behind the ? may be a token; download the file and name it instead")


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, (ValueError, ImportError)):  # of fsspec: a protocol that it does not know, a missing package
        return (str(error).splitlines() or [type(error).__name__])[0]
    return f"cannot be reached ({why(error)})"


def _files(system: Any, path: str) -> Iterator[MailFile]:
    """The file, or all files below the folder, in any order; hidden ones stay out but for Maildir's folders."""
    info = system.info(path)
    if info["type"] != "directory":
        yield _entry(info)
        return
    found = files_below(path) if is_local(system) else _stored_below(system, path)
    yield from (one for one in found if _visible(one.path[len(path) :]))


def _stored_below(system: Any, path: str) -> Iterator[MailFile]:
    yield from map(_entry, system.find(path, detail=True).values())
    system.invalidate_cache()  # else some keep what they listed, a kilobyte a file


def _visible(below: str) -> bool:
    *folders, name = below.strip("/").split("/")
    return not name.startswith(".") and all(f not in ("tmp", ".git") or "cur" in folders for f in folders)


def _entry(info: dict[str, Any]) -> MailFile:
    changed = next(
        (str(info[k]) for k in ("mtime", "ETag", "LastModified", "last_modified", "created") if k in info), ""
    )
    return MailFile(info["name"], int(info.get("size") or 0), changed)


def _sources(uri: str, system: Any, files: Listing) -> Iterator[Source]:
    """The single mails as one source, and every other file as one of its own."""
    single = Listing(file for file in files.after() if _is_mail(file.path))
    if single.count:
        yield FileList(uri, system, single)
    for file in files.after():
        if not _is_mail(file.path) and (source := _file(system, file, alone=files.count == 1)):
            yield source


def _is_mail(path: str) -> bool:
    folder = path.rsplit("/", 2)[-2] if path.count("/") > 1 else ""
    return path.lower().endswith(_MAIL) or folder in _MAILDIR


def _file(system: Any, file: MailFile, *, alone: bool) -> Source | None:
    """The source of one file, by its name; a file without a telling name by its first bytes."""
    path, size, changed = file
    lower, stamp = path.lower(), f"{size} {changed}"
    uri = path if is_local(system) else system.unstrip_protocol(path)
    if lower.endswith((*ZIP, *TAR)):
        return Packed(uri, system, path, stamp)
    if lower.endswith(".pst"):
        return Pst(uri, system, path, stamp)
    if lower.endswith(".parquet"):
        return Ingested(uri, system, path, size, stamp)
    if lower.endswith(_MBOX) or _starts_as_mbox(system, path):
        return MboxFile(uri, system, path, size, stamp)
    return FileList(uri, system, Listing([file])) if alone else None


def _starts_as_mbox(system: Any, path: str) -> bool:
    """Thunderbird's and Unix's mailboxes have no suffix."""
    if "." in path.rsplit("/", 1)[-1]:
        return False
    try:
        with system.open(path, "rb") as file:
            return bool(file.read(5) == b"From ")
    except FileNotFoundError:  # a link to nothing, as mail programs leave them beside their mailboxes for locks
        return False

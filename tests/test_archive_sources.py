"""Where mails come from: every kind of source gives the same mails, says what it cannot read, and changes nothing."""

import gzip
import io
import mailbox
import tarfile
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import fsspec
import pytest
from archives import folder_of, letters, mbox_of
from mailservers import needs

from checker.archive.ingest import ingest
from checker.archive.locate import locate
from checker.archive.raw import SourceError

MAILS = letters(3, 3)
OUTLOOK = Path(__file__).parent / "outlook"


def read(*given):
    return [(raw.content, raw.problem) for source in locate(map(str, given)) for raw in source.mails(0)]


def lines(content):
    """Line ends are the container's business."""
    return content.replace(b"\r\n", b"\n").rstrip(b"\n")


def as_folder(place):
    return folder_of(place / "mails", MAILS)


def as_mbox(place):
    return mbox_of(place / "all.mbox", MAILS)


def as_bare_mbox(place):
    return mbox_of(place / "Inbox", MAILS)


def as_maildir(place):
    box = mailbox.Maildir(place / "Maildir")
    for number, content in enumerate(MAILS):
        (place / "Maildir" / "cur" / f"{number:03d}.host:2,S").write_bytes(content)
    box.close()
    return place / "Maildir"


def as_zip(place):
    with zipfile.ZipFile(place / "mails.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number, content in enumerate(MAILS):
            packed.writestr(f"in/{number:03d}.eml", content)
        packed.writestr("in/readme.txt", "no mail")
    return place / "mails.zip"


def as_tar(place):
    with tarfile.open(place / "mails.tar.gz", "w:gz") as packed:
        for number, content in enumerate(MAILS):
            info = tarfile.TarInfo(f"{number:03d}.eml")
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
    return place / "mails.tar.gz"


def as_tar_of_mbox(place):
    with tarfile.open(place / "box.tar", "w") as packed:
        packed.add(as_mbox(place), "old/all.mbox")
    (place / "all.mbox").unlink()
    return place / "box.tar"


def as_parquet(place):
    ingest(locate([str(as_folder(place))]), place / "parquet")
    return place / "parquet"


KINDS = [as_folder, as_mbox, as_bare_mbox, as_maildir, as_zip, as_tar, as_tar_of_mbox, as_parquet]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_every_mail_in_order(kind, tmp_path):
    source = kind(tmp_path)
    assert [(lines(content), problem) for content, problem in read(source)] == [(lines(m), "") for m in MAILS]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_goes_on_from_every_position(kind, tmp_path):
    (source,) = locate([str(kind(tmp_path))])
    whole = list(source.mails(0))
    for number, raw in enumerate(whole):
        assert list(source.mails(raw.position)) == whole[number:]
        assert list(source.mails(raw.after)) == whole[number + 1 :]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_changed_in_a_source(kind, tmp_path):
    def state():
        return {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.rglob("*") if p.is_file()}

    source = kind(tmp_path)
    before = state()
    read(source)
    assert state() == before


def test_a_folder_of_many_kinds_is_read_whole(tmp_path):
    as_folder(tmp_path)
    as_mbox(tmp_path)
    as_zip(tmp_path)
    (tmp_path / "notes.txt").write_text("no mail")
    (tmp_path / ".hidden.eml").write_bytes(MAILS[0])
    assert len(read(tmp_path)) == 3 * len(MAILS)


def test_mails_in_memory_or_a_bucket_are_read_through_fsspec():
    system = fsspec.filesystem("memory")
    for number, content in enumerate(MAILS):
        system.pipe(f"/bucket/{number:03d}.eml", content)
    assert [content for content, _ in read("memory://bucket")] == MAILS


def test_an_empty_file_and_a_large_one_are_told(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"\n")
    (tmp_path / "b.eml").write_bytes(MAILS[0])
    with (tmp_path / "c.eml").open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    assert [problem for _, problem in read(tmp_path)] == ["empty", "", "larger than 100 MB"]


def test_a_msg_file_that_is_none_is_told(tmp_path):
    (tmp_path / "a.msg").write_bytes(b"not an OLE file")
    ((content, problem),) = read(tmp_path)
    assert content == b""
    assert problem.startswith("not a readable .msg file")


@pytest.mark.parametrize(
    ("name", "headers", "words", "attached"),
    [
        (
            "plain",
            {
                "From": "Jukka Zitting <jukka.zitting@gmail.com>",
                "To": '"tika-dev@lucene.apache.org" <tika-dev@lucene.apache.org>',
                "Subject": "MIME registry use cases",
                "Date": "Thu, 29 Jan 2009 19:16:40 +0000",
                "Message-ID": "<510143ac0901291116s5f368dfby9d6423ce61acc36a@mail.gmail.com>",
            },
            "making the type detection code more",
            [],
        ),
        (
            "big5",
            {"Subject": "Alfresco MSG format testing ( MSG 格式測試 )", "Date": "Tue, 29 Mar 2011 08:52:48 +0000"},
            "( MSG 格式測試 ) 中文測試",
            [],
        ),
        (
            "attachments",
            {"To": "\"'nicolas1.23456@free.fr'\" <nicolas1.23456@free.fr>", "Subject": "test pièce jointe 1"},
            "contenu",
            ["test-unicode.doc", "pj1.txt"],
        ),
    ],
)
def test_a_msg_file_of_outlook_is_read(name, headers, words, attached, tmp_path):
    (tmp_path / "a.msg").write_bytes(gzip.decompress((OUTLOOK / f"{name}.msg.gz").read_bytes()))
    ((content, problem),) = read(tmp_path)
    assert problem == ""
    mail = message_from_bytes(content, policy=policy.default)
    assert {header: mail[header] for header in headers} == headers
    assert words in mail.get_body(("plain",)).get_content()
    files = list(mail.iter_attachments())
    assert [part.get_filename() for part in files] == attached
    assert all(part.get_payload(decode=True) for part in files)


def test_a_mail_within_a_msg_file_is_attached():
    """A real mail, put where Outlook puts an attached one: without the eight bytes that files have before properties."""
    from dataclasses import replace

    from oxmsg import Message
    from oxmsg.storage import Storage, Stream

    from checker.archive.msg import _mail

    def inside(storage, properties):
        streams = (s for s in storage.streams if s.name != "__properties_version1.0")
        path = f"{storage.path}/__properties_version1.0"
        return replace(storage, streams=(*streams, Stream(path, properties)))

    outer, inner = (
        Message.load(gzip.decompress((OUTLOOK / f"{name}.msg.gz").read_bytes()))._storage
        for name in ("attachments", "plain")
    )
    data = inner.properties_stream_bytes
    embedded = replace(inside(inner, data[:24] + data[32:]), path="__attach_version1.0_#00000002/__substg1.0_3701000D")

    def attached_to_outer(storage):
        kept = inside(Storage("__attach_version1.0_#00000002", (), (storage,)), bytes(8))
        mail = _mail(Message(replace(outer, storages=(*outer.storages, kept))))
        return list(message_from_bytes(mail.as_bytes(), policy=policy.default).iter_attachments())

    *files, attached = attached_to_outer(embedded)
    assert [part.get_filename() for part in files] == ["test-unicode.doc", "pj1.txt"]
    assert attached.get_content_type() == "message/rfc822"
    assert attached.get_content()["Subject"] == "MIME registry use cases"
    assert "making the type detection code more" in attached.get_content().get_body(("plain",)).get_content()
    *files, broken = attached_to_outer(replace(embedded, streams=()))
    assert len(files) == 2
    assert (broken.get_content_type(), broken.get_content()) == ("application/vnd.ms-outlook", b"")


def test_narrow_strings_are_read_as_windows_means_them():
    """GB 2312 is what Outlook says and GBK is what it writes; recipients do not say it again."""
    from types import SimpleNamespace

    from checker.archive.msg import _charset, _text

    def narrow(data):
        storage = SimpleNamespace(property_stream_bytes=lambda tag, kind: data)
        kept = {(0x0037, 0x001E): SimpleNamespace(_storage=storage)}
        return SimpleNamespace(_get_property=lambda tag, kind: kept.get((tag, kind)), int_prop_value=lambda tag: 936)

    told = "朱镕基：请尽快处理"
    with pytest.raises(UnicodeEncodeError):
        told.encode("gb2312")
    properties = narrow(told.encode("gbk") + b"\0")
    assert _text(properties, 0x0C1A, 0x0037, charset=_charset(properties)) == told


def test_a_protected_zip_names_its_mails(tmp_path):
    plain = as_zip(tmp_path)
    data = bytearray(plain.read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:  # the flag of encryption in every central entry
        data[at + 8] |= 1
        at += 4
    plain.write_bytes(data)
    found = read(plain)
    assert len(found) == len(MAILS) + 1
    assert {problem for _, problem in found} == {"protected by a password"}


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_an_archive_that_is_cut_off_gives_what_it_holds_and_then_says_so(cut, tmp_path):
    packed = as_tar(tmp_path)
    packed.write_bytes(packed.read_bytes()[: int(packed.stat().st_size * cut)])
    (source,) = locate([str(packed)])
    with pytest.raises(SourceError, match="cannot be unpacked further"):
        list(source.mails(0))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("nowhere", "no such file or folder"),
        ("empty", "no mails in it; looked for .eml"),
        ("imap://a@mail.example.com/INBOX", "write imaps://"),
        ("nothing://x", "nothing"),
    ],
)
def test_what_cannot_be_read_is_told_at_once(given, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=told):
        locate([given])


def test_a_pst_without_readpst_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "a.pst").write_bytes(b"!BDN")
    (source,) = locate([str(tmp_path)])
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SourceError, match="install pst-utils"):
        list(source.mails(0))


def test_a_broken_pst_is_told_by_the_real_readpst(tmp_path):
    needs("readpst")
    (tmp_path / "a.pst").write_bytes(b"!BDN" + b"\0" * 2000)
    (source,) = locate([str(tmp_path)])
    with pytest.raises(SourceError, match="readpst cannot read it"):
        list(source.mails(0))


@pytest.mark.parametrize("stored", ["here", "memory"])
def test_a_pst_of_outlook_is_read_by_the_real_readpst(stored, tmp_path):
    """A file that Outlook wrote (tests/outlook/README.md), on this machine or in a store."""
    needs("readpst")
    content = gzip.decompress((OUTLOOK / "bodies.pst.gz").read_bytes())
    (tmp_path / "a.pst").write_bytes(content)
    fsspec.filesystem("memory").pipe("/outlook/a.pst", content)
    (source,) = locate([str(tmp_path / "a.pst") if stored == "here" else "memory://outlook/a.pst"])
    found = list(source.mails(0))
    mails = [message_from_bytes(raw.content, policy=policy.default) for raw in found]
    assert [raw.name.partition("a.pst/")[2] for raw in found] == [
        f"Outlook Data File/Inbox/tmp/{number}.eml" for number in (1, 2, 3, 4)
    ]
    assert [mail["Subject"] for mail in mails] == ["original email", *["FW: original email"] * 3]
    assert len({mail["Message-ID"] for mail in mails}) == 4
    assert {mail["In-Reply-To"] for mail in mails[1:]} == {mails[0]["Message-ID"]}
    assert ["(html)" in mail.get_body(("plain", "html")).get_content() for mail in mails] == [True] * 4
    assert list(source.mails(2)) == found[2:]


def test_what_readpst_writes_is_read(tmp_path, monkeypatch):
    """A stand-in for the program alone."""
    program = tmp_path / "bin" / "readpst"
    program.parent.mkdir()
    folder = as_folder(tmp_path)
    program.write_text(f'#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\ncp -r {folder} "$2/Inbox"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    (tmp_path / "a.pst").write_bytes(b"!BDN")
    (source,) = locate([str(tmp_path / "a.pst")])
    found = list(source.mails(0))
    assert [raw.content for raw in found] == MAILS
    assert Path(found[0].name).parts[-2:] == ("Inbox", "00000.eml")

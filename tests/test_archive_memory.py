"""Sources of very many mails: what they hold in memory while they are read does not grow with their number."""

import gc
import io
import os
import tarfile
import threading
import tracemalloc
import zipfile

import pytest

from checker.archive.listing import Listing, MailFile
from checker.archive.locate import locate
from checker.archive.raw import SourceError
from checker.archive.zipslices import slices

MAIL = b"From: a@lantu-trade.cn\r\nSubject: %d\r\n\r\nHello.\r\n"
FEW, MANY = 1200, 3000  # more than is held at once of any kind
NOTHING = 20  # bytes a mail; a name alone takes a hundred


def as_folder(place, mails):
    for number in range(mails):
        (place / f"{number:06d}.eml").write_bytes(MAIL % number)
    return place


def as_maildir(place, mails):
    for name in ("cur", "new", "tmp"):
        (place / name).mkdir()
    for number in range(mails):
        (place / "cur" / f"17000{number:06d}.host:2,S").write_bytes(MAIL % number)
    return place


def as_deep_folders(place, mails):
    for number in range(mails):
        folder = place / str(number % 7) / str(number % 700)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.eml").write_bytes(MAIL % number)
    return place


def as_zip(place, mails):
    with zipfile.ZipFile(place / "mails.zip", "w") as packed:
        for number in range(mails):
            packed.writestr(f"in/{number:06d}.eml", MAIL % number)
    return place / "mails.zip"


def as_tar(place, mails):
    with tarfile.open(place / "mails.tar", "w") as packed:
        for number in range(mails):
            content = MAIL % number
            info = tarfile.TarInfo(f"in/{number:06d}.eml")
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
    return place / "mails.tar"


def peak(given, mails):
    """The most bytes that were held while the sources were found and read."""
    tracemalloc.start()
    try:
        (source,) = locate([str(given)])
        assert source.stamp
        assert sum(bool(raw.content) for raw in source.mails(0)) == mails
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", [as_folder, as_maildir, as_deep_folders, as_zip, as_tar])
def test_a_mail_more_costs_no_memory(kind, tmp_path):
    places = {mails: tmp_path / str(mails) for mails in (1, FEW, MANY)}
    for place in places.values():
        place.mkdir()
    given = {mails: kind(place, mails) for mails, place in places.items()}
    peak(given[1], 1)  # what is loaded once
    assert peak(given[MANY], MANY) - peak(given[FEW], FEW) < NOTHING * (MANY - FEW)


def test_a_listing_is_in_the_order_of_paths_from_every_place():
    """Names of every kind, one of them no text; more than are read at once."""
    names = [f"{n % 10}/{n}" for n in range(1234)] + ["库存/一.eml", "a\udcff.eml", "\U0001f4e6.eml", "\uffee.eml"]
    files = [MailFile(name, number, str(number)) for number, name in enumerate(names)]
    kept = Listing(reversed(files))
    assert (kept.count, kept.size) == (len(files), sum(file.size for file in files))
    for passed in (0, 1, 499, 500, 501, 1237, 1238):
        assert list(kept.after(passed)) == sorted(files)[passed:]
    assert kept.stamp == Listing(files).stamp != Listing(files[1:]).stamp


def test_names_that_are_no_utf_8_are_shown_as_what_they_look_like(tmp_path):
    """Both in one path: a folder of today and a file of an older system."""
    from checker.archive.ingested import raw_batch

    folder = tmp_path / "邮件"
    folder.mkdir()
    (folder / os.fsdecode("库存.eml".encode("gbk"))).write_bytes(MAIL)
    (source,) = locate([str(tmp_path)])
    (raw,) = source.mails(0)
    assert raw.content == MAIL
    assert raw_batch(source.uri, [raw]).to_pylist()[0]["name"] == f"{folder}/库存.eml"


def test_links_are_read_where_they_lead_to_a_file(tmp_path):
    mails = tmp_path / "mails"
    mails.mkdir()
    (tmp_path / "kept.eml").write_bytes(MAIL)
    (mails / "a.eml").symlink_to(tmp_path / "kept.eml")
    (mails / "b.eml").symlink_to(tmp_path / "gone.eml")
    (mails / "c.eml").symlink_to(mails / "c.eml")
    (mails / "again").symlink_to(mails)
    (mails / "lock").symlink_to("127.0.0.1:+4711")  # as Thunderbird leaves beside its mailboxes
    (source,) = locate([str(mails)])
    assert [(raw.content, raw.problem) for raw in source.mails(0)] == [
        (MAIL, ""),
        (b"", "no such file or directory"),
        (b"", "too many levels of symbolic links"),
    ]


def test_a_folder_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    as_folder(tmp_path, 1)
    (tmp_path / "lost+found").mkdir()
    real = os.scandir

    def refused(path):
        if path.endswith("lost+found"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(SourceError, match=r"lost\+found: permission denied; name the folders beside it"):
        locate([str(tmp_path)])


@pytest.mark.parametrize("members", [0, 1, 250, 501])
@pytest.mark.parametrize("end", ["plain", "comment", "large", "behind a program"])
def test_a_zip_in_slices_is_the_zip(members, end, tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", -1 if end == "large" else 0xFFFF)  # then it writes zip64
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(members):
            packed.writestr(f"库存/{number}.eml", MAIL % number)
        packed.comment = b"PK \xff" * 9000 if end == "comment" else b""
    before = b"MZ" * 5000 if end == "behind a program" else b""
    content = before + (tmp_path / "a.zip").read_bytes()
    assert (b"PK\6\7" in content) == (end == "large")
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        expected = [(info.filename, whole.read(info)) for info in whole.infolist()]
    assert len(expected) == members
    found = [[(i.filename, some.read(i)) for i in some.infolist()] for some in slices(io.BytesIO(content))]
    assert [member for some in found for member in some] == expected
    assert max(map(len, found), default=0) <= 250


def test_a_zip_that_is_broken_is_told(tmp_path):
    packed = as_zip(tmp_path, 3)
    content = packed.read_bytes()
    entry, end = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    broken = [b"", content[:end], content[: end + 10], content.replace(b"PK\1\2", b"PK\1\3", 1), content[entry:]]
    for one in broken:
        packed.write_bytes(one)
        (source,) = locate([str(packed)])
        with pytest.raises(SourceError, match="cannot be unpacked further"):
            list(source.mails(0))


def test_a_listing_may_be_given_back_by_another_thread():
    """As the garbage collector does, on whose thread it happens to run."""
    closed = []
    kept = [Listing([MailFile("a.eml", 1, "")])]
    thread = threading.Thread(target=lambda: closed.append(kept.pop().count))
    thread.start()
    thread.join()
    gc.collect()
    assert (kept, closed) == ([], [1])

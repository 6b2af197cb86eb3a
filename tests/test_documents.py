"""What stands inside attached documents, and the limits within which they are read."""

import base64
import io
import random
import struct
import zipfile

import pytest
from documents import docx, eml, pdf, pptx, zipped

from checker.budget import Budget
from checker.documents.limits import DEPTH
from checker.draft import from_draft
from checker.facts.documents import open_documents
from checker.workbook import write_csv, write_xlsx

SECRET = "13798761234"


def opened(budget=None, **files):
    """(name, words) of every readable part; the files' names with _ for the dot."""
    attachments = [
        {"name": name.replace("_", "."), "content": base64.b64encode(content).decode()}
        for name, content in files.items()
    ]
    message = from_draft({"attachments": attachments})
    budget = budget or Budget()
    found = open_documents(message.attachments, budget)
    return [(p.of.name, p.of.plain.strip()) for p in found], [tuple(entry) for entry in budget.incomplete]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a_txt", f"电话\uff1a{SECRET}".encode("gb18030")),
        ("a_log", f"phone {SECRET}".encode("utf-16")),
        ("a_html", f"<p>电话<b>{SECRET[:3]}</b>{SECRET[3:]}</p>".encode()),
        ("a_html", f"<p>x</p><!-- {SECRET} -->".encode()),
        ("a_docx", docx(f"电话 {SECRET}")),
        ("a_docx", docx("x", table=[["电话"], [SECRET]])),
        ("a_docx", docx("x", header1=SECRET)),
        ("a_pptx", pptx(SECRET)),
        ("a_pdf", pdf(f"call {SECRET}")),
        ("a_eml", eml(f"call {SECRET}")),
        ("a_eml", eml("x", attachments=[("b.docx", docx(SECRET))])),
        ("a_zip", zipped({"b.csv": write_csv([["电话"], [SECRET]])})),
        ("a_zip", zipped({"b.xlsx": write_xlsx([["电话"], [SECRET]])})),
        ("a_zip", zipped({"b.zip": zipped({"c.pdf": pdf(SECRET)})})),
        ("a_bin", docx(SECRET)),  # by what it is, not by its name
    ],
)
def test_words_inside(name, content):
    found, incomplete = opened(**{name: content})
    assert any(SECRET in words for _, words in found)
    assert incomplete == []


def test_places_are_what_a_person_finds_them_by():
    files = [{"name": "a.pdf", "content": base64.b64encode(pdf(SECRET, pages=2)).decode()}]
    [passage] = open_documents(from_draft({"attachments": files}).attachments, Budget())
    at = passage.of.matching.rindex(SECRET)
    assert passage.place(at, at + 11).span.cell == "page 2"


def test_a_name_in_a_zip_from_windows_is_chinese():
    raw = zipped({"aaaa.txt": "x"}).replace(b"aaaa.txt", "名单".encode("gb18030") + b".txt")
    assert [name for name, _ in opened(a_zip=raw)[0]] == ["a.zip/名单.txt"] * 2


def encrypted(content):
    """The same archive with the encryption bit set in both headers."""
    out = bytearray(content)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = out.find(magic)
        out[start + at : start + at + 2] = struct.pack("<H", 1)
    return bytes(out)


def nested(depth):
    content = zipped({"secret.txt": SECRET})
    for _ in range(depth):
        content = zipped({"inner.zip": content})
    return content


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>'
)


@pytest.mark.parametrize(
    ("content", "what", "why"),
    [
        (zipped({"b.txt": b"0" * 25_000_000}), "a.zip/b.txt", "size"),  # one huge entry
        (zipped({"b.txt": b"0" * 3_000_000}), "a.zip/b.txt", "size"),  # packed beyond any document
        (zipped({f"{n}.txt": "x" for n in range(600)}), "a.zip", "count"),
        (encrypted(zipped({"b.txt": SECRET})), "a.zip/b.txt", "encrypted"),
        (nested(DEPTH), "a.zip/inner.zip/inner.zip/inner.zip", "depth"),
        (zipped({"word/document.xml": LAUGHS}), "a.zip", "size"),
        (zipped({"word/document.xml": LAUGHS.encode("utf-16")}), "a.zip", "size"),
        (pdf("x", pages=501), "a.zip", "count"),
    ],
)
def test_limits_are_kept_and_said(content, what, why):
    found, incomplete = opened(a_zip=content)
    assert (what, why) in incomplete
    assert not any(SECRET in words or "aaaa" in words for _, words in found)


def test_many_small_bombs_share_one_allowance():
    block = random.Random(1).randbytes(20_000) * 400  # packs a hundredfold: below what is refused at once
    content = zipped({f"{n}.bin": block for n in range(12)})
    assert opened(a_zip=content)[1] == [("a.zip/10.bin", "size"), ("a.zip/11.bin", "size")]


def test_when_the_time_is_over_the_rest_is_said_to_be_unread():
    clock = iter(range(1000))
    found, incomplete = opened(Budget(0.5, lambda: next(clock)), a_docx=docx(SECRET))
    assert found == []
    assert incomplete == [("a.docx", "time")]


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_broken_files_raise_nothing(cut):
    for content in (docx(SECRET), pdf(SECRET), zipped({"a.txt": "x"}), eml(SECRET)):
        found, incomplete = opened(
            a_zip=content[:cut] + content[cut + 5 :],
            b_docx=content[cut:],
            c_pdf=content[: len(content) - cut],
            d_txt=b"whole",
        )
        assert ("d.txt", "whole") in found
        assert {why for _, why in incomplete} <= {"size", "depth", "encrypted", "count"}


def test_an_archive_that_lies_about_sizes_gives_no_more_than_it_says():
    data = bytearray(zipped({"b.txt": b"A" * 50_000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    found, _ = opened(a_zip=bytes(data))
    assert all(len(words) <= 50 for _, words in found)
    assert zipfile.ZipFile(io.BytesIO(data)).infolist()[0].file_size == 10

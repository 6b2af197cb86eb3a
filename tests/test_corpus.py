"""Real mails, where a corpus lies beside the project: all of them parse, and the tree is stdlib's."""

from __future__ import annotations

import email
import email.message
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.mime import from_eml
from checker.parts import scan
from checker.text import Edit

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside the project")


@pytest.fixture(scope="module")
def mails() -> list[tuple[str, bytes]]:
    return list(_mails())


def _mails() -> Iterator[tuple[str, bytes]]:
    for path in sorted((CORPUS / "odd").iterdir()):
        yield path.name, path.read_bytes()
    with tarfile.open(CORPUS / "ham.tar.gz") as archive:
        for member in archive:
            if member.isfile() and (file := archive.extractfile(member)):
                yield member.name, file.read()


def test_every_mail_parses(mails):
    assert len(mails) > 2_500
    for name, data in mails:
        message = from_eml(data)
        assert message.body.plain.count("\ufffd") <= len(message.body.plain) // 50 + 2, name
        covered = [message.body.matching[z.start : z.end] for z in message.zones]
        assert "".join(covered) == message.body.matching, name


def test_the_tree_is_stdlibs(mails):
    different = [name for name, data in mails if _own(data) != _theirs(email.message_from_bytes(data))]
    assert different == []


def _own(data: bytes) -> list[tuple[str, bytes]]:
    return [
        (p.type, b"" if p.type.startswith(("message/", "multipart/")) else p.sent.strip())
        for p in scan(data)[0].leaves()
    ]


def _theirs(message: email.message.Message) -> list[tuple[str, bytes]]:
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        return [leaf for part in message.get_payload() for leaf in _theirs(part)]
    kind = message.get_content_type()
    if message.is_multipart() or kind.startswith(("message/", "multipart/")):
        return [(kind, b"")]
    return [(kind, message._payload.encode("ascii", "surrogateescape").strip())]


def test_the_chinese_mails_read_well(mails):
    chinese = {name: from_eml(data) for name, data in mails if name.startswith("zh_")}
    subjects = [m.subject.plain for name, m in chinese.items() if name[3:5] in ("01", "02", "03", "04", "05", "06")]
    assert all(s.startswith("【补货】FBA库存告急-ASIN B08XYZ1234") for s in subjects)
    assert {a.name.plain for a in chinese["zh_06_filenames.eml"].attachments} == {
        "补货需求表2024年3月第三周多ASIN汇总明细.xlsx"
    }
    assert chinese["zh_01_gb2312_label_gbk.eml"].to[0].name == "李镕"
    assert "龙镇" not in chinese["zh_13_charset_lie.eml"].body.plain
    assert [d.code for d in chinese["zh_12_smime_enc.eml"].defects] == ["smime-encrypted"]


def test_a_fix_leaves_the_rest_of_real_mails(mails):
    from checker.fix import apply_to_eml

    for name, data in mails[:400]:
        body = from_eml(data).body
        start = next((s.origin.start for s in body.segments if s.origin.end > s.origin.start), None)
        root, _ = scan(data)
        if start is None or root.type == "multipart/signed":
            continue
        fixed = apply_to_eml(data, [Edit(body.part, start, start, "XYZZY ")])
        after = from_eml(fixed).body
        assert after.source == body.source[:start] + "XYZZY " + body.source[start:], name
        assert len(fixed) - len(data) <= 200 + len(data) // 50, name

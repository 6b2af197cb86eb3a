"""A mailbox on a real IMAP server: read whole, nothing marked, gone on with after a stop, and refusals that teach."""

import imaplib
import json

import pytest
from archives import letters
from auditing import audit
from dovecot import PASSWORD, USER, dovecot

from checker.archive.locate import locate
from checker.archive.raw import SourceError

MANY = 1000


@pytest.fixture(scope="module")
def server():
    with dovecot() as (port, _):
        client = imaplib.IMAP4("127.0.0.1", port)
        client.login(USER, PASSWORD)
        mails = letters()
        client.create("Archive/2026")
        for number in range(MANY):
            content = mails[number % len(mails)].replace(
                b"@lantu-trade.cn>", b".%d@lantu-trade.cn>" % (number // len(mails))
            )
            client.append("Archive/2026", None, None, content)
        client.append("INBOX", None, None, mails[0])
        yield f"imap://{USER.replace('@', '%40')}@127.0.0.1:{port}", client
        client.logout()


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("PRESEND_IMAP_PASSWORD", PASSWORD)


def test_every_mail_is_read_once_and_none_is_marked(server):
    uri, client = server
    (source,) = locate([f"{uri}/Archive/2026"])
    found = list(source.mails(0))
    assert len(found) == MANY
    assert len({raw.position for raw in found}) == MANY
    assert all(raw.content and not raw.problem for raw in found)
    client.select("Archive/2026", readonly=True)
    assert client.search(None, "SEEN")[1] == [b""]


def test_reading_goes_on_from_a_uid(server):
    uri, _ = server
    (source,) = locate([f"{uri}/Archive/2026"])
    tail = list(source.mails(MANY - 4))
    assert [raw.position for raw in tail] == [MANY - 4, MANY - 3, MANY - 2, MANY - 1, MANY]
    assert list(source.mails(MANY + 1)) == []


def test_without_a_folder_all_of_them_are_sources(server):
    uri, _ = server
    assert [source.uri.removeprefix(uri) for source in locate([uri])] == ["/Archive/2026", "/Drafts", "/INBOX"]


def test_a_folder_that_was_made_anew_is_not_gone_on_with(server):
    uri, client = server
    client.create("Volatile")
    client.append("Volatile", None, None, letters(1, 3)[0])
    (source,) = locate([f"{uri}/Volatile"])
    client.delete("Volatile")
    import time

    time.sleep(1.1)  # UIDVALIDITY is a time in seconds
    client.create("Volatile")
    with pytest.raises(SourceError, match="start anew"):
        list(source.mails(0))


def test_an_audit_of_a_mailbox(server, tmp_path):
    uri, _ = server
    done = audit(f"{uri}/INBOX", tmp_path / "out", PRESEND_IMAP_PASSWORD=PASSWORD)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["messages"] == 1
    assert PASSWORD.encode() not in b"".join(p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())


def test_a_wrong_folder_names_the_right_ones(server):
    uri, _ = server
    with pytest.raises(SourceError, match="there is no folder Achive; there are: Archive/2026"):
        locate([f"{uri}/Achive"])


def test_a_wrong_password_is_told_without_it(server, monkeypatch):
    uri, _ = server
    monkeypatch.setenv("PRESEND_IMAP_PASSWORD", "wrong horse")
    with pytest.raises(SourceError, match="user or password is refused") as told:
        locate([f"{uri}/INBOX"])
    assert "wrong horse" not in str(told.value)


def test_no_password_says_where_to_put_one(server, monkeypatch):
    uri, _ = server
    monkeypatch.delenv("PRESEND_IMAP_PASSWORD")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(SourceError, match=r"set PRESEND_IMAP_PASSWORD, or run: keyring set 127\.0\.0\.1"):
        locate([f"{uri}/INBOX"])

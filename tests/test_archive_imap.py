"""A mailbox on a real IMAP server: read whole, nothing marked, gone on with after a stop, and refusals that teach."""

import hashlib
import imaplib
import json
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest
from archives import letters, mail
from auditing import FEW, audit, started, wait_for
from dovecot import PASSWORD, USER, dovecot

from checker.archive.examine import Job
from checker.archive.locate import locate
from checker.archive.raw import SourceError
from checker.archive.run import Options, run
from checker.refusal import RefusalError
from checker.rule_folders import shipped_rules
from checker.setup import set_up

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


def filled(client, folder, author, mails):
    """The digests of mails that nobody else wrote, put into a folder."""
    contents = [mail(number, f"{author}, {number}", author) for number in range(mails)]
    for content in contents:
        assert client.append(folder, None, None, content)[0] == "OK"
    return {hashlib.sha256(content).hexdigest() for content in contents}


def renewed(client, folder, author, mails):
    """A folder made again with other mails; their UIDs begin at 1 again, under another UIDVALIDITY."""
    before = client.status(folder, "(UIDVALIDITY)")
    assert client.delete(folder)[0] == "OK"
    assert client.create(folder)[0] == "OK"
    made = filled(client, folder, author, mails)
    assert client.status(folder, "(UIDVALIDITY)") != before
    return made


def parts_of(out):
    """What is judged so far and kept; what begins with a dot is half written."""
    return sorted((out / "work" / "parts").glob("[!.]*"))


def judged_in(out):
    return sorted(digest for path in parts_of(out) for digest in pq.read_table(path)["sha256"].to_pylist())


def killed_half_way(source, out):
    with started(source, out, "--workers", "1") as process:
        wait_for(lambda *_: parts_of(out), process, out)
        assert process.poll() is None


def test_a_killed_audit_goes_on_with_the_same_mailbox_only(server, tmp_path):
    """No mail of a folder that is gone is taken for one of the new, and each of the new is judged once, also those that
    came or went between two starts."""
    uri, client = server
    source, out = f"{uri}/Killed", tmp_path / "out"
    client.create("Killed")
    old = filled(client, "Killed", "old", 280)
    killed_half_way(source, out)
    kept = judged_in(out)
    assert set(kept) < old
    new = renewed(client, "Killed", "new", 280)
    told = audit(source, out, *FEW)
    assert told.returncode == 2
    assert f"other sources ({source} has changed since); name another --out, or begin anew" in told.stderr.decode()
    assert judged_in(out) == kept
    anew = tmp_path / "anew"
    killed_half_way(source, anew)
    client.select("Killed")
    client.store("3", "+FLAGS", "(\\Deleted)")
    client.expunge()
    client.unselect()
    new |= filled(client, "Killed", "later", 20)
    assert audit(source, anew, *FEW).returncode == 0
    assert judged_in(anew) == sorted(new)


def test_a_mailbox_that_is_made_anew_while_it_is_read_ends_the_run(server, tmp_path):
    uri, client = server
    client.create("Read")
    old = filled(client, "Read", "old", 280)
    new: set[str] = set()
    job = Job(set_up().company, tuple(shipped_rules()), "t*/*", datetime(2026, 4, 1, tzinfo=UTC), b"k" * 32)

    class Renewed:
        """The real mailbox, made anew when some mails are read."""

        def __init__(self, mailbox):
            self.uri, self.stamp, self.size, self._mailbox = mailbox.uri, mailbox.stamp, mailbox.size, mailbox

        def mails(self, start):
            for raw in self._mailbox.mails(start):
                if raw.position == 220:
                    new.update(renewed(client, "Read", "new", 40))
                yield raw

    def judge(mailbox):
        run([mailbox], job, "rules", tmp_path / "out", Options(workers=1), lambda _: None)

    (before,) = locate([f"{uri}/Read"])
    with pytest.raises(RefusalError, match="the server does not answer as it should"):
        judge(Renewed(before))
    assert len(new) == 40
    (now,) = locate([f"{uri}/Read"])
    with pytest.raises(RefusalError, match="start anew with --fresh"):
        judge(before)
    with pytest.raises(RefusalError, match="has changed since"):
        judge(now)
    assert set(judged_in(tmp_path / "out")) <= old


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

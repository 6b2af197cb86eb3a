"""Drafts on a real IMAP server, watched by the command as it runs: labels, and not a byte or a flag else."""

from __future__ import annotations

import imaplib
import os
import queue
import re
import shutil
import socketserver
import subprocess
import sys
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy

import pytest
from dovecot import PASSWORD, USER, dovecot_in_place
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError
from mailservers import certificate_in, until
from test_cli import DRAFTS, ROOT, presend

from checker.drafts.mailbox import Watched
from checker.drafts.tidings import await_change

BAD, GOOD, LEAK = (
    (DRAFTS / name).read_bytes().replace(b"\n", b"\r\n")
    for name in ("vague-zh.eml", "restock-good-zh.eml", "blame-and-leak-zh.eml")
)
LABELS = {"$PresendAllow", "$PresendConfirm", "$PresendBlock"}
RAWLOG = "protocol imap {\n  rawlog_dir = PLACE/rawlog\n}\n"
TEAM = "&VuKWH4NJej8-"  # 团队草稿 as IMAP writes it (RFC 3501, 5.1.3)


class Mailbox:
    """A folder as a mail program sees it."""

    def __init__(self, port, folder="Drafts", *, create=True):
        self.folder, self.client = folder, imaplib.IMAP4("127.0.0.1", port)
        self.client.login(USER, PASSWORD)
        if create:
            self.client.create(folder)

    def save(self, content, flags=r"(\Draft)"):
        done, (said,) = self.client.append(self.folder, flags, None, content)
        assert done == "OK"
        return int(re.search(rb"APPENDUID \d+ (\d+)", said)[1])

    def all(self):
        """UID: (flags, bytes) of every mail."""
        assert self.client.select(self.folder, readonly=True)[0] == "OK"
        _, found = self.client.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[])")
        mails = [one for one in found if isinstance(one, tuple)]
        return {
            int(re.search(rb"UID (\d+)", head)[1]): (
                set(re.search(rb"FLAGS \(([^)]*)\)", head)[1].decode().split()) - {r"\Recent"},
                body,
            )
            for head, body in mails
        }

    def flags(self, uid):
        return self.all()[uid][0]

    def labelled(self, uid, label):
        """Wait for a label; at no moment there are two."""

        def there():
            found = self.flags(uid) & LABELS
            assert len(found) < 2
            return found == {label}

        until(there)

    def throw_away(self, uid):
        self.client.select(self.folder)
        self.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        self.client.uid("EXPUNGE", str(uid))

    def replies(self):
        """UID of a draft: (flags, mail) of the reply about it."""
        mails = [(flags, message_from_bytes(body, policy=policy.default)) for flags, body in self.all().values()]
        ours = [(flags, mail) for flags, mail in mails if "findings" in mail.get("X-Presend", "")]
        found = {int(mail["X-Presend"].rpartition("/")[2]): (flags, mail) for flags, mail in ours}
        assert len(found) == len(ours), "two about one draft"
        return found


class Watch:
    """`presend watch` as a process: its lines, and what it says of trouble."""

    def __init__(self, folder, *arguments, settings="", **env):
        folder.mkdir(exist_ok=True)
        (folder / "presend.toml").write_text(f"[watch]\npoll_seconds = 0.3\n{settings}", "utf-8")
        options = [*arguments, "--config", str(folder / "presend.toml")]
        command = [sys.executable, "-c", "from checker.cli import main; main()", "watch", *options]
        given = {**os.environ, "PYTHONUNBUFFERED": "1", "PRESEND_IMAP_PASSWORD": PASSWORD, **env}
        self.troubles = folder / "stderr"
        with self.troubles.open("wb") as errors:
            self.process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=errors)
        self.lines, self.said = queue.Queue(), []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.decode().rstrip("\n"))
        self.lines.put(None)

    def told(self):
        """The next line."""
        line = self.lines.get(timeout=60)
        assert line is not None, self.troubles.read_text()
        self.said.append(line)
        return line

    def stop(self):
        self.process.terminate()
        code = self.process.wait(60)
        self._reader.join()
        self.process.stdout.close()
        self.said += iter(self.lines.get, None)
        assert code == 0, self.troubles.read_text()
        return self.said


@contextmanager
def watching(*arguments, mailboxes=1, **options):
    watch = Watch(*arguments, **options)
    try:
        for _ in range(mailboxes):
            assert watch.told().startswith("presend: watching imap"), watch.troubles.read_text()
        yield watch
    finally:
        watch.stop()


@pytest.fixture
def mailbox():
    """Opens mailboxes; the connections end with the test."""
    opened = []

    def opening(*arguments, **options):
        opened.append(Mailbox(*arguments, **options))
        return opened[-1]

    yield opening
    for one in opened:
        one.client.shutdown()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificate_in(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def server(certificate):
    with dovecot_in_place(RAWLOG, certificate=certificate) as running:
        yield running


def url(server, folder="", user=USER):
    return f"imap://{user.replace('@', '%40')}@127.0.0.1:{server.plain}{folder and '/' + folder}"


def test_drafts_get_labels_and_nothing_else_changes(mailbox, server, tmp_path):
    box = mailbox(server.plain)
    early = box.save(GOOD, r"(\Draft \Flagged)")
    with watching(tmp_path, url(server)) as watch:
        box.labelled(early, "$PresendAllow")
        bad = box.save(BAD)
        box.labelled(bad, "$PresendBlock")
        copied = box.save(BAD, "($PresendAllow $Work)")  # as a mail program that keeps the labels of what it saves anew
        box.labelled(copied, "$PresendBlock")
    found = box.all()
    assert {uid: body for uid, (_, body) in found.items()} == {early: GOOD, bad: BAD, copied: BAD}
    assert found[early][0] == {r"\Draft", r"\Flagged", "$PresendAllow"}
    assert found[bad][0] == {r"\Draft", "$PresendBlock"}
    assert found[copied][0] == {"$Work", "$PresendBlock"}
    assert [line.split(";UID=")[1].split()[:2] for line in watch.said[1:]] == [
        [str(early), "allow"],
        [str(bad), "block"],
        [str(copied), "block"],
    ]
    assert watch.troubles.read_text() == ""
    sent = server.commands()
    assert b"IDLE" in sent
    assert not re.search(rb"BODY\[|RFC822[^.]|EXPUNGE|\bDELETE\b|MOVE|\+FLAGS[^\r]*\\", sent)
    with watching(tmp_path, url(server, "Drafts")) as again:
        box.labelled(box.save(GOOD), "$PresendAllow")
    assert len(again.said) == 2, "what has a label is not checked anew by another run"


def test_idle_is_asked_for_anew_and_nothing_is_missed(mailbox, server, certificate, tmp_path):
    box = mailbox(server.plain, "Renewed")
    before = server.commands().count(b"IDLE")
    secure = url(server, "Renewed").replace("imap:", "imaps:").replace(str(server.plain), str(server.secure))
    with watching(tmp_path, secure, settings="renew_seconds = 0.2", SSL_CERT_FILE=str(certificate[0])):
        until(lambda: server.commands().count(b"IDLE") > before + 4)
        box.labelled(box.save(BAD), "$PresendBlock")
    strange = presend("watch", secure, PRESEND_IMAP_PASSWORD=PASSWORD)
    assert (strange.returncode, strange.stderr.count(b"\n")) == (2, 1)
    assert b"(SSLCertVerificationError)" in strange.stderr


class _TellsAtOnce(socketserver.StreamRequestHandler):
    """An IMAP server whose answer to IDLE brings news along, as a busy one's does."""

    def handle(self):
        self.wfile.write(b"* OK [CAPABILITY IMAP4rev1 IDLE] hello\r\n")
        for line in self.rfile:
            tag, command = line.split()[0], line.split()[-1]
            if command == b"IDLE":
                self.server.idle = tag
                self.wfile.write(self.server.answer.replace(b"TAG", tag))
            elif tag == b"DONE":
                self.wfile.write(self.server.idle + b" OK done\r\n")
            else:
                self.wfile.write(b"* CAPABILITY IMAP4rev1 IDLE\r\n" + tag + b" OK done\r\n")


@contextmanager
def answering(answer):
    """A client of a server that answers so to IDLE."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _TellsAtOnce) as server:
        server.answer = answer
        serving = threading.Thread(target=server.serve_forever, args=(0.05,))
        serving.start()
        client = IMAPClient("127.0.0.1", server.server_address[1], ssl=False, timeout=60)
        try:
            client.login(USER, PASSWORD)
            yield client
        finally:
            client.shutdown()
            server.shutdown()
            serving.join()


HOUR = Watched("", "", False, None, False, 3600, 3600)


@pytest.mark.parametrize(
    "answer", [b"+ idling\r\n* 4 EXISTS\r\n", b"* 4 EXISTS\r\n* 1 RECENT\r\n+ idling\r\n"], ids=["after", "before"]
)
def test_news_that_come_with_the_answer_to_idle_are_seen(answer):
    with answering(answer) as client:
        stop = threading.Event()
        waiting = threading.Thread(target=await_change, args=(client, HOUR, stop))
        waiting.start()
        waiting.join(30)
        ended = not waiting.is_alive()
        stop.set()
        waiting.join()
        assert ended
        client.noop()  # the connection is as good as ever


def test_a_server_that_refuses_to_idle_is_told():
    with answering(b"TAG NO not now\r\n") as client, pytest.raises(IMAPClientError, match="refuses IDLE"):
        await_change(client, HOUR, threading.Event())


def test_looking_again_and_again(mailbox, server, tmp_path):
    box = mailbox(server.plain, "Polled")
    before = server.commands().count(b"IDLE")
    with watching(tmp_path, url(server, "Polled"), "--poll"):
        box.labelled(box.save(BAD), "$PresendBlock")
        box.labelled(box.save(GOOD), "$PresendAllow")
    assert server.commands().count(b"IDLE") == before


def test_a_server_without_idle_that_is_killed_and_comes_back_with_other_numbers(mailbox, tmp_path):
    elsewhere = (
        "namespace inbox {\n  mailbox Drafts {\n    special_use =\n  }\n  mailbox 团队草稿 {\n    auto = create\n"
    )
    elsewhere += "    special_use = \\Drafts\n  }\n}\n"
    with dovecot_in_place(RAWLOG + "imap_capability = IMAP4rev1 UIDPLUS SPECIAL-USE\n" + elsewhere) as server:
        box = mailbox(server.plain, TEAM, create=False)
        with watching(tmp_path, url(server)) as watch:
            first = box.save(BAD)
            box.labelled(first, "$PresendBlock")
            server.kill()
            until(lambda: "trying again" in watch.troubles.read_text())
            shutil.rmtree(server.place / "mail" / "mailboxes")
            server.start()
            box = mailbox(server.plain, TEAM, create=False)
            second = box.save(GOOD)
            box.labelled(second, "$PresendAllow")
        assert first == second, "the same number for another draft: UIDVALIDITY tells them apart"
        assert b"IDLE" not in server.commands()
        assert watch.troubles.read_text().count("\n") == 1
        assert [re.sub(r".*/团队草稿", "", line).split("  ")[:2] for line in watch.said] == [
            [""], [f";UID={first}", "block"], [""], [f";UID={second}", "allow"],
        ]  # fmt: skip


def test_idle_notices_that_the_server_went(mailbox, tmp_path):
    with dovecot_in_place() as server, watching(tmp_path, url(server)) as watch:
        server.kill()
        until(lambda: "trying again" in watch.troubles.read_text())
        server.start()
        assert watch.told().startswith("presend: watching")
        box = mailbox(server.plain)
        box.labelled(box.save(BAD), "$PresendBlock")


def test_a_reply_is_no_draft_and_goes_with_the_draft_it_is_about(mailbox, server, tmp_path):
    box = mailbox(server.plain, "Replied")
    before = box.save(BAD)
    with watching(tmp_path, url(server, "Replied"), "--reply") as watch:
        box.labelled(before, "$PresendBlock")
        draft = box.save(LEAK)
        until(lambda: set(box.replies()) == {draft})
        flags, mail = box.replies()[draft]
        again = box.save(LEAK)  # as a mail program saves: the new one first, then the old one goes
        box.throw_away(draft)
        until(lambda: set(box.replies()) == {again})
        good = box.save(GOOD)
        box.labelled(good, "$PresendAllow")
    assert [line.split()[1] for line in watch.said[1:]] == ["block", "block", "block", "allow"]
    assert not re.search("X-Presend|sensitive", "".join(watch.said))
    assert flags <= {"$PresendReply"}
    assert (mail["From"], mail["To"], mail["Subject"]) == (USER, USER, "[presend] 拦截")
    assert mail["In-Reply-To"] == message_from_bytes(LEAK, policy=policy.default)["Message-ID"]
    words = mail.get_content()
    assert "sensitive/identity" in words
    assert not re.search("11010519491231002X|13812345678|113-1234567-7654321", words)
    box.client.select("Replied")
    box.client.uid("STORE", str(good), "+FLAGS.SILENT", r"(\Deleted)")  # somebody else's, not expunged yet
    with watching(tmp_path, url(server, "Replied"), "--reply") as other:
        box.throw_away(again)
        until(lambda: not box.replies())
        late = box.save(GOOD)
        box.labelled(late, "$PresendAllow")
    assert len(other.said) == 2, "a reply is not checked by another run"
    assert set(box.all()) == {before, good, late}


RING = f"""
from keyring.backend import KeyringBackend


class Keyring(KeyringBackend):
    priority = 1
    set_password = None

    def get_password(self, service, username):
        return {{("127.0.0.1", "zhang@lantu-trade.cn"): "{PASSWORD}"}}.get((service, username))
"""


def test_several_mailboxes_at_once_with_passwords_from_the_keyring(mailbox, server, tmp_path):
    (tmp_path / "ring.py").write_text(RING)
    keys = {"PYTHONPATH": str(tmp_path), "PYTHON_KEYRING_BACKEND": "ring.Keyring", "PRESEND_IMAP_PASSWORD": ""}
    team, one = mailbox(server.plain, TEAM), mailbox(server.plain, "One")
    folders = "One", "%E5%9B%A2%E9%98%9F%E8%8D%89%E7%A8%BF"
    urls = [url(server, folder, "zhang@lantu-trade.cn") for folder in folders]
    with watching(tmp_path, *urls, mailboxes=2, **keys) as watch:
        bad, good = team.save(BAD), one.save(GOOD)
        team.labelled(bad, "$PresendBlock")
        one.labelled(good, "$PresendAllow")
    ends = sorted(line.rsplit("/", 1)[1] for line in watch.said[2:])
    assert ends[0] == f"One;UID={good}  allow  0"
    assert ends[1].startswith(f"团队草稿;UID={bad}  block  ")
    assert len(ends) == 2


def test_a_server_that_keeps_no_keywords_is_told_once(mailbox, tmp_path):
    acl = "mail_plugins = acl\nplugin {\n  acl = vfile:PLACE/acl\n}\n"
    with dovecot_in_place(acl) as server:
        old = mailbox(server.plain).save(BAD)
        (server.place / "acl").write_text("* owner lrsitekx\n* authenticated lrsitekx\n")
        box = mailbox(server.plain, create=False)
        with watching(tmp_path, url(server), "--reply") as watch:
            bad = box.save(BAD)
            assert f";UID={bad}  block" in watch.told()
            until(lambda: set(box.replies()) == {bad})
            good = box.save(GOOD)
            assert f";UID={good}  allow" in watch.told()
            box.throw_away(bad)
            until(lambda: not box.replies())
        assert watch.troubles.read_text().splitlines() == [
            f"presend: {url(server)}/Drafts: the server keeps no keywords, so drafts get no label"
        ]
        assert {uid: flags & LABELS for uid, (flags, _) in box.all().items()} == {old: set(), good: set()}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["imaps://a%40b.cn:hunter2@h.cn/Drafts"], "imaps://…: a password does not belong in a URL"),
        (["imaps://a%40b.cn:hun/ter2@h.cn/Drafts"], "imaps://…: "),
        (["imaps://h.cn/Drafts"], "no user; write imaps://user@host/Folder"),
        (["imap://a@h.cn/Drafts"], "imap:// sends the password in the clear"),
        (["imaps://a@h.cn/Drafts", "."], "give URLs alone"),
        (["imaps://a@h.cn/Drafts", "--beside"], "no --report-dir, no --beside"),
        ([".", "--reply"], "are for imaps:// URLs; give one DIR"),
        ([".", ".", "--beside"], "are for imaps:// URLs; give one DIR"),
    ],
)
def test_mistakes_are_one_line(arguments, told):
    done = presend("watch", *arguments, PRESEND_IMAP_PASSWORD="x")
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert b"hun" not in done.stderr


def test_a_wrong_folder_and_a_wrong_password_are_refused_at_the_start(server):
    done = presend("watch", url(server, "Drafs"), PRESEND_IMAP_PASSWORD=PASSWORD)
    assert done.returncode == 2
    assert "there is no folder Drafs; there are: Drafts, INBOX" in done.stderr.decode()
    done = presend("watch", url(server), PRESEND_IMAP_PASSWORD="wrong horse")
    assert done.returncode == 2
    assert b"wrong horse" not in done.stderr
    assert "user or password is refused; most providers want an app password" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1

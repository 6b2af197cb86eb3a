"""Drafts on a real IMAP server, watched by the command as it runs: labels, and not a byte or a flag else."""

from __future__ import annotations

import imaplib
import os
import queue
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy

import pytest
from dovecot import PASSWORD, USER, dovecot_in_place
from mailservers import until
from test_cli import DRAFTS, ROOT, presend

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
        until(lambda: self.flags(uid) & LABELS == {label})


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

    def told(self):
        """The next line."""
        self.said.append(self.lines.get(timeout=60))
        return self.said[-1]

    def stop(self):
        self.process.terminate()
        code = self.process.wait(60)
        self._reader.join()
        self.process.stdout.close()
        while not self.lines.empty():
            self.told()
        assert code == 0, self.troubles.read_text()
        return self.said


@contextmanager
def watching(*arguments, mailboxes=1, **options):
    watch = Watch(*arguments, **options)
    try:
        for _ in range(mailboxes):
            assert watch.told().startswith("presend: watching imap://"), watch.troubles.read_text()
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
def server():
    with dovecot_in_place(RAWLOG) as running:
        yield running


def url(server, folder=""):
    return f"imap://{USER.replace('@', '%40')}@127.0.0.1:{server.plain}{folder and '/' + folder}"


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
    assert not re.search(rb"BODY\[|RFC822[^.]|EXPUNGE|DELETE|MOVE|\+FLAGS[^\r]*\\", sent)
    with watching(tmp_path, url(server, "Drafts")) as again:
        box.labelled(box.save(GOOD), "$PresendAllow")
    assert len(again.said) == 2, "what has a label is not checked anew by another run"


def test_idle_is_asked_for_anew_and_nothing_is_missed(mailbox, server, tmp_path):
    box = mailbox(server.plain, "Renewed")
    before = server.commands().count(b"IDLE")
    with watching(tmp_path, url(server, "Renewed"), settings="renew_seconds = 0.2"):
        until(lambda: server.commands().count(b"IDLE") > before + 4)
        box.labelled(box.save(BAD), "$PresendBlock")


def test_looking_again_and_again(mailbox, server, tmp_path):
    box = mailbox(server.plain, "Polled")
    before = server.commands().count(b"IDLE")
    with watching(tmp_path, url(server, "Polled"), "--poll"):
        box.labelled(box.save(BAD), "$PresendBlock")
        box.labelled(box.save(GOOD), "$PresendAllow")
    assert server.commands().count(b"IDLE") == before


def test_a_server_without_idle_that_goes_and_comes_back(mailbox, tmp_path):
    with dovecot_in_place(RAWLOG + "imap_capability = IMAP4rev1 UIDPLUS SPECIAL-USE\n") as server:
        box = mailbox(server.plain)
        with watching(tmp_path, url(server)) as watch:
            first = box.save(BAD)
            box.labelled(first, "$PresendBlock")
            server.stop()
            until(lambda: "trying again" in watch.troubles.read_text())
            server.start()
            box = mailbox(server.plain)
            second = box.save(GOOD)
            box.labelled(second, "$PresendAllow")
        assert b"IDLE" not in server.commands()
        assert watch.troubles.read_text().count("\n") == 1
        assert [re.sub(r".*;UID=", "", line)[0] for line in watch.said] == ["p", str(first), "p", str(second)]


def test_idle_notices_that_the_server_went(mailbox, tmp_path):
    with dovecot_in_place() as server, watching(tmp_path, url(server)) as watch:
        server.stop()
        until(lambda: "trying again" in watch.troubles.read_text())
        server.start()
        assert watch.told().startswith("presend: watching")
        box = mailbox(server.plain)
        box.labelled(box.save(BAD), "$PresendBlock")


def test_a_reply_tells_the_findings_once_and_is_no_draft(mailbox, server, tmp_path):
    box = mailbox(server.plain, "Replied")
    before = box.save(BAD)
    with watching(tmp_path, url(server, "Replied"), "--reply") as watch:
        box.labelled(before, "$PresendBlock")
        drafts = [box.save(content) for content in (LEAK, LEAK, GOOD)]
        box.labelled(drafts[-1], "$PresendAllow")
        until(lambda: any("$PresendReply" in flags for flags, _ in box.all().values()))
        last = box.save(GOOD)
        box.labelled(last, "$PresendAllow")
    with watching(tmp_path, url(server, "Replied"), "--reply") as again:
        box.labelled(box.save(GOOD), "$PresendAllow")
    assert len(again.said) == 2, "a reply is not checked by another run"
    replies = [(flags, body) for flags, body in box.all().values() if b"X-Presend: findings" in body]
    assert [flags for flags, _ in replies] == [{"$PresendReply"}]
    mail = message_from_bytes(replies[0][1], policy=policy.default)
    assert (mail["From"], mail["To"], mail["Subject"]) == (USER, USER, "[presend] 拦截")
    assert mail["In-Reply-To"] == message_from_bytes(LEAK, policy=policy.default)["Message-ID"]
    words = mail.get_content()
    assert "sensitive/identity" in words
    assert not re.search("11010519491231002X|13812345678|113-1234567-7654321", words)
    assert not re.search("X-Presend|sensitive", "".join(watch.said))
    assert len(watch.said) == 1 + 5


def test_several_mailboxes_at_once(mailbox, server, tmp_path):
    team, one = mailbox(server.plain, TEAM), mailbox(server.plain, "One")
    urls = url(server, "One"), url(server, "%E5%9B%A2%E9%98%9F%E8%8D%89%E7%A8%BF")
    with watching(tmp_path, *urls, mailboxes=2) as watch:
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
        mailbox(server.plain).save(BAD)
        (server.place / "acl").write_text("* owner lrsikx\n* authenticated lrsikx\n")
        box = mailbox(server.plain, create=False)
        with watching(tmp_path, url(server)) as watch:
            uid = box.save(BAD)
            assert f";UID={uid}  block" in watch.told()
            uid = box.save(GOOD)
            assert f";UID={uid}  allow" in watch.told()
        assert watch.troubles.read_text().splitlines() == [
            f"presend: {url(server)}/Drafts: the server keeps no keywords, so drafts get no label"
        ]
        assert all(not flags & LABELS for flags, _ in box.all().values())


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
    assert done.stderr.count(b"\n") == 1

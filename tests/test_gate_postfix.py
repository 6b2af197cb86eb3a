"""The gate with a real Postfix: as its before-queue filter, and as a relay before it while it is killed and restarted."""

from __future__ import annotations

import random
import re
import smtplib
import tarfile
import time
from pathlib import Path

import pytest
from mailservers import Crowd, Gate, Postfix, free_port, needs, running, until
from test_gate import BAD, GOOD, crlf

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "ham.tar.gz"
US, THEM = "wang.fang@lantu-trade.cn", "li.qiang@lantu-trade.cn"
# Every mail is to come through here: what is tested is that none is changed or lost. Robots' mail is let pass.
POLICY = """
[company]
domains = ["lantu-trade.cn"]
[gate]
exceptions = [{senders = ["robot@lantu-trade.cn"], block = "pass", confirm = "pass"}]
"""
ROBOT = "robot@lantu-trade.cn"


def generated(count):
    """Mails that are hard to keep as they are: dots, long lines, 8-bit text, odd white space, nothing behind the end."""
    dice = random.Random(8)
    pieces = [
        b".\r\n",
        b"..\r\n",
        b"\r\n",
        b"x" * 900 + b"\r\n",
        "补货 库存\u3000\r\n".encode(),
        b"\t trailing \t\r\n",
        b"From here\r\n",
    ]
    for _ in range(count):
        body = b"".join(dice.choice(pieces) for _ in range(dice.randrange(30)))
        yield (
            b"From: a@a.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + body
        )


def mails(count):
    """That many different mails: real ones where the corpus is there, with what SMTP cannot carry left out."""
    found = []
    if CORPUS.is_file():
        with tarfile.open(CORPUS) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isfile() else None
                mail = crlf(file.read()) if file else b""
                # Postfix folds long lines, drops CR and NUL, and rewrites headers without a proper beginning.
                if (
                    mail
                    and b"\0" not in mail
                    and not re.search(rb"\r(?!\n)|[^\n]{990}", mail)
                    and re.match(rb"[\w-]+:", mail)
                ):
                    found.append(mail)
                if len(found) == count:
                    return found
    return found + list(generated(count - len(found)))


@pytest.fixture(scope="module")
def postfix():
    needs("postfix")
    with running(Postfix(free_port()).start()) as server:
        yield server


@pytest.fixture(scope="module")
def gate(postfix, tmp_path_factory):
    with running(Gate(tmp_path_factory.mktemp("gate"), postfix.after, POLICY, port=postfix.gate)) as server:
        yield server


def body_of(mail):
    return mail.replace(b"\r\n", b"\n").partition(b"\n\n")[2]


def test_a_thousand_mails_behind_postfix_come_out_as_they_went_in(postfix, gate):
    sent = mails(1_000)

    def send(start):
        with smtplib.SMTP("127.0.0.1", postfix.inlet, timeout=120) as server:
            for number in range(start, len(sent), 20):
                server.sendmail(ROBOT, [THEM], b"X-Number: %d\r\n" % number + sent[number])

    crowd = Crowd(send, 20).start()
    crowd.join()
    assert crowd.failed == []
    until(lambda: postfix.count() >= len(sent), 120)
    arrived = {}
    for mail in postfix.delivered():
        head, _, rest = mail.partition(b"X-Number: ")
        assert re.search(rb"(?m)^X-Presend: (checked|noted)$", head)
        number = int(rest.partition(b"\n")[0])
        assert number not in arrived
        arrived[number] = rest.partition(b"\n")[2]
    assert len(arrived) == len(sent)
    for number, mail in enumerate(sent):
        assert body_of(arrived[number]) == body_of(mail), number


def test_postfix_gives_the_reason_to_its_client(postfix, gate):
    before = postfix.count()
    with smtplib.SMTP("127.0.0.1", postfix.inlet, timeout=60) as server:
        with pytest.raises(smtplib.SMTPDataError) as caught:
            server.sendmail(US, [THEM], BAD)
        assert caught.value.smtp_code == 550
        assert "主题前面没有事项标签" in caught.value.smtp_error.decode()
        server.ehlo()
        server.mail(US, ["BODY=8BITMIME", "RET=HDRS", "ENVID=x"])
        server.rcpt(THEM, ["NOTIFY=NEVER"])
        assert server.data(GOOD)[0] == 250
    until(lambda: postfix.count() == before + 1)
    assert "XFORWARD" not in postfix.log()  # a refusal of it would be logged


def test_extensions_of_postfix_are_offered_and_reach_it(postfix, gate):
    with smtplib.SMTP("127.0.0.1", gate.port, timeout=60) as server:
        server.ehlo()
        assert {"size", "8bitmime", "smtputf8", "dsn", "xforward", "enhancedstatuscodes"} <= set(server.esmtp_features)
        assert server.docmd("XFORWARD", "NAME=client.example ADDR=192.0.2.7 PROTO=ESMTP")[0] == 250
        assert server.mail(US, ["RET=NONSENSE"])[0] == 501  # Postfix's own answer
        assert server.docmd("MAIL", f"FROM:<{US}> RET=HDRS ENVID=x")[0] == 250
        assert server.docmd("RCPT", "TO:<nobody@elsewhere.example>")[0] in (250, 454, 554)
        server.docmd("RCPT", f"TO:<{THEM}> NOTIFY=SUCCESS ORCPT=rfc822;{THEM}")
        assert server.data(GOOD)[0] == 250
    until(lambda: "192.0.2.7" in postfix.log())


def test_what_was_accepted_arrives_once_though_the_server_behind_is_killed(postfix, gate):
    accepted = []

    def send(number):
        time.sleep(random.uniform(0, 0.05))
        with smtplib.SMTP("127.0.0.1", gate.port, timeout=60) as server:
            server.sendmail(ROBOT, [THEM], b"X-Life: %d\r\n" % number + GOOD)
            accepted.append(number)

    crowd = Crowd(send, 200).start()
    until(lambda: len(accepted) >= 40)
    postfix.kill()
    time.sleep(0.5)
    postfix.start()
    crowd.join()
    assert 40 <= len(accepted) < 200 or crowd.failed == []
    assert all(isinstance(error, (smtplib.SMTPException, OSError)) for _, error in crowd.failed)

    def lives():
        return [int(m[1]) for mail in postfix.delivered() if (m := re.search(rb"(?m)^X-Life: (\d+)$", mail))]

    until(lambda: set(accepted) <= set(lives()), 120)
    assert len(lives()) == len(set(lives()))

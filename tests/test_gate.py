"""The gate between real clients and a server behind it: nothing changed, nothing lost, nothing kept."""

from __future__ import annotations

import asyncio
import os
import signal
import smtplib
import socket
import sqlite3
import ssl
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from mailservers import SECRET, Crowd, Gate, Sink, answers, certificate_in, running, until

from checker.engine import check
from checker.gate.settings import Address
from checker.gate.upstream import Upstream, UpstreamError
from checker.identity import person
from checker.mime import from_eml
from checker.setup import set_up
from checker.store.records import OverriddenFinding, OverrideRecord
from checker.store.store import Store

DRAFTS = Path(__file__).parent.parent / "examples" / "drafts"
US = "wang.fang@lantu-trade.cn"
THEM = "li.qiang@lantu-trade.cn"
POLICY = '[company]\ndomains = ["lantu-trade.cn"]\n[gate]\nworkers = 1\n'
# One gate for most tests: it takes seconds to start. Who sends and who gets a mail says what becomes of it.
EXCEPTIONS = """
max_message_mb = 60
exceptions = [
  {recipients = ["outside.com"], confirm = "refuse", block = "refuse"},
  {senders = ["robot@lantu-trade.cn"], block = "pass", confirm = "pass"},
  {senders = ["mild@lantu-trade.cn"], confirm = "pass"},
  {senders = ["strict@lantu-trade.cn"], unavailable = "refuse"},
]
"""
ROBOT = "robot@lantu-trade.cn"
CHECKED = b"X-Presend: checked\r\n"


def crlf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


GOOD = crlf((DRAFTS / "restock-good-zh.eml").read_bytes())
BAD = crlf((DRAFTS / "vague-zh.eml").read_bytes())


def plain(subject: str, body: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = US, THEM, subject
    mail.set_content(body)
    return crlf(bytes(mail))


ASKING = plain(
    "【补货】FBA库存告急-ASIN B08XYZ1234",
    "李强你好\uff0c\n\n都是你们的错\uff0c库存只有105件。仅告知\uff0c无需回复。\n\n王芳 | 运营助理 | 蓝途贸易 | 0755-8888 0000\n",
)


@pytest.fixture(scope="module")
def sink():
    with running(Sink().start()) as server:
        yield server


@pytest.fixture(scope="module")
def gate(sink, tmp_path_factory):
    with running(Gate(tmp_path_factory.mktemp("gate"), sink.port, POLICY + EXCEPTIONS)) as server:
        yield server


@pytest.fixture(autouse=True)
def empty(sink):
    sink.mails.clear()
    sink.options.clear()
    sink.reply = ""


def client(gate):
    return smtplib.SMTP("127.0.0.1", gate.port, timeout=60)


def refusal(server, mail, sender=US, recipients=(THEM,)):
    """The reply to a mail that is not taken, as lines."""
    with pytest.raises(smtplib.SMTPDataError) as caught:
        server.sendmail(sender, list(recipients), mail)
    return caught.value.smtp_code, caught.value.smtp_error.decode().split("\n")


@pytest.mark.parametrize(
    "body",
    [
        b".\r\n..\r\n.leading dots\r\n\r\n.\r\n",
        b"a" * 5_000 + b"\r\n" + b"b" * 200_000 + b"\r\n",
        bytes(range(14, 256)) + b"\r\n",
        b"bare\nlines\rof all\n\rkinds\r\n",
        b"",
        b"\r\n\r\n\r\n",
    ],
    ids=["dots", "long", "binary", "bare", "empty", "blank"],
)
def test_a_mail_that_may_go_is_passed_on_byte_for_byte(gate, sink, body):
    mail = (
        b"From: x@lantu-trade.cn\r\nTo: y@lantu-trade.cn\r\nSubject: =?utf-8?B?44CQ6YCa55+l44CR?= x\r\nContent-Type: application/octet-stream\r\nX-Odd:  kept\t\r\n\r\n"
        + body
    )
    with client(gate) as server:
        server.sendmail(ROBOT, [THEM], mail)
    sender, recipients, taken = sink.mails[0]
    assert (sender, recipients) == (ROBOT, [THEM])
    assert taken == b"X-Presend: noted\r\n" + mail


def test_the_first_mail_with_an_id_number_needs_not_wait_for_libraries(gate):
    loaded = [Path(f"/proc/{child}/maps").read_text() for child in children(gate.process.pid)]
    assert ["/spacy/" in one for one in loaded] == [True]


def test_a_good_mail_gets_one_header_and_the_answer_from_behind(gate, sink):
    with client(gate) as server:
        server.ehlo()
        server.mail(US)
        server.rcpt(THEM)
        assert server.data(GOOD) == (250, b"2.0.0 Ok: queued as SINK")
    assert sink.mails == [(US, [THEM], CHECKED + GOOD)]


def test_a_bad_mail_is_refused_in_words_and_the_next_one_goes(gate, sink):
    with client(gate) as server:
        code, lines = refusal(server, BAD)
        assert code == 550
        assert all(line.startswith("5.7.1 ") for line in lines)
        assert "邮件没有发出" in lines[0]
        assert "主题前面没有事项标签" in lines[1]
        server.sendmail(US, [THEM], GOOD)
    assert [mail for _, _, mail in sink.mails] == [CHECKED + GOOD]


def test_a_doubtful_mail_is_held_once_then_goes_then_is_held_again(gate, sink):
    with client(gate) as server:
        code, lines = refusal(server, ASKING)
        assert code == 550
        assert "都是你们的错" in lines[1]
        assert "[确认]" in lines[-1]
        assert "10 分钟" in lines[-1]
        refusal(server, ASKING, sender="chen.xiao@lantu-trade.cn")  # another sender was not told
        server.sendmail(US, [THEM], ASKING)
        assert sink.mails[0][2] == b"X-Presend: confirmed\r\n" + ASKING
        refusal(server, ASKING)
    assert len(sink.mails) == 1


def test_a_held_mail_stays_known_while_the_server_behind_says_no(gate, sink):
    mail = ASKING.replace(b"105", b"106").replace(b"MTA1", b"MTA2") + b"\r\n"
    with client(gate) as server:
        refusal(server, mail, sender="x1@lantu-trade.cn")
        sink.reply = "452 4.2.2 full"
        assert refusal(server, mail, sender="x1@lantu-trade.cn") == (452, ["4.2.2 full"])
        sink.reply = ""
        server.sendmail("x1@lantu-trade.cn", [THEM], mail)
    assert len(sink.mails) == 1


def test_a_prefix_sends_it_at_once_and_is_taken_off(gate, sink):
    before, _, after = ASKING.partition(b"Subject: ")
    marked = before + b"Subject: [confirm] " + after
    with client(gate) as server:
        server.sendmail("x2@lantu-trade.cn", [THEM], marked)
        assert sink.mails[0][2] == b"X-Presend: confirmed\r\n" + ASKING
        before, _, after = BAD.partition(b"Subject: ")
        assert refusal(server, before + b"Subject: [confirm] " + after)[0] == 550  # an error is not confirmed away


@pytest.mark.parametrize(
    "reply",
    [
        "550-5.1.1 no such\r\n550-5.1.1   user, 没有\r\n550 5.1.1 here",
        "451 4.3.0 later",
        "250 2.6.0 <id@x> taken  twice",
    ],
)
def test_the_answer_from_behind_comes_back_as_it_came(gate, sink, reply):
    sink.reply = reply
    with client(gate) as server:
        server.ehlo()
        server.mail(US)
        server.rcpt(THEM)
        code, said = server.data(GOOD)
    lines = [line[4:].strip().encode() for line in reply.split("\r\n")]
    assert (code, said.split(b"\n")) == (int(reply[:3]), lines)


def talk(port, *chunks, pause=0.0):
    """Raw bytes out, everything that comes back."""
    with closing(socket.create_connection(("127.0.0.1", port), 60)) as raw:
        for chunk in chunks:
            raw.sendall(chunk)
            time.sleep(pause)
        back = b""
        while piece := raw.recv(65536):
            back += piece
        return back


def test_a_pipelining_client_is_answered_in_order(gate, sink):
    envelope = f"MAIL FROM:<{US}>\r\nRCPT TO:<{THEM}>\r\nDATA\r\n".encode()
    said = talk(
        gate.port,
        b"EHLO x\r\n" + envelope + GOOD + b".\r\n" + envelope + BAD + b".\r\n" + envelope + GOOD + b".\r\nQUIT\r\n",
    )
    codes = [line[:3] for line in said.split(b"\r\n") if line[3:4] == b" "]
    assert codes == [
        b"220",
        b"250",
        *[b"250", b"250", b"354", b"250"],
        *[b"250", b"250", b"354", b"550"],
        *[b"250", b"250", b"354", b"250"],
        b"221",
    ]
    assert [mail for _, _, mail in sink.mails] == [CHECKED + GOOD] * 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"MAIL FROM:<a@b.cn>\r\n", b"503"),
        (b"EHLO\r\n", b"501"),
        (b"EHLO x\r\nDATA\r\n", b"503"),
        (b"EHLO x\r\nRCPT TO:<a@b.cn>\r\n", b"503"),
        (b"EHLO x\r\nMAIL\r\n", b"501"),
        (b"EHLO x\r\nMAIL FROM:<a@b.cn> SIZE=99999999999\r\n", b"552"),
        (b"EHLO x\r\nMAIL FROM:<a\x01@b.cn>\r\n", b"501"),
        (b"EHLO x\r\nNONSENSE\r\n", b"500"),
        (b"\xff\xfe\xfd\r\n", b"500"),
        (b"EHLO x\r\nVRFY a\r\n", b"252"),
        (b"EHLO x\r\nSTARTTLS\r\n", b"454"),
        (b"EHLO x\r\nAUTH PLAIN AAAA\r\n", b"538"),
        (b"X" * 100_000 + b"\r\n", b"500"),
        (b"RSET\r\n", b"250"),
        (b"EHLO x\r\nMAIL FROM:<a@b.cn>\r\nEHLO x\r\nRCPT TO:<a@b.cn>\r\n", b"503"),
    ],
)
def test_bad_commands_are_answered_and_leave_the_gate_standing(gate, sink, said, code):
    answers = [line for line in talk(gate.port, said + b"QUIT\r\n").split(b"\r\n") if line[3:4] == b" "]
    assert answers[-2].startswith(code), answers
    assert answers[-1].startswith(b"221")
    assert sink.mails == []


def test_a_client_that_leaves_in_the_middle_sends_nothing(gate, sink):
    with closing(socket.create_connection(("127.0.0.1", gate.port), 60)) as raw:
        raw.sendall(f"EHLO x\r\nMAIL FROM:<{US}>\r\nRCPT TO:<{THEM}>\r\nDATA\r\n".encode() + GOOD[:-20])
        time.sleep(0.3)
    with client(gate) as server:
        server.sendmail(US, [THEM], GOOD)
    assert len(sink.mails) == 1


def test_a_slow_client_holds_nobody_up(gate, sink):
    data = f"EHLO x\r\nMAIL FROM:<{US}>\r\nRCPT TO:<{THEM}>\r\nDATA\r\n".encode() + GOOD + b".\r\nQUIT\r\n"
    slow = Crowd(lambda _: talk(gate.port, *[data[i : i + 9] for i in range(0, len(data), 9)], pause=0.01), 4).start()
    with client(gate) as server:
        for _ in range(5):
            server.sendmail("fast@lantu-trade.cn", [THEM], GOOD)
    served = [sender for sender, _, _ in sink.mails]
    slow.join()
    assert slow.failed == []
    assert served == ["fast@lantu-trade.cn"] * 5  # before any slow one was done
    assert sorted(mail for _, _, mail in sink.mails) == [CHECKED + GOOD] * 9


def test_fifty_megabytes_go_through(gate, sink):
    line = b"QUJD" * 240 + b"\r\n"  # as long as a line may be: what counts here is the size
    mail = (
        b"From: %s\r\nTo: %s\r\nSubject: x\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        % (ROBOT.encode(), THEM.encode())
        + line * (50_000_000 // len(line))
    )
    with client(gate) as server:
        server.sendmail(ROBOT, [THEM], mail)
        assert refusal_of_size(server)
        server.sendmail(US, [THEM], GOOD)
    assert sink.mails[0][2].partition(b"\r\n")[2] == mail
    assert len(sink.mails) == 2


def refusal_of_size(server):
    """A mail past the limit is refused by what it says of itself."""
    server.ehlo()
    return server.docmd(f"MAIL FROM:<{US}> SIZE=60000001")[0] == 552 and server.rset()


def test_smuggled_mail_is_refused(gate, sink):
    with client(gate) as server:
        code, lines = refusal(server, GOOD + b"\n.\r\nMAIL FROM:<evil@x.cn>\r\n")
        assert code == 550
        assert "bare CR or LF" in lines[0]
    assert sink.mails == []


def test_extensions_are_what_the_server_behind_offers(gate, sink):
    with client(gate) as server:
        server.ehlo()
        assert set(server.esmtp_features) == {"size", "pipelining", "8bitmime", "smtputf8"}
        server.command_encoding = "utf-8"
        assert server.mail("王芳@lantu-trade.cn", ["SMTPUTF8", "BODY=8BITMIME"])[0] == 250
        assert server.rcpt("李强@例子.cn")[0] == 250
        assert server.data(GOOD)[0] == 250
    sender, recipients, _ = sink.mails[0]
    assert (sender, recipients) == ("王芳@lantu-trade.cn", ["李强@例子.cn"])
    assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(sink.options[0][0])


def test_a_check_that_cannot_be_had_passes_or_refuses_by_policy(gate, sink):
    with client(gate) as server:
        end_checks(gate)
        server.sendmail(US, [THEM], BAD)
        assert sink.mails.pop()[2] == b"X-Presend: unchecked\r\n" + BAD
        end_checks(gate)
        code, lines = refusal(server, GOOD, sender="strict@lantu-trade.cn")
        assert code == 451
        assert "请稍后再发" in lines[1]
        assert sink.mails == []
        until(lambda: refused(server))  # new processes check again


def end_checks(gate):
    """Kills the processes that check, as soon as there are any."""
    until(lambda: children(gate.process.pid))
    for child in children(gate.process.pid):
        os.kill(child, signal.SIGKILL)
    until(lambda: not children(gate.process.pid))


def refused(server):
    try:
        server.sendmail(US, [THEM], BAD)
    except smtplib.SMTPDataError:
        return True
    return False


def children(pid):
    """Processes that a gate's checks run in."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, check=True
    ).stdout.decode()
    return [int(line.split()[0]) for line in listed.splitlines() if "spawn_main" in line]


def test_policies_differ_by_recipient_and_sender(gate, sink):
    with client(gate) as server:
        server.sendmail("mild@lantu-trade.cn", [THEM], ASKING)
        assert sink.mails[0][2] == b"X-Presend: noted\r\n" + ASKING
        for _ in range(2):  # refused, not held
            assert refusal(server, ASKING, "mild@lantu-trade.cn", [THEM, "a@outside.com"])[0] == 550
        assert refusal(server, BAD, "mild@lantu-trade.cn")[0] == 550
        server.sendmail(ROBOT, [THEM], BAD)
        assert refusal(server, BAD, ROBOT, [THEM, "a@mx.outside.com"])[0] == 550
    assert len(sink.mails) == 2


def test_without_a_server_behind_nothing_is_taken(gate, sink):
    sink.stop()
    try:
        said = talk(gate.port, b"EHLO x\r\n")
    finally:
        sink.start()
    assert b"421 4.4.2 presend: the mail server behind does not answer" in said


def test_no_word_of_a_mail_is_kept(gate, sink):
    with client(gate) as server:
        refusal(server, BAD)
    folder = gate.log.parent
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(kept) > 1000  # the store is there
    for word in ("快卖完了", "尽快", "wang.fang", "li.qiang", SECRET):
        assert word.encode() not in kept


def test_checks_are_recorded_and_overrides_and_waivers_of_the_store_hold(gate, sink):
    sender, folder = "x9@lantu-trade.cn", gate.log.parent
    store, now = Store(f"sqlite:///{folder / 'state' / 'presend.db'}"), datetime.now(UTC)
    with closing(store), client(gate) as server:
        refusal(server, ASKING, sender)
        refusal(server, BAD, sender)
        until(lambda: person(sender, SECRET.encode()) in senders(folder))  # the same hash as at every other door
        store.add_override(overridden(folder / "presend.toml", BAD, now))
        server.sendmail(sender, [THEM], BAD)
        assert sink.mails.pop()[2] == CHECKED + BAD
        refusal(server, plain("另一封", "这个产品快卖完了\uff0c请尽快处理\uff01\uff01\n"), sender)  # another mail
        store.add_waiver(rule="tone/*", fingerprint="", owner="o", reason="r", expires=now + timedelta(days=1), now=now)
        server.sendmail("x10@lantu-trade.cn", [THEM], ASKING)
        assert sink.mails.pop()[2] == CHECKED + ASKING
        for waiver in store.waivers(now):
            store.end_waiver(waiver.id, now)


def senders(folder):
    with closing(sqlite3.connect(folder / "state" / "presend.db")) as base:
        return {sender for (sender,) in base.execute("select sender from checks")}


def overridden(config, mail, now):
    """What POST /v1/overrides keeps when a sender overrides every finding of a mail."""
    setup = set_up(config)
    report = check(from_eml(mail), setup.ruleset, setup.company, now=now, key=SECRET.encode())
    findings = tuple(OverriddenFinding(f.rule, f.fingerprint, "agreed by telephone") for f in report.findings)
    return OverrideRecord(now, report.digest, setup.ruleset.hash, findings, "hash", now + timedelta(hours=1))


# -- logins and TLS ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificate_in(tmp_path_factory.mktemp("tls"))


def server_context(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*map(str, certificate))
    return context


def login_sink(certificate, **options):
    """A provider: a login is wanted, TLS before it."""

    def known(_server, _session, _envelope, mechanism, data):
        seen.append((mechanism, data.login, data.password))
        return AuthResult(success=data.password == b"geheim-5%", handled=False)

    seen = []
    sink = Sink(**{"auth_required": True, "authenticator": known, **options})
    sink.seen = seen
    return sink


def tls_policy(certificate, tls, upstream_tls):
    cert, key = certificate
    return (
        POLICY
        + f'tls = "{tls}"\ncertificate = "{cert}"\ncertificate_key = "{key}"\nreplies = "ascii"\nupstream_tls = "{upstream_tls}"\n'
    )


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_login_goes_through_tls_on_both_sides_and_is_kept_nowhere(certificate, tmp_path, tls):
    cert, _ = certificate
    behind = (
        {"tls_context": server_context(certificate), "require_starttls": True}
        if tls == "starttls"
        else {"ssl_context": server_context(certificate), "auth_required": False, "auth_require_tls": False}
    )
    trusted = ssl.create_default_context(cafile=str(cert))
    with (
        running(login_sink(certificate, **behind).start()) as sink,
        running(Gate(tmp_path / "g", sink.port, tls_policy(certificate, tls, tls), SSL_CERT_FILE=str(cert))) as gate,
    ):
        server = (
            smtplib.SMTP("127.0.0.1", gate.port, timeout=60)
            if tls == "starttls"
            else smtplib.SMTP_SSL("127.0.0.1", gate.port, timeout=60, context=trusted)
        )
        with server:
            server.ehlo()
            if tls == "starttls":
                assert server.has_extn("starttls")
                server.starttls(context=trusted)
                server.ehlo()
                assert not server.has_extn("starttls")
            assert {"PLAIN", "LOGIN"} <= set(server.esmtp_features["auth"].split())
            if tls == "starttls":  # as the provider says
                assert server.docmd("MAIL", f"FROM:<{US}>")[0] == 530
            server.user, server.password = "wang", "falsch"
            with pytest.raises(smtplib.SMTPAuthenticationError):
                server.auth("PLAIN", server.auth_plain)
            server.password = "geheim-5%"
            mechanism = "LOGIN" if tls == "starttls" else "PLAIN"
            assert server.auth(mechanism, server.auth_login if mechanism == "LOGIN" else server.auth_plain)[0] == 235
            server.sendmail(US, [THEM], GOOD)
            lines = refusal(server, BAD)[1]
            assert "not sent" in lines[0]
            assert "".join(lines).isascii()
        assert sink.seen[-1] == (mechanism, b"wang", b"geheim-5%")
        assert sink.mails == [(US, [THEM], CHECKED + GOOD)]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "g").rglob("*") if path.is_file())
    assert b"geheim" not in kept
    assert b"Z2VoZWlt" not in kept


def test_a_provider_with_a_certificate_of_nobody_is_not_trusted(certificate):
    with (
        running(Sink(ssl_context=server_context(certificate)).start()) as sink,
        pytest.raises(UpstreamError, match="SMTPConnectError"),
    ):
        asyncio.run(Upstream.connect(Address("127.0.0.1", sink.port), "implicit"))


def test_a_mail_on_its_way_arrives_before_the_gate_ends_and_a_client_too_many_is_told(sink, tmp_path):
    gate = Gate(tmp_path / "g", sink.port, POLICY + "connections = 1\n")
    with closing(socket.create_connection(("127.0.0.1", gate.port), 60)) as raw:
        raw.sendall(f"EHLO x\r\nMAIL FROM:<{US}>\r\nRCPT TO:<{THEM}>\r\nDATA\r\n".encode())
        until(lambda: b"354" in raw.recv(65536))
        assert talk(gate.port).startswith(b"421 4.3.2")
        gate.process.send_signal(signal.SIGTERM)
        until(lambda: not answers(gate.port))
        raw.sendall(GOOD + b".\r\n")
        assert raw.recv(65536).startswith(b"250 ")
    gate.stop()
    assert len(sink.mails) == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "gate.upstream: is missing"),
        (
            ["--upstream", "smtp.exmail.qq.com"],
            'gate.upstream: "smtp.exmail.qq.com" is not allowed; write it as "host:port"',
        ),
        (["--upstream", "127.0.0.1:25", "--listen", "192.0.2.1:1"], "gate.listen: cannot listen on 192.0.2.1:1"),
    ],
)
def test_mistakes_are_one_line(options, told, tmp_path):
    from test_cli import presend

    done = presend("gate", *options, cwd=Path(__file__).parent.parent, PRESEND_STATE=str(tmp_path))
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1

"""A small archive whose every number is known: who wrote what when, who answered, what leaked."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "examples" / "presend.toml"
CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 3, 10, 10, 0, tzinfo=CHINA)  # a Tuesday
WANG, LI, CHEN = (f"{name}@lantu-trade.cn" for name in ("wang.fang", "li.qiang", "chen.xiao"))
GOOD = """Hi Qiang,

B08XYZ1234 has 105 units on hand and sells 15 units per day, so we have 7 days of supply and will be out of stock on 17 March.
Please place a PO for 345 units, which covers 30 days.

Could you confirm by Thursday, 12 March, 17:00?

Best regards,
Fang Wang
Operations Assistant, Lantu Trading
Tel: +86 755 8888 6666 ext. 208
"""
BAD = "这个产品快卖完了\uff0c请尽快处理\uff01\uff01\uff01"
LEAK = BAD + "清关人身份证号\uff1a11010519491231002X\u3002"
ANSWER = "Confirmed, thank you."


def mail(
    number: int,
    body: str,
    subject: str,
    *,
    sender: str = WANG,
    to: str = LI,
    hours: float = 0,
    answers: int | None = None,
    headers: bool = True,
) -> bytes:
    """One mail, `hours` after the start. answers: the number of the mail that it answers, named in its headers."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Cc"] = sender, to, CHEN
    made["Subject"] = subject
    made["Date"] = START + timedelta(hours=hours)
    made["Message-ID"] = f"<m{number}@lantu-trade.cn>"
    if answers is not None and headers:
        made["In-Reply-To"] = f"<m{answers}@lantu-trade.cn>"
        made["References"] = f"<m{answers}@lantu-trade.cn>"
    made.set_content(body, cte="base64")
    return made.as_bytes()


def letters(good: int = 12, bad: int = 12) -> list[bytes]:
    """Requests with their answers: a good one is answered after 2 hours and a little, a bad one after 20 and a little.

    The last good request and the last two bad ones get no answer; one of the two is followed up by its sender. One mail
    leaks a resident ID to a forwarder.
    """
    made = []
    for n in range(good):
        made.append(mail(n, GOOD, "[Restock] B08XYZ1234 runs out on 17 Mar", hours=n / 10))
        if n < good - 1:
            made.append(
                mail(1000 + n, ANSWER, "Re: [Restock]", sender=LI, to=WANG, hours=n / 10 + 2 + n / 20, answers=n)
            )
    for n in range(bad):
        made.append(mail(2000 + n, BAD, f"快卖完了{n}", sender=LI, to=WANG, hours=n / 10))
        if n < bad - 2:
            named = n % 2 == 0  # every other answer has only its subject to tell what it answers
            reply = mail(
                3000 + n, ANSWER, f"Re: 快卖完了{n}", sender=WANG, to=LI, hours=n / 10 + 20 + n / 20, answers=2000 + n, headers=named
            )  # fmt: skip
            made.append(reply)
    made.append(
        mail(4000, "再问一下。", f"Re: 快卖完了{bad - 1}", sender=LI, to=WANG, hours=40, answers=2000 + bad - 1)
    )
    made.append(mail(5000, LEAK, "清关", to="ops@swift-freight.com", hours=1))
    made.append(
        mail(6000, "请知悉\uff0c无需回复。", "【通知】放假", hours=24 * 20)
    )  # the last day that the archive knows
    return made


def folder_of(place: Path, mails: list[bytes]) -> Path:
    """The mails as .eml files."""
    place.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(mails):
        (place / f"{number:05d}.eml").write_bytes(content)
    return place


def mbox_of(place: Path, mails: list[bytes]) -> Path:
    """The mails as an mboxrd file."""
    import re

    with place.open("wb") as file:
        for content in mails:
            body = re.sub(rb"^(>*From )", rb">\1", content.replace(b"\r\n", b"\n"), flags=re.MULTILINE)
            file.write(
                b"From a@b.cn Tue Mar 10 10:00:00 2026\n" + body + (b"" if body.endswith(b"\n") else b"\n") + b"\n"
            )
    return place

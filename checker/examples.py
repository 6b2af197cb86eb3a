"""The examples in rule files, run as tests: each in four dresses, with the finding exactly where «…» stands."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from html import escape
from typing import Any, NamedTuple

from checker.company import Colleague, Company, Partner
from checker.compile import Ruleset
from checker.draft import from_draft
from checker.engine import check
from checker.message import Aftermath, DraftError, Message
from checker.mime import from_eml
from checker.rule import Finding, Rule
from checker.seller_data import Inventory, Listings
from checker.text import Text
from checker.workbook import write_csv, write_xlsx

ENVELOPE: Mapping[str, Any] = {
    "from": "王芳 <wang.fang@lantu-trade.cn>",
    "to": ["李强 <li.qiang@lantu-trade.cn>"],
    "cc": ["陈晓 <chen.xiao@lantu-trade.cn>"],
    "subject": "【补货】B08XYZ1234 补货申请",
    "date": "2026-03-10T10:00:00+08:00",
}
NOW = datetime.fromisoformat("2026-03-10T10:00:00+08:00")
DATA_TABLES = ("listings", "inventory")
_DOMAIN = "lantu-trade.cn"
PEOPLE = (
    Colleague(f"wang.fang@{_DOMAIN}", "王芳", "运营助理", "assistant", f"chen.xiao@{_DOMAIN}", "Asia/Shanghai"),
    Colleague(f"li.qiang@{_DOMAIN}", "李强", "采购", "buyer", f"chen.xiao@{_DOMAIN}", "Asia/Shanghai"),
    Colleague(f"chen.xiao@{_DOMAIN}", "陈晓", "运营经理", "manager", "", "Asia/Shanghai"),
    Colleague(f"zhao.min@{_DOMAIN}", "赵敏", "物流", "logistics", f"chen.xiao@{_DOMAIN}", "Asia/Shanghai"),
    Colleague(f"tom.baker@{_DOMAIN}", "Tom Baker", "US Account Manager", "account", "", "America/Los_Angeles"),
)
PARTNERS = (Partner("swift-freight.com", ("logistics",)), Partner("hezhong-mfg.cn", ("restock",)))


def example_company(company: Company, own: Mapping[str, Any]) -> Company:
    """The company of the examples. own: an example's policy tables, which win.

    Two of them (DATA_TABLES) are no policy but what the seller's reports say: `listings` is ASIN -> status, `inventory`
    ASIN -> {fulfillable, warehouse, total}, or a list of those, one a SKU.
    """
    stated = own.get("company", {})
    ours: dict[str, Any] = {"name": "蓝途贸易", "domains": (_DOMAIN,), "partners": PARTNERS, "people": PEOPLE}
    listings = Listings.stated(own["listings"]) if "listings" in own else None
    inventory = Inventory.stated(own["inventory"]) if "inventory" in own else None
    unstated = {key: value for key, value in ours.items() if key not in stated}
    return replace(company, listings=listings, inventory=inventory, **unstated)


class Failure(NamedTuple):
    """An example that does not behave."""

    rule: str
    path: str
    line: int
    dress: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: in dress {self.dress}: {self.reason}"


Prepare = Callable[[Mapping[str, Any]], tuple[Company, Ruleset]]


def run_examples(rule: Rule, prepare: Prepare) -> Iterator[Failure]:
    """Every example of a rule in every dress. prepare: company and ruleset under an example's own policy tables."""
    for side, examples in (("pass", rule.passes), ("fail", rule.fails)):
        for example in examples:
            draft = {**ENVELOPE, **copy.deepcopy(dict(example.draft))}
            company, ruleset = prepare(draft.pop("policy", {}))
            aftermath = Aftermath(**draft.pop("aftermath")) if "aftermath" in draft else None
            only = replace(ruleset, judges=tuple(j for j in ruleset.judges if j.rule.id == rule.id))
            try:
                for dress, build in DRESSES.items():
                    reason = _judge(side, draft, build, company, only, aftermath)
                    if reason:
                        yield Failure(rule.id, rule.path, example.line, dress, reason)
            except DraftError as error:
                yield Failure(rule.id, rule.path, example.line, "draft", f"not a draft: {error}")


def _judge(
    side: str, draft: dict[str, Any], build: Dress, company: Company, ruleset: Ruleset, aftermath: Aftermath | None
) -> str | None:
    built = build(_unmarked(draft))
    if built is None:
        return None
    report = check(built, ruleset, company, now=NOW, aftermath=aftermath)
    if report.errors:
        return f"crashed: {report.errors[0]}"
    if side == "pass":
        return f"fires: {'; '.join(f.message.en for f in report.findings)}" if report.findings else None
    if not report.findings:
        return "does not fire"
    marked = build(draft)
    wanted = _wanted(marked) if marked else set()
    found = {_where(f) for f in report.findings}
    if wanted and wanted != found:
        return f"points at {_shown(found)}, not at {_shown(wanted)}"
    return None


def _shown(places: set[tuple[str, int, str]]) -> str:
    return ", ".join(sorted(f"“{words}” ({part}+{at})" for part, at, words in places)) or "nothing"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _where(finding: Finding) -> tuple[str, int, str]:
    """Part, characters without white space before the words, the words without white space: the same in every dress."""
    span = finding.place.span
    return _part(span.of), len(_squeezed(span.of.plain[: span.start])), _squeezed(span.words)


def _part(text: Text) -> str:
    return (
        "body"
        if text.part in ("html", "text")
        else f"{text.part}{text.attachment if text.attachment else ''}{text.sheet or ''}"
    )


def _wanted(message: Message) -> set[tuple[str, int, str]]:
    wanted = set()
    names = tuple(a.name for a in message.attachments)
    for text in (message.subject, message.body, *message.headers, *names):
        before = 0
        for i, piece in enumerate(text.plain.replace("»", "«").split("«")):
            words = _squeezed(piece)
            if i % 2:
                wanted.add((_part(text), before, words))
            before += len(words)
    return wanted


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("«", "").replace("»", "")
    if isinstance(value, dict):
        return {key: _unmarked(one) for key, one in value.items()}
    return [_unmarked(one) for one in value] if isinstance(value, list) else value


Dress = Callable[[dict[str, Any]], Message | None]


def _with_files(draft: dict[str, Any]) -> dict[str, Any]:
    files = []
    for file in draft.get("attachments", []):
        kept = {k: v for k, v in file.items() if k != "rows"}
        if "rows" in file:
            data = write_xlsx(file["rows"]) if file["name"].endswith(".xlsx") else write_csv(file["rows"])
            kept |= {"content": base64.b64encode(data).decode(), "size": len(data)}
        files.append(kept)
    return draft | ({"attachments": files} if files else {})


def _draft(draft: dict[str, Any]) -> Message:
    return from_draft(_with_files(draft))


def _every_character_in_a_tag(draft: dict[str, Any]) -> Message | None:
    if "html" in draft:
        return None
    return from_draft(_with_files(draft | {"html": _tagged(draft.get("text", "")), "text": None}))


def _tagged(text: str) -> str:
    tags = "".join("<br>" if c == "\n" else c if c == "\r" else f"<span>{escape(c)}</span>" for c in text)
    inner = f'<pre style="font-family:inherit">{tags}</pre>' if "\t" in text or "  " in text else tags
    return f"<html><head><style>p {{ color: red }} /* ASAP 马上 */</style></head><body><div>{inner}</div></body></html>"


def _base64_eml(draft: dict[str, Any]) -> Message | None:
    return from_eml(_eml(draft, stale=False)) if _has_bytes(draft) else None


def _stale_alternative(draft: dict[str, Any]) -> Message | None:
    return from_eml(_eml(draft, stale=True)) if "html" not in draft and _has_bytes(draft) else None


def _has_bytes(draft: dict[str, Any]) -> bool:
    """Whether all of the draft can be written into MIME: not files known by name only, nor a thread's participants."""
    files = all("rows" in file or file.get("content") for file in draft.get("attachments", []))
    return files and not draft.get("reply", {}).keys() & {"from", "to", "cc"}


def _eml(draft: dict[str, Any], *, stale: bool) -> bytes:
    """The draft as MIME: base64 throughout, or HTML in quoted-printable beside a plain part of an older draft."""
    mail = EmailMessage()
    full = _with_files(draft)
    for header, key in (("From", "from"), ("To", "to"), ("Cc", "cc"), ("Bcc", "bcc"), ("Reply-To", "reply_to")):
        if full.get(key):
            mail[header] = full[key] if isinstance(full[key], str) else ", ".join(full[key])
    if full.get("subject") is not None:
        mail["Subject"] = full["subject"]
    if full.get("date"):
        mail["Date"] = datetime.fromisoformat(full["date"])
    reply = full.get("reply") or {}
    if reply.get("message_id"):
        mail["In-Reply-To"] = reply["message_id"]
        mail["References"] = " ".join(reply.get("references") or [reply["message_id"]])
    text = full.get("text") or ""
    if stale:
        mail.set_content("旧稿", charset="utf-8", cte="base64")
        mail.add_alternative(_tagged(text), subtype="html", charset="utf-8", cte="quoted-printable")
    elif "html" in full:
        mail.set_content(full["html"], subtype="html", charset="utf-8", cte="base64")
    else:
        mail.set_content(text, charset="utf-8", cte="base64")
    _attach(mail, full.get("attachments", []))
    return mail.as_bytes()


def _attach(mail: EmailMessage, files: list[dict[str, Any]]) -> None:
    for file in files:
        mail.add_attachment(
            base64.b64decode(file["content"]),
            maintype="application",
            subtype="octet-stream",
            filename=file["name"],
            disposition="inline" if file.get("inline") else "attachment",
        )


DRESSES: Mapping[str, Dress] = {
    "draft": _draft,
    "html": _every_character_in_a_tag,
    "base64": _base64_eml,
    "alternative": _stale_alternative,
}

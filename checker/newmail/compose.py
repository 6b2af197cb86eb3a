"""A template filled: the draft, as the design's draft JSON."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from checker.company import Colleague, Company
from checker.newmail.known import known_of
from checker.newmail.texts_of import Template, names, template
from checker.workbook import write_xlsx

_FIELD = re.compile(r"\{(\w+)\}")
_MAIL_FIELDS = ("shipment", "plan")  # of the mail, though a product's line may name them
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Wish(NamedTuple):
    """What a mail is to be: its language, its products with what was given of each, who writes to whom, by when."""

    scenario: str
    language: str
    products: Sequence[tuple[str, Mapping[str, str]]]
    sender: str = ""
    to: tuple[str, ...] = ()
    deadline: datetime | None = None


def compose(wish: Wish, company: Company, now: datetime) -> dict[str, Any]:
    """The draft JSON of a wish. What is unknown stands in it as a marked blank, such as “（请填写当前库存）”.

    Raises ValueError: a figure that is reckoned with is no number.
    """
    of = template(wish.scenario)
    wording = of.wording[wish.language]
    products = [known_of(asin, given, company, now.date()) for asin, given in wish.products]
    sheet = of.sheet == "always" or len(products) > 1
    common = _people(wish, company) | {f: v for f in _MAIL_FIELDS if (v := products[0].get(f))}
    common["products"] = ("、" if wish.language == "zh" else ", ").join(p["asin"] for p in products)
    common["attached"] = wording.attached if sheet else ""
    common["lines"] = "\n".join(_filled(wording.line, p | {"label": _label(p, wish)}, wish.language) for p in products)
    return {
        "from": _address(wish.sender, company) if wish.sender else "",
        "to": [_address(one, company) for one in wish.to],
        "cc": [_address(one, company) for one in _copied(wish, company)],
        "subject": _filled(wording.subject, common, wish.language),
        "text": _filled(wording.text, common, wish.language),
        "language": wish.language,
        "attachments": [_sheet(wording.file, of, products, wish.language)] if sheet else [],
    }


def _filled(text: str, values: Mapping[str, str], language: str) -> str:
    def value(m: re.Match[str]) -> str:
        return _shown(values[m[1]], language) if m[1] in values else _blank(m[1], language)

    return _FIELD.sub(value, text)


def _blank(field: str, language: str) -> str:
    """A blank that names what it stands for; body/placeholder finds it."""
    name = names()[field][language]
    return f"\uff08请填写{name}\uff09" if language == "zh" else f"[enter {name}]"


def _shown(value: str, language: str) -> str:
    """A value as written in a mail; ISO days as days."""
    try:
        day = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        day = None
    if day is None:
        return value
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day.day} {day:%B}"


def _label(product: Mapping[str, str], wish: Wish) -> str:
    sku = product.get("sku")
    if not sku:
        return ""
    return f"\uff08SKU\uff1a{sku}\uff09" if wish.language == "zh" else f" (SKU: {sku})"


def _people(wish: Wish, company: Company) -> dict[str, str]:
    reader = company.by_email.get(wish.to[0].lower()) if wish.to else None
    writer = company.by_email.get(wish.sender.lower())
    found = {"to_name": reader.name.split()[0] if wish.language == "en" else reader.name} if reader else {}
    if wish.deadline:
        found["deadline"] = _moment(wish.deadline, wish.language, company)
    return found | {"signature": _signature(writer, wish, company)}


def _signature(writer: Colleague | None, wish: Wish, company: Company) -> str:
    lines = [
        writer.name if writer else _blank("from_name", wish.language),
        writer.title if writer and writer.title else _blank("title", wish.language),
        company.name,
        writer.email if writer else _blank("contact", wish.language),
    ]
    return "\n".join(line for line in lines if line)


def _moment(moment: datetime, language: str, company: Company) -> str:
    china = company.timezone in ("Asia/Shanghai", "PRC", "Asia/Chongqing")
    if language == "zh":
        zone = "北京时间" if china else company.timezone
        return f"{moment.month}月{moment.day}日{moment:%H:%M}\uff08{zone}\uff09"
    return f"{moment:%A}, {moment.day} {moment:%B} {moment:%H:%M} ({'Beijing time' if china else company.timezone})"


def _copied(wish: Wish, company: Company) -> list[str]:
    """Who must know of it: those whom [policy.cc] wants, and the archive; nobody who is in To, nor the sender."""
    writer = company.by_email.get(wish.sender.lower())
    found = []
    for role in company.cc.get(wish.scenario, ()):
        if role == "manager":
            found += [writer.manager] if writer and writer.manager else []
        else:
            found += [p.email for p in company.people if p.role == role][:1]
    found += [company.archive] if company.archive else []
    there = {one.lower() for one in (*wish.to, wish.sender)}
    return [one for one in dict.fromkeys(found) if one.lower() not in there]


def _address(address: str, company: Company) -> str:
    person = company.by_email.get(address.lower())
    return f"{person.name} <{person.email}>" if person else address


def _sheet(file: str, of: Template, products: Sequence[Mapping[str, str]], language: str) -> dict[str, Any]:
    head: list[object] = [names()[column][language] for column in of.columns]
    rows: list[list[object]] = [[_cell(p.get(c, "")) for c in of.columns] for p in products]
    content = write_xlsx([head, *rows])
    encoded = base64.b64encode(content).decode("ascii")
    return {"name": file, "size": len(content), "type": _SHEET_TYPE, "inline": False, "content": encoded}


def _cell(value: str) -> object:
    return float(value) if _NUMBER.fullmatch(value) else value

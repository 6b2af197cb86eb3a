"""presend new: a draft from a template, filled from the seller's reports and people.csv."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from checker import files
from checker.commands.options import CONFIG, NOW, Stop, moment, told
from checker.company import Company
from checker.newmail.compose import Wish, compose
from checker.newmail.eml import to_eml
from checker.newmail.texts_of import SCENARIOS, template
from checker.refusal import RefusalError
from checker.setup import set_up

_ADDRESS = re.compile(r"[!-~]+@[!-~]+\.[!-~]+")
_ASIN = re.compile(r"B[0-9A-Z]{9}|[0-9]{9}[0-9X]")


@click.command()
@click.argument("scenario", type=click.Choice(SCENARIOS), metavar="SCENARIO")
@click.option("--asin", "asins", multiple=True, required=True, metavar="ASIN", help="A product; repeatable.")
@click.option("--daily", "dailies", multiple=True, metavar="N", help="Units sold a day: one for all, or one an --asin.")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="A figure of the template; repeatable.")
@click.option("--from", "sender", default="", metavar="ADDRESS", help="Who writes: signature, and manager in Cc.")
@click.option("--to", "to", multiple=True, metavar="ADDRESS", help="Who it goes to; repeatable.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of the mail.")
@click.option("--deadline", metavar="TIME", help="By when, with the time of day: 2026-03-12T17:00.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The .eml file to write.")
@CONFIG
@NOW
@told
def new(
    scenario: str,
    asins: tuple[str, ...],
    dailies: tuple[str, ...],
    fields: tuple[str, ...],
    sender: str,
    to: tuple[str, ...],
    lang: str,
    deadline: str | None,
    out: Path,
    config: Path | None,
    now: str | None,
) -> None:
    """Write a draft for SCENARIO: restock, logistics, ads, review or listing.

    Stock, SKU and name come from the reports in [data]. What is unknown is a marked blank: `presend check` names each.
    """
    written = moment(now)
    setup = set_up(config, now=written)
    _check_addresses(*to, *([sender] if sender else []))
    given = _given(scenario, fields)
    products = [(asin, given | daily) for asin, daily in zip(_checked(asins), _daily(dailies, asins), strict=True)]
    wish = Wish(scenario, lang, products, sender, to, _deadline(deadline, setup.company.timezone) if deadline else None)
    _write(out, wish, setup.company, written)
    for note in setup.notes:
        click.echo(f"presend: {note.zh if lang == 'zh' else note.en}", err=True)
    click.echo(f"{out}: written; fill in its blanks, then: presend check {out}")


def _write(out: Path, wish: Wish, company: Company, now: datetime) -> None:
    try:
        draft = compose(wish, company, now)
    except ValueError as error:
        raise Stop(f"{error}: takes a number, 0 or more, such as 15") from None
    if out.exists():
        raise Stop(f"{out}: is there already; nothing was written")
    try:
        files.write(out, to_eml(draft))
    except files.FileError as error:
        raise RefusalError(str(error)) from None


def _deadline(given: str, zone: str) -> datetime:
    """The moment in the company's zone, where it is meant if it names none. A day alone is no deadline."""
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise Stop(f"--deadline: {given!r} is no time; write it like 2026-03-12T17:00") from None
    if ":" not in given:
        raise Stop(f"--deadline: {given} has no time of day; write it like {moment:%Y-%m-%d}T17:00")
    company = ZoneInfo(zone)
    return moment.astimezone(company) if moment.tzinfo else moment.replace(tzinfo=company)


def _check_addresses(*addresses: str) -> None:
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            raise Stop(f"{address!r} is no e-mail address; write it as wang.fang@company.com")


def _checked(asins: tuple[str, ...]) -> list[str]:
    for asin in asins:
        if not _ASIN.fullmatch(asin):
            raise Stop(f"--asin: {asin} is no ASIN; it has ten letters and digits, such as B08XYZ1234")
    return list(asins)


def _daily(dailies: tuple[str, ...], asins: tuple[str, ...]) -> list[dict[str, str]]:
    if len(dailies) not in (0, 1, len(asins)):
        raise Stop(f"--daily: given {len(dailies)} times for {len(asins)} --asin; give it once, or once an --asin")
    values = dailies * len(asins) if len(dailies) == 1 else dailies
    return [{"daily": value} for value in values] or [{} for _ in asins]


def _given(scenario: str, fields: tuple[str, ...]) -> dict[str, str]:
    allowed = (*template(scenario).fields, "sku", "name")
    found = {}
    for one in fields:
        name, _, value = one.partition("=")
        if name not in allowed or not value:
            raise Stop(f"--set: {one} is not allowed; write FIELD=VALUE, a field of {', '.join(allowed)}")
        found[name] = value
    return found

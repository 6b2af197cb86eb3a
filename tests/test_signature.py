"""Signatures: who, in what position, how to reach them."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from growth import grows_linearly

from checker.draft import from_draft
from checker.examples import ENVELOPE
from checker.facts import people, signature
from checker.message import Zone
from checker.reading import Reading

CASES = yaml.load((Path(__file__).parent / "cases" / "people.yaml").read_text("utf-8"), yaml.CSafeLoader)["signatures"]


def read(company, text, zones=None, **draft):
    message = from_draft({**ENVELOPE, **draft, "text": text})
    if zones:
        message = replace(message, zones=zones)
    return signature.read(Reading(message), people.read_sender(message, company))


def shown(found):
    return "".join("+" if part else "-" for part in (found.name, found.title, found.contact))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_signature(company, case):
    assert shown(read(company, case["text"])) == case["want"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_signature_in_a_zone_of_its_own(company, case):
    text = case["text"]
    cut = text.index("\n") + 1 if "\n" in text else len(text)
    zones = (Zone("own", 0, cut), Zone("signature", cut, len(text))) if cut < len(text) else (Zone("own", 0, cut),)
    found = read(company, text, zones)
    assert shown(found) == case["want"]
    assert found.place.zone == zones[-1].kind


def test_quoted_signatures_are_not_the_senders(company):
    text = "请确认。\n王芳\n运营助理\n13800138000"
    zones = (Zone("own", 0, 5), Zone("quote", 5, len(text)))
    assert shown(read(company, text, zones)) == "---"


def test_the_senders_latin_first_name_alone_is_a_name(company):
    text = "Please confirm.\n\nTHX\ntom\nAccount Manager, ext 12"
    assert shown(read(company, text, **{"from": "tom.baker@lantu-trade.cn"})) == "+++"


def test_an_empty_mail_points_at_its_subject(company):
    found = read(company, "")
    assert (shown(found), found.present, found.place.where) == ("---", False, "subject")


@pytest.mark.parametrize("unit", ["a", "王芳 ", "1-", "A a ", "\n"])
def test_long_monotony_is_quick(company, unit):
    def signed(length):
        message = from_draft({**ENVELOPE, "text": unit * (length // len(unit))})
        return signature.read(Reading(message), people.read_sender(message, company))

    assert shown(grows_linearly(signed, 400_000)) == "---"

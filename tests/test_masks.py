"""Masks: the forms that the guide asks for, and that a mask is never sensitive again."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checker.facts.candidates import scan
from checker.facts.masks import _MASKS, mask
from checker.presidio_pack import SHAPES
from checker.text import literal

MASKS = [
    ("resident_id", "11010519491231002X", "110105********002X"),
    ("resident_id", "110105 19491231 002X", "110105********002X"),
    ("resident_id", "440301770615123", "440301******123"),
    ("phone", "13800138000", "138****8000"),
    ("phone", "138-0013-8000", "138****8000"),
    ("phone", "+86 138 0013 8000", "+86 138****8000"),
    ("phone", "+1 206 555 0143", "+1 20* *** **43"),
    ("landline", "0755-86541234", "0755-****1234"),
    ("bank_card", "6222021000112345672", "6222 **** **** 5672"),
    ("credit_card", "4111 1111 1111 1111", "4111 **** **** 1111"),
    ("account", "755912345610801", "7559*******0801"),
    ("iban", "GB82 WEST 1234 5698 7654 32", "GB82 **** **** 5432"),
    ("email", "zhangsan1988@gmail.com", "z***@gmail.com"),
    ("order", "113-1234567-7654323", "113-*******-*****23"),
    ("name", "张三", "张*"),
    ("name", "John Smith", "J*** S***"),
    ("address", "广东省深圳市龙岗区坂田街道桃园路18号", "广东省深圳市龙岗区****"),
    ("plate", "粤B12345", "粤B***45"),
    ("passport", "E12345678", "E******78"),
    ("password", "Lantu@2026", "******"),
    ("key", "AKIAIOSFODNN7EXAMPLE", "AKIA****"),
    ("cost", "成本价 23.5元", "成本价 ***元"),
]
LABELS = {
    "resident_id": "身份证\uff1a",
    "account": "账号\uff1a",
    "passport": "护照号\uff1a",
    "password": "密码\uff1a",
    "name": "订单113-1234567-7654323 买家\uff1a",
    "plate": "车牌\uff1a",
    "address": "收货地址\uff1a",
}


@pytest.mark.parametrize(("kind", "value", "masked"), MASKS)
def test_masks(kind, value, masked):
    assert mask(kind, value) == (masked, masked)


@pytest.mark.parametrize(("kind", "value", "masked"), MASKS)
def test_a_masked_value_is_found_no_more(kind, value, masked):
    label = LABELS.get(kind, "")
    assert kind in {c.shape.kind for c in scan(literal("text", label + value))}
    assert kind not in {c.shape.kind for c in scan(literal("text", label + masked))}


def test_a_private_key_is_taken_out_by_hand():
    quoted, edit = mask("private_key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----")
    assert edit is None
    assert "MIIE" not in quoted


@given(
    st.sampled_from(["resident_id", "phone", "bank_card", "account", "order", "passport"]),
    st.text("0123456789", min_size=11, max_size=19),
)
def test_the_middle_is_hidden(kind, digits):
    masked, _ = mask(kind, digits)
    assert digits not in masked
    assert masked.count("*") >= 4


STRINGS = yaml.load((Path(__file__).parent / "cases" / "sensitive_strings.yaml").read_text("utf-8"), yaml.CSafeLoader)
EVERY = [case for case in STRINGS if case["kinds"]]


@given(st.sampled_from(EVERY), st.data())
def test_a_value_of_any_kind_masked_in_its_text_fires_no_more(case, data):
    """Also with other digits and letters in the value: what is found of them is masked, and then nothing is."""
    text = re.sub("«(.*?)»", lambda m: varied(m[1], data.draw), case["text"], flags=re.DOTALL)
    of = literal("text", text)
    for found in reversed(scan(of)):
        span = of.place(found.start, found.end)
        masked = mask(found.shape.kind, of.matching[found.start : found.end])[0]
        text = text[: span.start] + masked + text[span.end :]
    assert scan(literal("text", text)) == ()


def varied(value, draw):
    """The value with one digit changed, or as it is: a check digit may fail then, and the value is none."""
    digits = [i for i, char in enumerate(value) if char in "0123456789"]
    if not digits or draw(st.booleans()):
        return value
    at = draw(st.sampled_from(digits))
    return value[:at] + draw(st.sampled_from("0123456789")) + value[at + 1 :]


def test_every_kind_of_the_shapes_has_its_mask():
    assert {shape.kind for shape in SHAPES} - set(_MASKS) <= {"password", "code", "connection"}

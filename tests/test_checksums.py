"""Check digits: the standards' own samples, wrong digits, and the property that one changed digit is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.presidio_pack import checksums

CARDS = {
    "4111111111111111": "visa",
    "4532015112830366": "visa",
    "5555555555554444": "mastercard",
    "2223003122003222": "mastercard",
    "378282246310005": "amex",
    "6011111111111117": "discover",
    "3530111333300000": "jcb",
    "30569309025904": "diners",
    "6222021000112345672": "unionpay",
    "6200000000000005": "unionpay",
}
IBANS = ["GB82WEST12345698765432", "DE89370400440532013000", "FR1420041010050500013M02606", "NL91ABNA0417164300"]


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x", "440524188001010014"])
def test_resident_ids_of_the_standard(number):
    # GB 11643-1999 prints both; the second sample is of 1880, before anybody who is alive.
    assert checksums.resident_id(number) is (number[6:8] != "18")


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",  # check digit
        "11010519490231002X",  # 31 February
        "99010519491231002X",  # no such province
        "123456789012345678",
        "1101051949123100X",
        "１１０１０５１９４９１２３１００２Ｘ",  # full width is the text's business
        "",
    ],
)
def test_no_resident_ids(number):
    assert not checksums.resident_id(number)


@given(st.integers(0, 16), st.integers(1, 9))
def test_a_changed_digit_of_a_resident_id_is_told(at, step):
    number = "11010519491231002X"
    changed = number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]
    assert not checksums.resident_id(changed)


def test_resident_id_15_needs_a_date_and_a_province():
    assert checksums.resident_id_15("440301770615123")
    assert not checksums.resident_id_15("440301771315123")
    assert not checksums.resident_id_15("990301770615123")
    assert not checksums.resident_id_15("44030177061512")


def test_uscc():
    assert checksums.uscc("91350100M000100Y43")  # GB 32100-2015, annex
    assert not checksums.uscc("91350100M000100Y34")
    assert not checksums.uscc("11010519491231002X")


def test_hkid():
    assert checksums.hkid("A1234563")
    assert checksums.hkid("a1234563")
    assert checksums.hkid("AB9876543")
    assert not checksums.hkid("A1234564")
    assert not checksums.hkid("1234563")


@pytest.mark.parametrize(("number", "brand"), CARDS.items())
def test_cards_of_the_issuers_test_pages(number, brand):
    assert checksums.card_brand(number) == brand


@pytest.mark.parametrize(
    "number", ["1234567890123456", "4444444444444444", "0000000000000000", "6222021000112345673", ""]
)
def test_no_cards(number):
    assert checksums.card_brand(number) is None


@given(st.text("0123456789", min_size=12, max_size=18).filter(lambda d: d.strip("0")))
def test_luhn_has_one_check_digit(digits):
    assert sum(checksums.luhn(digits + d) for d in "0123456789") == 1


@pytest.mark.parametrize("code", IBANS)
def test_ibans_of_the_registry(code):
    assert checksums.iban(code)
    assert not checksums.iban(code[:-1])
    assert not checksums.iban(code[:2] + code[3] + code[2] + code[4:])


@given(st.sampled_from(IBANS), st.integers(4, 17), st.integers(1, 9))
def test_a_changed_digit_of_an_iban_is_told(code, at, step):
    if code[at].isdigit():
        assert not checksums.iban(code[:at] + str((int(code[at]) + step) % 10) + code[at + 1 :])

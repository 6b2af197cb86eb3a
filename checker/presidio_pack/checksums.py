"""Numbers that prove themselves: check digits of identity, company, bank and card numbers."""

from __future__ import annotations

import re
from datetime import date

# GB/T 2260 province codes; 81-83 are Hong Kong, Macau and Taiwan residents (since 2018).
_REGIONS = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I O S V Z
_USCC = re.compile(rf"[159AY][1239][0-9]{{6}}[{_USCC_LETTERS}]{{10}}", re.ASCII)
_LAST_YEAR = 2099

# Lengths from the SWIFT IBAN registry, as published; countries outside it have no IBAN.
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
    "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24,
    "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
    "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip


def resident_id(number: str) -> bool:
    """Whether 18 characters are a resident ID: province, a real date of birth, MOD 11-2 check (GB 11643-1999)."""
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()) or int(number[:2]) not in _REGIONS:
        return False
    total = sum(w * int(d) for w, d in zip(_RESIDENT_WEIGHTS, number, strict=False))
    return _RESIDENT_CHECKS[total % 11] == number[17].upper() and _is_day(number[6:14])


def resident_id_15(number: str) -> bool:
    """Whether 15 digits look like a first-generation resident ID: province and a date of 19xx; no check digit."""
    return (
        len(number) == 15
        and number.isascii()
        and number.isdigit()
        and int(number[:2]) in _REGIONS
        and _is_day("19" + number[6:12])
    )


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1900 <= day.year <= _LAST_YEAR


def uscc(code: str) -> bool:
    """Whether 18 characters are a unified social credit code (GB 32100-2015, MOD 31): a company's, no person's."""
    if not _USCC.fullmatch(code):
        return False
    total = sum(_USCC_LETTERS.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _USCC_LETTERS[(31 - total % 31) % 31] == code[17]


def hkid(code: str) -> bool:
    """Whether one or two letters, six digits and a check character are a Hong Kong identity card number (MOD 11)."""
    match = re.fullmatch(r"([A-Z]{1,2})([0-9]{6})([0-9A])", code.upper())
    if not match:
        return False
    # A missing first letter counts as a space, 36; letters from A = 10.
    values = [36, *(ord(c) - 55 for c in match[1])][-2:] + [int(d) for d in match[2]]
    total = sum(w * v for w, v in zip(range(9, 1, -1), values, strict=True))
    return (total + int(match[3], 16)) % 11 == 0


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B). All zeros pass Luhn and are refused."""
    if not (digits.isascii() and digits.isdigit()) or not digits.strip("0"):
        return False
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(int(d) for d in digits[-1::-2]) + sum(doubled)) % 10 == 0


# Issuer ranges (ISO/IEC 7812) with the lengths that they issue. PRC banks: UnionPay 62 and
# the debit ranges of before 2002.
_BRANDS: tuple[tuple[str, re.Pattern[str], tuple[int, ...]], ...] = (
    ("unionpay", re.compile("62|9558|95599|601382|601428|436742|405512|456351|690755|622"), (16, 17, 18, 19)),
    ("visa", re.compile("4"), (16,)),
    ("mastercard", re.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    ("amex", re.compile("3[47]"), (15,)),
    ("jcb", re.compile("35(?:2[89]|[3-8])"), (16,)),
    ("discover", re.compile("6011|64[4-9]|65"), (16,)),
    ("diners", re.compile("3(?:0[0-5]|[68])"), (14,)),
)


def card_brand(digits: str) -> str | None:
    """The brand of a payment card number with a right check digit, else None. One digit repeated is a placeholder."""
    if len(set(digits)) < 2 or not luhn(digits):
        return None
    return next((name for name, prefix, sizes in _BRANDS if len(digits) in sizes and prefix.match(digits)), None)


def iban(code: str) -> bool:
    """Whether a compact, upper-case code is an IBAN: the country's length and MOD 97-10 (ISO 13616)."""
    if len(code) != IBAN_LENGTHS.get(code[:2]) or not (code.isascii() and code.isalnum() and code[2:4].isdigit()):
        return False
    return int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % 97 == 1

"""The form of an ASIN: what is one, what was meant to be one, and what it should read.

An ASIN is B and nine capitals or digits (B08XYZ1234, BT00LLINKI) or the ISBN-10 of a book; the letters O and I are
legal in it. A correction is given only where nothing else can have been meant.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WELL = re.compile(r"B(?=[A-Z0-9]*\d)[A-Z0-9]{9}")
_ISBN = re.compile(r"\d{9}[\dXx]")
_SEPARATORS = re.compile(r"[ ._-]")
_BLANK = re.compile(r"[Xx]{4}|[*?]")
_MEANT = re.compile(r"B[0OT\d]")
# Digits among letters on both sides, as in an ASIN's tail and in no word, date or model with a number behind it.
_MIXED = re.compile(r"(?=[A-Z0-9]*\d)(?:\d+[A-Z]+[A-Z0-9]*[A-Z]|[A-Z]+\d+[A-Z]+[A-Z0-9]*\d)")
_HEX = re.compile(r"b0[0-9a-f]+")


class Form(NamedTuple):
    """What a token given as an ASIN is: well formed, or the first fault and the certain correction."""

    valid: bool
    problem: str | None = None
    corrected: str | None = None


def well_formed(value: str) -> bool:
    """Whether the half-width value is B and nine capitals or digits, or an ISBN-10 with the right check digit."""
    return bool(_WELL.fullmatch(value)) or isbn_holds(value)


def isbn_holds(value: str) -> bool:
    """ISO 2108: ten digits, weighted 10 to 1, sum to a multiple of 11; X counts ten in the last place."""
    if not _ISBN.fullmatch(value):
        return False
    digits = [10 if c in "Xx" else int(c) for c in value]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


def judge(value: str, *, labelled: bool) -> Form | None:
    """The form of a half-width token; None when it was not given as an ASIN.

    labelled: it stands behind the word ASIN or in a column headed so. Without a label only what starts like B0 and has
    9 to 11 characters counts, and small letters only where the length is right.
    """
    if not any(c.isdigit() for c in value) or _BLANK.search(value):
        return None
    if _SEPARATORS.search(value):
        joined = _SEPARATORS.sub("", value).upper()
        return (
            Form(False, "characters", joined) if labelled and _WELL.fullmatch(joined) and _MEANT.match(joined) else None
        )
    return _given(value) if labelled else _alone(value)


def _given(value: str) -> Form | None:
    upper = value.upper()
    if re.fullmatch(r"X00[A-Z0-9]{7}", upper):
        return Form(False, "fnsku")
    if len(value) == 10:
        return _of_ten(value)
    if not 9 <= len(value) <= 11 and not (_MEANT.match(upper) and 6 <= len(value) <= 14):
        return None
    return Form(False, "short" if len(value) < 10 else "long")


def _alone(value: str) -> Form | None:
    upper, tail = value.upper(), value[2:]
    if not any(c.isdigit() for c in tail) or not upper.startswith(("B0", "BO")):
        return None
    if upper.startswith("BO"):  # BOX12, BO20260312, BOTTLE2026: only what can be nothing else
        certain = len(value) == 10 and value == upper and _MIXED.match(tail) is not None
        return _of_ten(value) if certain else None
    if len(value) == 10:
        return None if _HEX.fullmatch(value) else _of_ten(value)
    if value != upper or tail.isdigit():
        return None
    return Form(False, "short" if len(value) < 10 else "long")


def _of_ten(value: str) -> Form:
    if _ISBN.fullmatch(value):
        return Form(True) if isbn_holds(value) else Form(False, "check_digit")
    upper = value.upper()
    zeroed = f"B0{upper[2:]}" if upper.startswith("BO") else upper
    if not _WELL.fullmatch(zeroed):
        return Form(False, "characters")
    if value == zeroed:
        return Form(True)
    small = {c for c in value if c.islower()}
    if small == {"l"} and any(c.isupper() for c in value[1:]):
        return Form(False, "letter_i", value.replace("l", "1"))
    if small == {"o"} or (not small and zeroed != upper):
        return Form(False, "letter_o", f"B0{value[2:]}".replace("o", "0"))
    return Form(False, "lower", zeroed)

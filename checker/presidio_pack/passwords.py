"""Shapes of passwords and codes, told by the label before them."""

from __future__ import annotations

import re

from checker.presidio_pack.no_secrets import NO_SECRET, is_masked
from checker.presidio_pack.number_forms import END
from checker.presidio_pack.shape import Range, Shape

_OTHER_FIELD = re.compile(r"[;,&](?=[A-Za-z_ ]{1,20}[=:])")
_TAIL = ".,;:)>]}\"'/|?”([{<“"
_NUMERIC = re.compile(r"\d{4,32}")


def _password(match: re.Match[str]) -> Range | None:
    """The characters behind the label; without colon or verb they must look like one (letters with digits or signs)."""
    start, value = match.start("value"), match["value"]
    cut = _OTHER_FIELD.search(value)
    value = value[: cut.start()] if cut else value
    value = value.rstrip(_TAIL)
    if value[:1] in "\"'":
        start, value = start + 1, value[1:]
    if len(value) < 4 or (NO_SECRET.fullmatch(value) and not _NUMERIC.fullmatch(value)):
        return None
    if is_masked(value) or not _stands_alone(match, value, start + len(value)):
        return None
    return start, start + len(value)


def _stands_alone(match: re.Match[str], value: str, end: int) -> bool:
    stated = match["is"].strip()
    if stated.lower() == "to" and not _changed_to(match, value):
        return False
    if re.match("[A-Za-z]", match.string[match.start("value") - 1]):
        return False
    plain = value.isalpha() and (value.islower() or value.istitle() or value.isupper())
    if stated in (":", "="):
        return not (plain and re.match(r",? [a-z]+", match.string[end : end + 12]))
    mixed = not value.isalpha() and any(c.isalpha() for c in value) and not value.endswith("%")
    # A day is a day where words go on (密码 20260310 前更新), else the password that many people choose.
    gap = r"\s?" if re.fullmatch(r"(?:19|20)\d{6}", value) else ""
    if re.fullmatch(r"\d{6,12}", value) and not re.match(gap + "[\u4e00-\u9fffA-Za-z]", match.string[end:]):
        return True
    return (mixed and len(value) >= 6) or (bool(stated) and (mixed or _NUMERIC.fullmatch(value) is not None))


def _changed_to(match: re.Match[str], value: str) -> bool:
    """I changed the password to Harbor-93; not the password to sign-in."""
    before = match.string[max(0, match.start() - 60) : match.start()]
    return _CHANGED.search(before) is not None and re.search(r"\d", value) is not None


_CHANGED = re.compile(r"(?<![A-Za-z])(?i:chang|set|reset|updat|switch)[a-z]*[^\n.!?]{0,40}$")
_SET = (
    r"\s*(?:\([^()\n]{0,16}\))?"
    r"(?P<is>(?:没[换改变]过?,?|已|就|还|仍|统一|暂时|都|先|为|是|改|更新|重置|设置|成|了|[:=→>]|\s){0,8})"
)
_SET_EN = (
    r"[\"']?\s*(?:\([^()\n]{0,16}\))?(?P<is>\s*(?::|=|(?i:(?:has been |was |is |now )*(?:changed to|reset to|set to"
    r"|is|are|was|to))\s*:?)?)\s*"
)
_CODE = (
    r"(?P<value>(?:G-\d{6}|\d{3}[ -]\d{3}|(?=[A-Z]{0,6}\d)[A-Z0-9]{4,8}|(?=[a-z]{0,6}\d)[a-z0-9]{6,8}))"
    r"(?![A-Za-z0-9-]|\s?[个位人次条%分秒])"
)
PASSWORDS = (
    Shape(
        "password",
        "credential",
        re.compile(rf"(?:密码|密碼|口令){_SET}[\"'“「]?(?P<value>[!-~]{{4,64}})"),
        0.85,
        _password,
        cleared=False,
        words=("密码", "密碼", "口令"),
    ),
    Shape(
        "password",
        "credential",
        re.compile(
            r"(?i:password|passwd|passcode|passphrase|pwd|(?<![A-Za-z])(?:pass(?=\s?[:=])|ps?w(?=\s?[:=]| )))"
            rf"{_SET_EN}[\"'“]?(?P<value>[!-~]{{4,64}})"
        ),
        0.85,
        _password,
        cleared=False,
        words=(
            "password",
            "passwd",
            "passcode",
            "passphrase",
            "pwd",
            "pass:",
            "pass :",
            "pass=",
            "pw:",
            "pw ",
            "psw ",
            "pw :",
            "pw=",
            "psw:",
            "psw=",
        ),
    ),
    Shape(
        "password",
        "credential",
        re.compile(rf"(?<![A-Za-z])PIN\s*(?:[:=]|是|为|is)\s*(?P<value>\d{{4,8}}){END}"),
        0.85,
        cleared=False,
        words=("pin:", "pin :", "pin=", "pin is", "pin是", "pin为"),
    ),
    Shape(
        "code",
        "credential",
        re.compile(
            r"(?:验证码|校验码|动态码|动态口令|短信码|(?i:(?:verification|security|one[- ]time|2FA|authentication|auth"
            r"|login) (?:pass)?code|(?<![A-Za-z])OTP(?: code)?(?![A-Za-z])))"
            rf"[^\nA-Za-z0-9。]{{0,6}}(?:(?i:is|was|for [A-Za-z ]{{2,24}} is)\s?)?[:=\"“【\[ ]{{0,3}}{_CODE}"
        ),
        0.85,
        cleared=False,
        words=(
            "验证码",
            "校验码",
            "动态码",
            "动态口令",
            "短信码",
            "verification code",
            "security code",
            "one-time",
            "one time",
            "2fa",
            "otp",
            "authentication code",
            "auth code",
            "login code",
        ),
    ),
    Shape(
        "code",
        "credential",
        re.compile(
            r"(?<![A-Za-z0-9-])(?P<value>\d{4,8})\s*(?:是|为|(?i:is))\s*[^\n\d]{0,16}(?:验证码"
            r"|(?i:verification code|OTP"
            r"|security code|one-time (?:pass)?code))"
        ),
        0.85,
        cleared=False,
        words=("验证码", "verification code", "otp", "security code", "one-time"),
        around=(40, 24),
    ),
)

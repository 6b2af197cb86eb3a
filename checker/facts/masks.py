"""How a sensitive value is shown, and what may stand in its place: enough to recognise it, too little to use it."""

from __future__ import annotations

import re

_SECRET = "******"
_DIGITS = re.compile(r"\d")
_FIGURE = re.compile(r"\d[\d,.]*")
_DISTRICT = re.compile(r".*?(?:[区县旗]|市(?!.{0,12}[区县旗]))")
_COUNTRY_CODE = re.compile(r"\(?(?:\+|00)86\)?[ -]?|86[ -]?(?=1\d)")
_WORD = re.compile(r"[A-Za-z]\w*")
_NO_EDIT = frozenset({"private_key"})


def mask(kind: str, value: str) -> tuple[str, str | None]:
    """The value as it is quoted, and what replaces it in the mail (None: it has to be taken out by hand).

    kind: as in `Sensitive`. value: the words in their normalised form. A mask is never sensitive again.
    """
    quoted = _MASKS.get(kind, _secret)(value)
    return quoted, None if kind in _NO_EDIT else quoted


def _secret(_: str) -> str:
    return _SECRET


def _keep(value: str, first: int, last: int) -> str:
    """Without separators, all but the first and the last characters starred."""
    compact = re.sub(r"[\s-]", "", value)
    return compact[:first] + "*" * max(4, len(compact) - first - last) + compact[len(compact) - last :]


def _resident(value: str) -> str:
    return _keep(value, 6, 4 if len(re.sub(r"[\s-]", "", value)) == 18 else 3)


def _document(value: str) -> str:
    return _keep(value, 1, 2)


def _phone(value: str) -> str:
    prefix = _COUNTRY_CODE.match(value)
    head = prefix[0] if prefix else ""
    number = re.sub(r"\D", "", value[len(head) :])
    if re.fullmatch(r"1[3-9]\d{9}", number) and "+" not in value[len(head) :]:
        return f"{head}{number[:3]}****{number[7:]}"
    return head + _starred(value[len(head) :], 3 if value.startswith("+") else 2, 2)


def _starred(value: str, first: int, last: int) -> str:
    """Separators stay; all digits but the first and the last are starred."""
    total, seen, out = len(_DIGITS.findall(value)), 0, []
    for char in value:
        seen += char.isdigit()
        out.append("*" if char.isdigit() and first < seen <= total - last else char)
    return "".join(out)


def _landline(value: str) -> str:
    area, dash, rest = re.sub(r"(?:-|转)\d{1,6}$", "", value).partition("-")
    if dash and len(area) <= 5:
        return f"{area}-{_keep(rest, 0, 4)}"
    return _starred(value, 4, 4)


def _email(value: str) -> str:
    local, _, domain = value.rpartition("@")
    return f"{local[:1]}***@{domain}"


def _card(value: str) -> str:
    digits = re.sub(r"[\s-]", "", value)
    return f"{digits[:4]} **** **** {digits[-4:]}"


def _account(value: str) -> str:
    digits = re.sub(r"[\s-]", "", value)
    return _keep(value, 4, 4) if len(digits) >= 14 else _keep(value, 0, 4)


def _order(value: str) -> str:
    return f"{value[:3]}-*******-*****{value[-2:]}"


def _name(value: str) -> str:
    if value[0] >= "\u3400":
        return value[0] + "*" * (len(value) - 1)
    return _WORD.sub(lambda m: m[0][0] + "***", value)


def _handle(value: str) -> str:
    return _keep(value, 2, 2)


def _plate(value: str) -> str:
    return value[:2] + "***" + value[-2:]


def _address(value: str) -> str:
    district = _DISTRICT.match(value)
    if district and value[0] >= "\u3400":
        return district[0] + "****"
    last = re.split(r"[,\n]", value)[-1].strip()
    return "**** " + re.sub(r"[A-Za-z0-9]*\d[A-Za-z0-9-]*", "***", last)


def _key(value: str) -> str:
    return value[:4] + "****"


def _private_key(_: str) -> str:
    return "BEGIN PRIVATE KEY ****"


def _money(value: str) -> str:
    return _FIGURE.sub("***", value)


_MASKS = {
    "resident_id": _resident,
    "ssn": lambda value: _keep(value, 0, 4),
    "itin": lambda value: _keep(value, 0, 4),
    "nino": _document,
    "passport": _document,
    "permit": _document,
    "driving_licence": _document,
    "phone": _phone,
    "landline": _landline,
    "email": _email,
    "im": _handle,
    "name": _name,
    "plate": _plate,
    "address": _address,
    "bank_card": _card,
    "credit_card": _card,
    "iban": _card,
    "account": _account,
    "order": _order,
    "seller_id": _handle,
    "key": _key,
    "token": _key,
    "private_key": _private_key,
    "cost": _money,
    "floor_price": _money,
    "margin": _money,
    "balance": _money,
}

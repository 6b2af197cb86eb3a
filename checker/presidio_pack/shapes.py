"""Every shape of the pack, in the order in which equal readings of the same words win."""

from __future__ import annotations

from checker.presidio_pack.bank_numbers import BANK, ORDERS
from checker.presidio_pack.contacts import EMAILS, MESSENGERS, NAMES, PLATES
from checker.presidio_pack.credentials import KEYS, PASSWORDS
from checker.presidio_pack.money_words import MONEY
from checker.presidio_pack.personal_numbers import IDENTITY, PHONES
from checker.presidio_pack.postal import ADDRESSES
from checker.presidio_pack.shape import Shape

# Of two readings of the same words the better score wins, then the longer one, then the earlier shape.
SHAPES: tuple[Shape, ...] = (
    *IDENTITY, *ORDERS, *BANK, *PHONES, *EMAILS, *MESSENGERS, *PLATES, *ADDRESSES, *NAMES, *PASSWORDS, *KEYS, *MONEY,
)  # fmt: skip

"""Every shape of the pack, in the order in which equal readings of the same words win."""

from __future__ import annotations

from checker.presidio_pack.bank_numbers import BANK, ORDERS
from checker.presidio_pack.buyer_names import NAMES
from checker.presidio_pack.contacts import EMAILS, MESSENGERS, PLATES
from checker.presidio_pack.identity_numbers import IDENTITY
from checker.presidio_pack.keys import KEYS
from checker.presidio_pack.money_words import MONEY
from checker.presidio_pack.passwords import PASSWORDS
from checker.presidio_pack.postal import ADDRESSES
from checker.presidio_pack.shape import Shape
from checker.presidio_pack.telephones import PHONES

# Of two readings of the same words the better score wins, then the longer one, then the earlier shape.
SHAPES: tuple[Shape, ...] = (
    *IDENTITY, *ORDERS, *BANK, *PHONES, *EMAILS, *MESSENGERS, *PLATES, *ADDRESSES, *NAMES, *PASSWORDS, *KEYS, *MONEY,
)  # fmt: skip

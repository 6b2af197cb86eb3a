"""The [gate] table as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ACTIONS: Mapping[str, tuple[str, ...]] = {  # from the mildest to the strictest
    "block": ("pass", "refuse"),
    "confirm": ("pass", "hold", "refuse"),
    "unavailable": ("pass", "refuse"),
}


class Address(NamedTuple):
    """Host and port."""

    host: str
    port: int


class Actions(NamedTuple):
    """What happens to a mail by its verdict, and where no check could be had."""

    block: str
    confirm: str
    unavailable: str


class Exempt(NamedTuple):
    """Other actions for some senders or recipients; no senders, or no recipients, named: any."""

    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    actions: Actions


class Settings(NamedTuple):
    """How a gate runs; sizes in bytes, times in seconds."""

    listen: Address
    upstream: Address
    tls: str
    certificate: str
    certificate_key: str
    upstream_tls: str
    actions: Actions
    exceptions: tuple[Exempt, ...]
    hold: float
    check: float
    largest: int
    connections: int
    workers: int
    ascii_only: bool

    def actions_for(self, sender: str, recipients: Sequence[str]) -> Actions:
        """The strictest of what is to happen for each recipient: a mail is taken or refused as a whole."""
        found = [self._actions(sender, recipient) for recipient in recipients] or [self.actions]
        return Actions(*(max((a[i] for a in found), key=ACTIONS[name].index) for i, name in enumerate(ACTIONS)))

    def _actions(self, sender: str, recipient: str) -> Actions:
        for one in self.exceptions:
            if _fits(sender, one.senders) and _fits(recipient, one.recipients):
                return one.actions
        return self.actions


def settings_of(table: Mapping[str, Any], folder: Path) -> Settings:
    """The settings of a checked [gate] table. folder: where its files are."""
    actions = Actions(*(table[name] for name in ACTIONS))
    return Settings(
        listen=address_of(table["listen"]),
        upstream=address_of(table["upstream"]),
        tls=table["tls"],
        certificate=str(folder / table["certificate"]),
        certificate_key=str(folder / table["certificate_key"]),
        upstream_tls=table["upstream_tls"],
        actions=actions,
        exceptions=tuple(_exempt(one, actions) for one in table["exceptions"]),
        hold=table["hold_minutes"] * 60,
        check=table["check_seconds"],
        largest=int(table["max_message_mb"] * 1_000_000),
        connections=int(table["connections"]),
        workers=max(1, int(table["workers"])),
        ascii_only=table["replies"] == "ascii",
    )


def address_of(written: str) -> Address:
    """host:port as an address."""
    host, _, port = written.rpartition(":")
    return Address(host.strip("[]"), int(port or 0))


def _exempt(value: Mapping[str, Any], actions: Actions) -> Exempt:
    return Exempt(
        _people(value.get("senders", ())),
        _people(value.get("recipients", ())),
        Actions(*(value.get(name, getattr(actions, name)) for name in ACTIONS)),
    )


def _people(wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.lower().removeprefix("@") for one in wanted)


def _fits(address: str, wanted: Sequence[str]) -> bool:
    address = address.lower()
    domain = address.rpartition("@")[2]
    return not wanted or any(w in (address, domain) or domain.endswith(f".{w}") for w in wanted)

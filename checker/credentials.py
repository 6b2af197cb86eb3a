"""Passwords of mail servers: from the environment or the system's keyring, never from arguments or files of ours."""

from __future__ import annotations

import os

VARIABLE = "PRESEND_IMAP_PASSWORD"


class CredentialError(ValueError):
    """No password is to be had; where to put one."""


def mail_password(user: str, host: str) -> str:
    """The password (or app password) of a mailbox: PRESEND_IMAP_PASSWORD, else the keyring's entry for host and user.

    Raises CredentialError.
    """
    given = os.environ.get(VARIABLE)
    if given:
        return given
    found = _from_keyring(user, host)
    if found:
        return found
    raise CredentialError(f"no password for {user}: set {VARIABLE}, or run: keyring set {host} {user}")


def _from_keyring(user: str, host: str) -> str | None:
    import keyring  # noqa: PLC0415 - asks the desktop for its backend, which takes time

    try:
        return keyring.get_password(host, user)
    except Exception:  # a backend is another program's; whatever it raises, there is no password from it
        return None

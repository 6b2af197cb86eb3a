"""What presend keeps on this machine between runs: the state folder, and the secret that digests are keyed with."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from checker.files import FileError

SECRET_FILE = "secret.key"
_BYTES = 32


def state_folder() -> Path:
    """Where key and database are kept: $PRESEND_STATE, else presend in $XDG_STATE_HOME (~/.local/state)."""
    given = os.environ.get("PRESEND_STATE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "presend"


def given_secret() -> bytes | None:
    """The secret that PRESEND_SECRET gives; None where it is not set: a bare check has no fingerprints then."""
    return os.environ.get("PRESEND_SECRET", "").encode() or None


def secret() -> bytes:
    """The secret of service, gate and audit: PRESEND_SECRET, else the key file, made on first use. Raises FileError."""
    return given_secret() or _key_file(state_folder() / SECRET_FILE)


def _key_file(path: Path) -> bytes:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            _make(path)
        key = path.read_bytes().strip()
    except OSError as error:
        raise FileError(str(path), (error.strerror or type(error).__name__).lower()) from None
    if len(key) < _BYTES:
        raise FileError(str(path), "holds no key; remove it, and a new one is made (old fingerprints are then void)")
    return key


def _make(path: Path) -> None:
    """Whole or not at all, readable by its owner only; another process may be making it too. Raises FileExistsError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(_BYTES).encode())
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)

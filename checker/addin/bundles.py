"""The bundles that `make addin` builds: the files of an add-in before they are packed for a service."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from checker.refusal import RefusalError

_DIST = Path(__file__).parent / "dist"


def bundle(client: str) -> Mapping[str, bytes]:
    """The files of one client's bundle by their path in it. Raises RefusalError: it was not built."""
    folder = _DIST / client
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if not files:
        raise RefusalError(f"the {client} add-in is not in this installation; `make addin` builds it (needs node)")
    return files

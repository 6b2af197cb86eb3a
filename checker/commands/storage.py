"""What commands on the store share: the store itself, the clock, and texts that people type."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from checker import files
from checker.company import PolicyError
from checker.files import FileError
from checker.refusal import RefusalError
from checker.store.location import store_url
from checker.store.store import Store


@contextmanager
def opened(config: Path | None) -> Iterator[Store]:
    """The store of the policy, closed at the end. Raises RefusalError."""
    try:
        company = files.read_policy(config).company
    except (PolicyError, FileError) as error:
        raise RefusalError(str(error)) from None
    store = Store.open(store_url(company))
    try:
        yield store
    finally:
        store.close()


def now() -> datetime:
    """The moment, as the store keeps it."""
    return datetime.now(UTC)


def single_line(option: str, text: str, limit: int) -> str:
    """A typed text, trimmed. Raises RefusalError: it is empty, too long, or more than one line."""
    text = text.strip()
    if not text or len(text) > limit or not text.isprintable():
        raise RefusalError(f"{option}: is not allowed; it takes one line of 1 to {limit} characters")
    return text

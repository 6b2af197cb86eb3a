"""Records of what callers did: by whom, as a keyed hash, and kept or refused."""

from __future__ import annotations

from typing import Literal

from checker.identity import person
from checker.rule import Both
from checker.service.access import caller
from checker.service.models import Closed
from checker.service.problems import ProblemError
from checker.service.services import Services
from checker.store.records import Record


class Kept(Closed):
    """It is written, or waits to be."""

    status: Literal["kept"]


def author(services: Services, otherwise: str) -> str:
    """Keyed hash of who calls: the name of the key or token, else of `otherwise` (an address, a digest)."""
    return person(caller() or otherwise, services.key)


def keep(services: Services, record: Record) -> None:
    """Write a record, or queue it while the database is away. Raises ProblemError 503: too many wait already."""
    if not services.recorder.keep(record):
        why = Both("暂时无法记录，请稍后再试。", "It cannot be recorded at the moment; try again later.")
        raise ProblemError("unavailable", why, retry_after=10)

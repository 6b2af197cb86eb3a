"""Which database is the store of a policy, and how long it keeps."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from checker.company import Company
from checker.state import state_folder

_SQLITE = "sqlite:///"


def store_url(company: Company) -> str:
    """PRESEND_DATABASE_URL, else [store] url, else SQLite's presend.db in the state folder."""
    given = os.environ.get("PRESEND_DATABASE_URL") or company.doors["store"]["url"]
    return given or f"{_SQLITE}{state_folder() / 'presend.db'}"


def store_exists(company: Company) -> bool:
    """Whether somebody set the store up: a server is named, or SQLite's file is there."""
    url = store_url(company)
    return not url.startswith(_SQLITE) or Path(url.removeprefix(_SQLITE).partition("?")[0]).exists()


def keeping(company: Company) -> timedelta | None:
    """How long records are kept, by [store] keep_days; None: for ever."""
    days = company.doors["store"]["keep_days"]
    return timedelta(days=days) if days else None

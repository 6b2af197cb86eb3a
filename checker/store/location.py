"""Which database is the store of a policy, and how long it keeps."""

from __future__ import annotations

import os
from datetime import timedelta

from checker.company import Company
from checker.state import state_folder


def store_url(company: Company) -> str:
    """PRESEND_DATABASE_URL, else [store] url, else SQLite's presend.db in the state folder."""
    given = os.environ.get("PRESEND_DATABASE_URL") or company.doors["store"]["url"]
    return given or f"sqlite:///{state_folder() / 'presend.db'}"


def keeping(company: Company) -> timedelta | None:
    """How long records are kept, by [store] keep_days; None: for ever."""
    days = company.doors["store"]["keep_days"]
    return timedelta(days=days) if days else None

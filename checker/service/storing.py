"""Where the store of a policy is."""

from __future__ import annotations

import os

from checker.setup import Setup
from checker.state import state_folder


def store_url(setup: Setup) -> str:
    """The database's URL: PRESEND_DATABASE_URL, else [store] url, else a SQLite file in the state folder."""
    said = os.environ.get("PRESEND_DATABASE_URL") or setup.company.doors.get("store", {}).get("url")
    return said or f"sqlite:///{state_folder() / 'presend.db'}"

"""How old a report is: by a date in its name, else by its file."""

from __future__ import annotations

import re
from datetime import datetime

_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)(?P<s>[-_.年]?)(?P<m>\d\d?)(?:(?P=s)|月)(?P<d>\d\d?)|(?P<m2>\d\d)[-_.](?P<d2>\d\d)[-_.](?P<y2>20\d\d))"
    r"(?!\d)"
)


def dated(name: str, modified: datetime) -> datetime:
    """When a report was exported: the day in its name, else `modified`.

    A name may hold 2026-03-10, 20260310, 03-10-2026 or 2026年3月10日.
    A file that is copied is as new as its copy, its name stays. A day after `modified` is no day of export. The time
    that a day lacks is its end, in the zone of `modified`.
    """
    for m in _DAY.finditer(name):
        year, month, day = (m["y"], m["m"], m["d"]) if m["y"] else (m["y2"], m["m2"], m["d2"])
        try:
            found = modified.replace(
                year=int(year), month=int(month), day=int(day), hour=23, minute=59, second=59, microsecond=0
            )
        except ValueError:
            continue
        if found.date() <= modified.date():
            return min(found, modified)
    return modified


def age_in_days(exported: datetime, now: datetime) -> int:
    """Whole days between the export and now; 0 where the report is newer."""
    return max((now - exported).days, 0)

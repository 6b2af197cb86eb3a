"""What /stats shows: the store's numbers of a period, and the charts of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import Request

from checker.service.charts import HEIGHT, days_chart, share
from checker.service.services import Services
from checker.store.records import RuleCount, Stats
from checker.store.store import StoreError

PERIODS = (7, 30, 90)  # days that a reader may choose
_DEFAULT = 30
_MOST_RULES = 15  # shown; the rest fires seldom
_MOST_FOLLOWUPS = 50


def period(request: Request) -> int:
    """The days that a reader asks for; 30 where they are none of the choices."""
    days = request.args.get("days", type=int)
    return days if days in PERIODS else _DEFAULT


def statistics(services: Services, days: int) -> dict[str, Any]:
    """The values of the template: of the last days, today included. stats is None where the store cannot be read."""
    tomorrow = _midnight(services.clock()) + timedelta(days=1)
    try:
        stats = services.store.stats(tomorrow - timedelta(days=days), tomorrow) if services.store else None
    except StoreError:
        stats = None
    return {"stats": stats, **(_charts(stats) if stats else {})}


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def moment(at: datetime) -> str:
    """A moment for a table, in this machine's zone."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _charts(stats: Stats) -> dict[str, Any]:
    fired = [rule for rule in stats.rules if rule.findings][:_MOST_RULES]
    told = sorted((rule for rule in stats.rules if rule.false_positives or rule.useful), key=_complaints)
    return {
        "totals": {kind: sum(getattr(day, kind) for day in stats.days) for kind in ("block", "confirm", "allow")},
        "chart": days_chart(stats.days),
        "height": HEIGHT,
        "fired": [(rule, share(rule.findings, _most(r.findings for r in fired))) for rule in fired],
        "told": told,
        "followups": stats.followups[:_MOST_FOLLOWUPS],
    }


def _most(numbers: Iterable[int]) -> int:
    return max(numbers, default=0)


def _complaints(rule: RuleCount) -> tuple[int, int]:
    return -rule.false_positives, -rule.useful

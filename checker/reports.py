"""The reports that Seller Central exports, read into plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.company import PolicyError
from checker.roster import decode, read_rows

_ASIN = re.compile(r"B[0-9A-Z]{9}|[0-9]{9}[0-9X]")
_ASIN_HEADINGS = ("asin1", "asin")
_STATUS_HEADINGS = ("status", "listing status", "listing-status", "状态", "商品状态", "ステータス", "estado", "statut")
# What the status column says in the languages of the marketplaces, by a word in it; the first that fits.
_STATUSES: Mapping[str, tuple[str, ...]] = {
    "suppressed": ("suppress", "禁止显示", "抑制", "检索抑制"),
    "restricted": ("restrict", "blocked", "限售", "受限", "屏蔽", "封锁"),
    "incomplete": ("incomplete", "不完整", "未完成", "未完了"),
    "inactive": ("inactive", "closed", "不可售", "停售", "下架", "非在售", "未激活", "停止中"),
    "active": ("active", "在售", "可售", "有效", "出品中"),
}
_RANK = ("active", "restricted", "suppressed", "incomplete", "inactive")


def read_listings(content: bytes, source: str) -> dict[str, str]:
    """ASIN -> active, inactive, incomplete, suppressed or restricted, from an All Listings report.

    Several offers of one ASIN: active if one of them is. A status in words that are not known counts as active, so that
    nothing is blamed on a guess. Raises PolicyError: not that report.
    """
    rows = read_rows(decode(content), source)
    header = [h.strip().strip('"').lower() for h in next(rows, [])]
    asin_at = _column(header, _ASIN_HEADINGS, "asin1", source)
    status_at = _column(header, _STATUS_HEADINGS, "status", source)
    found: dict[str, str] = {}
    for row in rows:
        if len(row) > max(asin_at, status_at) and _ASIN.fullmatch(asin := row[asin_at].strip().strip('"').upper()):
            status = _status(row[status_at])
            found[asin] = min(found.get(asin, status), status, key=_RANK.index)
    return found


def _column(header: list[str], names: tuple[str, ...], wanted: str, source: str) -> int:
    # Chinese reports have headings that occur twice: the first one counts.
    for name in names:
        if name in header:
            return header.index(name)
    raise PolicyError(
        source, "header", f"the column {wanted} is missing; export the All Listings report (全部商品报告)"
    )


def _status(written: str) -> str:
    low = written.strip().strip('"').lower()
    return next((status for status, words in _STATUSES.items() if any(w in low for w in words)), "active")

"""The reports that Seller Central exports, read into plain values: All Listings and FBA Inventory.

Columns as Amazon's developer documentation names them (report type values, inventory) and as the sites in other
languages head them; a column that occurs twice is read where it stands first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from checker.company import PolicyError
from checker.report_text import Rows, cell, read
from checker.seller_data import Inventory, Listings, Offer, Stock

_ASIN = re.compile(r"B[0-9A-Z]{9}|[0-9]{9}[0-9X]")
_NUMBER = re.compile(r"\d{1,3}(?:[,.\u202f\u00a0 ]\d{3})+|\d+(?=[.,]0+$|$)")
_Columns = Mapping[str, tuple[str, ...]]
# Each column by its headings, without case, spaces and hyphens; the first that is there counts.
_LISTINGS: _Columns = {
    "asin": ("asin1", "asin", "商品asin", "productid", "produktid", "商品id", "商品编码", "idproduit"),
    "sku": (
        *("sellersku", "sku", "卖家sku", "msku", "出品者sku", "händlersku", "verkäufersku", "skuvendeur"),
        *("skuvenditore", "skudelvendedor", "merchantsku"),
    ),
    "name": (
        *("itemname", "productname", "商品名称", "商品名", "产品名称", "artikelbezeichnung", "artikelname"),
        *("produktname", "nomproduit", "nomedell'articolo", "títulodelproducto", "title"),
    ),
    "status": (
        *("status", "listingstatus", "状态", "商品状态", "在售状态", "ステータス", "出品ステータス", "angebotsstatus"),
        *("estado", "statut", "stato", "état"),
    ),
}
_INVENTORY: _Columns = {
    "asin": ("asin", "asin1", "商品asin"),
    "sku": ("sku", "sellersku", "merchantsku", "msku", "卖家sku", "商家sku", "出品者sku", "händlersku"),
    "name": ("productname", "itemname", "商品名称", "产品名称", "商品名", "produktname", "artikelbezeichnung"),
    "fulfillable": (
        *("afnfulfillablequantity", "fulfillablequantity", "fulfillable", "available", "可售数量", "可售库存", "可售"),
        *("亚马逊物流可售数量", "fba可售数量", "販売可能", "販売可能数", "amazon出荷在庫(出荷可)", "verfügbar"),
        *("verfügbaremenge", "afn可售数量"),
    ),
    "warehouse": (
        *("afnwarehousequantity", "warehousequantity", "亚马逊库存数量", "在库数量", "仓库数量", "倉庫在庫"),
        *("lagerbestand", "afn库房数量"),
    ),
    "total": (
        *("afntotalquantity", "totalquantity", "totalunits", "总数量", "总库存", "亚马逊物流总数量", "合計数量"),
        *("合計", "gesamtmenge", "gesamtbestand", "afn总数量"),
    ),
}
# What the status column says in the languages of the marketplaces, by a word in it; the first that fits.
_STATUSES: Mapping[str, tuple[str, ...]] = {
    "suppressed": ("suppress", "禁止显示", "抑制", "検索非表示", "unterdrückt"),
    "restricted": ("restrict", "blocked", "限售", "受限", "限制", "屏蔽", "封锁", "制限", "gesperrt", "eingeschränkt"),
    "incomplete": ("incomplete", "不完整", "未完成", "未完了", "不完全", "unvollständig"),
    "inactive": (
        *("inactive", "closed", "不可售", "停售", "下架", "非在售", "非活跃", "未激活", "无效", "停止", "非アクティブ"),
        *("inaktiv", "inactif", "inattiv", "inactiv", "geschlossen"),
    ),
    "active": ("active", "在售", "可售", "有效", "活跃", "出品中", "アクティブ", "aktiv", "actif", "attiv", "activ"),
}
_LISTINGS_HINT = "export the All Listings report (全部商品报告)"
_INVENTORY_HINT = "export the report Manage FBA Inventory (管理亚马逊库存)"


def read_listings(content: bytes, source: str) -> Listings:
    """The All Listings report: the status of every ASIN and SKU.

    Several offers of one ASIN: active if one of them is. A status in words that are not known counts as active, so that
    nothing is blamed on a guess. Raises PolicyError: not that report.
    """
    rows = _opened(content, source, _LISTINGS, _LISTINGS_HINT)
    at = _positions(rows.header, _LISTINGS, {"asin": "asin1", "status": "status"}, source, _LISTINGS_HINT)
    return Listings.of(_offers(rows.rows, at), hashlib.sha256(content).hexdigest())


def _offers(rows: Iterator[list[str]], at: Mapping[str, int]) -> Iterator[Offer]:
    meanings: dict[str, str] = {}
    asin_at, sku_at, name_at, status_at = (at[c] for c in ("asin", "sku", "name", "status"))
    for cells in rows:
        asin = _asin(cells[asin_at]) if asin_at < len(cells) else ""
        if not asin:
            # A row that its quotes pushed aside: its product is ours all the same.
            asin = next((a for a in map(_asin, cells) if a.startswith("B0")), "")
            if asin:
                yield Offer(asin, "", "", "active")
            continue
        written = cells[status_at] if status_at < len(cells) else ""
        status = meanings.get(written) or meanings.setdefault(written, _status(written))
        yield Offer(asin, _at(cells, sku_at), _at(cells, name_at), status)


def read_inventory(content: bytes, source: str) -> Inventory:
    """The FBA Inventory report: fulfillable, warehouse and total units of every SKU.

    A product of which a row cannot be read is left out: half its stock would be a wrong figure. Raises PolicyError:
    not that report.
    """
    rows = _opened(content, source, _INVENTORY, _INVENTORY_HINT)
    wanted = {"asin": "asin", "fulfillable": "afn-fulfillable-quantity"}
    at = _positions(rows.header, _INVENTORY, wanted, source, _INVENTORY_HINT)
    broken: set[str] = set()
    held = list(_stocks(rows.rows, at, broken))
    return Inventory.of((s for s in held if s.asin not in broken), hashlib.sha256(content).hexdigest())


def _stocks(rows: Iterator[list[str]], at: Mapping[str, int], broken: set[str]) -> Iterator[Stock]:
    asin_at, sku_at, name_at = (at[c] for c in ("asin", "sku", "name"))
    columns = [at[c] for c in ("fulfillable", "warehouse", "total")]
    last = max(asin_at, sku_at, name_at, *columns)
    for row in rows:
        cells = row if len(row) > last else [*row, *[""] * (last + 1 - len(row))]
        asin = _asin(cells[asin_at])
        amounts = [_units(cells[i]) if i >= 0 else None for i in columns]
        if asin and amounts[0] is not None:
            yield Stock(asin, _at(cells, sku_at), _at(cells, name_at), *amounts)
        else:
            broken.update(a for a in map(_asin, cells) if a.startswith("B0"))


def _opened(content: bytes, source: str, columns: _Columns, hint: str) -> Rows:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise PolicyError(source, "", f"is an Excel workbook; save it as text (tab delimited) or CSV, or {hint}")
    return read(content, {name for names in columns.values() for name in names})


def _positions(
    header: list[str], columns: _Columns, wanted: Mapping[str, str], source: str, hint: str
) -> dict[str, int]:
    """Where each column stands; -1: nowhere. wanted: the columns that must be there, as Amazon names them."""
    at = {c: next((header.index(n) for n in names if n in header), -1) for c, names in columns.items()}
    for column, name in wanted.items():
        if at[column] < 0:
            raise PolicyError(source, "header", f"the column {name} is missing; {hint}")
    return at


def _at(cells: list[str], column: int) -> str:
    return cell(cells[column]) if 0 <= column < len(cells) else ""


def _asin(written: str) -> str:
    """The ASIN in a cell, "" where there is none; an ISBN whose zeros a spreadsheet dropped has them again."""
    if _ASIN.fullmatch(written):
        return written
    word = written.strip().strip('"').upper()
    if word.isdigit() and 7 <= len(word) < 10:
        word = word.zfill(10)
    return word if _ASIN.fullmatch(word) else ""


def _status(written: str) -> str:
    low = written.strip().strip('"').lower()
    return next((status for status, words in _STATUSES.items() if any(w in low for w in words)), "active")


def _units(written: str) -> int | None:
    if written.isdecimal():
        return int(written)
    found = _NUMBER.match(written.strip().strip('"').strip())
    return int(re.sub(r"\D", "", found.group())) if found else None

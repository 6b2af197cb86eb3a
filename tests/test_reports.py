"""The reports that Seller Central exports: every charset, header language and damage that offices do to them."""

import csv
import io
import json
import os
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from click.testing import CliRunner

from checker import report_files
from checker.cli import main
from checker.company import Company, PolicyError
from checker.report_age import dated
from checker.report_files import Shelf, with_reports
from checker.reports import read_inventory, read_listings

NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)
# Headers as the sites export them, with the column that occurs twice; a row's title in the language of the site.
LISTINGS = yaml.load(
    r"""
en: {title: 'Pan 12" steel', active: Active, inactive: Inactive,
     header: [item-name, item-description, listing-id, seller-sku, price, quantity, product-id-type, asin1, Deprecated column, product-id, Deprecated column, fulfilment-channel, status]}
zh: {title: "不锈钢锅\uff0812寸\uff09", active: 在售, inactive: 不可售,
     header: [商品名称, 商品描述, 商品编码, 卖家 SKU, 价格, 数量, 商品编码类型, ASIN1, 不适用项目, 商品编码, 不适用项目, 配送渠道, 状态]}
ja: {title: "ステンレスの鍋\uff08大\uff09", active: 出品中, inactive: 停止中,
     header: [商品名, コンディション説明, 出品ID, 出品者SKU, 価格, 数量, 商品IDタイプ, ASIN 1, コンディション, 商品ID, コンディション, フルフィルメント・チャンネル, ステータス]}
de: {title: "Töpfe für große Küchen", active: Aktiv, inactive: Inaktiv,
     header: [Artikelbezeichnung, Artikelzustand, Angebotsnummer, Händler-SKU, Preis, Menge, Produkt-ID-Typ, ASIN 1, Unbenutzt, Produkt-ID, Unbenutzt, Versender, Status]}
""",
    yaml.CSafeLoader,
)
CHARSETS = {
    "en": ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp932", "gb18030"],
    "zh": ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"],
    "ja": ["utf-8", "utf-8-sig", "utf-16", "cp932", "shift_jis"],
    "de": ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"],
}
EVERY = [(language, charset) for language, charsets in CHARSETS.items() for charset in charsets]
INVENTORY = [
    "sku", "fnsku", "asin", "product-name", "afn-warehouse-quantity", "afn-fulfillable-quantity", "afn-total-quantity",
]  # fmt: skip


def listing_rows(language):
    of = LISTINGS[language]
    rows = [("B08XYZ1234", "LT-1", of["active"]), ("B0ABCDE123", "LT-2", of["inactive"])]
    return of["header"], [
        [of["title"], "", "0310A1", sku, "9.99", "5", "1", asin, "", asin, "", "AMAZON_NA", status]
        for asin, sku, status in rows
    ]


def exported(header, rows):
    """Tab-separated and unquoted, as Seller Central writes it."""
    return "".join("\t".join(row) + "\r\n" for row in [header, *rows])


def saved_by_excel(header, rows, delimiter):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows([header, *rows])
    return text.getvalue()


@pytest.mark.parametrize(("language", "charset"), EVERY)
@pytest.mark.parametrize(
    "written", [exported, lambda h, r: saved_by_excel(h, r, "\t"), lambda h, r: saved_by_excel(h, r, ",")]
)
def test_listings_in_every_language_charset_and_dress(language, charset, written, tmp_path):
    path = tmp_path / "listings.txt"
    path.write_bytes(written(*listing_rows(language)).encode(charset))
    found = read_listings(path.read_bytes(), "listings.txt")
    assert found.status == {"B08XYZ1234": "active", "B0ABCDE123": "inactive"}
    assert {sku: (o.asin, o.status, o.name) for sku, o in found.offers.items()} == {
        "LT-1": ("B08XYZ1234", "active", LISTINGS[language]["title"]),
        "LT-2": ("B0ABCDE123", "inactive", LISTINGS[language]["title"]),
    }


@pytest.mark.parametrize("charset", ["utf-8", "cp932", "gb18030", "cp1252"])
def test_titles_tell_the_charset_where_an_english_header_cannot(charset):
    language = {"cp932": "ja", "gb18030": "zh", "cp1252": "de"}.get(charset, "zh")
    rows = exported(INVENTORY, [["LT-1", "X0", "B08XYZ1234", LISTINGS[language]["title"], "120", "105", "300"]])
    (row,) = read_inventory(rows.encode(charset), "i.txt").rows["B08XYZ1234"]
    assert row.name == LISTINGS[language]["title"]
    assert (row.fulfillable, row.warehouse, row.total) == (105, 120, 300)


@pytest.mark.parametrize(
    ("title", "delimiter"),
    [
        ('12" pan', "\t"), ('"Best pan', "\t"), ('Pan "12', "\t"), ('a "b" c', "\t"), ('Pan 12"', "\t"),
        ('12" pan', ","), ('Pan "12', ","), ('"Best pan', ","), ('a "b" c', ","),
    ],
)  # fmt: skip
def test_quotes_in_titles_swallow_nothing(title, delimiter):
    lines = [["item-name", "seller-sku", "asin1", "status"], [title, "LT-1", "B08XYZ1234", "Inactive"]]
    lines += [["Mug", "LT-2", "B0ABCDE123", "Inactive"], [title, "LT-3", "B0CCCCCC33", "Active"]]
    report = "\n".join(delimiter.join(line) for line in lines)
    found = read_listings(report.encode(), "l.txt")
    assert found.status == {"B08XYZ1234": "inactive", "B0ABCDE123": "inactive", "B0CCCCCC33": "active"}


def test_cells_that_run_over_lines_and_cells_that_are_dropped():
    report = 'item-name\titem-description\tseller-sku\tasin1\tstatus\tnote\n"Pan"\t"one\n""two""\nthree"\tLT-1\tB08XYZ1234\tInactive\t\nMug\t\tLT-2\tB0ABCDE123\tInactive\n'
    assert read_listings(report.encode(), "l.txt").status == {"B08XYZ1234": "inactive", "B0ABCDE123": "inactive"}


def test_a_row_that_cannot_be_cut_still_shows_its_product():
    report = (
        'item-name,seller-sku,asin1,status\n"Pan, 12" deep, red,LT-1,B08XYZ1234,Inactive\nMug,LT-2,B0ABCDE123,Active\n'
    )
    assert read_listings(report.encode(), "l.csv").status == {"B08XYZ1234": "active", "B0ABCDE123": "active"}
    held = 'product-name,sku,asin,afn-fulfillable-quantity\n"Pan, 12" deep, red,LT-1,B08XYZ1234,5\nPan,LT-3,B08XYZ1234,7\nMug,LT-2,B0ABCDE123,9\n'
    assert "B08XYZ1234" not in read_inventory(held.encode(), "i.csv").rows


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        ("Active", "active"), ("Inactive", "inactive"), ("Incomplete", "incomplete"), ("Search Suppressed", "suppressed"),
        ("受限", "restricted"), ("信息不完整", "incomplete"), ("已停售", "inactive"), ("不可售", "inactive"), ("禁止显示", "suppressed"),
        ("在售", "active"), ("出品中", "active"), ("停止中", "inactive"), ("Inaktiv", "inactive"), ("Unvollständig", "incomplete"),
        ("Restricted", "restricted"), ("限售", "restricted"), ("Whatever", "active"), ("", "active"),
    ],
)  # fmt: skip
def test_status(status, meaning):
    assert read_listings(f"asin1\tstatus\nb08xyz1234\t{status}\n".encode(), "l.txt").status == {"B08XYZ1234": meaning}


def test_the_best_of_several_offers_counts():
    rows = "item-name\tseller-sku\tasin1\tstatus\nCaf\xe9\tA\tB08XYZ1234\tInactive\nCaf\xe9\tB\tB08XYZ1234\tActive\n"
    found = read_listings(rows.encode("cp1252"), "l.txt")
    assert found.status == {"B08XYZ1234": "active"}
    assert {sku: o.status for sku, o in found.offers.items()} == {"A": "inactive", "B": "active"}


def test_an_isbn_that_lost_its_zeros_and_numbers_as_spreadsheets_write_them():
    rows = 'sku,asin,afn-fulfillable-quantity,afn-warehouse-quantity,afn-total-quantity\nA,306406152,"1,205",1205.0,\n'
    (row,) = read_inventory(rows.encode(), "i.csv").rows["0306406152"]
    assert (row.fulfillable, row.warehouse, row.total) == (1205, 1205, None)


@pytest.mark.parametrize(
    "rows", [b"", b"sku\tqty\nA\t1\n", b"asin1\tqty\nB08XYZ1234\t1\n", b"PK\x03\x04\0\0", b"\0\0\0"]
)
@pytest.mark.parametrize(("read", "name"), [(read_listings, "All Listings"), (read_inventory, "FBA Inventory")])
def test_another_report_is_told(rows, read, name):
    with pytest.raises(PolicyError, match=f"export the .*{name}"):
        read(rows, "l.txt")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("All+Listings+Report+03-10-2026.txt", "2026-03-10"), ("库存_20260310.csv", "2026-03-10"),
        ("fba 2026年3月9日.txt", "2026-03-09"), ("2026-03-11T08.txt", "2026-03-11"), ("fba.txt", "2026-03-12"),
        ("123452026031099.txt", "2026-03-12"), ("2026-13-45.txt", "2026-03-12"), ("plan 2026-04-01.txt", "2026-03-12"),
    ],
)  # fmt: skip
def test_the_day_of_a_report(name, day):
    assert dated(name, NOW).date().isoformat() == day


def company_with(tmp_path, *, days=0.0, listings=None, inventory=None, **settings):
    paths = {}
    for key, text in (("listings", listings), ("inventory", inventory)):
        if text is not None:
            path = tmp_path / f"{key}.txt"
            path.write_text(text, "utf-8")
            then = (NOW - timedelta(days=days)).timestamp()
            os.utime(path, (then, then))
            paths[f"{key}_path"] = str(path)
    return Company(**paths, **settings)


GOOD_LISTINGS = "asin1\tstatus\nB08XYZ1234\tActive\n"
GOOD_INVENTORY = "asin\tafn-fulfillable-quantity\nB08XYZ1234\t105\n"


def test_a_fresh_report_is_used_and_nothing_is_noted(tmp_path):
    company, notes = with_reports(
        company_with(tmp_path, days=6.9, listings=GOOD_LISTINGS, inventory=GOOD_INVENTORY), NOW
    )
    assert notes == ()
    assert company.listings.status == {"B08XYZ1234": "active"}
    assert company.inventory.rows["B08XYZ1234"][0].fulfillable == 105
    assert company.inventory.dated == NOW - timedelta(days=6.9)


def test_an_old_report_is_left_out_and_said_once(tmp_path):
    old = company_with(tmp_path, days=12, listings=GOOD_LISTINGS, inventory=GOOD_INVENTORY)
    company, notes = with_reports(old, NOW)
    assert (company.listings, company.inventory) == (None, None)
    assert [n.en for n in notes] == [
        "listings report is 12 days old: asin/unknown and asin/inactive are silent",
        "inventory report is 12 days old: data/contradicts-report is silent",
    ]
    assert all("12天" in n.zh and "\uff1a" in n.zh for n in notes)
    assert with_reports(company_with(tmp_path, days=12, inventory=GOOD_INVENTORY, max_report_age_days=12), NOW)[1] == ()


@pytest.mark.parametrize("content", [None, "nothing of the kind\n"])
def test_a_report_that_cannot_be_read_is_a_note(tmp_path, content):
    path = tmp_path / "fba.txt"
    if content:
        path.write_text(content)
    company, (note,) = with_reports(Company(inventory_path=str(path)), NOW)
    assert company.inventory is None
    assert "inventory report cannot be read" in note.en
    assert "data/contradicts-report is silent" in note.en
    assert "fba.txt" in note.en
    assert "fba.txt" in note.zh


def test_a_shelf_parses_the_same_content_once(tmp_path, monkeypatch):
    read = []
    kinds = tuple(
        k._replace(parse=lambda c, s, k=k: (read.append(k.key), k.parse(c, s))[1]) for k in report_files._KINDS
    )
    monkeypatch.setattr(report_files, "_KINDS", kinds)
    company, shelf = company_with(tmp_path, listings=GOOD_LISTINGS, inventory=GOOD_INVENTORY), Shelf()
    first, _ = with_reports(company, NOW, shelf)
    again, _ = with_reports(company, NOW, shelf)
    assert read == ["listings", "inventory"]
    assert again.listings.status is first.listings.status
    changed, _ = with_reports(company_with(tmp_path, inventory=GOOD_INVENTORY.replace("105", "7")), NOW, shelf)
    assert read == ["listings", "inventory", "inventory"]
    assert changed.inventory.rows["B08XYZ1234"][0].fulfillable == 7
    with_reports(company, NOW)  # without a shelf nothing is kept
    assert len(read) == 5


def test_the_ruleset_changes_with_the_content_of_a_report(tmp_path):
    one, _ = with_reports(company_with(tmp_path, listings=GOOD_LISTINGS), NOW)
    same, _ = with_reports(company_with(tmp_path, days=1, listings=GOOD_LISTINGS), NOW)
    other, _ = with_reports(company_with(tmp_path, listings=GOOD_LISTINGS + "B0ABCDE123\tActive\n"), NOW)
    assert repr(one.listings) == repr(same.listings) != repr(other.listings)
    assert len(repr(one.listings)) < 100


def run_check(tmp_path, *arguments):
    mail = tmp_path / "a.json"
    mail.write_text('{"text": "B08XYZ1234库存150件，日均15件。", "date": null}', "utf-8")
    done = CliRunner().invoke(main, ["check", str(mail), "--config", str(tmp_path / "presend.toml"), *arguments])
    assert not isinstance(done.exception, (ValueError, TypeError)), done.output
    return done.output


@pytest.mark.parametrize(("days", "fires"), [(0.0, True), (12.0, False)])
def test_a_check_says_a_stale_report_once_and_its_rule_is_silent(tmp_path, days, fires):
    company_with(tmp_path, days=days, inventory=GOOD_INVENTORY)
    (tmp_path / "presend.toml").write_text('[data]\ninventory = "inventory.txt"\n')
    only = ("--now", NOW.isoformat(), "--only", "data/contradicts-report")
    document = json.loads(run_check(tmp_path, *only, "--format", "json", "--lang", "en"))
    note = "inventory report is 12 days old: data/contradicts-report is silent"
    assert document["notes"] == ([] if fires else [note])
    assert document["summary"]["findings"] == ({"data/contradicts-report": 1} if fires else {})
    assert (f"note: {note}" in run_check(tmp_path, *only, "--lang", "en")) is not fires
    assert ("注意: FBA库存报告已是12天前的\uff1a" in run_check(tmp_path, *only, "--lang", "zh")) is not fires

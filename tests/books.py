"""Rows -> the bytes of files that other programs write: xls, ods, a hidden sheet, CSV in any charset."""

import csv
import importlib
import io
import os
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pytest

from checker.workbook import write_xlsx

CHARSETS = ("gb18030", "utf-8", "utf-8-sig", "utf-16", "shift_jis", "cp1252", "big5")


def number(cell):
    """The cell as a spreadsheet holds it: a number where it is one."""
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell


def write(kind, rows):
    """(file name, bytes) of rows of strings in a kind of file."""
    if kind == "xlsx":
        return "明细.xlsx", write_xlsx([[number(c) for c in row] for row in rows])
    if kind == "tsv":
        return "明细.tsv", "\r\n".join("\t".join(row) for row in rows).encode()
    if kind in CHARSETS:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        return "明细.csv", text.getvalue().encode(kind)
    return f"明细.{'xlsx' if kind == 'hidden' else kind}", {"hidden": hidden, "xls": xls, "ods": ods}[kind](rows)


def hidden(rows):
    """The rows in the second sheet, which does not show."""
    book = openpyxl.Workbook()
    book.active["A1"] = "说明见正文"
    sheet = book.create_sheet("底表")
    sheet.sheet_state = "hidden"
    for row in rows:
        sheet.append([number(c) for c in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _xlwt():
    """The writer of old workbooks. Skips without it; under CI that is a failure."""
    if os.environ.get("CI"):
        return importlib.import_module("xlwt")
    return pytest.importorskip("xlwt")


def xls(rows):
    """BIFF8, as Excel 97–2003 writes it."""
    xlwt = _xlwt()
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, number(cell))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def ods(rows):
    """A spreadsheet after OpenDocument 1.2, with the parts that readers need."""
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for n, v in names.items())
    table = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", MANIFEST)
    return data.getvalue()


def ods_cell(cell):
    value = number(cell)
    kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
    return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(cell)}</text:p></table:table-cell>'


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
    'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument'
    '.spreadsheet"/></manifest:manifest>'
)

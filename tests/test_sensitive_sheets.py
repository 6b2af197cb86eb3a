"""Sensitive values in large attached sheets: counted by column, and what a spent budget leaves out is said and hidden."""

import base64
from itertools import count

import pytest

from checker.budget import Budget
from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW
from checker.facts.candidates import scan
from checker.facts.facts import Facts
from checker.facts.phrases import compile_lexicon
from checker.masking import Masker, masked_note
from checker.presidio_pack.checksums import resident_id
from checker.text import literal
from checker.workbook import write_xlsx

LEXICON = compile_lexicon(())
ROWS = 900
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643


def number(row):
    head = f"110105194912{1 + row // 900:02d}{row % 900:03d}"
    return head + "10X98765432"[sum(int(d) * w for d, w in zip(head, _WEIGHTS, strict=True)) % 11]


def draft(rows):
    content = base64.b64encode(write_xlsx(rows)).decode()
    return from_draft({**ENVELOPE, "attachments": [{"name": "people.xlsx", "content": content}]})


def people(heading="身份证号"):
    return draft([["姓名", heading], *([f"员工{row}", number(row)] for row in range(ROWS))])


def facts(message, company, budget):
    return Facts(message, company, NOW, LEXICON, budget)


def ticking(limit):
    """A budget whose clock moves by one whenever it is asked."""
    ticks = count()
    return Budget(limit, lambda: float(next(ticks)))


def test_a_column_of_many_rows_is_one_finding_with_their_number(company):
    [found] = facts(people(), company, Budget()).sensitive
    assert (found.kind, found.column, found.rows) == ("resident_id", "身份证号", ROWS)


def test_a_budget_is_asked_within_one_sheet_and_the_rest_is_said(company):
    opened = facts(people(), company, Budget()).opened
    slow = facts(people(), company, ticking(3))
    slow.opened = opened
    [found] = slow.sensitive
    assert 0 < found.rows < ROWS
    assert ("people.xlsx", "time") in [tuple(entry) for entry in slow.budget.incomplete]
    assert slow.searched.unread == opened.sheets


def test_reading_a_sheet_stops_as_well(company):
    slow = facts(people(), company, ticking(3))
    [sheet] = slow.opened.sheets
    assert 0 < max(cell.row for cell in sheet.tables[0].cells) < ROWS
    assert ("people.xlsx", "time") in [tuple(entry) for entry in slow.budget.incomplete]


def test_time_is_kept_to_tell_what_a_search_finds(company):
    """A value that is found has to be told: the search ends before the time does, however fast it is."""
    message, still = people(), Budget(0.02, lambda: 0.0)
    quick = facts(message, company, still)
    quick.opened = facts(message, company, Budget()).opened
    [found] = quick.sensitive
    assert 0 < found.rows < ROWS
    assert [tuple(entry) for entry in still.incomplete] == [("people.xlsx", "time")]


def test_time_is_kept_to_search_what_is_read(company):
    still = Budget(0.01, lambda: 0.0)
    [sheet] = facts(people(), company, still).opened.sheets
    assert 0 < max(cell.row for cell in sheet.tables[0].cells) < ROWS
    assert [tuple(entry) for entry in still.incomplete] == [("people.xlsx", "time")]


@pytest.mark.parametrize(("limit", "read"), [(1, 1), (0.015, 0), (-1, 0)])
def test_no_other_fact_reads_a_sheet_for_which_no_time_is_left(company, limit, read):
    """Not the scenario either, which is told of every mail and asks what figures there are; the rest is left out."""
    short = facts(people(), company, Budget(limit, lambda: 0.0))
    short.opened = facts(people(), company, Budget()).opened
    assert len(short.reading.sheets) == read
    assert short.budget.spent() is not bool(read)


def test_nothing_of_a_sheet_that_was_not_searched_reaches_a_report(company, ruleset):
    """The clock is asked often: whenever it ends, no number shows."""
    message = people()
    for limit in (0, 3, 6, 9, 12, 15, 18, 21, 30, 60):
        report = check(message, ruleset, company, now=NOW, budget=ticking(limit))
        assert not any(number(row) in repr((report, report.findings, report.facts)) for row in range(ROWS))
        assert report.verdict != "allow"


def register():
    """IDs beside what only a key word finds: the passwords are looked for when every number of the sheet has been."""
    rows = [["姓名", "身份证号", "密码"], *([f"员工{row}", number(row), f"Kq{row:04d}#mint"] for row in range(ROWS))]
    return draft(rows)


def test_of_a_sheet_that_was_searched_in_part_the_finding_stands_and_its_words_do_not(company, ruleset):
    """Beside the last ID that was found stands a password that was not looked for yet."""
    cut = [check(register(), ruleset, company, now=NOW, budget=ticking(limit)) for limit in range(10, 20, 4)]
    told = [(report, f) for report in cut for f in report.findings if f.rule == "sensitive/identity"]
    assert told
    for report, finding in told:
        assert ("people.xlsx", "time") in report.incomplete
        assert not any(f"Kq{row:04d}" in repr((report, report.findings, finding.excerpt)) for row in range(ROWS))
        assert finding.message.en.startswith("The attached sheet holds identity numbers unmasked")
        assert (finding.file, finding.cell) == ("people.xlsx", "Sheet1!B2")
        assert report.verdict == "block"


LATE = "收件人身份证\uff1a11010519491231002X\uff0c手机13800138000\uff0c密码\uff1aLt@2026ops!"


@pytest.mark.parametrize("limit", [-1, 0, 1, 2, 4, 8])
def test_however_late_it_is_the_mail_itself_is_searched_told_and_masked(company, ruleset, limit):
    message = from_draft({**ENVELOPE, "to": ["sam@swift-freight.com"], "text": LATE})
    report = check(message, ruleset, company, now=NOW, budget=ticking(limit))
    assert {"sensitive/identity", "sensitive/contact", "sensitive/credential"} <= {f.rule for f in report.findings}
    assert report.verdict == "block"
    assert "time" in {entry.why for entry in report.incomplete}
    shown = "".join(repr((f, *f.excerpt, f.words, f.message, f.data)) for f in report.findings) + repr(report)
    assert not any(secret in shown for secret in ("11010519491231002X", "13800138000", "Lt@2026ops!"))


def test_a_rule_is_left_out_where_a_fact_that_it_needs_is(company, ruleset):
    """A part of the figures is none: what stands in the rest of the sheet would be missed in vain."""
    rows = [["ASIN", "库存"], *([f"B0{row:07d}Z", row] for row in range(ROWS))]
    report = check(draft(rows), ruleset, company, now=NOW, budget=ticking(14))
    left_out = {entry.what for entry in report.incomplete if entry.why == "time"}
    assert {"asins", "products", "figures"} <= left_out
    late = {judge.rule.id for judge in ruleset.judges if judge.needs & left_out}
    assert {"asin/malformed", "data/missing-metrics", "subject/no-product"} <= late
    assert not {f.rule for f in report.findings} & late
    assert report.facts["asins"] == []


def test_a_note_that_quotes_any_row_is_masked(company):
    """Who overrides a finding may give the value of a row as the reason; the column is one finding, its cells are not."""
    note = masked_note("Kq0000#mint and Kq0007#mint are samples", register(), company, LEXICON, NOW)
    assert note == "****** and ****** are samples"


def test_words_of_a_part_that_was_not_searched_are_hidden():
    searched, unread = literal("text", "a"), literal("attachment", "b")
    masker = Masker((), unread=[unread])
    assert masker.of(searched).text("12.5") == "12.5"
    assert masker.of(searched, unread).data({"text": "12.5", "row": 2.0}) == {"text": "\u2026", "row": 2.0}


def test_the_heading_beside_a_heading_is_no_value(company):
    rows = [["订单号", "买家姓名", "成本"], ["113-1234567-1234567", "李明", "12.5"]]
    [sheet] = facts(draft(rows), company, Budget()).reading.sheets
    assert [sheet.matching[c.start : c.end] for c in scan(sheet) if c.shape.kind == "name"] == ["李明"]


def test_the_numbers_are_valid():
    assert all(resident_id(number(row)) for row in (0, 1, ROWS - 1))

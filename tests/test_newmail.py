"""New mails: every template passes every rule once its figures are there, and every blank that is left is named."""

import email
import email.policy
import io
import json
from dataclasses import replace
from functools import cache

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from checker.cli import main
from checker.compile import build
from checker.draft import from_draft
from checker.engine import check
from checker.examples import NOW, example_company
from checker.files import default_policy
from checker.mime import from_eml
from checker.newmail.compose import Wish, compose
from checker.newmail.eml import to_eml
from checker.newmail.texts_of import SCENARIOS, names, template
from checker.policy import load_company
from checker.rule_folders import shipped_rules
from checker.seller_data import Inventory, Listings, Stock

WANG, DUE = "wang.fang@lantu-trade.cn", NOW.replace(day=12, hour=17)
TO = {
    "restock": "li.qiang@lantu-trade.cn", "logistics": "zhao.min@lantu-trade.cn", "ads": "li.qiang@lantu-trade.cn",
    "review": "li.qiang@lantu-trade.cn", "listing": "li.qiang@lantu-trade.cn",
}  # fmt: skip
FIGURES = {
    "restock": {"stock": "105", "daily": "15"},
    "logistics": {
        "shipment": "FBA15ABC1XYZ",
        "tracking": "1Z999AA10123456784",
        "arrival": "2026-03-05",
        "units": "240",
    },
    "ads": {"spend": "420", "sales": "1200", "acos": "35", "budget_from": "60", "budget": "45"},
    "review": {"rating_from": "4.5", "rating": "4.2", "reviews": "6"},
    "listing": {"price": "29.99", "launch": "2026-03-20", "stock": "300"},
}
WORDS = {
    "zh": {"problem": "已超期5天未派送", "cause": "包装破损", "plan": "联系买家补发\uff0c并改用双层纸箱"},
    "en": {
        "problem": "it is 5 days late at customs",
        "cause": "damaged packaging",
        "plan": "send replacements and use double cartons",
    },
}


@cache
def company():
    return example_company(load_company(default_policy()), {})


@cache
def ruleset():
    return build(shipped_rules(), company())


def wish(scenario, language, asins=("B08XYZ1234",), **without):
    given = FIGURES[scenario] | {k: v for k, v in WORDS[language].items() if k in template(scenario).fields}
    given = {k: v for k, v in given.items() if k not in without}
    return Wish(scenario, language, [(asin, given) for asin in asins], WANG, (TO[scenario],), DUE)


def judged(message):
    return check(message, ruleset(), company(), now=NOW)


def told(report):
    return [f"{f.rule}: {f.message.en} [{f.words}]" for f in report.findings]


@pytest.mark.parametrize("asins", [("B08XYZ1234",), ("B08XYZ1234", "B0ABCDE123", "B07ABC1234", "B09QQQ1111")])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_full_template_passes_every_rule(scenario, language, asins):
    draft = compose(wish(scenario, language, asins), company(), NOW)
    for message in (from_draft(draft), from_eml(to_eml(draft))):
        report = judged(message)
        assert (told(report), report.verdict, report.scenario) == ([], "allow", scenario)
        assert report.errors == report.incomplete == ()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_blank_is_named(scenario, language):
    draft = compose(Wish(scenario, language, [("B08XYZ1234", {})]), company(), NOW)
    found = {f.words for f in judged(from_draft(draft)).findings if f.rule == "body/placeholder"}
    fields = {*template(scenario).fields, "to_name", "deadline", "from_name", "title", "contact"}
    labels = {f: names()[f][language] for f in fields}
    missed = {field for field, label in labels.items() if not any(label in words for words in found)}
    assert not missed, found


def test_chinese_is_written_with_its_own_punctuation():
    for scenario in SCENARIOS:
        said = compose(wish(scenario, "zh"), company(), NOW)["text"]
        assert "\uff0c" in said
        assert "\uff1a" in said
        assert not set(",;?!()") & set(said)


def test_figures_come_from_the_reports_and_from_arithmetic():
    held = Inventory.of([Stock("B08XYZ1234", "LT-1", "Pan", 105, 120, 300)], "d")
    own = replace(company(), inventory=held, listings=Listings.stated({"B08XYZ1234": "active"}))
    text = compose(Wish("restock", "zh", [("B08XYZ1234", {"daily": "15"})], WANG, (TO["restock"],), DUE), own, NOW)[
        "text"
    ]
    for words in ("LT-1", "库存105件", "DOS 7天", "3月17日", "采购345件", "覆盖30天", "3月12日17:00", "王芳\n运营助理"):
        assert words in text


def test_several_products_have_a_sheet_and_the_manager_a_copy():
    draft = compose(wish("restock", "zh", ("B08XYZ1234", "B0ABCDE123")), company(), NOW)
    mail = email.message_from_bytes(to_eml(draft), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert "chen.xiao@lantu-trade.cn" in mail["Cc"]
    (file,) = mail.iter_attachments()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.get_content())).get_sheet_by_index(0).to_python()
    assert rows[0] == ["ASIN", "SKU", "当前库存", "日均销量", "库存天数", "预计断货时间", "采购数量"]
    assert rows[1] == ["B08XYZ1234", "", 105.0, 15.0, 7.0, "2026-03-17", 345.0]
    assert compose(wish("restock", "zh"), company(), NOW)["attachments"] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["restock", "--asin", "B08"], "--asin: B08 is no ASIN"),
        (["restock", "--asin", "B08XYZ1234", "--daily", "many", "--set", "stock=5"], "daily: takes a number"),
        (["restock", "--asin", "B08XYZ1234", "--daily", "1", "--daily", "2"], "--daily: given 2 times for 1 --asin"),
        (["ads", "--asin", "B08XYZ1234", "--set", "stock=5"], "--set: stock=5 is not allowed"),
        (["restock", "--asin", "B08XYZ1234", "--deadline", "soon"], "--deadline: 'soon' is no time"),
        (
            ["restock", "--asin", "B08XYZ1234", "--deadline", "2026-03-12"],
            "--deadline: 2026-03-12 has no time of day; write it like 2026-03-12T17:00",
        ),
        (["restock", "--asin", "B08XYZ1234", "--to", "李强"], "is no e-mail address"),
        (["restock", "--asin", "B08XYZ1234", "--to", "a@b.cn\nBcc: c@d.cn"], "is no e-mail address"),
    ],
)
def test_mistakes_are_one_line(arguments, says, tmp_path):
    done = CliRunner().invoke(main, ["new", *arguments, "--out", str(tmp_path / "d.eml")])
    assert done.exit_code == 2
    assert says in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "d.eml").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2026-03-12T17:00", "3\u670812\u65e517:00\uff08\u5317\u4eac\u65f6\u95f4\uff09"),
        ("2026-03-12T17:00+08:00", "3\u670812\u65e517:00\uff08\u5317\u4eac\u65f6\u95f4\uff09"),
        ("2026-03-12T17:00+00:00", "3\u670813\u65e501:00\uff08\u5317\u4eac\u65f6\u95f4\uff09"),
    ],
)
def test_a_deadline_is_said_in_the_company_s_zone(given, said, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    arguments = ["restock", "--asin", "B08XYZ1234", "--deadline", given, "--out", str(tmp_path / "d.eml")]
    assert CliRunner().invoke(main, ["new", *arguments]).exit_code == 0
    assert said in from_eml((tmp_path / "d.eml").read_bytes()).body.plain


def test_the_command_writes_what_check_allows(tmp_path):
    (tmp_path / "i.txt").write_text("sku\tasin\tafn-fulfillable-quantity\nLT-1\tB08XYZ1234\t105\n")
    (tmp_path / "people.csv").write_text(
        "email,name,title,role,manager,timezone\nwang@a.cn,王芳,运营助理,assistant,chen@a.cn,\nli@a.cn,李强,采购,buyer,chen@a.cn,\nchen@a.cn,陈晓,经理,manager,,\n",
        "utf-8",
    )
    policy = tmp_path / "presend.toml"
    policy.write_text('[company]\ndomains = ["a.cn"]\n[data]\ndirectory = "people.csv"\ninventory = "i.txt"\n')
    out = tmp_path / "draft.eml"
    run = CliRunner()
    made = run.invoke(main, [
        "new", "restock", "--asin", "B08XYZ1234", "--daily", "15", "--from", "wang@a.cn", "--to", "li@a.cn",
        "--deadline", "2026-03-12T17:00", "--now", NOW.isoformat(), "--config", str(policy), "--out", str(out),
    ])  # fmt: skip
    assert made.exit_code == 0, made.output
    seen = run.invoke(main, ["check", str(out), "--config", str(policy), "--now", NOW.isoformat(), "--format", "json"])
    result = json.loads(seen.stdout)["results"][0]
    assert (result["verdict"], [f["message"] for f in result["findings"]]) == ("allow", [])
    again = run.invoke(main, ["new", "restock", "--asin", "B08XYZ1234", "--config", str(policy), "--out", str(out)])
    assert "is there already" in again.output

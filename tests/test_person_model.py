"""[nlp] model: names of persons as support. The model is a small spaCy pipeline with a list of names, made here."""

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
import spacy

from checker.archive.examine import Job, examine
from checker.archive.ingested import RAW
from checker.budget import Budget
from checker.draft import from_draft
from checker.engine import check
from checker.examples import ENVELOPE, NOW
from checker.person_model import open_person_model
from checker.refusal import RefusalError
from checker.rule_folders import shipped_rules
from checker.setup import set_up

NAMES = ["周建国", "欧阳婷", "李强", "王芳", "Helen Brooks", "Sam Lee", "Sam"]
ORDER = "111-4820193-3391027"
SAM = "Sam Lee <sam@swift-freight.com>"


def pipeline(language, folder, label="PERSON"):
    made = spacy.blank(language)
    made.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for name in NAMES])
    made.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return pipeline("zh", tmp_path_factory.mktemp("models") / "zh_names")


@pytest.fixture(scope="module")
def helped(company, model):
    return replace(company, persons=open_person_model(str(model)))


@pytest.fixture
def named(helped, ruleset):
    """named(text, **draft): the names that sensitive/contact tells."""

    def told(text, company=helped, budget=None, **draft):
        message = from_draft({**ENVELOPE, "to": [SAM], "cc": [], "text": text, **draft})
        report = check(message, ruleset, company, now=NOW, budget=budget)
        assert report.errors == ()
        return [f.place.text for f in report.findings if f.data.get("kind") == "name"]

    return told


BESIDE = [
    (f"周建国的包裹{ORDER}还没到\uff0c请查一下。", ["周建国"]),
    ("这件请给周建国送过去\uff0c电话15920017364\uff0c谢谢。", ["周建国"]),
    ("寄到杭州市余杭区五常街道联胜路9号3幢402室\uff0c欧阳婷收件", ["欧阳婷"]),
    (f"Helen Brooks never got {ORDER}, please trace it.", ["Helen Brooks"]),
    ("Please resend to\nHelen Brooks\n2217 Maple Hollow Ln, Apt 12, Raleigh, NC 27609", ["Helen Brooks"]),
]
ALONE = [
    "周建国昨天来过电话\uff0c说下周回复。",  # nothing beside it
    f"请转告周建国\n\n订单{ORDER}已退款。",  # a blank line between
    f"周建国{'的同事昨天说' * 20}订单{ORDER}已退款。",  # too far
    "周建国\uff1a运单15920017364已签收。",  # a waybill is no telephone
    f"Hi Sam, {ORDER} is lost.",  # the addressee
    f"Sam, Sam Lee asked about {ORDER}.",
    f"王芳已退款{ORDER}。",  # the sender
    f"李强在跟进{ORDER}。",  # a colleague
    "周建国的事打我电话13912345678。",  # beside the sender's own number
]


@pytest.mark.parametrize(("text", "names"), BESIDE)
def test_a_name_beside_an_order_address_or_telephone_is_told(named, company, text, names):
    assert named(text) == names
    assert named(text, company) == []


@pytest.mark.parametrize("text", ALONE)
def test_a_name_alone_and_people_of_the_mail_are_not(named, text):
    assert named(text) == []


def test_nothing_but_names_changes(helped, company, ruleset):
    """A model raises and clears no other finding."""
    for text, _ in (*BESIDE, *((text, ()) for text in ALONE)):
        message = from_draft({**ENVELOPE, "to": [SAM], "text": text})
        with_model, without = (check(message, ruleset, one, now=NOW) for one in (helped, company))
        told = {(f.rule, f.place.text) for f in with_model.findings if f.data.get("kind") != "name"}
        assert told == {(f.rule, f.place.text) for f in without.findings}


def test_what_is_told_is_masked_everywhere(helped, ruleset):
    message = from_draft({**ENVELOPE, "to": [SAM], "text": BESIDE[0][0]})
    report = check(message, ruleset, helped, now=NOW)
    (finding,) = [f for f in report.findings if f.data.get("kind") == "name"]
    assert finding.edits
    assert "周建国" not in repr(report) + "".join(finding.excerpt) + finding.message.zh + finding.words


def test_to_amazon_the_buyers_name_is_no_news(named):
    assert named(BESIDE[3][0], to=["seller-support@amazon.com"]) == []


def test_the_model_is_asked_only_about_words_near_a_leak(company, ruleset):
    asked = []

    def persons(words):
        asked.append(words)
        return ()

    curious = replace(company, persons=persons)
    texts = [
        "周建国昨天来过\uff0c库存105件\uff0c密码\uff1aLt@2026ops!",
        "甲" * 5000 + f"\n周建国的包裹{ORDER}。\n" + "乙" * 5000,
    ]
    for text in texts:
        check(from_draft({**ENVELOPE, "to": [SAM], "text": text}), ruleset, curious, now=NOW)
    assert len(asked) == 1
    assert ORDER in asked[0]
    assert len(asked[0]) < 500


def test_the_budget_is_asked_before_each_look(company, ruleset):
    ticks = iter(range(10**6))
    budget = Budget(10**6, lambda: next(ticks))
    asked = []
    spent = replace(company, persons=lambda words: (asked.append(words), setattr(budget, "_end", -1), ())[2])
    text = "\n\n".join(f"丢件{ORDER[:-1]}{n}" for n in range(3))
    report = check(from_draft({**ENVELOPE, "to": [SAM], "text": text}), ruleset, spent, now=NOW, budget=budget)
    assert len(asked) == 1
    assert ("names", "time") in report.incomplete


@pytest.fixture
def policy(tmp_path):
    def written(model):
        (tmp_path / "presend.toml").write_text(f'[nlp]\nmodel = "{model}"\n', "utf-8")
        return tmp_path / "presend.toml"

    return written


def test_a_model_beside_the_policy_is_loaded_at_set_up(policy, tmp_path):
    (tmp_path / "models").mkdir()
    pipeline("en", tmp_path / "models" / "names", label="PER")
    setup = set_up(policy("models/names"))
    assert setup.company.persons("Helen Brooks called") == ((0, 12),)
    assert setup.ruleset.hash != set_up(policy("")).ruleset.hash


REFUSED = [
    (
        "zh_core_web_mdd",
        'presend.toml: nlp.model: there is no spaCy model "zh_core_web_mdd" on this machine; install it',
    ),
    ("broken", "cannot be loaded by spaCy 3."),
    ("places", "finds no names of persons"),
]


@pytest.mark.parametrize(("name", "reason"), REFUSED)
def test_a_model_that_is_of_no_use_is_refused_at_set_up(policy, tmp_path, name, reason):
    pipeline("zh", tmp_path / "places", label="GPE")
    pipeline("zh", tmp_path / "broken")
    (tmp_path / "broken" / "config.cfg").write_text("[nlp]\nlang = 7\n", "utf-8")
    with pytest.raises(RefusalError) as refusal:
        set_up(policy(name))
    assert reason in str(refusal.value)
    assert str(refusal.value).startswith("presend.toml: nlp.model: ")
    assert "\n" not in str(refusal.value)


def test_a_number_is_no_model(tmp_path):
    (tmp_path / "presend.toml").write_text("[nlp]\nmodel = 3\n", "utf-8")
    with pytest.raises(RefusalError, match=r"nlp\.model: 3 is not allowed; it takes a text in quotes"):
        set_up(tmp_path / "presend.toml")


def test_the_ruleset_is_the_same_wherever_the_model_lies(policy, tmp_path):
    hashes = set()
    for folder in ("one", "two"):
        pipeline("zh", tmp_path / folder)
        hashes.add(set_up(policy(folder)).ruleset.hash)
    assert len(hashes) == 1


def test_a_worker_of_the_audit_loads_the_model_anew(helped, model):
    job = Job(helped, tuple(shipped_rules()), "sensitive/*", NOW, b"k" * 32)
    packed = job.packed()
    assert str(model).encode() in packed  # the place of the model, not the model
    assert len(pickle.dumps(helped.persons)) < 500
    mail = (
        f"From: wang.fang@lantu-trade.cn\nTo: {SAM}\nSubject: x\n\nHelen Brooks never got {ORDER}, please trace it.\n"
    )
    raw = {
        **dict.fromkeys(RAW.names),
        "content": mail.encode(),
        "position": 0,
        "source": "s",
        "name": "n",
        "sha256": "h",
    }
    (rows,) = examine([pa.RecordBatch.from_pylist([raw], schema=RAW)], packed)
    (row,) = rows.to_pylist()
    assert [f["rule"] for f in row["findings"]].count("sensitive/contact") == 1


@pytest.mark.parametrize(("text", "loaded"), [("", False), ("zh", True)])
def test_spacy_is_imported_only_where_a_model_is_named(policy, tmp_path, text, loaded):
    pipeline("zh", tmp_path / "zh")
    program = f"import sys; from checker.setup import set_up; set_up({policy(text)!r}); print('spacy' in sys.modules)"
    program = "from pathlib import PosixPath, WindowsPath; " + program
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parent.parent, capture_output=True, check=False
    )
    assert done.stdout.decode().strip() == str(loaded), done.stderr.decode()

"""The pages without a browser: texts in both languages, what is served, what the charts and offsets say."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from checker.draft import from_draft
from checker.service import create_app
from checker.service.catalogue import pieces
from checker.service.charts import HEIGHT, days_chart, round_above, share
from checker.service.letter import shown
from checker.service.pages import blueprint
from checker.service.wording import COOKIE, read_examples, read_words
from checker.setup import set_up
from checker.store.records import CheckRecord, DayVerdicts, FeedbackRecord, FollowUp, OverriddenFinding, OverrideRecord
from checker.store.store import Store, StoreError

ROOT = Path(__file__).parent.parent
SERVICE = ROOT / "checker" / "service"
TEXTS = yaml.load((SERVICE / "wording.yaml").read_text("utf-8"), yaml.CSafeLoader)
STATIC = sorted((SERVICE / "static").iterdir())
TEMPLATES = sorted((SERVICE / "templates").iterdir())
SCRIPTS = [path for path in STATIC if path.suffix == ".js"]
# Families of texts that are named by what the service or the engine says: a status, a verdict, a part of the mail …
NAMED_ELSEWHERE = (
    "problem.",
    "verdict.",
    "severity.",
    "part.",
    "family.",
    "incomplete.",
    "mail.zone-",
    "before.",
    "stats.",
    "site.",
)


@pytest.fixture(scope="module")
def app():
    return create_app(ROOT / "examples" / "presend.toml", key=b"k" * 32, wait_until_warm=False)


@pytest.fixture
def client(app):
    return app.test_client()


# Texts.


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_there_in_both_languages_with_the_same_blanks(key):
    both = TEXTS[key]
    assert set(both) == {"zh", "en"}
    assert all(isinstance(text, str) and text.strip() for text in both.values())
    blanks = {
        language: {frozenset(re.findall(r"\{(\w+)\}", part)) for part in text.split(" | ")}
        for language, text in both.items()
    }
    assert blanks["zh"] == blanks["en"] or blanks["zh"] | {frozenset()} == blanks["en"] | {frozenset()}
    assert " | " not in both["zh"]


def test_chinese_texts_have_full_width_punctuation():
    chinese = [both["zh"] for both in TEXTS.values()] + [read_examples()["zh"]["text"]]
    assert any("\uff0c" in text for text in chinese)
    assert any("\uff1a" in text for text in chinese)
    assert not [text for text in chinese if re.search("[\u4e00-\u9fff][,:;?!()]|[,;?!][\u4e00-\u9fff]", text)]


def test_every_text_is_used_and_every_text_that_is_used_is_there():
    sources = "".join(path.read_text("utf-8") for path in [*SCRIPTS, *TEMPLATES])
    used = set(re.findall(r"""(?:words|say)\(\s*["'`]([\w.-]+)["'`]\s*[,)]""", sources))
    assert len(used) > 60
    assert not used - set(TEXTS)
    unused = {key for key in TEXTS if f'"{key}"' not in sources and f"'{key}'" not in sources}
    assert not {
        key for key in unused if not key.startswith((*NAMED_ELSEWHERE, "finding.useful", "finding.wrong", "write."))
    }


def test_every_family_and_severity_has_a_name():
    families = {path.parent.name for path in (ROOT / "rules").rglob("*.yaml")}
    assert len(families) > 8
    assert not {f"family.{family}" for family in families} - set(TEXTS)


def test_words_count():
    words = read_words()
    assert words["en"]("verdict.errors", n=1) == "1 error"
    assert words["en"]("verdict.errors", n=2) == "2 errors"
    assert words["zh"]("verdict.errors", n=1) == "1 个错误"


@pytest.mark.parametrize(
    ("address", "accepts", "cookie", "wanted"),
    [
        ("/", "", "", "zh"),
        ("/", "de, fr", "", "zh"),
        ("/", "en-GB, zh;q=0.5", "", "en"),
        ("/", "zh-TW", "", "zh"),
        ("/", "zh", "en", "en"),
        ("/?lang=zh", "en", "en", "zh"),
        ("/?lang=xx", "en", "", "en"),
        ("/rules", "en", "", "en"),
        ("/stats", "en", "", "en"),
    ],
)
def test_the_language_is_the_readers(client, address, accepts, cookie, wanted):
    if cookie:
        client.set_cookie(COOKIE, cookie)
    answer = client.get(address, headers={"Accept-Language": accepts})
    assert answer.status_code == 200
    assert f'<html lang="{"zh-CN" if wanted == "zh" else "en"}">' in answer.text
    assert ("lang=" in address and "xx" not in address) == ("Set-Cookie" in answer.headers)


def test_the_other_language_keeps_the_address(client):
    page = client.get("/stats?days=7", headers={"Accept-Language": "zh"}).text
    assert 'href="/stats?days=7&amp;lang=en"' in page


# What is served.


@pytest.mark.parametrize("path", [*STATIC, *TEMPLATES], ids=lambda path: path.name)
def test_nothing_is_inline_and_nothing_is_fetched_from_elsewhere(path):
    words = path.read_text("utf-8")
    foreign = [url for url in re.findall(r"(?:https?:)?//[\w.-]+\.\w+", words) if "www.w3.org" not in url]
    assert not foreign
    assert not re.findall(r"<script(?![^>]*(?:src=|application/json))|<style|\sstyle=|\son\w+=\"|javascript:", words)
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|setAttribute\(\"style\"", words
    )


@pytest.mark.parametrize("path", STATIC, ids=lambda path: path.name)
def test_static_files_are_served_with_their_type(client, path):
    answer = client.get(f"/static/{path.name}")
    answer.close()
    assert answer.status_code == 200
    assert answer.mimetype == {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}[path.suffix]


def test_the_mail_is_read_as_text(client):
    draft = {
        "subject": "s",
        "html": "<p>a<b>b</b></p><script>alert(1)</script><img src=x onerror=alert(1)>",
        "to": ["x <x@y.cn>"],
    }
    read = client.post("/page/mail", json=draft).get_json()
    assert read["body"]["part"] == "html"
    assert read["body"]["text"].strip() == "ab"
    assert read["headers"]["to"] == {"text": "x <x@y.cn>", "mailboxes": [[0, 10]]}


def test_a_bad_draft_is_told_without_its_values(client):
    answer = client.post("/page/mail", json={"to": "kanarienvogel@example.com"})
    assert answer.status_code == 422
    assert "to" in answer.text
    assert "kanarienvogel" not in answer.text


# Offsets.


@given(
    st.lists(
        st.sampled_from(["a@b.cn", "\U0001f600 <c@d.cn>", "\u674e\u5f3a <e@f.cn>", "x\U00020bb7\U0001f600 <g@h.cn>"]),
        max_size=6,
    )
)
def test_mailboxes_are_counted_as_browsers_count(people):
    header = shown(from_draft({"to": people}))["headers"]["to"]
    units = header["text"].encode("utf-16-le")
    assert [units[2 * a : 2 * b].decode("utf-16-le") for a, b in header["mailboxes"]] == people


@given(st.text(alphabet="a\u4f60\uff0c\U0001f600\n >", max_size=80))
def test_zones_cover_the_body_in_order(text):
    body = shown(from_draft({"text": text}))["body"]
    length = len(body["text"].encode("utf-16-le")) // 2
    ends = [0, *(end for _, _, end in body["zones"])]
    assert all(start >= before for (_, start, _), before in zip(body["zones"], ends, strict=False))
    assert all(0 <= start <= end <= length for _, start, end in body["zones"])


def test_a_finding_in_an_attribute_is_told_apart():
    html = '<p>\U0001f600</p><img alt="13812345678"><p>b</p>'
    (start, end), *_ = shown(from_draft({"html": html}))["body"]["hidden"]
    assert html.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "13812345678"


# The catalogue.


def test_every_rule_is_in_the_catalogue_with_marked_examples(client):
    page = client.get("/page/rules?lang=en").text
    ids = [p.relative_to(ROOT / "rules").with_suffix("").as_posix() for p in (ROOT / "rules").rglob("*.yaml")]
    assert len(ids) > 40
    for rule in ids:
        assert f'id="{rule}"' in page
    assert "<mark>3 月 6 日</mark>" in page
    assert "«" not in page


def test_examples_in_the_readers_language_come_first(client):
    first = {
        language: client.get(f"/page/rules?lang={language}").text.split('id="tone/blunt-urgency"')[1].split("<li>")[1]
        for language in ("zh", "en")
    }
    assert re.search("[\u4e00-\u9fff]", first["zh"])
    assert not re.search("[\u4e00-\u9fff]", first["en"])


@given(st.lists(st.text(alphabet="ab\u4f60", min_size=1, max_size=4), max_size=5))
def test_pieces_join_to_the_unmarked_words(words):
    marked = "".join(f"«{word}»" if i % 2 else word for i, word in enumerate(words))
    cut = pieces(marked)
    assert "".join(piece.words for piece in cut) == "".join(words)
    assert [piece.words for piece in cut if piece.marked] == words[1::2]


# Charts.

COUNTS = st.integers(min_value=0, max_value=100_000)


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), max_size=40))
def test_bars_stay_in_their_box_and_keep_proportions(counts):
    start = date(2026, 3, 1)
    days = [DayVerdicts(start + timedelta(days=i), *count) for i, count in enumerate(counts)]
    chart = days_chart(days)
    most = max((sum(count) for count in counts), default=0)
    assert chart.width == len(days)
    assert chart.scale[0] >= most
    for bar in chart.bars:
        assert bar.y >= -0.01
        assert bar.y + bar.height <= HEIGHT + 0.01
        day = days[int(bar.x)]
        assert bar.height * chart.scale[0] / HEIGHT == pytest.approx(getattr(day, bar.kind), abs=chart.scale[0] * 1e-5)


@given(st.integers(min_value=1, max_value=10**9))
def test_the_scale_ends_at_a_round_number_close_above(most):
    top = round_above(most)
    assert most <= top < 2.5 * most + 1
    assert str(top).rstrip("0") in {"1", "2", "5"}


def test_the_longest_bar_is_full_and_nothing_is_nothing():
    assert share(7, 7) == 100
    assert share(0, 7) == 0
    assert share(0, 0) == 0


# Statistics.

NOW = datetime.fromisoformat("2026-03-10T10:00:00+08:00")
REASON = "<b>\u4f9b\u5e94\u5546\u53ea\u63a5\u53d7\u6574\u7bb1</b>"


class Away:
    """A store whose database is gone."""

    def stats(self, since, until):
        raise StoreError("the database does not answer")


def figures(store, query=""):
    """What /page/stats shows over a store."""
    services = SimpleNamespace(setup=set_up(ROOT / "examples" / "presend.toml"), clock=lambda: NOW, store=store)
    app = Flask("checker.service", static_folder=None)
    app.register_blueprint(blueprint(services))
    return app.test_client().get(f"/page/stats{query}", headers={"Accept-Language": "en"}).text


@pytest.fixture
def store(tmp_path):
    kept = Store(f"sqlite:///{tmp_path}/presend.db")
    yield kept
    kept.close()


def check(at, verdict, **counts):
    rules = {rule.replace("__", "/").replace("_", "-"): n for rule, n in counts.items()}
    return CheckRecord(at, "service", "r" * 64, verdict, "restock", rules, "s" * 16, f"{at}{verdict}", 0, 0.01)


def test_statistics_of_a_period(store):
    store.record(
        [
            check(NOW, "block", data__wrong_dos=2, tone__blame=1),
            check(NOW - timedelta(days=3), "allow"),
            check(NOW - timedelta(days=20), "confirm", data__wrong_dos=1),
            OverrideRecord(
                NOW, "d", "r", (OverriddenFinding("tone/blame", "f", REASON),), "b", NOW + timedelta(days=1)
            ),
            FeedbackRecord(NOW, "data/wrong-dos", "f", "false-positive", "b"),
            FollowUp("e" * 64, NOW - timedelta(hours=1), NOW - timedelta(days=2)),
        ]
    )
    week, month = figures(store, "?days=7"), figures(store)
    totals = {name: re.findall(r"<dd>(\d+)</dd>", page) for name, page in (("week", week), ("month", month))}
    assert totals == {"week": ["2", "1", "0", "1"], "month": ["3", "1", "1", "1"]}
    assert week.count("<time datetime=") == 7 + 2
    assert week.count('<rect class="bar-block" x=') == 1
    assert '<td class="number">2</td>' in week
    assert '<td class="number">3</td>' in month
    assert "<b>" not in week
    assert "&lt;b&gt;\u4f9b\u5e94\u5546" in week
    assert "e" * 12 in week
    assert "e" * 13 not in week
    assert '<td class="number">1</td>' in week.split('id="feedback-title"')[1]


def test_every_drawing_has_words(store):
    store.record([check(NOW, "block", data__wrong_dos=2)])
    drawings = re.findall(r"<svg[^>]*role=.img.[^>]*>.*?</svg>", figures(store), re.S)
    assert len(drawings) == 2
    assert all("<title" in drawing for drawing in drawings)


def test_no_data_and_no_store_are_said(store):
    assert "No checks in this period" in figures(store)
    assert "cannot be read now" in figures(Away())
    assert "cannot be read now" in figures(None)


@pytest.mark.parametrize(
    ("query", "days"), [("", 30), ("?days=7", 7), ("?days=90", 90), ("?days=5000", 30), ("?days=x", 30)]
)
def test_only_offered_periods(store, query, days):
    store.record([check(NOW, "allow")])
    assert figures(store, query).count("<time datetime=") == days

"""Overrides, feedback and follow-ups over HTTP: what is let pass, for which mail, by whom, and what is kept of it."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from checker.service import create_app, services_of
from checker.setup import set_up
from checker.store.store import Store

ROOT = Path(__file__).parent.parent
BLAME = "都是你们的错"
PHONE = "13912345678"
DRAFT = {
    "from": "王芳 <wang.fang@lantu-trade.cn>",
    "to": ["liu@swift-freight.com"],
    "subject": "【物流】FBA15XYZ 延误",
    "text": f"刘经理，您好：\n{BLAME}。再说一次，{BLAME}。\n客户李雷的手机是 {PHONE}。\n您是否方便在3月12日17:00前回复？\n王芳",
    "date": "2026-03-10T10:00:00+08:00",
}


@pytest.fixture(scope="module")
def setup():
    return set_up(ROOT / "examples" / "presend.toml")


@pytest.fixture
def clock():
    from datetime import UTC, datetime

    return [datetime(2026, 3, 10, 2, 0, tzinfo=UTC)]


@pytest.fixture
def app(setup, clock, tmp_path):
    store = Store.open(f"sqlite:///{tmp_path}/presend.db")
    made = create_app(setup, store=store, key=b"k" * 32, clock=lambda: clock[0])
    yield made
    services_of(made).close()


@pytest.fixture
def post(app):
    client = app.test_client()
    return lambda path, body: client.post(path, json=body)


def result(post, **changed):
    return post("/v1/check", {**DRAFT, **changed}).json["results"][0]


def of_rule(checked, rule):
    return [f for f in checked["findings"] if f["rule"] == rule]


def overriding(checked, rule, reason="客户要求的说法", **changed):
    one = of_rule(checked, rule)[0]
    return {"draft": DRAFT, "digest": checked["digest"], "findings": [{"id": one["id"], "reason": reason}], **changed}


def test_what_is_overridden_is_waived_for_this_draft_and_no_other(post, clock):
    checked = result(post)
    twins = of_rule(checked, "tone/blame")
    assert len(twins) == 2
    given = post("/v1/overrides", overriding(checked, "tone/blame")).json
    assert given["findings"] == [f["id"] for f in twins]  # the same words under the same rule are one fault
    again = result(post, override=given["override"])
    assert [f["waived"] for f in of_rule(again, "tone/blame")] == [True, True]
    assert {f["rule"] for f in again["findings"] if f["waived"]} == {"tone/blame"}
    changed = result(post, override=given["override"], text=DRAFT["text"] + "\n另外，请看附件。")
    assert not any(f["waived"] for f in changed["findings"])
    clock[0] += timedelta(minutes=60)
    assert not any(f["waived"] for f in result(post, override=given["override"])["findings"])


def test_what_the_organisation_waives_is_waived_for_everybody(setup, clock, tmp_path):
    store = Store.open(f"sqlite:///{tmp_path}/presend.db")
    until = clock[0] + timedelta(days=1)
    store.add_waiver(rule="tone/*", owner="o", reason="r", expires=until, now=clock[0])
    app = create_app(setup, store=store, key=b"k" * 32, clock=lambda: clock[0])
    checked = app.test_client().post("/v1/check", json=DRAFT).json["results"][0]
    assert {f["rule"] for f in checked["findings"] if f["waived"]} == {"tone/blame"}
    clock[0] = until
    checked = app.test_client().post("/v1/check", json=DRAFT).json["results"][0]
    assert not any(f["waived"] for f in checked["findings"])
    services_of(app).close()


def test_an_error_that_policy_holds_is_refused_with_its_rule(post):
    checked = result(post)
    held = next(f for f in checked["findings"] if f["severity"] == "error")
    answer = post("/v1/overrides", overriding(checked, held["rule"]))
    assert answer.status_code == 403
    assert held["rule"] in answer.json["detail"]
    assert not any(f["waived"] for f in result(post)["findings"])


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"digest": "0" * 32}, 409),
        ({"draft": {**DRAFT, "subject": "x"}}, 409),
        ({"findings": []}, 422),
        ({"findings": [{"id": "1", "reason": "  "}]}, 422),
        ({"findings": [{"id": "1", "reason": "x" * 201}]}, 422),
        ({"findings": [{"id": "1"}]}, 422),
    ],
)
def test_a_request_that_does_not_fit_is_refused(post, changed, status):
    answer = post("/v1/overrides", overriding(result(post), "tone/blame", **changed))
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_the_reason_is_kept_masked_and_nothing_of_the_mail_is(post, app, clock, tmp_path):
    checked = result(post)
    post("/v1/overrides", overriding(checked, "tone/blame", reason=f"已与 {PHONE} 电话确认"))
    one = of_rule(checked, "tone/blame")[0]
    said = {"rule": one["rule"], "fingerprint": one["fingerprint"], "digest": checked["digest"]}
    assert post("/v1/feedback", {**said, "verdict": "false-positive"}).json == {"status": "kept"}
    assert post("/v1/followups", {"digest": checked["digest"], "due": "2026-03-12T17:00:00+08:00"}).status_code == 200
    services = services_of(app)
    for _ in range(600):
        if not services.recorder.queued:
            break
        time.sleep(0.05)
    stats = services.store.stats(clock[0] - timedelta(days=1), clock[0] + timedelta(days=7))
    assert [line.rule for line in stats.overrides] == ["tone/blame"]
    assert "电话确认" in stats.overrides[0].reason
    assert PHONE not in stats.overrides[0].reason
    assert [(r.overridden, r.false_positives) for r in stats.rules if r.rule == "tone/blame"] == [(1, 1)]
    assert [f.digest for f in stats.followups] == [checked["digest"]]
    services.close()
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"tone/blame" in held
    for canary in (BLAME, PHONE, "王芳", "wang.fang", "swift-freight", "FBA15XYZ", "李雷"):
        assert canary.encode() not in held, canary


def test_one_override_after_another_holds_both(post):
    checked = result(post)
    others = [f for f in checked["findings"] if f["severity"] == "warning" and f["rule"] != "tone/blame"]
    first = post("/v1/overrides", overriding(checked, "tone/blame")).json["override"]
    second = post("/v1/overrides", overriding(checked, others[0]["rule"], draft={**DRAFT, "override": first})).json
    waived = {f["rule"] for f in result(post, override=second["override"])["findings"] if f["waived"]}
    assert waived == {"tone/blame", others[0]["rule"]}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("feedback", {"fingerprint": "0" * 32, "digest": "0" * 32, "verdict": "useful"}, "rule"),
        (
            "feedback",
            {"rule": "tone/blame", "fingerprint": BLAME, "digest": "0" * 32, "verdict": "useful"},
            "fingerprint",
        ),
        ("feedback", {"rule": "tone/blame", "fingerprint": "0" * 32, "digest": "0" * 32, "verdict": BLAME}, "verdict"),
        ("followups", {"digest": "0" * 32, "due": "2026-03-12T17:00:00"}, "due"),
        ("followups", {"digest": "0" * 32, "due": "2026-02-29T17:00:00+08:00"}, "due"),
        ("followups", {"digest": "0" * 32}, "due"),
        ("followups", {"digest": BLAME, "due": "2026-03-12T17:00:00+08:00"}, "digest"),
    ],
)
def test_no_word_of_a_mail_fits_into_feedback_or_followups(post, path, body, field):
    answer = post(f"/v1/{path}", body)
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json["errors"]] == [field]
    assert BLAME not in answer.text


def test_feedback_on_a_rule_that_is_none_is_refused_without_repeating_it(post):
    answer = post("/v1/feedback", {"rule": BLAME, "fingerprint": "0" * 32, "digest": "0" * 32, "verdict": "useful"})
    assert answer.status_code == 404
    assert BLAME not in answer.text


def test_a_followup_is_settled(post, app, clock):
    digest = "0" * 32
    post("/v1/followups", {"digest": digest, "due": "2026-03-10T00:00:00+08:00"})
    store = services_of(app).store
    assert [f.digest for f in store.due_followups(clock[0])] == [digest]
    assert post("/v1/followups", {"digest": digest, "due": None}).status_code == 200
    assert store.due_followups(clock[0]) == ()

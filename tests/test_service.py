"""The service's answers, in process: the same findings as at the command line, and errors that say what is wrong."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from command import ROOT, warm

from checker.draft import from_draft
from checker.message import DraftError
from checker.service import create_app, services_of
from checker.service.models import Draft
from checker.service.settings import settings_of
from checker.setup import set_up
from checker.store.store import Store

DRAFTS = sorted((ROOT / "examples" / "drafts").iterdir())
SECRET = "k" * 32
EML = "message/rfc822"
# Two findings with edits: a phrase in the body, a resident ID.
DRAFT = {
    "from": "wang.fang@lantu-trade.cn",
    "to": ["chen.xiao@lantu-trade.cn"],
    "subject": "【补货】B08XYZ1234",
    "text": "请尽快处理。身份证号\uff1a11010519491231002X",
    "date": "2026-03-10T10:00:00+08:00",
}


@pytest.fixture(scope="module")
def setup():
    return set_up(ROOT / "examples" / "presend.toml")


@pytest.fixture(scope="module")
def make_client(setup, tmp_path_factory):
    """make_client(**settings): a client of an app over an empty store, with no limit of rates unless given."""
    apps = []

    def made(**changes):
        store = Store(f"sqlite:///{tmp_path_factory.mktemp('store')}/presend.db")
        given = {"per_address": 0, "per_key": 0, "log_level": "error", **changes}
        settings = replace(settings_of(setup.company.doors["service"]), **given)
        app = create_app(setup, settings=settings, store=store, key=SECRET.encode())
        apps.append(app)
        return app.test_client()

    yield made
    for app in apps:
        services_of(app).close()


@pytest.fixture(scope="module")
def client(make_client):
    return make_client()


@pytest.fixture(scope="module")
def cli_report():
    config = ("--config", "examples/presend.toml")
    done = warm("check", "examples/drafts", *config, "--format", "json", PRESEND_SECRET=SECRET)
    return {Path(result["path"]).name: result for result in json.loads(done.stdout)["results"]}


def checked(client, draft, **headers):
    answer = client.post("/v1/check", json=draft, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json["results"][0]


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_a_check_says_what_the_command_line_says(client, path, cli_report):
    kind = "application/json" if path.suffix == ".json" else EML
    answer = client.post("/v1/check", data=path.read_bytes(), content_type=kind)
    assert answer.status_code == 200
    result, expected = answer.json["results"][0], cli_report[path.name]
    assert result["path"] == "draft"
    assert len(result["findings"]) == len(expected["findings"])
    assert result | {"path": expected["path"]} == expected


def test_messages_come_in_the_language_asked_for(client):
    wanted = {language: checked(client, DRAFT, Accept_Language=language) for language in ("en-GB", "zh-CN", "fr")}
    words = {language: [f["message"] for f in result["findings"]] for language, result in wanted.items()}
    assert words["en-GB"] != words["zh-CN"]
    assert words["fr"] == words["zh-CN"]  # the mail's own
    assert any("ID" in message for message in words["en-GB"])


# What is sent, and what comes back: status, and for 422 the field.
WRONG = {
    "no JSON": (b'{"text": "secret', "application/json", 400, None),
    "not UTF-8": (b'{"text": "\xff"}', "application/json", 400, None),
    "nested without end": (b"[" * 100_000, "application/json", 400, None),
    "a list": (b"[]", "application/json", 422, "body"),
    "null": (b"null", "application/json", 422, "body"),
    "empty": (b"", "application/json", 400, None),
    "a number for a text": (b'{"subject": 31337}', "application/json", 422, "subject"),
    "a text for a list": (b'{"to": "31337"}', "application/json", 422, "to"),
    "an object in a list": (b'{"cc": [{"a": "31337"}]}', "application/json", 422, "cc[0]"),
    "a key of its own": (b'{"secret31337": 1}', "application/json", 422, "draft"),
    "no date": (b'{"date": "31337"}', "application/json", 422, "date"),
    "no base64": (
        b'{"attachments": [{"name": "a", "content": "31337!"}]}',
        "application/json",
        422,
        "attachments[0].content",
    ),
    "a form": (b"a=31337", "application/x-www-form-urlencoded", 415, None),
    "text": (b"31337", "text/plain", 415, None),
    "no type": (b"31337", None, 415, None),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_wrong_is_said_without_the_value(client, name, language):
    body, kind, status, field = WRONG[name]
    answer = client.post("/v1/check", data=body, content_type=kind, headers={"Accept-Language": language})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = answer.json
    assert problem["status"] == status
    assert problem["type"].startswith("/docs#")
    assert problem["title"] and problem["detail"]
    assert ("\u4e00" <= problem["title"][0] <= "\u9fff") == (language == "zh")
    assert [error["field"] for error in problem.get("errors", [])] == ([field] if field else [])
    assert "31337" not in answer.text and "secret" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/nothing/here", 404),
        ("get", "/v1/check", 405),
        ("delete", "/v1/rules", 405),
        ("get", "/v1/rules/no/such", 404),
    ],
)
def test_paths_and_methods_that_are_none(client, method, path, status):
    answer = getattr(client, method)(path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert status != 405 or answer.headers["Allow"]


def test_a_body_over_the_limit_is_refused(make_client):
    small = make_client(most_bytes=1000)
    assert small.post("/v1/check", data=b"x" * 1001, content_type=EML).status_code == 413
    assert small.post("/v1/check", data=b"Subject: x\n\nhi", content_type=EML).status_code == 200


def test_a_chosen_fix_changes_its_words_alone(client):
    report = checked(client, DRAFT)
    mask = next(f for f in report["findings"] if f["rule"] == "sensitive/identity")
    body = {"draft": DRAFT, "digest": report["digest"], "findings": [mask["id"]]}
    fixed = client.post("/v1/fix", json=body).json
    assert fixed["applied"] == [mask["id"]]
    assert "11010519491231002X" not in fixed["draft"]["text"]
    assert fixed["draft"]["text"].startswith("请尽快处理。身份证号\uff1a")
    assert {k: v for k, v in fixed["draft"].items() if k != "text"} == {k: v for k, v in DRAFT.items() if k != "text"}
    assert not [f for f in checked(client, fixed["draft"])["findings"] if f["rule"] == "sensitive/identity"]


def test_a_mail_is_fixed_as_a_mail(client):
    mail = (ROOT / "examples" / "drafts" / "blame-and-leak-zh.eml").read_bytes()
    result = client.post("/v1/check", data=mail, content_type=EML).json["results"][0]
    safe = [f["id"] for f in result["findings"] if f["safe"]]
    query = {"digest": result["digest"], "finding": safe}
    answer = client.post("/v1/fix", data=mail, content_type=EML, query_string=query)
    assert (answer.status_code, answer.mimetype) == (200, EML)
    assert safe and answer.data != mail
    again = client.post("/v1/check", data=answer.data, content_type=EML).json["results"][0]
    assert len(again["findings"]) <= len(result["findings"]) - len(safe)


def test_a_fix_of_another_draft_is_a_conflict(client):
    report = checked(client, DRAFT)
    body = {"draft": {**DRAFT, "text": DRAFT["text"] + "!"}, "digest": report["digest"], "findings": ["1"]}
    assert client.post("/v1/fix", json=body).status_code == 409
    body = {"draft": DRAFT, "digest": report["digest"], "findings": ["99"]}
    assert client.post("/v1/fix", json=body).status_code == 409


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"draft", "digest", "findings"}),
        ({"draft": {"subject": 7}, "digest": "x", "findings": []}, {"draft.subject"}),
        ({"draft": [], "digest": "x", "findings": []}, {"draft"}),
        ({"draft": {}, "digest": 7, "findings": [7, "x"]}, {"digest", "findings[0]", "findings[1]"}),
        ({"draft": {}, "digest": "x", "findings": [], "other": 1}, {"body"}),
    ],
)
def test_a_fix_that_does_not_fit_says_where(client, body, fields):
    answer = client.post("/v1/fix", json=body)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json["errors"]} == fields


def test_the_rules_in_force_are_listed(client, setup):
    listed = client.get("/v1/rules").json
    assert listed["ruleset"] == setup.ruleset.hash
    assert {rule["id"] for rule in listed["rules"]} == {rule.id for rule in setup.ruleset.rules}
    one = client.get("/v1/rules/deadline/past", headers={"Accept-Language": "zh"}).json
    assert one["id"] == "deadline/past"
    assert one["fails"] and one["passes"]
    assert "\u4e00" <= one["why"][0] <= "\u9fff"


def test_the_description_names_every_endpoint(client):
    document = client.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    served = set()
    for rule in client.application.url_map.iter_rules():
        if str(rule).startswith("/v1/") or str(rule) in ("/healthz", "/readyz", "/metrics"):
            path = str(rule).replace("<", "{").replace(">", "}")
            served |= {(path, method.lower()) for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert served == described
    assert "message/rfc822" in document["paths"]["/v1/check"]["post"]["requestBody"]["content"]


def test_docs_need_no_other_host(client):
    page = client.get("/docs").text
    assert "/v1/check" in page and 'id="conflict"' in page
    assert "http://" not in page and "https://" not in page and "//" not in page.replace("</", "")
    assert "<script" not in page


def test_the_model_of_a_draft_is_the_draft_that_is_read():
    """Every key of the model is one that the reader takes, and the other way round."""
    model = Draft.model_json_schema()
    named = {"attachments": "AttachmentModel", "reply": "ReplyModel"}
    for key in model["properties"]:
        from_draft({key: None})
    with pytest.raises(DraftError) as refused:
        from_draft({"x": 1})
    assert set(refused.value.reason.split("allowed are ")[1].split(", ")) == set(model["properties"])
    for key, name in named.items():
        inside = {"x": 1}
        with pytest.raises(DraftError) as refused:
            from_draft({key: [inside] if key == "attachments" else inside})
        keys = set(refused.value.reason.split("allowed are ")[1].split(", "))
        assert keys == set(model["$defs"][name]["properties"])


def test_probes(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json["status"] == "ready"


def test_what_was_checked_is_counted(make_client):
    client = make_client()
    checked(client, DRAFT)
    client.get("/nothing")
    text = client.get("/metrics").text
    assert 'presend_checks_total{verdict="block"} 1.0' in text
    assert 'presend_findings_total{rule="sensitive/identity",severity="error"} 1.0' in text
    assert 'presend_requests_total{method="POST",route="/v1/check",status="200"} 1.0' in text
    assert 'route="-",status="404"' in text


def test_a_check_is_recorded_without_a_word(make_client):
    client = make_client()
    checked(client, DRAFT)
    services = services_of(client.application)
    services.recorder.close()
    now = services.clock()
    stats = services.store.stats(now.replace(hour=0, minute=0), now)
    assert {line.rule for line in stats.rules} >= {"sensitive/identity"}


def test_a_check_cut_short_says_so(make_client):
    result = checked(make_client(check_seconds=1e-9), {**DRAFT, "text": "您好。"})
    assert {entry["why"] for entry in result["incomplete"]} == {"time"}
    assert result["verdict"] == "confirm"


def test_a_check_that_queued_too_long_is_refused(client):
    import time

    from checker.service.server import RECEIVED

    late = client.post("/v1/check", json=DRAFT, environ_overrides={RECEIVED: time.monotonic() - 2.5})
    assert late.status_code == 503
    assert int(late.headers["Retry-After"]) > 0


def test_an_error_of_ours_is_told_without_its_words(make_client, monkeypatch, capsys):
    client = make_client()

    def broken(*_, **__):
        raise RuntimeError("CANARY")

    monkeypatch.setattr("checker.service.checking.check", broken)
    answer = client.post("/v1/check", json=DRAFT)
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "CANARY" not in answer.text

"""A canary in every field of every request, at every log level: it sings in the answers to its sender alone."""

import json
import re

import pytest
from serving import Service

CANARY = "KANARIENVOGEL31337"
DRAFT = {
    "from": f"{CANARY} <{CANARY}@{CANARY}.cn>",
    "to": [f"{CANARY}@partner.cn"],
    "cc": [f"{CANARY}@other.cn"],
    "subject": f"【补货】{CANARY}",
    "text": f"{CANARY}都是你们的错。请尽快处理{CANARY}\uff0c身份证号\uff1a11010519491231002X\uff0cB08XYZ1234库存105件。",
    "attachments": [
        {"name": f"{CANARY}.xlsx", "content": "QUJD"},
        {"name": f"{CANARY}.txt", "size": 3, "link": f"https://{CANARY}.cn"},
    ],
    "reply": {"message_id": f"<{CANARY}@a>", "subject": CANARY, "from": CANARY, "to": [CANARY], "references": [CANARY]},
    "override": CANARY,
}
MAIL = (
    f"From: {CANARY}@a.cn\nTo: {CANARY}@b.cn\nSubject: {CANARY}\nX-{CANARY}: {CANARY}\nMIME-Version: 1.0\n"
    f"Content-Type: multipart/mixed; boundary={CANARY}\n\n--{CANARY}\nContent-Type: text/{CANARY}; charset={CANARY}\n\n"
    f"{CANARY}\n--{CANARY}\nContent-Disposition: attachment; filename={CANARY}.xlsx\n\nPK{CANARY}\n--{CANARY}--\n"
).encode()
JSON, EML = "application/json", "message/rfc822"


def as_json(value):
    return json.dumps(value).encode()


def requests(service):
    """(what, method, path, body, type, headers): well-formed and malformed, to every route that the service has."""
    paths = json.loads(service.request("GET", "/openapi.json")[2])["paths"]
    bodies = {
        "draft": (as_json(DRAFT), JSON),
        "mail": (MAIL, EML),
        "cut": (as_json(DRAFT)[:-40], JSON),
        "wrong key": (as_json({CANARY: CANARY}), JSON),
        "wrong type": (as_json({"subject": [CANARY], "draft": CANARY, "digest": [CANARY], "findings": CANARY}), JSON),
        "inside": (
            as_json({"draft": {**DRAFT, "date": CANARY}, "digest": CANARY, "findings": [CANARY], "rule": CANARY}),
            JSON,
        ),
        "wrapped": (as_json({"draft": DRAFT, "digest": CANARY, "findings": ["1"]}), JSON),
        "another type": (as_json(DRAFT), f"text/{CANARY}"),
    }
    for path, methods in paths.items():
        real = path.replace("{family}", CANARY).replace("{name}", CANARY)
        for method in methods:
            for what, (body, kind) in bodies.items() if method == "post" else [("none", (None, None))]:
                yield (
                    f"{path} {what}",
                    method.upper(),
                    f"{real}?{CANARY}={CANARY}&digest={CANARY}&finding={CANARY}",
                    body,
                    kind,
                    {},
                )
    yield "page mail", "POST", f"/page/mail?{CANARY}", MAIL, EML, {}
    for page in ("/", "/rules", "/stats", "/page/stats", "/docs"):
        yield page, "GET", f"{page}?lang={CANARY}&days={CANARY}&{CANARY}={CANARY}", None, None, {}
    yield "path", "GET", f"/{CANARY}", None, None, {}
    yield "method", CANARY, "/v1/check", None, None, {}
    yield "key", "GET", "/v1/rules", None, None, {"X-API-Key": f"presend_{CANARY}"}
    yield "token", "GET", "/v1/rules", None, None, {"Authorization": f"Bearer {CANARY}"}
    yield "host", "GET", "/v1/rules", None, None, {"Host": CANARY}
    yield (
        "origin",
        "OPTIONS",
        "/v1/check",
        None,
        None,
        {"Origin": f"https://{CANARY}", "Access-Control-Request-Method": CANARY},
    )
    yield (
        "headers",
        "GET",
        "/v1/rules",
        None,
        None,
        {
            "User-Agent": CANARY,
            "Accept-Language": CANARY,
            "Cookie": f"lang={CANARY}",
            "Referer": CANARY,
            "X-Forwarded-For": CANARY,
        },
    )


def taken(service):
    """(status, body) of what the service takes and remembers of a checked draft: an override, feedback, a reminder."""

    def post(path, body):
        status, _, content = service.request("POST", path, as_json(body), JSON)
        return status, content.decode()

    draft = {name: value for name, value in DRAFT.items() if name != "override"}
    checked = json.loads(post("/v1/check", draft)[1])["results"][0]
    blame = next(finding for finding in checked["findings"] if finding["rule"] == "tone/blame")
    chosen = [{"id": blame["id"], "reason": "\u5ba2\u6237\u8981\u6c42\u7684\u8bf4\u6cd5"}]
    yield post("/v1/overrides", {"draft": draft, "digest": checked["digest"], "findings": chosen})
    said = {"rule": blame["rule"], "fingerprint": blame["fingerprint"], "digest": checked["digest"]}
    yield post("/v1/feedback", {**said, "verdict": "useful"})
    yield post("/v1/followups", {"digest": checked["digest"], "due": "2026-03-12T17:00:00+08:00"})


@pytest.mark.parametrize("level", ["debug", "error"])
def test_the_canary_sings_to_its_sender_alone(tmp_path, level):
    service = Service(tmp_path, policy=f"log_level = '{level}'\n")
    checked = 0
    for what, method, path, body, kind, headers in requests(service):
        status, answered, content = service.request(method, path, body, kind or JSON, **headers)
        assert status != 500, what
        if status >= 400:
            assert CANARY not in content.decode("utf-8", "replace"), what
        assert CANARY not in str(answered), what
        checked += status == 200 and b'"findings"' in content
    assert checked >= 2
    assert all(status == 200 and CANARY not in answered for status, answered in taken(service))
    metrics = service.request("GET", "/metrics")[2].decode()
    assert service.stop() == 0
    kept = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(name.endswith(".db") for name in kept)
    for name, content in {**kept, "metrics": metrics.encode()}.items():
        assert not re.search(CANARY.encode(), content, re.IGNORECASE), name
        assert b"11010519491231002X" not in content, name
    if level == "debug":
        assert "/v1/check" in service.log

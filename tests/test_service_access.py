"""Who may call the service: loopback, keys, tokens of an issuer that goes away, browsers, rates."""

import json
import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing import get_context
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from checker.refusal import RefusalError
from checker.service import create_app, services_of
from checker.service.counters import SqliteCounters
from checker.service.issuer import IssuerKeys
from checker.service.opening import plan_of
from checker.service.settings import Issuer, settings_of
from checker.setup import set_up
from checker.store.store import Store, StoreError

ROOT = Path(__file__).parent.parent
NOW = datetime.fromisoformat("2026-03-10T10:00:00+08:00")
PUBLIC = "0.0.0.0"


@pytest.fixture(scope="module")
def setup():
    return set_up(ROOT / "examples" / "presend.toml")


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/presend.db")
    yield store
    store.close()


@pytest.fixture
def make_client(setup, store):
    apps = []

    def made(**changes):
        given = {"per_address": 0, "per_key": 0, "log_level": "error", **changes}
        settings = replace(settings_of(setup.company.doors["service"]), **given)
        apps.append(create_app(setup, settings=settings, store=store, key=b"k" * 32))
        return apps[-1].test_client()

    yield made
    for app in apps:
        services_of(app).close()


def status(client, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/v1/rules/deadline/past", headers=named).status_code


# Host, other headers -> who may call a service that listens at 127.0.0.1.
LOOPBACK = [
    ({"Host": "localhost:8025"}, 200),
    ({"Host": "127.0.0.1"}, 200),
    ({"Host": "[::1]:8025"}, 200),
    ({"Host": "evil.example"}, 403),
    ({"Host": "localhost.evil.example"}, 403),
    ({"Host": "presend.company.com"}, 401),
    ({"Host": "localhost", "X-Forwarded-For": "203.0.113.7"}, 401),
    ({"Host": "localhost", "Forwarded": "for=203.0.113.7"}, 401),
    ({"Host": "localhost", "X-API-Key": "presend_wrong"}, 401),
]


@pytest.mark.parametrize(("headers", "expected"), LOOPBACK)
def test_loopback_is_open_to_this_machine_alone(make_client, headers, expected):
    client = make_client(hosts=("presend.company.com",))
    assert client.get("/v1/rules/deadline/past", headers=headers).status_code == expected


def test_loopback_can_be_closed(make_client):
    assert status(make_client(open_on_loopback=False)) == 401


def test_a_public_address_needs_a_key(make_client, store):
    client = make_client(host=PUBLIC)
    record, key = store.add_key("add-in", NOW)
    assert status(client) == 401
    assert client.get("/v1/rules").headers["WWW-Authenticate"].startswith("Bearer")
    assert status(client, Authorization=f"Bearer {key}") == 200
    assert status(client, X_API_Key=key) == 200
    assert status(client, X_API_Key=key + "x") == 401
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
    assert client.get("/metrics").status_code == 401
    store.revoke_key(record.id, NOW)
    assert status(make_client(host=PUBLIC), X_API_Key=key) == 401


def test_keys_that_were_used_go_on_while_the_store_is_away(make_client, store, monkeypatch):
    client = make_client(host=PUBLIC)
    _, key = store.add_key("add-in", NOW)
    assert status(client, X_API_Key=key) == 200

    def away(*_):
        raise StoreError("away")

    monkeypatch.setattr(Store, "key_of", away)
    monkeypatch.setattr("checker.service.keys._FRESH", -1.0)
    assert status(client, X_API_Key=key) == 200
    answer = client.get("/v1/rules", headers={"X-API-Key": "presend_other"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_an_open_door_to_the_world_is_refused(setup, tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/presend.db"
    monkeypatch.setenv("PRESEND_DATABASE_URL", url)
    with pytest.raises(RefusalError, match="presend keys add"):
        plan_of(setup, host=PUBLIC, port=None, workers=None)
    assert plan_of(setup, host="::1", port=0, workers=3).workers == 3
    store = Store(url)
    record, _ = store.add_key("add-in", NOW)
    assert plan_of(setup, host=PUBLIC, port=None, workers=None).host == PUBLIC
    store.revoke_key(record.id, NOW)
    store.close()
    with pytest.raises(RefusalError):
        plan_of(setup, host=PUBLIC, port=None, workers=None)


class _Jwks(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"keys": self.server.keys}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def key_pairs():
    return {kid: rsa.generate_private_key(public_exponent=65537, key_size=2048) for kid in ("one", "two")}


@pytest.fixture
def issuer(key_pairs):
    """A key set on a free port; close() makes it go away."""
    server = HTTPServer(("127.0.0.1", 0), _Jwks)
    server.keys = [_public(key_pairs["one"], "one")]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()

    def close():
        if thread.is_alive():
            server.shutdown()
            thread.join()
            server.server_close()

    server.go_away = close
    server.settings = Issuer("https://issuer.example", "presend", f"http://127.0.0.1:{server.server_port}/keys")
    yield server
    close()


def _public(key, kid):
    return {
        **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())),
        "kid": kid,
        "use": "sig",
        "alg": "RS256",
    }


def token(key, kid="one", **claims):
    now = datetime.now().astimezone()
    held = {
        "iss": "https://issuer.example",
        "aud": "presend",
        "sub": "wang",
        "exp": now + timedelta(minutes=5),
        **claims,
    }
    return jwt.encode({k: v for k, v in held.items() if v is not None}, key, algorithm="RS256", headers={"kid": kid})


def test_tokens_of_the_issuer(make_client, issuer, key_pairs):
    client = make_client(host=PUBLIC, jwt=issuer.settings)
    one, past = key_pairs["one"], datetime.now().astimezone() - timedelta(hours=1)
    assert status(client, Authorization=f"Bearer {token(one)}") == 200
    wrong = {
        "expired": token(one, exp=past),
        "without expiry": token(one, exp=None),
        "another audience": token(one, aud="other"),
        "another issuer": token(one, iss="https://other.example"),
        "another key": token(key_pairs["two"]),
        "an unknown key": token(key_pairs["two"], kid="two"),
        "no signature": jwt.encode(
            {"iss": "https://issuer.example", "aud": "presend", "exp": 9e9}, None, algorithm="none"
        ),
        "signed with the published key": jwt.encode(
            {"iss": "https://issuer.example", "aud": "presend", "exp": 9e9},
            "k" * 32,
            algorithm="HS256",
            headers={"kid": "one"},
        ),
        "no token": "abc",
    }
    for what, shown in wrong.items():
        assert status(client, Authorization=f"Bearer {shown}") == 401, what


def test_the_last_good_keys_serve_while_the_issuer_is_away(issuer, key_pairs):
    clock = [1000.0]
    keys = IssuerKeys(issuer.settings.jwks_url, clock=lambda: clock[0])
    assert keys.key("one").key_id == "one"
    issuer.go_away()
    clock[0] += 24 * 3600
    assert keys.key("one").key_id == "one"
    with pytest.raises(jwt.PyJWTError):
        keys.key("two")


def test_new_keys_of_the_issuer_are_fetched_when_they_are_met(issuer, key_pairs):
    clock = [1000.0]
    keys = IssuerKeys(issuer.settings.jwks_url, clock=lambda: clock[0])
    keys.key("one")
    issuer.keys.append(_public(key_pairs["two"], "two"))
    with pytest.raises(jwt.PyJWTError):
        keys.key("two")  # asked a moment ago: made-up ids must not turn into a flood of questions
    clock[0] += 31
    assert keys.key("two").key_id == "two"


def test_a_token_cannot_be_verified_before_the_issuer_was_ever_seen(make_client, issuer, key_pairs):
    issuer.go_away()
    client = make_client(host=PUBLIC, jwt=issuer.settings)
    answer = client.get("/v1/rules", headers={"Authorization": f"Bearer {token(key_pairs['one'])}"})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


ADDIN = "https://addin.company.com"


def preflight(client, origin, **more):
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST", **more}
    return client.options("/v1/check", headers=headers)


def test_browsers_may_call_from_the_add_ins_alone(make_client):
    client = make_client(origins=(ADDIN,))
    allowed = preflight(client, ADDIN, **{"Access-Control-Request-Private-Network": "true"})
    assert allowed.status_code == 204
    assert allowed.headers["Access-Control-Allow-Origin"] == ADDIN
    assert "Authorization" in allowed.headers["Access-Control-Allow-Headers"]
    assert allowed.headers["Access-Control-Allow-Private-Network"] == "true"
    for origin in ("https://evil.example", ADDIN + ".evil.example", "null"):
        refused = preflight(client, origin)
        assert refused.status_code == 403
        assert "Access-Control-Allow-Origin" not in refused.headers
        answer = client.get("/v1/rules", headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Origin" in answer.headers["Vary"]
    assert client.get("/v1/rules", headers={"Origin": ADDIN}).headers["Access-Control-Allow-Origin"] == ADDIN


@pytest.mark.parametrize("path", ["/v1/rules", "/docs", "/nothing", "/openapi.json"])
def test_every_answer_has_the_headers_that_browsers_obey(make_client, path):
    headers = make_client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_an_address_and_a_key_have_their_rates(make_client, store):
    _, key = store.add_key("add-in", NOW)
    by_address = make_client(per_address=3)
    assert [status(by_address) for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = by_address.get("/v1/rules")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert answer.mimetype == "application/problem+json"
    wrong_keys = make_client(per_address=3)
    assert [status(wrong_keys, X_API_Key=f"presend_{n}") for n in range(5)] == [401, 401, 401, 429, 429]
    by_key = make_client(per_key=2)
    assert [status(by_key, X_API_Key=key) for _ in range(4)] == [200, 200, 429, 429]
    assert status(by_key) == 200  # without a key only the address counts


def page_script(client):
    with client.get("/static/rules.js") as answer:
        return answer.status_code


def test_files_of_the_page_do_not_use_up_an_office_s_rate(make_client):
    client = make_client(per_address=1)
    assert [page_script(client) for _ in range(5)] == [200] * 5
    assert [client.get("/").status_code for _ in range(2)] == [200, 429]
    assert page_script(client) == 200


def test_probes_are_answered_however_much_an_address_asks(make_client):
    client = make_client(per_address=1)
    assert [status(client), status(client)] == [200, 429]
    assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/metrics")] == [200] * 3


def _count(path, times):
    counters = SqliteCounters(Path(path))
    for _ in range(times):
        counters.incr("key", 60)


def test_processes_count_together(tmp_path):
    path = tmp_path / "rates.sqlite"
    context = get_context("spawn")
    others = [context.Process(target=_count, args=(str(path), 200)) for _ in range(2)]
    counters = SqliteCounters(path)
    for one in others:
        one.start()
    for one in others:
        one.join()
        assert one.exitcode == 0
    assert counters.get("key") == 400
    assert counters.incr("short", 0.05) == 1
    time.sleep(0.1)
    assert counters.get("short") == 0
    assert counters.incr("short", 60) == 1
    counters.clear("key")
    assert counters.get("key") == 0
    assert counters.reset() >= 1


def test_counters_that_are_away_refuse_nobody(make_client):
    assert [status(make_client(per_address=1, redis="redis://127.0.0.1:1/0")) for _ in range(3)] == [200, 200, 200]

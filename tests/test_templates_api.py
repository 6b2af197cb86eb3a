"""The templates over HTTP: what `presend new` writes, as draft JSON that the check takes."""

from pathlib import Path

import pytest
from test_newmail import DUE, FIGURES, NOW, TO, WANG, WORDS

from checker.newmail.texts_of import SCENARIOS, template
from checker.service import create_app
from checker.service.templates_api import ProductFields
from checker.setup import set_up

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def client():
    setup = set_up(ROOT / "examples" / "presend.toml")
    return create_app(setup, key=b"k" * 32, clock=lambda: NOW).test_client()


def body(scenario, language):
    words = {k: v for k, v in WORDS[language].items() if k in template(scenario).fields}
    product = {"asin": "B08XYZ1234", "fields": FIGURES[scenario] | words}
    return {
        "language": language, "products": [product], "from": WANG, "to": [TO[scenario]], "deadline": DUE.isoformat(),
    }  # fmt: skip


def test_the_list_names_every_template_and_field(client):
    listed = client.get("/v1/templates").json["templates"]
    assert [t["scenario"] for t in listed] == list(SCENARIOS)
    assert {f["name"]: (f["zh"], f["en"]) for f in listed[0]["fields"]}["stock"] == ("当前库存", "stock")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_draft_goes_from_the_template_to_the_check_and_is_allowed(client, scenario):
    made = client.post(f"/v1/templates/{scenario}", json=body(scenario, "zh"))
    assert made.status_code == 200
    result = client.post("/v1/check", json=made.json).json["results"][0]
    assert (result["verdict"], result["findings"]) == ("allow", [])


def test_a_deadline_is_written_in_the_company_s_zone(client):
    for written in ("2026-03-12T09:00:00Z", "2026-03-12T17:00:00+08:00", "2026-03-12T17:00:00"):
        made = client.post("/v1/templates/restock", json=body("restock", "zh") | {"deadline": written})
        assert "3月12日17:00\uff08北京时间\uff09" in made.json["text"], written


@pytest.mark.parametrize(
    ("scenario", "change", "status", "field"),
    [
        ("invoice", {}, 404, None),
        ("restock", {"products": []}, 422, "products"),
        ("restock", {"products": [{"asin": "B08"}]}, 422, "products[0].asin"),
        ("restock", {"products": [{"asin": "B08XYZ1234", "fields": {"weight": "5"}}]}, 422, "products[0].fields"),
        ("restock", {"products": [{"asin": "B08XYZ1234", "fields": {"stock": "x", "daily": "1"}}]}, 422, "products[0].fields.stock"),
        ("restock", {"deadline": "soon"}, 422, "deadline"),
        ("restock", {"deadline": "9999-12-31T23:59:59Z"}, 422, "deadline"),
    ],
)  # fmt: skip
def test_mistakes_name_the_field(client, scenario, change, status, field):
    made = client.post(f"/v1/templates/{scenario}", json=body("restock", "en") | change)
    assert made.status_code == status
    assert made.content_type.startswith("application/problem+json")
    assert [e["field"] for e in made.json.get("errors", [])] == ([field] if field else [])


def test_a_product_may_have_every_field_of_every_template():
    of_templates = {field for scenario in SCENARIOS for field in template(scenario).fields}
    assert set(ProductFields.model_fields) == {"sku", "name", *of_templates}


def test_a_field_of_another_template_stays_out_of_the_draft(client):
    wanted = body("restock", "en")
    product = {**wanted["products"][0], "fields": {**wanted["products"][0]["fields"], "problem": "leaky caps"}}
    made = client.post("/v1/templates/restock", json={**wanted, "products": [product]})
    assert made.status_code == 200
    assert "leaky caps" not in made.text

"""GET /v1/templates and POST /v1/templates/{scenario}: the drafts of `presend new`, for the add-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, jsonify
from pydantic import Field

from checker.newmail.compose import Wish, compose
from checker.newmail.texts_of import SCENARIOS, names, template
from checker.rule import Both
from checker.service.bodies import fitting
from checker.service.models import Closed, Draft, Moment
from checker.service.problems import FieldError, ProblemError, invalid
from checker.service.services import Services

_ASIN = r"^(?:B[0-9A-Z]{9}|[0-9]{9}[0-9X])$"
Figure = Annotated[str, Field(pattern=r"^[0-9][0-9,]{0,14}(\.[0-9]{1,6})?$", examples=["1,050"])]  # reckoned with


class TemplateField(Closed):
    """A field that a product may have, and what it is called."""

    name: str
    zh: str
    en: str


class TemplateModel(Closed):
    """A template: what it needs of each product, and when a sheet is attached."""

    scenario: str
    fields: list[TemplateField]
    sheet: Literal["always", "several"]


class Templates(Closed):
    """All templates."""

    templates: list[TemplateModel]


class ProductFields(Closed):
    """What is known of a product; a field that the template does not name is left out of the draft."""

    sku: str | None = None
    name: str | None = None
    stock: Figure | None = None
    daily: Figure | None = None
    dos: str | None = None
    stockout: str | None = None
    order: str | None = None
    coverage: Figure | None = None
    shipment: str | None = None
    tracking: str | None = None
    arrival: str | None = None
    units: str | None = None
    problem: str | None = None
    spend: str | None = None
    sales: str | None = None
    acos: str | None = None
    budget_from: str | None = None
    budget: str | None = None
    rating_from: str | None = None
    rating: str | None = None
    reviews: str | None = None
    cause: str | None = None
    plan: str | None = None
    price: str | None = None
    launch: str | None = None


class ProductWish(Closed):
    """A product and what is known of it; what the seller's reports hold may be left out."""

    asin: Annotated[str, Field(pattern=_ASIN)]
    fields: ProductFields = Field(default_factory=ProductFields)


class NewMail(Closed):
    """What the draft is to be. What is left out becomes a marked blank."""

    language: Literal["zh", "en"] = "zh"
    products: Annotated[list[ProductWish], Field(min_length=1, max_length=200)]
    sender: str = Field("", alias="from")
    to: list[str] = Field(default_factory=list)
    deadline: Moment | None = None


def blueprint(services: Services) -> Blueprint:
    """The endpoints over the services."""
    pages = Blueprint("templates", __name__)

    @pages.get("/v1/templates")
    @services.api.operation(tag="templates", gives=Templates)
    def templates() -> Response:
        """List the templates, with the fields that each needs."""
        return jsonify(templates=[_described(scenario) for scenario in SCENARIOS])

    @pages.post("/v1/templates/<scenario>")
    @services.api.operation(tag="templates", takes=NewMail, gives=Draft, fails=(400, 404, 413, 415, 422))
    def new_mail(scenario: str) -> Response:
        """Write a draft from a template, as draft JSON."""
        if scenario not in SCENARIOS:
            raise ProblemError("not-found", Both("没有这个模板。", "There is no such template."))
        return jsonify(compose_for(services, scenario, fitting(NewMail)))

    return pages


def compose_for(services: Services, scenario: str, wanted: NewMail) -> dict[str, object]:
    """The draft JSON. Raises ProblemError 422: a time that is none."""
    products = [(one.asin, one.fields.model_dump(exclude_none=True)) for one in wanted.products]
    deadline = _deadline(wanted.deadline, ZoneInfo(services.setup.company.timezone))
    wish = Wish(scenario, wanted.language, products, wanted.sender, tuple(wanted.to), deadline)
    return compose(wish, services.setup.company, services.clock())


def _deadline(written: str | None, zone: ZoneInfo) -> datetime | None:
    """In the company's zone, whose name the draft says beside it; a time without a zone is one of the company's."""
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(zone) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        raise invalid([FieldError("deadline", "an RFC 3339 time")]) from None


def _described(scenario: str) -> dict[str, object]:
    of = template(scenario)
    return {
        "scenario": scenario,
        "fields": [{"name": field, **names()[field]} for field in of.fields],
        "sheet": of.sheet,
    }

"""The pages for people: / checks a mail, /rules is the catalogue, /stats is for managers.

The pages themselves hold no data of anyone and are open; what they ask for under /page/ and /v1/ needs a key where
the service needs one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request

from checker.service.access import open_to_all
from checker.service.catalogue import catalogue, families, readers_first, worst
from checker.service.checking import posted
from checker.service.letter import shown
from checker.service.services import Services
from checker.service.statspage import PERIODS, moment, period, statistics
from checker.service.wording import COOKIE, Words, chosen_language, read_examples, read_words

_YEAR = 365 * 24 * 3600  # seconds
_OPTIONAL = {"overrides": "/v1/overrides", "feedback": "/v1/feedback"}  # what the page offers if the service does


def blueprint(services: Services) -> Blueprint:
    """The pages over the services."""
    pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    texts, examples, entries = read_words(), read_examples(), catalogue(services.setup.ruleset)

    @pages.get("/")
    @open_to_all
    def check_page() -> Response:
        words = _words(texts)
        facts = {**_policy(services), "example": examples[words.language]}
        return _page(words, "check.html", here="check", data=_data(words, facts))

    @pages.get("/rules")
    @open_to_all
    def rules_page() -> Response:
        words = _words(texts)
        return _page(words, "rules.html", here="rules", data=_data(words), families=families(entries))

    @pages.get("/page/rules")
    def rules() -> Response:
        shelf = {"entries": entries, "families": families(entries), "worst": worst, "readers_first": readers_first}
        return _page(_words(texts), "catalogue.html", **shelf)

    @pages.get("/stats")
    @open_to_all
    def stats_page() -> Response:
        words = _words(texts)
        return _page(words, "stats.html", here="stats", data=_data(words), periods=PERIODS, days=period(request))

    @pages.get("/page/stats")
    def figures() -> Response:
        return _page(_words(texts), "figures.html", moment=moment, **statistics(services, period(request)))

    @pages.post("/page/mail")
    def mail() -> Response:
        return jsonify(shown(posted()))

    return pages


def _words(texts: Mapping[str, Words]) -> Words:
    return texts[chosen_language()]


def _page(words: Words, template: str, **values: Any) -> Response:
    """A page in the reader's language. A language that was chosen in the address is kept in a cookie."""
    names = {"part_name": partial(_name, words, "part"), "family_name": partial(_name, words, "family")}
    response = make_response(render_template(template, words=words, other_language=_other_language, **names, **values))
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(("Accept-Language", "Cookie"))
    if request.args.get("lang") == words.language:
        response.set_cookie(COOKIE, words.language, max_age=_YEAR, samesite="Lax")
    return response


def _name(words: Words, kind: str, name: str) -> str:
    """The reader's word for a part of a mail or a family of rules; a company's own family has its own name."""
    key = f"{kind}.{name}"
    return words(key) if key in words.texts else name


def _other_language(language: str) -> str:
    """This address in another language."""
    query = {**request.args.to_dict(), "lang": language}
    return f"{request.path}?{urlencode(query)}"


def _data(words: Words, facts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page's scripts read: texts, language, and facts on this service."""
    return {"language": words.language, "words": dict(words.texts), "facts": dict(facts or {})}


def _policy(services: Services) -> dict[str, Any]:
    """What this service and its policy let a sender do."""
    paths = {rule.rule for rule in current_app.url_map.iter_rules()}
    offered = {name: path in paths for name, path in _OPTIONAL.items()}
    return {**offered, "overridable": list(services.setup.company.overridable)}

"""What the endpoints take and give, collected for /openapi.json. One collection an app; blueprints add to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from flask import Flask
from pydantic import BaseModel
from spectree import Response, SpecTree

from checker.service.models import Problem

View = TypeVar("View", bound=Callable[..., Any])
_EVERYWHERE = (401, 403, 429, 503)  # what any endpoint may answer: a key that is wrong or cannot be verified, a rate
_PROBLEM = "application/problem+json"
_EML = {"message/rfc822": {"schema": {"type": "string", "contentMediaType": "message/rfc822"}}}
_SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key, or a token of the company's issuer."},
}


class Api:
    """SpecTree as a collector: bodies are read by checker.service.bodies, which tells 400, 413, 415 and 422 apart."""

    def __init__(self) -> None:
        self._mails: set[str] = set()  # operations that take message/rfc822 too
        self._texts: dict[str, str] = {}  # operation -> what it gives instead of JSON
        self._tree = SpecTree(
            "flask",
            title="presend",
            description="Checks what a mail says before it is sent.",
            version="1",
            annotations=False,
            mode="strict",
            naming_strategy=lambda model: str(model.__name__),
            nested_naming_strategy=lambda _parent, child: child,
            validation_error_model=Problem,
        )

    def operation(
        self,
        *,
        tag: str,
        gives: type[BaseModel] | str,
        takes: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        fails: tuple[int, ...] = (),
        eml: bool = False,
    ) -> Callable[[View], View]:
        """Describe a view: the JSON body and query it takes, what it gives with 200, the statuses of its problems.

        gives: a model, or the media type of a text. eml: it takes message/rfc822 too. Nothing is checked at run time.
        """
        problems: dict[str, Any] = {f"HTTP_{status}": Problem for status in sorted({*_EVERYWHERE, *fails})}
        kind = gives if isinstance(gives, str) else None
        answers = Response(HTTP_200=None if kind else gives, **problems)

        def described(view: View) -> View:
            operation = view.__name__
            if eml:
                self._mails.add(operation)
            if kind:
                self._texts[operation] = kind
            decorated: View = self._tree.validate(
                json=takes, query=query, resp=answers, tags=[tag], skip_validation=True, operation_id=operation
            )(view)
            return decorated

        return described

    def document(self, app: Flask) -> dict[str, Any]:
        """The OpenAPI 3.1 document of the app."""
        self._tree.app = app
        document: dict[str, Any] = dict(self._tree.spec)
        document["components"] = {**document["components"], "securitySchemes": _SCHEMES}
        document["security"] = [{"key": []}, {"bearer": []}, {}]  # {}: on loopback nothing is needed
        for operation in _operations(document):
            _say_problems(operation["responses"])
            if operation["operationId"] in self._mails:
                operation["requestBody"]["content"].update(_EML)
            if operation["operationId"] in self._texts:
                kind = self._texts[operation["operationId"]]
                operation["responses"]["200"]["content"] = {kind: {"schema": {"type": "string"}}}
        return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        yield from methods.values()


def _say_problems(responses: dict[str, Any]) -> None:
    """Problems have a media type of their own; what takes no JSON gives 422 to nobody."""
    for status, answer in responses.items():
        content = answer.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            content[_PROBLEM] = content.pop("application/json")

"""What the endpoints take and give, collected for /openapi.json. One collection an app; blueprints add to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask
from pydantic import BaseModel
from spectree import Response, SpecTree

from checker.service.models import Problem

View = TypeVar("View", bound=Callable[..., Any])
_EVERYWHERE = (401, 403, 429)  # what any endpoint may answer


class Api:
    """SpecTree as a collector: bodies are read by checker.service.bodies, which knows 400, 413, 415 and 422 apart."""

    def __init__(self) -> None:
        self._tree = SpecTree(
            "flask",
            title="presend",
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
        gives: type[BaseModel] | None,
        takes: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        fails: tuple[int, ...] = (),
    ) -> Callable[[View], View]:
        """Describe a view: the JSON body or query it takes, what it gives with 200, the statuses of its problems."""
        problems: dict[str, Any] = {f"HTTP_{status}": Problem for status in sorted({*_EVERYWHERE, *fails})}
        answers = Response(**({"HTTP_200": gives} if gives else {}), **problems)
        decorate: Callable[[View], View] = self._tree.validate(
            json=takes, query=query, resp=answers, tags=[tag], skip_validation=True
        )
        return decorate

    def document(self, app: Flask) -> dict[str, Any]:
        """The OpenAPI 3.1 document of the app."""
        self._tree.app = app
        spec: dict[str, Any] = self._tree.spec
        return spec

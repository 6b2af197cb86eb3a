"""The body of a request: MIME bytes, or a JSON object that fits a model. Never says a value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from checker.rule import Both
from checker.service.problems import FieldError, ProblemError, invalid

EML = "message/rfc822"
JSON = "application/json"

Model = TypeVar("Model", bound=BaseModel)


def media_type(*allowed: str) -> str:
    """Which of the allowed types the body has. Raises ProblemError 415."""
    if request.mimetype not in allowed:
        names = " / ".join(allowed)
        raise ProblemError("media-type", Both(f"请使用 {names}。", f"Send {names}."))
    return request.mimetype


def json_object() -> dict[str, Any]:
    """The object of a JSON body. Raises ProblemError: 400 no JSON, 415 another type, 422 no object."""
    media_type(JSON)
    try:
        value = json.loads(request.get_data(cache=False).decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ProblemError(
            "malformed", Both("正文不是 UTF-8 编码的 JSON。", "The body is not JSON in UTF-8.")
        ) from None
    if not isinstance(value, dict):
        raise invalid([FieldError("body", "an object")])
    return value


def fitting(model: type[Model]) -> Model:
    """The JSON body as the model. Raises ProblemError: 400, 415, 422 with every field that does not fit."""
    try:
        return model.model_validate(json_object())
    except ValidationError as error:
        raise invalid(field_errors(error)) from None


def field_errors(error: ValidationError) -> Iterator[FieldError]:
    """Which fields, and what is allowed; a key of the client's own making is not repeated."""
    for one in error.errors(include_input=False, include_url=False, include_context=False):
        unknown = one["type"] == "extra_forbidden"
        path = one["loc"][:-1] if unknown else one["loc"]
        yield FieldError(_written(path) or "body", "an unknown key" if unknown else one["msg"])


def _written(path: tuple[int | str, ...]) -> str:
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".")

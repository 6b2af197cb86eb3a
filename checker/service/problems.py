"""Errors as problem documents (RFC 9457): what went wrong in one sentence, and never a value of the request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask import Flask, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from checker.message import DraftError
from checker.rule import Both
from checker.service.negotiation import language

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """A kind of problem: its HTTP status and title. Its `type` is /docs#NAME."""

    status: int
    title: Both


KINDS: Mapping[str, Kind] = {
    "malformed": Kind(400, Both("请求无法读取", "The request cannot be read")),
    "unauthorized": Kind(401, Both("需要密钥", "A key is needed")),
    "forbidden": Kind(403, Both("不允许", "Not allowed")),
    "not-found": Kind(404, Both("没有此资源", "There is no such thing")),
    "method": Kind(405, Both("不支持该方法", "The method is not supported here")),
    "timeout": Kind(408, Both("请求未在时限内到齐", "The request took too long to arrive")),
    "conflict": Kind(409, Both("草稿已变", "The draft is not the one that was checked")),
    "too-large": Kind(413, Both("请求过大", "The request is too large")),
    "media-type": Kind(415, Both("不支持该类型", "The media type is not supported")),
    "invalid": Kind(422, Both("请求内容有误", "The request does not fit")),
    "rate": Kind(429, Both("请求过于频繁", "Too many requests")),
    "internal": Kind(500, Both("内部错误", "Something failed here")),
    "unavailable": Kind(503, Both("暂时不可用", "Not available at the moment")),
}
_OF_STATUS = {kind.status: name for name, kind in KINDS.items()}


class FieldError(NamedTuple):
    """A field of the request that does not fit, and what is allowed there."""

    field: str
    reason: str


class ProblemError(Exception):
    """A request that is answered with a problem document. kind: a key of KINDS; retry_after in seconds."""

    def __init__(
        self,
        kind: str,
        detail: Both,
        *,
        errors: Iterable[FieldError] = (),
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail.en)
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = {**(headers or {}), **({"Retry-After": str(retry_after)} if retry_after is not None else {})}


def answer(problem: ProblemError) -> Response:
    """The problem as a response, in the language that the client asked for."""
    kind, words = KINDS[problem.kind], language() or "en"
    document = {
        "type": f"/docs#{problem.kind}",
        "title": getattr(kind.title, words),
        "status": kind.status,
        "detail": getattr(problem.detail, words),
        **({"errors": [error._asdict() for error in problem.errors]} if problem.errors else {}),
    }
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, kind.status, {"Content-Language": words, **problem.headers}, content_type=MEDIA_TYPE)


def invalid(errors: Iterable[FieldError]) -> ProblemError:
    """422: fields that do not fit."""
    detail = Both("以下字段不符合要求。", "These fields do not fit.")
    return ProblemError("invalid", detail, errors=errors)


def register(app: Flask) -> None:
    """Every error of the app becomes a problem document."""
    app.register_error_handler(ProblemError, answer)
    app.register_error_handler(DraftError, _draft)
    app.register_error_handler(HTTPException, _http)


def _draft(error: DraftError) -> Response:
    return answer(invalid([FieldError(error.field, error.reason)]))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    kind = _OF_STATUS.get(status, "internal" if status >= 500 else "malformed")
    methods = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    kept = {"Allow": ", ".join(sorted(methods))} if methods else {}
    if isinstance(error, RequestEntityTooLarge):
        return answer(too_large())
    title = KINDS[kind].title
    return answer(ProblemError(kind, Both(f"{title.zh}。", f"{title.en}."), headers=kept))


def too_large() -> ProblemError:
    """413: a body over the limit."""
    return ProblemError("too-large", Both("邮件超过服务允许的大小。", "The mail is larger than the service takes."))

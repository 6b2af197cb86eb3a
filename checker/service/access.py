"""Who may call: everybody on loopback; elsewhere whoever shows a key of the store or a token of the issuer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, g, request

from checker.rule import Both
from checker.service.guard import host_name, is_loopback
from checker.service.keys import KnownKeys
from checker.service.problems import ProblemError
from checker.service.services import Services
from checker.service.tokens import Tokens

KEY_PREFIX = "presend_"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="presend"'}
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")

View = TypeVar("View", bound=Callable[..., Any])


def open_to_all(view: View) -> View:
    """Mark a view that holds nothing of a mail or of the company: probes, the frame of a page. It needs no key."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def register(app: Flask, services: Services) -> None:
    """Tell every request's caller, or refuse it. `caller()` then says who it is."""
    keys, tokens = KnownKeys(services), Tokens.of(services.settings.jwt)

    @app.before_request
    def known_caller() -> None:
        shown = _shown()
        if shown:
            g.caller = keys.name(shown) if shown.startswith(KEY_PREFIX) or tokens is None else tokens.name(shown)
        elif not (_is_open(app) or _on_loopback(services)):
            raise unauthorized(Both("请提供密钥或令牌。", "Show a key or a token."))


def caller() -> str | None:
    """The key or the subject that the request showed; None where it showed none."""
    name: str | None = g.get("caller")
    return name


def unauthorized(detail: Both) -> ProblemError:
    """401: no credentials, or wrong ones."""
    return ProblemError("unauthorized", detail, headers=_CHALLENGE)


def _shown() -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else request.headers.get("X-API-Key", "").strip()


def _is_open(app: Flask) -> bool:
    endpoint = request.endpoint or ""
    return endpoint.rpartition(".")[2] == "static" or getattr(app.view_functions.get(endpoint), "open_to_all", False)


def _on_loopback(services: Services) -> bool:
    """Whether the request comes from this machine itself, and not through a proxy that listens to others."""
    settings = services.settings
    return (
        settings.open_on_loopback
        and is_loopback(settings.host)
        and is_loopback(host_name())
        and is_loopback(request.remote_addr or "127.0.0.1")
        and not any(name in request.headers for name in _FORWARDED)
    )

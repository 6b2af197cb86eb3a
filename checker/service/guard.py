"""Who may talk to the service from a browser: the names it answers to, add-in origins, security headers."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, Response, request

from checker.rule import Both
from checker.service.problems import ProblemError
from checker.service.services import Services

_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own; a name other than localhost is not."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def register(app: Flask, services: Services) -> None:
    """Check the Host of every request, answer preflights, and add the headers."""
    allowed = {name.lower() for name in (*_LOOPBACK_NAMES, *services.settings.hosts)}
    limited = is_loopback(services.settings.host) or bool(services.settings.hosts)

    @app.before_request
    def known_host() -> None:
        # A page of a foreign site can make its own name mean 127.0.0.1 (DNS rebinding); the Host header still tells it.
        if limited and host_name() not in allowed:
            raise ProblemError(
                "forbidden", Both("Host 不在允许之列。", "The Host is none that this service answers to.")
            )

    @app.before_request
    def preflight() -> Response | None:
        return _preflight(services) if _is_preflight() else None

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        policy = _PAGE_POLICY if response.mimetype == "text/html" else _DATA_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        return _with_origin(response, services)


def host_name() -> str:
    """The Host header without its port, in lower case."""
    host: str = request.environ.get("HTTP_HOST", "").strip().lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _is_preflight() -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _is_known(origin: str | None, services: Services) -> bool:
    """A configured add-in, or this service itself: classic Outlook asks as if its own scripts came from elsewhere."""
    return origin in services.settings.origins or origin == request.host_url.rstrip("/")


def _preflight(services: Services) -> Response:
    if not _is_known(request.headers.get("Origin"), services):
        raise ProblemError("forbidden", Both("Origin 不在允许之列。", "The Origin is none of the configured add-ins."))
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, POST"
    response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, X-API-Key"
    response.headers["Access-Control-Max-Age"] = "600"
    if request.headers.get("Access-Control-Request-Private-Network") == "true":
        response.headers["Access-Control-Allow-Private-Network"] = "true"
    return response


def _with_origin(response: Response, services: Services) -> Response:
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is not None and _is_known(origin, services):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

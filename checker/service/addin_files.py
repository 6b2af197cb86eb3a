"""GET /addin/…: what `presend addin build` writes, packed for the address under which this service was asked."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from checker.addin.pack import packed
from checker.addin.target import Target, target_of
from checker.refusal import RefusalError
from checker.rule import Both
from checker.service.access import open_to_all
from checker.service.problems import ProblemError
from checker.service.services import Services

# By suffix, for all machines alike; the rest is what the standard library knows.
_TYPES: Mapping[str, str] = {
    "xpi": "application/x-xpinstall",
    "js": "text/javascript; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "zip": "application/zip",
}
_WELL_KNOWN = "microsoft-officeaddins-allowed.json"
# Where Outlook on the web shows our pages inside its own: those that office.js 1.1.110 trusts, and the newest address.
# An administrator may name others ([service] origins).
_OUTLOOK = (
    "https://outlook.office.com",
    "https://outlook.office365.com",
    "https://outlook.live.com",
    "https://outlook.cloud.microsoft",
    "https://partner.outlook.cn",
)
# office.js is the one script from elsewhere that the pages ask for: Microsoft demands that it comes from its own
# address. It fetches MicrosoftAjax.js from the other host, and does not start without it (tried: office.js 1.1.110).
_FRAMED_POLICY = (
    "default-src 'none'; script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com; "
    "style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors {}"
)
_ADDRESSES = 8  # packed versions kept; a service has one address, seldom two


def blueprint(services: Services) -> Blueprint:
    """The add-ins' files over the services; a bundle is packed at its first request."""
    pages = Blueprint("addin", __name__)
    packed_once = lru_cache(_ADDRESSES)(packed)

    @pages.get("/addin/<path:path>")
    @open_to_all
    def addin_file(path: str) -> Response:
        """A file of an add-in, for whoever installs it: there is nothing secret in it."""
        return _answer(path, packed_once, services)

    @pages.get(f"/.well-known/{_WELL_KNOWN}")
    @open_to_all
    def allowed() -> Response:
        """Which script classic Outlook lets call this service."""
        return _answer(f"outlook/{_WELL_KNOWN}", packed_once, services)

    return pages


def _answer(path: str, pack: Callable[[Target], Mapping[str, bytes]], services: Services) -> Response:
    content = _packed(pack, _target(services)).get(path)
    if content is None:
        raise NotFound
    answer = Response(content, content_type=_type(path))
    answer.set_etag(sha256(content).hexdigest())
    answer.headers.update(_headers(path, services))
    answer.make_conditional(request)
    return answer


def _headers(path: str, services: Services) -> Mapping[str, str]:
    if path.endswith(".png"):
        # Outlook shows no icon that may not be kept, or that a page of Outlook's may not load.
        return {"Cache-Control": "public, max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"}
    headers = {"Cache-Control": "no-cache", "Vary": "Host"}
    if path.startswith("outlook/") and path.endswith(".html"):
        ancestors = " ".join((*_OUTLOOK, *services.settings.origins))
        headers["Content-Security-Policy"] = _FRAMED_POLICY.format(ancestors)
    return headers


def _target(services: Services) -> Target:
    try:
        return target_of(request.root_url, services.setup.company)
    except RefusalError:
        detail = Both(
            "加载项只能通过 https 提供，否则邮件会明文传输；请用 https 地址访问本服务。",
            "The add-ins are served over https only, or they would send mails in the clear: ask by the https address.",
        )
        raise ProblemError("unavailable", detail) from None


def _packed(pack: Callable[[Target], Mapping[str, bytes]], target: Target) -> Mapping[str, bytes]:
    try:
        return pack(target)
    except RefusalError:
        detail = Both("此安装不含加载项。", "The add-ins are not in this installation: `make addin` builds them.")
        raise ProblemError("not-found", detail) from None


def _type(path: str) -> str:
    suffix = path.rpartition(".")[2].lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"

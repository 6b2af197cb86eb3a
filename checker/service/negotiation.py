"""What a client asked for: the language of messages."""

from __future__ import annotations

from flask import has_request_context, request

LANGUAGES = ("zh", "en")


def language() -> str | None:
    """zh or en by Accept-Language; None where the client did not choose."""
    if not has_request_context():
        return None
    return request.accept_languages.best_match(LANGUAGES) if _chosen() else None


def _chosen() -> bool:
    return any(name.partition("-")[0].lower() in LANGUAGES for name in request.accept_languages.values())

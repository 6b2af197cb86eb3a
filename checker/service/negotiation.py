"""What a client asked for: the language of messages."""

from __future__ import annotations

from flask import has_request_context, request

LANGUAGES = ("zh", "en")


def language() -> str | None:
    """zh or en, whichever Accept-Language wants more; None where the client did not choose."""
    if not has_request_context():
        return None
    wanted = (name.partition("-")[0].lower() for name, quality in request.accept_languages if quality)
    return next((name for name in wanted if name in LANGUAGES), None)

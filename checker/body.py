"""The judged body of a mail, from whichever door: HTML where there is one, else the plain text."""

from __future__ import annotations

from typing import NamedTuple

from checker.html import parse_html
from checker.message import Zone
from checker.text import Text, literal
from checker.zones import cut


class Body(NamedTuple):
    """The body as Message holds it."""

    text: Text
    alternative: Text | None
    zones: tuple[Zone, ...]
    hidden: tuple[Text, ...]


def read_body(html: str | None, plain: str | None) -> Body:
    """The body of a mail with these two versions; None or blank: there is none. HTML wins."""
    if html is not None and html.strip():
        parsed = parse_html(html)
        other = literal("text", plain) if plain is not None and plain.strip() else None
        return Body(parsed.text, other, tuple(cut(parsed.text, parsed)), tuple(parsed.hidden))
    text = literal("text", plain or "")
    return Body(text, None, tuple(cut(text)), ())

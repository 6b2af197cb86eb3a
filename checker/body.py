"""The judged body of a mail, from whichever door: HTML where there is one, else the plain text."""

from __future__ import annotations

from typing import NamedTuple

from checker.html import parse_html
from checker.message import Defect, Zone
from checker.text import Text, literal
from checker.zones import cut

MOST_TEXT = 400_000  # characters of a plain body that are read: a book of 200 pages
MOST_HTML = 1_000_000  # of an HTML body's source; more is pictures inside it
MOST_SUBJECT = 10_000


class Body(NamedTuple):
    """The body as Message holds it. defects: what was cut off."""

    text: Text
    alternative: Text | None
    zones: tuple[Zone, ...]
    hidden: tuple[Text, ...]
    defects: tuple[Defect, ...] = ()


def read_body(html: str | None, plain: str | None) -> Body:
    """The body of a mail with these two versions; None or blank: there is none. HTML wins.

    What is longer than a person writes is cut, so that a check ends in its time; the places in what is left stay true.
    """
    long = len(html or "") > MOST_HTML or len(plain or "") > MOST_TEXT
    body = _read(html and html[:MOST_HTML], plain and plain[:MOST_TEXT])
    return body._replace(defects=(Defect("body-cut"),)) if long else body


def _read(html: str | None, plain: str | None) -> Body:
    if html is not None and html.strip():
        parsed = parse_html(html)
        other = literal("text", plain) if plain is not None and plain.strip() else None
        return Body(parsed.text, other, tuple(cut(parsed.text, parsed)), tuple(parsed.hidden))
    text = literal("text", plain or "")
    return Body(text, None, tuple(cut(text)), ())

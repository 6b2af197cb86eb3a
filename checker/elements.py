"""HTML elements by kind, and the stack of those that are open (HTML Living Standard, 13.2.4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.sections import Mark

# fmt: off
VOID = frozenset((
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
    "track", "wbr",
))
SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
TABLE = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"))
CELLS = frozenset(("td", "th"))
BLOCK = SPACED | (TABLE - CELLS) | frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "option", "pre", "section", "select", "summary", "ul",
))
SPECIAL = BLOCK | CELLS
ITEMS = frozenset(("li", "tr", "dt", "dd", "option"))
# fmt: on
FAR = 300  # how deep an end tag is looked for; beyond it is ignored, so that no input takes quadratic time


class Element(NamedTuple):
    """An element that is open: its section mark, and what ends with it."""

    name: str
    mark: Mark | None
    pre: bool
    spaced: bool


def closed_by(stack: Sequence[Element], name: str) -> int:
    """Where on the stack the element stands that an end tag closes, or -1. Cells keep out tags that began outside."""
    for at in range(len(stack) - 1, max(-1, len(stack) - FAR), -1):
        open_name = stack[at].name
        if open_name == name:
            return at
        if open_name in SPECIAL and (name not in SPECIAL or (open_name in CELLS and name not in TABLE)):
            return -1
    return -1

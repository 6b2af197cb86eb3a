"""What all numbers share: where one may begin and end, and when it is part of a web address."""

from __future__ import annotations

import re

# A first digit with no letter, digit or underscore joined to it. Written behind the digit so that the search can skip.
FREE = r"(?<![A-Za-z0-9].)(?<![A-Za-z0-9]_.)"
END = r"(?![A-Za-z0-9])"
_SEPARATORS = re.compile(r"[\s\u2010\u2011\u2013-]")
_REACHED_BY_LINK = ("tel:", "wa.me/", "phone=", "whatsapp")


def compact(value: str) -> str:
    """The value without spaces and hyphens."""
    return _SEPARATORS.sub("", value)


def in_link(match: re.Match[str]) -> bool:
    """Whether the value is part of a web address (a page's or a product's number)."""
    before = match.string[max(0, match.start() - 200) : match.start()]
    link = before[max(before.rfind("://"), before.rfind("www.")) :]
    if len(link) < 2 or not link.isascii() or " " in link or "\n" in link:
        return False
    return ("://" in link or "www." in link) and not link.lower().endswith(_REACHED_BY_LINK)

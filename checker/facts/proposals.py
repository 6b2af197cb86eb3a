"""Times that are put to the reader: would Friday suit you, 周五可以吗, Friday is early enough."""

from __future__ import annotations

import re

from checker.facts.asked_limits import SELF
from checker.facts.limits import Clause


def is_proposed(c: Clause, after: str) -> bool:
    """Whether a moment is a time that the reader may say yes to.

    after: the text behind the moment, beyond its clause.
    """
    if _ENOUGH.match(after):
        return not SELF.search(c.before)
    if _SUITS.match(c.after):
        return _WOULD.search(c.before) is not None
    return _OK_ZH.match(c.after) is not None and not SELF.search(c.before)


_WOULD = re.compile(r"(?<![a-z])(?:would|does|will|could|is|how about)\s(?:[a-z]+,\s)?$")
_SUITS = re.compile(
    r"\s?(?:suit|work|be (?:ok|okay|fine|possible|convenient|feasible)|do(?= |\?)|ok\b|possible|feasible|fine)"
)
_ENOUGH = re.compile(
    r"[,)]?\s?(?:is|would be|will be|should be) (?:[a-z]+ ){0,2}?(?:fine|ok|okay|enough|good|great|perfect|alright"
    r"|all right|sufficient)(?! (?:with|for) (?:us|me)(?![a-z]))(?![a-z])"
    r"|[,)]?\s?(?:will do|would do|works(?: too| as well)?)(?=\s?(?:[.,;!]|$))"
    r"|[)]?\s?(?:[前内]\s?)?(?:[给发回交][^,。?]{0,6}?)?(?:也|就|都|再[给发回][^,。?]{0,4})(?:可以|行|来得及|不迟|够)"
    r"(?=[,。!~;\s的]|$)"
)
_OK_ZH = re.compile(r"[)]?\s?(?:能?可以|行|方便|来得及|能行|没问题)(?:吗|不|么|\?)")

"""What is no secret though it stands where one would."""

from __future__ import annotations

import re

# What stands where a password would, and is none.
NO_SECRET = re.compile(
    r"[*\u2022x.#_?-]+|n/?a|none|null|nil|true|false|tb[dc]|sent|unchanged|required|expired|reset|changed|incorrect"
    r"|wrong|hidden|protected|pending|same"
    r"|below|above|attached|separately|here|yes|no|policy|must|your|yourpassword|your[_-]password|password|passwd"
    r"|pass|pwd|secret|token|string|text"
    r"|<.*|\{.*|\[.*|\$\{.*|%.*%|\$[A-Z_]+|(?:https?|ftp)://.*|www\..*|\d{1,2}[-~]\d{1,2}|\d+\+?"
    r"|[A-Z_]{4,}_(?:PASSWORD|SECRET|KEY|TOKEN)"
    r"|process\.env.*|os\.environ.*|config\..*",
    re.IGNORECASE,
)


def is_masked(value: str) -> bool:
    """Whether it is starred out or crossed out."""
    return "***" in value or "\u2022\u2022" in value or re.search(r"[xX]{4,}", value) is not None

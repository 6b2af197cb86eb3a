"""The lines with which a firm is billed (抬头, 税号, 地址, 电话, 开户行): contacts among them are the firm's."""

from __future__ import annotations

import re

_LINES = 3  # lines before and behind that count as among them: the form has six
_REACH = 300
_LABEL = re.compile(
    r"税号|纳税人识别号|统一社会信用代码|抬头|开票[信资]|开户行|(?<![A-Za-z])(?i:vat (?:id|no|number)|tax id)"
)


def in_invoice_data(text: str, at: int) -> bool:
    """Whether the lines around text[at] are a firm's invoice data."""
    before = text[max(0, at - _REACH) : at].split("\n")[-_LINES - 1 :]
    behind = text[at : at + _REACH].split("\n")[: _LINES + 1]
    return _LABEL.search("\n".join(before) + "\n".join(behind)) is not None

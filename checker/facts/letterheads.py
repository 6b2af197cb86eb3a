"""Whose contacts stand in a document: those on the line or under the name of a party of the mail are that party's."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Lines of a letterhead or signature: a label and what it labels, a web or mail address.
CONTACT_LINE = re.compile(
    r"^[\s>|*-]*(?:(?:联系)?电话|手机|座机|传真|邮箱|电子邮箱|邮件|微信|地址|公司地址|网址|QQ|Tel|Telephone|Phone|Mobile|Mob|Cell|Fax|E-?mail"
    r"|WeChat|WhatsApp|Add(?:ress)?|Web|"
    r"[TMPFEWA](?=[:.|]))[\s.]*(?:[:|/]|\+|\(?\d)|^[\s>|*+()\d./-]{7,}$|^[\s>|*]*[A-Za-z0-9._-]+@[A-Za-z0-9.-]+\s*$",
    re.IGNORECASE,
)
_LABELLED_LINE = re.compile(
    r"[\s|*-]*(?:(?:联系)?电话|手机|座机|传真|(?:电子)?邮箱|邮件|微信|(?:公司)?地址|网址|QQ"
    r"|(?i:tel(?:ephone)?|phone|mob(?:ile)?|cell|fax|(?:e-?)?mail|wechat|whatsapp|add(?:ress)?|web(?:site)?|[TMPFEWA](?=[:.|])))"
    r"|[\s|*]*(?:www\.|[\w.+-]+@)[\w.-]+\s*$"
)
# Who is somebody else on a line that also names a party.
_ANOTHER = re.compile(
    r"乙方|丙方|对方|供应商|收货|收件|通知方|提货|司机|买家|客户|顾客|联系人|经办"
    r"|(?<![A-Za-z])(?i:notify|consignee|buyer|customer|recipient|driver|attn|attention|contact person|c/o|ship to)"
)
# Who is no party of a mail, whoever sends or employs him.
_THIRD = re.compile(r"司机|买家|客户|顾客|(?<![A-Za-z])(?i:buyer|customer|driver)")
_ABOVE, _BELOW = 4, 3  # lines of a letterhead over and under the one that is asked about


def party(names: Iterable[str], domains: Iterable[str]) -> re.Pattern[str] | None:
    """What names a party in a document: people, firm, domains, and a domain's word as a firm writes it. None: nothing.

    swift-freight.com gives Swift Freight as well.
    """
    words = [re.escape(name.strip()) for name in names if len(name.strip()) >= 2]
    for domain in domains:
        word = domain.split(".")[0]
        words += [re.escape(domain), *([re.escape(word).replace(r"\-", "[ -]?")] if len(word) >= 5 else ())]
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(words)})(?![A-Za-z])", re.IGNORECASE) if words else None


def stands_with(party: re.Pattern[str] | None, text: str, start: int, end: int, *, lines: bool) -> bool:
    """Whether a contact at text[start:end] is the party's: named on its line, or over or under it in a letterhead.

    lines: whether the lines around count; in a sheet they are other people's rows.
    """
    if party is None:
        return False
    head, tail = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before, after = text[head:start], text[end : tail if tail >= 0 else len(text)]
    if _THIRD.search(before):
        return False
    named = [m.end() for m in party.finditer(before)]
    if named:
        return _ANOTHER.search(before, named[-1]) is None
    if _ANOTHER.search(before):
        return False
    behind = party.search(after)
    if behind and not _ANOTHER.search(after[: behind.start()]):
        return True
    return lines and _LABELLED_LINE.match(text, head) is not None and _in_block(party, text[:head], text[end:])


def _in_block(party: re.Pattern[str], above: str, below: str) -> bool:
    over = reversed(above[-600:].split("\n")[-1 - _ABOVE : -1])
    under = below[:400].split("\n")[1 : 1 + _BELOW]
    return _leads(party, over, heads=True) or _leads(party, under, heads=False)


def _leads(party: re.Pattern[str], lines: Iterable[str], *, heads: bool) -> bool:
    """Whether lines of contacts lead to one that names the party. heads: a line that is no contact's may do so."""
    for line in lines:
        labelled = _LABELLED_LINE.match(line) is not None
        if _ANOTHER.search(line) or not (labelled or heads):
            return False
        if party.search(line):
            return True
        if not labelled:
            return False
    return False

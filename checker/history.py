"""Quoted history in text alone: separators, header blocks, lines that say who wrote, and ">" in front of lines.

Collected from Outlook, Foxmail, Tencent, NetEase (webmail and Mail Master), Sina, 139, Aliyun, Gmail, Apple Mail,
Thunderbird, Yahoo, AOL and Proton, in Chinese and English. All patterns read matching text: half-width colons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Range = tuple[int, int]

_HINTS = (
    "写道",
    "寫道",
    "来信",
    "wrote",
    "原",
    "发件人",
    "發件人",
    "寄件者",
    "From",
    "riginal",
    "orwarded",
    "转发",
    ">:",
)
# A line of its own that says what follows; with dashes on both sides, or one of the few without.
_SEPARATOR = re.compile(
    r"^[ \t]*(?:[-\u2010-\u2015_*=]{2,}[ \t]*"
    r"(?:Original (?:Message|Appointment)|Replied Message|Forwarded (?:message|by .{1,60})|Original"
    r"|原始?邮件|邮件原件|原始邮件信息|转发的?邮件(?:信息)?|(?:回复|转发)的原?邮件|已转发的?邮件|原始信件"
    r"|原始郵件|轉寄的?郵件|郵件原件)"
    r"[ \t]*(?:[-\u2010-\u2015_*=]{2,}|:)?"
    r"|Begin forwarded message:|开始转发的邮件:|以下是转发的邮件:|下面是被转发的邮件:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# Lines that may stand between the sender's words and a header block.
_LEAD = re.compile(r"[ \t]*(?:[-\u2010-\u2015_=*]{3,}|Original|原始邮件)?[ \t]*", re.IGNORECASE)
_LABEL = re.compile(
    r"^[ \t*|>]*(?:(?P<from>发\s?件\s?人|發\s?件\s?人|寄\s?件\s?者|From)"
    r"|(?P<sent>发\s?送\s?时\s?间|发\s?送\s?日\s?期|发\s?件\s?时\s?间|寄\s?件\s?日\s?期|Sent Time|Sent)"
    r"|(?P<date>日\s?期|时\s?间|Date)|(?P<about>主\s?题|主\s?旨|Subject)"
    r"|(?P<to>收\s?件\s?人|收\s?件\s?者|抄\s?送|副\s?本|To|Cc))",
    re.IGNORECASE,
)
_LABEL_END = re.compile(r"[ \t*|]*[:|\t]")
_LINE_ENDS_WITH_COLON = re.compile(r":[ \t]*$", re.MULTILINE)
_WROTE = ("写道", "寫道", "来信", "wrote")
_ADDRESS = re.compile(r"@[\w.-]+>$")  # Yandex names date and address alone
# Above lines that are marked, less will do.
_SAYS = re.compile(r"(?:(?<![a-z])(?:wrote|writes|said|says)|写道|寫道|说|Quoting .*|@[^ ]+):$", re.IGNORECASE)
_BEGINS = re.compile(r"[ \t]*(?:On|At)\s")
_DATE = re.compile(r"\d{1,4}\s?[年/.月-]\s?\d{1,2}|\d{1,2}:\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2}")
_COMPARISON = re.compile(r"\s?>\s?=?\s?\d(?!\d?[.、)]\s?[^\d\s])")


def history(text: str, known: list[Range]) -> list[Range]:
    """Ranges of a matching text that are quoted history. `known` are those that an HTML structure gave.

    A separator or header block quotes all that follows, unless that is marked line by line.
    """
    found = list(known)
    lines = [] if ">" not in text else _quoted_lines(text)
    found += lines
    if not any(hint in text for hint in _HINTS):
        return found
    starts = lines + known
    for start, end in _attributions(text):
        follows = _next_word(text, end)
        marked = any(a <= follows < b for a, b in starts)
        found.append((start, follows if marked else len(text)))
    for start, end in _blocks(text):
        follows = _next_word(text, end)
        marked = any(a <= follows < b for a, b in starts)
        found.append((start, follows if marked else len(text)))
    return found


def _next_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _attributions(text: str) -> Iterator[Range]:
    """Lines such as "On Monday X wrote:", wrapped or not; one that names no date or address is the sender's own."""
    if not any(hint in text for hint in ("写道", "寫道", "来信", "wrote", ">:")):
        return
    for m in _LINE_ENDS_WITH_COLON.finditer(text):
        start = _line_start(text, m.start())
        if text.startswith(">", start):
            continue
        if text.endswith(_WROTE, start, m.start()):
            english = text[m.start() - 1] == "e"
        elif _ADDRESS.search(text, start, m.start()):
            english = False
        else:
            continue
        above = start
        for _ in range(3 if english else 2):
            line = text[above : m.end()]
            if _BEGINS.match(line) if english else _DATE.search(line):
                if _DATE.search(line) or "@" in line:
                    yield above, m.end()
                break
            above = _line_start(text, above - 1)
            if above < 0 or text.startswith((">", "\n"), above) or start - above > 300:
                break


def _line_start(text: str, at: int) -> int:
    """Where the line around `at` begins; -1 before the text."""
    return text.rfind("\n", max(0, at - 400), at) + 1 if at >= 0 else -1


def _blocks(text: str) -> Iterator[Range]:
    """Separators, and header blocks without one; each with the header lines below it."""
    at = 0
    starts = sorted([(m.start(), m.end()) for m in _SEPARATOR.finditer(text)] + _header_starts(text))
    for start, end in starts:
        if start < at:
            continue
        labels, at = _header(text, end)
        if end > start or _is_header(labels, text[start:at]):
            yield _lead(text, start), at


def _header_starts(text: str) -> list[Range]:
    out = []
    at = 0
    for line in text.splitlines(keepends=True):
        if len(line) > 4:
            m = _LABEL.match(line)
            if m and (m.lastgroup in ("from", "sent", "date")) and _LABEL_END.match(line, m.end()):
                out.append((at, at))
        at += len(line)
    return out


def _header(text: str, at: int) -> tuple[set[str], int]:
    """The kinds of the header lines from `at` on, and where they end. Long recipient lists may be wrapped."""
    kinds: set[str] = set()
    end = at
    odd = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop + 1
        line = text[at:stop]
        m = _LABEL.match(line)
        if m and m.lastgroup and _LABEL_END.match(line, m.end()):
            kinds.add(m.lastgroup)
            end, odd = stop, 0
        elif line.strip(" \t\n*|"):
            odd += 1
            if odd > (1 if "@" in line or ";" in line else 0):
                break
        elif kinds and odd == 0 and len(kinds) > 1:
            break
        at = stop
    return kinds, end


def _is_header(kinds: set[str], words: str) -> bool:
    """Who sent it, and when or what about: a consignee's address and a freight's route have neither."""
    if "from" not in kinds:
        return False
    mailbox = "@" in words
    if "date" in kinds:
        return "about" in kinds or mailbox
    return "sent" in kinds or (mailbox and {"about", "to"} <= kinds)


def _lead(text: str, start: int) -> int:
    """Where the separator above a header block begins."""
    at = start
    while at > 0:
        above = text.rfind("\n", 0, at - 1) + 1
        line = text[above : at - 1]
        if not _LEAD.fullmatch(line):
            return start
        at = above
        if line.strip():
            start = above
    return start


def _quoted_lines(text: str) -> list[Range]:
    """Runs of lines that begin with ">", with blank lines between them and the line above that says who wrote.

    A line such as "> 14 days" alone is no quote.
    """
    runs: list[Range] = []
    at, open_run = 0, False
    above = (0, "")
    for line in text.split("\n"):
        end = min(at + len(line) + 1, len(text))
        if line[:1] == ">" or line.lstrip(" \t|")[:1] == ">":
            if open_run:
                runs[-1] = (runs[-1][0], end)
            else:
                says = above[1] and len(above[1]) < 200 and _SAYS.search(above[1])
                runs.append((above[0] if says else at, end))
            open_run = True
        elif line.strip():
            open_run = False
            above = (at, line.rstrip())
        at = end
    return [(a, b) for a, b in runs if "\n" in text[a : b - 1] or not _COMPARISON.match(text, a)]

"""Hard line breaks inside a paragraph of plain text: told from the breaks that a person typed."""

from __future__ import annotations

import re

from checker.lazy import cached_property

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
_SENTENCE_END = re.compile("[。！？!?;；:：.…]['\"”’)）」』】\\]]?$")
# What a new line of its own begins with: bullets, numbers, labels, headings, addresses.
_ITEM = re.compile(
    r"[>\-–—*•·●○◆■▪➢□☐√✓→|#=_~+【\[①-⒛]|\d{1,3}\s?[.)、:：）](?!\d)|[（(][\w]{1,2}[)）]|[A-Za-z][.)]\s"
    r"|[一二三四五六七八九十]{1,3}[、.．)）]|第[一二三四五六七八九十\d]+[条项点步]|https?:"
    r"|[^\W\d][^:：,，。;；.!?\n]{0,18}[:：](?!\d|//)"
)
_CLOSING = re.compile(
    "(?:您好|你好|各位|大家好|尊敬|谢谢|感谢|此致|敬礼|祝|顺祝|顺颂|"
    "hi|hello|dear|best|kind|warm|regards|thanks|thank you|cheers|sincerely|yours)",
    re.IGNORECASE,
)
# The card of who writes: 王芳 运营助理. And words that end a sentence when nobody sets a full stop.
_CARD = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:\s?[|/\uff5c\u00b7,\uff0c]\s?|\s)\S{0,8}(?:助理|专员|经理|主管|总监|采购|运营|物流|财务|客服|销售|跟单)"
)
_PARTICLES = "吗吧呢哈呀哦啦嘛"
# Blanks instead of punctuation: whoever writes so breaks lines by hand.
_PUNCTUATION = re.compile("[\uff0c\u3002;\uff1b\uff1a\u3001]|[,:](?!(?<=\\d.)\\d)")  # not that of 23,106 and 12:30
_BLANK = re.compile("(?<=[\u4e00-\u9fff]) (?=\\S)|(?<=\\S) (?=[\u4e00-\u9fff])")
_CODE = re.compile(r"(?=\S*\d)[A-Z0-9][A-Z0-9-]{5,}")
_FIRST = re.compile(r"[!-~]+|.", re.DOTALL)


def width(line: str) -> int:
    """The columns that a line takes: East Asian wide characters count two."""
    return len(line) + len(_WIDE.findall(line)) if not line.isascii() else len(line)


class Wraps:
    """The line breaks of one plain text, in which every kind of blank is a plain one already."""

    def __init__(self, plain: str) -> None:
        self._plain = plain

    def joint(self, start: int, end: int) -> str:
        """What stands for the line break [start, end): a line break, or what joins the two lines."""
        plain = self._plain
        from_ = max(0, start - 82)  # a longer line is no wrapped one
        before = plain[max(from_, plain.rfind("\n", from_, start) + 1) : start].rpartition("\r")[2]
        if not 29 <= len(before) <= 80 or end >= len(plain) or not 58 <= width(before) <= 80:
            return "\n"
        after = plain[end : end + 100].partition("\n")[0].rstrip("\r")
        if not self._wrapped(before, after):
            return "\n"
        if before.endswith(" ") or (_WIDE.match(before[-1]) and _WIDE.match(after[0])):
            return ""
        return " "

    def _wrapped(self, before: str, after: str) -> bool:
        if not after or after[0].isspace():
            return False
        flowed = before.endswith(" ") and before != "-- "  # RFC 3676: a soft break leaves a space
        if not flowed and _SENTENCE_END.search(before[-2:]):
            return False
        first = _FIRST.match(after)
        room = width(before) + 1 + width(first.group() if first else "")
        if room <= (66 if flowed else self._column):
            return False
        if (width(after) < 40 and _CLOSING.match(after)) or (_CODE.match(before) and _CODE.match(after)):
            return False
        if _CARD.match(after) or _unpunctuated(before):
            return False
        if before[-1] in _PARTICLES and (after[0].isalnum() or after[0] == "@"):
            return False
        return not (_ITEM.match(after) or _in_columns(before))

    @cached_property
    def _column(self) -> int:
        """The column at which the writer's program wraps: that of the widest line, at least 70; 999 if it does not."""
        widest = 70
        for line in self._plain.splitlines():
            columns = width(line) if len(line) > 34 else 0
            if columns > 80 and not line.startswith(">") and (" " in line.strip() or _WIDE.search(line)):
                return 999
            widest = max(widest, columns if columns <= 80 else 0)
        return widest


def _in_columns(line: str) -> bool:
    """Whether a line is quoted, or parted into cells by tabs, bars or gaps."""
    return line[0] == ">" or "\t" in line or "|" in line or "  " in line.strip()


def _unpunctuated(line: str) -> bool:
    return not line.isascii() and not _PUNCTUATION.search(line) and len(_BLANK.findall(line)) > 1


def is_wide(char: str) -> bool:
    """Whether a character takes two columns."""
    return _WIDE.match(char) is not None

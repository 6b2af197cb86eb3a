"""Blanks that a template left behind: XX前, {{name}}, [ASIN], ____, 某某, <date>; and what should have stood there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.facts.blank_meanings import meaning
from checker.facts.kinds.words import Blank
from checker.facts.spots import present
from checker.reading import Passage, Reading

_ASIN = r"B0[A-Z0-9]{0,4}X{4,9}"
# X月X日, XX月XX日, YYYY-MM-DD, N月N日, XX/XX: a date nobody filled in.
_X = "[Xx]"
_DATE = (
    rf"(?<![A-Za-z0-9*#@./_-])(?:(?:20XX|{_X}{{1,4}}|N)年(?:(?:{_X}{{1,2}}|N)月(?:(?:{_X}{{1,2}}|N)[日号])?)?"
    rf"|(?:20XX|X{{4}}|YYYY)[年/.-](?:X{{1,2}}|MM)[月/.-](?:X{{1,2}}|DD)日?"
    rf"|(?:{_X}{{1,2}}|N|MM)月(?:(?:{_X}{{1,2}}|N|DD)[日号]?|底|初|中旬)?"
    rf"|X{{1,2}}/X{{1,2}}|某月某日|某年某月|HH:MM|X{{1,2}}:X{{1,2}}"
    rf"|{_X}{{1,2}}[点时](?:{_X}{{1,2}}分?)?)(?![A-Za-z0-9*@_])"
)
_LETTERS = (
    r"(?<![A-Za-z0-9*@._/#-])(?:X{2,12}(?:\.X{1,3})?|[Xx]{2,12}|X(?=[件天元%个箱日号])|N(?=件|pcs"
    r"|units))(?![A-Za-z0-9*@_-]|\.[A-Za-z])"
)
# These two begin with one class of characters, whose places are found at once, and look back at which of them it is.
_BRACES = (
    r"[{$#%<](?:(?<=\{)(?:\{[^{}\n]{0,40}\}\}|[A-Za-z_\u4e00-\u9fff][\w \u4e00-\u9fff]{0,24}\})"
    r"|(?<=[$#])\{[^{}\n]{1,40}\}|(?<=%)(?:\(\w{1,30}\)s|(?<![%\w]%)[A-Z_]{3,20}%)|(?<=<)<[^<>\n]{1,30}>>)"
)
_LINES = (
    r"[_?(](?:(?<=_)__+|(?<=[:=为是剩有约]\?)\?+|(?<=\?)(?<!\?\?)\?+(?=[件天%]|\s?units)"
    r"|(?<=\()\s{0,6}\)(?=\s?[件天元日%]))"
)
_FILL_IN = r"\((?:请|待|在此|此处)?(?:填写?|补充|填入|输入|完善)[^()\n]{0,12}\)"
_SOMEBODY = r"某某+"
_BRACKETS = r"(?P<open>[\[【<])(?P<inner>[^\[\]【】<>\n]{1,40})[\]】>]"
# kind, characters of which one must be there at all, pattern; an earlier kind keeps its place.
_KINDS = tuple(
    (kind, signs, re.compile(pattern))
    for kind, signs, pattern in (
        ("asin", ("XXXX",), _ASIN),
        (
            "date",
            (
                *("XXXX", "20XX", "YYYY", "X/X", "X:X", "MM", "某月", "X年", "x年", "N年", "X月", "x月", "N月"),
                *("X点", "x点", "X时", "x时"),
            ),
            _DATE,
        ),
        (
            "letters",
            ("XX", "xx", "Xx", "X件", "X天", "X元", "X%", "X个", "X箱", "X日", "X号", "N件", "Npcs", "Nunits"),
            _LETTERS,
        ),
        ("braces", ("{", "%(", "%", "<<"), _BRACES),
        ("lines", ("___", "??", "( ", "()"), _LINES),
        ("fill", ("(",), _FILL_IN),
        ("somebody", ("某某",), _SOMEBODY),
        ("inner", ("[", "【", "<"), _BRACKETS),
    )
)
_SIGNS = tuple(dict.fromkeys(sign for _, signs, _ in _KINDS for sign in signs))

_NOUN_ZH = (
    "(?:具体|截止|到货|断货|发货|上架|预计|完成|回复|确认)?(?:日期|时间|日子)|姓名|名字|称呼|ASIN码?|SKU|数量|件数"
    "|库存(?:数量?)?|日均(?:销量?)?|销量|DOS|天数"
    "|(?:产品|商品|公司|店铺|客户|供应商|品牌)(?:名称?)?|站点|金额|价格|单价|(?:运|订|提|快递|采购)?单号|职位"
    "|联系方式|电话|邮箱|原因|链接|附件名?|内容|百分比|数字|数值|评分"
)
_NOUN_EN = (
    r"(?:(?:recipient|customer|client|supplier|buyer|product|company|order|tracking|due|contact|first|last|full"
    r"|launch|arrival|stock-?out"
    r"|current|daily|delivery|sender|manager)(?:['’]s)?[ _-]?)*"
    r"(?:name|date|time|asin|sku|deadline|quantity|qty|number|amount|price|company|product|stock|reason|title|phone"
    r"|units|sales|dos|days?|signature"
    r"|position|inventory|rating|percent(?:age)?|weekday)(?: here)?"
)
_NOUN = re.compile(rf"(?:{_NOUN_ZH}|{_NOUN_EN})", re.IGNORECASE)
# Nouns that a company may have as a tag before a subject, where an ASIN, a date or a name can only be a blank.
_TAG = re.compile(
    "库存|销量|价格|单价|金额|数量|评分|链接|附件|产品|商品|客户|供应商|公司|店铺|品牌|站点|采购|原因|stock|inventory|price|pricing"
    "|sales|rating|product|company|amount|quantity|units|position|signature",
    re.IGNORECASE,
)
# Tags and the prefixes of a reply.
_TAGS = re.compile(r"(?:(?:re|fwd?|回复|答复|转发) ?: ?|[\[【][^\[\]【】]{1,20}[\]】]|\s)*", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:请|待)?(?:在此|此处)?(?:填写?|填入|输入|插入|补充|替换)[^\n]{0,14}|(?:您|你|我|对方|收件人|客户|买家|供应商"
    r"|采购|老板)的?(?:姓名|名字|称呼|职位|电话|公司|邮箱|尊称)"
    r"|(?:please )?(?:insert|enter|add|fill in|type|your|put)(?: |_)[\w '’/-]{2,30}|X{1,6}|x{2,6}|\.{3,}|…+|_{2,}"
    r"|\?{2,}|[Nn]ame/[Tt]itle|TBC|TODO",
)
_MOST = 500  # rules see no more facts of a kind
_SURNAME = re.compile(
    "(?:^|[^\u4e00-\u9fff]|[家户客员系给和与跟是为由请问约])"
    "[王李张刘陈杨赵黄吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙段钱汤尹黎易常武乔贺赖龚文]$"
)
_UNIT_BEHIND = re.compile(r"\s?(?:[前月日号件天元年点时%个箱台套]|之前|以前|units?|pcs|days?)")
_KISSES = re.compile(r"[A-Za-z][,.!]? $")
_WANTS_WORD = re.compile(
    r"(?:\b(?:by|on|before|until|of|at|from|to|for|with|the|is|are|only|dear|hi|hello|about|around|order|approx)"
    r"|[:#=$¥€]) $",
    re.IGNORECASE,
)
_FORMAT = re.compile(r"(?:格式|format)[^\n]{0,14}$", re.IGNORECASE)


def read(reading: Reading) -> tuple[Blank, ...]:
    """The blanks in the subject, the own text and the signature, in order. Masks, sizes, tags and headings are none."""
    return tuple(blank for passage in (*reading.written, *reading.signature) for blank in _in(passage))


def _in(passage: Passage) -> Iterator[Blank]:
    text = passage.of.matching
    for kind, start, end, inner in sorted(_candidates(passage), key=lambda c: c[1]):
        before, behind = text[max(passage.start, start - 30) : start], text[end : min(passage.end, end + 16)]
        stands_for, metric = meaning(kind, inner, before, behind)
        yield Blank(passage.place(start, end), stands_for, metric)


def _candidates(passage: Passage) -> list[tuple[str, int, int, str]]:
    """(kind, start, end, words inside) of every blank, none over another."""
    text = passage.of.matching
    found: list[tuple[str, int, int, str]] = []
    signs_here = present(text, _SIGNS)
    for kind, signs, pattern in _KINDS:
        if signs_here.isdisjoint(signs):
            continue
        for m in pattern.finditer(*passage.window):
            if len(found) == _MOST:
                return found
            free = all(m.end() <= start or end <= m.start() for _, start, end, _ in found)
            if free and _is_blank(passage, kind, m):
                found.append((kind, *m.span(), m["inner"] if kind == "inner" else m.group()))
    return found


def _is_blank(passage: Passage, kind: str, m: re.Match[str]) -> bool:
    text, start, end = passage.of.matching, m.start(), m.end()
    before = text[max(passage.start, start - 16) : start]
    behind = text[end : min(passage.end, end + 16)]
    if kind in ("letters", "somebody"):
        return not _is_mask(before, behind) and not (m.group().islower() and _is_kiss(before, behind))
    if kind == "date":
        return not _FORMAT.search(before) and not _is_mask(before, behind)
    if kind == "lines":
        return not m.group().startswith("_") or _in_a_line(passage, start, end)
    if kind == "inner":
        return _is_bracketed_blank(passage, m)
    return True


def _is_mask(before: str, behind: str) -> bool:
    """王XX, 张某某 (a masked person), 6222 XXXX 5679 (a masked number)."""
    number = re.search(r"[\dXx*][ -]?$", before) or re.match(r"[ -]?[\d*]|[ -][Xx]{3}", behind)
    return bool(number) or bool(_SURNAME.search(before) and not _UNIT_BEHIND.match(behind))


def _is_kiss(before: str, behind: str) -> bool:
    """“Thanks xx” at the end of a line, not “by xx”."""
    return bool(_KISSES.search(before)) and not behind.strip("., !").strip() and not _WANTS_WORD.search(before)


def _in_a_line(passage: Passage, start: int, end: int) -> bool:
    """Underscores with words on their line; a line of its own only parts paragraphs. Not inside a name (a___b)."""
    text = passage.of.matching
    left = text.rfind("\n", passage.start, start) + 1 or passage.start
    right = text.find("\n", end, passage.end)
    line = text[left : right if right >= 0 else passage.end]
    inside = (
        start > passage.start
        and text[start - 1].isalnum()
        and text[end : end + 1].isalnum()
        and text[start - 1].isascii()
    )
    return bool(re.search(r"\w", line.replace("_", ""))) and not inside


def _is_bracketed_blank(passage: Passage, m: re.Match[str]) -> bool:
    """[date], 【您的姓名】, <ASIN>: an order to fill in is always a blank, a bare noun unless it heads what follows."""
    inner = m["inner"].strip()
    if _ORDER.fullmatch(inner) and not (passage.where == "subject" and inner in ("TODO", "TBC")):
        return True
    if not _NOUN.fullmatch(inner):
        return False
    text = passage.of.matching
    if passage.where == "subject":
        is_tag = m["open"] != "<" and _TAG.fullmatch(inner) and _TAGS.fullmatch(text[passage.start : m.start()])
        return not is_tag
    if m["open"] == "<":
        return True
    left = text.rfind("\n", passage.start, m.start()) + 1 or passage.start
    opens_line = not re.search(r"\w", re.sub(r"^\s*\d+[.、)]", "", text[left : m.start()]))
    followed = text[m.end() : min(passage.end, m.end() + 12)]
    return not opens_line and not re.match(r"\s*(?:[:=为]|(?:[Bb][0O]|\d)[A-Za-z0-9])", followed)

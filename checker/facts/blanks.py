"""Blanks that a template left behind: XX前, {{name}}, [ASIN], ____, 某某, <date>; and what should have stood there."""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_METRIC = re.compile(
    r"(?P<stockout_date>断货|售罄|stock-?out|run out|out of stock)|(?P<arrival_date>到货|到港|到仓|抵达|入仓|ETA"
    r"|arriv)|(?P<launch_date>上架|上线|launch|go live)"
    r"|(?P<dos>DOS|可售天数|库存天数|周转天数|days of supply)|(?P<daily_sales>日均|日销|均销|销量均值|daily sales"
    r"|sales per day|units per day|per day|/day)"
    r"|(?P<coverage>覆盖|够卖|可卖|cover)|(?P<order>补货|采购|下单|订购|下达|restock|order|replenish)|(?P<stock>库存"
    r"|可售|剩余|仅剩|还剩|stock|inventory)"
    r"|(?P<acos>ACOS)|(?P<budget>预算|budget)|(?P<spend>花费|支出|spend)|(?P<rating>评分|星级|rating)|(?P<price>售价"
    r"|价格|单价|定价|price)"
    r"|(?P<tracking>运单号?|提单号?|柜号|tracking|B/L)|(?P<shipment>货件|shipment)|(?P<ctr>CTR|点击率)|(?P<cvr>CVR"
    r"|转化率)|(?P<roas>ROAS)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，,、。！!?;；\n()]|\. ")
_DUE_BEHIND = re.compile(
    r"\s*(?:[日号点月]|下班|上午|下午)*\s*(?:之前|以前|前(?!后|台|端|置)|截止|内(?:回复|确认|完成))"
)
_DUE_BEFORE = re.compile(
    r"(?:截止(?:日期|时间)?|期限|deadline|due|before|by|no later than|until)\s*(?:is|on|at|为|是|:|the)*\s*$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?:Dear|Hi|Hello|Hey|尊敬的|亲爱的|致|Regards,|Best,|Thanks,)\s*$", re.IGNORECASE)
_NAME_BEHIND = re.compile(r"\s*(?:您好|你好|经理|总(?!计|数|共)|先生|女士|小姐|老师|同学|部门?负责人)")
_ASIN_BEFORE = re.compile(r"(?:ASIN|SKU)(?:码|编号|号)?\s*[:为是]?\s*$", re.IGNORECASE)
_IS_DATE = re.compile(r"日期|时间|日子|date|time|deadline|weekday|截止", re.IGNORECASE)


def read(reading: Reading) -> tuple[Blank, ...]:
    """The blanks in the subject, the own text and the signature, in order. Masks, sizes, tags and headings are none."""
    return tuple(blank for passage in (*reading.written, *reading.signature) for blank in _in(passage))


def _in(passage: Passage) -> Iterator[Blank]:
    text = passage.of.matching
    for kind, start, end, inner in sorted(_candidates(passage), key=lambda c: c[1]):
        before, behind = text[max(passage.start, start - 30) : start], text[end : min(passage.end, end + 16)]
        stands_for, metric = _meaning(kind, inner, before, behind)
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


def _meaning(kind: str, inner: str, before: str, behind: str) -> tuple[str, str | None]:
    """What should stand there, from its own words and those around it in the same clause."""
    near = _CLAUSE.split(before)[-1]
    after = _CLAUSE.split(behind)[0]
    dated = kind == "date" or bool(_IS_DATE.search(near if kind == "lines" else inner))
    if kind == "asin" or re.search(r"ASIN|SKU", inner, re.IGNORECASE) or _ASIN_BEFORE.search(near):
        return "asin", None
    if re.search(
        r"姓名|名字|称呼|(?<!product )(?<!product_)\bname\b|尊称", inner, re.IGNORECASE
    ) or _NAME_BEFORE.search(before):
        return "name", None
    if _NAME_BEHIND.match(behind):
        return "name", None
    metric = _metric(inner, near, after)
    if metric and (dated == metric.endswith("_date") or not _DUE_BEHIND.match(behind)):
        return "metric", metric
    due = _DUE_BEHIND.match(behind) or _DUE_BEFORE.search(before) or re.search("deadline|截止", inner, re.IGNORECASE)
    return ("deadline", None) if due or dated else ("other", None)


def _metric(inner: str, near: str, after: str) -> str | None:
    """The metric named in the blank, else the last one before it in its clause, else the first behind it."""
    for words, last in ((inner, True), (near, True), (after, False)):
        found = [str(m.lastgroup) for m in _METRIC.finditer(words)]
        if found:
            return found[-1] if last else found[0]
    return None

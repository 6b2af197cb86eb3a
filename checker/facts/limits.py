"""Which moments are times *by* which something is to be done, told from the clause round them."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.facts import spots
from checker.facts.dates import Moment
from checker.reading import Passage

LABEL = re.compile(
    r"(?:截止(?:时间|日期|日)?|截至日期|时间节点|时间要求|完成时限|(?:回复|反馈|完成|确认|处理|答复|最晚|最迟|要求"
    r"|期望|提交|交付)(?:的)?(?:时间|时限|日期|期限|截止时间)|期限|时限|期望时间|ddl|d/l"
    r"|(?:reply |response |hard |final )?deadline|due(?: date| by| on)?|reply by|needed by|respond by|time(?:line"
    r"|frame)|complete by|required by|action by|eta needed)"
)
_LABELLED = re.compile(
    LABEL.pattern + r"(?: is| will be| for [\w ]{2,24}(?: is)?)?\s?[:|\t为是在至到\-—]?\s*(?:on |by )?[(\[]?$"
)
_PLAIN_LABEL = re.compile(r"[\s\-*•\d.、【(#]*(?:时间|timeline|time|when)[】)]?\s?[:|]\s*[(\[]?")
_OTHER_LABEL = re.compile(
    r"(?:活动|报名|促销|优惠|大促|秒杀|deal|申诉|索赔|理赔|船期|开船|截单|截关|截港|入仓|到货|到港|发货|预售|合同"
    r"|发票|账单|促销|promo\w*|campaign|registration|enrol\w*|appeal|claim|payment|invoice"
    r"|shipping|amazon'?s?|亚马逊的?|平台的?|客户的?|buyer'?s?|their|(?<![a-z])(?:was|were|been|originally)"
    r"|原[定来本])[^,。\n]{0,6}$"
)
_BY_BEFORE = re.compile(
    r"(?:截[止至]到?|最[晚迟]|不晚于|不迟于|不得晚于|赶在|赶到|务必[在于]|must by|by|before|b4|no later than"
    r"|not later than|on or before|prior to|due|latest(?: by)?|until the end of"
    r"|(?:have|has|got) (?:until|till)"
    r"|before (?:off work|getting off work|(?:the )?(?:work|office|day) (?:ends|closes))(?: on)?"
    r"|before (?:the|our|your|it|they|we|you) (?:(?!left|went|came|was|were|got|\w+ed )[a-z]+ ){1,3}(?:on|at)"
    r"|ddl|deadline)\s?(?:the |around |at |on |is |of |(?:the )?(?:end|close) of )?"
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(?:[ap]m|o'clock) )?[:]?\s?[(]?$"
)
_BY_INSIDE = re.compile(r"(?<![a-z])(?:by|before)(?![a-z])")
BY_AFTER = re.compile(
    r"[)]?\s?(?:(?:之前|以前|前)(?!后|台|端|提(?:是|条件|下)|期(?!限)|往|面|置|景|述|一[天周]|[两三几]天|\d)|之内"
    r"|以内|内(?![部容销地存])|截止|为止|at the latest|latest|or (?:earlier|sooner|before))"
)
# “Before” an event of the past or an order of doing: 3月5日前的订单, orders before March 5.
ATTRIBUTE = re.compile(r"[)]?\s?(?:(?:之|以)?[前内])?的(?!话|时候)(?!.{0,6}前)")
_REACH = 200  # characters to either side that a clause may take: nobody writes longer ones
_SENTENCE_END = re.compile(r"[。！？!?;；\n\t]|\.")
_CLAUSE_END = re.compile(r"[,]")
_AS_OF = re.compile(r"(?:截至|(?:数据|库存|销量|统计|报表|金额|余额)截止)到?\s?$|(?<![a-z])as (?:of|at) (?:the )?$")
# “it dropped in two weeks” tells how long it took; “send two samples, to arrive by Friday” is what is asked.
_PAST_EN = re.compile(
    r"(?<![a-z])(?:dropped|fell|sold|rose|lost|went|received|increased|decreased|declined|grew|came|climbed|was|were"
    r"|had|has|have)(?![a-z])"
)


class Clause(NamedTuple):
    """The clause around a moment: text before it, text behind it, and the bounds of clause and sentence."""

    before: str
    after: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int


def clause(passage: Passage, start: int, end: int) -> Clause:
    """The clause and the sentence that hold start..end."""
    text, low = passage.of.folded, passage.start
    floor, high = max(low, start - _REACH), min(passage.end, end + _REACH)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, floor, start) if _is_end(m)]
    first = ends[-1] if ends else floor
    last = next((m for m in _SENTENCE_END.finditer(text, end, high) if _is_end(m)), None)
    stop = last.start() if last else high
    commas = [m.end() for m in _CLAUSE_END.finditer(text, first, start)]
    a = commas[-1] if commas else first
    comma = _CLAUSE_END.search(text, end, stop)
    b = comma.start() if comma else stop
    return Clause(text[a:start], text[end:b], a, b, first, last.end() if last else high)


def _is_end(m: re.Match[str]) -> bool:
    return m.group() != "." or spots.ends_sentence(m.string, m.end())


def is_label(words: str, after: str) -> bool:
    """Whether the words before a moment end in 截止时间:, Deadline: or the like, of something asked.

    after: the text behind the moment: 时间 beside 地点 is that of a meeting.
    """
    if _PLAIN_LABEL.fullmatch(words):
        return "地点" not in after and "会议" not in after and "location" not in after
    m = _LABELLED.search(words)
    return m is not None and not _OTHER_LABEL.search(words[: m.start()])


def on_labelled_line(text: str, low: int, at: int) -> bool:
    """Whether a line of its own label (时间:, Timeline:) goes on to `at`; low: where its passage begins."""
    nearest = max(low, at - _REACH)
    line = text.rfind("\n", nearest, at) + 1 or nearest
    return (line == low or text[line - 1] == "\n") and _PLAIN_LABEL.match(text, line, at) is not None


def is_limit(moment: Moment, c: Clause, words: str) -> bool:
    """Whether the moment is a time *by* which: 前, by, 截止, 最晚, 48小时内; words: its own (tomorrow by 10 am)."""
    if ATTRIBUTE.match(c.after) or (moment.span and _PAST_EN.search(c.before)):
        return False
    within = moment.span or _BY_INSIDE.search(words)
    return bool(within or _BY_BEFORE.search(c.before) or BY_AFTER.match(c.after) or _LABELLED.search(c.before))


def is_as_of(c: Clause) -> bool:
    """Whether a past moment tells how old figures are: 数据截至昨天, as of 9 March; not 截至3月9日前."""
    return _AS_OF.search(c.before) is not None and not BY_AFTER.match(c.after)

"""Whose a time limit is: of something asked of the reader, or of a plan of ours, an event, somebody else's demand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from checker.facts import acts
from checker.facts.asking import Ask
from checker.facts.dates import Moment
from checker.facts.limits import ATTRIBUTE, Clause

_ANSWER_VERB = re.compile(
    r"(?:reply|respond|confirm|send|get back|answer|call|share|approve|let (?:me|us) know|submit|provide|return"
    r"|update|check|review|pay|ship|do|finish|complete|sign|revert|forward|release|place|arrange|issue|give)(?![a-z])"
)
_EVENT_NOUN = re.compile(
    r"(?<![a-z])(?:delivery|shipment|arriv\w+|meeting|call|placed|launch|vessel|etd|eta|that|if|whether|when|which"
    r"|will|was|were|dated|from|since)(?![a-z])"
)
_EVENT_EN = re.compile(
    r"(?<![a-z])(?:arrives?|arrived|delivered|departs?|sails?|ends?|expires?|closes?|closed|starts?|launch(?:es)?"
    r"|runs? out|sell(?:s)? out|out of stock|sold out|placed|created|received|shipped|made|issued) (?:by|before|on) ?$"
)
_BELONGS = re.compile(r"(?<![a-z])(?:of|for|dated|from|since|last|received|ordered|sent) (?:the )?$")
_DONE_BEFORE = re.compile(
    r"(?<!as )(?<!be )(?<!is )(?<!are )"
    r"(?:placed|created|received|ordered|sold|shipped|dated|made|delivered|sent|issued|listed) (?:before|by"
    r"|prior to) (?:the )?$"
)
# Get the goods shipped by Friday: not which goods, but what is to be done with them.
_GET_DONE = re.compile(r"(?<![a-z])(?:get|have|make sure|ensure)(?![a-z])[^,.]{0,40}$")
_EVENT_ZH = re.compile(
    r"断货|缺货|售罄|到港|到货|到仓|到达|开船|起飞|入仓|上架|清关|签收|送达|交货|出货|发货|涨价|生效|结束|开始|开会"
    r"|过期|失效|下架|降到|卖完"
)
SELF = re.compile(
    r"(?<![给发回复告诉知帮跟和与向到找系让])(?:我们|我方|我司|我(?!要|想|需|等|急|希)|咱们?|本人|本部)(?!需要[您你]"
    r"|希望|要求[您你贵]|需在|的|这边需要?[您你])|(?<![a-z])(?:we|i)(?:'ll| will| can| plan| aim| expect| shall| am"
    r"| are|'m|'re| have| should| intend)"
)
_PLAN = re.compile(
    r"预[计估期]|估计|计划|打算|争取|拟(?:于|在)|将(?:会|于|在)?(?!.{0,16}(?:发|给|回复)我)|(?<![社开机不])会(?!议|员"
    r"|签|前|后)|可能|大概|eta|expected|estimated|scheduled|planned|is going to|are going to|(?<!if you )will(?! you)"
    r"|should arrive"
)
_THIRD = re.compile(
    r"(?:亚马逊|平台|海关|税局|客户|买家|顾客|船公司|承运商|官方|系统|货代|工厂|供应商|仓库|对方|银行|检测机构|amazon"
    r"|buyers?|customers?|clients?|customs|carriers?|suppliers?|factory|forwarders?|they|seller support"
    r"|(?<![a-z])(?:he|she)(?![a-z]))"
    r"(?!(?:部|那边|这边)?(?:请|的(?:同事|老师)))"
)
_DEMAND = re.compile(
    r"必须|务必|须(?!知)|需(?:要)?(?!求)|(?<![只重主首不])要(?!点|求|素|么|是|不)|得(?=[在于]?)(?!到|出|知)"
    r"|应(?=[在于])|(?<![a-z])(?:must|needs? to|has to|have to|should|needed|required|is due|are due|need)(?![a-z])"
)
# Ours to get, theirs to give: if we have it by Friday, we'd appreciate the number by …, I need your OK by …
_WANTED = re.compile(
    r"(?<![a-z])(?:(?:if|once|as long as) (?:we|i) (?:have|get|receive|hear)|(?:we|i)(?:'d| would) (?:appreciate|like"
    r"|love|be grateful)|(?:we|i) (?:need|want|hope|look forward)|(?:may|can|could|might) (?:we|i)"
    r" (?:have|get)|your (?:ok|reply|answer|approval|feedback"
    r"|confirmation))(?![a-z])"
    r"|(?:希望|盼|望|等着?|期待)(?:能|可以)?(?:您|你|贵司|收到)|(?:给|发|回复?|答复)我们?"
)
# What was agreed or wanted earlier: we asked for it by 2 March, 原定3月2日前.
_TOLD = re.compile(
    r"(?<![a-z])(?:asked|requested|promised|agreed|told|said|wanted|supposed|should have|had to|was to|were to"
    r"|originally|(?:was|were|been) due)(?![a-z])|说好|约定|答应|承诺|要求过|原定|原本|原计划|本来|本应|上次"
)
_REASON = re.compile(
    r"因为|由于|否则|不然|以便|以免|避免|导致|这样|because|since|otherwise|so that|so we|or else|as (?:the|it|we|our)"
)
_TIME_WORDS = re.compile(
    r"(?:之前|以前|[前内]|请?[于在]|之|最[晚迟]|截[止至]|为止|左右|时间|日期|就行|即可|可以吗|行吗|好吗|谢谢|感谢|by"
    r"|before|on|at the latest|latest|no later than|please|pls|thanks?|deadline|due|ok\?|[\s:.,!?~*()。-])+"
)
_INFINITIVE = re.compile(
    r"(?<![a-z])to (?:arrive|reach|be|get|land|leave|ship|go)(?![a-z])[^,.]{0,24}(?:by|before|no later than) $"
)
_THIRD_PLAN = re.compile(_THIRD.pattern + r"[^,。]{0,8}(?:会|将|要求|说|will|want|requires?|said)")
_AND = re.compile(r",? (?:and|then) (?=[a-z]+ )")


def _start(ask: Ask) -> int:
    return ask.start


def _end(ask: Ask) -> int:
    return ask.end


def _within(asks: tuple[Ask, ...], c: Clause) -> tuple[Ask, ...]:
    """The asks that touch a clause; asks are in order and apart, and a mail of thousands must not be read for each."""
    return asks[bisect_right(asks, c.start, key=_end) : bisect_left(asks, c.end, key=_start)]


def is_asked(moment: Moment, c: Clause, asks: tuple[Ask, ...], asking_at_all: bool) -> bool:
    """Whether a limit is the reader's: of something asked, not of a plan of ours, an event or a third party's demand.

    asking_at_all: whether the mail asks for anything: a time that stands alone then belongs to it.
    """
    own = _within(asks, c)
    same = asks[bisect_left(asks, c.sentence_start, key=_start) : bisect_left(asks, c.sentence_end, key=_start)]
    if own:
        return _in_ask(moment, c, own[0])
    if _THIRD.search(c.before):
        return any(a.start >= moment.end for a in same)
    if _WANTED.search(c.before):
        return True
    if _TOLD.search(c.before):
        return False
    if SELF.search(c.before) or SELF.search(c.after) or _REASON.search(c.before):
        return False
    if _PLAN.search(c.before) or _PLAN.search(c.after):
        return False
    bare = _TIME_WORDS.fullmatch(c.before + c.after) is not None or not (c.before + c.after).strip()
    if bare:
        return asking_at_all or _DEMAND.search(c.before + c.after) is not None
    if _DEMAND.search(c.before) or _DEMAND.search(c.after):
        return not _THIRD.search(c.after[:8])
    if same and _INFINITIVE.search(c.before):
        return True
    # A limit that is nobody else's, no plan and no event belongs to what the mail asks, in whatever sentence that is.
    return asking_at_all and not _EVENT_ZH.search(c.after[:10]) and not _EVENT_EN.search(c.before[-24:])


def _in_ask(moment: Moment, c: Clause, ask: Ask) -> bool:
    between = c.before[max(0, ask.start - c.start) :] if ask.start < moment.start else ""
    if _WANTED.search(between):
        return True
    if ask.kind == "question" and (SELF.search(between) or (_PLAN.search(between) and not _DEMAND.search(between))):
        return _PLAN.search(between) is None
    if SELF.search(between) or (ask.kind == "question" and _PLAN.search(between)) or _THIRD_PLAN.search(between):
        return False
    done = _DONE_BEFORE.search(between)
    return not _REASON.search(between) and (done is None or _GET_DONE.search(between[: done.start()]) is not None)


def is_asked_on(moment: Moment, c: Clause, asks: tuple[Ask, ...], text: str) -> bool:
    """Whether a day without 前 or by is when something asked should be done: 请周五回复, could you reply on Friday."""
    own = next((a for a in _within(asks, c) if a.kind != "question"), None)
    if own is None or ATTRIBUTE.match(c.after):
        return False
    if own.start > moment.start:
        return bool(re.match(r"\s?(?:请|麻烦|烦请|能否|务必|please|pls)", c.after)) and not c.before.strip()
    between = text[own.start : moment.start]
    chinese = re.search(r"[\u4e00-\u9fff]", between + c.after[:4]) is not None
    if not chinese:  # “talk to the broker and give us a reply today”: the last thing counts
        between = _AND.split(between)[-1]
    if SELF.search(between) or _THIRD.search(between) or _EVENT_NOUN.search(between) or _BELONGS.search(between):
        return False
    if chinese:
        return _zh_on(between, c.after)
    last = (
        not c.after.strip(" ,.!?)")
        or re.match(r"\s?(?:please|pls|thanks?|if possible|for us|and)", c.after) is not None
    )
    return last and _ANSWER_VERB.search(between) is not None


def _zh_on(between: str, after: str) -> bool:
    """请周五回复: nothing is done between asking and the day, and the act follows."""
    if acts.has_act_zh(between) or re.match(r"\s?(?:到|至|起|开始|以来|后|之后|的)", after):
        return False
    return re.match(
        r"[)]?\s?(?:必须|把[^,。]{1,10}?[下发传寄交]|(?:[^,。]{0,8}?)" + acts.ZH_ACT + ")", after
    ) is not None or not after.strip(" 。,!?")

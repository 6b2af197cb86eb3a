"""Where the text asks the reader to do something: 请…, 能否…, please …, Confirm …, a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.facts import acts
from checker.reading import Passage


class Ask(NamedTuple):
    """Something asked. start..end: from the asking word to the end of its clause; sentence_start..sentence_end around it.

    kind: asked (请, please), order (bare imperative), question.
    """

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    kind: str
    verb: str
    object: str
    specific: bool
    claim: bool


_SENTENCE_END = re.compile(r"[。！？!?;；\n\t]+|\.(?=\s|$)|…{2,}")
_CLAUSE_END = re.compile(r"[,;|]|:(?!\d)")
_BULLET = re.compile(
    r"\s*(?:[-*•·>]+\s*|[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-e])\s?[.、)](?!\d)\s*|[①-⑩]\s*)+"
)

_ZH_MARK = re.compile(
    r"(?P<qing>(?<![邀申聘宴呈报])请(?!假|求(?![您你])|购单|款单|款|客|柬|示|辞|帖|神|战|教))"
    r"|麻烦(?!了|的是|您了|你了|事)|烦[请劳]|劳[烦驾]|辛苦(?!了|啦|您了|你了|费)(?=.)|拜托|跪求|求(?=回复|确认|批|解答)"
    r"|希望(?=.{0,6}?(?:您|你|贵|大家|各位|能|可以|尽|在|于|今|明|本周|下周|\d))"
    r"|(?P<need>(?:现|故|仍|还|均|特)?需(?:要)?(?=[您你贵]|.{0,8}(?:部|采购|物流|财务|仓库|运营|客服|供应商)?(?:协助|帮忙|配合|补货|补发|采购|下单|下达|提供|确认|审批|回复|安排)))"
    r"|能否|可否|可不可以|能不能|能帮|可以帮|(?:是否|是不是)(?:可以|能|方便|可|需要|同意)|方便的?话?(?=[^,。]{0,8}(?:确认|回复|告知|提供|发|看|给))"
    r"|帮(?:忙|我|我们|看|查|确认)|(?<!请)务必|(?P<sug>建议(?!零售|价|售价|书|如下|采纳|竞价|出价))"
    r"|(?<![希盼期渴失绝观展奢])望(?=.{0,12}(?:回复|确认|告知|批准|支持|协助|安排|处理|反馈|提供|尽快|早日|解决|给))|盼(?=复|回|告|尽|早|予)|烦(?=转|告|代)"
    r"|(?P<apply>申请(?=(?:[^,。]{0,8})(?:补货|采购|退款|赔偿|索赔|审批|下单|下达|加急|发货|调整|预算|报销|付款|\d)))|急需(?=[您你])|[您你](?:那边|这边|方)?(?:若|如果|要是)?(?:有空|方便|得空|有时间)(?:的时候|时|的话)?(?=.{0,6}(?:看|确认|回|处理|发|给|帮))|等[您你](?=.{0,4}(?:回复|确认|批))"
)
_EN_MARK = re.compile(
    r"(?<![a-z])(?:please|pls|plz|kindly|(?P<can>(?:can|could|would|will|may) (?:you|u|we (?:get|have|receive)|i (?:get|have))(?! see))"
    r"|would you mind|(?:i|we)(?:'d| would) like (?:you|your|to (?:request|ask))|(?:i|we) (?:still |urgently )?(?:need|require) (?:you|your|this|it|the|a|an)(?![a-z])"
    r"|(?:need|needs) (?:your|this|it) |let (?:me|us) know|(?:we|i)(?:'re| am| are)? (?:formally )?request(?:ing)?(?! was)|requesting|action required|action needed"
    r"|(?:would )?appreciate (?:it if|your (?:confirm|reply|approv|feedback|response|prompt|quick|advice))|your (?:approval|confirmation) is (?:needed|required)"
    r"|be sure to|make sure|remember to|you (?:need|have) to|you have (?:until|till)|grateful if)"
)
_COURTESY_ZH = re.compile(
    r"请?(?:[您你]们?|大家|各位|贵司|领导)?(?:们)?(?:多|予以|务必|先|也)?\s?(?:知悉|悉知|知晓|周知|了解|查收|查阅|查看附件|放心|见|参阅|参见|参照|参考|详见|看附件|谅解|理解|体谅|包涵|海涵"
    r"|见谅|原谅|关照|笑纳|留意|注意|随时|稍等|耐心|勿|不要|不用|别|保重|允许|相信|收好|指教|多指教|忽略|记得吃|容|问(?:题|候))"
)
_BUT_THEN_ZH = re.compile(r"(?:并|后|然后|且|,再|以后|之后)[^,。]{0,24}?" + acts.ZH_ACT)
_CONDITION_ZH = re.compile(
    r"(?:如|若|有任何|如果)(?:果|您|你|还|对|此|以上|大家)*[^,。]{0,10}?(?:问题|疑问|异议|疑义|需要|不清楚|不明|其他|变动|变化|需求|建议|困难|不便)|有(?:任何)?(?:问题|疑问)|any time"
)
_CONTACT_ZH = re.compile(
    r"联系|联络|随时|告知|告诉|沟通|反馈|提出|回复|咨询|找我|指正|指出|致电|电话|与我|通知|说明|留言|微信"
)
_COURTESY_EN = re.compile(
    r"(?:please|pls|plz|kindly)?\s?(?:also )?(?:(?:find|see|refer|note|be (?:informed|advised|aware|noted|reminded|assured)|accept|excuse|forgive|bear with|rest assured|ignore|disregard"
    r"|(?:do not|don'?t) (?:hesitate|reply|respond|worry|forward)|feel free|stay tuned|enjoy|take care(?! of)|wait|allow us|look at the attach)(?![a-z]))"
)
_CONDITION_EN = re.compile(
    r"(?:if|should) (?:you|there|anything|any|u|i can)(?! (?:agree|can|could|approve|are ok))|any (?:further )?(?:questions?|concerns?|issues?|problems?)|in case of"
)
_CONTACT_EN = re.compile(
    r"contact|reach (?:out|me|us)|let (?:me|us) know|call|email|ask|get in touch|reply|hesitate|feel free|tell|message|get back|write|ping"
)
_BUT_THEN_EN = re.compile(r"(?:and|then|&|,) (?:\w+ ){0,2}?" + acts.EN_ACT)

# Somebody else asks, or the writer tells what he or she will do.
_THIRD = re.compile(
    r"(?:客户|买家|顾客|亚马逊|平台|海关|税局|船公司|官方|系统|卖家支持|对方|供应商|工厂|货代|老板|领导|财务|仓库|他们?|她们?|amazon|buyer|customer|client|carrier|supplier|seller support|they|he|she)"
    r"(?![^,。]{0,3}(?:的|'s))[^,。]{0,10}?(?:要求|请求|请|希望|建议|询问|问|催|说|称|反馈|提出|需要|表示|通知|ask|request|want|need|require|say|said|told|would like|urge|claim)"
)
_SELF_ASK = re.compile(r"(?:已经?|会|将|曾|正在?|刚|昨天|今天|我|我们|再|去)\s?$")
_READER_NEXT = re.compile(r"\s?(?:[您你贵]|各位|大家|领导|同事|尽快|务必|帮|协助|确认|回复|提供|安排)")
_SUGGEST_OTHER = re.compile(r"(?:官方|亚马逊|平台|系统|客户|买家|的|该|此|这个|优化|她|他|供应商|\d条|条|点)\s?$")
_POLITE_END = re.compile(
    r"(?:好|怎么样|身体|最近|近来|周末|假期)[^?]{0,6}吗\??$|how are you|how(?:'s| is) (?:it|everything)|hope (?:you|this)|right\?$|isn'?t it|对吧|是吧"
)
_QUESTION_WORD = re.compile(
    r"(?:吗|呢|没有|不)[\s~]*$|请问|什么时候|何时|几号|多久|多少|哪[天个些]|为什么|为何|怎么|是否|有没有|能不能|(?<![a-z])(?:when|what|which|where|why|how|who|is|are|do|does|did|can|could|has|have|will|any)(?![a-z])"
)
_QUOTE = re.compile(r"[“\"「『][^”\"」』\n]{0,200}[”\"」』]")
_TRIGGER = re.compile(
    r"请|麻烦|烦|劳|辛苦|拜托|希望|需|能|可|是否|方便|帮|务必|建议|望|盼|申请|等[您你]|[?]|吗|呢|[前内]|pl[esz]|kindly|you|need|let |request|action|apprec|sure|remember|grateful|would"
)
_EN_ORDER = re.compile(
    r"(?:(?:hi|hello|dear|hey) \w+[,:]?\s*|(?:also|then|and|next|so|urgent|asap)[,:]? +|@?\w+, )?" + acts.EN_ORDER
)
_ZH_HEAD = re.compile(
    r"(?:(?:另外|同时|然后|其次|首先|最后|还有|以及|并)\s?)?(?P<time>[^,。:]{1,22}?(?:之前|以前|前|之内|内|截止)\s?)?"
    r"(?:必须|须|需要?|要|得)?(?P<hurry>(?:帮忙|协助|尽快|尽早|及时|马上|立即|立刻|抓紧|赶紧|优先|务必|先)*)(?P<act>"
    + acts.ZH_ORDER
    + "|(?<=[须需要得务必])(?:入仓|到仓|发出|到货|交货|出货|寄出|发货))(?![了过完中后的])"
)
_LABEL_HEAD = re.compile(
    r"(?:需求|请求|动作|行动|待办|建议|要求|事项|具体请求|请求动作|所需支持|诉求|request|ask|action|recommendation|next steps?)[^:]{0,8}:\s*$"
)
_VOCATIVE = re.compile(
    r"\s*(?:hi |hello |dear |hey )?@?(?:[a-z]{2,12}(?: [a-z]{2,12})?|[^\W\da-z_]{1,3}(?:总|经理|老师|哥|姐|工|主管)?|(?!.*[已了经后前])[^\W\da-z_]{2,3})\s*"
)
_OWN_PLAN = re.compile(
    r"(?<![给发回告诉帮跟和与])我(?!要|想|需|等|急)|本人|咱们|将(?!.{0,12}(?:发|给)我)|会(?!议)|预计|计划|打算|争取|已|正在|了(?!$)|亚马逊|客户|买家|平台|我司|we |i'll|will "
)


def find(passage: Passage) -> tuple[Ask, ...]:
    """What a passage asks of its reader, at most one ask for a clause."""
    if passage.zone != "own":
        return ()
    return tuple(_asks(passage))


def _asks(passage: Passage) -> Iterator[Ask]:
    text, at = passage.of.folded, passage.start
    for m in _SENTENCE_END.finditer(text, passage.start, passage.end):
        yield from _in_sentence(text, at, m.end())
        at = m.end()
    yield from _in_sentence(text, at, passage.end)


def _in_sentence(text: str, start: int, end: int) -> Iterator[Ask]:
    if end - start < 2:
        return
    bullet = _BULLET.match(text, start, end)
    head = bullet.end() if bullet else start
    asks = 0
    for a, b in _clauses(text, head, end):
        found = _marked(text, start, a, b, end) or _order(text, start, a, b, end, first=a == head)
        if found:
            asks += 1
            yield found
    if not asks and "?" in text[max(start, end - 4) : end] or (not asks and _ends_asking(text, start, end)):
        yield from _question(text, head, end)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _CLAUSE_END.finditer(text, start, end):
        yield at, m.start()
        at = m.end()
    yield at, end


def _quoted(text: str, start: int, at: int, end: int) -> bool:
    """Whether `at` stands between quotation marks of the same sentence."""
    if not any(q in text[start:at] for q in '“"「『'):
        return False
    return any(q.start() < at < q.end() for q in _QUOTE.finditer(text, start, min(end + 40, len(text))))


def _marked(text: str, start: int, a: int, b: int, end: int) -> Ask | None:
    """An ask by an asking word in the clause a..b of the sentence start..end."""
    for pattern, real in ((_ZH_MARK, _real_zh), (_EN_MARK, _real_en)):
        if pattern is _ZH_MARK and text.isascii():
            continue
        for m in pattern.finditer(text, a, b):
            if real(m, text, start, a, b) and not _quoted(text, start, m.start(), end):
                # The verb may stand before the mark: “3月12日前确认,麻烦了”.
                return _ask(text, m.start(), b, start, end, "asked", m.end())
    return None


def _real_zh(m: re.Match[str], text: str, start: int, a: int, b: int) -> bool:
    before, rest = text[start : m.start()], text[m.start() : b]
    if _THIRD.search(before + m.group()) and not _READER_NEXT.match(text, m.end()):
        return False
    if m["qing"] and _SELF_ASK.search(before) and not _READER_NEXT.match(text, m.end()):
        return False
    if m["sug"] and (_SUGGEST_OTHER.search(before) or not acts.has_act_zh(rest)):
        return False
    if m["need"] and (
        re.search(r"(?:不|无|无须|我们?|我司|客户|亚马逊)(?:也|还|都|会|将|可能|现在|目前)*$", before)
        and not re.match("[您你贵]", text[m.end() :])
    ):
        return False
    if m["apply"] and re.search(r"(?:已|已经|的|客户|买家)\s?$", before):
        return False
    if m.group() in ("能否", "能不能", "可不可以", "可否") and re.search(
        r"(?:我们?|他们?|客户|亚马逊|买家|不确定|不知道?|不清楚)\s?$", before
    ):
        return "?" in text[b : b + 2] and not before.endswith(("不确定", "不清楚"))
    if _COURTESY_ZH.match(rest):
        return bool(
            _BUT_THEN_ZH.search(rest)
            or (re.match(r"请?.{0,2}(?:参[考照阅见]|见附件|按)", rest) and acts.has_act_zh(rest))
        )
    if _CONDITION_ZH.search(text, start, m.start() + 6) and _CONTACT_ZH.search(rest):
        return bool(re.search(r"(?:前|内|by|before)", rest[:24]) and not re.search("随时", rest))
    return bool(
        rest[m.end() - m.start() :].strip(" 。!.?") or acts.has_act_zh(text[a : m.start()]) or m.group() == "盼"
    )


def _real_en(m: re.Match[str], text: str, start: int, a: int, b: int) -> bool:
    before, rest = text[start : m.start()], text[m.start() : b]
    if _THIRD.search(before[-40:]) or re.search(r"(?:as|if|so that|that|when|where|what|how) $", before) and m["can"]:
        return False
    if _COURTESY_EN.match(rest):
        return bool(_BUT_THEN_EN.search(rest))
    whole = before + rest
    if _CONDITION_EN.search(whole) and _CONTACT_EN.search(rest):
        return bool(re.search(r"(?<![a-z])(?:by|before|within)(?![a-z])", rest))
    trailing = re.search(r"asap|" + acts.EN_ACT, text[a : m.start()]) is not None  # “ASAP please”
    return bool(rest[m.end() - m.start() :].strip(" .!?") or trailing or m.group().startswith(("action", "your")))


def _order(text: str, start: int, a: int, b: int, end: int, *, first: bool) -> Ask | None:
    """A bare imperative: at the head of a sentence or behind a label, in Chinese also behind a time (周五前给我)."""
    labelled = _LABEL_HEAD.search(text, max(start, a - 24), a) is not None
    begin = a + len(text[a:b]) - len(text[a:b].lstrip(" @"))
    vocative = a > start and text[a - 1] == "," and _VOCATIVE.fullmatch(text, start, a - 1) is not None
    m = _EN_ORDER.match(text, begin, b) if first or labelled or vocative else None
    if m is None:
        m = _ZH_HEAD.match(text, begin, b)
        if m is None or _OWN_PLAN.search(text, begin, b) or not (m["time"] or first or labelled or vocative):
            return None
        if not m["time"] and not _complete(m, text[m.end() : b]):
            return None
        if a > start and _OWN_PLAN.search(text, start, a) and not labelled:
            return None
    return None if _quoted(text, start, begin, end) else _ask(text, begin, b, start, end, "order", begin)


def _complete(m: re.Match[str], after: str) -> bool:
    """确认数量 and 尽快回复 are orders; 确认 alone is none, and 尽快回复您 is a promise."""
    if m["hurry"]:
        return re.match(r"\s?(?:[您你]|客户|买家|大家)", after) is None
    return acts.has_object_zh(after)


def _ends_asking(text: str, start: int, end: int) -> bool:
    return re.search(r"(?:吗|呢)[~。.\s]*$", text[max(start, end - 6) : end]) is not None


def _question(text: str, start: int, end: int) -> Iterator[Ask]:
    words = text[start:end].strip()
    if len(words) < 4 or _POLITE_END.search(words) or _THIRD.search(words[:20]) or _quoted(text, start, end - 2, end):
        return
    if not text.isascii() or _QUESTION_WORD.search(words):
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        yield Ask(
            begin, start + len(text[start:end].rstrip()), start, end, "question", "answer", words[:40], True, False
        )


def _ask(text: str, begin: int, b: int, start: int, end: int, kind: str, rest: int) -> Ask:
    stop = begin + len(text[begin:b].rstrip(" \t\n。.!?！？;；"))
    act = acts.read(text[rest:stop], text[start:begin])
    if text[begin:rest].startswith(("盼", "望", "i need", "we need", "need")):
        act = act._replace(specific=True)  # an answer or a thing is wanted: that is concrete
    claim = acts.CLAIM.search(text, start, end) is not None
    return Ask(begin, max(stop, begin + 1), start, end, kind, act.verb, act.object, act.specific, claim)

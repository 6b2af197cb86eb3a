"""Asking words, and whether they ask the reader: not a courtesy, not somebody else's demand, not our own plan."""

from __future__ import annotations

import re

from checker.facts import acts

_ZH_MARK = re.compile(
    r"(?P<qing>(?<![邀申聘宴呈报])请(?!假|求(?![您你])|购单|款单|款|客|柬|示|辞|帖|神|战|教))"
    r"|麻烦(?!了|的是|您了|你了|事)|烦[请劳]|劳[烦驾]|辛苦(?!了|啦|您了|你了|费)(?=.)|拜托|跪求|求(?=回复|确认|批|解答)"
    r"|希望(?=.{0,6}?(?:您|你|贵|大家|各位|能|可以|尽|在|于|今|明|本周|下周|\d))"
    r"|(?P<need>需(?:要)?(?=[您你贵]|.{0,8}(?:部|采购|物流|财务|仓库|运营|客服|供应商)?(?:协助|帮忙|配合|补货|补发"
    r"|采购|下单|下达|提供|确认|审批|回复|安排)))"
    r"|能否|可否|可不可以|能不能|能帮|可以帮|(?:是否|是不是)(?:可以|能|方便|可|需要|同意)"
    r"|方便的?话?(?=[^,。]{0,8}(?:确认|回复|告知|提供|发|看|给))"
    r"|帮(?:忙|我|我们|看|查|确认)|(?P<help>帮(?=[订问催补下改做发弄搞约留盯跟申开导拉打贴印核找安处转传提报寄换加降停联](?!了)))|(?<!请)务必|(?P<sug>建议(?!零售|价|售价|书"
    r"|如下|采纳|竞价|出价|(?:提前|及时|先|自行)(?:发送|保存|备份|下载|导出|存档)|错[开峰]|避开|预留))"
    r"|(?<![希盼期渴失绝观展奢])望(?=.{0,12}(?:回复|确认|告知|批准|支持|协助|安排|处理|反馈|提供|尽快|早日|解决|给))"
    r"|盼(?=复|回|告|尽|早|予)|烦(?=转|告|代)"
    r"|(?P<apply>申请(?=\s?:|(?:[^,。]{0,8})(?:补货|采购|退款|赔偿|索赔|审批|下单|下达|加急|发货|调整|预算|报销|付款"
    r"|\d)))"
    r"|急需(?=[您你])|[您你](?:那边|这边|方)?(?:若|如果|要是)?(?:有空|方便|得空|有时间)(?:的时候|时"
    r"|的话)?(?=.{0,6}(?:看|批|审|定|签|核|确认|回|处理|发|给|帮|弄|搞|改|查|补|传|做))|等[您你](?=.{0,4}(?:回复|确认|批))"
    r"|(?P<duty>贵[司方公部]|[您你]们?)(?:司|方)?(?=(?:.{0,12}(?:前|内))?(?:应当?|必须|须|需|得|务必|负责|要(?!是|求"
    r"|的|不)|把[^,。]{1,14}(?:发|给|传|寄)[给到]?我))"
    r"|(?P<if>如果|如|若|要是|[您你]看)(?=[^。?!]{0,24}?(?:前|内|今天|明天|周[一二三四五六日天])[^,。]{0,6}"
    r"(?:能|可以)(?:帮我|把[^,。]{1,10})?(?:拿到|收到|给到?|发[我给过]|提供|回复|确认|定下?来?|批))"
    r"|要求(?=.{0,4}(?:赔偿|退款|补偿|补发|退货|换货|全额|贵司|您|你))"
)
_EN_MARK = re.compile(
    r"(?<![a-z])(?:please|pls|plz|kindly|(?P<can>(?:can|could|would|will|may) (?:you|u(?![a-z])|we (?:get|have|receive)"
    r"|i (?:get|have))(?! see))"
    r"|would you mind|(?:i|we)(?:'d| would) like (?:you|your|to (?:request|ask))|(?:i|we) (?:still "
    r"|urgently )?(?:need|require) (?:you|your|this|it|the|a|an)(?![a-z])"
    r"|(?:would|will) it be (?:at all )?(?:possible|ok|okay|feasible)(?: for (?:you|u|your [a-z]+))? to"
    r"|(?:(?:what|things?|points?|items?) (?:that )?(?:i|we)(?:'d| would)? (?:need|like|want)"
    r"(?= from (?:you|u)|:| by | is (?:your|for you))|here(?:'s| is) what (?:i|we) need)"
    r"|(?:i|we)(?:'d| would) (?:love|welcome|value|be glad (?:of|to have))"
    r" (?:your|to (?:get|have|hear|see) your|a |an )"
    r"|is it (?:at all )?(?:possible|ok|okay|feasible) for (?:you|u|your [a-z]+) to"
    r"|(?:is there )?any (?:chance|way) (?:that )?(?:you|u|of (?:you|your))|do you mind|mind if (?:you|u)"
    r"|(?<![a-z,] )mind (?=[a-z]{3,12}ing )"
    r"|(?:could|can|may|might) (?:i|we) ask (?:you|u|your [a-z]+) to|(?:i|we) (?:want|expect|trust) (?:you|u) to"
    r"|needs? (?:your|this|it|you|u) |let (?:me|us) know|(?:we|i)(?:'re| am"
    r"| are)? (?:formally )?request(?:ing)?(?! was)|requesting|(?<!no )action (?:is )?(?:required|needed)"
    r"|wondering (?:if|whether) (?:you|u)|(?:great|nice|helpful|good|thankful|appreciated) if (?:you|u)"
    r"|(?:would )?appreciate (?:it if|your (?:confirm|reply|approv|feedback|response|prompt|quick|advice))"
    r"|your (?:approval|confirmation) is (?:needed|required)"
    r"|your (?:approval|confirmation|reply|answer|decision|feedback|response)(?! (?:was|has))(?=[^.]{0,40}"
    r"(?:would be|is) (?:much |greatly |highly )?appreciated)"
    r"|look(?:ing)? forward to your (?:approval|confirmation|reply|answer|decision|feedback|response)"
    r"(?= (?:by|before|no later) )"
    r"|(?:it|that) would (?:really |greatly )?(?:help(?: us| me)?|be (?:a )?(?:great|big)? ?help)"
    r"(?: a lot| very much| greatly| a great deal)? if (?:you|u|we|i|the|your|someone|somebody)"
    r"|hope (?:that )?(?:you|u) (?:can|could|will|would)"
    r"|trouble (?:you|u) to|(?:it is|it's) (?:recommended|suggested|advised) (?:to|that)"
    r"|be sure to|make sure|remember to"
    r"|you (?:(?:need|have) to|must(?! (?:be|have|know|think|feel|agree)))|you have (?:until|till)|grateful (?:if"
    r"|for (?:your|an?|the))(?! (?:support|help|quick|effort|patience|work|hard)))"
)
_REACH = 200  # characters
# The characters with which Chinese asking words begin, and the words of which every English one holds one.
ZH_SPOT = re.compile("[请麻烦劳辛拜跪求希需能可是方帮务建望盼申急您你贵要等如若]")
EN_KEYS = (
    "please", "pls", "plz",
    "kindly", "wonder", "if you", "you ", "you?", " we ", "we'd", " u ", "need", "let me", "let us", "request",
    "action", "appreciat", "your ",
    "trouble", "recommended", "suggested", "advised", "hope",
    "be sure", "make sure", "remember", "grateful", "require", "possible", "feasible", "ok to", "okay to", "mind ",
    "forward to your", "would help", "what i", "what we", "thing", "i'd ", "i would",
)  # fmt: skip
_COURTESY_ZH = re.compile(
    r"请?(?:[您你]们?|大家|各位(?:同事)?|各部门|相关部门|贵司|领导)?(?:们)?(?:多|予以|务必|先|也)?\s?(?:知悉|悉知"
    r"|知晓|周知|了解|查收|查阅"
    r"|查看附件|放心|见|参阅|参见|参照|参考|详见|看附件|谅解|理解|体谅|包涵|海涵"
    r"|见谅|原谅|关照|笑纳|留意|注意|随时|稍等|耐心|勿|不要|不用|别|保重|允许|相信|收好|指教|多指教|忽略|记得吃|容"
    r"|问(?:题|候)|准时|按时(?:参加|出席|到场)|届时|[相互]{2}转告|遵照|(?:严格)?遵守|预留|合理安排"
    r"|做好(?:相关|相应|各项)?(?:准备|安排)|提前安排好?(?:各自|手头|工作|时间|相关))"
)
# 辛苦强哥: thanks to somebody, where 辛苦强哥看一下 asks.
_THANKS_ZH = re.compile(
    r"辛苦(?:[\u4e00-\u9fff]{1,2}?(?:[哥姐总工]|老师|经理|师傅|主管)|各位|大家|[您你]们?|同事们?)(?:[了啦咯哈~]|多谢|谢谢)*\s*(?:[,。!;]|$)"
)
_BUT_THEN_ZH = re.compile(r"(?:并|后|然后|且|,再|以后|之后)[^,。]{0,24}?" + acts.ZH_ACT)
_CONDITION_ZH = re.compile(
    r"(?:如|若|有任何|如果)(?:果|您|你|还|对|此|以上|大家)*[^,。]{0,10}?(?:问题|疑问|异议|疑义|需要|不清楚|不明|其他"
    r"|变动|变化|需求|建议|困难|不便)|有(?:任何)?(?:问题|疑问)|any time"
)
_CONTACT_ZH = re.compile(
    r"联系|联络|随时|告知|告诉|沟通|反馈|提出|回复|咨询|找我|指正|指出|致电|电话|与我|通知|说明|留言|微信"
)
_COURTESY_EN = re.compile(
    r"(?:please|pls|plz|kindly)?\s?(?:also )?(?:(?:find(?! out)|see(?! if| whether| to| why)|refer|note"
    r"|plan accordingly|be on time|be (?:informed|advised|aware|noted|reminded"
    r"|assured|patient)|accept (?:my|our)|join|attend|take note|mark your|keep in mind|excuse|forgive|bear with"
    r"|rest assured|ignore|disregard"
    r"|(?:do not|don'?t) (?:hesitate|reply|respond|worry|forward)|feel free|stay tuned|enjoy"
    r"|take care(?! of)|wait|allow us|look at the attach)(?![a-z]))"
    r"|hope (?:that )?(?:you|u) (?:can|could|will|would) (?:understand|forgive|enjoy|like|love|have|be|feel)(?![a-z])"
)
_CONDITION_EN = re.compile(
    r"(?:if|should) (?:you|there|anything|any|u|i can)(?! (?:agree|can|could|approve|are ok))"
    r"|any (?:further )?(?:questions?|concerns?|issues?|problems?)|in case of"
)
_CONTACT_EN = re.compile(
    r"contact|reach (?:out|me|us)|let (?:me|us) know|call|email|ask|get in touch|reply|hesitate|feel free|tell"
    r"|message|get back|write|ping"
)
_BUT_THEN_EN = re.compile(r"(?:and|then|&|,) (?:\w+ ){0,2}?" + acts.EN_ACT)

# Somebody else asks, or the writer tells what he or she will do.
_THIRD = re.compile(
    r"(?:客户|买家|顾客|亚马逊|平台|海关|税局|船公司|官方|系统|卖家支持|对方|供应商|工厂|货代|老板|领导|财务|仓库"
    r"|他们?|她们?|amazon|buyer|customer|client|carrier|supplier|seller support|they|he|she)"
    r"(?![^,。]{0,3}(?:的|'s))[^,。]{0,10}?(?:要求|请求|请|希望|建议|询问|问|催|说|称|反馈|提出|需要|表示|通知|ask"
    r"|request|want|need|require|say|said|told|would like|urge|claim)"
)
# 如果周四前能拿到图, 我当天就可以传: what the sender hangs on it.
_THEN = re.compile(r",\s*(?:我|咱|这边)[^。,]{0,16}(?:就|可以|能|来得及|赶)|就(?:行|好|可以|来得及)")
_NEXT = 30  # characters of the next clause
_THIRD_ACTS = re.compile(
    r"[^,。]{0,12}(?:客户|买家|亚马逊|平台|货物?|柜|船|供应商|工厂|货代|他们?|她们?|我们?(?!能)|库存)[^,。]{0,12}(?:能|可以)"
)
# “ASAP please”, “the invoice by Friday, please”
_WANTED_AHEAD = re.compile(r"asap|(?<![a-z])(?:by|before) (?=[a-z0-9])|" + acts.EN_ACT)
_SELF_ASK = re.compile(r"(?:已经?|会|将|曾|正在?|刚|昨天|今天|我|我们|再|去)\s?$")
_HELPED = re.compile(
    r"(?:我们?|咱们?|他们?|她们?|客户|买家|工厂|货代|同事|已经?|会|将|来|去|刚|昨天|上次|[互相]|谢谢|感谢|多谢|有人|能|可以|也|都|直接)\s?$"
)
_READER_NEXT = re.compile(r"\s?(?:[您你贵]|各位|大家|领导|同事|尽快|务必|帮|协助|确认|回复|提供|安排)")
_SUGGEST_OTHER = re.compile(r"(?:官方|亚马逊|平台|系统|客户|买家|的|该|此|这个|优化|她|他|供应商|\d条|条|点)\s?$")


def first(text: str, start: int, a: int, b: int, spots: tuple[list[int], list[int]]) -> re.Match[str] | None:
    """The first asking word of the clause a..b that asks the reader; the sentence begins at start.

    spots: where characters of ZH_SPOT and words of EN_KEYS stand.
    """
    for at in spots[0]:
        if a <= at < b:
            m = _ZH_MARK.match(text, at, b)
            if m and _real_zh(m, text, *_near(m, start, a, b)):
                return m
    if any(a - 1 <= at < b for at in spots[1]):
        for m in _EN_MARK.finditer(text, a, b):
            if _real_en(m, text, *_near(m, start, a, b)):
                return m
    return None


def _near(m: re.Match[str], start: int, a: int, b: int) -> tuple[int, int, int]:
    """Start of the sentence and bounds of the clause, no further away than any sentence reaches."""
    return max(start, m.start() - _REACH), max(a, m.start() - _REACH), min(b, m.end() + _REACH)


def tells_third(words: str) -> bool:
    """Whether somebody else asks or says it in these words."""
    return _THIRD.search(words) is not None


def _real_zh(m: re.Match[str], text: str, start: int, a: int, b: int) -> bool:
    before, rest = text[start : m.start()], text[m.start() : b]
    if _THIRD.search(before + m.group()) and not _READER_NEXT.match(text, m.end()):
        return False
    if m["qing"] and _SELF_ASK.search(before) and not _READER_NEXT.match(text, m.end()):
        return False
    if m["if"]:
        return _THEN.search(text, m.start(), b + _NEXT) is not None and not _THIRD_ACTS.match(rest)
    if m["help"] and _HELPED.search(before):
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
    if _THANKS_ZH.match(rest):
        return False
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
    if _THIRD.search(before[-40:]) or (re.search(r"(?:as|if|so that|that|when|where|what|how) $", before) and m["can"]):
        return False
    if _COURTESY_EN.match(rest):
        return bool(_BUT_THEN_EN.search(rest))
    whole = before + rest
    if _CONDITION_EN.search(whole) and _CONTACT_EN.search(rest):
        return bool(re.search(r"(?<![a-z])(?:by|before|within)(?![a-z])", rest))
    ahead = text[a : m.start()].strip() or before.strip(" ,").rpartition(",")[2]
    return bool(
        rest[m.end() - m.start() :].strip(" .!?")
        or _WANTED_AHEAD.search(ahead)
        or m.group().startswith(("action", "your"))
    )

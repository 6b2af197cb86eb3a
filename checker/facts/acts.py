"""What an ask wants done: its verb, its object, and whether that is something that a reader can do."""

from __future__ import annotations

import re
from typing import NamedTuple


class Act(NamedTuple):
    """The action in an asking clause. specific: a concrete action, an object or a quantity; “处理” alone is none."""

    verb: str
    object: str
    specific: bool


ZH_ACT = (
    r"(?:确认|回复|答复|回信|反馈|告知|告诉|提供|发[给我货出送]|补发|补(?=一下|上|齐|充|传|签|个)|寄[出送给]?|下达"
    r"|下单|采购(?!部|同事|经理|人员"
    r"|员|方|组)|补货|备货|安排|审批|批准|审核|审阅|核实|核对|核查|检查|排查|查询"
    r"|更新|修改|调整|更换|替换|提交|上传|上架|下架|支付|付款|打款|退款|退货|赔偿|赔付|索赔|理赔|签字|签署|盖章|取消"
    r"|暂停|关闭|开启|恢复|降低|提高|增加|减少|优化|联系|跟催|催|准备|制定"
    r"|整理|汇总|统计|转发|转告|预约|预定|预订|订舱|入仓|派送|出货|生产|加急|改[为成]|[降调提加升]到|删除|申诉|解决|处理|跟进|协助"
    r"|协调|落实|完成|给[我到出个]|回[我电个信传]|同步|抄送|评估|定(?:[价稿夺个]|一下|下来)|拍板|拿主意|[批审](?=一?下|[好完掉]|个)|[打付转汇](?=一下|过去)|(?<=[前内])[批审签](?=[。,!吧\s]|$)"
    r"|回签|签(?=一?下|回)|返工|返修|报价|选|拍照|打印|贴标)"
)
ZH_WORK = (
    r"(?:提货(?!单)|装柜|装车|发货|出货|派送|送仓|送货|入仓|订舱|拍照|拍摄|验货|质检|上架|开会|贴标|换标|打包|改派|调价|改价|退货"
    r"|换货|补发|打样|付款|打款|盘点|测试)"
)
ZH_ORDER = (
    r"(?:确认|回复|答复|反馈|告知|告诉|提供|发我|发给我|补发|下达|下单|采购|安排|审批|批准|审核|核实|核对|检查|排查"
    r"|更新(?!于|时间|日期|如下)|修改|调整(?!后|为主)|更换|提交|上传|支付|付款给|[降调提加升减]到(?=[^,。]{0,2}\d)|[降调]至|[改换设]成"
    r"|[停关撤删换改]掉|补齐|补上|退款给|赔偿|取消(?!率)|暂停|关闭|恢复|降低|提高|增加|联系|准备|整理|汇总|转发|预约|订舱|加急|删除|给我|给到"
    r"|给个|给出|回我|同步给|协助|跟进|处理|看(?=[下一看]))"
)
EN_ACT = (
    r"(?:confirm|send|approve|update|provide|share|check|reply|respond|review|advise|arrange|ship|place|book|release"
    r"|pay|refund|replace|submit|upload"
    r"|fix|pause|raise|lower|reduce|increase|change|remove|add|prepare|sign|return|forward|call|schedule|issue"
    r"|process|create|cancel|reorder|restock|resend|let)(?![a-z])"
)
_EN_OBJECT = (
    r"(?=\s+(?:the|this|that|these|those|all|your|our|my|me|us|it|them|him|her|if|whether|when|how|which|what|with|by"
    r"|to|back|both|each|every|new|a|an|any|one|two|three|four|five|ten|asin|b0|po|fba|sku|\d|asap|today|tomorrow"
    r"|receipt|shipment|stock"
    r"|payment)(?![a-z]{4}))"
)
EN_ORDER = (
    r"(?:confirm|send|approve|update|provide|share|check|reply|respond|review|advise|arrange|ship|place|book|release"
    r"|pay|refund|replace|submit|upload"
    r"|fix|pause|raise|lower|reduce|increase|change|remove|add|prepare|sign|return|forward|call|schedule|issue"
    r"|process|create|cancel|reorder|restock|resend"
    r"|make sure|ensure|give|get|contact|order|tell|handle|take care of|look into|follow up"
    r"|(?:shoot|drop|ping|text)(?= (?:me|us) (?:the|an?|your|when|once|if|with) )|need(?! to))" + _EN_OBJECT
)
CLAIM = re.compile(
    r"赔偿|赔付|索赔|理赔|退款|补偿|compensat|(?<![a-z])(?:claim|refund|reimburse|credit note|credit us|credit our)"
)
_ZH_ACT = re.compile(ZH_ACT)
# Verbs that leave the reader to guess what to do.
_EMPTY_VERB = (
    r"(?:处理|跟进|支持|协助|帮忙|帮助|配合|关注|重视|安排|落实|推进|解决|操作|查看|看看|看一?下|看|想想办法|想办法"
    r"|指示|协调|了解|知悉|研究|讨论)"
)
_EMPTY = re.compile(
    rf"{_EMPTY_VERB}|看着|[弄搞]|[您你]们?|贵[司方]|大家|各位|领导|老师|同事们?|尽[快早]|及时|马上|立[即刻]|抓紧|赶[紧快]|优先"
    rf"|务必|一定|[给予]?予以|给予|一下|此事|这[个件些]|那[个件些]|该|此|问题|事情|事宜|情况|产品|商品"
    r"|谢谢|感谢|多谢|[吧吗呢啊哈哦呀了啦的得]|麻烦|辛苦|烦?请|能否|可否|是否|可以|方便|有空|的?时候?|相关|上述|以上"
    r"|以下|如下|今[天日晚]|明[天日早]|后天|本?周[一二三四五六日内]?|星期[一-龥]|下班|之?前|之?内"
    r"|\d{1,2}[:点]\d{0,2}分?|\d{1,4}[年月日号/.-]\s?|\d{1,2}(?=[日号]|小时|个?工作日|天)|小时|个?工作日|天"
    r"|[再先也都并及和与在于还就来去把将对下上能会要多好内前]|[\s,.!~()、-]"
)
_ACTOR = re.compile(rf"\s*(?P<who>[\u4e00-\u9fff]{{2,4}}?)(?={_EMPTY_VERB})")
_OBJECT_TRIM = re.compile(r"^(?:一下|下|我们?|到|给|了|是否|的|:|\s)+|[\s。.!?,吗呢吧~]+$")
_EN_EMPTY = re.compile(
    r"(?<![a-z])(?:asap|a\.s\.a\.p|as soon as (?:possible|you can)|soon|urgently|immediately|at once|right away"
    r"|promptly|quickly|at your earliest(?: convenience)?|when (?:you|u) (?:have|get) .*"
    r"|(?:by|before|within|until|no later than|on|in) (?:(?! (?:whether|if|how|which|what|who)(?![a-z])).)*"
    r"|today|tomorrow|tonight|now|handle|take care of|take a look"
    r"|have a look|follow(?:ing)? up|look into|deal with|sort (?:it |this )?out|work on|see to"
    r"|help|assist(?:ance)?|support|advise|check|action|act|proceed|do|the needful|it|this|that|these|them|the|an?"
    r"|issue|problem|matter|case|situation|thing|me|us|you|your|to|with|for|of|and|please|pls|kindly|also|just"
    r"|know|let|if possible|thanks?|thank|accordingly|further|needed|required|be|so|much|in|at|on|there|product|item"
    r"|mind)(?![a-z])|[^a-z0-9\u4e00-\u9fff]+"
)
_EN_VERB = re.compile(r"[a-z][a-z' ]{0,1}[a-z]+")
_EN_LEAD = re.compile(
    r"^(?:\s*(?:please|pls|kindly|to|also|help|just|that|you|it|if you|could|can|would|:|,))+(?![a-z])\s*"
)
_PENDING = re.compile(r"(?:补货?|采购|下单|下达|加单|发货?)\s?(?=\d+\s?(?:件|个|套|箱|台|pcs))")
# 想改成明天下午提货, 请安排: a wish, or work on a day to come, says what 安排 means.
_WISHED = re.compile(
    r"(?:想|要(?!求|是|么)|希望|打算|建议|改[成为到]|改[在约])[^,。]{0,12}?" + ZH_WORK + "|"
    r"(?:今[天日晚]|明[天日早晚]|后天|[周期拜][一二三四五六日天]|\d[日号点]|上午|下午|中午)[^,。]{0,6}?" + ZH_WORK
)
_WORK = re.compile(ZH_WORK)
_OTHERS = re.compile(r"原[定计]|本来|预计|工厂|厂家|货代|供应商|亚马逊|客户|买家|平台|船|快递|他们|对方")
_DONE = re.compile(r"上次|上批|上一批|已经?(?=补|采|下|发)|了")
_STATES = re.compile(r"[了没已快是有被在就很太]|\d|[断缺]货|[。.!?:]")
_LATIN = re.compile(r"[a-z]{2,}")


def has_act_zh(words: str) -> bool:
    """Whether a Chinese verb of doing stands in the words."""
    return _ZH_ACT.search(words) is not None


def has_object_zh(words: str) -> bool:
    """Whether something besides fillers follows."""
    return len(_EMPTY.sub("", words)) >= 2


def read(words: str, before: str) -> Act:
    """The act in `words`, the clause behind the asking word. before: the sentence up to it."""
    if not words.strip():  # “3月12日前确认,麻烦了”, “ASAP please”: what is wanted stands before
        words, before = before.rpartition(",")[2], ""
    if words.isascii() or (_LATIN.match(words.strip()) and not _ZH_ACT.search(words)):
        return _english(words)
    return _chinese(words, before)


def _chinese(words: str, before: str) -> Act:
    m = _concrete(words)
    actor = _ACTOR.match(words)
    rest = words[actor.end("who") :] if actor and not _ZH_ACT.search(actor["who"]) else words
    if m is None:
        # “需补200件,请安排”: what to do stands before the asking word.
        m = None if _DONE.search(before) else _PENDING.search(before) or _wished(before)
    verb = m.group() if m else next(iter(re.findall(_EMPTY_VERB, words)), words.strip()[:2])
    tail = words[m.end() :] if m and m.string is words else words.partition(verb)[2] if verb else ""
    thing = _OBJECT_TRIM.sub("", tail)[:40]
    specific = m is not None or len(_EMPTY.sub("", rest)) >= 2
    return Act(verb, thing or _topic(before), specific or bool(_topic(before)))


def _wished(before: str) -> re.Match[str] | None:
    """What is wished for in the clause right in front of the asking words; nobody else's doing."""
    clause = before.rstrip(", ").rpartition(",")[2]
    return _WORK.search(clause) if _WISHED.search(clause) and not _OTHERS.search(clause) else None


def _topic(before: str) -> str:
    """“每箱毛重麻烦看一下”: the thing that stands before the asking word, when it is no statement."""
    words = before.rpartition(",")[2].strip()
    if len(words) > 12 or _STATES.search(words) or len(_EMPTY.sub("", words)) < 2:
        return ""
    return words


def _concrete(words: str) -> re.Match[str] | None:
    """The first verb that says what to do."""
    return next((m for m in _ZH_ACT.finditer(words) if not re.fullmatch(_EMPTY_VERB, m.group())), None)


def _english(words: str) -> Act:
    words = _EN_LEAD.sub("", words)
    verb = next((v for v in _EN_VERB.findall(words) if v not in ("by", "on", "at")), "").strip()
    thing = (words.partition(verb)[2] if verb else "").strip(" .!?,")[:40]
    return Act(verb, thing, bool(_EN_EMPTY.sub("", words)))

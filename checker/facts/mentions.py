"""Where the sender's own words speak of an attachment, and whether they promise one with this very mail.

Patterns read matching text: punctuation is half width there, but for Chinese full stops, enumeration commas and quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from checker.facts.kinds import Mention
from checker.reading import Passage, Reading

_END = re.compile(r"[。!?;\n\t]|\.(?=\s|$)|…{2}")
_CLAUSE_END = re.compile(r"[,、:()（）。!?;\n\t]|\.(?=\s|$)|…{2}")
_NEAR = 70  # characters of a sentence that are looked at each side
# What every Chinese mention holds, and how far before it one may begin: a scan for this is ten times faster.
_ZH_SIGN, _ZH_LEAD = re.compile("附|截[图屏]|图片|照片|下图|如图"), 6
_EN_SIGNS = ("tach", "pfa", "enclos", "screen", "picture", "photo")
_MOST = 500  # rules see no more of a kind
_REPLY = re.compile(r"\s*(?:re|aw|fwd?|回复|答复|回覆|转发)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)

# ---- Chinese. 附近 附加 附言 附属 附带 … are other words; 附图 and 附表 need a sign that they are beside the mail.
_ZH = re.compile(
    r"附件|附档|附图|附表|随附|附上"
    r"|(?:随信|随邮件?|随函|一并|另|现|已|如|见|详|兹|特)附(?![件图表档上近加言属带录注则和议着赠后])"
    r"|附[:](?=\s*\S)|附(?:截图|截屏|图片|照片|报表|明细|清单|发票|凭证)"
    r"|(?:见|如|请看|请参考)(?:下面|下方|以下)?的?(?:截图|截屏|图片|照片)(?![要规标尺])"
    r"|(?:截图|截屏|照片|图片)(?:如下|见下|在下|供参考|供您参考)|(?:如|见|看|从|据|以|考)下图|(?<![试意企力贪])如图(?=所示|[:,。]|$)"
)
_ZH_ALIKE = frozenset({"附图", "附表"})
_ZH_BESIDE_BEFORE = re.compile(r"(?:见|如|看|参考|参照|参阅|查收|查看|根据|按|按照|填写?|随信|一并)$")
_ZH_BESIDE_AFTER = re.compile(r"\s*(?:[:]|为|是|请|已|供|中|里|所示|[\d一二三]\s*(?:为|是|[:]))(?!\s*如下)")

_WHO = (
    r"(?:[您你]们?|贵(?:司|方|公司)|客[户人]|买家|对方|他们?|她们?|供应商|工厂|货代|服务商|平台"
    r"|亚马逊|财务|同事|老板|领导|\w(?:总|经理|姐|哥|工))"
)
_EARLIER = (
    r"(?:上次|上回|之前|先前|此前|刚才|刚刚|前面|前次|上一?封|上一?版|昨[天日晚]|前天"
    r"|今[天早]|上午|上周.?|上个?月|\d+月\d+[日号]|\d+[日号])"
)
_LATER = (
    r"(?:稍后|稍候|稍晚|晚[点些上]|今晚|待会儿?|等会儿?|等下|一会儿?|回头|随后|之后|后续|后面|明[天早日晚]|后天|下午|下周.?|周[一二三四五六日]"
    r"|改天|过几天|届时|到时候?|\d+[日号])(?!之?前|以前|内)"
)
_ASK = (
    r"(?:请|麻烦|烦|劳驾|辛苦|拜托|能否|能不能|可否|可不可以|可以|是否[可能]以?|帮忙?我?"
    r"|需要?[您你]们?|希望[您你]们?|务必|记得|要求|让)"
)
_ASKED = (
    r"(?:[您你]们?|贵司|工厂|供应商|货代|他们?|各位|大家|尽快|再|重新?|也|都|同时|一并|一下"
    r"|今天|明天|先|及时|帮忙?我?|在[^,。]{1,12}[前内中里时])*"
)
_SEND = r"(?:补充?|发[来送]?|提供|上传|传|附上?|添加|补发|重发|寄|转发|回传|给|带上?|贴)"
_SENT = r"(?:给|来|送|上|一下|下|我们?|一份|过来|对应|相关|相应|完整|最新|的|那|个|份|原|所有|全部|正确|清晰)*"

_ZH_NOT_BEFORE = re.compile(
    # none: 无附件, 没带附件, 忘了加附件
    r"(?:无需?|没有?|未|不|漏|忘记?了?)(?:添加|上传|带|加|发|附|看到|收到|见到|找到|需要?|再|提供|贴|用)*(?:任何|这个|该|上|到|了|的)*$"
    # theirs: 您的附件, 贵司邮件里的附件, 客户发来的附件
    rf"|(?<![给向为致与和同发]){_WHO}(?:这边|那边)?{_EARLIER}?(?:的|所?发|提供|寄|给|回复|转|上传|分享|邮件|来信|来邮|回信)[^,。见在请如详参看查附以放]{{0,10}}$"
    # of an earlier mail: 上次邮件的附件, 昨天发给您的附件
    rf"|(?:{_EARLIER}|原|旧|历史|来|往来|下面|下方)(?:邮件?|信|发|给|的|里|中|内|[您你]|我|们|那|个|封|一|过|送)*$"
    # had it: 收到附件了
    r"|(?:收到|收悉|看了|看过|阅读了|下载了|审阅了|核对了|打开了)(?:了|过|[您你]|贵司|的|这个|该)*$"
    # asked for: 请提供附件
    rf"|{_ASK}{_ASKED}{_SEND}{_SENT}$"
    # perhaps: 如有附件, 是否有附件
    r"|(?:如有|如需|若有|如果有|是否有?|有没有|有无|需不需要|要不要)(?:要|带|看|见|到|加|添加|相关|其他|需要)*$"
    # later: 稍后发附件, 明天把附件发您, 做完了会发附件
    r"|(?:会|将会?|后再?|再)(?:补?发|补|传|提供|给)[您你送上]*$"
    rf"|{_LATER}[^,。见如请看查参]{{0,10}}(?:发(?![货运柜车往])|补|传|提供|给|把|将|更新|放|寄)[^,。见如请看查参]{{0,6}}$"
)
# Before the verbs 附上 and 随附: the reader is asked to, or somebody will or must, or it lies in a box.
_ZH_VERB_NOT_BEFORE = re.compile(
    rf"{_ASK}{_ASKED}$|(?:需要?|须|要|应该?|必须|建议|最好|得|会|将|后|再|打算|准备|计划|可以?|是否|[没未]有?|忘记?了?|不用)$"
    r"|(?:箱|包裹|货物?|产品|包装|内盒|卡板|托盘)[^,。]{0,6}$"
    rf"|{_LATER}[^,。]{{0,8}}$|(?<![给向]){_WHO}(?:这边|那边)?{_EARLIER}?(?:所|已经?|有)?$"
)
_ZH_NOT_AFTER = re.compile(
    # does not open, is not there
    r"(?:也|都|好像|似乎|我|这边|又|还是?|仍|一直|均|里面?|的|文件|全|已经?|[您你]们?|是不是)*"
    r"(?:打不开|[无没]法(?:打开|下载|查看|上传)|打开不了|不能打开|损坏|坏了|丢失|没了|[没未]有?(?:收到|看到|带|发|上传|附|添加)|未见|看不[到了见]|下载不[了到]"
    r"|为空|是空的|乱码|有问题|缺失|漏了|忘了?|没有|传不上|上传失败|发不[出了])"
    # had it
    r"|[^,。]{0,4}(?:收到|收悉|已阅|已收|已读|看了|看过|看到了|下载了)"
    # the thing in general
    r"|的?(?:总?大小|功能|格式|上限|限制|个数|类型|过大|太大|超过|超限|图标|按钮|方式|上传|容量)"
    # asked for: 附件发我一下
    r"|[^,。填改签核更确盖补写完成]{0,8}(?:重新?|再|补)?(?:发|传|给|寄|转)(?:一下|一份|一遍|一次|过来|来|回|送|至|到|给)*(?:我|过来|回来|一下|一份|一遍)"
    r"|[^,。]{0,4}(?:请|麻烦)[您你]?(?:再|重新?|补)(?:发|传|提供)"
    # asked about
    r"|[^,。]{0,8}(?:打得?开|收到|看到|看了|下载|在哪|是哪|带了|漏|发了|有)[^,。]{0,6}(?:吗|么|嘛|没|呢|\?)|呢|在哪"
    # later, none
    rf"|[^,。请烦劳]{{0,8}}{_LATER}[^,。]{{0,10}}(?:发(?![货运柜车往回])|补|传|提供|附|给|更新|寄|奉上|送)"
    r"|(?:后补|后续|另外?发|单独发|另行|再补|容后|补发|待[补发更]|暂[缺无未]|还[没未]|尚[未在]|未完成|没做完|整理中|制作中|在做)"
    r"|\s*[:]?\s*(?:无|没有|暂无|none|n/?a)(?:[,。\s]|$)"
    rf"|[^,。]{{0,12}},(?:我们?)?(?:会|将|再)?{_LATER}[^,。]{{0,6}}(?:单独|另|再|补|重新)[^,。]{{0,4}}(?:发|补|传)"
)
_ZH_LISTED_AFTER = re.compile(r".{0,12}(?:链接|网址|https?:|如下)|\s*如下")
_ZH_CONTRACT = re.compile(r"(?:合同|协议|条款|政策|公告|法规|条例)的?$")
_ZH_OF_MAIL = re.compile(r"\s*(?:请|已|如下|[:])")
# In a reply, an attachment that is agreed to, found fault with or followed is the earlier mail's.
_ZH_ANSWER_AFTER = re.compile(
    r"[^,。请]{0,10}(?:没问题|无误|有误|不对|错|漏|确认|ok|同意|少了|对不上|核对过|可以(?:[,。]|$)|可行)", re.IGNORECASE
)
_ZH_ANSWER_BEFORE = re.compile(
    r"(?<!请)(?<![您你])(?:同意|确认了?|核对了?|审阅了?|审核了?|看了?|按照?|关于|针对|对于)(?:了|过|[您你]的?)?$"
)

# ---- English, in lower case
_EN = re.compile(
    r"(?<![a-z])(?:at+a?t?ach(?:ed|d|ing|e?ments?|emnts?|metns?)|pfa(?=[\s,.:;!]|$)|(?:i|we)\s+(?:hereby\s+|herewith\s+)?attach(?=\s)"
    r"|find\s+(?:the\s+)?enclosed|enclosed\s+(?:please|is|are|herewith|you\s+will|find)|(?:i|we)(?:\s+have|'ve)?\s+enclosed?(?=\s)"
    r"|(?:see|per|in|to|check)\s+(?:the\s+|this\s+|these\s+)?(?:below\s+)?(?:screen\s?shots?|pictures?|photos?)\s+below"
    r"|(?:see|check)\s+(?:the\s+)?below\s+(?:screen\s?shots?|pictures?|photos?)"
    r"|screen\s?shots?\s+(?:(?:is|are)\s+)?(?:below|as\s+follows))(?![a-z])"
)
_THEM = r"(?<![a-z])(?:you|they|he|she|(?:the\s+)?(?:buyer|customer|supplier|factory|seller|forwarder|client))"
_EN_NOT_BEFORE = re.compile(
    r"(?:(?:wi)?ll|'ll|shall|to|should|must|can|could|would|please|kindly|may)\s+(?:be\s+|also\s+|then\s+)?$|(?<![a-z])(?:was|were|been|being)\s+$"
    r"|(?<![a-z])(?:no|missing|without|forgot(?:ten)?|nothing|never|none)\s+(?:to\s+)?(?:an?\s+|the\s+|any\s+|my\s+|your\s+)?(?:files?\s+|documents?\s+)?$"
    r"|(?:(?<![a-z])not|n[o']?t|cannot|unable\s+to)\s+(?!forget|hesitate|find\s+it)(?!.{0,30}(?:see|check|refer)\s)[^.;,]{0,30}$"
    rf"|(?<![a-z])(?:your|their|his|her|{_THEM}'s)\s+(?:last\s+|previous\s+|earlier\s+|e-?mail\s+)?$|{_THEM}\s+(?:have\s+|'ve\s+|had\s+|already\s+|just\s+)*$"
    r"|(?:previous(?:ly)?|earlier|last|yesterday'?s?|prior|old|original)\s+(?:e?-?mail'?s?\s+|message'?s?\s+)?$"
    r"|(?<![a-z])(?:received|got|thanks?\s+(?:you\s+)?for|reviewed|looked\s+(?:at|through)|saw|seen|opened|approved|downloaded)\s+(?:the\s+|your\s+|all\s+)?$"
    r"|(?<![a-z])(?:did|do|can|could|are|were|have)\s+you\s+(?:[a-z]+\s+){0,3}(?:get|receive|open|see|seen|received|opened|able|download|access|find)"
    r"[^.;]{0,20}$|(?<![a-z])if\s+(?:there\s+)?(?:is|are)\s+(?:any\s+|an\s+)?$"
)
# An attachment that is asked for; "send the attached form" is ours.
_EN_ASKED_BEFORE = re.compile(
    r"(?<![a-z])(?:send|resend|re-send|share|forward|provide|upload|include|add)\s+(?:me\s+|us\s+|over\s+)?"
    r"(?:the\s+|an?\s+|your\s+|any\s+)?(?:correct\s+|right\s+|missing\s+|original\s+)?$"
    r"|(?<![a-z])(?:send|share|forward)\s+(?:me|us)\s[^.;]{0,40}$"
)
_EN_NOT_AFTER = re.compile(
    r"\s+(?:rates?|points?|limit|size|feature|button|icon|style|type|option|conversion)(?![a-z])"
    rf"|\s+(?:that\s+|which\s+)?{_THEM}\s+(?:have\s+|had\s+|'ve\s+|just\s+)?(?:sen[dt]|shared|provided|forwarded|attached|uploaded|mentioned|gave)"
    r"|\s+(?:files?\s+|documents?\s+)?(?:in|to|from|with|of)\s+(?:your|their|his|her|yesterday|(?:my|our|the|an?)\s+(?:previous|last|earlier|original|other|separate))(?![a-z])"
    r"|\s+(?:firmly\s+|securely\s+)?(?:to|onto)\s+(?!this(?![a-z])|the\s+(?:e-?mail|mail|message)|(?:my|our)\s+e-?mail|you(?![a-z]))|\s+by\s+(?:you|the|them|him|her)(?![a-z])"
    r"|\s+(?:later|tomorrow|soon|separately|shortly|tonight)(?![a-z])|[^.;]{0,25}(?:will|to)\s+(?:follow|come|be\s+(?:sent|shared|provided|added|uploaded))(?![a-z])"
    r"|\s+(?:is|are|was|were|seems?|looks?|appears?)\s+(?:to\s+be\s+)?(?:missing|corrupt(?:ed)?|broken|empty|not|unreadable|damaged|lost)(?![a-z])"
    r"|\s+(?:cannot|can'?t|could\s*n[o']t|does\s*n[o']t|did\s*n[o']t|won'?t|isn'?t|wasn'?t|failed)|\s*:?\s*(?:none|n/a|0)(?:[\s.,]|$)"
)
_EN_BOXED = re.compile(r"[^.;]{0,40}(?:box|package|parcel|carton|packaging|unit|pouch)(?:es|s)?(?![a-z])")
_EN_ANSWER_AFTER = re.compile(
    r"\s*(?:[a-z]+\s+){0,2}(?:looks?|is|are|seems?)\s+(?:all\s+)?(?:good|fine|ok(?:ay)?|correct|great|clear|wrong|right|approved|perfect)"
)
_EN_ANSWER_BEFORE = re.compile(
    r"(?:agree[d]?\s+(?:with|to)|fine\s+with|ok\s+with|comments?\s+on|questions?\s+(?:on|about)|regarding|about)\s+the\s+$"
)


class _Around(NamedTuple):
    """The sentence around a mention, before and behind it, and its clause before."""

    before: str
    clause: str
    after: str


def read_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Every mention in the subject (of a new mail) and the sender's own text, in order."""
    answers = bool(reading.message.reply or _REPLY.match(reading.subject.matching))
    passages = reading.own if answers else reading.written
    found = (mention for passage in passages for mention in _in_passage(passage, answers))
    return tuple(islice(found, _MOST))


def _in_passage(passage: Passage, answers: bool) -> Iterator[Mention]:
    folded = passage.of.folded
    for m in _zh_mentions(passage):
        if (promised := _zh_promised(m[0], _around(passage, m), answers)) is not None:
            yield Mention(passage.place(m.start(), m.end()), promised)
    if any(sign in folded for sign in _EN_SIGNS):
        for m in _EN.finditer(folded, passage.start, passage.end):
            yield Mention(passage.place(m.start(), m.end()), _en_promised(m[0], _around(passage, m), answers))


def _zh_mentions(passage: Passage) -> Iterator[re.Match[str]]:
    text, at, end = passage.window
    for sign in _ZH_SIGN.finditer(text, at, end):
        for start in range(max(at, sign.start() - _ZH_LEAD), sign.end()):
            if m := _ZH.match(text, start, end):
                at = m.end()
                yield m
                break


def _around(passage: Passage, m: re.Match[str]) -> _Around:
    text = passage.of.folded
    before = text[max(passage.start, m.start() - _NEAR) : m.start()]
    after = text[m.end() : min(passage.end, m.end() + _NEAR)]
    before = before[max((e.end() for e in _END.finditer(before)), default=0) :]
    ends = _END.search(after)
    after = after[: ends.end()] if ends else after
    return _Around(before, before[max((e.end() for e in _CLAUSE_END.finditer(before)), default=0) :], after)


def _quoted(before: str) -> bool:
    """Inside quotation marks: somebody else's words, or words spoken about."""
    return (
        before.count("“") > before.count("”") or before.count("「") > before.count("」") or before.count('"') % 2 == 1
    )


def _zh_promised(words: str, around: _Around, answers: bool) -> bool | None:
    """None where 附图 or 附表 is no attachment at all (a listing's further pictures)."""
    if words in _ZH_ALIKE and not (_ZH_BESIDE_BEFORE.search(around.clause) or _ZH_BESIDE_AFTER.match(around.after)):
        return None
    if words in ("附表", "附:", "附上") and _ZH_LISTED_AFTER.match(around.after):
        return False
    if words == "附件" and _ZH_CONTRACT.search(around.clause) and not _ZH_OF_MAIL.match(around.after):
        return False
    if (
        words == "附件"
        and not around.after.strip(" \n\t")
        and not around.before.strip()
        and around.after.endswith("\t")
    ):
        return False
    if _quoted(around.before) or _ZH_NOT_AFTER.match(around.after):
        return False
    if (
        words[0] in "附随一另现已"
        and words not in ("附件", "附表", "附图", "附档")
        and _ZH_VERB_NOT_BEFORE.search(around.clause)
    ):
        return False
    if words[0] in "附随" and _ZH_NOT_BEFORE.search(around.clause):
        return False
    return not (answers and (_ZH_ANSWER_AFTER.match(around.after) or _ZH_ANSWER_BEFORE.search(around.clause)))


def _en_promised(words: str, around: _Around, answers: bool) -> bool:
    if _quoted(around.before) or _EN_NOT_AFTER.match(around.after):
        return False
    if not words.startswith(("see", "check", "find", "i ", "we ")) and _EN_NOT_BEFORE.search(around.before):
        return False
    if words.endswith(("ment", "ments")) and _EN_ASKED_BEFORE.search(around.before):
        return False
    if "enclose" in words and _EN_BOXED.match(around.after):
        return False
    return not (answers and (_EN_ANSWER_AFTER.match(around.after) or _EN_ANSWER_BEFORE.search(around.before)))

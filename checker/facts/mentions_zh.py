"""Chinese words that speak of an attachment, and when they do not promise one.

Patterns read matching text: punctuation is half width there, but for Chinese full stops, enumeration commas and quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What every mention holds, and how far before it one may begin: a scan for this is ten times faster.
_SIGN, _LEAD = re.compile("附|截[图屏]|图片|照片|下图|如图|奉上|随信|随函|此邮件|本邮件|随邮件|邮件[里中内最底]"), 12
# 附近 附加 附言 附属 附带 … are other words; 附图 and 附表 need a sign that they are beside the mail.
_WORDS = re.compile(
    r"附件|附档|附图|附表|随附|附上"
    r"|(?:随信|随邮件?|随函|一并|另|现|已|如|见|详|兹|特)附(?![件图表档上近加言属带录注则和议着赠后])"
    r"|附[:](?=\s*\S)|附(?:截图|截屏|图片|照片|报表|明细|清单|发票|凭证)"
    r"|(?:见|如|请看|请参考)(?:下面|下方|以下)?的?(?:截图|截屏|图片|照片)(?![要规标尺])"
    # carried by the mail in other words: 随函奉上, 放在邮件里了, 见邮件底部
    r"|随[信函邮]件?奉上|(?:表格?|单|发票|文件|资料|报告|图纸?|合同|明细)我?(?:已经?|都|一并|一起)*(?:夹|放|打包|上传|发)(?:发|放)?(?:在|到|进)(?:本|此|这封)?邮件"
    r"|随[信函](?:一起|一并)?(?:发|寄|送)(?:[您你给上去来]|过去)"
    r"|随(?:此|本|这封)邮件(?:一起|一并)?(?:发|寄|送|奉)|随邮件(?:一起|一并)?(?:发上|发送|寄上|奉上|送上)"
    r"|(?:见|在|看)(?:本|此|这封)?邮件(?:最?下面|最?下方|底部|末尾|最后)(?!的?(?:内容|记录|往来|回复|历史|签名))|(?:本|此)邮件所[带附]"
    r"|(?:截图|截屏|照片|图片)(?:如下|附后|见下|在下|供参考|供您参考)|(?:如|见|看|从|据|以|考)下图|(?<![试意企力贪])如图(?=所示|[:,。]|$)"
)
_ALIKE = frozenset({"附图", "附表"})
_BESIDE_BEFORE = re.compile(r"(?:见|如|看|参考|参照|参阅|查收|查看|根据|按|按照|填写?|随信|一并)$")
_BESIDE_AFTER = re.compile(r"\s*(?:[:]|为|是|请|已|供|中|里|所示|[\d一二三]\s*(?:为|是|[:]))(?!\s*如下)")

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
_SENT = (
    r"(?:给|来|送|上|一下|下|我们?|一份|过来|对应|相关|相应|完整|最新|的|那|个|份|原|所有"
    r"|全部|正确|清晰|发票|合同|报[表告价]|截图|凭证|清单|图片|照片|表格|明细)*"
)

_NOT_BEFORE = re.compile(
    # attachments as such: 支持大附件, 使用表格附件
    r"(?:支持|使用|插入|添加|[收发传]不[了出上]|(?:不能|无法|没法)[收发传送]送?)(?:太?大的?|超大|表格|图片|邮件|的)*$"
    # parts of a product: 产品附件, 配件/附件
    r"|(?:产品|商品|包裹|包装|配件|零件|随机|安装)(?:里|内|中)?[/、和及与]?的?(?:缺少?|少了?)?$"
    # what others say: 他说附件里有
    rf"|{_WHO}[^,。]{{0,4}}(?:说|称|反馈|表示|提到|写道)[^,。见]{{0,4}}$"
    # none: 无附件, 没带附件, 忘了加附件
    r"|(?:无需?|没有?|未|不|漏|忘记?了?)(?:添加|上传|带|加|发|放|附|要|给|我们?|看到|收到|见到|找到|需要?|再|提供|贴|用)*(?:任何|这个|该|上|到|了|的)*$"
    # theirs: 您的附件, 贵司邮件里的附件, 客户发来的附件
    rf"|(?<![给向为致与和同发]){_WHO}(?:这边|那边)?{_EARLIER}?(?:的|所?发|提供|寄|给|回复|转|上传|分享|邮件|来信|来邮|回信)[^,。见在请如详参看查附以放]{{0,10}}$"
    # of an earlier mail: 上次邮件的附件, 昨天发给您的附件
    rf"|(?:{_EARLIER}|原|旧|历史|来|往来|下面|下方)(?:邮件?|信|发|给|的|里|中|内|[您你]|我|们|那|个|封|一|过|送)*$"
    r"|(?:少|缺|漏|丢)了?$|(?:无法|没法|不能|没有?权限)(?:下载|打开|查看)$"
    # rules of forms: 需要提交附件
    r"|(?:需要?|要求|须|必须|应)(?:提交|上传|提供|添加|补充)$"
    # had it: 收到附件了
    r"|(?:收到|收悉|看了|看过|阅读了|下载了|审阅了|核对了|打开了)(?:了|过|[您你]|贵司|的|这个|该)*$"
    # asked for: 请提供附件, 请供应商作为附件上传
    rf"|{_ASK}{_WHO}[^,。见]{{0,12}}(?:作为|以)$"
    rf"|{_ASK}{_ASKED}{_SEND}{_SENT}[^,。见在的按如查看请]{{0,5}}$"
    # perhaps: 如有附件, 是否有附件
    r"|(?:如有|如需|若有|如果有|是否有?|有没有|有无|需不需要|要不要)(?:要|带|看|见|到|加|添加|相关|其他|需要)*$"
    # later: 稍后发附件, 明天把附件发您, 做完了会发附件
    r"|(?:会|将会?|后再?|再)(?:补?发|补|传|提供|给)[您你送上]*$"
    rf"|{_LATER}[^,。见如请看查参]{{0,10}}(?:发(?![货运柜车往])|补|传|提供|给|把|将|更新|放|寄)[^,。见如请看查参]{{0,6}}$"
)
# Before the verbs 附上 and 随附: the reader is asked to, or somebody will or must, or it lies in a box.
_VERB_NOT_BEFORE = re.compile(
    rf"{_ASK}{_ASKED}$|(?:需要?|须|要|应该?|必须|建议|最好|得|(?:会|将|后|再|打算|准备|计划)(?:一起|一并|统一)?|可以?|是否|[没未]有?|忘记?了?|不用)$"
    r"|(?:箱|包裹|货物?|产品|包装|内盒|卡板|托盘)[^,。]{0,6}$"
    rf"|{_LATER}[^,。]{{0,8}}$|(?<![给向]){_WHO}(?:这边|那边)?{_EARLIER}?(?:所|已经?|有)?$"
)
_NOT_AFTER = re.compile(
    # does not open, is not there
    r"(?:也|都|好像|似乎|我|这边|又|还是?|仍|一直|均|里面?|的|文件|全|已经?|[您你]们?|是不是)*"
    r"(?:打不开|[无没]法(?:打开|下载|查看|上传)|打开不了|不能打开|损坏|坏了|丢失|没了|[没未]有?(?:收到|看到|带|发|上传|附|添加)|未见|看不[到了见]|下载不[了到]"
    r"|为空|是空的|乱码|有问题|缺失|漏了|忘了?|没有|传不上|上传失败|发不[出了])"
    # had it
    r"|[^,。]{0,4}(?:收到|收悉|已阅|已收|已读|看了|看过|看到了|下载了)"
    r"|支持材料|丢失|时(?:[,。候]|请)|之?前[,。请]"
    # asked for: 附件发我一下
    r"|[^,。填改签核更确盖补写完成]{0,8}(?:重新?|再|补)?(?:发|传|给|寄|转)(?:一下|一份|一遍|一次|过来|来|回|送|至|到|给)*(?:我|过来|回来|一下|一份|一遍)"
    r"|[^,。]{0,4}(?:请|麻烦)[您你]?(?:再|重新?|补)(?:发|传|提供)"
    # asked about
    r"|[^,。]{0,8}(?:打得?开|收到|看到|看了|下载|在哪|是哪|带了|漏|发了|有)[^,。]{0,6}(?:吗|么|嘛|没|呢|\?)|呢|在哪"
    # later, none
    rf"|[^,。请烦劳]{{0,8}}{_LATER}[^,。]{{0,10}}(?:发(?![货运柜车往回])|补|传|提供|附|给|更新|寄|奉上|送)"
    r"|[^,。请]{0,8}(?:之?前|内)[^,。请]{0,3}(?:补|发|传|提供)[给送]?[您你]|[等待][^,。]{1,12}[后再了][^,。]{0,4}(?:发|补|传|给|提供)"
    r"|我们?(?:这边)?(?:先|再|会|来|马上|稍后)(?:看|核对|研究|确认|处理|下载)"
    r"|(?:后补|后续|另外?发|单独发|另行|再补|容后|补发|待[补发更]|暂[缺无未]|还[没未]|尚[未在]|未完成|没做完|整理中|制作中|在做)"
    r"|\s*[:]?\s*(?:无|没有|暂无|none|n/?a)(?:[,。\s]|$)"
    rf"|[^,。]{{0,12}},(?:我们?)?(?:会|将|再)?{_LATER}[^,。]{{0,6}}(?:单独|另|再|补|重新)[^,。]{{0,4}}(?:发|补|传)"
)
# Attachments as such, or the parts of a product; "按附件格式填写" is about ours.
_GENERAL_AFTER = re.compile(
    r"的?(?:总?大小|功能|格式|命名|上限|限制|个数|类型|过大|太大|超过|超限|图标|按钮|方式|上传|容量|少了|缺)"
)
_OURS_BEFORE = re.compile(r"(?:按照?|照|据|参考|见|用|看)$")
_LISTED_AFTER = re.compile(r".{0,12}(?:链接|网址|https?:|如下)|\s*如下")
_CONTRACT = re.compile(r"(?:合同|协议|条款|政策|公告|法规|条例)的?$")
_OF_MAIL = re.compile(r"\s*(?:请|已|如下|[:])")
# In a reply, an attachment that is agreed to, found fault with or followed is the earlier mail's.
_ANSWER_AFTER = re.compile(
    r"[^,。请]{0,10}(?:没问题|无误|有误|不对|错|漏|确认|ok|同意|少了|对不上|核对过|可以(?:[,。]|$)|可行)", re.IGNORECASE
)
_ANSWER_BEFORE = re.compile(
    r"(?<!请)(?<![您你])(?:同意|确认了?|核对了?|审阅了?|审核了?|看了?|按照?|关于|针对|对于)(?:了|过|[您你]的?)?$"
)
_CLAUSE_END = re.compile(r"[,、:()（）。!?;\n\t]|\.(?=\s|$)|…{2}")
_AS_BEFORE, _FORM_AFTER = re.compile(r"(?:作为|作|以|用)$"), re.compile(r"的?(?:形式|方式)")
_SENDING_ASKED = re.compile(rf"{_ASK}[^。]*{_SEND}")
# 附上, 随附, 另附 …: words with a verb in them.
_VERBS = frozenset("附随一另现已兹特")
_NOUNS = frozenset({"附件", "附表", "附图", "附档"})


def find(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every mention between two offsets of a matching text: where it begins and ends."""
    for sign in () if text.isascii() else _SIGN.finditer(text, start, end):
        for at in range(max(start, sign.start() - _LEAD), sign.end()):
            if m := _WORDS.match(text, at, end):
                start = m.end()
                yield m.span()
                break


def promised(words: str, before: str, after: str, *, answers: bool) -> bool | None:
    """Whether the words promise a file, by the sentence before and behind them; answers: in a reply.

    None where 附图 or 附表 is no attachment at all (a listing's further pictures).
    """
    clause = _CLAUSE_END.split(before)[-1]
    if words in _ALIKE and not (_BESIDE_BEFORE.search(clause) or _BESIDE_AFTER.match(after)):
        return None
    if words == "附件" and (_is_another_thing(clause, after) or _is_way_to_answer(before, after)):
        return False
    if words in ("附表", "附:", "附上") and _LISTED_AFTER.match(after):
        return False
    if _NOT_AFTER.match(after):
        return False
    if words[0] in _VERBS and words not in _NOUNS and _VERB_NOT_BEFORE.search(clause):
        return False
    if words[0] in "附随" and _NOT_BEFORE.search(clause):
        return False
    return not (answers and (_ANSWER_AFTER.match(after) or _ANSWER_BEFORE.search(clause)))


def _is_way_to_answer(before: str, after: str) -> bool:
    """How the reader is to send something: 请发我一份, 作为附件或贴在正文都可以."""
    return bool((_AS_BEFORE.search(before) or _FORM_AFTER.match(after)) and _SENDING_ASKED.search(before))


def _is_another_thing(clause: str, after: str) -> bool:
    """A contract's annex, attachments as such, a column head."""
    if _CONTRACT.search(clause) and not _OF_MAIL.match(after):
        return True
    if _GENERAL_AFTER.match(after) and not _OURS_BEFORE.search(clause):
        return True
    return not clause.strip() and after.strip(" \n") == "\t"

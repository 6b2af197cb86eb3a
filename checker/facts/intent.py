"""What the words of a mail are after: to tell or to ask, by mail alone or by phone too, with proof, before a loss."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.facts.kinds.asks import Request
from checker.facts.nearby import snippets

# A notice says so: for your information, nothing to do, no answer wanted.
_NOTICE = re.compile(
    r"(?:请|敬请|望|烦请)?(?:各位|大家|您|领导)?(?:知悉|悉知|知晓|周知)|特此(?:通知|告知|公告|说明|知会)"
    r"|仅供[^,。;\n]{0,6}参考|(?:仅|只是?|单纯)(?:作)?(?:同步|告知|知会|备案|通知)"
    r"|(?:无需|不用|不必|无须|毋须|不需要?|请勿|勿)(?:大家|您|你|再|任何|做|进行|另行|额外|特别|单独)*(?:回复|回信"
    r"|操作|处理|反馈|动作|行动|跟进)|知会(?:一下|各位|大家|您)"
    r"|(?<![A-Za-z])(?:fyi|for your (?:information|reference|records|awareness)|for (?:information|awareness) only"
    r"|just (?:to|wanted to) let (?:you|everyone) know"
    r"|(?:just )?(?:a )?heads[- ]up|no (?:further )?(?:action|reply|response|answer|follow-?up)(?: is"
    r"| are)?(?: needed| required| necessary| expected| on your)"
    r"|no need (?:to|for you to) (?:reply|respond|answer|act|do anything)|(?:nothing|not anything) (?:is )?(?:needed"
    r"|required|for you to do)"
    r"|(?:do not|don['’]t) need to (?:reply|respond|do anything)|you (?:do not|don['’]t) (?:have|need) to (?:reply"
    r"|respond|do|act))",
    re.IGNORECASE,
)
# Courtesies in the form of a request.
_COURTESY = re.compile(
    r"(?:请|烦请|敬请|望)?(?:您|各位|大家|你)?(?:查收|查阅|知悉|悉知|知晓|周知|谅解|见谅|放心|参考|参阅|参见|留意"
    r"|注意查收|见附件|看附件|看下附件|注意(?:安全|时间|一下)|(?:互相|相互)转告|(?:提前|合理|自行|妥善)(?:做好|安排|准备|规划)"
    r"|做好[^,。;\n]{0,8}(?:准备|安排))(?:附件|一下)?"
    r"|(?:如有|若有|如果有|有任?何?)[^。;\n]{0,10}(?:问题|疑问|需要|不清楚|不明白)|随时(?:联系|沟通|找我)|欢迎|无需"
    r"|不用回复|不必|请勿回复"
    r"|(?:please )?(?:see|find|refer to|check) (?:the )?attach|please (?:note|be (?:advised|informed|aware)"
    r"|plan (?:accordingly|ahead)"
    r"|disregard|find)|if you have any|any questions|feel free"
    r"|let me know if (?:you|there)|do(?: not|n['’]t) hesitate|no need|no (?:action|reply|response)",
    re.IGNORECASE,
)

_DENIED = re.compile(r"(?:(?<![a-z])no (?:further )?|无需|不用|不必|无须|毋须)$", re.IGNORECASE)

_CHANNEL_ZH = "微信|企微|企业微信|钉钉|飞书|电话|短信|语音|旺旺|WhatsApp|Teams|Slack|Skype|QQ|IM|群里?|手机|座机"
_CHANNEL_EN = (
    "WeChat|WeCom|Teams|Slack|DingTalk|Lark|Feishu|WhatsApp|Skype|Zoom|IM|chat|(?:the |your )?(?:phone|mobile|cell)"
    "|text|SMS"
)
_TOLD_ZH = re.compile(
    r"(?:已经?|刚刚?|刚才|也|同时|同步|另外?|稍后|随后|待会儿?|等下|一会儿?|会|将|马上|现在"
    rf"|先)[^。;!?\n]{{0,14}}(?:{_CHANNEL_ZH}|打给|致电|去电|@了?[你您])"
    rf"|(?:{_CHANNEL_ZH})(?:上|里|中|群里?)?(?:我?(?:已经?|也|都|刚刚?|同步|再|会|先)|和|跟|给|与"
    rf"|向)?[^。;!?\n]{{0,6}}?(?:同步|沟通过?|联系(?:您|你|过|了|上)|说(?:过|了|明)|发(?:过|了|您|你|给)|通知|告知"
    r"|留言|@|提醒|催|打(?:过|了|给)|拨打)"
    r"|(?:已|刚|也|稍后|会|将)[^。;!?\n]{0,6}(?:致电|拨打|打给|打电话|当面)",
    re.IGNORECASE,
)
_TOLD_EN = re.compile(
    r"(?<![A-Za-z])(?:(?:pinged|messaged|called|phoned|texted|rang|rung|buzzed|DM['’]?e?d|reached out to|notified"
    rf"|informed|told|contacted|left)\s[^.;!?\n]{{0,30}}?(?:on|via|by|over|in|through"
    rf"|a voicemail)\s*(?:{_CHANNEL_EN})?"
    r"|(?:pinged|called|phoned|texted|rang|DM['’]?e?d) (?:you|him|her|them|[A-Z]\w+)"
    r"|(?:i['’]?ll|i will|i['’]?m going to|let me|will|i am going to|going to) (?:also |now |then |follow up (?:and "
    r"|with )?)*(?:call|phone|ping|message|ring|text)(?: you| him| her| them| [A-Z]\w+)?"
    rf"|(?:also|already|just|have|has|been) [^.;!?\n]{{0,30}}?(?:on|via|by|over) (?:{_CHANNEL_EN})(?![A-Za-z]))",
    re.IGNORECASE,
)
_IF_NEEDED = re.compile(
    r"(?:如有|如果|若|有问题|有疑问|有任何|随时|可以|可|请|欢迎|麻烦|if |please |feel free|can "
    r"|may )[^,。;!?\n]{0,16}$",
    re.IGNORECASE,
)

_CLAIM = re.compile(
    r"索赔|理赔|赔偿|赔付|丢件|丢失|破损|少货|短少|少收|少件|漏发|差异|货损|追责|claims?(?![a-z])|compensat|reimburs"
    r"|damaged?|(?<![a-z])lost|missing units|short(?:age|-shipped)|discrepanc"
)
_ADS_CHANGE = re.compile(
    r"调整|调高|调低|上调|下调|提高|提升|降低|降到|降至|增加|追加|减少|缩减|暂停|关停|关闭|开启|停掉|加到|改为|否定"
    r"|优化|重启|新建|投放|[提升加减压砍拉]到\s?(?:[$¥€£]\s?\d|[\d.]+\s?(?:美?元|美金|刀|%|欧))|[加减砍]预算|否[掉词]"
    r"|adjust|increas|decreas|rais|lower|reduc|cut|paus|stop|start|launch|enabl|disabl|add|shift|move|switch|negat"
    r"|optimi",
    re.IGNORECASE,
)
_INFORMATION = re.compile(
    r"^(?:发(?!货)|发送|提供|告知|告诉|回复|反馈|说明|解释|分享|同步|看看|排查|检查|send|share|provide|tell|advise|explain|let"
    r"|answer|reply|forward)",
    re.IGNORECASE,
)

_DAY = (
    r"(?:\d{1,2}\s?月\s?\d{1,2}\s?[日号]?|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}|(?<![\d.])\d{1,2}/\d{1,2}(?![\d/])"
    r"|今[天日晚]|明[天日早晚]|后天|(?:本|这|下)?(?:周|星期|礼拜)[一二三四五六日天末]|月底"
    r"|\d{1,3}\s?(?:个)?(?:小时|天|个?工作日)(?:之?内|后|以内)|today|tonight|tomorrow|(?:by|on|before|until|from"
    r"|this|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:within|in) \d{1,3} (?:hours?|days?|business days|working days)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|EOD|end of (?:day|today"
    r"|the week))"
)
_LOSS = (
    r"(?:损失|罚款|罚金|滞箱费|滞港费|滞纳金|仓储费|违约金|扣款|定金|赔|索赔期|索赔时效|理赔期|申诉期|申诉时效|失效"
    r"|作废|过期|逾期|超时|截止[^。;\n]{0,4}(?:索赔|申诉|申请)|封号|关店|停用|冻结|移除|下架|掉排名|排名(?:下降|下滑"
    r"|掉|跌)|掉权重|丢失?购物车|错过|赶不上|取消订单|退单"
    r"|loss|lose|losing|lost|penalt|fine[sd]?(?![a-z ])|demurrage|detention|storage fee|late fee|expir|claim window"
    r"|deactivat|suspend|shut down|taken down|delist|rank|buy box|miss the|forfeit|cancel)"
)
_SENTENCE = re.compile(r"[。;!?！？；\n]|\.(?=\s|$)")
_HAS_LOSS, _HAS_DAY = re.compile(_LOSS, re.IGNORECASE), re.compile(_DAY, re.IGNORECASE)
_STOCK_LOSS = re.compile(
    r"(?:今[天日晚]|明[天日早晚]|后天|[1-3一两二三]\s?天(?:之?内|后)|\d{1,2}\s?小时)[^。;\n]{0,10}(?:断货|售罄|缺货"
    r"|卖完|没货)|已经?(?:断货|售罄)"
    r"|(?:out of stock|stock(?:s)? out|run(?:s|ning)? out|sell(?:s)? out)[^.;\n]{0,12}(?:today|tonight|tomorrow"
    r"|in (?:1|2|3|one|two|three) days?|in \d{1,2} hours)|(?:already|now) out of stock",
    re.IGNORECASE,
)

# Words without which the pattern of the same name cannot match, in lower case.
_NOTICE_SIGNS = (
    *(
        "知悉",
        "悉知",
        "知晓",
        "周知",
        "特此",
        "参考",
        "仅同步",
        "只同步",
        "只是同步",
        "仅作",
        "仅告知",
        "备案",
        "无需",
        "不用",
        "不必",
        "无须",
        "毋须",
        "不需",
        "请勿",
        "勿",
    ),
    *("知会", "fyi", "heads", "nothing", "anything"),
    *("for your", "for information", "for awareness", "let you know", "let everyone", "no action", "no reply"),
    *("no response", "no answer", "no follow", "no further", "no need", "n't need", "n’t need", "not need"),
    *("n't have", "n’t have", "not have"),
)
_CHANNEL_SIGNS = (
    *(
        "微信",
        "企微",
        "钉钉",
        "飞书",
        "电话",
        "短信",
        "语音",
        "旺旺",
        "群",
        "手机",
        "座机",
        "打给",
        "致电",
        "去电",
        "@",
        "拨打",
        "当面",
        "im上",
        "whatsapp",
        "teams",
        "slack",
        "skype",
    ),
    *(
        "qq",
        "wechat",
        "wecom",
        "dingtalk",
        "lark",
        "feishu",
        "zoom",
        "phone",
        "call",
        "pinged",
        "messaged",
        "texted",
        "messag",
        "ping",
        "dm",
        "rang",
        "sms",
    ),
    *("voicemail", "chat"),
)
_CLAIM_SIGNS = (
    *("赔", "丢", "破损", "少货", "短少", "少收", "少件", "漏发", "差异", "货损", "追责"),
    *("claim", "compensat", "reimburs", "damage", "lost", "missing units", "short", "discrepanc"),
)
_STOCK_SIGNS = (
    *("断货", "售罄", "缺货", "卖完", "没货"),
    *("out of stock", "stock out", "stocks out", "run", "sell out", "sells out"),
)
_LOSS_SIGNS = (
    *(
        "损失",
        "罚",
        "滞",
        "仓储费",
        "违约金",
        "扣款",
        "定金",
        "赔",
        "申诉",
        "失效",
        "作废",
        "过期",
        "逾期",
        "超时",
        "截止",
        "封号",
        "关店",
        "停用",
        "冻结",
        "移除",
        "下架",
        "排名",
    ),
    *(
        "掉权重",
        "丢失",
        "错过",
        "赶不上",
        "取消订单",
        "退单",
        "loss",
        "lose",
        "losing",
        "lost",
        "penalt",
        "fine",
        "demurrage",
        "detention",
        "fee",
        "expir",
    ),
    *("claim", "deactivat", "suspend", "shut", "taken", "delist", "rank", "forfeit", "cancel"),
    *("buy box", "miss the"),
)


def says_notice(words: str) -> bool:
    """Whether the words say that nothing is asked: 请知悉, 无需回复, FYI, no action needed."""
    return any(_NOTICE.search(near) for near in snippets(words, words.lower(), _NOTICE_SIGNS, 24, 48))


def wants_nothing(request: str, before: str = "") -> bool:
    """Whether words in the form of a request are a mere courtesy: 请查收附件, please note, 如有问题随时联系.

    before: the words in front of it, for “no” and 无需.
    """
    return _COURTESY.match(request.strip()) is not None or _DENIED.search(before) is not None


def tells_by_im(words: str) -> bool:
    """Whether the mail says that its reader is or will be told by IM or phone; not “如有问题请电话联系”."""
    for near in snippets(words, words.lower(), _CHANNEL_SIGNS, 48, 40):
        for pattern in (_TOLD_EN,) if near.isascii() else (_TOLD_ZH, _TOLD_EN):
            for m in pattern.finditer(near):
                if not _IF_NEEDED.search(near[max(0, m.start() - 24) : m.start()]):
                    return True
    return False


def asks_for_proof(scenario: str, requests: Iterable[Request], words: str) -> bool:
    """Whether what is asked needs proof: a logistics claim, a review plan, a change of listing or ads; not a question,
    and not 请处理, which lacks more than proof.

    requests: those that are more than courtesy. words: the own text.
    """
    asked = [r for r in requests if r.specific and not _INFORMATION.match(r.verb)]
    if scenario == "logistics":
        return any(r.claim for r in asked) or bool(asked and _claims(words.lower()))
    if scenario == "ads":
        return bool(asked and _ADS_CHANGE.search(words))
    return bool(asked)


def _claims(folded: str) -> bool:
    return any(_CLAIM.search(near) for near in snippets(folded, folded, _CLAIM_SIGNS, 16, 24))


def dated_loss(words: str) -> bool:
    """Whether a sentence names a loss and the day of it. Stock counts only where it is gone within three days: a later
    stock-out date is judged by the figures."""
    folded = words.lower()
    if any(_STOCK_LOSS.search(near) for near in snippets(words, folded, _STOCK_SIGNS, 32, 32)):
        return True
    for near in snippets(words, folded, _LOSS_SIGNS, 90, 90):
        if any(_HAS_LOSS.search(s) and _HAS_DAY.search(s) for s in _SENTENCE.split(near)):
            return True
    return False

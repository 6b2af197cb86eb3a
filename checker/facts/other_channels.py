"""Whether a mail says that its reader is told by other means too: by instant message or phone."""

from __future__ import annotations

import re

from checker.facts.nearby import snippets

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
# Words without which the pattern cannot match, in lower case.
_CHANNEL_SIGNS = (
    *("微信", "企微", "钉钉", "飞书", "电话", "短信", "语音", "旺旺", "群", "手机", "座机", "打给", "致电", "去电"),
    *("@", "拨打", "当面", "im上", "whatsapp", "teams", "slack", "skype", "qq", "wechat", "wecom", "dingtalk", "lark"),
    *("feishu", "zoom", "phone", "call", "pinged", "messaged", "texted", "messag", "ping", "dm", "rang", "sms"),
    *("voicemail", "chat"),
)


def tells_by_im(words: str) -> bool:
    """Whether the mail says that its reader is or will be told by IM or phone; not “如有问题请电话联系”."""
    for near in snippets(words, words.lower(), _CHANNEL_SIGNS, 48, 40):
        for pattern in (_TOLD_EN,) if near.isascii() else (_TOLD_ZH, _TOLD_EN):
            for m in pattern.finditer(near):
                if not _IF_NEEDED.search(near[max(0, m.start() - 24) : m.start()]):
                    return True
    return False

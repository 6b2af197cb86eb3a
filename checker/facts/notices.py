"""Words that say that nothing is asked: of a notice (FYI, 无需回复), and courtesies in the form of a request."""

from __future__ import annotations

import re

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
# Words without which the pattern cannot match, in lower case.
_NOTICE_SIGNS = (
    *("知悉", "悉知", "知晓", "周知", "特此", "参考", "仅同步", "只同步", "只是同步", "仅作", "仅告知", "备案", "无需"),
    *("不用", "不必", "无须", "毋须", "不需", "请勿", "勿", "知会", "fyi", "heads", "nothing", "anything", "for your"),
    *("for information", "for awareness", "let you know", "let everyone", "no action", "no reply", "no response"),
    *("no answer", "no follow", "no further", "no need", "n't need", "n’t need", "not need", "n't have"),
    *("n’t have", "not have"),
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


def says_notice(words: str) -> bool:
    """Whether the words say that nothing is asked: 请知悉, 无需回复, FYI, no action needed."""
    return any(_NOTICE.search(near) for near in snippets(words, words.lower(), _NOTICE_SIGNS, 24, 48))


def wants_nothing(request: str, before: str = "") -> bool:
    """Whether words in the form of a request are a mere courtesy: 请查收附件, please note, 如有问题随时联系.

    before: the words in front of it, for “no” and 无需.
    """
    return _COURTESY.match(request.strip()) is not None or _DENIED.search(before) is not None

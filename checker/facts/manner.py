"""How a phrase is meant: denied, quoted from somebody else, or softened."""

from __future__ import annotations

import re

_DENIED_ZH = re.compile(
    r"(?:不用|不必|无需|无须|毋须|不需要?|不急|用不着|犯不着|没必要|没有必要|不是要?|并非|不算|不该|不应|未必|不要求|不一定|不要|勿|别|并不|没有|没|绝不|从不|不会|不再|谈不上)"
    r"(?:(?!了|再拖|拖)[^,，:：]){0,5}$"
)
_DENIED_EN = re.compile(
    r"\b(?:no need|needn't|not|don't|doesn't|didn't|isn't|aren't|wasn't|won't|never|rather than|instead of|"
    r"without|no rush|nothing|"
    # “I don't understand why you always …” denies the understanding, not what is said behind it
    r"no one|nobody|neither|nor|hardly)\b(?!\s+(?:only|just|acceptable))(?:\s+(?!(?:why|how)\b)[\w']+){0,5}\s*$",
    re.ASCII,
)
_OPEN, _CLOSE = "“「『《‘«", "”」』》’»"
_SAYERS_ZH = (
    "亚马逊|平台|客户|顾客|买家|消费者|供应商|工厂|货代|海关|卖家|他|她|他们|老板|领导|对方|客服|官方|老外|"
    "评论|评价|差评|留言|review|buyer|customer"
)
_SAID_ZH = re.compile(
    rf"(?:{_SAYERS_ZH}).{{0,8}}?(?:(?:说|骂|吐槽|抱怨|评论|留言|写道?|写的|原话|原文|标题|来信|发来|投诉)(?:是|为|道)?[^。!?;；\n]{{0,40}}|"
    rf"(?:评价|称|表示|反馈|认为|觉得|内容|回复)[:,“]?[^。!?;；,\n]{{0,30}})$"
)
# 差评内容: … to the end of the line, or the lines below it; 客户反馈: … to the end of the sentence.
_HEADED = re.compile(
    r"(?:评论|评价|差评|留言|原话|原文|回评|译文|翻译|标题|review|comment|title|headline)[^\n:。]{0,12}:(?:[^\n]{0,160}|"
    r"\s*\n(?:[^\n]+\n)*[^\n]*)$|"
    r"(?:反馈|来信|来邮|邮件内容|买家|客户|feedback|complaint|buyer|customer)[^\n:。]{0,12}:(?:[^\n。!?;]{0,120}|"
    r"\s*\n(?:[^\n]+\n)*[^\n]*)$"
)
_SAID_EN = re.compile(
    r"\b(?:amazon|the \w+|buyers?|customers?|clients?|he|she|they|reviewer|someone|somebody|review|reviews|"
    r"it)\b(?:\s\w+){0,3}?\s"
    r"(?:said|says|asked|asks|asking|saying|wrote|writes|complain(?:s|ed|ing)?|called|calls|claim(?:s|ed|ing)?|"
    r"reads|stat(?:es|ed|ing)|commented|described|"
    r"thinks?|thought)\b[^.!?\n]{0,80}$",
    re.ASCII,
)
_ASKING = re.compile(r"请(?!求)|麻烦|烦请|务必|您|please|pls|kindly")
_AT_LEISURE = re.compile(
    r"有空|有时间|得空|空了|抽空|方便的?话|方便时|方便的?时候|您?方便再|时间允许|可能的话|如果可以|如有可能|如果?有可能|若可以|可以的话|不忙|不着急|不急|"
    r"when(?:ever)? (?:you|u) (?:have|get|can|find|are|could)|at your (?:\w+ )?convenience|if (?:at all )?possible|"
    r"if (?:you|u) (?:can|could|have|get|don't mind)|when(?:ever)? (?:it's |it is )?(?:possible|convenient|"
    r"free)|no rush|when it suits|"
    r"if (?:it's|it is) (?:not too much|convenient|ok|possible)|would it be possible|would you mind|"
    r"could you possibly|as (?:your )?time (?:allows|permits)"
)
# A question softens a mild word (能否尽快), not an order (能否马上).
_MILD = re.compile(r"尽快|尽早|早日|抓紧|赶快|as soon as possible|as soon as you can|soon|quickly|promptly")
_ORDER = re.compile(r"马上|立刻|立即|立马|赶紧|火速|必须|务必|限|急")
_QUESTION = re.compile(
    r"能否|可否|能不能|可不可以|是否(?:可以|能|方便|有)|方便吗|方不方便|可以.{0,20}吗|能.{0,20}吗|好吗|行吗|可以不|\b(?:could|would|may|might|"
    r"can) (?:you|we|i)\b"
)


def is_negated(before: str) -> bool:
    """Whether the words in front deny the phrase. before: the clause up to it, in lower case."""
    return bool(_DENIED_ZH.search(before) or _DENIED_EN.search(before))


def is_quoted(line_before: str, words: str, line_after: str) -> bool:
    """Whether the phrase stands between quotation marks or is attributed to somebody else. All in lower case.

    line_before may hold earlier lines: a review pasted below “评论内容:” is quoted to the next blank line.
    """
    before = line_before[line_before.rfind("\n") + 1 :]
    if _between_marks(before, line_after.partition("\n")[0]):
        return True
    headed = _HEADED.search(line_before) if ":" in line_before else None
    said = headed or _SAID_ZH.search(before) or _SAID_EN.search(before)
    return bool(said) and not _turns_to_the_reader(said[0] if said else "", words)


def _turns_to_the_reader(said: str, words: str) -> bool:
    """客户说货坏了,请尽快处理: what comes behind the comma is asked by the sender."""
    reported, comma, last = said.rpartition(",")
    return bool(comma and reported and _ASKING.search(last + words))


def _between_marks(before: str, after: str) -> bool:
    for opening, closing in zip(_OPEN, _CLOSE, strict=True):
        if opening == "‘":  # the closing one is an apostrophe as well
            continue
        if before.rfind(opening) > before.rfind(closing) and closing in after:
            return True
    return before.count('"') % 2 == 1 and '"' in after


def is_soft(words: str, sentence: str) -> bool:
    """Whether the sentence leaves the reader time (有空的时候, when you have a moment). Both in lower case."""
    if _AT_LEISURE.search(sentence):
        return True
    return bool(_MILD.search(words) and not _ORDER.search(words) and _QUESTION.search(sentence))

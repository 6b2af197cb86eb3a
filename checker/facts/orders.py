"""Bare imperatives: “Confirm the order”, “下达200件采购单”, “周五前给我”."""

from __future__ import annotations

import re

from checker.facts import acts

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
# The first characters of Chinese orders: most clauses begin with none.
_ZH_FIRST = frozenset(
    "确回答反告提发补下采安审批核检排更修调上支付退赔取暂关恢降增联准整汇转预订加删给同协跟处看帮尽及马立抓赶优务先必须需要得另然其首最还以并"
)


def first(text: str, start: int, a: int, b: int, *, head: bool) -> int | None:
    """Where an order begins in the clause a..b of the sentence that begins at start; None without one.

    head: the clause opens the sentence. An order stands at the head, behind a label or behind a name; a Chinese one also
    behind a time.
    """
    begin = a
    while begin < b and text[begin] in " @":
        begin += 1
    if begin >= b:
        return None
    opens = head or _opens(text, start, a)
    if opens and text[begin].isascii() and _EN_ORDER.match(text, begin, b):
        return begin
    timed = text.find("前", begin, b) >= 0 or text.find("内", begin, b) >= 0 or text.find("截止", begin, b) >= 0
    if not timed and (not opens or text[begin] not in _ZH_FIRST):
        return None
    m = _ZH_HEAD.match(text, begin, b)
    if m is None or not (m["time"] or opens) or _OWN_PLAN.search(text, begin, b):
        return None
    if not m["time"] and not _complete(m, text[m.end() : b]):
        return None
    labelled = _LABEL_HEAD.search(text, max(start, a - 24), a)
    return None if a > start and not labelled and _OWN_PLAN.search(text, start, a) else begin


def may_stand(text: str, head: int, end: int) -> bool:
    """Cheap: whether an order may stand in the sentence head..end."""
    if head >= end:
        return False
    if text[head].isascii():
        return text.find(":", head, end) >= 0 or text[head] == "@" or _EN_ORDER.match(text, head, end) is not None
    if text[head] in _ZH_FIRST or text.find(",", head, head + 8) >= 0:
        return True
    return any(text.find(word, head, end) >= 0 for word in ("前", "内", ":", "截止"))


def _opens(text: str, start: int, a: int) -> bool:
    """Whether the clause at a follows a label (需求:) or a name (李强,)."""
    if a <= start:
        return False
    if text[a - 1] == ",":
        return _VOCATIVE.fullmatch(text, start, a - 1) is not None
    return _LABEL_HEAD.search(text, max(start, a - 24), a) is not None


def _complete(m: re.Match[str], after: str) -> bool:
    """确认数量 and 尽快回复 are orders; 确认 alone is none, and 尽快回复您 is a promise."""
    if m["hurry"]:
        return re.match(r"\s?(?:[您你]|客户|买家|大家)", after) is None
    return acts.has_object_zh(after)

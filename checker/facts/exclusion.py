"""Products that are named only to be left out: 这次不用动, 除 B0… 外, no need to touch B0…"""

from __future__ import annotations

import re

from checker.facts.spots import holds

# Between a product and what is said of it: further products of the same list, brackets with a note.
_LIST = r"(?:\s*(?:[、,/&]|和|与|及|以及|and)\s*[A-Za-z0-9][A-Za-z0-9._-]{3,})*"
_NOTE = r"(?:\s*\([^()\n]{0,40}\))?"
_NOW = r"(?:这次|本次|此次|这批|本批|这轮|本周|本月|今天|目前|现在|暂时|暂|先|都|也|就|均|则|还|可以|可|的话){0,3}"
_DO = r"(?:动(?!销)|补|处理|操作|调整?|改|管|下单|采购|发货?|订|参与|纳入|包含|安排|跟进|考虑)"
# 再不补就断货, 如果不补, 能不能补 ask for it; 分别, 特别 are other words.
_NEED_NOT = (
    r"(?<![再若果是旦能会可])(?:不用|无需|不需要?|不必|不要|(?<![分特级类识差区个])别|勿|毋须|无须|暂缓"
    r"|[暂先次都就则]不|不再)"
)
_BEHIND_ZH = (
    rf"(?P<between>[^。;!?\n]{{0,24}}?)(?:{_NOW}{_NEED_NOT}{_NOW}(?:再|做|去|进行|额外|一起)?{_DO}(?!的话)"
    r"|(?<![再若果是旦能会可])不(?:动(?!销)|补)(?!的?话|就|会)"
    r"|不在(?:本次|此次|这次|这批|这个|该|以上|上述)?[^\s,。;]{0,6}(?:范围|之列|名单|计划|列表)|除外|不受影响|不涉及"
    r"|(?:保持|维持)(?:不变|现状|原样|原价)"
    r"|(?:先|暂时?)?(?:跳过|忽略|搁置|放一放)|已经?(?:停售|淘汰|清仓|下架)了?,?(?:不|无需|不用))"
)
_BEHIND_EN = (
    r"[^.;!?\n]{0,30}?(?:(?:does|do|did|is|are|was)(?: ?not|n['’]t) (?:need|require|include|part of|in scope|affect"
    r"|involve|change)"
    r"|(?:is|are) (?:out of scope|excluded|not included|unaffected|not affected|fine (?:as is|for now)|ok for now"
    r"|covered already|already covered)"
    r"|(?:stays?|remains?|keeps?|left) (?:as (?:it )?is|as they are|unchanged|untouched|the same|out)"
    r"|can (?:wait|be (?:skipped|ignored|left))|needs? no (?:action|change|restock|replenishment|order)"
    r"|no (?:action|change|restock|order|replenishment)s? (?:is |are )?(?:needed|required|necessary))"
)
_BEHIND = re.compile(rf"{_LIST}{_NOTE}(?:{_BEHIND_ZH}|{_BEHIND_EN})", re.IGNORECASE)
_AFTER_EXCEPT = re.compile(rf"{_LIST}{_NOTE}\s*(?:这[一两二三]?[个款]|[两二三]款)?\s*(?:之外|以外|外|除外|[,,])")
_BEFORE = re.compile(
    r"(?:(?:不含|不包括|不包含|剔除|排除|不要动|不用动|别动|不动|勿动|跳过|忽略|先不管|暂不处理|不用管|无需调整"
    r"|无需处理)(?:ASIN|SKU)?"
    r"|(?:except(?: for| that)?|excluding|excludes?|other than|apart from|aside from|not including|skip|ignore"
    r"|leave out|leave"
    r"|no need to (?:touch|restock|change|order|replenish|update|adjust|do|reorder|include|worry about)"
    r"|(?:do not|don['’]t|need not|needn['’]t|no longer) (?:touch|restock|change|order|replenish|update|adjust"
    r"|reorder|include|worry about))"
    r"(?: (?:the|ASIN|SKU|anything (?:on|for|about)|more of))*)"
    r"[\s:\"“(]*(?:[A-Za-z0-9][A-Za-z0-9._-]{3,}\s*(?:[、,/&]|和|与|及|and)\s*)*$",
    re.IGNORECASE,
)
_BUT_FOR = re.compile(
    r"除了?(?:ASIN|SKU)?[\s:\"“]*(?:[A-Za-z0-9][A-Za-z0-9._-]{3,}\s*(?:[、,/&]|和|与|及)\s*)*$", re.IGNORECASE
)
_LEAVE = re.compile(r"leave(?: the| ASIN| SKU)*[\s:]*$", re.IGNORECASE)
_AS_IT_IS = re.compile(
    r"[^.;\n]{0,20}? (?:as (?:it )?is|as they are|alone|out|unchanged|untouched|for now)(?![A-Za-z])", re.IGNORECASE
)
_STILL_ASKED = re.compile(
    r"[,;.,。;]?\s*(?:但|不过|只需|只要|仅需|而是|请(?!放心|知悉|注意)|需要|麻烦|烦请|but |only |just "
    r"|please (?!note|be)|instead)",
    re.IGNORECASE,
)
_IF = re.compile(
    r"(?:如果|若|要是|假如|万一|一旦|(?<![A-Za-z])(?:if|unless|once|in case))[^,;。]{0,16}$", re.IGNORECASE
)
_ASKED = re.compile(r"请|麻烦|需要|补货|补 ?\d")
_RIVAL = re.compile(
    r"(?:竞品|竞对|对标|竞争对手|对手|友商|同行|competitors?|competing|rivals?)(?:['’]s|的|产品|链接|款|商品|ASIN"
    r"|listing|product|\s){0,4}[:(\uff1a\uff08]?\s*$",
    re.IGNORECASE,
)
# Words without which nothing is left out, in lower case.
_SIGNS = (
    *(
        "不",
        "无需",
        "无须",
        "毋须",
        "别",
        "勿",
        "除",
        "剔除",
        "跳过",
        "忽略",
        "搁置",
        "暂缓",
        "放一放",
        "保持",
        "维持",
        "停售",
        "淘汰",
        "清仓",
    ),
    *(
        "竞品",
        "竞对",
        "对标",
        "对手",
        "友商",
        "同行",
        "compet",
        "rival",
        "except",
        "exclud",
        "skip",
        "ignor",
        "leave",
        "left",
        "scope",
    ),
    *("unchanged", "untouched", "unaffected", "covered"),
    *(
        "other than",
        "apart from",
        "aside from",
        "n't ",
        "n’t ",
        "not ",
        "no need",
        "no longer",
        "no action",
        "no change",
    ),
    *("no order", "no restock", "no replen", "as is", "as it is", "can wait", "for now", "needs no", "need no"),
)


def may_leave_out(folded: str) -> bool:
    """Whether the lower-case text has any word of leaving out; cheap, for skipping the close look."""
    return holds(folded, _SIGNS)


def is_rivals(before: str) -> bool:
    """Whether the product behind these words is a competitor's."""
    return _RIVAL.search(before) is not None


def left_out(before: str, behind: str) -> bool:
    """Whether a product between `before` and `behind` is named only to be left out.

    before: the words of its sentence up to it; behind: the words after it up to the next product that begins a new
    thought, or the end of the sentence. Not when something else is still asked for it (不用改图, 请改标题).
    """
    if is_rivals(before):
        return True
    if _IF.search(before):
        return False
    if _BUT_FOR.search(before):
        return bool(_AFTER_EXCEPT.match(behind))
    if _LEAVE.search(before):
        return bool(_AS_IT_IS.match(behind))
    if _BEFORE.search(before):
        return True
    said = _BEHIND.match(behind)
    return said is not None and not _ASKED.search(said["between"] or "") and not _STILL_ASKED.search(behind, said.end())

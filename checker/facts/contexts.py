"""What the words around a figure make of it: a norm, a supposition, a comparison, another's word, an order's effect.

All functions read folded matching text.
"""

from __future__ import annotations

import re

# Words between label and number that make a difference, not a level: 库存减少50件, fell 20.
_DIFFERENCE = re.compile(
    r"(?:减少|下降|增加|上涨|上升|下滑|下跌|涨|升|降|跌|少|调|提升)了?(?!.*[到至为])|(?:fell|dropped|drops|down"
    r"|up|rose|climbed|jumped|grew|increased|decreased|declined)(?!.*\b(?:to|at)\b)|\bby\b"
)
_NORM = re.compile(
    r"目标|要求|标准|应|须|需|不得|至少|不低于|不少于|保持|提升|恢复|补[到足]|target|goal|should|must|at least"
    r"|minimum|maintain|keep|raise"
)
_NORM_BEFORE = re.compile(
    r"(?:目标|标准|要求|理想|希望|期望|警戒|合理|建议|最低|需要?|应当?|须|要|确保|保证|保持|至少"
    r"|(?<![a-z])(?:at least|wants?|target|goal|ideal|desired|required|recommended|minimum|min|keep"
    r"|maintain(?:ing)?|should|must|need(?:s)? to|healthy))"
    r"[的\s:]*(?:fba)?\s*$"
)
_NORM_BEHIND = re.compile(
    r"\s?(?:以上)?(?:的)?(?:安全|阈值|警戒|红线|标准|要求|目标|下限|底线|门槛|\s?(?:safety|threshold|minimum"
    r"|target|policy))"
)
_TARGET = re.compile(
    r"(?:目标|(?<![a-z])(?:target|goal))(?:[的\s:是为把将]|(?:is|to|get|bring|keep|the|an?|of)(?![a-z]))*$"
)
_MADE = re.compile(
    r"产能|生产|产出|日产|打包|装箱|加工|缝制|组装|工厂|接收|入库|上架|处理"
    r"|(?<![a-z])(?:make|makes|produces?|capacity|output|packs?|packing|assembles?|factory|receives?|process(?:es)?)(?![a-z])"
)
_MAKERS = re.compile(
    r"(?:工厂|厂[家商里方]|供应商|供货商|贵[司厂]"
    r"|(?<![a-z])(?:factory|supplier|vendor|manufacturer))"
    r"(?:那边|那里|这边|目前|现在|还有|有|还|的|仓库?|手上|手里|['’]s|has|have|holds|still|\s|\d+)*$"
)
_WISH = re.compile(
    r"[把将]|希望|想|需要?|请|争取|计划|力争|(?<![a-z])(?:bring|get|push|take|lower|raise|reduce|cut|aim|want|please|need)"
    r"(?![a-z])"
)
_CHANGE = re.compile(
    r"[降升提拉涨拿控做调回压减恢][^\d]{0,6}[到至为回在]|拉回|(?<![a-z])(?:to|at|below|under|above)(?![a-z])"
)
_COMPARED = re.compile(
    r"上上?个?月|去年|同期|前[一两三]?个?[月年]|历史|往年|(?:旺季|淡季|大促|活动期?|秒杀|prime day|黑五)(?!后"
    r"|结束|之后)|原来|原先|此前|以前|曾经|峰值|比[^,。;]{0,8}$|较|相比|对比|竞品|同行|类目"
    r"|(?<![a-z])(?:last (?:year|month|quarter|season)|previous(?:ly)?|prior|used to|years? ago|months? ago"
    r"|historical(?:ly)?|peak|vs\.?|versus|compared|competitors?|category)(?![a-z])"
)
_IF = re.compile(
    r"如果|假如|假设|假定|倘若|要是|万一|(?<![一-鿿])若|(?<=[,。;\s])若|若是|一旦|(?<![a-z])(?:if|assuming"
    r"|suppose|in case|provided)(?![a-z])"
)
_RISE = re.compile(
    r"\d|翻|倍|涨|上升|升|提高|提升|增加|增长|加大|下降|降|恶化|改善|double|triple|increase|rise|grow|drop|fall"
    r"|decrease|improve|spike|pick up"
)
_NO_ACTION = re.compile(r"不|未|没|无法|延迟|推迟|晚|(?<![a-z])(?:not|no|without|n['’]t|delay|fail)")
_SAID = re.compile(
    r"(?:(?<!请)(?:你|您|贵司|贵方|供应商|工厂|厂家|货代|物流商|买家|客户|顾客|对方|他|她|服务商|竞品|同行"
    r"|竞争对手)(?:们|那边|那儿|方|这边|上次|之前|昨天|今天)?"
    r"(?:[^,。;:!?\n]{0,8}?(?:说(?!得|明)|称|表示|反馈|回复|告知|提到|认为|写|填|给的|给出|报的|报价|标的|显示"
    r"|提供的|统计|算的)|的?(?:表格?|报表|邮件|数据|报告)(?:里|中|上)?)"
    r"|(?:系统|后台|表格?|报表)(?:里|中|上)?(?:显示|写)(?:的|成|着|是|了)*(?=[^。;\n]{0,24}(?:但|实际|其实|不对|有误|错))"
    r"|(?<![a-z])(?:system|sheet|report|dashboard) (?:shows?|says?)"
    r"(?=[^.;\n]{0,32}(?<![a-z])(?:but|actually|in fact|wrong))"
    r"|竞品|竞争对手|根据(?:你|您|供应商|货代|工厂|买家|客户)"
    r"|(?<![a-z])(?:your (?:\w+ )?(?:sheet|table|report|e?mail|figures?|data|list|file|spreadsheet|note)"
    r"|(?:the )?(?:supplier|factory|vendor|buyer|customer|forwarder|competitor)(?:['’]s)? (?:\w+ )?"
    r"(?:says?|said|claims?|claimed|reports?|reported|states?|stated|shows?|mentions?|mentioned|quoted|quotes"
    r"|wrote|sheet|list|figures?|data|file|price)"
    r"|according to (?!our|my|seller central|the seller central|amazon|business)|you (?:wrote|said|stated"
    r"|mentioned|reported|put|quoted|gave)|(?:he|she|they) (?:said|claims?|claimed|wrote|reported)|as per your))"
)
_OWN_AGAIN = re.compile(
    r"但|而(?!且)|实际|其实|我们?|本司|我司|(?<![a-z])(?:but|however|actually|while|whereas|our|we|i|my)(?![a-z])"
)
_UNDER = re.compile(
    r"不到|不足|低于|少于|小于|以下|以内|(?<![a-z])(?:below|under|less than|fewer than|at most"
    r"|(?<!went )(?<!gone )(?<!rose )(?<!back )(?<!is )up to)(?![a-z])"
)
_OR_SO = re.compile(r"^\s?(?:以[上下内])")
_OVER = re.compile(r"超过|高于|大于|多于|以上|(?<![a-z])(?:over|above|more than|at least)(?![a-z])")
_THEN = re.compile(
    r"届时|这样(?!的|算|看|来看|一算|下来|下去|卖)"
    r"|这批|该批|(?<![a-z])(?:(?:that|this|which|it) (?:would|will|should)(?! (?:not|run))|then"
    r"|would (?:then )?give)(?![a-z])"
)
# Days said of the stock and an order together: 到仓后连同现有库存可覆盖30天, 42 days of cover in total.
_WITH_ORDER = re.compile(
    r"(?:补货|补完|到货|入仓|到仓|上架|收货|下单|采购|补单|补上|备货)(?:完成|完毕)?(?:之?后|完)"
    r"|(?:(?:连同|加上|算上)(?:着|上)?|(?:包括|包含|含|和|与|及|跟|并|结合)(?=现|目前|当前|在库|原有|手头"
    r"|剩余))(?:现有|目前|当前|在库|原有|手头|剩余|现在|fba|的|可售)*(?:库存|现货)"
    r"|(?:连同|加上|算上|含|包括)(?:这|本|该|新|此|上述|以上)(?:批|次|单|票|笔|\d)"
    r"|(?<![a-z])(?:together|combined|in total|altogether|in all|all in|on top of|once (?:it|they|this|the|that)"
    r"|(?:with|after|including) (?:this|the|that|a|an|our|these|both|all)? ?(?:new |first |second |next )?(?:po"
    r"|order|restock|replenishment|shipment|arrival|delivery|purchase|batch))(?![a-z])"
)
_SO_GIVES = re.compile(r"\s*(?:[-*•]\s*)?(?:and |so )?(?:that|this|it|which|these|they|those)(?![a-z])")
_BARE_SPAN = re.compile(r"\s*(?:[-*•]\s*)?(?:预计|大概|大约|约|就|也|基本|应该)*(?:能|可|够|足够|足以|支撑|满足|维持)")
_ORDERING = re.compile(
    r"(?:补货|采购|下单|下达|备货|追加|加单|订购|返单|补单|采购单|补|订)[^。;\n]{0,24}\d"
    r"|\d[^。;\n]{0,8}(?:采购单|订单|的货)"
    r"|(?<![a-z])(?:po|order|reorder|restock|replenish|purchase|buy)(?![a-z])[^.;\n]{0,60}\d"
    r"|\d[^.;\n]{0,30}(?<![a-z])(?:po|order|units more)(?![a-z])"
)
_CLAUSE = re.compile(r"[,，。;!?！？；\n(（)）]|\.\s")
_FIGURE_IN = re.compile(r"\d")
_COMMA = re.compile(r"[,，]")


def clause_before(text: str, start: int, at: int) -> str:
    """The words of text[start:at] behind the last comma, bracket or sentence end."""
    words = text[start:at]
    ends = [m.end() for m in _CLAUSE.finditer(words)]
    return words[ends[-1] :] if ends else words


def clause_end(text: str, at: int, end: int) -> int:
    """Where the clause that goes on at `at` ends."""
    m = _CLAUSE.search(text, at, end)
    return m.start() if m else end


def is_norm(gap: str, before: str, follows: str, *, days: bool) -> bool:
    """Whether stock, sales or days are what should be: 应维持至少14天, target DOS, below the 14-day threshold.

    gap: between label and number; before: of the clause; follows: behind the number.
    """
    return bool(_NORM.search(gap) or _NORM_BEFORE.search(before[-10:]) or (days and _NORM_BEHIND.match(follows)))


def is_compared(words: str) -> bool:
    """Whether words speak of another time or somebody else's product: 去年同期, last year's, competitors."""
    return _COMPARED.search(words) is not None


def is_makers(before: str) -> bool:
    """Whether the goods behind these words lie at the maker's: 工厂现货300件, the factory has 300 in stock."""
    return _MAKERS.search(before) is not None


def is_made(words: str) -> bool:
    """Whether words speak of what is made, packed or shipped: 产能500件/天, the factory can make 500 a day."""
    return _MADE.search(words) is not None


def is_target(before: str) -> bool:
    """Whether the words before a label make it a target: 目标ACOS."""
    return _TARGET.search(before[-12:]) is not None


def is_wish(before: str) -> bool:
    """Whether the words of a clause before a label ask for something: 把, 希望, please bring."""
    return _WISH.search(before) is not None


def is_change(gap: str) -> bool:
    """Whether the words between label and number say where it is to go: 降到, back to."""
    return _CHANGE.search(gap) is not None


def is_difference(gap: str) -> bool:
    """Whether the words between label and number make a difference, not a level: 库存减少50件."""
    return _DIFFERENCE.search(gap) is not None


def is_bound(gap: str, follows: str) -> bool:
    """Whether the number is a bound: 不足100件, over 30 days, 30天以上."""
    around = gap + "".join(_OR_SO.findall(follows)[:1])
    return bool(_UNDER.search(around) or _OVER.search(around))


def suppositions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges under an if that changes figures: 如果日均涨到20件, 则….

    The consequences of doing nothing (若不补货, 7天后断货) are no supposition.
    """
    ranges = []
    for m in _IF.finditer(text, start, end):
        comma = _COMMA.search(text, m.end(), end)
        stop = comma.start() if comma else end
        condition = text[m.end() : stop]
        if _NO_ACTION.search(condition) and not _FIGURE_IN.search(condition):
            continue
        ranges.append((m.start(), end if _RISE.search(condition) else stop))
    return ranges


def attributions(text: str, start: int, end: int) -> list[int]:
    """Where the words that give a saying to somebody else end: 你表里写, the supplier says."""
    return [m.end() for m in _SAID.finditer(text, start, end)]


def is_reported(text: str, said: list[int], at: int) -> bool:
    """Whether what stands at `at` is still said by the other, of the attributions of its sentence."""
    before = [end for end in said if end <= at]
    return bool(before) and not _OWN_AGAIN.search(text, before[-1], at)


def is_then(text: str, start: int, at: int) -> bool:
    """Whether text[start:at] speaks of the time after an order: 届时, that would."""
    return _THEN.search(text, start, at) is not None


def counts_order(text: str, start: int, end: int) -> bool:
    """Whether the words count an order in: 连同现有库存, together with the new shipment."""
    return _WITH_ORDER.search(text, start, end) is not None


def goes_on_from(text: str, start: int, end: int, *, spanning: bool) -> bool:
    """Whether a sentence goes on from the one before: that gives…; 可支撑30天, where spanning."""
    return bool(_SO_GIVES.match(text, start, end) or (spanning and _BARE_SPAN.match(text, start, end)))


def orders_quantity(words: str) -> bool:
    """Whether words order a quantity: 采购200件, a PO of 200."""
    return _ORDERING.search(words) is not None


def counts_order_in(text: str, start: int, at: int) -> bool:
    """Whether the clause of text[start:at] counts an order in: 补货后预计5月10日断货."""
    clause = max(text.rfind(",", start, at), start)
    return _WITH_ORDER.search(text, clause, at) is not None


def orders(text: str, start: int, at: int) -> bool:
    """Whether text[start:at] speaks of a quantity that is ordered, or counts one in."""
    return _ORDERING.search(text, start, at) is not None or _WITH_ORDER.search(text, start, at) is not None

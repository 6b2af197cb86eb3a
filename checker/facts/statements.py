"""Statements of a sentence: numbers and days bound to the metric that names them (库存仅剩105件, 15 units a day).

A label binds to the number behind it (库存:105件) or, if that is free, to the one before it (105 units left), across words
that only connect. What is wished for, supposed, compared with or owed to somebody else is told apart here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.facts import metrics
from checker.facts.metrics import Label
from checker.facts.numbers import Number, find, quotient

_CONNECT = re.compile(
    r"(?:[\s:=≈~→>|\"“”'*-]|\([^()\n]{0,24}\)|\)|\(|（|是|为|有|约|在|达|到|至|已|经|仅|只|剩|余|下|还|共|总|计|大概|大约|差不多|高达|仅为|目前|当前|现|预计|降|跌|减|少|涨|升|增|加"
    r"|稳定|平均|数量|数据|件数|大致|左右|接近|将近|近|不到|不足|低于|高于|超过|超|少于|小于|大于|多于|了|的|分别|各|均|都|也|才|能|可|又|再|就|今[日天]|截[至止][^,。;]{0,8}|从|由|掉|维持|保持"
    r"|,?\s?(?:(?:in|over|for|during) )?(?:the )?(?:last|past|previous|trailing|近|过去|最近|前)\s?(?:\d{1,2}|seven|thirty|七|三十)?\s?-?(?:days?|weeks?|[天日周])(?![a-z])"
    r"|as (?:of|at) (?:today|yesterday|this morning|(?:[a-z]{3,9}\.? )?\d{1,2}(?:[/.-]\d{1,2})?(?: [a-z]{3,9})?)(?![a-z])"
    r"|(?:on|for|in|of) (?:the |our |all |both |these )?(?:[a-z-]+ ){0,2}(?:campaigns?|ads|ad groups?|keywords?)(?![a-z])"
    r"|提升|调整?|改|一批|新|货|未来|后续|接下来|至少|最少|最多|随后|之后|以上|个|另外?|销售|持续"
    r"|(?:is|are|was|were|of|at|about|around|only|just|approx\.?|approximately|roughly|nearly|almost|now|currently|today|stands?|dropped|drops|fell|down|up|to|has|have|had"
    r"|been|be|with|equals?|remains?|left|over|under|below|above|less|more|fewer|than|on|average|averages?|averaging|the|an?|level|rate|some|still|it|we|there|for|from|another"
    r"|additional|extra|further|least|most|next|coming|following|upcoming|another|total|will|would|should|reached|went|rose|rises|climbed|jumped|grew|increased|decreased|declined|improved|worsened|moved|changed|by|until|new|set)(?![a-z]))*"
)
_FOLLOW = re.compile(r"(?:\s|的|之|多|左右|of |is |are |were |in |\()*")
_CHANGE = re.compile(
    r"\s*\)?(?:左右|/天|a day|per day)?\s*(?:[^\d,。;\n]{0,10}?(?:降|跌|掉|减|涨|升|增|调|改|变|提|滑|回落)[^\d,。;\n]{0,6}?(?:到|至|为|成)(?:了|约)?|(?:(?:down|up|now|and|has|have|been|dropped|fallen|fell|rose|risen|increased|decreased|reduced|cut|changed|raised|lowered|went|moved|a day|per day|today) )*to(?![a-z])|→|->|=>|>)\s*(?:约|about|around|~)?\s*"
)
_LIST = re.compile(r"\s*(?:[、,/&]|和|与|及|以及|,? ?and)\s*")
_AND = re.compile(r"[、,/&]|和|与|及|(?<![a-z])and(?![a-z])")
# Words between label and number that make a difference, not a level: 库存减少50件, fell 20.
_DIFFERENCE = re.compile(
    r"(?:减少|下降|增加|上涨|上升|下滑|下跌|涨|升|降|跌|少|调|提升)了?(?!.*[到至为])|(?:fell|dropped|drops|down|up|rose|climbed|jumped|grew|increased|decreased|declined)(?!.*\b(?:to|at)\b)|\bby\b"
)
_NORM = re.compile(
    r"目标|要求|标准|应|须|需|不得|至少|不低于|不少于|保持|提升|恢复|补[到足]|target|goal|should|must|at least|minimum|maintain|keep|raise"
)
_NORM_BEFORE = re.compile(
    r"(?:目标|标准|要求|理想|希望|期望|警戒|合理|建议|最低|需要?|应当?|须|要|确保|保证|保持|至少|(?<![a-z])(?:at least|wants?|target|goal|ideal|desired|required|recommended|minimum|min|keep|maintain(?:ing)?|should|must|need(?:s)? to|healthy))"
    r"[的\s:]*(?:fba)?\s*$"
)
_THEN = re.compile(
    r"届时|这样(?!的)|这批|该批|(?<![a-z])(?:(?:that|this|which|it) (?:would|will|should)(?! (?:not|run))|then|would (?:then )?give)(?![a-z])"
)
# Days said of the stock and an order together: 到仓后连同现有库存可覆盖30天, 42 days of cover in total.
_WITH_ORDER = re.compile(
    r"(?:补货|补完|到货|入仓|到仓|上架|收货|下单|采购|补单|补上|备货)(?:完成|完毕)?(?:之?后|完)"
    r"|(?:(?:连同|加上|算上)(?:着|上)?|(?:包括|包含|含|和|与|及|跟|并|结合)(?=现|目前|当前|在库|原有|手头|剩余))(?:现有|目前|当前|在库|原有|手头|剩余|现在|fba|的|可售)*(?:库存|现货)"
    r"|(?:连同|加上|算上|含|包括)(?:这|本|该|新|此|上述|以上)(?:批|次|单|票|笔|\d)"
    r"|(?<![a-z])(?:together|combined|in total|altogether|in all|all in|on top of|once (?:it|they|this|the|that)"
    r"|(?:with|after|including) (?:this|the|that|a|an|our|these|both|all)? ?(?:new |first |second |next )?(?:po|order|restock|replenishment|shipment|arrival|delivery|purchase|batch))(?![a-z])"
)
_HAS = re.compile(
    r"\s?(?:\([^()\n]{0,40}\)|\([a-z]{2}\))?\s?(?:(?:currently |now |still |only |we )?(?:has|have|had|holds?|is (?:down )?(?:at|to))"
    r"(?: only| just| now| still| about| around| currently)*|(?:目前|现在|当前|现|还|仅|只|就)*[有剩](?:下|约|大约)?)\s?"
)
_AT_PRICE = re.compile(r"(?<![a-z])(?:at|for)\s?$")
_SELLING = re.compile(
    r"上架|上线|开售|首发|开卖|上新|售卖|(?<![a-z])(?:launch(?:es|ed|ing)?|go(?:es|ing)? live|list(?:ed|ing)?|sells?|sold|retails?|priced?|on sale)(?![a-z])"
)
_NO_PRICE = re.compile(
    r"出价|竞价|预算|运费|费用|花费|成本|退款|赔|(?<![a-z])(?:bids?|budget|cpc|fees?|cost|spend|refund|credit|invoice|shipping)(?![a-z])"
)
_SO_GIVES = re.compile(r"\s*(?:[-*•]\s*)?(?:and |so )?(?:that|this|it|which|these|they|those)(?![a-z])")
_BARE_SPAN = re.compile(r"\s*(?:[-*•]\s*)?(?:预计|大概|大约|约|就|也|基本|应该)*(?:能|可|够|足够|足以|支撑|满足|维持)")
_ORDERING = re.compile(
    r"(?:补货|采购|下单|下达|备货|追加|加单|订购|返单|补单|采购单|补|订)[^。;\n]{0,24}\d|\d[^。;\n]{0,8}(?:采购单|订单|的货)"
    r"|(?<![a-z])(?:po|order|reorder|restock|replenish|purchase|buy)(?![a-z])[^.;\n]{0,60}\d|\d[^.;\n]{0,30}(?<![a-z])(?:po|order|units more)(?![a-z])"
)
_LAST_AS_VERB = re.compile(
    r"(?:(?:will|would|to|can|could|should|may|might|only|not|also|us|stock|inventory|units|pcs|it|they|days|supply|goods|t)\s+)$"
)
_TARGET = re.compile(r"(?:目标|(?<![a-z])(?:target|goal))[的\s:]*$")
_ALONE = re.compile(r"\s*(?:[,，。;、)\n]|$|\.\s)")
_WANTED = re.compile(r"(?:需要?|要|(?<![a-z])(?:needs?|wants?|require))\s*$")
_NORM_BEHIND = re.compile(
    r"\s?(?:以上)?(?:的)?(?:安全|阈值|警戒|红线|标准|要求|目标|下限|底线|门槛|\s?(?:safety|threshold|minimum|target|policy))"
)
_COMPARED = re.compile(
    r"上上?个?月|去年|同期|前[一两三]?个?[月年]|历史|往年|(?:旺季|淡季|大促|活动期?|秒杀|prime day|黑五)(?!后|结束|之后)|原来|原先|此前|以前|曾经|峰值|比[^,。;]{0,8}$|较|相比|对比|竞品|同行|类目"
    r"|(?<![a-z])(?:last (?:year|month|quarter|season)|previous(?:ly)?|prior|used to|years? ago|months? ago|historical(?:ly)?|peak|vs\.?|versus|compared|competitors?|category)(?![a-z])"
)
_IF = re.compile(
    r"如果|假如|假设|假定|倘若|要是|万一|(?<![一-鿿])若|(?<=[,。;\s])若|若是|一旦|(?<![a-z])(?:if|assuming|suppose|in case|provided)(?![a-z])"
)
_RISE = re.compile(
    r"\d|翻|倍|涨|上升|升|提高|提升|增加|增长|加大|下降|降|恶化|改善|double|triple|increase|rise|grow|drop|fall|decrease|improve|spike|pick up"
)
_NO_ACTION = re.compile(r"不|未|没|无法|延迟|推迟|晚|(?<![a-z])(?:not|no|without|n['’]t|delay|fail)")
_SAID = re.compile(
    r"(?:(?<!请)(?:你|您|贵司|贵方|供应商|工厂|厂家|货代|物流商|买家|客户|顾客|对方|他|她|服务商|竞品|同行|竞争对手)(?:们|那边|那儿|方|这边|上次|之前|昨天|今天)?"
    r"(?:[^,。;:!?\n]{0,8}?(?:说(?!得|明)|称|表示|反馈|回复|告知|提到|认为|写|填|给的|给出|报的|报价|标的|显示|提供的|统计|算的)|的?(?:表格?|报表|邮件|数据|报告)(?:里|中|上)?)"
    r"|竞品|竞争对手|根据(?:你|您|供应商|货代|工厂|买家|客户)"
    r"|(?<![a-z])(?:your (?:\w+ )?(?:sheet|table|report|e?mail|figures?|data|list|file|spreadsheet|note)|(?:the )?(?:supplier|factory|vendor|buyer|customer|forwarder|competitor)(?:['’]s)? (?:\w+ )?"
    r"(?:says?|said|claims?|claimed|reports?|reported|states?|stated|shows?|mentions?|mentioned|quoted|quotes|wrote|sheet|list|figures?|data|file|price)"
    r"|according to (?!our|my|seller central|the seller central|amazon|business)|you (?:wrote|said|stated|mentioned|reported|put|quoted|gave)|(?:he|she|they) (?:said|claims?|claimed|wrote|reported)|as per your))"
)
_OWN_AGAIN = re.compile(
    r"但|而(?!且)|实际|其实|我们?|本司|我司|(?<![a-z])(?:but|however|actually|while|whereas|our|we|i|my)(?![a-z])"
)
_UNDER = re.compile(
    r"不到|不足|低于|少于|小于|以下|以内|(?<![a-z])(?:below|under|less than|fewer than|at most|(?<!went )(?<!gone )(?<!rose )(?<!back )(?<!is )up to)(?![a-z])"
)
_OR_SO = re.compile(r"^\s?(?:以[上下内])")
_OVER = re.compile(r"超过|高于|大于|多于|以上|(?<![a-z])(?:over|above|more than|at least)(?![a-z])")
_NOT_A_SPAN = re.compile(
    r"\s?(?:左右)?\s?(?:内(?!的?(?:销|需|用))|之内|以内|后|之后|以后|前|之前|未|没|无|以来|一次|一批|的?(?:交期|货期|账期|时效)|(?:in advance|later|earlier|before|after|ago|prior|lead)(?![a-z]))"
)
_DONE = re.compile(
    r"(?:已经?|刚|昨[天日]|上[周次月回批]|之前|此前|前[天日]|曾|(?<![a-z])(?:already|last|previous(?:ly)?|earlier|have|has|had|was|were|we['’]ve)(?: \w+)?)\s*(?:安排|经|向\S{0,6}|跟\S{0,6}|给\S{0,6}){0,2}$"
)
_CLAUSE = re.compile(r"[,，。;!?！？；\n(（)）]|\.\s")

_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半|one|two|three|four|seven|thirty)?"
_WINDOW_BEFORE = re.compile(
    rf"(?:近|过去|最近|前|上|这)?\s?{_N}\s?个?(?P<u>天|日|周|星期|月)(?:内|里|以来|来|的)?\s?(?:总共|一共|总|共|累计|合计|实际|大概|大约|约|差不多|能|可以|平均)*"
    r"(?:总?销量|总?销售量|销售数量|卖了|卖出了?|卖|售出了?|销售了?|销售|销|出单量?|出了|单量|订单量?|出货量?)(?:总计|合计|总共|一共|共计|共|总量)?"
    r"|(?<![均a-z])(?:销量|销售量|售出|出单量?|单量)\s?\(?\s?(?:近|过去|最近|前)\s?(?P<n5>\d{1,2})\s?[天日](?:内)?\)?"
    r"|(?<![a-z])(?<!daily )(?<!average )(?<!avg )(?<!avg\. )(?:(?:unit |total )?sales|units sold|sold),? (?:in |over |for |during )?(?:the )?(?:last|past|previous) (?P<n6>\d{1,2}) days"
    r"|(?<![a-z])(?:(?:last|past|previous|trailing) )?(?P<n2>\d{1,3}|seven|thirty)?[- ]?(?P<u2>day|week|month)s?['’]? (?:total )?(?:unit )?(?:sales|units sold|sold)(?![a-z])"
    r"|(?<![a-z])(?P<u3>weekly|monthly) (?:unit )?sales(?![a-z])|(?<![a-z])(?:t|l)(?P<n4>7|14|30)d?(?: sales)?(?![a-z\d])"
)
_DAILY_BEFORE = re.compile(r"(?<![a-z])(?:daily|avg|average|mean|per day|a day|velocity)(?![a-z])[^,;]*$")
_WINDOW_CUE = re.compile(
    r"[天日周期月][^,。;\n]{0,10}?[销售卖单出]|[销售单量出]\s?\(?(?:近|过去|最近|前)|day|week|month|[tl](?:7|14|30)(?![\da-z]{2})"
)
_WINDOW_AFTER = re.compile(
    r"\s*(?:units?|pcs|pieces|orders)?\s*(?:were |was )?(?P<sold>sold )?(?:in|over|during|within|for|across)? ?(?:the )?(?:last|past|previous|trailing) (?P<n>\d{1,3}|seven|thirty|two)? ?(?P<u>day|week|month)s?(?![a-z])"
)
_NOT_PAST = re.compile(r"(?:未来|接下来|后续|后面|覆盖|满足|支撑|支持|next|coming|cover)\s*(?:至少|约)?$")
_WINDOW_GLUE = re.compile(
    r"(?:[\s:=~≈了]|是|为|共|有|约|大概|合计|达|到|仅|只|\([^()\n]{0,12}\)|(?:were|was|is|of|about|only|total)(?![a-z]))*"
)
_DAYS_OF = {
    "天": 1,
    "日": 1,
    "day": 1,
    "周": 7,
    "星期": 7,
    "week": 7,
    "weekly": 7,
    "月": 30,
    "month": 30,
    "monthly": 30,
}
_COUNTS = {
    "一": 1,
    "two": 2,
    "one": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "three": 3,
    "四": 4,
    "four": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "seven": 7,
    "十": 10,
    "十四": 14,
    "三十": 30,
    "thirty": 30,
    "半": 0.5,
}

_RUN_OUT = r"(?:断货|售罄|卖完|缺货|卖光|卖空|售完|脱销|断档|耗尽|没货|清空)"
_OUT_BEHIND = re.compile(
    rf"(?P<in>(?:左右|后|内|之后|以后|之内|以内|就|会|将|要|可能|预计|全面|开始|即|便|也|可|能|面临|全部|彻底|基本|库存|\s)*){_RUN_OUT}"
    r"|\s?(?:until|till|before|to|away from) (?:we |it |they )?(?:are |is |go |hit )?(?:stock[- ]?outs?|stocking out|run(?:ning|s)? out|oos|out of stock|we run)"
)
_OUT_BEFORE = re.compile(
    rf"(?:{_RUN_OUT}(?:时间|日期)?|(?<![a-z])(?:run|runs|running|sell|sells|stock|stocks|be|go|goes) out(?: of (?:stock|inventory|units|it))?|(?<![a-z])(?:stock[- ]?out|oos|out of stock|depleted))"
    r"\s*(?:again |completely )?(?:预计|大概|约|大约|还有|还剩|只有|只剩|仅剩|仅有|就在|不到|仅|剩|在|:|is |expected |(?:in|within|after) (?:about |around |less than |approximately |roughly |only |just )?|\s|~)+$"
)


_SPEAKING_UNITS = frozenset({"units_per_day", "stars", "days", *metrics.MONEY})


class Statement(NamedTuple):
    """A metric with its number. turn counts the numbers of one list (分别为105件和200件); every: said of each product."""

    metric: str
    number: Number
    reported: bool
    turn: int = 0
    every: bool = False
    label: tuple[int, int] = (0, 0)


def statements(text: str, start: int, end: int, codes: tuple[tuple[int, int], ...]) -> list[Statement]:
    """What the sentence text[start:end] (folded matching text) states, in order of the numbers.

    codes: ranges of ASINs, SKUs and other names, which hold no numbers.
    """
    numbers = find(text, start, end, codes)
    if not numbers:
        return []
    names = [
        n
        for n in metrics.labels(text, start, end)
        if not any(a < n.end and n.start < b for a, b in codes) and not _last_days(text, start, n)
    ]
    speaking = {n.unit for n in numbers} & _SPEAKING_UNITS
    if not names and not speaking and not _WINDOW_CUE.search(text, start, end):
        return []
    return sorted(_Sentence(text, start, end, numbers, names, codes).read(), key=lambda s: s.number.start)


def _last_days(text: str, start: int, name: Label) -> bool:
    """Whether the label is the adjective of "last 7 days", which is no verb."""
    return (
        name.metric == "support"
        and re.match(r"last(?![a-z])", text[name.start : name.end]) is not None
        and _LAST_AS_VERB.search(text[max(start, name.start - 12) : name.start]) is None
    )


def counts_order_in(text: str, start: int, at: int) -> bool:
    """Whether the clause of text[start:at] counts an order in: 补货后预计5月10日断货."""
    clause = max(text.rfind(",", start, at), start)
    return _WITH_ORDER.search(text, clause, at) is not None


def orders(text: str, start: int, at: int) -> bool:
    """Whether text[start:at] speaks of a quantity that is ordered, or counts one in."""
    return _ORDERING.search(text, start, at) is not None or _WITH_ORDER.search(text, start, at) is not None


class _Sentence:
    """One sentence being read: what is bound so far."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        numbers: tuple[Number, ...],
        names: list[Label],
        codes: tuple[tuple[int, int], ...],
    ) -> None:
        self.text, self.start, self.end = text, start, end
        self.numbers, self.names, self.codes = numbers, names, codes
        self.used_numbers: set[int] = set()
        self.used_names: set[Label] = set()
        self.found: list[Statement] = []

    def read(self) -> Iterator[Statement]:
        self._quotients()
        self._windows()
        self._run_outs()
        for number in self.numbers:
            if number.start not in self.used_numbers and not self._within_name(number):
                self._bind(number)
        self._carry_over()
        self._divide()
        if not self.found:
            return
        suppositions = self._suppositions()
        said = [m.span() for m in _SAID.finditer(self.text, self.start, self.end)]
        for statement in self.found:
            if not any(a <= statement.number.start < b for a, b in suppositions):
                yield statement._replace(reported=self._reported(statement, said)) if said else statement

    def _keep(
        self, metric: str, number: Number, label: tuple[int, int] = (0, 0), turn: int = 0, *, every: bool = False
    ) -> None:
        self.used_numbers.add(number.start)
        if metric != "void":
            self.found.append(Statement(metric, number, False, turn, every, label))

    # Forms that are read as a whole, before single labels.

    def _quotients(self) -> None:
        pair = quotient(self.text, self.start, self.end)
        if pair and any(n.metric in ("dos", "support", "stock", "daily_sales") for n in self.names):
            self._keep("stock", pair[0])
            self._keep("daily_sales", pair[1])
            result = next((n for n in self.numbers if n.start > pair[1].end), None)
            if result and result.unit in ("days", "") and "=" in self.text[pair[1].end : result.start] + "=":
                self._keep("dos", result)

    def _windows(self) -> None:
        """近7天共售出105件, sold 105 units in the last 7 days: the sales of a day."""
        if not _WINDOW_CUE.search(self.text, self.start, self.end):
            return
        for m in _WINDOW_BEFORE.finditer(self.text, self.start, self.end):
            count = m["n"] or m["n2"] or m["n4"] or m["n5"] or m["n6"]
            unit = m["u"] or m["u2"] or m["u3"] or "天"
            if (not count and unit in ("天", "日", "day")) or _NOT_PAST.search(self.text[self.start : m.start()]):
                continue
            number = next((n for n in self.numbers if n.start >= m.end()), None)
            if number and number.unit in ("units", "") and self._connected(_WINDOW_GLUE, m.end(), number.start):
                self._window(number, count, unit, (m.start(), m.end()))
        for number in self.numbers:
            m2 = _WINDOW_AFTER.match(self.text, number.end, self.end) if number.unit in ("units", "") else None
            if m2 and (
                m2["sold"]
                or re.search(r"(?:sold|sales(?: of)?|shipped)[a-z :]{0,16}$", self.text[self.start : number.start])
                and not _DAILY_BEFORE.search(self.text, self.start, number.start)
            ):
                self._window(number, m2["n"], m2["u"], (number.end, m2.end()))

    def _window(self, number: Number, count: str | None, unit: str, label: tuple[int, int]) -> None:
        many = (
            float(count) if count and count.isascii() and count.isdigit() else _COUNTS.get(count or "一", 1.0)
        ) * _DAYS_OF[unit]
        if number.start in self.used_numbers or many <= 0 or _COMPARED.search(self._clause_before(label[0])):
            return
        daily = number._replace(
            value=number.value / many, high=number.high / many, precision=number.precision / many, unit="units_per_day"
        )
        self._keep("daily_sales", daily, label)
        self.used_numbers |= {n.start for n in self.numbers if label[0] <= n.start < label[1]}

    def _run_outs(self) -> None:
        """7天后断货, will run out in 7 days."""
        for number in self.numbers:
            if number.unit != "days" or number.start in self.used_numbers:
                continue
            m = _OUT_BEHIND.match(self.text, number.end, self.end)
            ahead = self.text[max(self.start, number.start - 24) : number.start]
            soon = m and (
                m["in"] is None
                or m["in"].strip()
                or re.search(r"(?:预计|约|还有|大概|再过|过|会在|将在|可能|速度|销速|节奏|来看|推算|计算)\s*$", ahead)
            )
            if soon or _OUT_BEFORE.search(ahead):
                within = re.match(r"\s?(?:左右)?\s?(?:内|之内|以内)", self.text[number.end : self.end]) or re.search(
                    r"within|less than|不到", ahead
                )
                self._keep("stockout_days", number._replace(approximate=number.approximate or bool(within)))

    # Single labels.

    def _within_name(self, number: Number) -> bool:
        return any(n.start <= number.start and number.end <= n.end for n in self.names)

    def _bind(self, number: Number) -> None:
        behind = self._name_behind(number)
        if behind and behind.metric == "safety_stock":
            return self._bound(behind, number, "")
        before = self._name_before(number)
        if before:
            gap = self.text[before.end : number.start]
            if self._continues_code(number, before):
                return None
            return self._bound(before, number, gap)
        if self._continues_code(number, None):
            return None
        if not behind and self._explains_days(number):
            return self._keep("stock", number)
        if behind:
            return self._bound(behind, number, "")
        number, old = self._changed(number)
        if old is not None:
            self.used_numbers |= {number.start, old.start}
        if number.unit == "units_per_day" and not _COMPARED.search(self._clause_before(number.start)):
            self._keep("daily_sales", number, (number.start, number.end))
        elif number.unit == "stars":
            self._keep("rating", number)
        elif number.unit == "units" and self._held_by_product(number):
            self._keep("stock", number)
        elif number.unit in metrics.MONEY and self._asked_for_it(number):
            self._keep("price", number)
        return None

    def _held_by_product(self, number: Number) -> bool:
        """B0… has 210 units, sells 14 a day: what a product has, where the sentence goes on with sales or days."""
        code = max((b for _, b in self.codes if b <= number.start), default=-1)
        if code < 0 or not _HAS.fullmatch(self.text, code, number.start):
            return False
        stop = min((a for a, _ in self.codes if a >= number.end), default=self.end)
        rest = [n for n in self.names if number.end <= n.start < stop]
        return not any(n.metric in ("stock", "hold", "in_transit", "order") for n in rest) and (
            any(n.metric in ("daily_sales", "dos", "support") for n in rest)
            or any(n.unit == "units_per_day" and number.end <= n.start < stop for n in self.numbers)
        )

    def _asked_for_it(self, number: Number) -> bool:
        """launches on 23 March at $34.99: an amount of money in a sentence that sells."""
        clause = self._clause_before(number.start)
        return bool(
            _AT_PRICE.search(clause)
            and _SELLING.search(self.text, self.start, number.start)
            and not _NO_PRICE.search(clause)
        )

    def _explains_days(self, number: Number) -> bool:
        """The first number in the bracket behind days of supply: 只有7天(105件, 日均15件)."""
        if number.unit != "units":
            return False
        opening = self.text.rfind("(", self.start, number.start)
        days = next((s.number.end for s in self.found if s.metric == "dos"), -1)
        return opening >= 0 and not self.text[opening + 1 : number.start].strip() and opening - days in (0, 1)

    def _continues_code(self, number: Number, name: Label | None) -> bool:
        """Digits glued to letters are a code (X20, A4), but for a label (DOS7天)."""
        glued = (
            number.start > self.start
            and self.text[number.start - 1].isascii()
            and self.text[number.start - 1].isalpha()
        )
        return glued and self.text[number.start].isdigit() and not (name and name.end == number.start)

    def _name_before(self, number: Number) -> Label | None:
        for name in reversed(self.names):
            if name.end > number.start:
                continue
            if name in self.used_names and self._bracketed(name, number):
                continue
            if name.mode == "a" or name in self.used_names:
                return None
            if not self._connected(_CONNECT, name.end, number.start):
                return None
            if metrics.fits(name.metric, number.unit) and not self._needs_unit(name, number):
                return name
            return None
        return None

    def _bracketed(self, name: Label, number: Number) -> bool:
        """Whether the label stands in a bracket that closes before the number: DOS(库存105/日均15)=7天."""
        closing = self.text.find(")", name.end, number.start)
        return closing >= 0 and self.text.find("(", name.end, closing) < 0

    def _needs_unit(self, name: Label, number: Number) -> bool:
        """A verb alone (下单, order) goes with a number of units; a noun (补货数量) with any."""
        if name.metric not in ("order", "hold", "coverage") or number.unit:
            return False
        told = any(n.metric in ("stock", "dos", "daily_sales", "support") for n in self.names)
        if name.metric == "hold":
            return not told
        if name.metric == "order" and (told or ":" in self.text[name.end : number.start]):
            return not _ALONE.match(self.text, number.end)
        words = self.text[name.start : name.end]
        return not re.search(r"数|量|qty|quantity|units|size|amount|days", words)

    def _name_behind(self, number: Number) -> Label | None:
        for name in self.names:
            if name.start <= number.start or name.mode == "b" or name in self.used_names:
                continue
            if name.start > number.end and not _FOLLOW.fullmatch(self.text, number.end, name.start):
                return None
            if not metrics.fits(name.metric, number.unit) or self._takes_next(name, number):
                return None
            if not number.unit and not self.text[name.start].isascii():
                return None
            return name
        return None

    def _takes_next(self, name: Label, number: Number) -> bool:
        """Whether a label behind the number has a number of its own (105件 日均15件)."""
        after = next((n for n in self.numbers if n.start >= name.end and n.start > number.start), None)
        return (
            after is not None
            and after.start not in self.used_numbers
            and self._connected(_CONNECT, name.end, after.start)
            and metrics.fits(name.metric, after.unit)
            and name.metric != "rating"
        )

    def _connected(self, glue: re.Pattern[str], start: int, end: int) -> bool:
        if end - start > 60:
            return False
        gap = self.text[start:end]
        named = 0
        for a, b in self.codes:
            if start <= a and b <= end:
                gap, named = gap.replace(self.text[a:b], " ").replace("asin", "").replace("sku", ""), named + 1
        if named > 1:
            gap = _AND.sub(" ", gap)
        return len(gap) <= 48 and glue.fullmatch(gap) is not None

    def _bound(self, name: Label, number: Number, gap: str) -> None:
        number, change = self._changed(number, name)
        metric = self._resolved(name, number, "" if change else gap)
        self.used_names.add(name)
        self.used_numbers.add(number.start)
        if metric is None:
            return
        number = self._bounded(number, gap)
        label = (name.start, name.end)
        if change is not None:
            self.used_numbers.add(change.start)
            if metric == "rating":
                self._keep("rating", change, label)
                metric = "rating_to"
        around = self.text[max(self.start, name.start - 3) : name.start] + gap + self.text[number.end : number.end + 6]
        every = bool(re.search(r"各(?!位|种|项)|均(?!销|值)|都是|都为|each", around))
        listed = "分别" in self.text[self.start : number.start] or "respectively" in self.text[number.end : self.end]
        self._keep(metric, number, label, 1 if listed else 0, every=every)
        if listed:
            self._list_goes_on(metric, number, label)

    def _divide(self) -> None:
        """The amount without a name that, divided by the daily sales, gives the days: US: 300 units, 20/day, DOS 15."""
        by_metric = {m: [s.number for s in self.found if s.metric == m] for m in ("stock", "daily_sales", "dos")}
        if by_metric["stock"] or len(by_metric["daily_sales"]) != 1 or len(by_metric["dos"]) != 1:
            return
        daily, dos = by_metric["daily_sales"][0], by_metric["dos"][0]
        for number in self.numbers:
            if number.start not in self.used_numbers and number.unit in ("units", "") and daily.value > 0:
                if abs(number.value / daily.value - dos.value) < 1 and number.value > daily.value:
                    return self._keep("stock", number)

    def _carry_over(self) -> None:
        """库存: B0A 105件, B0B 200件: the label goes on for the products that follow."""
        if len(self.codes) < 2:
            return
        last: Statement | None = None
        for number in self.numbers:
            code = max((b for _, b in self.codes if b <= number.start), default=0)
            own = next((s for s in self.found if s.number.start == number.start), None)
            if own:
                last = own if own.label[1] <= code and code else None
            elif last and number.start not in self.used_numbers and number.unit == last.number.unit:
                if code > last.number.end and self._connected(_CONNECT, code, number.start):
                    self._keep(last.metric, number, last.label)

    def _changed(self, number: Number, name: Label | None = None) -> tuple[Number, Number | None]:
        """(new, old) where the text says 从20件降到15件, $29.99 → $24.99; else (number, None)."""
        after = next((n for n in self.numbers if n.start >= number.end), None)
        if (
            after is None
            or not (metrics.fits(name.metric, after.unit) if name else after.unit == number.unit != "")
            or (after.unit == "days") != (number.unit == "days")
            or not _CHANGE.fullmatch(self.text, number.end, after.start)
        ):
            return number, None
        return after, number

    def _list_goes_on(self, metric: str, number: Number, label: tuple[int, int]) -> None:
        last, turn = number, 1
        for n in self.numbers:
            if n.start <= last.start or n.start in self.used_numbers:
                continue
            if not _LIST.fullmatch(self.text, last.end, n.start) or n.unit not in (number.unit, "", "units"):
                return
            turn += 1
            self._keep(metric, n, label, turn)
            last = n

    def _resolved(self, name: Label, number: Number, gap: str) -> str | None:
        """The metric that the label and its context give, None for what is no figure."""
        if name.metric == "void":
            return "void"
        before = self._clause_before(min(name.start, number.start))
        metric = self._by_unit(name, number, before)
        follows = self.text[number.end : number.end + 12]
        if metric == "dos" and _WANTED.search(before[-10:]) and any(n.metric == "order" for n in self.names):
            return "coverage"
        if metric in ("stock", "dos", "daily_sales", "support") and (
            _NORM.search(gap)
            or _NORM_BEFORE.search(before[-10:])
            or (number.unit == "days" and _NORM_BEHIND.match(follows))
            or _COMPARED.search(before[-30:])
            or _COMPARED.search(gap)
        ):
            return None
        if metric not in ("order", "coverage") and _TARGET.search(before[-12:]):
            return None
        if metric in ("dos", "coverage") and number.unit == "days" and _NOT_A_SPAN.match(follows):
            return None
        if gap and metric in ("stock", "daily_sales", "dos", "rating", "price") and _DIFFERENCE.search(gap):
            return None
        if metric == "rating" and not 0 < number.value <= 5:
            return None
        return metric

    def _by_unit(self, name: Label, number: Number, before: str) -> str:
        days = number.unit == "days"
        ordered = self._order_stands_before(name.start) or (days and self._speaks_of_order(name, number))
        if name.metric in ("support", "coverage") or (name.metric == "order" and days):
            own_stock = re.search(r"库存|现货|可售|在库|(?<![a-z])(?:stock|inventory|on hand|units left)", before)
            if name.metric == "order":
                return "coverage"
            if self._names_cover(name) and not (ordered or _ORDERING.search(self._sentence_before())):
                return "dos"
            if ordered or re.search(r"(?:补货|到货|加上|入仓|上架)后?|(?<![a-z])(?:with|after)(?![a-z])", before):
                return "coverage"
            return "dos" if name.metric == "support" or own_stock else "coverage"
        if name.metric in ("stock", "hold", "safety_stock") and days:
            if name.metric == "safety_stock":
                return "safety_stock"
            return "coverage" if ordered and name.start > number.start else "dos"
        if name.metric == "dos" and (ordered or re.search(r"(?:补货|到货|加上|入仓)后", before)):
            return "coverage"
        if name.metric == "hold":
            return "stock"
        if name.metric == "order" and _DONE.search(before):
            return "in_transit" if re.search(r"已|already|have|has", before[-14:]) else "void"
        return name.metric

    def _names_cover(self, name: Label) -> bool:
        """Cover: 7 days, cover is 7 days: the noun."""
        return (
            name.metric == "coverage"
            and self.text[name.start : name.end] in ("cover", "coverage")
            and re.match(r"\s?(?::|=|is |now )", self.text[name.end : name.end + 5]) is not None
        )

    def _speaks_of_order(self, name: Label, number: Number) -> bool:
        """Whether the days count an order in: by the words since the last figure, or as a sentence that goes on from one."""
        since = max((s.number.end for s in self.found if s.number.end <= name.start), default=self.start)
        behind = _CLAUSE.search(self.text, number.end, self.end)
        if _WITH_ORDER.search(self.text, since, behind.start() if behind else self.end):
            return True
        goes_on = _SO_GIVES.match(self.text, self.start, self.end) or (
            name.metric in ("support", "coverage") and _BARE_SPAN.match(self.text, self.start, self.end)
        )
        return bool(goes_on) and _ORDERING.search(self._sentence_before()) is not None

    def _sentence_before(self) -> str:
        words = self.text[max(0, self.start - 200) : self.start].rstrip(" 。.!?;\n")
        return re.split(r"[。!?;\n]|\.\s", words)[-1]

    def _order_stands_before(self, at: int) -> bool:
        """Whether an order is what the words speak of: its label is nearer than one of stock, or 这样, that would."""
        if _THEN.search(self.text[self.start : at]):
            return True
        for name in reversed(self.names):
            if name.end <= at and name.metric in ("order", "stock", "hold", "daily_sales"):
                return name.metric == "order"
        return False

    def _bounded(self, number: Number, gap: str) -> Number:
        """不足100件, over 30 days: the value is a bound, so its precision is all of it."""
        around = gap + "".join(_OR_SO.findall(self.text[number.end : number.end + 4])[:1])
        if _UNDER.search(around) or _OVER.search(around):
            return number._replace(approximate=True, precision=max(number.value, number.precision))
        return number

    def _clause_before(self, at: int) -> str:
        words = self.text[self.start : at]
        ends = [m.end() for m in _CLAUSE.finditer(words)]
        return words[ends[-1] :] if ends else words

    # What is only supposed, or said by somebody else.

    def _suppositions(self) -> list[tuple[int, int]]:
        """Ranges under an if that changes figures: 如果日均涨到20件, 则… The consequences of doing nothing are no supposition."""
        ranges = []
        for m in _IF.finditer(self.text, self.start, self.end):
            comma = re.compile(r"[,，]").search(self.text, m.end(), self.end)
            stop = comma.start() if comma else self.end
            condition = self.text[m.end() : stop]
            if _NO_ACTION.search(condition) and not re.search(r"\d", condition):
                continue
            ranges.append((m.start(), self.end if _RISE.search(condition) else stop))
        return ranges

    def _reported(self, statement: Statement, said: list[tuple[int, int]]) -> bool:
        at = min(statement.number.start, statement.label[0] or statement.number.start)
        before = [end for _, end in said if end <= at]
        return bool(before) and not _OWN_AGAIN.search(self.text, before[-1], at)

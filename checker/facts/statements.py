"""Statements of a sentence: numbers and days bound to the metric that names them (库存仅剩105件, 15 units a day).

A label binds to the number behind it (库存:105件) or, if that is free, to the one before it (105 units left), across
words that only connect. What is wished for, supposed, compared with or owed to somebody else is told apart here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.facts import contexts, metrics
from checker.facts.metrics import Label
from checker.facts.numbers import Number, find, quotient
from checker.facts.stretches import days_to_stockout, may_span, sales_of_days

_CONNECT = re.compile(
    r"(?:[\s:=≈~→>|\"“”'*-]|\([^()\n]{0,24}\)|\)|\(|（|是|为|有|约|在|达|到|至|已|经|仅|只|剩|余|下|还|共|总|计"
    r"|大概|大约|差不多|高达|仅为|目前|当前|现|预计|先|定|降|跌|减|少|涨|升|增|加|跑|飙|冲|窜|突破"
    r"|稳定|平均|数量|数据|件数|大致|左右|接近|将近|近|不到|不足|低于|高于|超过|超|少于|小于|大于|多于|了|的"
    r"|分别|各|均|都|也|才|能|可|又|再|就|今[日天]|截[至止][^,。;]{0,8}|从|由|掉|维持|保持"
    r"|,?\s?(?:(?:in|over|for|during) )?(?:the )?(?:last|past|previous|trailing|近|过去|最近|前)\s?(?:\d{1,2}"
    r"|seven|thirty|七|三十)?\s?-?(?:days?|weeks?|[天日周])(?![a-z])"
    r"|as (?:of|at) (?:today|yesterday|this morning|(?:[a-z]{3,9}\.? )?\d{1,2}(?:[/.-]\d{1,2})?(?: [a-z]{3,9})?)("
    r"?![a-z])"
    r"|(?:on|for|in|of) (?:the |our |all |both |these )?(?:[a-z-]+ ){0,2}(?:campaigns?|ads|ad groups?"
    r"|keywords?)(?![a-z])"
    r"|提升|调整?|改|一批|新|货|未来|后续|接下来|至少|最少|最多|随后|之后|以上|个|另外?|销售|持续"
    r"|(?:is|are|was|were|of|at|about|around|only|just|approx\.?|approximately|roughly|nearly|almost|now"
    r"|currently|today|stands?|dropped|drops|fell|down|up|to|has|have|had"
    r"|been|be|with|equals?|remains?|left|over|under|below|above|less|more|fewer|than|on|average|averages?"
    r"|averaging|the|an?|level|rate|some|still|it|we|there|for|from|another"
    r"|additional|extra|further|least|most|next|coming|following|upcoming|another|total|will|would|should"
    r"|reached|went|rose|rises|climbed|jumped|grew|increased|decreased|declined|improved|worsened|moved|changed"
    r"|by|until|new|set)(?![a-z]))*"
)
_FOLLOW = re.compile(r"(?:\s|的|之|多|左右|of |is |are |were |in |\()*")
_CHANGE = re.compile(
    r"\s*\)?(?:左右|/天|a day|per day)?\s*(?:[^\d,。;\n]{0,10}?(?:降|跌|掉|减|涨|升|增|调|改|变|提|滑"
    r"|回落)[^\d,。;\n]{0,6}?(?:到|至|为|成)(?:了|约)?|(?:(?:down|up|now|and|has|have|been|dropped|fallen|fell"
    r"|rose|risen|increased|decreased|reduced|cut|changed|raised|lowered|went|moved|a day|per day"
    r"|today) )*to(?![a-z])|→|->|=>|>)\s*(?:约|about|around|~)?\s*"
)
_LIST = re.compile(r"\s*(?:[、,/&]|和|与|及|以及|,? ?and)\s*")
_AND = re.compile(r"[、,/&]|和|与|及|(?<![a-z])and(?![a-z])")
_HAS = re.compile(
    r"\s?(?:\([^()\n]{0,40}\)|\([a-z]{2}\))?\s?(?:(?:currently |now |still |only |we )?(?:has|have|had|holds?"
    r"|is (?:down )?(?:at|to))"
    r"(?: only| just| now| still| about| around| currently)*|(?:目前|现在|当前|现|还|仅|只|就)*[有剩](?:下|约"
    r"|大约)?)\s?"
)
_AT_PRICE = re.compile(r"(?<![a-z])(?:at|for)\s?$")
_SELLING = re.compile(
    r"上架|上线|开售|首发|开卖|上新|售卖|(?<![a-z])(?:launch(?:es|ed|ing)?|go(?:es|ing)? live|list(?:ed|ing)?"
    r"|sells?|sold|retails?|priced?|on sale)(?![a-z])"
)
_NO_PRICE = re.compile(
    r"出价|竞价|预算|运费|费用|花费|成本|退款|赔|(?<![a-z])(?:bids?|budget|cpc|fees?|cost|spend|refund|credit"
    r"|invoice|shipping)(?![a-z])"
)
_LAST_AS_VERB = re.compile(
    r"(?:(?:will|would|to|can|could|should|may|might|only|not|also|us|stock|inventory|units|pcs|it|they|days"
    r"|supply|goods|t)\s+)$"
)
_ALONE = re.compile(r"\s*(?:[,，。;、)\n]|$|\.\s)")
_WANTED = re.compile(r"(?:需要?|要|(?<![a-z])(?:needs?|wants?|require))\s*$")
_NOT_A_SPAN = re.compile(
    r"\s?(?:左右)?\s?(?:内(?!的?(?:销|需|用))|之内|以内|后|之后|以后|前|之前|未|没|无|以来|一次|一批|的?(?:交期"
    r"|货期|账期|时效)|(?:in advance|later|earlier|before|after|ago|prior|lead)(?![a-z]))"
)
_DONE = re.compile(
    r"(?:已经?|刚|昨[天日]|上[周次月回批]|之前|此前|前[天日]|曾|(?<![a-z])(?:already|last|previous(?:ly)?"
    r"|earlier|have|has|had|was|were|we['’]ve)(?: \w+)?)\s*(?:安排|经|向\S{0,6}|跟\S{0,6}|给\S{0,6}){0,2}$"
)


_SPEAKING_UNITS = frozenset({"units_per_day", "stars", "days", *metrics.MONEY})


class Statement(NamedTuple):
    """A metric with its number. turn counts the numbers of a list (分别为105件和200件); every: said of each product."""

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
    if not names and not speaking and not may_span(text, start, end):
        return []
    return sorted(_Sentence(text, start, end, numbers, names, codes).read(), key=lambda s: s.number.start)


def _last_days(text: str, start: int, name: Label) -> bool:
    """Whether the label is the adjective of "last 7 days", which is no verb."""
    return (
        name.metric == "support"
        and re.match(r"last(?![a-z])", text[name.start : name.end]) is not None
        and _LAST_AS_VERB.search(text[max(start, name.start - 12) : name.start]) is None
    )


_A_TERM = re.compile(r"\s?(?:左右)?(?:内|之内|以内|后|前|的?(?:交期|时效))")  # 7天内: a time to act in, no stock


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
        for daily, number, label in sales_of_days(self.text, self.start, self.end, self.numbers, self._connected):
            if number.start not in self.used_numbers:
                self._keep("daily_sales", daily, label)
                self.used_numbers |= {n.start for n in self.numbers if label[0] <= n.start < label[1]}
        for number in days_to_stockout(self.text, self.start, self.end, self.numbers):
            if number.start not in self.used_numbers:
                self._keep("stockout_days", number)
        for number in self.numbers:
            if number.start not in self.used_numbers and not self._within_name(number):
                self._bind(number)
        self._carry_over()
        self._divide()
        if not self.found:
            return
        supposed = contexts.suppositions(self.text, self.start, self.end)
        said = contexts.attributions(self.text, self.start, self.end)
        for statement in self.found:
            if not any(a <= statement.number.start < b for a, b in supposed):
                at = min(statement.number.start, statement.label[0] or statement.number.start)
                yield statement._replace(reported=contexts.is_reported(self.text, said, at))

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
        if number.unit == "units_per_day" and not contexts.is_compared(self._clause_before(number.start)):
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
        """The amount without a name that, divided by the daily sales, gives the days: US: 300 units, 20/day, DOS 15.

        And the days without a name that the stock gives: 105 left, 15/day, 7 days.
        """
        by_metric = {m: [s.number for s in self.found if s.metric == m] for m in ("stock", "daily_sales", "dos")}
        if [len(by_metric[m]) for m in by_metric] == [1, 1, 0]:
            self._divided(by_metric["stock"][0], by_metric["daily_sales"][0])
        if by_metric["stock"] or len(by_metric["daily_sales"]) != 1 or len(by_metric["dos"]) != 1:
            return
        daily, dos = by_metric["daily_sales"][0], by_metric["dos"][0]
        for number in self.numbers:
            free = number.start not in self.used_numbers and number.unit in ("units", "")
            if free and number.value > daily.value > 0 and abs(number.value / daily.value - dos.value) < 1:
                self._keep("stock", number)
                return

    def _divided(self, stock: Number, daily: Number) -> None:
        for number in self.numbers:
            free = number.start not in self.used_numbers and number.unit == "days" and number.start > stock.end
            if free and daily.value > 0 and abs(stock.value / daily.value - number.value) < 1:
                if not _A_TERM.match(self.text, number.end, self.end):
                    self._keep("dos", number)
                return

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
            elif (
                last
                and number.start not in self.used_numbers
                and number.unit == last.number.unit
                and code > last.number.end
                and self._connected(_CONNECT, code, number.start)
            ):
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
            contexts.is_norm(gap, before, follows, days=number.unit == "days")
            or contexts.is_compared(before[-30:])
            or contexts.is_compared(gap)
        ):
            return None
        if metric not in ("order", "coverage") and contexts.is_target(before):
            return None
        if metric in ("dos", "coverage") and number.unit == "days" and _NOT_A_SPAN.match(follows):
            return None
        if gap and metric in ("stock", "daily_sales", "dos", "rating", "price") and contexts.is_difference(gap):
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
            if self._names_cover(name) and not (ordered or contexts.orders_quantity(self._sentence_before())):
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
        """Whether the days count an order in: by the words since the last figure, or by going on from one."""
        since = max((s.number.end for s in self.found if s.number.end <= name.start), default=self.start)
        if contexts.counts_order(self.text, since, contexts.clause_end(self.text, number.end, self.end)):
            return True
        spanning = name.metric in ("support", "coverage")
        goes_on = contexts.goes_on_from(self.text, self.start, self.end, spanning=spanning)
        return goes_on and contexts.orders_quantity(self._sentence_before())

    def _sentence_before(self) -> str:
        words = self.text[max(0, self.start - 200) : self.start].rstrip(" 。.!?;\n")
        return re.split(r"[。!?;\n]|\.\s", words)[-1]

    def _order_stands_before(self, at: int) -> bool:
        """Whether an order is what the words speak of: its label is nearer than one of stock, or 这样, that would."""
        if contexts.is_then(self.text, self.start, at):
            return True
        for name in reversed(self.names):
            if name.end <= at and name.metric in ("order", "stock", "hold", "daily_sales"):
                return name.metric == "order"
        return False

    def _bounded(self, number: Number, gap: str) -> Number:
        """不足100件, over 30 days: the value is a bound, so its precision is all of it."""
        if contexts.is_bound(gap, self.text[number.end : number.end + 4]):
            return number._replace(approximate=True, precision=max(number.value, number.precision))
        return number

    def _clause_before(self, at: int) -> str:
        return contexts.clause_before(self.text, self.start, at)

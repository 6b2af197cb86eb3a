"""Which of the metrics that a scenario needs a mail gives, asks for, or cannot give yet."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from checker.facts import dates, handover, metrics
from checker.facts.sentences import SENTENCE_END
from checker.facts.spots import holds
from checker.reading import Passage

if TYPE_CHECKING:
    from checker.facts.facts import Facts

OF_A_SHIPMENT = frozenset({"shipment", "tracking", "arrival_date"})  # a shipment's, whatever products are in it
_DAYS = ("stockout_date", "arrival_date", "launch_date")
_SAME = {"rating": ("rating", "rating_to", "stars")}
_ASK_SIGNS = (
    "请", "定", "麻烦", "帮忙", "否", "时", "几号", "哪天", "多久", "多少", "告知", "反馈", "?", "？", "吗",
    "please", "pls", "kindly", "ld you", "can you", "what", "when", "how", "advise", "know", "tell us", "waiting",
)  # fmt: skip
_ASK = re.compile(
    r"请|[您你]来?定|麻烦|烦请|帮忙|能否|可否|是否|何时|什么时候|几号|哪天|多久|多少|告知|反馈|[?？吗]"
    r"|(?<![a-z])(?:please|pls|kindly|could you|can you|would you|what|when|how|advise|let (?:us|me) know"
    r"|tell us|waiting for)(?![a-z])"
)
_GIVE = re.compile(
    r"提供|[您你]来?定|告知|告诉|发(?:我|给|一下|来)|反馈|回复|更新|确认|给(?:我|出|一下)|补充|查(?:询|一下|看|下)?|核实"
    r"|核对|同步|通知|什么时候|何时|几号|哪天|多久|多少"
    r"|(?<![a-z])(?:provide|send|share|advise|confirm|tell|let (?:us|me) know|update|what|when|how|check|give"
    r"|inform|forward)(?![a-z])"
)
_ASKED_NAMES = {
    "shipment": re.compile(r"货件(?:编?号|id)|fba(?:货件)?号|(?<![a-z])shipment (?:id|number|no)"),
    "tracking": re.compile(
        r"(?:运|快递|物流|提|追踪|跟踪)单?(?:单)?号|柜号|提单|(?<![a-z])(?:tracking|b/l|bill of lading|container|awb)"
    ),
}
_CLAUSE_END = re.compile(r"[,，、。！？!?;；\n.](?:(?<!\.)|(?=\s|$))")
# Words and places of arrival that are no label of a date: 3月5日到 LGB8, the March 18 slot, received on 7 March.
_ARRIVING = re.compile(
    r"(?:到|进|抵|送|入|达|卸|交)(?:了|的|达|至|往|去|货)?\s?(?:[a-z]{3}\d|fba|亚马逊|amazon|仓|海外仓|港|洛杉矶"
    r"|长滩|美国|美西|美东|欧洲|德国|英国)"
    r"|(?<![到达付交提])到了|放舱|送仓|约仓|到件|提柜|还柜|卸货|卸柜|靠岸|靠泊|预约|排期|派件|末端派送|已到"
    r"|(?<![a-z])(?:slots?|appointments?|received|receives?|receiving|checked? in|reach(?:es|ed)?"
    r"|get(?:s)? (?:to|in)|got (?:to|in)|unload(?:s|ed|ing)?|berth(?:s|ed|ing)?|signed for|hits?|discharge[ds]?"
    r"|(?:here|there|in|at) (?:by|on)|due|hand(?:ed)? over|(?:to|at|in|into|reach) (?:the )?(?:[a-z]{3}\d|fba"
    r"|amazon|fc|warehouse|port|long beach|la|los angeles|hamburg|felixstowe|rotterdam))(?![a-z])"
)
_AVOID = re.compile(r"避免|防止|以免|免得|avoid|prevent")
# 4.3→4.2 in a mail on reviews is a rating, whatever it is called.
_STARS_CHANGED = re.compile(r"(?<![\d.$¥€£])[1-4]\.\d\s?(?:→|-+>|[掉降跌]到|[掉降]至)\s?[1-4]\.\d(?![\d%])")
_NUMBERS = {
    "shipment": re.compile(r"(?<![A-Z0-9])FBA[A-Z0-9]{7,10}(?![A-Z0-9])"),
    "tracking": re.compile(
        r"(?:运单|快递|物流|提单|柜|追踪|跟踪)单?号?\s*[:#为是]?\s*[A-Z0-9]{6,}|(?:tracking|B/L|container"
        r"|AWB)[^\n]{0,16}?[A-Z0-9]{8,}|(?<![A-Z0-9])(?:1Z[A-Z0-9]{16}|[A-Z]{4}\d{7})(?![A-Z0-9])"
    ),
}


def given_or_asked(facts: Facts, needed: tuple[str, ...]) -> frozenset[str]:
    """What the mail gives as a whole or asks for, or cannot give yet, so that no product lacks it."""
    kinds = {i.kind for i in facts.shipments if i.place.zone == "own"}
    given: set[str] = {metric for metric in ("shipment", "tracking") if metric in kinds}
    given |= {m for m in needed if m in OF_A_SHIPMENT and has(facts, None, m)}
    numbered = {m: number for m, number in _NUMBERS.items() if m in needed}
    given |= {m for m, number in numbered.items() if any(number.search(p.matching) for p in facts.reading.written)}
    if "rating" in needed and any(_STARS_CHANGED.search(p.matching) for p in facts.reading.written):
        given.add("rating")
    if "tracking" in needed and "tracking" not in given and handover.is_to_come(facts.asks):
        given.add("tracking")
    wanted = [m for m in needed if m not in given]
    undated = [m for m in wanted if m in _DAYS and not has(facts, None, m)]
    for passage in facts.reading.written:
        text = passage.of.folded
        for start, end in _cut(SENTENCE_END, text, passage.start, passage.end):
            for a, b in _asked(text, start, end) if wanted else []:
                given |= _named(text, a, b, wanted)
            given |= {m for m in undated if _loosely_dated(facts, passage, start, end, m)}
    return frozenset(given)


def has(facts: Facts, product: str | None, metric: str) -> bool:
    """Whether the metric is given for the product, or for no product in particular. product None: for any."""
    names = _SAME.get(metric, (metric,))
    if metric == "dos" and any(
        f.metric == "stockout_date" and f.unit == "days" and (product is None or f.product in (product, None))
        for f in facts.figures
    ):
        return True  # 7天后断货 says both
    return any(f.metric in names and (product is None or f.product in (product, None)) for f in facts.figures)


def _cut(ends: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(m.end() for m in ends.finditer(text, start, end)), end]
    return [(a, b) for a, b in itertools.pairwise(cuts) if b - a > 1]


def _asked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses in which the reader is asked for something: 请提供运单号, when will it arrive?"""
    if not (holds(text, _ASK_SIGNS, start, end) and _ASK.search(text, start, end)):
        return []
    clauses = _cut(_CLAUSE_END, text, start, end)
    return [(a, b) for a, b in clauses if _GIVE.search(text, a, b) and not any(map(str.isdigit, text[a:b]))]


def _named(text: str, start: int, end: int, wanted: Iterable[str]) -> set[str]:
    """Those of the metrics that a clause names."""
    figures = {label.metric for label in metrics.labels(text, start, end)}
    days = {label.metric for label in metrics.day_labels(text, start, end)}

    def is_named(metric: str) -> bool:
        if metric in _ASKED_NAMES:
            return _ASKED_NAMES[metric].search(text, start, end) is not None
        return metric in (days if metric in _DAYS else figures)

    return {m for m in wanted if is_named(m)}


def _loosely_dated(facts: Facts, passage: Passage, start: int, end: int, metric: str) -> bool:
    """Whether a day stands in one sentence with the name of the date (in one clause, for the stock-out)."""
    text = passage.of.folded
    spans = _cut(_CLAUSE_END, text, start, end) if metric == "stockout_date" else [(start, end)]
    for a, b in spans:
        named = any(label.metric == metric for label in metrics.day_labels(text, a, b))
        if not named and not (metric == "arrival_date" and _ARRIVING.search(text, a, b)):
            continue
        if metric == "stockout_date" and _AVOID.search(text, a, b):
            continue
        part = Passage(passage.of, a, b, passage.zone, passage.where)
        if any(m.dated for m in dates.find(part, facts.now, facts.company.date_order)):
            return True
    return False

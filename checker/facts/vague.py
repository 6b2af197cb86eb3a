"""Quantities in words: 快卖完了, 销量不太好, almost sold out, a lot of returns; and whether a figure stands by them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from checker.facts import numbers
from checker.facts.kinds.figures import Figure, Vague
from checker.facts.kinds.products import Product
from checker.facts.scanner import Found
from checker.facts.sentences import SENTENCE_END
from checker.facts.vague_words import WORDS
from checker.reading import Passage, Reading

# Not said of today: 避免断货, 如果库存不足, 库存不足时, is it running low?
_NOT_SO = re.compile(
    r"(?:避免|防止|以免|免得|担心|如果|若|一旦|假如|万一|要是|是否|会不会|不会|导致|造成|引起|可能|否则|不再"
    r"|并未|没有(?=快)|当|(?<![a-z])(?:if|when|whether|avoid|prevent|in case|unless|not|no|once|before|should"
    r"|might|may|could))(?:[^,。;!?\n]{0,8})$"
)
_NOT_SO_BEHIND = re.compile(
    r"(?:时(?!间)|的时候|的话|之前|前(?!后)|的?风险|的?预警|提醒|的?原因|的?问题怎么|吗|\?|(?:[- ](?:fee|alert"
    r"|threshold|report|warning|risk)))"
)
_ASIN = re.compile(r"(?<![a-z0-9])b0[a-z0-9]{8}(?![a-z0-9])")
_STOCK_METRICS = frozenset({"stock", "dos", "stockout_date", "in_transit"})


class _Kind(NamedTuple):
    """What vague words speak of: how it is named, and the metrics that are figures of it."""

    named: re.Pattern[str]
    metrics: frozenset[str]


# In order: 退货 before 点击; words of none of these take any figure.
_KINDS = (
    _Kind(re.compile(r"退货|退款|(?<![a-z])(?:returns?|refunds?)(?![a-z])"), frozenset()),
    _Kind(
        re.compile(
            r"差评|中评|好评|留评|评论|评价|投诉|客诉|抱怨|反馈"
            r"|(?<![a-z])(?:reviews?|comments?|complaints?|feedback)(?![a-z])"
        ),
        frozenset(),
    ),
    _Kind(
        re.compile(r"坏件|次品|不良|破损|损坏|(?<![a-z])(?:damaged|defective|defects?)(?![a-z])"),
        frozenset({"quantity"}),
    ),
    _Kind(re.compile(r"点击|(?<![a-z])clicks?(?![a-z])"), frozenset({"clicks", "ctr", "cpc"})),
    _Kind(
        re.compile(r"曝光|流量|(?<![a-z])(?:impressions?|traffic)(?![a-z])"),
        frozenset({"impressions", "clicks", "ctr"}),
    ),
    _Kind(
        re.compile(r"销量|单量|出单|订单|销售|动销|(?<![a-z])(?:sales|orders|selling|demand|revenue)(?![a-z])"),
        frozenset({"daily_sales", "sales", "dos", "cvr"}),
    ),
)
_MOST = 40  # of a mail; nobody reads more
_REACH = 400  # characters of an endless sentence in which a figure is beside the words
_NOT_OF_COUNTS = frozenset(
    {"rating", "rating_to", "stars", "price", "spend", "acos", "sales", "budget", "cpc", "ctr", "roas"}
)
_TELLING = frozenset(
    {"percent", "units", "units_per_day", "stars", "points", "boxes", "times", "USD", "CNY", "EUR", "GBP", "JPY", "CAD"}
)


def read(
    reading: Reading, figures: tuple[Figure, ...], products: Callable[[], tuple[Product, ...]]
) -> tuple[Vague, ...]:
    """Quantities in words in subject and own prose, but of products that are only left out (库存充足, 这次不用动).

    figure_beside: a figure of the kind stands in the sentence, or elsewhere in the mail for the same product (of stock
    where the words speak of stock, of returns where they speak of returns).
    """
    found: list[Vague] = []
    passages = (reading.subject, *reading.prose)
    for passage in passages:
        text = passage.of.folded
        among = WORDS.candidates(text, passage.start, passage.end)
        for start, end in _sentences(text, passage.start, passage.end) if among else ():
            if not _stands_in(among, start, end):
                continue
            for m in WORDS.finditer(text, start, end, among):
                if len(found) < _MOST and not _unsaid(text, start, m) and not _left_out(text, start, end, products):
                    kind = None if m.name == "stock" else _kind(text, start, m)
                    metrics = _STOCK_METRICS if m.name == "stock" else kind.metrics if kind else None
                    near = (max(start, m.start - _REACH), min(end, m.end + _REACH))
                    beside = _beside(passage, text, near, figures, metrics, kind)
                    beside = beside or (kind is not None and _counted(passages, (start, end), kind))
                    found.append(Vague(passage.place(m.start, m.end), beside))
    return tuple(found)


def _stands_in(places: list[int], start: int, end: int) -> bool:
    following = bisect_left(places, start)
    return following < len(places) and places[following] < end


def _kind(text: str, start: int, m: Found) -> _Kind | None:
    """What the words speak of; where they do not say (dropped sharply), what stands right before them."""
    for words in (text[m.start : m.end], text[max(start, m.start - 24) : m.start].rpartition(",")[2]):
        kind = next((k for k in _KINDS if k.named.search(words)), None)
        if kind:
            return kind
    return None


def _counted(passages: tuple[Passage, ...], vague: tuple[int, int], kind: _Kind) -> bool:
    """Whether another sentence gives the thing a number: 近7天退货率8%, 12 returns."""
    for passage in passages:
        text = passage.of.folded
        for start, end in _sentences(text, passage.start, passage.end):
            if (start, end) == vague or not kind.named.search(text, start, end):
                continue
            codes = tuple(m.span() for m in _ASIN.finditer(text, start, end))
            if any(n.unit not in ("days", "stars", "points") for n in numbers.find(text, start, end, codes)):
                return True
    return False


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in SENTENCE_END.finditer(text, start, end):
        if m.end() - at > 2:
            yield at, m.end()
        at = m.end()
    if end - at > 2:
        yield at, end


def _left_out(text: str, start: int, end: int, products: Callable[[], tuple[Product, ...]]) -> bool:
    """Whether the sentence names products, and none that anything is asked for."""
    named = {m[0].upper() for m in _ASIN.finditer(text, start, end)}
    return bool(named) and named <= {p.key for p in products() if p.excluded}


def _unsaid(text: str, start: int, m: Found) -> bool:
    return bool(_NOT_SO.search(text[max(start, m.start - 20) : m.start]) or _NOT_SO_BEHIND.match(text, m.end))


def _beside(
    passage: Passage,
    text: str,
    sentence: tuple[int, int],
    figures: tuple[Figure, ...],
    metrics: frozenset[str] | None,
    kind: _Kind | None,
) -> bool:
    start, end = sentence
    first, last = passage.of.readable(start, end)
    within = [f for f in figures if f.place.span.of is passage.of and first <= f.place.span.start < last]
    # 评分4.1, 差评不少: the rating is no figure of returns and reviews.
    strange = [f for f in within if kind is not None and not kind.metrics and f.metric in _NOT_OF_COUNTS]
    if len(within) > len(strange):
        return True
    codes = tuple(m.span() for m in _ASIN.finditer(text, start, end))
    for n in numbers.find(text, start, end, codes):
        place = passage.of.readable(n.start, n.end)[0]
        if any(f.place.span.start == place for f in strange):
            continue
        if n.unit in _TELLING or (kind is not None and n.unit == "" and not text[n.start - 1 : n.start].isalpha()):
            return True
    fitting = [f for f in figures if metrics is None or f.metric in metrics]
    named = {m[0].upper() for m in _ASIN.finditer(text, start, end)}
    return any(f.product is None or not named or f.product in named for f in fitting)

"""The mail as a whole: what it is about, whether it asks, who it goes to, what it must bring along."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from checker.facts import workdays
from checker.facts.kinds.asks import Request
from checker.facts.kinds.mail import Mail
from checker.facts.losses import dated_loss
from checker.facts.notices import says_notice, wants_nothing
from checker.facts.other_channels import tells_by_im
from checker.facts.proof import asks_for_proof
from checker.facts.spots import holds
from checker.facts.topics import weights

if TYPE_CHECKING:
    from checker.facts.facts import Facts

PRODUCT_SCENARIOS = ("restock", "listing", "ads", "review", "logistics")
# Meetings and reports speak of stock, ads and reviews without being a matter of one product.
_GATHERING = re.compile(r"会议|例会|[周月日季]报|复盘|纪要|meeting|report|minutes|weekly", re.IGNORECASE)
# So do plans of a season, as long as they name no product.
_PLANNING = re.compile(
    r"旺季|淡季|年度|季度|节奏|规划|(?<![a-z])q[1-4](?![a-z0-9])|黑五|prime ?day|(?:备货|采购|补货)计划"
    r"|(?<![a-z])(?:peak season|season plan|planning|roadmap|annual)(?![a-z])",
    re.IGNORECASE,
)
_STOCK = re.compile(
    "库存|断货|缺货|补货|备货|补单|售罄|卖完|卖光|可售|够卖|日均|日销|销量|在库"
    r"|(?<![a-z])(?:stock|inventory|restock|replenish|re-?order|sold out|sell|sold"
    r"|run(?:s|ning)? (?:out|low)|sales|dos)",
    re.IGNORECASE,
)
_BUYS = re.compile(
    r"(?:采购|订购|下单|加单|追加|再订|购买|下达?)[^,，。;；\n]{0,12}\d|(?<![a-z])(?:order|buy|purchase)\b[^.,;\n]{0,30}\d",
    re.IGNORECASE,
)
_NO_SCENARIO = ("", "urgent", "notice", "general")
_CJK = re.compile("[\u3400-\u9fff]+")
_LATIN_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,}(?:['’][a-z]+)?(?![A-Za-z0-9-])")
_FORWARD = re.compile(r"\s*(?:转发|轉發|转寄|fwd?|tr|wg|enc|rv)\s*:", re.IGNORECASE)
_BRIEF_CJK, _BRIEF_WORDS = 60, 40  # an answer of this length or of two somewhat longer lines is brief
_LANGUAGE_SAMPLE = 1500  # characters that tell the language
_MONEY_OR_CUSTOMER = re.compile(
    r"[$¥€£] ?\d|\d ?(?:元|美元|美金|usd|rmb|cny|eur|gbp)|报价|单价|售价|价格|货款|客户|买家|顾客"
    r"|(?<![a-z])(?:price|quot(?:e|ation)|invoice|customer|buyer|client)"
)
# One of these stands in whatever the pattern matches: most mails need no more than this look.
_MONEY_SIGNS = (
    *("$", "¥", "€", "£", "元", "美金", "usd", "rmb", "cny", "eur", "gbp", "价", "货款", "客户", "买家", "顾客"),
    *("price", "quot", "invoice", "customer", "buyer", "client"),
)
_LEAST_WEIGHT = 5  # one passing word (库存, price) makes no scenario
_LEAST_DIFFERENT = 3
_SUBJECT_COUNTS = 2
_LEAST_NAMED, _NAMES = 2, 3  # weights of the subject's words: with a product or shipment in the mail, and without


def read(facts: Facts) -> Mail:
    """The mail as a whole, from the other facts and the policy."""
    own, subject = facts.own, facts.subject
    topics = [t.topic for t in subject.tags]
    scenario = next((t for t in topics if t not in _NO_SCENARIO), "")
    words = f"{subject.core}\n{own.words}"
    if scenario == "restock" and not _is_of_stock(facts):
        scenario = ""
    elif not scenario and not any(_GATHERING.search(t.value) for t in subject.tags) and not _plans(facts):
        scenario = _from_content(facts)
    requests = [r for r in facts.requests if not wants_nothing(r.place.text, _before(r))]
    reply = facts.thread.reply and not _FORWARD.match(facts.reading.subject.matching)
    short = reply and (is_brief(own.words, own.lines) or _answers_point_by_point(facts))
    return Mail(
        scenario=scenario,
        notice=not requests and ("notice" in topics or says_notice(words)),
        product=scenario in PRODUCT_SCENARIOS,
        urgent="urgent" in topics,
        asks=bool(requests),
        short_reply=short,
        reply=facts.thread.reply,
        outside=any(p.external for p in facts.recipients),
        business=_is_business(facts, words),
        mentions_im=tells_by_im(own.words),
        language=_language(facts),
        metrics_needed=_metrics(facts, scenario, own.words),
        evidence_expected=scenario in facts.company.evidence
        and not short
        and asks_for_proof(scenario, requests, own.words),
        dated_loss=dated_loss(words),
        days_to_work=_days_to_work(facts),
    )


def _answers_point_by_point(facts: Facts) -> bool:
    """Whether the sender answers between quoted lines, which say what each answer is about."""
    zones = [p.zone for p in facts.reading.body if p.zone in ("own", "quote") and p.matching.strip()]
    return sum(pair == ("quote", "own") for pair in pairwise(zones)) >= 2


def _plans(facts: Facts) -> bool:
    return _PLANNING.search(facts.subject.core) is not None and not facts.asins and not facts.identifiers


def _is_of_stock(facts: Facts) -> bool:
    """Whether a purchase fills up stock, by tag, text or request. An order's contract or cartons do not."""
    words = f"{facts.reading.subject.matching}\n{facts.own.words}"
    return _STOCK.search(words) is not None or any(_BUYS.search(r.place.text) for r in facts.requests)


def _before(request: Request) -> str:
    span = request.place.span
    return span.of.plain[max(0, span.start - 16) : span.start]


def is_brief(words: str, lines: float) -> bool:
    """Whether an answer is so short that the thread must be read for its background."""
    if len(words) > _LANGUAGE_SAMPLE:
        return False
    length = _chinese(words) / _BRIEF_CJK + len(_LATIN_WORD.findall(words)) / _BRIEF_WORDS
    return length <= 1 or (lines <= 2 and length <= 1.4)


def _chinese(words: str) -> int:
    return 0 if words.isascii() else sum(len(run) for run in _CJK.findall(words))


def _from_content(facts: Facts) -> str:
    """The topic that subject and own text speak of clearly; "" when two come close or none is there."""
    sums, named = weights(facts.own.words.lower()), weights(facts.subject.core.lower())
    for topic, weight in named.items():
        sums[topic] = sums.get(topic, 0) + _SUBJECT_COUNTS * weight
    ranked = sorted(sums.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _LEAST_WEIGHT or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    # Who tags a mail as a matter of no topic (异常, Action) is taken at the word, unless the subject names one.
    general = any(t.known and not t.topic for t in facts.subject.tags)
    told = named.get(ranked[0][0], 0)
    if general and (told < _LEAST_NAMED or (told < _NAMES and not facts.asins and not facts.identifiers)):
        return ""
    # The same lesser word in subject and text is still one passing word.
    both = weights(f"{facts.subject.core}\n{facts.own.words}".lower())
    return ranked[0][0] if both.get(ranked[0][0], 0) >= _LEAST_DIFFERENT else ""


def _is_business(facts: Facts, words: str) -> bool:
    """Tagged, or naming a product, order, shipment, price or customer."""
    if facts.subject.tags or facts.asins or any(i.kind != "fnsku" for i in facts.identifiers):
        return True
    folded = words.lower()
    return holds(folded, _MONEY_SIGNS) and _MONEY_OR_CUSTOMER.search(folded) is not None


def _language(facts: Facts) -> str:
    """As the draft says; else the own text's, weighing one word as much as one and a half Chinese characters."""
    if facts.message.language in ("zh", "en"):
        return facts.message.language
    for words in (facts.own.words[:_LANGUAGE_SAMPLE], facts.subject.core):
        chinese = _chinese(words)
        if chinese:
            return "zh" if chinese >= 1.5 * len(_LATIN_WORD.findall(words)) else "en"
        if _LATIN_WORD.search(words):
            return "en"
    return "zh"


_LAUNCH = re.compile(
    r"(?<!重新)(?<!已)(?<!已经)(?:上架|上新|上线)(?!失败)|新品|首发|launch|go(?:es|ing)? live|new (?:product|listing"
    r"|item)",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"[改调涨降提]价|[调涨降]至|(?:价格?|售价|定价)[^。;\n]{0,12}(?:改|调|降|涨|提|下调|上调|从|由)|(?:改|调|降|涨"
    r"|提|修改|调整|更新)[^。;,\n]{0,6}(?:价|售价|价格)"
    r"|price (?:change|update|increase|decrease|drop|cut|adjust)|(?:change|update|raise|lower|drop|cut|reduce"
    r"|increase|adjust|set) (?:the |its |our )?(?:\w+ )?price",
)
_COPY = re.compile(
    r"(?:更换|修改|替换|更新|改|换|优化|调整|补充|添加|删除|撤下|纠正)[^。;\n]{0,24}(?:主图|图片|附图|标题|五点|文案"
    r"|描述|A\+|卖点|关键词|视频|类目|属性|尺码表|变体)"
    r"|(?:主图|图片|附图|标题|五点|文案|描述|A\+|卖点|视频|类目|属性|变体)[^。;\n]{0,10}(?:更换|修改|替换|更新|改|换"
    r"|优化|调整|有误|错误|不符|合规)"
    r"|(?:change|update|replace|swap|revise|fix|correct|edit|improve|rewrite|optimi[sz]e|remove"
    r"|add)[^.;\n]{0,30}(?:images?|photos?|pictures?|titles?|bullets?|copy|description|a\+|keywords?|video|category"
    r"|variations?)",
    re.IGNORECASE,
)


_PICTURE = re.compile(
    r"主图|图片|附图|副图|套图|视频|A\+|(?<![a-z])(?:images?|photos?|pictures?|videos?|a\+)(?![a-z])", re.IGNORECASE
)
# A product that is still being made has neither price nor launch date.
_SAMPLING = re.compile(
    r"打样|样品|手板|开模|模具|3d图|(?<![a-z])(?:prototyp\w+|mould|tooling"
    r"|(?:make|send|ship|request)[^.;\n]{0,20} samples?)(?![a-z])",
    re.IGNORECASE,
)
_FIRST_LISTING = re.compile(
    r"(?:申请|安排|准备|请|计划|预计)[^,，。;\n]{0,12}(?:上架|上新|上线|首发)"
    r"|(?:please|to|will) (?:launch|list)(?![a-z])",
    re.IGNORECASE,
)


def _metrics(facts: Facts, scenario: str, own: str) -> tuple[str, ...]:
    """What the policy wants; for listings the launch and price figures only where a launch or a price is the matter."""
    needed = facts.company.metrics.get(scenario, ())
    if scenario != "listing":
        return needed
    words = f"{facts.subject.core}\n{own}"
    price = bool(_PRICE.search(words.lower()))
    apart = _PICTURE.search(facts.subject.core) or _SAMPLING.search(words)
    if not price and apart and not _FIRST_LISTING.search(words):
        return ()
    tagged = any(_LAUNCH.search(t.value) for t in facts.subject.tags) and not price and not _COPY.search(words)
    if tagged or _LAUNCH.search(words):
        return needed
    return tuple(m for m in needed if m != "launch_date") if price else ()


def _days_to_work(facts: Facts) -> float:
    """Looked up only where stock figures make it matter, because the calendar of holidays is slow to load."""
    if not any(f.metric in ("stock", "dos", "stockout_date") for f in facts.figures):
        return 1.0
    today = facts.now.date()
    return float((workdays.following(today) - today).days)

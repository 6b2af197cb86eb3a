"""Which topic words speak of: weighted key words, Chinese and English."""

from __future__ import annotations

from checker.facts.spots import automaton

# topic -> (weight, words). Weight 3 names the topic's business, 2 belongs to it, 1 goes along with it.
_WORDS: dict[str, tuple[tuple[int, str], ...]] = {
    "restock": (
        (
            3,
            "补货|断货|缺货|备货|补单|采购单|采购申请|下采购|再订购|restock|replenish|reorder|re-order|stock-?out"
            "|out of stock|purchase order",
        ),
        (2, "库存|采购|可售天数|售罄|下单补|run out|running low|inventory|in stock|stock level|days of supply|dos"),
        (1, "日均销|日销|入仓|stock|daily sales"),
    ),
    "logistics": (
        (
            3,
            "货代|清关|到港|头程|运单|提单|柜号|报关|物流|派送|签收|滞留|丢件|货件|shipment|customs"
            "|forwarder|bill of lading|container|carrier",
        ),
        (
            2,
            "到仓|入仓|发货|船期|柜|快递|运输|在途|deliver|eta|port|tracking|shipped|shipping|lost in transit",
        ),
        (1, "预计到达|装柜|空运|海运|运费|freight|arrival|pallet|vessel|warehouse"),
    ),
    "ads": (
        (3, "广告|竞价|acos|roas|acoas|tacos|ppc|sponsored|advertis|ad spend|ad campaign|campaign"),
        (2, "关键词|曝光|点击率|投放|cpc|ctr|否词|出价|展示位|bid|keyword|ads|impressions"),
        (1, "预算|转化|budget|clicks|conversion"),
    ),
    "review": (
        (
            3,
            "差评|评价|评分|买家评论|一星|1星|索评|negative review|product review|customer review|star review"
            "|1-star|one-star|review rating|feedback rating",
        ),
        (2, "评论|星级|售后|买家反馈|退货率|review|rating|stars"),
        (1, "投诉|客诉|complaint|feedback"),
    ),
    "listing": (
        (
            3,
            "上架|新品|listing|a+页面|a+ content|主图|五点|文案|launch|变体|详情页|product page|bullet points|main"
            " image",
        ),
        (2, "标题|图片|类目|跟卖|下架|售价|关键词埋词|调价|改价|title|product images|photos|price change|variation"),
        (1, "价格|页面|price"),
    ),
    "finance": (
        (3, "付款|发票|对账|货款|请款|打款|报销|invoice|payment|remittance|reimburse|pay the|payable|wire transfer"),
        (2, "账单|尾款|定金|汇款|结算|税|财务|bill|deposit|balance due|bank|settlement"),
        (1, "费用|金额|amount|fee"),
    ),
}

# Words that make another matter of the topic word behind them: 健康评分, a sample shipment.
_ELSEWHERE = ("健康", "绩效", "health ", "performance ", "sample ", "样品")
_FLAT = tuple(
    (topic, weight, word) for topic, of in _WORDS.items() for weight, words in of for word in words.split("|")
)
_AUTOMATON = automaton([word for _, _, word in _FLAT])


def weights(folded: str) -> dict[str, int]:
    """topic -> weight of its different words in the lower-case text; a word that is repeated counts once."""
    found = {
        n for n, start, _ in _AUTOMATON.find_matches_as_indexes(folded, overlapping=True) if _stands(folded, start)
    }
    sums: dict[str, int] = {}
    for topic, weight, _ in map(_FLAT.__getitem__, sorted(found)):
        sums[topic] = sums.get(topic, 0) + weight
    return sums


def _stands(folded: str, at: int) -> bool:
    """Whether a word begins there and speaks of its topic; a "report" has no port, an account's rating no reviews."""
    before = folded[at - 1 : at]
    inside = folded[at].isascii() and before.isascii() and before.isalpha()
    return not inside and not folded.endswith(_ELSEWHERE, 0, at)


def topic_of(folded: str) -> str:
    """The topic that a few lower-case words (a tag) name best; "" when they name none."""
    sums = weights(folded)
    return max(sums, key=lambda t: sums[t], default="")

"""Shapes of money that outsiders must not know: what a product costs us, how low we go, what we earn, what we hold."""

from __future__ import annotations

import re

from checker.presidio_pack.shape import Range, Shape

_CURRENCY = r"(?:¥|\$|€|£|US\$|RMB|USD|CNY|EUR|GBP|HK\$|JPY)"
_UNIT = (
    r"(?:\s?(?:元|块|万元|万|亿|美元|美金|人民币|刀|欧元|英镑|港币|日元|RMB|USD|CNY|EUR|GBP|yuan|dollars?|euros?)(?:\s?/\s?(?:件|个"
    r"|pcs?|piece|unit|套))?|/\s?(?:件|个|pcs?|unit))"
)
_AMOUNT = (
    rf"(?:{_CURRENCY}\s?)?\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)?{_UNIT}{{0,2}}"
    r"(?![\d%]|\s?%|\.\d|\s?[年月日号天点时:]|(?:px|pt|cm|mm|r?em|in)(?![a-z]))"
)
_PRICED = rf"(?:{_CURRENCY}\s?{_AMOUNT}|\d+(?:\.\d+)?{_UNIT})"
_PERCENT = r"-?\d{1,3}(?:\.\d+)?\s?%"
_FILL = (
    r"(?:\s?\([^()\n]{0,12}\))?(?:价格?|单价|总额|金额|空间|额|率)?"
    r"(?:\s|[:=≈~]|是|为|在|有|仅|才|约|大约|大概|左右|只有|只|就|不到|不足|高于|低于|不低于|不能低于"
    r"|不得低于|至少|控制|到|达|达到|降至?|升至?|涨到|做到"
    r"|目前|现在|当前|还剩|剩余|剩|还有|单件|每件|每个|含税|不含税|核算|算下来"
    r"|(?<![A-Za-z])(?i:is|are|was|of|at|around|about|approximately|only"
    r"|per unit|per piece|each|currently"
    r"|now|on (?:this|that|the|each|every)(?: [a-z]+)?|stands|to|below|above|under|than|less"
    r"|go|not|approx\.?)(?![A-Za-z])){0,8}"
)
_THEIRS = re.compile(
    r"(?:贵司|贵方|贵厂|你们|你方|您的?|对方|供应商报|竞品|竞争对手|对手|(?<![A-Za-z])(?i:your|their|competitors?'?s?"
    r"|you quoted))[^\n,。;]{0,10}$"
)
_OTHER_COST = re.compile(
    r"(?:运费|物流|运输|头程|尾程|配送|快递|仓储|广告|推广|营销|获客|转化|点击|单次|人工|时间|沟通"
    r"|管理|机会|学习|退货|试错|维护|资金|融资|平台|电|水)(?:的)?$"
    r"|(?i:shipping|freight|ads?|advertising|delivery|logistics?|storage|fulfil?lment|labou?r|click|acquisition"
    r"|opportunity|transport(?:ation)?"
    r"|return|handling|listing|selling|sale|low|at no|no)\s$"
)
_NOT_OURS = re.compile(
    r"(?:广告|账号|亚马逊|礼品卡|礼券|促销|假期|年假|配额|卡|套餐|流量|短信)(?:账户|账号|的)*$"
    r"|(?i:ads?|advertising|gift card|credit)\s$"
)
_PER_EVENT = re.compile(
    r"\s?(?:per|of)\s(?:click|sales?|acquisition|conversion|impression|order|install|lead|mille|thousand|advertis"
    r"|ship|freight|return)",
    re.I,
)

# The balance of an order, which both sides know: what is left to pay behind a deposit.
_TO_PAY = re.compile(
    r"定金|订金|预付|尾款|付清|[付发出]货前|装柜前|提单"
    r"|(?i:deposit|down ?payment|prepa|upon |against |(?:before|prior to|after) (?:load|ship|deliver|dispatch)|payable"
    r"|remaining|outstanding|(?<!re)invoice|proforma)"
)
_MONEY_SIGN = re.compile(r"[¥$€£%元块亿万刀镑币]|(?i:RMB|USD|CNY|EUR|GBP|yuan|dollar|/)|美金")
_PER_TIME = re.compile(r"\s?(?:/|per|a)\s?(?:year|month|week|day|hour|yr|mo)", re.I)
_STATED = re.compile(r"[:=≈~是为约]|(?i:is|are|was|of|at|around|about)")
_PLAIN = frozenset(
    {"成本", "cost", "costs", "利润", "profit", "profits", "margin", "margins", "余额", "balance", "毛利"}
)  # words with other uses


def _ours(match: re.Match[str]) -> Range | None:
    """Refused where the words belong to another matter (freight, ads), to the other side, or state no sum."""
    before = match.string[max(0, match.start() - 16) : match.start()]
    behind = match.string[match.end("label") : match.end("label") + 24]
    if any(other.search(before) for other in (_OTHER_COST, _THEIRS, _NOT_OURS)) or _PER_EVENT.match(behind):
        return None
    return match.span() if _states(match) else None


def _states(match: re.Match[str]) -> bool:
    """Whether a sum is stated: a figure above zero, with its currency or a verb where the word has other uses."""
    label, stated = match["label"].lower(), _STATED.search(match["fill"]) is not None
    if not re.search("[1-9]", match["figure"]):
        return False
    if label in ("balance", "余额") and _TO_PAY.search(match.string, max(0, match.start() - 60), match.end() + 40):
        return False
    if label in ("cost", "costs"):  # the verb (it costs $50), and the price of a subscription
        return stated and not _PER_TIME.match(match.string, match.end())
    return stated or label not in _PLAIN or _MONEY_SIGN.search(match["figure"]) is not None


def _money(kind: str, label: str, figure: str, words: tuple[str, ...]) -> Shape:
    pattern = re.compile(rf"(?P<label>{label})(?P<fill>{_FILL})\s?(?P<figure>{figure})")
    return Shape(kind, "finance", pattern, 0.85, _ours, cleared=False, words=words)


_LATIN = r"(?<![A-Za-z])"
MONEY = (
    _money(
        "cost",
        r"采购成本|产品成本|单[位件个台套只瓶双支]成本|生产成本|制造成本|成本价?|采购价|采购单价|进货价|进价|拿货价|出厂价|工厂价|供货价|底价成本"
        rf"|{_LATIN}(?i:cost price|unit cost|product cost|purchase price|purchasing price"
        rf"|landed(?: cost|(?=:? ?[¥$€£]))|our cost"
        r"|COGS"
        rf"|cost of goods(?: sold)?|manufacturing cost|cost)s?(?![A-Za-z])",
        _AMOUNT,
        (
            "成本",
            "采购成本",
            "产品成本",
            *(f"单{unit}成本" for unit in "位件个台套只瓶双支"),
            "生产成本",
            "制造成本",
            "unit cost",
            "product cost",
            "our cost",
            "manufacturing cost",
            "采购价",
            "采购单价",
            "进货价",
            "进价",
            "拿货价",
            "出厂价",
            "工厂价",
            "供货价",
            "cost",
            "landed",
            "purchase price",
            "purchasing price",
            "cogs",
        ),
    ),
    _money(
        "floor_price",
        r"底价|保底价|心理价位?|最低成交价|最低可?接受价?|最低能?接受的?价格|"
        rf"{_LATIN}(?i:floor price|bottom[- ]line price|bottom price|walk-?away price|reserve price"
        rf"|lowest (?:acceptable |possible )?price|minimum acceptable price)(?![A-Za-z])",
        _AMOUNT,
        (
            "底价",
            "保底价",
            "心理价",
            "最低成交价",
            "最低可接受",
            "最低接受",
            "最低能接受",
            "floor price",
            "bottom price",
            "bottom line price",
            "bottom-line price",
            "walkaway price",
            "walk-away price",
            "reserve price",
            "lowest",
            "minimum acceptable",
        ),
    ),
    _money(
        "floor_price",
        r"最低(?:可以?|能)(?:给到?|做到?|卖到?|降到?|接受)",
        _PRICED,
        ("最低可", "最低能"),
    ),
    _money(
        "margin",
        rf"毛利润?|净利润?|利润|{_LATIN}(?i:gross margin|net margin|profit margin|margin|gross profit|net profit"
        rf"|profit)s?(?![A-Za-z])",
        rf"(?:{_PERCENT}|{_AMOUNT})",
        (
            "毛利",
            "净利",
            "利润",
            "gross margin",
            "net margin",
            "profit margin",
            "margin",
            "gross profit",
            "net profit",
            "profit",
        ),
    ),
    _money(
        "balance",
        rf"(?:银行|账户|公司|对公|现金)?余额|{_LATIN}(?i:(?:bank |account |cash )?balance)(?![A-Za-z])",
        _AMOUNT,
        (
            "余额",
            "银行余额",
            "账户余额",
            "公司余额",
            "对公余额",
            "现金余额",
            "bank balance",
            "account balance",
            "cash balance",
            "balance",
        ),
    ),
)

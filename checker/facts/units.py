"""Currencies and units as people write them beside a number: $ · 元 · 件 · /day · 个月 · %.

All patterns read folded matching text: half width, lower case.
"""

from __future__ import annotations

import re

CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD", "美金": "USD", "刀": "USD",
    "¥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY",
    "€": "EUR", "eur": "EUR", "欧元": "EUR", "欧": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP", "镑": "GBP",
    "jpy": "JPY", "日元": "JPY", "円": "JPY", "ca$": "CAD", "c$": "CAD", "cad": "CAD", "加元": "CAD",
    "au$": "AUD", "a$": "AUD", "aud": "AUD", "澳元": "AUD", "mxn": "MXN", "inr": "INR", "sek": "SEK", "pln": "PLN",
}  # fmt: skip
MONEY = frozenset(CURRENCIES.values())

PREFIX = r"us\$|ca\$|c\$|au\$|a\$|\$|¥|€|£|(?<![a-z])(?:usd|eur|gbp|rmb|cny|jpy|cad|aud|mxn|inr|sek|pln)|人民币|美元"
PIECE = r"(?:件|个|单|台|套|只|双|条|瓶|盒|包|支|把|pcs\.?|pieces?|units?|orders?|sales|ea)"
# First those that look like a metric's unit and are none.
_UNITS = "|".join(
    f"(?P<{name}>{pattern})"
    for name, pattern in (
        (
            "other",
            r"个?工作日|(?:business|working|calendar)[ -]days?|个?小时|分钟|钟头|kg|公斤|千克|cm|mm|mb|gb|ml|cbm|立方"
            r"|人|名|位|款|家|票|柜|折|号|楼|点(?!击)|岁|倍|页|行|列|项|年|轮|批|度|"
            r"个(?:人|asin|sku|产品|问题|款|站点|变体|链接|柜|地方|方案|部分|百分点|点|客户|买家|评价|差评|评论"
            r"|关键词|广告)"
            r"|条(?:差评|评价|评论|好评|留言|广告|记录)|(?:reviews?|ratings|asins?|skus?|hours?|hrs?|minutes?"
            r"|mins?|am|pm|people"
            r"|years?|yrs?|th|st|nd|rd|x|oz|lbs?|inch(?:es)?|items? on|percentage points)(?![a-z])",
        ),
        (
            "units_per_day",
            rf"{PIECE}?\s*(?:sold |gone |of (?:them|these|those) )?"
            r"(?:/|每|per |a |an |one |each |every )\s*(?:天|日(?![均销单期产])|day(?![a-z])|d(?![a-z]))"
            rf"|{PIECE}\s*(?:一天(?!\s?(?:大概|大约|约|平均|能|可|走|卖|出|销|\d))|(?:daily|a ?day)(?![a-z]))",
        ),
        ("days", r"天(?!猫|津|河)|日(?![均销期单常元本产内报历程])|-?days?(?![a-z])|d(?![a-z])"),
        ("weeks", r"周(?![转末一二三四五六日天报年期边])|个?星期(?![一二三四五六日天])|个?礼拜|-?weeks?(?![a-z])"),
        ("months", r"个月|-?months?(?![a-z])"),
        ("percent", r"%|percent(?![a-z])|pct(?![a-z])"),
        ("stars", r"颗?星(?!期)|[- ]?stars?(?![a-z])"),
        ("points", r"分(?![钟别之析销批类配享成布])"),
        ("boxes", r"箱|(?:cartons?|ctns?|boxes|cases?)(?![a-z])"),
        ("times", r"次"),
        (
            "money",
            r"美元|美金|刀|人民币|元|块钱?|欧元|欧(?![洲盟])|英?镑|日元|円|加元|澳元|(?:usd|rmb|cny|eur|gbp|jpy|cad|aud)(?![a-z])",
        ),
        ("units", rf"{PIECE}(?![a-z])"),
    )
)
UNIT = re.compile(rf"\s*(?:(?:more|further|extra|additional) )?(?:{_UNITS})")
CURRENCY = re.compile(rf"(?:{PREFIX})\s?$")

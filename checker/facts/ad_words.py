"""The vocabulary of advertising metrics, in the form of checker.facts.metrics: (metric, mode, pattern)."""

from __future__ import annotations

_W = r"(?<![a-z])"
_E = r"(?![a-z])"

LABELS: tuple[tuple[str, str, str], ...] = (
    (
        "conversions",
        "",
        r"广告(?:订单|出单|成交)(?:数量|数|量)?|转化(?:次数|单数|订单数?|数量?|量)|成交(?:单数|订单数?)"
        rf"|{_W}(?:(?:ads?|ppc|attributed) orders|(?:number of )?conversions(?! rate)){_E}",
    ),
    ("spend", "",
        rf"(?:广告|推广|投放)?(?:花了|花掉了?|烧了|烧掉了?)|{_W}burn(?:ed|t)(?: through)?{_E}|(?:广告|日均|总"
        rf"|推广|投放)*(?:花费|花销|支出|消耗)(?:金额|总额)?|广告费用?|(?:广告|推广)投入"
        rf"|{_W}ads? cost(?:s|ing)?(?: us)?{_E}|{_W}(?:(?:ad|ads|advertising|total|ppc) )?spen[dt](?:ing)?{_E}"),
    (
        "sales",
        "",
        rf"(?:广告|日均|总)*(?:销售总?额|营业额|成交额)|销售(?=[了约为:]{{0,2}}\s?[$¥€£])"
        rf"|{_W}(?:(?:ad|ads|ppc|attributed|total|gross) )?(?:sales"
        rf"|revenue|gmv)(?! ?(?:velocity|rate|volume|rank|team|per day|/)){_E}",
    ),
    ("acos", "", rf"{_W}acos{_E}|广告销售成本比"),
    ("roas", "", rf"{_W}roas{_E}|广告投产比|投产比|投入产出比"),
    ("ctr", "", rf"{_W}ctr{_E}|点击率|{_W}click[- ]?through(?: rate)?{_E}"),
    ("cvr", "", rf"{_W}(?:cvr|conversion(?: rate)?){_E}|转化率"),
    ("cpc", "", rf"{_W}cpc{_E}|单次点击(?:花费|成本|费用)?|平均点击(?:花费|成本|费用)|{_W}cost per click{_E}"),
    ("impressions", "", rf"曝光(?:量|数|次数)?(?!率)|展示(?:量|次数)|展现量?|{_W}impressions?{_E}"),
    ("clicks", "", rf"点击(?:量|数|次数)?(?!率|花费|成本|费用|进|查看|链接|此|下|确认)|{_W}clicks{_E}"),
    ("budget", "", rf"(?:日|广告|总|每日|月)?预算(?:金额)?|{_W}(?:daily )?budget{_E}"),
)  # fmt: skip

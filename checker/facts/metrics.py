"""The vocabulary of metrics: how people name stock, sales, days of supply, orders, ratings, prices and dates.

All patterns read folded matching text. A label's mode says on which side of its number it may stand: "b" before
(库存:105件), "a" after (105 units left), "" either. Metrics that only the context can tell apart have own names here:
support (能卖, 覆盖: days of supply or coverage of an order), hold (剩, left: stock or days of supply) and void (a label
whose number is no figure: lead time, MOQ, stock turn).
"""

from __future__ import annotations

from typing import NamedTuple

from checker.facts.ad_words import LABELS as AD_LABELS
from checker.facts.numerals import EN_WORDS
from checker.facts.scanner import Scanner
from checker.facts.units import MONEY

_W = r"(?<![a-z])"
_E = r"(?![a-z])"
_COUNTS = rf"(?:{EN_WORDS})(?:[ -](?:{EN_WORDS}))?"

# In order of precedence where two begin at the same character.
_LABELS: tuple[tuple[str, str, str], ...] = (
    (
        "void",
        "b",
        r"库存周转(?:率|天数|周期)?|周转(?:率|天数|周期)|(?:补货|备货|采购|生产|发货|运输|头程|物流|结算|回款"
        r"|打样|配送|海运|空运)(?:周期|时效|时长|提前期|天数)"
        r"|(?:大货)?交货?期|货期|账期|工期|有效期|保质期|保修期?|质保|时效|航程|(?:起订|最小起订|最低起订"
        r"|起批)量|库龄|超龄|冗余(?:库存)?|滞销(?:库存)?"
        r"|不可售(?:库存)?|预留(?:库存)?|残[损次](?:品|库存)?|(?:长期)?仓储(?:费|容量)|库容|(?:日|月)?产能"
        r"|(?:退货|退款|不良|缺陷|取消|售罄|利润|毛利|坏品|好评|差评|留评)率"
        r"|bsr|排名|tacos|出价|竞价|(?:评论|评价|review)(?:数|条数)|订单编?号|单号|折扣|优惠券|coupon|运费|关税"
        r"|佣金|配送费|fba费用?|退货(?:数量|量)?|退款(?:数量|量)?"
        rf"|{_W}(?:(?:stock|inventory) turn(?:over|s)?|lead[- ]?times?|transit times?|moq"
        rf"|minimum order(?: quantity)?|unsellable|unfulfillable"
        r"|reserved|aged inventory|excess(?: inventory| stock)?|capacity|return rate|refund rate|defect rate"
        r"|bids?|rank(?:ed|ing)?"
        r"|order (?:no\.?|number|id|#)|po (?:no\.?|number|#)|warranty|shelf life|discount|freight"
        r"|shipping (?:cost|fee)s?|payment terms?|net)"
        rf"{_E}",
    ),
    (
        "per_box",
        "b",
        rf"每箱(?:数量|装)?|箱规|装箱[数量]|单箱(?:数量)?|{_W}(?:units? |pcs )?per (?:carton|box|case){_E}"
        rf"|{_W}carton (?:qty|quantity|size){_E}",
    ),
    (
        "safety_stock",
        "",
        r"安全(?:库存|天数|线|阈值|水位|存量|期)(?:天数|线|水位|阈值|标准|要求)?|警戒线|库存红线|警戒值"
        rf"|{_W}(?:safety|buffer) (?:stock|days?|level|threshold|inventory)(?: level| days)?{_E}",
    ),
    (
        "last_restock",
        "b",
        r"(?:上一?次|上回|最近一?次|上批|最后一?次|前次)(?:的)?(?:进货|补货|采购|到货|入库|下单|备货|发货"
        r"|入仓)(?:时间|日期|日)?"
        rf"|{_W}(?:last|latest|previous|most recent)(?:ly)? (?:re-?stock(?:ed|ing)?|replenish(?:ed|ment)"
        rf"|purchase|order(?:ed)?|shipment"
        rf"|received|inbound|po)(?: date| (?:was|arrived|received)(?: on)?)?{_E}",
    ),
    (
        "dos",
        "",
        rf"库存\s?dos|{_W}dos{_E}|(?:库存|可售|可卖|可销|在库|剩余|可支撑|支撑|可用|可供货|供货|现货|可维持"
        rf"|预计可售|存销)(?:可用|可售|可供应?|可支撑|剩余|销售)?的?天数|库存可售期"
        rf"|{_W}(?:days?['’]?(?: |-)?(?:of|s of|'s of)? ?(?:supply|cover(?:age)?|inventory|stock)(?: left"
        rf"| remaining| on hand)?|(?:inventory|stock|supply|cover) days"
        rf"|days? (?:left|remaining) (?:of|in) (?:stock|inventory)|doc|doi|weeks? of (?:supply|cover|stock)){_E}",
    ),
    (
        "support",
        "b",
        r"(?:还|仅|只|最多|大概|大约|预计|约)?(?:能够?|可以|可(?![售用供])|足够|足以|够)(?:再|继续|正常"
        r"|至少)?(?:卖|销售?|售卖?|支撑|维持|支持|撑|用|坚持|顶|供应?)(?:住|到|个)?"
        r"|(?:只|仅|还|才)够(?:再)?|(?:最多|至多|顶多|还|大概|大约|预计)(?:卖|撑|支撑|用|顶"
        r"|维持)(?=\s?[约~]?[\d一二两三四五六七八九十半])|(?:支撑|维持)(?:时间)?(?!天数)"
        rf"|{_W}(?:lasts?(?: us| for| another| only| about)*|lasting|enough (?:for|to (?:last|cover|support"
        rf"|get us through))|good for|sufficient for"
        rf"|supply for|gives us|leaves us(?: with)?){_E}"
        rf"|{_W}(?:so|which|that|it)(?: (?:it|that))?(?:'s| is| gives| makes| means)"
        rf"(?= (?:about |abt |around |only |roughly )?(?:\d{{1,3}}|{_COUNTS}) days"
        r"(?! (?:late|ago|delay|lead|from|after|before|old|to|in)))",
    ),
    ("support", "a", r"(?:的)?(?:用量|销量|销售量|需求量?|货量|量)(?=[,。;)!的\s]|$)"),
    (
        "coverage",
        "b",
        r"(?:可|能够?|以|用于|用来)?(?:覆盖|满足|保障|保证|应对|涵盖)(?:天数|周期|时长)?|备货天数|(?:目标"
        r"|计划)(?:覆盖|备货)天数|(?:备|补|采购|订|下单)(?:够|足|到)"
        rf"|{_W}(?:cover(?:s|ing|age)?(?: for)?|to last(?: us)?|(?:to )?support(?:s|ing)?|(?:to )?meet(?:ing)?){_E}",
    ),
    (
        "in_transit",
        "",
        r"在途(?:库存|数量|货物|货量|件数|数|中)?|已发未到|已发货?未(?:到|入仓|上架|签收|到仓)|在路上|(?:海运|空运|陆运|运输|头程|快递)途中|运输中"
        r"|待入仓|待上架(?:数量)?|接收中|已下单未(?:交|发|到)(?:货)?|已采未到|未交(?:货)?(?:数量|数)"
        r"|在产(?:数量)?|生产中"
        rf"|{_W}(?:in[- ]transit(?: stock| inventory| units| qty)?|inbound(?: stock| inventory| units| qty"
        rf"| quantity)?|on the (?:way|water)|en route|incoming|on order){_E}",
    ),
    (
        "daily_sales",
        "",
        r"(?:(?:过去|近|最近|前)?(?:\d{1,2}|[七两三十]+)[天日](?:内)?的?)?(?:日均|均日|日平均|平均日"
        r"|平均每[天日]|每[天日]平均|日平均)(?!库存|销售额|曝光|点击|花费|消耗|预算|流量|访客|展示|广告|营业额"
        r"|支出|评)"
        r"(?:的)?(?:走(?=\s?[约~]?[\d一二两三四五六七八九十])|销量|销售量?|销|单量|出单量?|出货量?|订单量?|售出|售|卖出?|动销|需求|出库)?(?:数量|量"
        r"|数)?(?:为|约|在)?"
        r"|日销(?!售额)(?:量|售量?|售|数)?|日(?:出)?单量?(?!价)|(?:每[天日]|一天)(?=\s?(?:大概|大约|约|平均"
        r"|稳定在?|~)?\s?(?:\d+(?:\.\d+)?|[二两三四五六七八九十百]{1,4}[来多几]?)\s?[单件个条只套双盒瓶包支把台])|日(?:售|出)(?=\s?[约~]?\d)|每[天日](?:大概|大约|约|差不多|平均"
        r"|稳定|能|可|可以|都)*(?:卖出?|销售?|售出?|出单?|出货|走)(?:了|掉|约|大概)*"
        r"|(?:一天|单日|当前日|现在日)(?:大概|大约|约|能|可|平均)*(?:卖|销量?|售|出单?|走)|(?:近|过去|最近)?(?:7|七"
        r"|30|14)[天日](?:销量|销售)?(?:均值|平均值?|均销量?|均)|销量(?:均值|平均值?)|平均销量|均销|销售速度"
        rf"|{_W}(?:(?:last |past )?(?:\d+|seven)[- ]day (?:sales )?(?:avg\.?|average|mean)(?: daily)?(?: sales"
        rf"| units| velocity)?|(?:avg\.?|average|mean) daily (?:unit )?(?:sales?|units|orders|velocity"
        rf"|demand)(?: velocity| rate| volume)?"
        r"|daily (?:avg\.?|average)?(?: )?(?:unit )?(?:sales?|units(?: sold)?|run[- ]?rate|orders|demand|velocity"
        r"|volume)(?: velocity| rate| volume| average)?|daily (?:avg\.?|average)|(?:avg\.?"
        r"|average) (?:unit )?(?:sales|units)(?: sold)? ?(?:/|per|a) ?day"
        rf"|(?:avg\.?|average) (?:sales|units sold)|sales velocity|velocity|run[- ]?rate|ads(?=\s?[:=])"
        rf"|units(?: sold)? ?(?:/|per) ?day|sales ?(?:/|per) ?day|daily){_E}",
    ),
    (
        "stock",
        "",
        r"可售(?:库存|数量|件数|数)?(?!天)|可用(?:库存|数量)|在[库仓](?:库存|数量|件数|数)?(?!天)|现货(?:库存"
        r"|数量)?|现有(?:数量|(?=\s?[约~]?\d))|余量|存货(?:数量|量)?|(?:fba|总)?库存(?:数量|余量|存量|总量|总数"
        r"|剩余|水平|量|数)?(?!天|周转|周期|成本|金额|容量|绩效|管理|编号|报表|表)"
        rf"|{_W}(?<!out[- ]of[- ])(?:(?:on[- ]hand|available|fulfillable|sellable|current|remaining|fba|in[- ]stock)?"
        r"[ -]?(?:stock"
        rf"|inventory)(?:[ -]?(?:level|on[- ]hand|qty|quantity|count|units|left|available|remaining|position))?"
        r"(?! ?-?outs?| days| turn| report| performance| file| will| plan|\w)|(?:units |pcs )?(?:in[- ]stock"
        r"|on[- ]hand|in inventory|at fba|in fba|sellable|fulfillable)|(?:units? |pcs |qty "
        r"|quantity )?available(?: units| qty| quantity)?"
        r"|units of (?:stock|inventory)|(?<!out )of (?:stock|inventory)|in the warehouse)"
        rf"{_E}",
    ),
    (
        "hold",
        "",
        r"(?:目前|现在|当前)?(?:还|仅|只|就|总共)?(?:剩余?下?|余下)(?!的)|仅余|仅有|只有|还有(?!限)"
        rf"|{_W}(?:(?:units? |pcs |pieces )?(?:left|remaining)|only have|we (?:currently |now |still "
        rf"|only )?(?:have|hold)(?: only)?|have only|there (?:are|is)(?: only)?){_E}",
    ),
    (
        "order",
        "",
        r"(?:建议|计划|本次|拟|需|申请)?(?:补货|采购|下单|订货|订购|进货|返单|补发|加单|备货|补单|追单"
        r"|订单)(?:数量|件数|总量|总数|数|量(?!级))(?!单)"
        r"|下达|补货|采购(?!价|部|经理|同事|周期|成本|渠道)|下单|备货|追加|加订|加单|申请|订购|再订|返单|订货"
        r"|进货|补单|补(?!偿|充|发|差|贴|丁|办|习|齐)|采(?=\s?[约~]?\d)|订(?!单|阅)|下(?=\s?[约~]?(?:\d|[一二两三四五六七八九十]{1,3}[百千]))"
        r"|备(?=\s?[约~]?\d)|安排(?=[^,。;]{0,2}\d)|发(?=\s?[约~]?\d+\s?件)"
        rf"|{_W}(?:(?:suggested |recommended |proposed |planned )?(?:order|po|reorder|re-?stock"
        rf"|replenish(?:ment)?|purchase)(?:ed)?(?: order)? (?:qty|quantity|units|of|for|size|amount)"
        r"|(?:re)?order(?:ing)?(?! (?:no|number|id|by|date|status)|s)|purchase(?: order)?|re-?stock(?:ing)?"
        r"|replenish(?:ing|ment)?|po|buy(?:ing)?|procure|place (?:an order|a po) (?:for|of)|send in"
        r"|replenishment)"
        rf"{_E}",
    ),
    *AD_LABELS,
    (
        "rating",
        "",
        r"评分|星级|(?:平均|综合|店铺|产品|商品)?评级|(?:listing|产品|商品)?(?:分数|得分)|评价(?:为|是|只有|掉到"
        r"|降到)?"
        rf"|{_W}(?:(?:star|average|overall|product|review) )?rating(?!s){_E}|{_W}(?:rated|review score|score){_E}",
    ),
    ("cost", "b",
        rf"(?:采购|产品|单位|生产|出厂|含税)?(?:成本价?|进价|进货价|采购价|出厂价|拿货价|供货价)|底价"
        rf"|{_W}(?:unit |purchase |landed )?costs?{_E}|{_W}(?:exw|fob)(?: price)?{_E}"),
    (
        "price",
        "",
        r"(?:建议|当前|目前|拟定|计划|上架|促销|活动|优惠|折后|原|现|新|目标|标准|划线)?(?:(?:首发|上新|上架"
        r"|开售|挂牌|日常|限时|券后|前台|页面)价|零售价|售价|价格|定价|标价|单价|秒杀价|会员价|促销价|活动价"
        r"|优惠价|折后价|原价|现价|新价|到手价)|(?:调|改|降|涨|提)价"
        rf"|{_W}(?:(?:list|sale|selling|retail|unit|current|new|launch|target|deal|promo(?:tional)?|regular"
        rf"|sales) )?(?:price|pricing)d?(?: at)?{_E}|{_W}(?:msrp|rrp|priced at|selling at|sells (?:at|for)){_E}",
    ),
    ("stars", "", rf"差评|中评|好评|留评|{_W}(?:reviews?|feedback){_E}"),
    ("deals", "", rf"出单(?:数|量)?(?!价)|订单(?=[:为共有是]{{0,2}}\s?\d)|{_W}orders{_E}"),
    ("total", "b", rf"合计|总计|共计|总额|总金额|{_W}(?:grand )?total(?: amount)?{_E}"),
)  # fmt: skip

# Labels of dates. They bind to a day, on either side.
_DAYS: tuple[tuple[str, str], ...] = (
    ("last_restock", next(p for m, _, p in _LABELS if m == "last_restock")),
    (
        "stockout_date",
        r"(?:就要?|会|得)[断空没](?=了)|(?<=[日号\d])(?:就|会|要|得|就要)?[断空没](?=[,。;!\s]|了|$)|(?:预计|预测|预估|可能)?(?:断货|断码|卖断|售罄|缺货|脱销|卖光|卖完|卖空|售完|断档|清空|库存耗尽|耗尽"
        r"|库存归零|没货|无货)(?:时间点?|日期|日|风险)?"
        r"|(?:可以?|能|够|预计|大概|只)*(?:卖|撑|支撑|维持|坚持|用)到(?=\s?\d{1,4}\s?[年月/.-])"
        rf"|{_W}(?:(?:expected |projected |estimated |forecast )?(?:stock[- ]?outs?|out[- ]of[- ]stock"
        rf"|oos)(?: date| day| expected| projected)?|(?:run|runs|running|ran) (?:out|dry)(?: of (?:stock"
        rf"|inventory|units|it))?"
        rf"|(?:sell|sells|sold|selling) out|(?:stock|inventory) (?:will be |is )?(?:depleted|exhausted|gone)"
        rf"|depletion date|stock(?:s|ing)? out|last until|lasts? (?:till|until)|zero stock|depleted"
        rf"|(?:have|has|had) stock (?:until|till)|(?:be|is|are) (?:all )?gone(?= (?:by|on|around|about|before|in))){_E}"
        # A person, a parcel or an invoice is out on a day too: only a product is out of stock then.
        rf"|(?<=b0[a-z0-9]{{8}} )(?:is|will be|would be|goes) out(?= (?:by|on|around|about|before)){_E}"
        rf"|(?:we|it|they)(?:'d| would) be out(?= (?:by|on|around|about|before)){_E}"
        r"|(?:(?<=days, )|(?<=days and )|(?<=left, )|(?<=stock, )|(?<=supply, )|(?<=cover, ))out(?= (?:by|on|around) )",
    ),
    (
        "launch_date",
        r"(?:预计|计划|拟|正式|新品)?(?:上架|上线|开售|开卖|发布|首发|上新|开放销售)(?:时间|日期|日)?|(?:生效"
        r"|执行|调价|改价|变更)(?:时间|日期|日)"
        rf"|{_W}(?:(?:planned |target |expected )?(?:launch(?:es|ed|ing)?|go(?:es|ing)?[- ]live|release|listing"
        rf"|effective)(?: date| day| time| on)?|live on|on sale from|start of sales){_E}",
    ),
    (
        "arrival_date",
        rf"{_W}(?:new |revised |updated |latest )?(?:eta|estimated (?:time of )?(?:arrival|delivery)"
        rf"|(?:expected |planned |estimated |scheduled )?(?:arrivals?|delivery|arriv(?:e|es|ed|ing)|deliver(?:ed"
        rf"|s|y)?)(?: date| time| day| by| at (?:fba|the warehouse))?"
        rf"|due (?:in|(?:in|at|into) (?:the )?(?:fc|fba|amazon|warehouse|port))|check(?:ed)?[- ]in|dock(?:s|ed)?"
        rf"|delayed (?:to|until|till)|(?:rescheduled|postponed|pushed back|moved|slipped) to|land(?:s|ed)?){_E}"
        r"|(?:预计|计划|约定|最新|更新|新的|原|实际)?(?:到货|到港|到仓|抵达|抵港|抵仓|靠港|靠泊|送达|送仓|入仓"
        r"|入库|签收|派送|妥投|交仓|进仓|到达|到件|到库|到岸|收货|上架|清关完成|预约|到件|卸货|卸柜|派件"
        r"|约仓)(?:时间|日期|日)?"
        r"|(?<=[日号天\d一二三四五六])(?:能|会|可以?|才|就)?到(?=[,。;!\n]|$)"
        r"|(?:延误|延迟|延期|推迟|改期|顺延|改约|改|更新|调整|拖)(?:至|到|为)|(?:预计|计划)?(?:时间|日期)(?:延误"
        r"|延迟|推迟|顺延)至?",
    ),
)  # fmt: skip


class Label(NamedTuple):
    """A metric's name in the text."""

    start: int
    end: int
    metric: str
    mode: str


_LABEL = Scanner((f"{metric} {mode}", pattern) for metric, mode, pattern in _LABELS)
_DAY_LABEL = Scanner(_DAYS)

_UNITS: dict[str, frozenset[str]] = {
    "stock": frozenset({"units", "days", ""}),
    "hold": frozenset({"units", "days", ""}),
    "daily_sales": frozenset({"units", "units_per_day", ""}),
    "dos": frozenset({"days", ""}),
    "support": frozenset({"days"}),
    "coverage": frozenset({"days", ""}),
    "in_transit": frozenset({"units", ""}),
    "safety_stock": frozenset({"units", "days", ""}),
    "order": frozenset({"units", "days", ""}),
    "per_box": frozenset({"units", ""}),
    "void": frozenset({"units", "units_per_day", "days", "percent", "other", "boxes", "times", "", *MONEY}),
    "acos": frozenset({"percent", ""}),
    "ctr": frozenset({"percent", ""}),
    "cvr": frozenset({"percent", ""}),
    "roas": frozenset({"other", ""}),
    "impressions": frozenset({"times", "units", ""}),
    "clicks": frozenset({"times", "units", ""}),
    "rating": frozenset({"stars", "points", ""}),
    "stars": frozenset({"stars"}),
    "conversions": frozenset({"units", "times", ""}),
    "deals": frozenset({"units", "times", ""}),
    "boxes": frozenset({"boxes", ""}),
    "total": frozenset({"units", "", *MONEY}),
}
_MONEY_UNITS = frozenset({"", *MONEY})


def fits(metric: str, unit: str) -> bool:
    """Whether a number with that unit can be a value of the metric."""
    return unit in _UNITS.get(metric, _MONEY_UNITS)


def labels(text: str, start: int, end: int) -> tuple[Label, ...]:
    """The metric names in text[start:end], in order."""
    found = _LABEL.finditer(text, start, end)
    return tuple(Label(f.start, f.end, metric, mode) for f in found for metric, _, mode in [f.name.partition(" ")])


def day_labels(text: str, start: int, end: int) -> tuple[Label, ...]:
    """The names of dates (stock-out, launch, arrival, last restock) in text[start:end], in order."""
    return tuple(Label(f.start, f.end, f.name, "") for f in _DAY_LABEL.finditer(text, start, end))

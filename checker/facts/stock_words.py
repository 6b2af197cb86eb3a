"""The vocabulary of stock, sales and orders, in the form of checker.facts.metrics: (metric, mode, pattern)."""

from __future__ import annotations

from checker.facts.day_words import LAST_RESTOCK
from checker.facts.numerals import EN_WORDS

_W = r"(?<![a-z])"
_E = r"(?![a-z])"
_COUNTS = rf"(?:{EN_WORDS})(?:[ -](?:{EN_WORDS}))?"

# In order of precedence where two begin at the same character.
LABELS: tuple[tuple[str, str, str], ...] = (
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
    ("last_restock", "b", LAST_RESTOCK),
    (
        "dos",
        "",
        rf"库存\s?dos|{_W}dos{_E}|(?:库存|可售|可卖|可销|在库|剩余|可支撑|支撑|可用|可供货|供货|现货|可维持"
        rf"|预计可售|存销)(?:可用|可售|可供应?|可支撑|剩余|销售)?的?天数|库存可售期"
        rf"|{_W}(?:days?['’]?(?: of)? worth(?! of (?!stock|inventory|supply|cover))"
        r"|days?['’]?(?: |-)?(?:of|s of|'s of)? ?(?:supply|cover(?:age)?|inventory|stock)(?: left"
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
        r"(?!['’]? (?:worth of (?!stock|inventory|supply)|of work|late|ago|delay|lead|from|after|before|old|to|in)))",
    ),
    ("support", "a", r"(?:的)?(?:用量|销量|销售量|需求量?|货量|量)(?=[,。;)!的\s]|$)"),
    (
        "coverage",
        "b",
        r"(?:可|能够?|以|用于|用来)?(?:覆盖|满足|保障|保证|应对|涵盖)(?:天数|周期|时长)?|备货天数|(?:目标"
        r"|计划)(?:覆盖|备货)天数|(?:备|补|采购|订|下单)(?:够|足|到)"
        rf"|{_W}(?:cover(?:s|ed|ing|age)?(?: for)?|to last(?: us)?|(?:to )?support(?:s|ing)?|(?:to )?meet(?:ing)?){_E}",
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
        r"|平均每[天日]|每[天日]平均|日平均|每[天日](?=的?(?:销量|单量|出单量|销售量)))(?!库存|销售额|曝光|点击|花费|消耗|预算|流量|访客|展示|广告|营业额"
        r"|支出|评)"
        r"(?:的)?(?:走(?=\s?[约~]?[\d一二两三四五六七八九十])|销量|销售量?|销|单量|出单量?|出(?=\s?[约~]?\d+\s?[单件个])|出货量?|订单量?|售出|售|卖出?|动销|需求"
        r"|出库)?(?:数量|量"
        r"|数)?(?:为|约|在)?"
        r"|日销(?!售额)(?:量|售量?|售|数)?|日(?:出)?单量?(?!价)|(?:每[天日]|一天)(?=\s?(?:大概|大约|约|平均"
        r"|稳定在?|~)?\s?(?:\d+(?:\.\d+)?|[二两三四五六七八九十百]{1,4}[来多几]?)\s?[单件个条只套双盒瓶包支把台])|日(?:售|出)(?=\s?[约~]?\d)"
        r"|每[天日](?:大概|大约|约|差不多|平均"
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
        r"(?:目前|现在|当前)?(?:还|仅|只|就|总共)?(?:剩余?下?|余下)(?!的)|仅余|余(?=\s?\d)|仅有|只有|还有(?!限)"
        rf"|{_W}(?:(?:units? |pcs |pieces )?(?:left|remaining)|only have|we (?:currently |now |still "
        rf"|only )?(?:have|hold)(?: only)?|(?:we|it|stock|now)(?:['’](?:re|s)| are| is)? (?:now )?down to"
        rf"|(?<=b0[a-z0-9]{{8}} )(?:is )?(?:now )?down to|have only"
        rf"|there (?:are|is)(?: only)?){_E}",
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
        r"|replenish(?:ing|ment)?|po|buy(?:ing)?|procure|(?:please |to |and |you )approve(?= \d[\d,]* (?:units|pcs"
        r"|pieces))|place (?:an order|a po) (?:for|of)|send in"
        r"|replenishment)"
        rf"{_E}",
    ),
)  # fmt: skip

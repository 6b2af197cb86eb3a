"""The vocabulary of dates: last restock, stock-out, launch, arrival. Read by checker.facts.metrics."""

from __future__ import annotations

_W = r"(?<![a-z])"
_E = r"(?![a-z])"

LAST_RESTOCK = (
    r"(?:上一?次|上回|最近一?次|上批|最后一?次|前次)(?:的)?(?:进货|补货|采购|到货|入库|下单|备货|发货"
    r"|入仓)(?:时间|日期|日)?"
    rf"|{_W}(?:last|latest|previous|most recent)(?:ly)? (?:re-?stock(?:ed|ing)?|replenish(?:ed|ment)"
    rf"|purchase|order(?:ed)?|shipment"
    rf"|received|inbound|po)(?: date| (?:was|arrived|received)(?: on)?)?{_E}"
)

# (metric, pattern). They bind to a day, on either side.
LABELS: tuple[tuple[str, str], ...] = (
    ("last_restock", LAST_RESTOCK),
    (
        "stockout_date",
        r"(?:就要?|会|得)[断空没](?=了)|(?<=[日号\d])(?:就|会|要|得|就要)?[断空没](?=[,。;!\s]|了|$)|(?:预计|预测|预估|可能)?(?:断货|断码|卖断|售罄|缺货"
        r"|脱销|卖光|卖完|卖空|售完|断档|清空|库存耗尽|耗尽"
        r"|库存归零|没货|无货)(?:时间点?|日期|日|风险)?"
        r"|(?:可以?|能|够|预计|大概|只)*(?:卖|撑|支撑|维持|坚持|用)到(?=\s?\d{1,4}\s?[年月/.-])"
        rf"|{_W}(?:(?:expected |projected |estimated |forecast )?(?:stock[- ]?outs?|out[- ]of[- ]stock"
        rf"|oos)(?: date| day| expected| projected)?|(?:run|runs|running|ran) (?:out|dry)(?: of (?:stock"
        rf"|inventory|units|it))?"
        rf"|(?:sell|sells|sold|selling) out|(?:stock|inventory) (?:will be |is |will )?(?:depleted|exhausted|gone"
        rf"|empty|ends?)"
        rf"|depletion date|stock(?:s|ing)? out|last until|lasts? (?:till|until)|zero stock|depleted"
        rf"|(?:have|has|had) stock (?:until|till)|(?:(?:be|is|are) )?(?:all )?(?:gone|empty)(?= (?:by|on|around"
        rf"|about|before|in))){_E}"
        # A person, a parcel or an invoice is out on a day too: only a product is out of stock then.
        rf"|(?<=b0[a-z0-9]{{8}} )(?:is|will be|would be|goes) out(?= (?:by|on|around|about|before)){_E}"
        rf"|(?:we|it|they)(?:['’]re| are|['’]s| is) dry(?= (?:on|by|around|before)){_E}"
        rf"|(?:we|it|they)(?:'d| would) be out(?= (?:by|on|around|about|before)){_E}"
        r"|(?:(?<=dos \d, )|(?<=dos \d\d, )|(?<=days, )|(?<=days and )|(?<=left, )|(?<=stock, )|(?<=supply, )"
        r"|(?<=cover, ))out(?= (?:by|on|around) )",
    ),
    (
        "launch_date",
        r"(?:预计|计划|拟|正式|新品)?(?:上架|上线|开售|开卖|发布|首发|上新|开放销售)(?:时间|日期|日)?|(?:生效"
        r"|执行|调价|改价|变更)(?:时间|日期|日)"
        rf"|{_W}(?:(?:planned |target |expected )?(?:launch(?:es|ed|ing)?|go(?:es|ing)?[- ]live|release|listing"
        rf"|effective)(?: date| day| time| on)?|live (?:on|from)|(?:be|is|are) listed(?= on)"
        rf"|(?:go(?:es)? )?on sale(?: from| on)?|start of sales){_E}",
    ),
    (
        "arrival_date",
        rf"{_W}(?:new |revised |updated |latest )?(?:eta|estimated (?:time of )?(?:arrival|delivery)"
        rf"|(?:expected |planned |estimated |scheduled )?(?:arrivals?|delivery(?: appointment)?|arriv(?:e|es|ed"
        rf"|ing)|deliver(?:ed"
        rf"|s|y)?)(?: date| time| day| by| at (?:fba|the warehouse))?"
        rf"|due (?:in|(?:in|at|into) (?:the )?(?:fc|fba|amazon|warehouse|port|[a-z]{{3}}\d))|check(?:ed)?[- ]in"
        rf"|dock(?:s|ed)?"
        rf"|reach(?:ed|es)? (?:[a-z]{{3}}\d|fba|amazon|the (?:warehouse|port|fc))"
        rf"|(?:be|was|is) (?:at|in) (?:the (?:warehouse|fc|port)|fba|[a-z]{{3}}\d)(?= (?:on|by|around|from))"
        rf"|eta (?:lax|lgb|oak|sea|nyc|sav|hou|ham|rtm|fxt|[a-z]{{3}}\d)|delayed (?:to|until|till)|(?:rescheduled"
        rf"|postponed|pushed back|moved|slipped) to|land(?:s|ed)?){_E}"
        r"|(?:预计|计划|约定|最新|更新|新的|原|实际)?(?:到货|到港|到仓|抵达|抵港|抵仓|靠港|靠泊|送达|送到(?!了?[您你我])|送仓|入仓"
        r"|入库|签收|派送|妥投|交仓|进仓|到达|到件|到库|到岸|收货|上架|清关完成|预约|到件|卸货|卸柜|派件"
        r"|约仓)(?:时间|日期|日)?"
        r"|(?<=[日号天\d一二三四五六])(?:能|会|可以?|才|就)?到(?=[,。;!\n]|$)"
        r"|(?:延误|延迟|延期|推迟|改期|顺延|改约|改|更新|调整|拖)(?:至|到|为)|(?:预计|计划)?(?:时间|日期)(?:延误"
        r"|延迟|推迟|顺延)至?",
    ),
)  # fmt: skip

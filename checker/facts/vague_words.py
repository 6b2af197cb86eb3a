"""Quantities in words: 快卖完了, 库存不多, a lot of returns. Read by checker.facts.vague."""

from __future__ import annotations

from checker.facts.scanner import Scanner

_VERY = (
    r"(?:已经|真的|现在|目前|都|也|又|就|还是|还|有些|有点儿?|很|非常|比较|太|十分|较|较为|相当|特别|极其|严重"
    r"|明显|一直|近期|最近|这几天|这周|上周|情况|表现|数据|方面|水平|是|有|的){0,4}"
)
_METRIC = (
    r"(?:销量|销售(?:额|情况)?|出单|订单量?|单量|转化率?|流量|点击率?|曝光量?|广告(?:效果|表现|花费)?|花费|评分"
    r"|排名|差评(?:率)?|退货(?:率)?|退款(?:率)?|投诉|客诉|acos|roas|ctr|cvr"
    r"|利润|毛利|动销|(?:产品|市场|listing)(?:效果|表现))"
)
_NO_MORE = r"(?:卖完|断货|售罄|卖光|卖空|缺货|脱销|没货|没库存|没有库存|见底|断码|售空)"
_STOCK = (
    rf"(?:快要?|即将|马上要?|马上就要?|就要|就快|眼看|濒临|接近)(?:全部)?(?:{_NO_MORE}|没(?=了|有?货|库存))了?"
    rf"|(?:库存|现货|存货|可售|货){_VERY}(?:不多|不足(?!\s?[约~]?\d)|不够|紧张|告急|偏低|较低|过低|低位|见底"
    rf"|紧缺|吃紧|有限|很少|少得可怜|所剩无几|充足|充裕|很多|较多|偏多|过多|太多)了?"
    r"|所剩(?:无几|不多)|没(?:剩)?多少(?:库存|货|件|台)?了|剩(?:得|的|下)?不多了?|(?:库存|货)?(?:只"
    r"|仅)?剩(?:下)?(?:一点|一些|几件|少量|没几[件个])|没几[件个台]了"
    r"|(?<![a-z])(?:(?:almost|nearly|about to be|close to|practically|virtually) (?:completely )?(?:sold[- ]out"
    r"|out of stock|gone|oos|stocking out|selling out|depleted)"
    r"|(?:running|run|getting) (?:very |really |quite |pretty |dangerously |a bit |extremely )*(?:low|short"
    r"|thin)(?! (?:on )?(?:time|staff|budget|cash|battery))"
    r"|(?:is |are |we(?:['’]re| are) )?about to (?:sell out|run out|stock out)|(?:about|going) to be out of stock"
    r"|(?:stock|inventory|supply)(?: levels?| on hand)? (?:is|are|has been|have been|looks?|remains?|seems?"
    r"|getting|runs?|went)(?: getting| running| now| already| very| really| quite| pretty| rather| too| so"
    r"| extremely| a bit| dangerously)* (?:low|tight|limited|short|thin|insufficient|critical|high|plentiful"
    r"|not enough)"
    r"|(?:very |really |quite |extremely )low (?:on )?(?:stock|inventory)|low (?:on )?(?:stock"
    r"|inventory)(?= (?:now|again|at|for|in|of)\b|[,.!]|$)"
    r"|(?:just |only |very )?(?:a )?few (?:units |pcs |pieces )?(?:left|remaining)|not (?:much|many)(?: stock"
    r"| inventory| units)? (?:left|remaining)|hardly any (?:stock|units|left)|little (?:stock|inventory) left"
    r"|plenty of (?:stock|inventory|units))(?![a-z])"
)
_BAD_OR_GOOD = (
    r"不太?(?:好|理想|佳|乐观|行)|很差|较差|太差|差得|惨淡|低迷|糟糕|堪忧|不错|很好|挺好|可观|火爆"
    r"|下[降滑跌](?:得)?(?:明显|很多|不少|厉害|严重|较多|很快|很大)|(?:明显|大幅(?:度)?|急剧|显著|严重|持续"
    r"|快速)(?:的|地)?(?:下[降滑跌]|上[涨升]|增[长加]|提[升高]|减少|走低|走高|恶化|变差|回升)"
    r"|暴[跌涨增]|猛[增涨]|激增|骤[降增减]|飙升|(?:偏|太|过|很|较|比较|有点|非常|越来越|特别|挺|蛮|相当"
    r"|略)[高低多少]|[涨降跌掉](?:得|了)(?:很|非常)?(?:厉害|不少|很多|严重)|(?:变|增)[多少](?:了)?(?:很多|不少)"
    r"|(?:上升|增长|增加|提升)(?:得)?(?:明显|不少|很多|很快)|翻了?好?几倍|很[少多]|不[多少]|较[多少]|一大?堆"
    r"|成堆|一大波|一大把|多得很|多得吓人"
)
_MUCH = (
    r"(?:一大堆|一堆|一大波|成堆|一连串|接连不断|很多|不少|大量|许多|若干|一些|好多|好几[个条单件]|少量|一大批"
    r"|大批|非常多的?)"
)
_OF = r"(?:[\u4e00-\u9fff]{1,3}(?:相关|方面|类|问题)的?)?"  # 不少噪音相关差评
_NOUN = (
    r"(?:库存|存货|订单|差评|中评|退货|退款|客诉|投诉|好评|评价|评论|点击|流量|曝光|销量|广告费|费用|坏件|不良品"
    r"|次品|货(?![代架柜运物期])|单量|单子|产品(?:破损|损坏|丢失)|(?:买家|客户|顾客)(?:都|在|来|说)?(?:投诉|退货"
    r"|反馈|抱怨|差评|要求退))"
)
_ORDER = (
    r"(?:再|先|多)?(?:补|采购|下单|订购|订|备|发)(?:上)?(?:一些|一点|点儿?|一批|若干|适量|多点|少量"
    r"|一定量)(?:的)?(?:货|库存)?(?!时间|评|信息|文件)|(?:大量|大批|适量|适当|尽量多)(?:地)?(?:补货|采购|备货"
    r"|下单|囤货|补|备|订)|多(?:补|备|订|采购)(?:点|一点|一些|些)(?:货|库存)?"
)
_OTHER = (
    rf"{_METRIC}{_VERY}(?:{_BAD_OR_GOOD})了?|{_MUCH}(?:的)?{_OF}{_NOUN}|{_ORDER}|(?:卖|出单)得?(?:很|非常|特别|比较"
    rf"|太|还)?(?:不太?好|不错|好|差|慢|快|火)(?!评|不好)(?=[,。;!的了\s]|$)"
    r"|(?<![a-z])(?:selling (?:very |really |quite |pretty |extremely |so |too )*(?:well|fast|quickly|slowly"
    r"|badly|poorly|like hot ?cakes)|going (?:very )?fast"
    r"|(?:(?:quite )?a (?:lot|bunch|ton|handful|number|large number|couple|few)|lots|tons|loads|plenty)(?: of"
    r"| more)? (?:of )?(?:\w+ )?(?:stock|inventory|units|orders|returns|reviews|complaints|clicks|sales|refunds"
    r"|impressions|traffic|spend|damaged|defective|negative (?:feedback|comments?)|bad (?:feedback|comments?)"
    r"|cancellations|wasted)"
    r"|(?:a great )?(?:many|number of|several|numerous|lots of) (?:more )?(?:buyers|customers|people) (?:have |are )"
    r"?(?:been )?(?:complain|return|report)(?:s|ed|ing)?"
    r"|(?:too |so |very |quite |a great )?(?:many|several|numerous|some|few) (?:new |bad |negative |poor |1-star "
    r"|one-star |customer |buyer |more |irrelevant )*(?:orders|returns|reviews|complaints|units|refunds|clicks"
    r"|impressions|defects|(?<=bad )comments|(?<=negative )comments|cancellations)(?! (?:no|number|id))"
    r"|(?:sales|conversions?|ratings?|acos|roas|ctr|cvr|traffic|clicks|spend|returns?|return rate|performance"
    r"|results|reviews|demand|revenue|velocity|orders)(?: rate| numbers| figures| volume)? (?:are|is|was|were"
    r"|has been|have been|have|has|looks?|remains?|seems?|went|got|getting|become|became)(?: \w+ly| very| really"
    r"| quite| pretty| rather| too| so| a bit| still| not| been| getting)* (?:poor|bad|low|high|weak|terrible"
    r"|great|good|strong|slow|disappointing|worse|better|excellent|awful|unsatisfactory)(?! (?:season|quality"
    r"|for))"
    r"|(?:dropp?(?:ed|ing)|declin(?:ed|ing)|fell|falling|increas(?:ed|ing)|ros|rising|rose|grew|grown|growing"
    r"|decreas(?:ed|ing)|slipp?ed|went (?:up|down)|(?:is|are) (?:up|down)|gone (?:up|down)|changed|improved"
    r"|worsened) (?:significantly|sharply|dramatically|a lot|considerably|noticeably|substantially|rapidly"
    r"|massively|quite a bit|heavily|drastically)"
    r"|(?:significant(?:ly)?|sharp(?:ly)?|dramatic(?:ally)?|drastic(?:ally)?|substantial(?:ly)?|huge|big"
    r"|massive) (?:dropp?(?:ed)?|declin(?:ed?|ing)|decreas(?:ed?|ing)|increas(?:ed?|ing)|fall|fell|rise|rose"
    r"|lower|higher|jump|spike|(?:sales|stock) )"
    r"|poor (?:sales|performance|ratings?|conversion|reviews|results)"
    r"|(?:spent|sold|cost(?:s|ing)?(?: us)?|lost|brought in|earned|returned) (?:quite |very |too |so |far too )*"
    r"(?:a lot|a bunch|much|little|a great deal|hardly anything)"
    r"(?! of \w+ (?:time|effort)| (?:time|effort|more time)))(?![a-z])"
)
WORDS = Scanner((("stock", _STOCK), ("other", _OTHER)))

"""Shapes of names of buyers: each counts only beside an order or a postal address, which the caller sees to."""

from __future__ import annotations

import re

from checker.presidio_pack.shape import Range, Shape

_NO_NAME = re.compile(
    r"(?:服务|反馈|投诉|评价|信息|资料|地址|电话|需求|要求|名单|订单|退货|确认|部门|各位|全体|仓库|公司|同事|未知|如下|同上|见附件|来自|本人|代收|先生|女士|满意|已收)"
)

# Capitalised words behind buyer or customer that are no name: of the trade, of Amazon's pages.
_TRADE = (
    r"(?:Account|Address|Amazon|Analytics|Appeal|Approval|Behaviou?r|Care|Case|Chat|Claims?|Comments?|Communications?"
    r"|Complaints?|Contact|Country|Data|Defects?|Delivery|Details?|Email|Engagement|Experience|Feedback|Group|Help|ID"
    r"|Info(?:rmation)?|Inquir(?:y|ies)|Insights?|Invoice|Issues?|List|Loyalty|Mail|Messag(?:es?|ing)|Metrics?|Name"
    r"|Notes?|Number|Orders?|Part|Payments?|Phone|Photos?|PO|Price|Privacy|Profile|Protection|Purchase|Questions?|Rating"
    r"|Refunds?|Relations?|Replacements?|Report|Requests?|Requirements?|Returns?|Reviews?|Satisfaction|Score|Segments?"
    r"|Service|Shipments?|Shipping|Solutions?|Success|Support|Survey|Team|Tickets?|Trust|Voice|Warranty)"
)
_OF_TRADE = re.compile(rf"(?<![A-Za-z])(?:{_TRADE}|Walmart|eBay|Prime|FBA|VAT|Inc|Ltd|LLC|GmbH|Corp)(?![A-Za-z])")
# The same words head the lines of a quoted mail, where a semicolon parts the people.
_MAIL_HEADER = re.compile(r"\s*[<@\[]|[^\n]{0,40}\n[\s>|*]*(?:抄送|主题|日期|时间|密送|(?i:cc|subject|date)\s*:)")


def _name(match: re.Match[str]) -> Range | None:
    end = match.end("value")
    listed = match.string[end : end + 1] == ";" and match[0].startswith(("收件人", "recipient", "Recipient"))
    of_trade = match["value"][0].isascii() and _OF_TRADE.search(match["value"])
    refused = listed or of_trade or _NO_NAME.search(match["value"]) or _MAIL_HEADER.match(match.string, end)
    return None if refused else match.span("value")


def _after_space(match: re.Match[str]) -> Range | None:
    start, end = match.span("value")
    return start + 1, end


_BUYER = (
    r"(?:(?:买家|客户|收件人|收货人|顾客)(?:姓名|名字|名称|名)?(?:\s*(?:[:]|是|叫)\s*|\s*(?=[A-Z]))"
    r"|(?<![A-Za-z])(?i:(?:buyer|customer|recipient|consignee|purchaser)(?:'s)?(?: full)?(?: name)?)\s*(?::"
    r"|(?i:is)\s)\s*"
    r"|(?<![A-Za-z])(?i:ship(?:ped|ping)? to|deliver to)\s*:\s*)"
)
_WESTERN = r"[A-Z\u00c0-\u00de](?:[a-z\u00df-\u00ff'\u2019-]|(?<=[a-z'\u2019-])[A-Z])*"
# The commonest surnames: nine in ten people (Ministry of Public Security, name reports of 2019 and later).
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪"
    "廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺顾毛郝龚邵万覃武钱戴严莫孔向常汤]"
)
# Counts only where an order or a postal address stands beside it: see sensitive.
_NAMES_LABELLED = (
    Shape(
        "name",
        "contact",
        re.compile(
            _BUYER + r"(?P<value>[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,6})?(?![\u4e00-\u9fff])"
            rf"|{_WESTERN}(?: {_WESTERN}\.?){{1,3}}(?![A-Za-z]))"
        ),
        0.6,
        _name,
        cleared=False,
        words=(
            "买家",
            "客户",
            "收件人",
            "收货人",
            "顾客",
            "buyer",
            "customer",
            "recipient",
            "consignee",
            "purchaser",
            "ship to",
            "shipped to",
            "shipping to",
            "deliver to",
        ),
    ),
)

_NAMES_JOINED = (
    Shape(
        "name",
        "contact",
        re.compile(
            rf"(?<![A-Za-z])(?i:buyer|customer)(?P<value>(?: (?!{_TRADE}(?![a-z])){_WESTERN}){{2,3}})"
            r"(?=(?:'s|’s)?(?:[,.;:(\n]|\s\(|$|\s[a-z]))"
        ),
        0.6,
        _after_space,
        cleared=False,
        words=("buyer ", "customer "),
    ),
    Shape(
        "name",
        "contact",
        re.compile(
            rf"(?:买家|客户|顾客)(?P<value>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?=的(?:订单|包裹|快递|地址|退款|退货|货))"
        ),
        0.6,
        _name,
        cleared=False,
        words=("买家", "客户", "顾客"),
    ),
    Shape(
        "name",
        "contact",
        re.compile(
            rf"(?<![\u4e00-\u9fff])(?P<value>{_SURNAME}[\u4e00-\u9fff]{{1,2}})\s?(?:\(收\)|收(?![\u4e00-\u9fff]))"
        ),
        0.6,
        _name,
        cleared=False,
        words=("收",),
        around=(5, 2),
    ),
)

NAMES = (*_NAMES_LABELLED, *_NAMES_JOINED)

"""Losses of a mail that have a day: stock that is gone by then, a fine, a claim that expires."""

from __future__ import annotations

import re

from checker.facts.nearby import snippets

_DAY = re.compile(
    r"(?:\d{1,2}\s?月\s?\d{1,2}\s?[日号]?|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}|(?<![\d.])\d{1,2}/\d{1,2}(?![\d/])"
    r"|今[天日晚]|明[天日早晚]|后天|(?:本|这|下)?(?:周|星期|礼拜)[一二三四五六日天末]|月底"
    r"|\d{1,3}\s?(?:个)?(?:小时|天|个?工作日)(?:之?内|后|以内)|today|tonight|tomorrow|(?:by|on|before|until|from"
    r"|this|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:within|in) \d{1,3} (?:hours?|days?|business days|working days)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|EOD|end of (?:day|today"
    r"|the week))",
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"(?:损失|罚款|罚金|滞箱费|滞港费|滞纳金|仓储费|违约金|扣款|定金|赔|索赔期|索赔时效|理赔期|申诉期|申诉时效|失效"
    r"|作废|过期|逾期|超时|截止[^。;\n]{0,4}(?:索赔|申诉|申请)|封号|关店|停用|冻结|移除|下架|掉排名|排名(?:下降|下滑"
    r"|掉|跌)|掉权重|丢失?购物车|错过|赶不上|取消订单|退单"
    r"|loss|lose|losing|lost|penalt|fine[sd]?(?![a-z ])|demurrage|detention|storage fee|late fee|expir|claim window"
    r"|deactivat|suspend|shut down|taken down|delist|rank|buy box|miss the|forfeit|cancel)",
    re.IGNORECASE,
)
# Words without which the pattern cannot match, in lower case.
_LOSS_SIGNS = (
    *("损失", "罚", "滞", "仓储费", "违约金", "扣款", "定金", "赔", "申诉", "失效", "作废", "过期", "逾期", "超时"),
    *("截止", "封号", "关店", "停用", "冻结", "移除", "下架", "排名", "掉权重", "丢失", "错过", "赶不上", "取消订单"),
    *("退单", "loss", "lose", "losing", "lost", "penalt", "fine", "demurrage", "detention", "fee", "expir", "claim"),
    *("deactivat", "suspend", "shut", "taken", "delist", "rank", "forfeit", "cancel", "buy box", "miss the"),
)
_STOCK_LOSS = re.compile(
    r"(?:今[天日晚]|明[天日早晚]|后天|[1-3一两二三]\s?天(?:之?内|后)|\d{1,2}\s?小时)[^。;\n]{0,10}(?:断货|售罄|缺货"
    r"|卖完|没货)|已经?(?:断货|售罄)"
    r"|(?:out of stock|stock(?:s)? out|run(?:s|ning)? out|sell(?:s)? out)[^.;\n]{0,12}(?:today|tonight|tomorrow"
    r"|in (?:1|2|3|one|two|three) days?|in \d{1,2} hours)|(?:already|now) out of stock",
    re.IGNORECASE,
)
# Words without which the pattern cannot match, in lower case.
_STOCK_SIGNS = (
    *("断货", "售罄", "缺货", "卖完", "没货", "out of stock", "stock out", "stocks out", "run"),
    *("sell out", "sells out"),
)
_SENTENCE = re.compile(r"[。;!?！？；\n]|\.(?=\s|$)")


def dated_loss(words: str) -> bool:
    """Whether a sentence names a loss and the day of it. Stock counts only where it is gone within three days: a later
    stock-out date is judged by the figures."""
    folded = words.lower()
    if any(_STOCK_LOSS.search(near) for near in snippets(words, folded, _STOCK_SIGNS, 32, 32)):
        return True
    for near in snippets(words, folded, _LOSS_SIGNS, 90, 90):
        if any(_LOSS.search(s) and _DAY.search(s) for s in _SENTENCE.split(near)):
            return True
    return False

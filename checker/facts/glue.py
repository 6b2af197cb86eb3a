"""Words that stand between a metric's name and its number, or between two numbers, and only connect them.

All patterns read folded matching text.
"""

from __future__ import annotations

import re

CONNECT = re.compile(
    r"(?:[\s:=≈~→>|\"“”'*-]|\([^()\n]{0,24}\)|\)|\(|（|是|为|有|约|在|达|到|至|已|经|仅|只|剩|余|下|还|共|总|计"
    r"|大概|大约|差不多|高达|仅为|目前|当前|现|预计|先|定|降|跌|减|少|涨|升|增|加|跑|飙|冲|窜|突破"
    r"|拉|回升?|恢复|提高|控制|压|能出|能卖|稳定|平均|数量|数据|件数|大致|左右|接近|将近|近|不到|不足|低于|高于|超过|超|少于|小于|大于|多于|了|的"
    r"|分别|各|均|都|也|才|能|可|又|再|就|今[日天]|截[至止][^,。;]{0,8}|从|由|掉|维持|保持|没变|不变|没动|还|仍"
    r"|,?\s?(?:(?:in|over|for|during) )?(?:the )?(?:last|past|previous|trailing|近|过去|最近|前)\s?(?:\d{1,2}"
    r"|seven|thirty|七|三十)?\s?-?(?:days?|weeks?|[天日周])(?![a-z])"
    r"|as (?:of|at) (?:today|yesterday|(?:[a-z]{3,9}\.? )?\d{1,2}(?:[/.-]\d{1,2})?(?: [a-z]{3,9})?)(?![a-z])"
    r"|(?:as of )?(?:this (?:morning|afternoon)|right now|at (?:the moment|present))(?![a-z])"
    r"|(?:on|for|in|of) (?:the |our |all |both |these )?(?:[a-z-]+ ){0,2}(?:campaigns?|ads|ad groups?"
    r"|keywords?)(?![a-z])"
    r"|提升|调整?|改|一批|新|货|未来|后续|接下来|至少|最少|最多|随后|之后|以上|个|另外?|销售|持续"
    r"|(?:is|are|was|were|of|at|about|around|only|just|approx\.?|approximately|roughly|nearly|almost|now"
    r"|currently|today|stands?|dropped|drops|fell|down|up|to|has|have|had"
    r"|been|be|with|equals?|remains?|left|over|under|below|above|less|more|fewer|than|on|average|averages?"
    r"|averaging|the|an?|level|rate|some|still|it|we|there|for|from|another"
    r"|additional|extra|further|least|most|next|coming|following|upcoming|another|total|will|would|should"
    r"|reached|went|rose|rises|climbed|jumped|grew|increased|decreased|declined|improved|worsened|moved|changed"
    r"|by|until|new|set)(?![a-z]))*"
)
FOLLOW = re.compile(r"(?:\s|的|之|多|左右|of |is |are |were |in |\()*")
CHANGE = re.compile(
    r"\s*\)?(?:左右|/天|a day|per day)?\s*(?:[^\d,。;\n]{0,10}?(?:降|跌|掉|减|涨|升|增|调|改|变|提|滑"
    r"|回落)[^\d,。;\n]{0,6}?(?:到|至|为|成)(?:了|约)?|(?:(?:down|up|now|and|has|have|been|dropped|fallen|fell"
    r"|rose|risen|increased|decreased|reduced|cut|changed|raised|lowered|went|moved|a day|per day"
    r"|today) )*to(?![a-z])|→|->|=>|>)\s*(?:约|about|around|~)?\s*"
)
LIST = re.compile(r"\s*(?:[、,/&]|和|与|及|以及|,? ?and)\s*")
AND = re.compile(r"[、,/&]|和|与|及|(?<![a-z])and(?![a-z])")

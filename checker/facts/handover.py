"""Whether the goods of a logistics mail are still to be handed to a carrier, who gives the tracking number then."""

from __future__ import annotations

import re

from checker.facts.asking import Asks
from checker.facts.spots import holds

_HAND_OVER = re.compile(
    r"提货(?!单|码)|取件|取货|揽收|订舱|交给?(?:到)?货代|订[^,。]{0,16}(?:[舱船班]|海派|空派)|舱位|约车|派车|报价|询价"
    r"|(?<![a-z])(?:book(?:ing)?|pick(?: (?:it|them|this|the [a-z]+))?[- ]?up|collect|quot(?:e|ation)"
    r"|space on)(?![a-z])"
)
_LEFT = re.compile(
    r"已(?:经|于|在|从)?[^,。]{0,10}(?:提货|提走|发出|发货|发运|发走|装柜|开船|出运|离港|起飞|到港|靠港|签收|派送|交货"
    r"|揽收)|(?:提货|提走|发出|发货|发走|装柜|开船|到港|签收|寄出|揽收)了|轨迹|在途|签收|妥投|查验|扣货|派送中|延误|少收|丢件"
    r"|(?:昨[天日]|前天|上周.?|上个?月|[号日])(?:[^,。]{0,4}仓)?(?:就|从[^,。]{1,8})?(?:提的货|发的货|发出|发走|装的柜|开的船|到的港)"
    r"|(?<![a-z])(?:(?:was|were|been|already|got) (?:(?!not|never)[a-z]+ ){0,2}?(?:shipped|picked up|collected)"
    r"|(?<!not )(?<!not been )(?:shipped (?:on|last|from|out)|departed|sailed|left|delivered|delayed|lost|received"
    r"|in transit|arrived|customs|tracking (?:shows|page|says)))(?![a-z])"
)
# The number itself is said to come later: 运单号还没出来, no tracking yet.
_NUMBER_NAMES = ("单号", "tracking", "b/l", "bill of lading", "awb")
_NO_NUMBER = re.compile(
    r"(?<!订)单号[^,。]{0,6}(?:(?:还没|还未|尚未|暂未|没有?|未)(?:有|出|拿到|下来|生成|提供|给)|暂无|待(?:定|补|出|更新)|[稍随]后|后补"
    r"|明天|[^,。\da-z]{0,8}(?:以?后|完)[^,。\da-z]{0,6}?(?:给|出|有|提供|更新|发|补|拿到|生成))|(?:还没|尚未|暂未|未|没)(?:有|出|拿到|收到|生成)[^,。]{0,6}(?<!订)单号"
    r"|(?<![a-z])(?:tracking|b/l|bill of lading|awb)(?: (?:number|no\.?|id))?[^,.]{0,16}(?:pending|to follow|tbd|tba"
    r"|(?:not|n't)(?: yet)? (?:been )?(?:available|issued|ready|out|released|assigned|given)"
    r"|(?:will|to) (?:be (?:given|shared|provided|issued|available|sent|assigned)|follow))(?![a-z])"
    r"|(?<![a-z])no (?:tracking|b/l)(?: number)? (?:yet|so far)(?![a-z])"
)


def is_to_come(asks: Asks) -> bool:
    """Whether the goods are to be booked, quoted or picked up, or the mail says that there is no number yet.

    asks: what the mail asks, with the passages that it is written in.
    """
    written = [(passage.of.folded, passage.start, passage.end) for passage, _ in asks]
    if any(holds(window[0], _NUMBER_NAMES, *window[1:]) and _NO_NUMBER.search(*window) for window in written):
        return True
    wanted = any(_HAND_OVER.search(p.of.folded, a.start, a.sentence_end) for p, own in asks for a in own)
    return wanted and not any(_LEFT.search(*window) for window in written)

"""Bare imperatives: “Confirm the order”, “下达200件采购单”, “周五前给我”."""

from __future__ import annotations

import re

from checker.facts import acts

_EN_ORDER = re.compile(
    r"(?:(?:drop|stop|go|take|look|log|open|find|try|start|use|talk|ask|download|print) [^,.\n]{0,30}?and +"
    r"|(?:hi|hello|dear|hey) \w+[,:]?\s*|(?:also|then|and|next|so|just|urgent|asap)[,:]? +|@?\w+, )?" + acts.EN_ORDER
)
_ZH_HEAD = re.compile(
    r"(?:(?:另外|同时|然后|其次|首先|最后|还有|以及|并)\s?)?(?P<time>(?:[^,。:请]|(?<=\d):(?=\d)){1,22}?(?:之前|以前"
    r"|(?<![提目当从先生])前|之内|内|截止)\s?)?"
    r"(?:必须|须|需要?|要|得)?(?:把[^,。]{1,14}?)?(?P<hurry>(?:帮忙|协助|尽快|快点?|尽早|及时|马上|立即|立刻|抓紧|赶紧|优先"
    r"|务必|先)*)(?P<act>"
    + acts.ZH_ORDER
    + r"|(?<=[紧快早上刻即])(?:补货(?!单|申请|计划|周期|数?量|建议|需求)|[补下]\s?\d+\s?[件个套台箱])"
    # 补500件 alone in its clause: nothing is told of it
    r"|(?<![须需要得])[补下]\s?\d+\s?(?:[件个套台箱]|pcs)(?=\s?(?:就行|就好|就够了?|即可|[吧哈呗])?\s?(?:[,;。!\n]|$))"
    "|(?<=[须需要得务必])(?:入仓|到仓|发出|到货|交货|出货|寄出|发货)|(?(time)(?:完成|搞定|弄好|处理完|定稿|付款"
    "|打款|报价|下单|上传)|(?!)))"
    "(?![了过完中后的]|时[间限]|日期|期限|截止|情况|结果|[人率函]|进度|如下|:)"
)
# 明天给我答复, 最晚3月12号给到我: a day at the head, and what the reader gives.
_ZH_DAY_HEAD = re.compile(
    r"(?:最[晚迟]|不[晚迟]于|不得晚于)?\s?(?:今[天日晚]|明[天日早晚]|后天|(?:本|这|下)?个?(?:周|星期"
    r"|礼拜)[一二三四五六日天]|月底|\d{1,2}[月/.号日点:])(?:[^,。:]|(?<=\d):(?=\d)){0,12}?"
    r"(?:必须|务必|一定|要|得|能)?(?:给(?:我|到|个|出)|发(?:我|给我|到)|回(?:我|复|个|一下|信|邮件)|答复|提供|反馈"
    r"|确认)(?![了过]|[给到]?[您你贵](?![^,。]{0,3}的|方便))"
)
_CLEAR = r"\d|[周期拜][一二三四五六日天]|今|明[天日早晚]|后天|月底|月[初中]|下班|中午|[一二三四五六七八九十][点号日]"
# 周四前给PO号, 您周五前批下, 3/12前返工完拍照给我: behind a clear time short verbs will do.
_ZH_BRIEF_HEAD = re.compile(
    r"(?P<time>(?:[^,。:请]|(?<=\d):(?=\d)){1,22}?(?:之前|以前|(?<![提目当从先生])前|之内|内))\s?(?:[您你]们?(?:那边|这边)?)?"
    r"(?:都|再|先|也|要|得|抽空|抽个空|帮忙|帮)*(?:[^,。您你我]{0,10}?(?:给|发|回|告诉|告知|传|寄|拍|报)(?:到|个|一?下)?我"
    r"|(?:给|回)(?![您你贵了过家复头的])|(?:批|审|定|看|过|查|改|补|问|催|核)(?:一?下|一眼|一遍|好|掉|齐)(?!来|的)|[批审定]了(?=[^,。]{1,4}[就才好])"
    # 11点前没意见我就动手了: silence is taken for a yes
    r"|(?:没有?|无|不)(?:什么)?(?:意见|异议|问题|反对|回复|消息)[^,。]{0,2}我们?就)"
)
_CLEAR_TIME = re.compile(_CLEAR)
# 合适的话周四上午把单下给合众: what follows a yes is the reader's to do.
_ZH_IF_SO = re.compile(
    rf"(?:[^,。:我]{{1,4}}的话)?(?:{_CLEAR})[^,。:您你我]{{0,8}}把[^,。:您你我]{{1,10}}(?:下(?:给|到|掉|好|完|出去|了)|[发给传寄交]给?我(?![们司方]))"
)
# 货明天上午必须交给货代: nobody but the reader is left to do it.
_ZH_MUST = re.compile(
    rf"(?P<lead>[^,。:]{{0,8}}?(?:{_CLEAR})[^,。:]{{0,8}}?)必须(?:{acts.ZH_ACT}|[交拉运送拿弄搞发做改](?:[给到出完好走掉上]|过去|过来))"
)
# 先把车辆和午餐这两项给我填好发过来
_ZH_TO_ME = re.compile(
    r"(?:先|都|今天必须|必须)?(?:把[^,。:我]{1,18})?给我[^,。:了过的]{0,6}(?:好|完|过来|出来|清楚|上来|掉)"
)
# 把日预算从60加到90吧, at the head and ending with the value: of what came of it 后 or 了 would tell
_ZH_SET = re.compile(
    r"把[^,。:我您你]{1,16}?[降调提加升减改]到?[为成至]?\s?[$¥€£]?\d[\d.]*\s?(?:元|块|刀|美[元金]|%|件|个|套|箱|天)?(?:[吧哈呗]|\s|$)"
)
# 盖好章扫描发我就行: what is enough for the sender.
_ZH_ENOUGH = re.compile(r"[^,。:我]{1,20}[发传寄给回](?:给|到)?我(?:一份|一下|一声)?(?:就行|就好|即可|就可以)")
_TO_YOU = re.compile(r"\s?(?:[给到]|一?下)?[您你贵](?![^,。]{0,3}的|方便)")
_THIRD_HEAD = re.compile(
    r"我|咱|他|她|工厂|厂家|货代|供应商|对方|财务|仓库|客服|船|快递|亚马逊|平台|客户|买家|已|会|预计|计划"
)
# 您看下没问题就回签给我: said to the reader's face.
_ZH_YOU = re.compile(
    r"[您你]们?(?:那边|这边)?(?:有空|抽空|方便|忙完)?了?(?:先|再|也|帮忙|帮我|帮)*(?:看|批|审|查|定|改|过|确认|核对|核实|评估|问|催|补|回|发|复核|试)"
    r"(?:一?下(?![来面方图表午周载单达次])|一眼|一遍|个)(?![^,。]{0,3}[了过])"
    r"|[您你]们?(?:那边|这边)?(?:先|再|也|就|赶紧|帮忙)*(?:报|发|传|寄|拍|做|出|写|列|整理|拉|导|问|查|要|拿|弄)个?(?![了过])"
    r"[^,。:您你我了]{0,14}(?:给|发|告诉)(?:到)?我(?![们司方]?的|了)"
    r"|[您你]们?[^,。:您你我]{0,10}?(?:盖|签|填|改|弄|做|整理|核对)(?:好|完|一下)?[^,。您你我]{0,4}(?:回传|回签|发回|寄回|传回)"
    rf"|[您你]们?(?={_CLEAR})[^,。:您你我]{{2,22}}?(?<![提目当从先生])前(?:把|将|先|就)"
)
_LABEL_HEAD = re.compile(
    r"(?:需求|请求|动作|行动|待办|建议|要求|事项|具体请求|请求动作|所需支持|诉求|request|ask|action|recommendation"
    r"|next steps?)[^:]{0,12}:\s*$"
)
_VOCATIVE = re.compile(
    r"\s*(?:hi |hello |dear |hey )?@?(?:[a-z]{2,12}+(?: [a-z]{2,12}+)?|[^\W\da-z_]{1,3}(?:总|经理|老师|哥|姐|工|主管)?)"
    r"\s*"
)
_OWN_PLAN = re.compile(
    r"(?<![给发回复告诉知帮跟和与到找系])我(?!要|想|需|等|急)|本人|咱们|将(?!.{0,12}(?:发|给)我)|会(?!议)|预计|计划"
    r"|目标|打算|争取|已|正在"
    r"|(?<!断货)(?<![没缺]货)(?<!卖完)(?<!售罄)(?<!不够)(?<!不足)了(?!$)|亚马逊|客户|买家|平台|我司|we |i'll|will "
)
# 快断货了,赶紧补500件: whoever hurries speaks to the reader in the middle of a sentence too.
_HURRIED = re.compile("赶[紧快]|马上|立[即刻]|抓紧|尽[快早]")
_SIGNS = ("前", "内", ":", "截止", "快", "必须", "把", "给我", "我就", "我即", "就行", "就好")
# The first characters of Chinese orders: most clauses begin with none.
_ZH_FIRST = frozenset(
    "确回答反告提发补下采安审批核检排更修调上支付退赔取暂关恢降增联准整汇转预订加删给同协跟处看帮尽及马立抓赶优务快先必须需要得另然其首最还以并"
)


def first(text: str, start: int, a: int, b: int, *, head: bool) -> int | None:
    """Where an order begins in the clause a..b of the sentence that begins at start; None without one.

    head: the clause opens the sentence. An order stands at the head, behind a label or behind a name; a Chinese one
    also behind a time.
    """
    begin = a
    while begin < b and text[begin] in " @":
        begin += 1
    if begin >= b:
        return None
    opens = head or _opens(text, start, a)
    if opens and text[begin].isascii() and _EN_ORDER.match(text, begin, b):
        return begin
    return None if text.isascii() else _chinese(text, start, a, begin, b, opens)


def _chinese(text: str, start: int, a: int, begin: int, b: int, opens: bool) -> int | None:
    """Where a Chinese order begins. begin: the first word of the clause a..b; opens: it opens a sentence, or follows
    a label or a name."""
    if _means_reader(text, start, begin, b, opens=opens):
        return begin
    timed = text.find("前", begin, b) >= 0 or text.find("内", begin, b) >= 0 or text.find("截止", begin, b) >= 0
    quick = text[begin] == "快"  # 快处理下 is said to nobody but the reader, wherever it stands
    opens = opens or quick or _HURRIED.match(text, begin, b) is not None
    if not timed and (not opens or text[begin] not in _ZH_FIRST):
        return None
    if timed and _is_brief(text, begin, b):
        return begin
    m = _ZH_HEAD.match(text, begin, b)
    if m is None or not (m["time"] or opens) or _OWN_PLAN.search(text, begin, b):
        return None
    if m["time"] and _TO_YOU.match(text, m.end(), b):
        return None  # 周五前回复您 is a promise
    if not m["time"] and not _complete(m, text[m.end() : b]):
        return None
    if quick or _LABEL_HEAD.search(text, max(start, a - 24), a):
        return begin
    return None if a > start and _OWN_PLAN.search(text, start, a) else begin


def _means_reader(text: str, start: int, begin: int, b: int, *, opens: bool) -> bool:
    """Whether the clause is of a shape in which nobody but the reader can be meant. opens: it opens a sentence."""

    def ours(since: int) -> bool:
        return _OWN_PLAN.search(text, since, b) is not None

    if _ZH_DAY_HEAD.match(text, begin, b) and not ours(start):
        return True
    if text.find("把", begin, b) >= 0 and _ZH_IF_SO.match(text, begin, b) and not ours(begin):
        return True
    if opens and text[begin] == "把" and _ZH_SET.match(text, begin, b):
        return True
    to_me = _ZH_TO_ME.search(text, begin, b) if text.find("给我", begin, b) >= 0 else None
    if to_me and not _THIRD_HEAD.search(text, begin, to_me.start()):
        return True
    enough = text.find("我", begin, b) >= 0 and _ZH_ENOUGH.match(text, begin, b)
    if enough and not _THIRD_HEAD.match(text, begin, b):
        return True
    if text[begin] in "您你" and _ZH_YOU.match(text, begin, b):
        return True
    must = _ZH_MUST.match(text, begin, b) if text.find("必须", begin, b) >= 0 else None
    return must is not None and not _THIRD_HEAD.search(must["lead"]) and not ours(start)


def _is_brief(text: str, begin: int, b: int) -> bool:
    m = _ZH_BRIEF_HEAD.match(text, begin, b)
    return m is not None and _CLEAR_TIME.search(m["time"]) is not None and _THIRD_HEAD.search(m["time"]) is None


def may_stand(text: str, head: int, end: int) -> bool:
    """Cheap: whether an order may stand in the sentence head..end."""
    if head >= end:
        return False
    if text[head].isascii() and not (text[head].isdigit() and not text.isascii()):
        order = text.find(":", head, end) >= 0 or text[head] == "@" or _EN_ORDER.match(text, head, end) is not None
        return order or (not text.isascii() and _holds(text, ("前", "内", "快", "给我"), head, end))
    if text[head] in _ZH_FIRST or text.find(",", head, head + 8) >= 0:
        return True
    if text[head] in "今明后下本这周星礼最不月" or text[head].isdigit():
        return True
    return _holds(text, _SIGNS, head, end)


def _holds(text: str, words: tuple[str, ...], start: int, end: int) -> bool:
    return any(text.find(word, start, end) >= 0 for word in words)


def _opens(text: str, start: int, a: int) -> bool:
    """Whether the clause at a follows a label (需求:) or a name (李强,)."""
    if a <= start:
        return False
    if text[a - 1] == ",":
        return _VOCATIVE.fullmatch(text, start, a - 1) is not None
    return text[a - 1] == ":" and _LABEL_HEAD.search(text, max(start, a - 24), a) is not None


def _complete(m: re.Match[str], after: str) -> bool:
    """确认数量 and 尽快回复 are orders; 确认 alone is none, and 尽快回复您 is a promise."""
    if m["act"][-2:-1].isdigit():
        return True  # 补500件
    if m["hurry"]:
        return re.match(r"\s?(?:[您你]|客户|买家|大家)", after) is None
    return acts.has_object_zh(after)

"""Who is to act, or who is spoken of, where a phrase stands: the reader, ourselves or somebody else.

The subject nearest before the phrase in its clause decides; a clause without a subject takes it from the sentence where
it goes on with a promise or a report; otherwise it is an order, and orders are for the reader.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[,，:：;；(（)）—–\n]| - |\.\.+|…+|\b(?:so|but|and then)\b", re.ASCII)

# Persons that sellers write about, not to. A role of one's own company may be either; without 请 it is talked about.
_OTHERS_ZH = (
    "亚马逊|亚玛逊|平台|客户|顾客|买家|消费者|老外|老美|供应商|供货商|工厂|厂家|厂里|厂商|货代|物流商|物流公司|物流方|物流部|承运商|承运人|海关|"
    "仓库|仓里|海外仓|卖家|系统|后台|快递员?|船公司|船东|报关行|清关行|服务商|代运营|竞争对手|竞品|同行|对手|[他她它]们?|对方|对面|人家|别人|老板|领导|经理|"
    "总监|财务部?|法务部?|采购部|仓储部|同事|银行|税务局?|税局|检测机构|实验室|第三方|设计师|美工|摄影师|跟卖者|客服|官方|审核团队|拖车|司机|车队|"
    "合同|协议|政策|规则|法规|条款|大促|大家都"
)
_ASKING_ZH = (
    r"(?<![申邀聘宴])请(?![求假教示款购])|(?<![很太挺更最不的添找])麻烦(?!的|了|很|事)|烦请|劳烦|拜托|有劳|辛苦(?=您|你|大家|各位|帮)|望(?=贵|您|你|尽|及|能|立|马|速)|"
    r"盼(?=贵|您|你|尽|及|速)"
)
_BEFORE_OBJECT = (
    r"给|给到|回复|答复|告诉|告知|通知|发|发给|发到|联系|跟|跟着|和|与|帮|帮着|向|为|替|对|把|被|催|问|找|等|转给|抄送|提供给|同|陪|提醒|配合|支持|"
    r"影响|导致|造成|耽误|害得?|气|针对|关于|退给|回|邮件|反馈给|从|往|在|到|按|按照|退款给|赔偿?给?"
)
_SUBJECT_ZH = re.compile(
    rf"(?P<reader>您们?|你们?|妳|贵司|贵公司|贵方|贵部|贵店|贵厂|各位|大家(?!都知道)|诸位)|"
    rf"(?P<asking>{_ASKING_ZH})|"
    r"(?P<self>我们|我方|我司|我部|我店|我(?!国)|咱们?|本人|本司|本公司|本店|笔者)|"
    rf"(?P<third>{_OTHERS_ZH})"
)
# The phrase itself says who is meant (你们总是, your fault).
_ADDRESSED = re.compile(r"[你您]|贵[司方公]|\b(?<!as )(?:you|your|you're)\b", re.ASCII)
_OBJECT_ZH = re.compile(rf"(?:{_BEFORE_OBJECT})了?$")
# 催供应商尽快发货: who is told to act is the one to act.
_CAUSING = re.compile("(?:催|催促|通知|告知|告诉|提醒|问|找|等|让|叫|联系|要求)了?$")
_TALKED = re.compile("沟通|协调|协商|商量|说|反映|申请|强调|谈|要求|申诉|约|确认(?:过|了|好)")
# 我们的货, 客户的问题: the thing is spoken of, and who acts is open.
_POSSESSED = re.compile(r"(?:那边|这边|这里|那里)?的(?!确|话)")
_WANTED = re.compile(
    r"(?:这边|现在|今天|真的|再次|再|已经?|正式|郑重|强烈|一直|也|都|就|们)*(?:要求|希望|命令|请求|恳求|催|要你|警告|限|急需|急要|要的是|要看|就要|等着)"
)
_NEED_ANSWER = re.compile(r"需要.{0,8}(?:拿到|收到|看到|得到|知道|答复|回复|结果|反馈)|需要$")
_PROMISE = re.compile(
    r"(?:(?<![不机社协开约])会(?!议)|将|已经?|正在?|这就|马上就|立刻就|一定会|争取|打算|计划|准备|着手|继续)(?:在|会|第一时间|尽量|今天|明天|今晚|这?周内)?$"
)
_REPORTED = re.compile(
    r"(?:要求|表示|规定|声称|反馈|提到|强调|写明|注明|显示|提示)(?:说|必须|一定|要|需要?|卖家|我们|我方)*$"
)
_TO_YOU = re.compile(
    r"^.{0,4}?(?:给到?|回复|回|答复|告知|通知|联系|反馈给?|发送?给?|发给|帮|为|向|跟|同步给?|提供给|转给|寄给)(?:您|你|贵司|贵方|各位|大家)"
)
_ACKNOWLEDGED = re.compile(
    r"^\W*(?:(?:邮件)?(?:已)?收到(?:了|您|你|邮件|通知|[,，!])|收到$|好的|好滴|好嘞|好[,，]|"
    r"明白|了解|没问题|ok\b|okay\b|行[,，]|嗯|知道了|"
    r"got it|noted|understood|sure\b|no problem|will do|copy that|roger|thanks?\b|thank you)"
)
_PLANNED = re.compile(r"(?:计划|方案|措施|打算|对策|下一步|安排如下|next steps?|our plan|to do)(?:是|为|如下)?\s*$")
_PURPOSE = re.compile(
    r"(?:以便|便于|为了|从而|才能|以利|方便(?=我)|避免|防止|如果|若|要是|万一|假如|一旦|除非|when|if|once|unless|"
    r"so that|in case|whether)(?!可)[^,]*$"
)
_SORRY = re.compile(r"稍等|稍候|不好意思|抱歉|对不起|sorry|apolog")
_HASTE = re.compile("马上|立刻|立即|立马|尽快|赶紧|抓紧")
_AT_ONCE = re.compile("马上|立刻|立即|立马|right away|immediately")

_OTHERS_EN = (
    r"amazon|seller support|seller central|(?:the|our|their|his|her|a|an|this|that|my) (?:\w+ )?(?:buyers?|"
    r"customers?|clients?|carriers?|suppliers?|factory|"
    r"factories|forwarders?|platform|warehouse|vendors?|manufacturers?|sellers?|system|agents?|brokers?|boss|"
    r"manager|team|bank|driver|"
    r"marketplace|competitors?|accountant|colleagues?|designer|customs|shippers?|courier|contract|policy)|"
    r"buyers?|customers?|clients?|carriers?|suppliers?|forwarders?|vendors?|customs|ups|fedex|dhl|usps|they|he|she"
)
_VERB_EN = (
    r"(?:\s+(?:also|already|now|just|always|still|never|usually|often|then|has|have|had))*\s*(?:'ll|'s|'ve|'d|"
    r"'re|\s(?:will|would|is|are|was|were|has|have|had|wants?|"
    r"needs?|requires?|requests?|asks?|says?|said|must|should|can|could|may|might|demands?|expects?|insists?|"
    r"told|to|who|that|"
    r"got|gets?|went|goes|left|sent|paid|made|wrote|did|does|keeps?|and|or)\b|\s\w+(?:ed|[^s\s]s)\b)"
)
_OBJECT_EN = (
    r"(?<!\bto )(?<!\bwith )(?<!\bfor )(?<!\bsend )(?<!\blet )(?<!\bgive )(?<!\bupdate )(?<!\btell "
    r")(?<!\binform )(?<!\bnotify )(?<!\bcall )"
    r"(?<!\breach )(?<!\bcontact )(?<!\bhelp )(?<!\brefund )(?<!\bpay )(?<!\bemail )(?<!\bshow )(?<!\bkeep "
    r")(?<!\bthank )(?<!\bof )"
    r"(?<!\bfrom )(?<!\bby )(?<!\breply )(?<!\bthan )(?<!\babout )(?<!\bget )"
)
_SUBJECT_EN = re.compile(
    rf"(?P<asking>\b(?:please|pls|plz|kindly)\b)|"
    rf"(?P<reader>{_OBJECT_EN}\b(?:you|u|you guys|your team|your side|your company|y'all|ya)\b)|"
    rf"(?P<self>\b(?:i|we|our team|my team|(?:let me|let us|let's)(?! (?:know|have|see|hear|get))|ourselves|"
    rf"myself)\b(?! need you))|"
    rf"(?P<third>(?<![\w])(?:{_OTHERS_EN})(?='|\b)(?={_VERB_EN})|\b(?:it|this|that|which)(?:'ll|'s|\s(?:will|is|"
    rf"was|has|had|went|goes|ships|shipped|became)\b))",
    re.ASCII,
)
_WANT_EN = re.compile(
    r"^(?:'d|'m|'re)?\s*(?:\w+ly |also |would |will |do |still |just )*(?:want|need|expect|demand|require|"
    r"insist|request|ask|urge|like|must have|await|"
    r"am waiting|are waiting|waiting|looking forward|look forward)\b(?!\s+to\s+(?!know|hear|have|see|get|"
    r"receive|be told|understand))",
    re.ASCII,
)
_YOU_GET = re.compile(
    r"^(?:'ll| will| would| can| should)\s+(?:\w+ly )?(?:receive|have|get|hear|see|be (?:notified|informed|"
    r"contacted|refunded))\b",
    re.ASCII,
)
_PROMISE_EN = re.compile(
    r"^\W*(?:will|'ll|shall|gonna|going to|working|looking|checking|sending|fixing|doing|handling|processing|"
    r"following|getting|"
    r"(?:\w+ )?on it|on this|will do|happy to|glad to)\b",
    re.ASCII,
)
_ORDERED = re.compile(r"\b(?:must|should|needs?|has to|have to|had better|ought)\b", re.ASCII)
_THING = re.compile(
    r"^\W*(?:the|a|an|this|that|these|those|our|my|their|its|his|her|all|some|most|many|there|it|sales|stock|"
    r"inventory|prices?|orders?|traffic|ads?|which|who|"
    r"what|after|since|because|as)\b",
    re.ASCII,
)
_ADVERB = re.compile("immediately|right away|straight ?away|without|at once|now$")
_HAPPENED = re.compile(
    r"\b(?:was|were|is being|are being|has been|have been|had|did|got|went|stopped|dropped|sold|will be|can be|"
    r"\w+ied)\b",
    re.ASCII,
)


def read_actor(before: str, words: str, after: str) -> str:
    """reader, self or third. before, after: the rest of the sentence; words: the phrase. All in lower case."""
    if _ADDRESSED.search(words):
        return "reader"
    if after.startswith("了") and _HASTE.search(words):  # 立即上架了: it is done
        return "third"
    clauses = _CLAUSE.split(before)
    clause = clauses[-1]
    found = _chinese(clause, words, after) or _english(clause + words, len(clause), after)
    if found:
        return found
    return _carried(clauses[:-1], clause, words, after)


def _chinese(clause: str, words: str, after: str) -> str | None:
    """What the last subject of a Chinese clause says, None without one."""
    subject = None
    for m in _SUBJECT_ZH.finditer(clause):
        if not _is_object(clause, m):
            subject = m
    if subject is None:
        return None
    tail = clause[subject.end() :]
    if subject.lastgroup == "self" and (_WANTED.match(tail) or _NEED_ANSWER.match(tail + words + after)):
        return "reader"
    if subject.lastgroup == "asking":
        return None if _PROMISE.search(tail) else "reader"
    return subject.lastgroup


def _is_object(text: str, m: re.Match[str]) -> bool:
    if m.lastgroup == "asking":
        return False
    if m.lastgroup == "third" and (_CAUSING.search(text, 0, m.start()) or _TALKED.search(text, m.end())):
        return False
    return bool(_OBJECT_ZH.search(text, 0, m.start()) or _POSSESSED.match(text, m.end()))


def _english(text: str, at: int, after: str) -> str | None:
    """What the last subject of an English clause says, None without one. at: where the phrase begins."""
    subject = None
    for m in _SUBJECT_EN.finditer(text):
        if m.start() >= at:
            break
        subject = m
    if subject is None:
        return None
    tail = text[subject.end() :] if subject.end() < at else after
    if subject.lastgroup == "self" and _WANT_EN.match(tail):
        return "reader"
    if subject.lastgroup == "reader" and _YOU_GET.match(tail):
        return "self"
    return "reader" if subject.lastgroup == "asking" else subject.lastgroup


def _carried(earlier: list[str], clause: str, words: str, after: str) -> str:
    """The actor of a clause without a subject: a promise goes on with the sentence's, an order is the reader's."""
    if _TO_YOU.match(after) or _TO_YOU.match(words[1:] + after):
        return "self"
    if _PROMISE.search(clause) or _PROMISE_EN.match(clause + words):
        return _last(earlier) or "self"
    if _PURPOSE.search(clause) or (earlier and _PLANNED.search(earlier[-1])):
        return "self"
    if _REPORTED.search(clause) and _last(earlier) == "third":
        return "third"
    start = ",".join([*earlier, clause])
    bare = not re.search(_ASKING_ZH, clause)
    if bare and earlier and _ACKNOWLEDGED.match(start):
        return "self"
    if bare and _AT_ONCE.search(words) and _SORRY.search(start):
        return "self"
    if (_HAPPENED.search(clause) or _is_statement(clause, words)) and not _ORDERED.search(clause):
        return "third"
    return "reader"


def _last(earlier: list[str]) -> str | None:
    for clause in reversed(earlier):
        found = _chinese(clause, "", "") or _english(clause, len(clause), "")
        if found in ("self", "third"):
            return found
    return None


def _is_statement(clause: str, words: str) -> bool:
    """The price drops immediately: a thing as the subject, unless it is a cry (This ASAP)."""
    return bool(_THING.match(clause) and _ADVERB.search(words))

"""Whether what a mail asks needs proof: a claim, a change of ads or of a listing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.facts.kinds.asks import Request
from checker.facts.nearby import snippets

_CLAIM = re.compile(
    r"索赔|理赔|赔偿|赔付|丢件|丢失|破损|少货|短少|少收|少件|漏发|差异|货损|追责|claims?(?![a-z])|compensat|reimburs"
    r"|damaged?|(?<![a-z])lost|missing units|short(?:age|-shipped)|discrepanc"
)
# Words without which the pattern cannot match, in lower case.
_CLAIM_SIGNS = (
    *("赔", "丢", "破损", "少货", "短少", "少收", "少件", "漏发", "差异", "货损", "追责", "claim", "compensat"),
    *("reimburs", "damage", "lost", "missing units", "short", "discrepanc"),
)
_ADS_CHANGE = re.compile(
    r"调整|调高|调低|上调|下调|提高|提升|降低|降到|降至|增加|追加|减少|缩减|暂停|关停|关闭|开启|停掉|加到|改为|否定"
    r"|优化|重启|新建|投放|[提升加减压砍拉]到\s?(?:[$¥€£]\s?\d|[\d.]+\s?(?:美?元|美金|刀|%|欧))|[加减砍]预算|否[掉词]"
    r"|adjust|increas|decreas|rais|lower|reduc|cut|paus|stop|start|launch|enabl|disabl|add|shift|move|switch|negat"
    r"|optimi",
    re.IGNORECASE,
)
_INFORMATION = re.compile(
    r"^(?:发(?!货)|发送|提供|告知|告诉|回复|反馈|说明|解释|分享|同步|看看|排查|检查|send|share|provide|tell|advise|explain|let"
    r"|answer|reply|forward)",
    re.IGNORECASE,
)


def asks_for_proof(scenario: str, requests: Iterable[Request], words: str) -> bool:
    """Whether what is asked needs proof: a logistics claim, a review plan, a change of listing or ads; not a question,
    and not 请处理, which lacks more than proof.

    requests: those that are more than courtesy. words: the own text.
    """
    asked = [r for r in requests if r.specific and not _INFORMATION.match(r.verb)]
    if scenario == "logistics":
        return any(r.claim for r in asked) or bool(asked and _claims(words.lower()))
    if scenario == "ads":
        return bool(asked and _ADS_CHANGE.search(words))
    return bool(asked)


def _claims(folded: str) -> bool:
    return any(_CLAIM.search(near) for near in snippets(folded, folded, _CLAIM_SIGNS, 16, 24))

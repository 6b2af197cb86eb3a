"""Who is to act: the reader, ourselves or somebody else; denied, softened words."""

import re

import pytest

from checker.facts.actors import read_actor
from checker.facts.manner import is_negated, is_quoted, is_soft

WORDS = re.compile(r"尽快|马上|立即|抓紧|必须|asap|right away|right now|immediately")
CASES = {
    "reader": """请尽快处理
请您尽快处理
麻烦尽快确认
李工,尽快处理
你们尽快处理
客户催得急,请尽快处理
客户催得急,尽快处理
请尽快联系客户
请马上给我回复
给我马上处理
我要求你们立即处理
我们需要您尽快回复
我需要马上看到结果
我们的货请尽快发出
我们的货尽快发出
给客户尽快退款
我们库存不多,尽快补货
请各位尽快提交
我希望你们马上解决
采购部请尽快下单
请asap回复
please reply asap
contact the buyer asap
refund the customer immediately
i need this asap
we need your reply asap
i need you to ship asap
i need to know asap
we are out of stock so ship asap
this needs to be fixed asap
please let us know asap
let me know asap
get this done right now
i expect an answer immediately
asap""",
    "self": """我们会尽快处理
我马上处理
收到,马上处理
好的,会尽快处理
我这边尽快安排
稍后会马上回复您
我们需要尽快补货
让我们尽快完成
马上给您回复
请放心,我们会尽快处理
请放心会尽快处理
我们已收到,会尽快处理
不好意思,马上处理
我asap给你
下一步计划:尽快补货
以便尽快处理
i will reply asap
we'll get back to you asap
i'll let you know right away
will get back to you asap
we need to ship asap
got it, will reply asap
on it right away
working on it right now
you will receive it right away""",
    "third": """亚马逊要求必须在48小时内回复
客户要求尽快退款
工厂会尽快发货
请供应商尽快发货
我会催工厂尽快发货
请让客户尽快签收
他们必须尽快处理
亚马逊发来邮件,要求尽快回复
货代那边说会尽快安排
跟货代沟通尽快提柜
the buyer wants a refund asap
amazon requires a reply immediately
please ask the carrier to reply asap
the listing was suppressed immediately
it will ship right away
our supplier will ship asap
they asked us to reply asap
the price drops immediately""",
}


@pytest.mark.parametrize(("actor", "text"), [(a, t) for a, ts in CASES.items() for t in ts.split("\n")])
def test_actor(actor, text):
    m = list(WORDS.finditer(text))[-1]
    assert read_actor(text[: m.start()], m[0], text[m.end() :]) == actor


@pytest.mark.parametrize(
    ("before", "denied"),
    [
        ("不用", True),
        ("您不必", True),
        ("无需", True),
        ("no need to reply ", True),
        ("please do not reply ", True),
        ("别再拖了", False),
        ("请", False),
        ("not only ", False),
        ("i don't think that ", True),
        ("it is not because ", True),
        ("i don't understand why ", False),
        ("we do not know how it is that ", False),
    ],
)
def test_negated(before, denied):
    assert is_negated(before) is denied


@pytest.mark.parametrize(
    ("before", "words", "after", "quoted"),
    [
        ("买家说“", "垃圾", "产品”", True),
        ("买家说", "垃圾", "产品", True),
        ("“请看附件”,", "垃圾", "", False),
        ('he wrote "', "garbage", '"', True),
        ("the buyer said it ", "is garbage", ".", True),
        ("评论内容:\n很差\n", "垃圾", "", True),
        ("评论内容:很差\n\n", "垃圾", "", False),
        ("客户说货坏了,", "请尽快", "处理", False),
        ("客户反馈:屏幕碎了。", "请尽快", "处理", False),
        ("这个方案", "垃圾", "", False),
    ],
)
def test_quoted(before, words, after, quoted):
    assert is_quoted(before, words, after) is quoted


@pytest.mark.parametrize(
    ("words", "sentence", "soft"),
    [
        ("尽快", "有空的时候尽快看一下", True),
        ("尽快", "能否尽快确认?", True),
        ("马上", "能否马上确认?", False),
        ("asap", "when you have a moment, asap is fine", True),
        ("as soon as possible", "could you reply as soon as possible?", True),
        ("asap", "could you reply asap?", False),
        ("尽快", "请尽快确认", False),
    ],
)
def test_soft(words, sentence, soft):
    assert is_soft(words, sentence) is soft

"""How severe each sensitive rule is by whom the mail goes to, as the catalogue says: every rule, every kind of recipient."""

import pytest

OURS, THEIRS = "li.qiang@lantu-trade.cn", "mike.r@unknown-trading.com"
PARTNER, BUYER, AMAZON = "sam@swift-freight.com", "k3m9x2q7w1z5@marketplace.amazon.com", "seller-support@amazon.com"
TO = {
    "internal": [OURS],
    "our subdomain": ["erp@ops.lantu-trade.cn"],
    "partner": [PARTNER],
    "buyer": [BUYER],
    "buyer in Germany": ["k3m9x2q7w1z5@marketplace.amazon.de"],
    "buyer in Japan": ["k3m9x2q7w1z5@marketplace.amazon.co.jp"],
    "Amazon": [AMAZON],
    "private mailbox": ["sam.lee88@qq.com"],
    "unknown": [THEIRS],
    "dressed as a buyer": ["k3m9x2q7w1z5@marketplace.amazon.com.mail-center.net"],
    "dressed as us": ["li.qiang@lantu-trade.cn.mail-center.net"],
    "internal and unknown": [OURS, THEIRS],
    "buyer and internal": [BUYER, OURS],
    "buyer and partner": [BUYER, PARTNER],
    "Amazon and unknown": [AMAZON, THEIRS],
}
INSIDE = {"internal", "our subdomain"}
KNOW_THE_ORDER = {"buyer", "buyer in Germany", "buyer in Japan", "Amazon", "buyer and internal"}
# rule: the words, then its severity (None: nothing to hide) inside the company, outside it, and to those who know the order.
RULES = {
    "sensitive/identity": ("清关人身份证号\uff1a11010519491231002X\uff0c请登记。", "error", "error", "error"),
    "sensitive/contact": ("请联系司机张师傅13800138000\uff0c约好再来。", "warning", "error", "error"),
    "sensitive/bank": ("请退到卡号\uff1a6222021000112345672。", "error", "error", "error"),
    "sensitive/order": ("订单113-1234567-7654321买家要求退款。", "info", "error", None),
    "sensitive/credential": ("后台密码\uff1aLantu@2026\uff0c请登录。", "error", "error", "error"),
    "sensitive/finance": ("这款毛利率35%\uff0c请知悉。", None, "error", "error"),
}


def severity(judge, rule, text, **draft):
    report = judge(text=text, **{"cc": [], **draft})
    assert report.errors == ()
    told = {f.severity for f in report.findings if f.rule == rule}
    assert len(told) <= 1
    return next(iter(told), None)


@pytest.mark.parametrize("kind", TO)
@pytest.mark.parametrize("rule", RULES)
def test_severity_by_recipients(judge, rule, kind):
    text, inside, outside, knowing = RULES[rule]
    expected = inside if kind in INSIDE else knowing if kind in KNOW_THE_ORDER else outside
    assert severity(judge, rule, text, to=TO[kind]) == expected


@pytest.mark.parametrize("field", ["cc", "bcc"])
@pytest.mark.parametrize("rule", RULES)
def test_one_outsider_in_copy_is_enough(judge, rule, field):
    text, _, outside, _ = RULES[rule]
    assert severity(judge, rule, text, to=[OURS], **{field: [THEIRS]}) == outside


PURCHASE = "采购价\uff1a¥18.60/件\uff0c请回签。"


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ([PARTNER], None),
        ([PARTNER, OURS], None),
        ([PARTNER, THEIRS], "error"),
        ([THEIRS], "error"),
        ([BUYER], "error"),
        ([OURS], None),
    ],
)
def test_a_partner_knows_the_price_that_we_buy_at(judge, to, expected):
    assert severity(judge, "sensitive/finance", PURCHASE, to=to) == expected
    assert severity(judge, "sensitive/finance", RULES["sensitive/finance"][0], to=[PARTNER]) == "error"


def test_every_sensitive_rule_is_in_the_table(ruleset):
    assert {rule.id for rule in ruleset.rules if rule.id.startswith("sensitive/")} == set(RULES)

"""Shapes of money's and orders' numbers: cards, accounts, IBAN, Amazon orders, seller ids."""

from __future__ import annotations

import re
from collections.abc import Callable

from checker.presidio_pack import checksums
from checker.presidio_pack.number_forms import END, compact, in_link
from checker.presidio_pack.shape import Range, Shape

_FREE = r"(?<![A-Za-z0-9].)(?<![A-Za-z0-9]_.)(?<!\d[-.].)"
_CARD_LABEL = re.compile(
    r"卡号|银行卡|信用卡|储蓄卡|借记卡|工资卡|刷卡|(?<![A-Za-z])(?i:card|visa|mastercard|amex|unionpay|credit|debit)(?![A-Za-z])"
)
_NO_BANK = re.compile(
    r"(?:广告|店铺|卖家|买家|亚马逊|登录|支付宝|微信|QQ|平台|注册|会员|(?i:ads?|advertising|seller|fedex|ups|dhl|customer|user|amazon|login"
    r"|store))\s*$"
)
_BANK_NEAR = re.compile(
    r"银行|开户|收款|付款|打款|转账|汇款|对公|户名|支行"
    r"|(?i:bank|beneficiary|swift|wire|routing|sort code|payee|transfer|remit)"
)
_PLACEHOLDER = re.compile(r"(\d)\1+|0?123456789\d*|9876543210?")


def _card(*brands: str) -> Callable[[re.Match[str]], Range | None]:
    def accept(match: re.Match[str]) -> Range | None:
        return match.span() if checksums.card_brand(compact(match[0])) in brands and not in_link(match) else None

    return accept


def _account(match: re.Match[str]) -> Range | None:
    digits = compact(match["value"])
    start, end = match.span()
    near = match.string[max(0, start - 80) : end + 60]
    if _PLACEHOLDER.fullmatch(digits) or _NO_BANK.search(match.string[max(0, start - 16) : start]):
        return None
    return match.span("value") if len(digits) >= 12 or _BANK_NEAR.search(near) else None


def _iban(match: re.Match[str]) -> Range | None:
    """The IBAN at the match's start, of its country's length; what follows is other text."""
    text, at, left = match.string, match.start(), checksums.IBAN_LENGTHS.get(match[0][:2].upper(), 0)
    while left and at < match.end():
        left -= text[at] != " "
        at += 1
    value = text[match.start() : at].replace(" ", "").upper()
    joined = text[at : at + 1].isascii() and text[at : at + 1].isalnum()
    return (match.start(), at) if not left and not joined and checksums.iban(value) else None


def _order(match: re.Match[str]) -> Range | None:
    return match.span() if len(set(match[0])) > 3 else None


_DIGIT_FORMS = (
    rf"[2-69]{_FREE}(?:\d{{13,18}}|\d{{3}}(?:[ -]\d{{4}}){{2,3}}(?:[ -]\d{{1,4}})?(?![ -]\d)"
    rf"|\d{{3}}[ -]\d{{6}}[ -]\d{{5,9}}(?![ -]\d)){END}"
)
BANK = (
    Shape(
        "bank_card",
        "bank",
        re.compile(_DIGIT_FORMS),
        0.7,
        _card("unionpay"),
        _CARD_LABEL,
        digits=(16, 19),
        country="cn",
    ),
    Shape(
        "credit_card",
        "bank",
        re.compile(_DIGIT_FORMS),
        0.6,
        _card("visa", "mastercard", "jcb", "discover"),
        _CARD_LABEL,
        digits=(16, 16),
    ),
    Shape(
        "credit_card",
        "bank",
        re.compile(rf"3{_FREE}(?:\d{{13,14}}|\d{{3}}[ -]\d{{6}}[ -]\d{{4,5}}){END}"),
        0.3,
        _card("amex", "diners"),
        _CARD_LABEL,
        digits=(14, 15),
    ),
    Shape(
        "account",
        "bank",
        re.compile(
            r"(?:银行卡?[账帐]号|[账帐](?:号|户)(?:号码|号)?|(?<![A-Za-z])(?i:a/c|acct|account)(?:\s*(?i:no\.?|number|num|#))?)"
            r"(?:\s*\([^()\n]{0,20}\))?\s*(?:[:#=]|是|为|(?i:is))?\s*(?P<value>\d(?:[ -]?\d){7,29})" + END
        ),
        0.85,
        _account,
        cleared=False,
        words=("账号", "账户", "帐号", "帐户", "a/c", "acct", "account"),
    ),
    Shape(
        "iban",
        "bank",
        re.compile(r"(?:(?<![A-Za-z0-9])|(?<=IBAN))[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}"),
        1.0,
        _iban,
        cleared=False,
        words=tuple(f"{country.lower()}{digit}" for country in checksums.IBAN_LENGTHS for digit in range(10)),
    ),
)

ORDERS = (
    Shape(
        "order",
        "order",
        re.compile(r"(?<![A-Za-z0-9*-])(?:\d{3}|[DS]01)[-\u2010\u2011–]\d{7}[-\u2010\u2011–]\d{7}(?![A-Za-z0-9]|-\d)"),
        1.0,
        _order,
        cleared=False,
        digits=(14, 17),
    ),
    Shape(
        "seller_id",
        "order",
        re.compile(
            r"(?:(?i:seller[ _-]?id|merchant[ _-]?(?:token|id))|卖家(?:编号|ID|id|标识))\s*(?:[:#=]|是|为|(?i:is))?\s*"
            r"(?P<value>A(?=[A-Z]*\d)[A-Z0-9]{11,14})" + END
        ),
        0.85,
        cleared=False,
        words=(
            "seller id",
            "sellerid",
            "seller_id",
            "seller-id",
            "merchant token",
            "merchant id",
            "merchant_id",
            "merchant_token",
            "卖家编号",
            "卖家id",
            "卖家标识",
        ),
    ),
)

"""Mail domains: whose they are, and which one a mistyped domain was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# Private mailboxes, from the providers' own pages; yahoo, hotmail, outlook, live and gmx exist under many countries.
PERSONAL = frozenset(
    """
    qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com vip.126.com yeah.net 188.com vip.188.com sina.com sina.cn
    vip.sina.com vip.sina.cn sohu.com vip.sohu.com 139.com 189.cn wo.cn 21cn.com tom.com 263.net aliyun.com msn.cn
    gmail.com googlemail.com msn.com ymail.com rocketmail.com icloud.com icloud.com.cn me.com mac.com aol.com aim.com
    mail.com email.com protonmail.com protonmail.ch proton.me pm.me zohomail.com yandex.com yandex.ru mail.ru
    fastmail.com tutanota.com hey.com naver.com hanmail.net daum.net web.de t-online.de freenet.de orange.fr
    wanadoo.fr     laposte.net free.fr libero.it comcast.net
    verizon.net att.net btinternet.com q.com hinet.net docomo.ne.jp
    ezweb.ne.jp
    """.split()  # noqa: SIM905
)
_PERSONAL_FAMILIES = re.compile(
    r"(?:yahoo|hotmail|outlook|live|gmx|windowslive)\.(?:com|net|cn|(?:com?\.)?(?!co$|om$|cm$)[a-z]{2})"
)
_AMAZON = re.compile(
    r"(?:.+\.)?(?:amazon\.(?:com|cn|ca|de|fr|it|es|nl|se|pl|ie|in|sg|ae|sa|eg|com\.(?:mx|br|au|tr|be)|co\.(?:uk|jp|za))|amazonses\.com)"
)
_BUYER = re.compile(r"(?:.+\.)?marketplace\.amazon\.[a-z.]{2,6}")

# Providers that people mistype most; the order is the order of preference.
PROVIDERS = (
    "gmail.com", "qq.com", "163.com", "126.com", "outlook.com", "hotmail.com", "foxmail.com", "yahoo.com", "icloud.com",
    "sina.com", "sohu.com", "139.com", "yeah.net", "aliyun.com", "live.com", "amazon.com",
)  # fmt: skip
# What fingers make of an ending. Some are countries' own (co, cm, om): no large provider has mailboxes there.
_LETTERS = {meant: frozenset(meant) for meant in PROVIDERS}
_BAD_ENDINGS = {
    "com": frozenset(
        "con cmo ocm co cm om cn comm coom cpm vom xom cim ccom comn coml comc c0m copm conm com.com".split()  # noqa: SIM905
    ),
    "net": frozenset("nte ner nett met ent bet nt".split()),  # noqa: SIM905
}
_REAL_ENDINGS = frozenset(("co", "cm", "om", "cn"))
_NEIGHBOURS = frozenset(("cloud.com", "gail.com"))  # firms that happen to be one letter from a provider
_STRANGE = 4  # letters that only one of two domains has: with more, no slip of one kind explains it
_DOTS = re.compile("[.\u3002\uff0e]+")  # an input method's full stop is a dot
_SWAPS = frozenset(("com", "cn", "com.cn", "net"))
_LOOKALIKES = str.maketrans("01\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456", "olaeopcyxi")


def kind_of(domain: str) -> str:
    """amazon, buyer, personal or unknown: what a domain is to anybody."""
    if "amazon" in domain:
        if _BUYER.fullmatch(domain):
            return "buyer"
        if _AMAZON.fullmatch(domain):
            return "amazon"
    return "personal" if is_personal(domain) else "unknown"


def is_personal(domain: str) -> bool:
    """A provider of private mailboxes."""
    return domain in PERSONAL or _PERSONAL_FAMILIES.fullmatch(domain) is not None


def within(domain: str, owners: Iterable[str]) -> bool:
    """The domain is one of the owners' or a subdomain of one."""
    return any(domain == owner or domain.endswith("." + owner) for owner in owners)


def nearest(domain: str, company: Iterable[str], partners: Iterable[str]) -> str | None:
    """The domain of the company, a partner or a large provider that this one is a slip of; None for any other domain.

    Domains that people really have are never slips: callers leave out those of people.csv, groups and the thread.
    """
    return _nearest(domain, tuple(company), tuple(partners))


@lru_cache(maxsize=4096)
def _nearest(domain: str, company: tuple[str, ...], partners: tuple[str, ...]) -> str | None:
    """The same; an archive names the same domains in mail after mail."""
    dotted = _DOTS.sub(".", domain).strip(".")
    if within(dotted, (*company, *partners)) or kind_of(dotted) != "unknown" or dotted in _NEIGHBOURS:
        return dotted if dotted != domain else None
    parts = tuple((part, frozenset(part)) for part in _parts(dotted))
    for owner, trusted in (("company", company), ("partner", partners), ("provider", PROVIDERS)):
        for meant in trusted:
            letters = _LETTERS.get(meant) or frozenset(meant)
            for part, of_part in parts:
                # A cheap look first: most domains share too few letters to be a slip of one another.
                near = len(letters ^ of_part) <= _STRANGE and abs(len(part) - len(meant)) <= _STRANGE
                if near and _is_slip(part, meant, owner):
                    return dotted.removesuffix(part) + meant
    return None


def _parts(domain: str) -> tuple[str, ...]:
    """What of the domain may stand for the one meant: all of it, or its last labels."""
    labels = domain.rsplit(".", 5)[-5:]
    return tuple(".".join(labels[i:]) for i in range(max(1, len(labels) - 1)))


def _is_slip(written: str, meant: str, owner: str) -> bool:
    name, _, ending = meant.partition(".")
    written_name, dot, written_ending = written.partition(".")
    if written_name == name:
        return not dot or _wrong_ending(name, written_ending, ending, owner)
    if len(name) > 3 and _skeleton(written.replace("-", "")) == _skeleton(meant.replace("-", "")):
        return True
    if owner == "provider" and _clear_miss(written_ending, ending):
        return _wrong_name(f"{written_name}.{ending}", meant, owner)
    return _wrong_name(written, meant, owner)


def _clear_miss(written: str, meant: str) -> bool:
    return written in _BAD_ENDINGS.get(meant, ()) and written not in _REAL_ENDINGS


def _wrong_ending(name: str, written: str, meant: str, owner: str) -> bool:
    if _clear_miss(written, meant):
        return True
    if owner == "provider":
        return written in _BAD_ENDINGS.get(meant, ())
    if len(name) < 4:
        return False
    if {written, meant} <= _SWAPS or written == "cm":
        return True
    # A partner may well have a house in the next country; the company knows its own.
    countries = len(written) == len(meant) == 2
    return one_edit(written, meant) is not None and (owner == "company" or not countries)


def _skeleton(domain: str) -> str:
    """The domain as the eye takes it: rn is m, vv is w, 1 is l, 0 is o, Cyrillic letters are Latin ones."""
    return domain.translate(_LOOKALIKES).replace("rn", "m").replace("vv", "w")


def _wrong_name(written: str, meant: str, owner: str) -> bool:
    """One edit apart in the name. Short names have real neighbours (q.com): there it must be what typists do."""
    edit = one_edit(written, meant)
    if edit is None:
        return False
    at, put, lost = edit
    length = meant.index(".")
    if length > 5 or "." in (put, lost):
        return length > 3 or at == length
    if length <= 3 and owner != "provider":
        return False
    swapped = len(put) == 2
    doubled = not lost and put in meant[max(0, at - 1) : at + 1]
    return swapped or doubled or (length == 5 and at > 0) or _skeleton(written) == _skeleton(meant)


def one_edit(written: str, meant: str) -> tuple[int, str, str] | None:
    """The single insertion, deletion, substitution or swap of neighbours between two texts (Damerau-Levenshtein 1).

    Gives (position, what was written, what was meant); None when they are equal or further apart.
    """
    if written == meant or abs(len(written) - len(meant)) > 1:
        return None
    shorter = min(len(written), len(meant))
    at = next((i for i in range(shorter) if written[i] != meant[i]), shorter)
    end = next((i for i in range(shorter - at) if written[-1 - i] != meant[-1 - i]), shorter - at)
    put, lost = written[at : len(written) - end], meant[at : len(meant) - end]
    if len(put) <= 1 and len(lost) <= 1:
        return at, put, lost
    return (at, put, lost) if len(put) == 2 and put == lost[::-1] else None

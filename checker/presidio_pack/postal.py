"""Shapes of postal addresses at which a person is found; those of firms, warehouses and offices are nobody's."""

from __future__ import annotations

import re

from checker.presidio_pack.invoice_data import in_invoice_data
from checker.presidio_pack.shape import Range, Shape

_PLACES = re.compile(
    r"(?:北京|上海|天津|重庆|广东|江苏|浙江|山东|河南|四川|湖北|湖南|河北|福建|安徽|江西|辽宁|陕西|广西|云南|山西|内蒙古|贵州|新疆|黑龙江|吉林|甘肃|海南|宁夏|青海"
    r"|西藏|香港|澳门|台湾|深圳|广州|东莞|佛山|惠州|中山|珠海|杭州|宁波|义乌|金华|温州|绍兴|嘉兴|苏州|南京|无锡|常州|南通|厦门|泉州|福州|青岛|济南|武汉|长沙|成都"
    r"|西安|郑州|合肥|大连|沈阳)(?:市|省|特别行政区|壮族自治区|自治区|(?=[\u4e00-\u9fff ]{0,10}[市区县]))"
)
_CITY = re.compile(r"[\u4e00-\u9fff]{2,4}(?:市|州|县|区)(?!域)")
_REGION = re.compile(r"[市区县旗镇省](?!域)|街道")
_ROAD = re.compile(r"[路街道巷弄里村屯苑园城庄胡同]|大道|小区|花园|公寓|社区")
_UNIT = re.compile(
    r"(?<![月\d])\d{1,5}(?:[A-Z]|-\d+)?(?:号(?![仓码线柜])|弄|栋|幢|座|单元|室|楼)|[一二三四五六七八九十]+(?:单元|栋|幢)"
)
_LAST_UNIT = re.compile(
    r".*(?:\d|[A-Z一二三四五六七八九十])(?:号楼?|弄|栋|幢|座|单元|室|楼|层|房|户)(?:[A-Z]?\d{2,4}(?![\d号])|\d{1,2}F(?![A-Za-z]))?"
)
_FIRM = re.compile(
    r"仓|工厂|厂房|厂区|公司|贸易|集团|前台|总机|提货|送货|发货地|装货|卸货|注册地|办公|总部|营业|展馆|展会|会展|酒店|海关|码头|机场|港口|大厦|写字楼|科技园|工业园|产业园|工业区|创业园"
    r"|(?<![A-Za-z])[A-Z]{3}\d(?![A-Za-z0-9])|软件园|物流园|保税|广场|园区|商务|商会|我司|我们|(?i:warehouse|factory|office|fba|headquarter|plant|supplier|showroom|booth"
    r"|amazon|fulfil)"
)
_PERSON = re.compile(
    r"收件|收货|家庭|住址|住在|家住|家里|买家|客户|顾客|寄给|寄到|寄往|本人|个人|寄样|补发|(?i:home|buyer|customer|recipient|consignee|deliver"
    r"|ship|resend|lives? at|resid|mail(?:ing)?|replacement|liefer|anschrift|wohn|empf|livraison"
    r"|env[ií]o|consegna|spedizione)"
)
_STRONG_PERSON = re.compile(
    r"收件人|收货人|家庭|住址|住在|家住|买家|顾客|(?:先生|女士|小姐)\s?收|(?i:home address|buyer|lives? at|residen)"
)
_LOOK = 60


def _china(match: re.Match[str]) -> Range | None:
    """From province or city to the last house number; refused where a firm is meant and nobody named."""
    words = match["value"]
    place = _PLACES.search(words) or _CITY.search(words)
    if place is None:
        return None
    start = place.start() + _verb(words[place.start() : place.end()])
    last = _LAST_UNIT.match(words, start)
    if last is None:
        return None
    address = words[start : last.end()]
    road = _ROAD.search(address, place.end() - start)
    if not (_REGION.search(address) and road and _UNIT.search(address, road.start())) or len(address) < 9:
        return None
    at = match.start("value") + start
    around = _line(match.string, at, match.start("value") + last.end())
    if (_FIRM.search(around) or in_invoice_data(match.string, at)) and not _STRONG_PERSON.search(around):
        return None
    return at, match.start("value") + last.end()


def _verb(words: str) -> int:
    """Characters of a verb that runs into the city's name: 寄到, 在."""
    verb = re.match(r".*[到往给在至于是为住]", words)
    return verb.end() if verb else 0


def _line(text: str, start: int, end: int) -> str:
    """The line of a value as far as it may say whose it is, the line above included where the value begins its own."""
    before = text[max(0, start - _LOOK) : start]
    head, _, own = before.rpartition("\n")
    return (own if own.strip() else head.rpartition("\n")[2] + own) + text[start : end + 30].partition("\n")[0]


def _western(match: re.Match[str]) -> Range | None:
    before = match.string[max(0, match.start() - 2 * _LOOK) : match.start()]
    around = before + match[0] + match.string[match.end() : match.end() + 24].partition("\n")[0]
    if not _PERSON.search(before) and not re.search(r"(?i:addresse?|adresse|direcci[oó]n|indirizzo)|地址", before):
        return None
    return None if _FIRM.search(around) and not _STRONG_PERSON.search(around) else match.span()


_STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Ter|Circle|Cir"
    r"|Parkway|Pkwy|Highway|Hwy"
    r"|Crescent|Close|Gardens|Square)"
)
_COUNTRY = (
    r"(?:,? (?:UK|USA|U\.S\.A\.|US|United Kingdom|United States|England|Scotland|Wales|Ireland|Canada|Australia"
    r"|Germany|Deutschland|France|Italy|Italia|Spain|España|Netherlands|Austria|Österreich|Belgium|Switzerland)"
    r"(?![A-Za-z]))?"
)
_ZIP = r"(?:[A-Z]{2},? \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z0-9]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)"
_STATES = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
    r"|Alabama|Arizona|California|Colorado|Florida|Georgia|Illinois|Massachusetts|Michigan|New Jersey|New York"
    r"|North Carolina|Ohio|Oregon|Pennsylvania|Texas|Virginia|Washington)"
)
_STREET_LINE = (
    r"\d(?<![A-Za-z0-9.,-].)\d{0,5}[A-Za-z]?,? (?:[NSEW]\.? )?"
    rf"(?:[A-Z0-9][A-Za-z0-9.'-]{{0,20}} ){{1,4}}{_STREET}\b\.?"
)
_FLAT = r"(?:Apt|Apartment|Suite|Ste|Unit|Flat|Room|#)\.? ?#?[A-Za-z0-9-]{1,6}"
_WITH_STATE = re.compile(rf"(?<![A-Za-z]){_STATES}{_COUNTRY}$")
_CALLED = re.compile(
    r"(?:地址|住址|住在|家住|寄到|寄往|寄给)[^\n,。;]{0,12}$"
    r"|(?<![A-Za-z])(?i:address|lives? at|ship(?:ped)? (?:it )?to|deliver(?:ed)? to|mailed to)[^\n.;]{0,24}$"
)
_OURS = re.compile(r"(?i:return|pick-?up|our )|退货|海外仓|自提")


def _labelled(match: re.Match[str]) -> Range | None:
    """A street that a label right before it calls somebody's address, or that has a state and a person before it."""
    before = match.string[max(0, match.start() - _LOOK) : match.start()].rpartition("\n")[2]
    if not (_CALLED.search(before) or (_WITH_STATE.search(match[0]) and _STRONG_PERSON.search(before))):
        return None
    return None if _OURS.search(before) else _western(match)


_UNITS = tuple(f"{digit}{unit}" for digit in "0123456789" for unit in ("号", "室", "栋", "幢", "弄", "单元", "楼"))
_STREETS = (
    " street", " st.", " st,", " ave", " road", " rd.", " rd,", " blvd", " boulevard", " lane", " ln.", " ln,",
    " drive", " dr.", " dr,", " court", " ct,", " way,", " place,", " terrace", " circle", " parkway", " pkwy",
    " crescent", " close,", " gardens", " square,", " highway", " hwy", " st\n", " ave\n", " rd\n", " dr\n", " ln\n",
    " way\n", " ct\n", " st ", " dr ", " rd ",
)  # fmt: skip
_NAMED = r"[A-Za-z\u00c0-\u00ff][\w' .-]{1,40}?"
_UNIT_EU = r"(?:[\s,]+(?:[Aa]pt|[Aa]ppt|[Pp]iso|[Bb]ât|[Ii]nt)\.? ?\w{1,6}|, \d{1,2}º? ?[A-Za-z]?)?"
_EUROPEAN = (
    "rue ", "avenue ", "boulevard ", "place ", "chemin ", "allée ", "impasse ", "quai ", "cours ", "via ", "viale ",
    "corso ", "piazza ", "calle ", "avenida ", "avda", "plaza ", "paseo ",
)  # fmt: skip
ADDRESSES = (
    Shape(
        "address",
        "contact",
        re.compile(r"(?P<value>[\u4e00-\u9fff](?:[ ,]?[\u4e00-\u9fffA-Za-z0-9#-]){7,70})"),
        0.7,
        _china,
        cleared=False,
        words=(*_UNITS, "单元"),
        around=(72, 44),
        country="cn",
    ),
    Shape(
        "address",
        "contact",
        re.compile(
            rf"{_STREET_LINE}(?:[\s,]+(?:{_FLAT}|[A-Z][A-Za-z.'-]{{1,20}})){{0,6}}[\s,]+{_ZIP}(?![A-Za-z0-9]){_COUNTRY}"
        ),
        0.7,
        _western,
        cleared=False,
        words=_STREETS,
        around=(90, 150),
    ),
    # 123 Main St, Austin TX: without a postcode only where it is called an address, or a person is named.
    Shape(
        "address",
        "contact",
        re.compile(
            rf"{_STREET_LINE}(?:,? {_FLAT})?(?:,? [A-Z][A-Za-z.'-]{{1,20}}(?: [A-Z][a-z.'-]{{1,20}}){{0,2}}"
            rf",? {_STATES}(?![A-Za-z0-9])(?!,? \d{{5}}){_COUNTRY})?"
        ),
        0.6,
        _labelled,
        cleared=False,
        words=_STREETS,
        around=(90, 90),
    ),
    Shape(
        "address",
        "contact",
        re.compile(
            r"(?<![A-Za-z\u00c0-\u024f])[A-Z\u00c4\u00d6\u00dc][a-z\u00e4\u00f6\u00fc\u00df-]{2,25}(?:stra\u00dfe"
            r"|strasse|str\.|weg|platz|allee"
            r"|gasse) \d{1,4}[a-z]?[\s,]+(?:DE?-)?\d{5} [A-Z\u00c4\u00d6\u00dc][a-z\u00e4\u00f6\u00fc\u00df]+"
            rf"{_COUNTRY}"
        ),
        0.7,
        _western,
        cleared=False,
        words=("straße", "strasse", "str.", "weg ", "platz ", "allee ", "gasse "),
        around=(30, 45),
        country="de",
    ),
    # 12 rue de la Paix, 75002 Paris; Via Roma 12, 20121 Milano; Calle Mayor 5, 28013 Madrid; Keizersgracht 5, 1015 CJ …
    Shape(
        "address",
        "contact",
        re.compile(
            rf"(?:(?<![A-Za-z0-9.,-])\d{{1,4}}(?: bis| ter)?,? "
            rf"(?i:rue|avenue|boulevard|place|chemin|allée|impasse|quai|cours)"
            rf" {_NAMED}|(?<![A-Za-z])(?:Via|Viale|Corso|Piazza|Calle|Avenida|Avda\.?|Plaza|Paseo)"
            rf" {_NAMED},? \d{{1,4}}[A-Za-z]?)"
            rf"{_UNIT_EU}[\s,]+(?:[A-Z]{{1,2}}-)?\d{{5}} [A-Z\u00c0-\u00de][\w'-]+{_COUNTRY}"
        ),
        0.7,
        _western,
        cleared=False,
        words=_EUROPEAN,
        around=(12, 120),
    ),
    Shape(
        "address",
        "contact",
        re.compile(
            rf"(?<![A-Za-z])[A-Z][a-z]{{2,20}}(?:straat|laan|weg|plein|gracht|kade)"
            rf" \d{{1,4}}[A-Za-z]?[\s,]+\d{{4}} ?[A-Z]{{2}}"
            rf" [A-Z][a-z]+{_COUNTRY}"
        ),
        0.7,
        _western,
        cleared=False,
        words=("straat ", "laan ", "weg ", "plein ", "gracht ", "kade "),
        around=(24, 45),
        country="nl",
    ),
)

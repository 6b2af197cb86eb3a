"""Shapes of secrets: passwords and codes behind a label, keys and tokens by their form."""

from __future__ import annotations

import re
from collections import Counter
from math import log2

from checker.presidio_pack.shape import Range, Shape, whole

_END = r"(?![A-Za-z0-9])"
_FREE = r"(?<![A-Za-z0-9])"
# What stands where a password would, and is none.
_NO_SECRET = re.compile(
    r"[*\u2022x.#_?-]+|n/?a|none|null|nil|true|false|tb[dc]|sent|unchanged|required|expired|reset|changed|incorrect"
    r"|wrong|hidden|protected|pending|same"
    r"|below|above|attached|separately|here|yes|no|policy|must|your|yourpassword|your[_-]password|password|passwd"
    r"|pass|pwd|secret|token|string|text"
    r"|<.*|\{.*|\[.*|\$\{.*|%.*%|\$[A-Z_]+|(?:https?|ftp)://.*|www\..*|\d{1,2}[-~]\d{1,2}|\d+\+?"
    r"|[A-Z_]{4,}_(?:PASSWORD|SECRET|KEY|TOKEN)"
    r"|process\.env.*|os\.environ.*|config\..*",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(r"[;,&](?=[A-Za-z_ ]{1,20}[=:])")
_TAIL = ".,;:)>]}\"'/|?”"
_NUMERIC = re.compile(r"\d{4,32}")


def _password(match: re.Match[str]) -> Range | None:
    """The characters behind the label; without colon or verb they must look like one (letters with digits or signs)."""
    start, value = match.start("value"), match["value"]
    cut = _OTHER_FIELD.search(value)
    value = value[: cut.start()] if cut else value
    value = value.rstrip(_TAIL)
    if value[:1] in "\"'":
        start, value = start + 1, value[1:]
    if len(value) < 4 or (_NO_SECRET.fullmatch(value) and not _NUMERIC.fullmatch(value)):
        return None
    if _is_masked(value) or not _stands_alone(match, value, start + len(value)):
        return None
    return start, start + len(value)


def _is_masked(value: str) -> bool:
    return "***" in value or "\u2022\u2022" in value or re.search(r"[xX]{4,}", value) is not None


def _stands_alone(match: re.Match[str], value: str, end: int) -> bool:
    stated = match["is"].strip()
    if re.match("[A-Za-z]", match.string[match.start("value") - 1]):
        return False
    plain = value.isalpha() and (value.islower() or value.istitle() or value.isupper())
    if stated in (":", "="):
        return not (plain and re.match(r",? [a-z]+", match.string[end : end + 12]))
    mixed = not value.isalpha() and any(c.isalpha() for c in value) and not value.endswith("%")
    # A day is a day where words go on (密码 20260310 前更新), else the password that many people choose.
    gap = r"\s?" if re.fullmatch(r"(?:19|20)\d{6}", value) else ""
    if re.fullmatch(r"\d{6,12}", value) and not re.match(gap + "[\u4e00-\u9fffA-Za-z]", match.string[end:]):
        return True
    return (mixed and len(value) >= 6) or (bool(stated) and (mixed or _NUMERIC.fullmatch(value) is not None))


_SET = r"\s*(?:\([^()\n]{0,16}\))?(?P<is>(?:已|就|还|仍|统一|暂时|都|先|为|是|改|更新|重置|设置|成|了|[:=→>]|\s){0,8})"
_SET_EN = (
    r"[\"']?\s*(?:\([^()\n]{0,16}\))?(?P<is>\s*(?::|=|(?i:(?:has been |was |is |now )*(?:changed to|reset to|set to"
    r"|is|are|was))\s*:?)?)\s*"
)
_CODE = (
    r"(?P<value>(?:G-\d{6}|\d{3}[ -]\d{3}|(?=[A-Z]{0,6}\d)[A-Z0-9]{4,8}|(?=[a-z]{0,6}\d)[a-z0-9]{6,8}))"
    r"(?![A-Za-z0-9-]|\s?[个位人次条%分秒])"
)
PASSWORDS = (
    Shape(
        "password",
        "credential",
        re.compile(rf"(?:密码|密碼|口令){_SET}[\"'“「]?(?P<value>[!-~]{{4,64}})"),
        0.85,
        _password,
        cleared=False,
        words=("密码", "密碼", "口令"),
    ),
    Shape(
        "password",
        "credential",
        re.compile(
            rf"(?i:password|passwd|passcode|passphrase|pwd|(?<![A-Za-z])(?:pass|pw|psw)(?=\s?[:=])){_SET_EN}[\"'“]?(?P<value>[!-~]{{4,64}})"
        ),
        0.85,
        _password,
        cleared=False,
        words=(
            "password",
            "passwd",
            "passcode",
            "passphrase",
            "pwd",
            "pass:",
            "pass :",
            "pass=",
            "pw:",
            "pw :",
            "pw=",
            "psw:",
            "psw=",
        ),
    ),
    Shape(
        "password",
        "credential",
        re.compile(rf"(?<![A-Za-z])PIN\s*(?:[:=]|是|为|is)\s*(?P<value>\d{{4,8}}){_END}"),
        0.85,
        cleared=False,
        words=("pin:", "pin :", "pin=", "pin is", "pin是", "pin为"),
    ),
    Shape(
        "code",
        "credential",
        re.compile(
            r"(?:验证码|校验码|动态码|动态口令|短信码|(?i:(?:verification|security|one[- ]time|2FA|authentication|auth"
            r"|login) (?:pass)?code|(?<![A-Za-z])OTP(?: code)?(?![A-Za-z])))"
            rf"[^\nA-Za-z0-9。]{{0,6}}(?:(?i:is|was|for [A-Za-z ]{{2,24}} is)\s?)?[:=\"“【\[ ]{{0,3}}{_CODE}"
        ),
        0.85,
        cleared=False,
        words=(
            "验证码",
            "校验码",
            "动态码",
            "动态口令",
            "短信码",
            "verification code",
            "security code",
            "one-time",
            "one time",
            "2fa",
            "otp",
            "authentication code",
            "auth code",
            "login code",
        ),
    ),
    Shape(
        "code",
        "credential",
        re.compile(
            r"(?<![A-Za-z0-9-])(?P<value>\d{4,8})\s*(?:是|为|(?i:is))\s*[^\n\d]{0,16}(?:验证码"
            r"|(?i:verification code|OTP"
            r"|security code|one-time (?:pass)?code))"
        ),
        0.85,
        cleared=False,
        words=("验证码", "verification code", "otp", "security code", "one-time"),
        around=(40, 24),
    ),
)

_SECRET_LABEL = (
    r"(?i:(?:api|access|app|secret|client|private|refresh|auth|bearer|session|aws|lwa|sp-?api|account|storage"
    r"|encryption|signing)?[ _-]?"
    r"(?:access[ _-]?)?(?:secret[ _-]?(?:access[ _-]?)?key|api[ _-]?key|access[ _-]?key(?:[ _-]?(?:id|secret))?"
    r"|client[ _-]?secret|app[ _-]?secret"
    r"|secret|token|private[ _-]?key)|密钥|秘钥|令牌|授权码)"
)


def _opaque(match: re.Match[str]) -> Range | None:
    """A run of characters that nobody makes up by hand: long, letters and digits mixed."""
    value = match["value"].rstrip(".,;:)")
    digits, letters = sum(c.isdigit() for c in value), sum(c.isalpha() for c in value)
    if (
        len(value) < 12
        or digits < (2 if len(value) < 30 else 1)
        or letters < 2
        or len(set(value)) < 8
        or _is_masked(value)
        or "://" in value
    ):
        return None
    return match.start("value"), match.start("value") + len(value)


def _connection(match: re.Match[str]) -> Range | None:
    value = match["value"]
    return None if _NO_SECRET.fullmatch(value) or _is_masked(value) else match.span("value")


def _random(match: re.Match[str]) -> Range | None:
    """A cookie of which one value is no word and no number: what keeps a session."""
    values = (pair.partition("=")[2] for pair in match["value"].split(";"))
    return match.span("value") if any(len(v) >= 12 and entropy(v) >= _RANDOM for v in values) else None


def entropy(value: str) -> float:
    """Shannon's entropy in bits a character: 4 for long hexadecimal, towards 6 for base64; prose has 3 to 4."""
    counts = Counter(value)
    return -sum(n / len(value) * log2(n / len(value)) for n in counts.values())


_RANDOM = 3.0  # bits: twelve characters of which eight differ
_KEY_FORMS = (
    ("amzn1.oa2-cs.v1.", r"amzn1\.oa2-cs\.v1\.[0-9a-f]{32,}"),
    ("amzn1.application-oa2-client.", r"amzn1\.application-oa2-client\.[0-9a-f]{24,40}"),
    ("akia", r"AKIA[A-Z0-9]{16}"),
    ("asia", r"ASIA[A-Z0-9]{16}"),
    ("ghp_", r"ghp_[A-Za-z0-9]{30,}"),
    ("gho_", r"gho_[A-Za-z0-9]{30,}"),
    ("ghu_", r"ghu_[A-Za-z0-9]{30,}"),
    ("ghs_", r"ghs_[A-Za-z0-9]{30,}"),
    ("github_pat_", r"github_pat_[A-Za-z0-9_]{22,}"),
    ("glpat-", r"glpat-[A-Za-z0-9_-]{20,}"),
    ("sk-", r"sk-(?=[A-Za-z_-]{0,60}\d)(?:[a-z]{2,6}-){0,3}[A-Za-z0-9_]{20,}[A-Za-z0-9_-]*"),
    ("sk_live_", r"sk_live_[A-Za-z0-9]{16,}"),
    ("rk_live_", r"rk_live_[A-Za-z0-9]{16,}"),
    ("xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("aiza", r"AIza[A-Za-z0-9_-]{35}"),
    ("ltai", r"LTAI(?=[A-Za-z]*\d)[A-Za-z0-9]{12,26}"),
    ("akid", r"AKID(?=[A-Za-z]*\d)[A-Za-z0-9]{28,36}"),
    ("sg.", r"SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{40,45}"),
    ("npm_", r"npm_[A-Za-z0-9]{36}"),
    ("pypi-", r"pypi-[A-Za-z0-9_-]{50,}"),
    ("hooks.slack.com", r"hooks\.slack\.com/services/[A-Z0-9]+/[A-Z0-9]+/[A-Za-z0-9]{16,}"),
    ("webhook/send?key=", r"webhook/send\?key=(?P<value>[0-9a-f]{8}-[0-9a-f-]{27})"),
    ("access_token=", r"access_token=(?P<value>[0-9a-fA-F]{32,64})"),
)
_TOKEN_FORMS = (
    ("amzn.mws.", r"amzn\.mws\.[0-9a-f]{8}-[0-9a-f-]{27}"),
    ("atzr|", r"Atzr\|[A-Za-z0-9_-]{20,}"),
    ("atza|", r"Atza\|[A-Za-z0-9_-]{20,}"),
    ("eyj", r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{5,}"),
)


# What manuals print in the place of a key.
_SAMPLE = re.compile(r"PLACEHOLDER|YOUR[_-]|[xX*.]{6,}|(.)\1{7,}", re.IGNORECASE)


def _real(match: re.Match[str]) -> Range | None:
    return None if _SAMPLE.search(match[0]) else whole(match)


def _formed(kind: str, word: str, form: str) -> Shape:
    pattern = re.compile(rf"(?<![A-Za-z0-9_]){form}")
    return Shape(kind, "credential", pattern, 1.0, _real, cleared=False, words=(word,))


KEYS = (
    *(_formed("key", word, form) for word, form in _KEY_FORMS),
    *(_formed("token", word, form) for word, form in _TOKEN_FORMS),
    Shape(
        "key",
        "credential",
        re.compile(
            rf"{_SECRET_LABEL}\s*(?:\([^()\n]{{0,16}}\))?\s*[\"']?\s*(?:[:=]|是|为"
            rf"|(?i:is))\s*[\"']?(?P<value>[A-Za-z0-9_./+=|~-]{{12,512}})"
        ),
        0.85,
        _opaque,
        cleared=False,
        words=(
            "secret",
            "token",
            "api key",
            "api_key",
            "apikey",
            "api-key",
            "access key",
            "access_key",
            "accesskey",
            "private key",
            "private_key",
            "密钥",
            "秘钥",
            "令牌",
            "授权码",
        ),
    ),
    Shape(
        "private_key",
        "credential",
        re.compile(
            r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
            r"(?:[^-]{0,8000}-----END (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----)?"
        ),
        1.0,
        cleared=False,
        words=("-----begin",),
    ),
    Shape(
        "connection",
        "credential",
        re.compile(
            r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s:/@\"'<>]{0,40}:(?P<value>[^\s@/\"'<>:]{3,80})@[A-Za-z0-9]"
        ),
        0.95,
        _connection,
        cleared=False,
        words=("://",),
        around=(21, 130),
    ),
    Shape(
        "token",
        "credential",
        re.compile(
            r"(?<![A-Za-z])(?i:(?:set-)?cookies?)\s*:\s*(?P<value>[A-Za-z0-9_.-]{2,40}=[^\s;,]{1,2000}"
            r"(?:; ?[A-Za-z0-9_.-]{2,40}=[^\s;,]{1,2000}){0,40})"
        ),
        1.0,
        _random,
        cleared=False,
        words=("cookie",),
    ),
    Shape(
        "token",
        "credential",
        re.compile(r"(?i:authorization)\s*:\s*(?i:bearer|basic)\s+(?P<value>[A-Za-z0-9_./+=|~-]{12,2000})"),
        0.9,
        cleared=False,
        words=("authorization",),
    ),
)

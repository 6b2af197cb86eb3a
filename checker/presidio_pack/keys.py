"""Shapes of keys, tokens, cookies and connection addresses, by their form or by their label and randomness."""

from __future__ import annotations

import re
from collections import Counter
from math import log2

from checker.presidio_pack.no_secrets import NO_SECRET, is_masked
from checker.presidio_pack.shape import Range, Shape, whole

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
        or is_masked(value)
        or "://" in value
    ):
        return None
    return match.start("value"), match.start("value") + len(value)


def _connection(match: re.Match[str]) -> Range | None:
    value = match["value"]
    return None if NO_SECRET.fullmatch(value) or is_masked(value) else match.span("value")


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
